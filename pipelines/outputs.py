"""New files beside the earlier ones until they are whole, then in their place: a failed run leaves what was there."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.apart import clear_left_over
from pipelines.review import Review
from reports.reports import REPORTS
from timeline.errors import OutputError

FOLDERS = {"working": 0o700, "anonymised": 0o700, "review": 0o700, "restricted": 0o700}
_STAGING = ".building-"
_REASONS = {
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "the disk quota is used up: make room",
    errno.EROFS: "the disk is read-only: let this account write to it",
    errno.EACCES: "this account may not write there: give it the right to",
    errno.EPERM: "this account may not write there: give it the right to",
}


def output_error(error: OSError) -> OutputError:
    """What went wrong with writing, in one line, without a file's name."""
    reason = _REASONS.get(error.errno or 0, f"the outputs cannot be written ({error.strerror})")
    return OutputError(f"output/: {reason}, then run again; the earlier documents are as they were")


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """A folder beside the outputs in which new files are built; gone afterwards, whatever happens. OutputError where it cannot be made."""
    try:
        output.mkdir(mode=0o700, exist_ok=True)
        for left in output.glob(f"{_STAGING}*"):  # of a run that was killed; the review's lock is ours
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=output))
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700)
    except OSError as error:
        raise output_error(error) from None
    try:
        yield folder
    except OSError as error:
        raise output_error(error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def place_for_reading(review: Review) -> Iterator[None]:
    """Lets files be opened in the review's place for that, and removes all of it afterwards, and before what a killed run left."""
    for folder in (review.scratch, review.record):  # earlier versions worked in the record
        clear_left_over(folder)
    try:
        yield
    finally:
        clear_left_over(review.scratch)
        with contextlib.suppress(OSError):
            review.scratch.rmdir()


def put_in_place(staged: Path, output: Path, folders: tuple[str, ...]) -> None:
    """Moves every staged file of these folders over the earlier one, each whole or not at all.

    Everything is on the disk before the first is moved. A document that this run did not make is removed, files that no run makes are left where
    they are.
    """
    moves = [(path, output / path.relative_to(staged)) for name in folders for path in sorted((staged / name).rglob("*")) if path.is_file()]
    for path, _ in moves:
        _on_disk(path)
    made = {target for _, target in moves}
    for report in REPORTS:
        old = output / report.file
        if old.parent.name in folders and old not in made:  # a document of another kind of review, from when the case was one
            old.unlink(missing_ok=True)
    for path, target in moves:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target)
    for name in folders:
        with contextlib.suppress(FileNotFoundError):
            _on_disk(output / name)


def _on_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
