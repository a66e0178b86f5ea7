"""A list that is worked off from both ends: a copy of this process comes from the last item while this one comes from the first, until they meet."""

import mmap
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from timeline.copies import Copy, memory_is_short

_FIRST, _LAST = 0, 1  # how many items from the first on are taken here; from which one on they are taken by the copy
FEW = 20  # items that are done here sooner than a copy is made


class BothEnds[A, T]:
    """Work on items, each of which is asked for here once, in their order. What the copy does not give, for whatever reason, is done here.

    No other thread of this process may hold a lock that the work needs when this is made. Where items are few, memory is short, or the
    system makes no copy, everything is done here.
    """

    def __init__(self, work: Callable[[A], T], items: Sequence[A], threads: int) -> None:
        """Begin at the end with so many threads of a copy; with none, there is no copy."""
        self._work, self._items, self._threads = work, items, threads
        # both write into it and neither waits for the other: at worst an item is done twice, never by nobody
        self._marks = memoryview(mmap.mmap(-1, 16)).cast("Q")
        self._marks[_LAST] = len(items)
        self._given: Mapping[int, T] | None = None
        self._copy: Copy[Mapping[int, T]] | None = None
        if threads and len(items) > FEW and not memory_is_short():
            try:
                self._copy = Copy(self._from_the_end)
            except OSError:  # no more processes, or no more memory, for this account
                return
            self._copy.receive_signals()

    def of(self, number: int) -> T:
        """The work on one item."""
        if self._copy is None or number < self._marks[_LAST]:
            self._marks[_FIRST] = number + 1
            return self._work(self._items[number])
        if self._given is None:
            self._given = self._copy.result()
        return self._given[number] if number in self._given else self._work(self._items[number])

    def stop(self) -> None:
        """Ends the copy where its items were not asked for."""
        if self._copy:
            self._copy.stop()

    def _from_the_end(self) -> Mapping[int, T]:
        """The copy's part: item after item from the end until it meets the others. Where the copy was ended, this is done here: as much again."""
        done: dict[int, T] = {}
        numbers, lock = iter(range(len(self._items) - 1, -1, -1)), threading.Lock()

        def taken() -> int:
            with lock:
                number = next(numbers, -1)
                if number >= self._marks[_FIRST]:
                    self._marks[_LAST] = min(self._marks[_LAST], number)
                    return number
                return -1

        def take() -> None:
            while (number := taken()) >= 0:
                done[number] = self._work(self._items[number])

        with ThreadPoolExecutor(self._threads) as pool:
            for each in [pool.submit(take) for _ in range(self._threads)]:
                each.result()
        return done
