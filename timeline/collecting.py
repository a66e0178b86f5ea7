"""Python's search for objects that hold one another, put off while a whole review is read and compared."""

import contextlib
import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """No such search inside the block; after it as before, whatever a library in it did. What is made there is let go as usual once nothing
    holds it.

    The words of a review are millions of small values that all stay and never hold one another: searching them again and again took a fifth of
    the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        (gc.enable if was_on else gc.disable)()


def give_back() -> None:
    """Gives memory that nothing holds any more back to the system, where it can (glibc): of large documents it would keep hundreds of megabytes."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
