"""What keeps two processes from writing to one place: a lock on a file and, over machines, one of a database."""

import errno
import fcntl
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import Enum
from pathlib import Path
from typing import IO, Any

from timeline.errors import OutputError

# fcntl(2): either says that another process has it, and network storage answers flock through fcntl
_TAKEN = (errno.EAGAIN, errno.EACCES)


class Lock(Enum):
    """What machines hold of a review, one at a time each; the value is what is said where another machine has it."""

    RUN = "another run is working on this review, on another machine: wait until it has ended, then run again"
    LOG = "record/decisions.jsonl is being added to on another machine: wait a moment, then do it again"


def lock_file(file: IO[Any] | int, how: int) -> bool:
    """Whether the lock of an open file could be taken, `how` as for flock; it is held until the file is closed.

    OutputError where the storage gives no locks at all: without one, two processes would write over each other and nobody would know.
    """
    try:
        fcntl.flock(file, how)
    except OSError as error:
        if how & fcntl.LOCK_NB and error.errno in _TAKEN:
            return False
        raise OutputError(
            f"the storage of this review locks no files ({error.strerror}): "
            "have file locks turned on for it, or move the review to a disk that has them"
        ) from None
    return True


def on_all_machines(review: Path, lock: Lock, waits_seconds: float) -> AbstractContextManager[Callable[[], None]]:
    """Holds the lock that machines share, where CHRONOLOGY_LOCKS says where it is kept, and nothing where it does not.

    Gives what asks whether it is still held: that raises OutputError where it was lost. OutputError, too, where another machine still has it
    after so many seconds.
    """
    if not _machines_share_locks():
        return nullcontext(_on_this_disk)
    from pipelines.spread.shared_lock import held

    return held(review, waits_seconds, lock)


def is_held_on_a_machine(review: Path) -> bool:
    """Whether a run on any machine holds the review in the database that CHRONOLOGY_LOCKS names; False where it names none."""
    if not _machines_share_locks():
        return False
    from pipelines.spread.shared_lock import is_held

    return is_held(review)


def _machines_share_locks() -> bool:
    return bool(os.environ.get("CHRONOLOGY_LOCKS"))


def _on_this_disk() -> None:
    """A lock of this machine's system is held until the file is closed: there is nothing to ask."""
