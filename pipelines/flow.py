"""The same composition as a Prefect flow: a task for each file and for each later step, recorded by the server, with nothing of the review in it.

Imported only where a server is set. Flow and tasks take opaque keys; what the steps work on and what they give stays in this process;
an error is told to Prefect by its code alone. `prefect_settings.settle` must have been called before.
"""

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.futures import wait
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.task_runners import ThreadPoolTaskRunner

from extractors.processes import stop_children
from pipelines.nightly.last_run import record_not_begun
from pipelines.outcome import Outcome
from pipelines.passwords import Passwords
from pipelines.progress import Progress
from pipelines.review import Review
from pipelines.run import run_review
from pipelines.runners import side_by_side
from timeline.beside import Beside, no_side
from timeline.errors import ChronologyError, OutputError


class StepStoppedError(Exception):
    """A step could not go on; the message is an error code and nothing else."""

    @property
    def code(self) -> str:
        """The code of the error that stopped it."""
        return str(self)


_UNREACHABLE = "the Prefect server that PREFECT_API_URL names does not answer: start it, or unset PREFECT_API_URL to run without one"
_work: dict[str, Callable[[], None]] = {}
_lock = threading.Lock()


@task(name="step", persist_result=False, cache_policy=NO_CACHE, log_prints=False, retries=0)
def _step(key: str) -> None:
    """One step or one file, found by its key in this process."""
    with _lock:
        work = _work.pop(key)
    work()


class FlowRunner:
    """Runs each step as a Prefect task."""

    def __init__(self, run_key: str, progress: Progress) -> None:
        """Keys of tasks begin with the run's own."""
        self._run_key = run_key
        self._progress = progress
        self.error: BaseException | None = None

    def step[T](self, name: str, work: Callable[[], T]) -> T:
        """Runs one step as one task."""
        self._progress.begins(name)
        given: list[T] = []
        try:
            _step.with_options(name=name)(self._hold(name, lambda: given.append(work())))
        except StepStoppedError:
            raise self._what_stopped_it() from None
        self._progress.ends(name)
        return given[0]

    def each[A, T](self, name: str, work: Callable[[A], T], items: Sequence[A]) -> list[T]:
        """Runs one step as one task for each item, side by side."""
        self._progress.begins(name, len(items))
        given: dict[int, T] = {}

        def one(number: int, item: A) -> None:
            given[number] = work(item)
            self._progress.advances(name)

        futures = []
        for number, item in enumerate(items):
            key = self._hold(f"{name}-{number}", lambda number=number, item=item: one(number, item))  # type: ignore[misc]
            futures.append(_step.with_options(name=name, task_run_name=f"{name} {number + 1}").submit(key))
        try:
            wait(futures)
        except BaseException:
            stop_children()
            raise
        try:
            for future in futures:
                future.result()
        except StepStoppedError:
            raise self._what_stopped_it() from None
        self._progress.ends(name)
        return [given[number] for number in range(len(items))]

    def beside[T](self, work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
        """The work later, in this process: Prefect's threads may hold locks, which a copy of the process would wait for in vain."""
        return no_side(work)

    def _what_stopped_it(self) -> BaseException:
        """The error itself, so that the composition meets the same ones as without Prefect."""
        assert self.error is not None  # noqa: S101 - kept before Prefect is told of it
        return self.error

    def _hold(self, name: str, work: Callable[[], object]) -> str:
        key = f"{self._run_key}-{name}"

        def quietly() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - kept for this process; Prefect, which stores and logs it, hears only the code
                self.error = error
                code = error.code if isinstance(error, ChronologyError) else "fault"
                raise StepStoppedError(code) from None

        with _lock:
            _work[key] = quietly
        return key


def run_as_flow(review: Review, progress: Progress, passwords: Passwords) -> Outcome:
    """Runs a review as a recorded flow run; raises what the steps raised, in this process alone."""
    key = uuid.uuid4().hex
    runner = FlowRunner(key, progress)
    outcomes: list[Outcome] = []

    threads = ThreadPoolTaskRunner[None](max_workers=side_by_side())

    @flow(name="chronology", persist_result=False, log_prints=False, retries=0, task_runner=threads)  # type: ignore[arg-type]  # its own runner
    def chronology(run: str) -> None:  # noqa: ARG001 - the opaque id under which the run is recorded
        try:
            outcomes.append(run_review(review, runner, passwords))
        except StepStoppedError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            runner.error = error
            raise StepStoppedError(error.code if isinstance(error, ChronologyError) else "fault") from None

    with _heartbeat():
        try:
            chronology(key, return_state=True)
        except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises where no server answers
            if runner.error is None and not outcomes:
                raise _not_begun(review, f"{_UNREACHABLE} ({type(error).__name__})") from None
    if runner.error is not None:
        raise runner.error
    if not outcomes:
        raise _not_begun(review, _UNREACHABLE)
    return outcomes[0]


def _heartbeat() -> AbstractContextManager[object]:
    """A heartbeat for the part of a scheduled run; none for a command.

    A command ends with its run, so nobody has to find out whether it is still alive, and the heartbeat's thread costs a second to join.
    """
    return nullcontext() if FlowRunContext.get() else temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})


def _not_begun(review: Review, why: str) -> OutputError:
    error = OutputError(why)
    record_not_begun(review, error)
    return error
