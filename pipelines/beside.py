"""Work that goes on beside other work, in a copy of this process on another processor: what is asked for later, or is half of the work."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from timeline.beside import Beside, Later
from timeline.copies import Copy, memory_is_short


@contextmanager
def in_a_copy[T](work: Callable[[], T]) -> Iterator[Beside[T]]:
    """The work in a copy of this process while the block runs; here and later where there is no other processor, where other
    threads run (the locks that they hold would be copied, and nobody to let them go), where memory is short, and where the system
    makes no copy.
    """
    if len(os.sched_getaffinity(0)) < 2 or _has_other_threads() or memory_is_short():
        yield Later(work)
        return
    try:
        copy = Copy(work)
    except OSError:  # no more processes, or no more memory, for this account
        yield Later(work)
        return
    try:
        copy.receive_signals()
        yield copy
    finally:
        copy.stop()


def _has_other_threads() -> bool:
    """Whether a thread beside the first one could hold a lock; the progress bar's holds none that work needs."""
    return any(each is not threading.main_thread() and type(each).__module__ != "rich.live" for each in threading.enumerate())
