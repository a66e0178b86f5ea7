"""published/ built beside itself and put in its place whole: whoever looks sees what was there before, or all of what is new."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.whole_files import sync_folder
from timeline.errors import OutputError

FOLDER = "published"
_BUILDING, _BEFORE = ".publishing-", ".published-before"
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def built_beside(review: Path) -> Iterator[Path]:
    """A folder in which published/ is built, gone afterwards whatever happens; what a killed publication left is put right first.

    OutputError where it cannot be written, or published/ is a link: whoever follows it would see files that no manifest lists.
    """
    if (review / FOLDER).is_symlink():
        raise OutputError("published/ is a link to another folder: take the link away, then publish again; nothing was published")
    building: Path | None = None
    try:
        tidy(review)
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=review))
        yield building
    except OSError as error:
        reason = "the disk is full: make room" if error.errno in _FULL else f"published/ cannot be written ({error.strerror})"
        raise OutputError(f"{reason}, then publish again; nothing was published, and what was published before is as it was") from None
    finally:
        if building is not None:
            shutil.rmtree(building, ignore_errors=True)


def tidy(review: Path) -> None:
    """Puts right what a killed publication left: a half-built folder goes, what was published before comes back where nothing took its place."""
    for left in review.glob(f"{_BUILDING}*"):
        shutil.rmtree(left)
    before, published = review / _BEFORE, review / FOLDER
    if before.exists():
        if published.exists():
            shutil.rmtree(before)
        else:
            before.rename(published)


def put_in_place(building: Path, review: Path) -> None:
    """Puts the built folder in the place of published/; everything of it is on the disk before."""
    for path in sorted(building.iterdir()):
        with path.open("rb+") as written:
            os.fsync(written.fileno())
    sync_folder(building)
    published, before = review / FOLDER, review / _BEFORE
    if published.exists():
        published.rename(before)
    try:
        building.rename(published)
    except OSError:
        if before.exists():
            before.rename(published)
        raise
    sync_folder(review)
    shutil.rmtree(before, ignore_errors=True)
