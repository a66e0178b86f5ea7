"""One review as a Prefect task that a cluster runs: an id in, an exit status and a code out. What a review holds goes through its folder alone.

Imported only where a server is set: `prefect_settings.settle` must have been called before.
"""

import os
from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, wait
from prefect.task_runners import TaskRunner

from pipelines.nightly.last_run import FAULT
from pipelines.nightly.sweep import COULD_NOT_RUN, Ended, run_by_id
from pipelines.nightly.where import given_passwords, reviews_folder
from timeline.errors import ChronologyError


@task(name="review", persist_result=False, cache_policy=NO_CACHE, log_prints=False, retries=0)
def one_review(review_id: str) -> tuple[int, str]:
    """Runs the review of an id where its folder of reviews lies here; the status and code with which it ended."""
    os.umask(0o077)
    try:
        ended = run_by_id(reviews_folder(), review_id, given_passwords())
    except ChronologyError as error:
        return COULD_NOT_RUN, error.code
    return ended.status, ended.how


def shared_out(runner: TaskRunner[Any], ids: Sequence[str]) -> dict[str, Ended]:
    """Runs the reviews of these ids on a cluster, and tells how each ended; one that the cluster lost has a fault.

    The cluster is started or reached here, in no flow of its own: what it raises is this process's to tell, and reaches no state at Prefect.
    """
    with runner:
        futures = {each: runner.submit(one_review, {"review_id": each}) for each in ids}
        wait(list(futures.values()))
        return {each: _ended(_told(future)) for each, future in futures.items()}


def _told(future: PrefectFuture[Any]) -> Any:
    """What came back over the wire; where nothing did, what the cluster's client raises instead, such as that a worker was lost."""
    try:
        return future.result(raise_on_failure=False)
    except Exception as error:  # noqa: BLE001 - one review's fault never stops the others
        return error


def _ended(told: Any) -> Ended:
    """How a review's run ended, from what came back over the wire."""
    match told:
        case (int(status), str(how)):
            return Ended(status, how)
        case _:
            return Ended(COULD_NOT_RUN, FAULT)
