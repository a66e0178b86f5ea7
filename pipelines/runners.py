"""Running the steps directly: one process, no server, the files of a review read side by side."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from typing import Protocol

from extractors.processes import stop_children
from pipelines.beside import in_a_copy
from pipelines.progress import Progress
from timeline.beside import Beside

_MOMENT_SECONDS = 0.1


class Runner(Protocol):
    """How steps are run: one call a step, one a file in `each`. What a step works on stays in this process."""

    def step[T](self, name: str, work: Callable[[], T]) -> T:
        """Runs one step and gives what it gives."""

    def each[A, T](self, name: str, work: Callable[[A], T], items: Sequence[A]) -> list[T]:
        """Runs one step for every item, side by side, and gives the results in the items' order."""

    def beside[T](self, work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
        """Work that may go on while the block runs, beside its steps."""


class DirectRunner:
    """Calls each step where it stands."""

    def __init__(self, progress: Progress) -> None:
        """Tell `progress` of every step."""
        self._progress = progress

    def step[T](self, name: str, work: Callable[[], T]) -> T:
        """Runs one step and gives what it gives."""
        self._progress.begins(name)
        result = work()
        self._progress.ends(name)
        return result

    def each[A, T](self, name: str, work: Callable[[A], T], items: Sequence[A]) -> list[T]:
        """Runs one step for every item: each waits for a child process, so threads serve."""
        self._progress.begins(name, len(items))

        def one(item: A) -> T:
            result = work(item)
            self._progress.advances(name)
            return result

        with ThreadPoolExecutor(max_workers=side_by_side()) as pool:
            started = [pool.submit(one, item) for item in items]
            try:
                results = [each.result() for each in started]
            except BaseException:
                _stop(started)
                raise
        self._progress.ends(name)
        return results

    def beside[T](self, work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
        """Work that goes on in a copy of this process: no thread here but the progress bar's holds a lock then."""
        return in_a_copy(work)


def _stop[T](started: Sequence[Future[T]]) -> None:
    """Cancels what has not begun and ends the children of the rest, so that nobody waits for them."""
    for each in started:
        each.cancel()
    while wait(started, timeout=_MOMENT_SECONDS).not_done:
        stop_children()


def side_by_side() -> int:
    """How many files are read at once: one for each processor that this process may use."""
    return max(1, len(os.sched_getaffinity(0)))
