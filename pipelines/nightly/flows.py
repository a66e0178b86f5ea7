"""The two flows that are deployed: `nightly` sweeps the folder of reviews, `intake` runs one review by its random id.

Where the reviews lie comes from the environment of the process that works (CHRONOLOGY_REVIEWS), as does a file of passwords
(CHRONOLOGY_PASSWORDS); Prefect hears ids and codes alone. What a run came to is said on that process's standard error.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prefect import flow
from prefect.client.orchestration import get_client

from pipelines.flow import StepStoppedError
from pipelines.nightly.killed import make_automation
from pipelines.nightly.last_run import FAULT
from pipelines.nightly.sweep import COULD_NOT_RUN, Ended, run_by_id, sweep
from pipelines.nightly.where import given_passwords, reviews_folder
from pipelines.prefect_settings import server_is_set
from pipelines.saying import say, say_fault
from pipelines.spread.ways import chosen
from timeline.errors import ChronologyError, OutputError


@flow(name="nightly", persist_result=False, log_prints=False, retries=0)
def nightly() -> None:
    """Runs every review of the folder that has something new."""
    with _codes_alone():
        _have_killed_runs_told()
        _tell(sweep(reviews_folder(), given_passwords(), chosen()))


@flow(name="intake", persist_result=False, log_prints=False, retries=0)
def intake(review: str) -> None:
    """Runs the review of a random id; where another run works on it, after that one, so that what was dropped meanwhile is read."""
    with _codes_alone():
        _tell((run_by_id(reviews_folder(), review, given_passwords()),))


def _have_killed_runs_told() -> None:
    """Sees to it that the server marks killed runs as crashed, by workers of a pool too; where it cannot, the night goes on."""
    if server_is_set():
        try:
            with get_client(sync_client=True) as client:
                make_automation(client)
        except OutputError as error:
            say(f"a run that is killed may go on looking as if it were at work at Prefect: {error}")


def _tell(ended: Iterable[Ended]) -> None:
    """Ends the flow run as failed where a review could not be run, with the first one's code."""
    for each in ended:
        if each.status == COULD_NOT_RUN:
            raise StepStoppedError(each.how)


@contextmanager
def _codes_alone() -> Iterator[None]:
    """Everything that is written is this account's alone; whatever is raised reaches Prefect as a code."""
    os.umask(0o077)
    try:
        yield
    except StepStoppedError:
        raise
    except ChronologyError as error:
        say(str(error))
        raise StepStoppedError(error.code) from None
    except Exception as error:  # noqa: BLE001 - a fault of the program: its message may quote a chronology
        say_fault(error)
        raise StepStoppedError(FAULT) from None
