"""Python's search for objects that hold one another, put off while a whole review is read and compared."""

import contextlib
import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Search:
    """Python's one search, which any number of blocks put off at a time."""

    def __init__(self) -> None:
        self._lock, self._blocks, self._was_on = Lock(), 0, False

    def put_off(self) -> None:
        with self._lock:
            if not self._blocks:
                self._was_on = gc.isenabled()
            self._blocks += 1
            gc.disable()

    def let_go_on(self) -> None:
        with self._lock:
            self._blocks -= 1
            (gc.enable if self._was_on and not self._blocks else gc.disable)()


_search = _Search()


@contextmanager
def collecting_later() -> Iterator[None]:
    """No such search inside the block, nor while another thread is inside one; after it as before, whatever a library in it did. What is
    made there is let go as usual once nothing holds it.

    The words of a review are millions of small values that all stay and never hold one another: searching them again and again took a fifth of
    the time.
    """
    _search.put_off()
    try:
        yield
    finally:
        _search.let_go_on()


def give_back() -> None:
    """Gives memory that nothing holds any more back to the system, where it can (glibc): of large documents it would keep hundreds of megabytes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
