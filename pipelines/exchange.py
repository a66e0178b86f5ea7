"""Putting a new folder in the place of an earlier one in one step, as Linux can."""

import ctypes
import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are taken as they stand
_EXCHANGE = 2  # RENAME_EXCHANGE, Linux 3.15
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}  # what file systems say that know no such step, network ones among them


def take_place(new: Path, place: Path, aside: Path) -> None:
    """Puts the folder `new` where `place` is, and what was there where `new` was.

    Where the file system has no such step the earlier folder goes `aside` first, so that for a moment there is none.
    OSError where it cannot be done at all.
    """
    if not place.exists():
        new.rename(place)
        return
    if (number := _exchanged(new, place)) == 0:
        return
    if number not in _CANNOT:
        raise OSError(number, os.strerror(number))
    place.rename(aside)
    new.rename(place)


def _exchanged(one: Path, other: Path) -> int:
    """Exchanges two paths of one file system; gives 0, or the system's number of the error."""
    if (exchange := _renameat2()) is None:
        return errno.ENOSYS
    failed = exchange(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return ctypes.get_errno() if failed else 0


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
