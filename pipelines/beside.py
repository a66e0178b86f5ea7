"""Work that goes on beside the steps, in a copy of this process on another processor: writing documents, which nothing waits for."""

import contextlib
import gc
import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from extractors.child import end_with_parent


class Beside[T](Protocol):
    """Work that was begun."""

    def result(self) -> T:
        """What the work gives, when it is done. Raises what the work raises."""


class Later[T]:
    """Work that is done here when its result is asked for."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Hold the work."""
        self._work = work

    def result(self) -> T:
        """As `Beside`."""
        return self._work()


class Copy[T]:
    """Work that a copy of this process does. What it cannot do there, for whatever reason, is done here when its result is asked for, so that
    an error is the same as without a copy.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin the work. No other thread of this process may hold a lock that the work needs."""
        self._work = work
        reading, writing = os.pipe()
        parent = os.getpid()
        gc.freeze()  # what stands is not searched in the copy, which would then need memory of its own for it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads, see above
            self._process = os.fork()
        if not self._process:
            _answer(work, writing, parent)
        gc.unfreeze()
        os.close(writing)
        self._answer = os.fdopen(reading, "rb")

    def result(self) -> T:
        """As `Beside`."""
        with self._answer:
            given = self._answer.read()
        if self._ended_well():
            done: T = pickle.loads(given)  # noqa: S301 - from our own copy
            return done
        return self._work()

    def stop(self) -> None:
        """Ends the copy where its result was not asked for."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._ended_well()
            self._answer.close()

    def _ended_well(self) -> bool:
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        return status == 0


def _answer(work: Callable[[], object], writing: int, parent: int) -> None:
    """The copy's life: the work, its result into the pipe, and the end, without anything that ends the process it was copied from."""
    ended = 1
    try:
        end_with_parent(signal.SIGKILL)
        if os.getppid() != parent:  # it is gone already
            return
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other one ends this one
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with os.fdopen(writing, "wb") as answer:
            pickle.dump(work(), answer, pickle.HIGHEST_PROTOCOL)
        ended = 0
    finally:
        os._exit(ended)


class Side(Protocol):
    """Where work may go on while a block runs."""

    def __call__[T](self, work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
        """Begins the work; it has ended when the block has."""


def no_side[T](work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
    """The work in this process, when its result is asked for."""
    return nullcontext(Later(work))


@contextmanager
def in_a_copy[T](work: Callable[[], T]) -> Iterator[Beside[T]]:
    """The work in a copy of this process while the block runs; here and later where there is no other processor or no way to copy a process."""
    if len(os.sched_getaffinity(0)) < 2:
        yield Later(work)
        return
    copy = Copy(work)
    try:
        yield copy
    finally:
        copy.stop()
