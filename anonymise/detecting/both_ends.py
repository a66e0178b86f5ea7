"""A list that is worked off from both ends: a copy of this process comes from the last item while this one comes from the first, until they meet."""

import mmap
import os
import pickle
import signal
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

_FIRST, _LAST = 0, 1  # how many items from the first on are taken here; from which one on they are taken by the copy


class BothEnds[A, T]:
    """Work on items, each of which is asked for here once, in their order. The work must let other threads run, and hold no lock when the copy
    is made. What the copy does not give, for whatever reason, is done here. Where no copy can be made, everything is.
    """

    def __init__(self, work: Callable[[A], T], items: Sequence[A], threads: int) -> None:
        """Begin at the end with so many threads of a copy; with none here, there is no copy."""
        self._work, self._items = work, items
        # both write into it and neither waits for the other: at worst an item is done twice, never by nobody
        self._marks = memoryview(mmap.mmap(-1, 16)).cast("Q")
        self._marks[_LAST] = len(items)
        self._process = 0
        self._given: Mapping[int, T] | None = None
        if threads:
            with suppress(OSError):  # no more processes, or no more memory, for this account
                self._begin(threads)

    def of(self, number: int) -> T:
        """The work on one item."""
        if number < self._marks[_LAST]:
            self._marks[_FIRST] = number + 1
            return self._work(self._items[number])
        if self._given is None:
            self._given = self._answer()
        return self._given[number] if number in self._given else self._work(self._items[number])

    def stop(self) -> None:
        """Ends the copy where its items were not asked for."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._ended_well()
            os.close(self._reading)

    def _begin(self, threads: int) -> None:
        self._reading, writing = os.pipe()
        parent = os.getpid()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of threads, see above
                self._process = os.fork()
            if not self._process:
                self._live(writing, parent, threads)
        except OSError:
            os.close(self._reading)
            raise
        finally:
            os.close(writing)

    def _live(self, writing: int, parent: int, threads: int) -> None:
        """The copy's life: it takes item after item from the end until it meets the others or nobody waits for it."""
        ended = 1
        try:
            done: dict[int, T] = {}
            numbers, lock = iter(range(len(self._items) - 1, -1, -1)), threading.Lock()

            def taken() -> int:
                with lock:
                    number = next(numbers, -1)
                    if number < self._marks[_FIRST] or os.getppid() != parent:
                        return -1
                    self._marks[_LAST] = number
                    return number

            def take() -> None:
                while (number := taken()) >= 0:
                    done[number] = self._work(self._items[number])

            with ThreadPoolExecutor(threads) as pool:
                for each in [pool.submit(take) for _ in range(threads)]:
                    each.result()
            with os.fdopen(writing, "wb") as answer:
                pickle.dump(done, answer, pickle.HIGHEST_PROTOCOL)
            ended = 0
        finally:
            os._exit(ended)

    def _answer(self) -> Mapping[int, T]:
        if not self._process:
            return {}
        with os.fdopen(self._reading, "rb") as answer:
            given = answer.read()
        return pickle.loads(given) if self._ended_well() else {}  # noqa: S301 - from our own copy

    def _ended_well(self) -> bool:
        process, self._process = self._process, 0
        return os.waitpid(process, 0)[1] == 0
