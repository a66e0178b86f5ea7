"""New documents beside the earlier ones until all are whole, then all in their place at once: a run that fails or is killed leaves a whole set."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractors.apart import clear_left_over
from pipelines.exchange import take_place
from pipelines.news import RECORD, STAGING, SWITCHING
from pipelines.review import Review
from pipelines.review_files import MAIN
from timeline.errors import OutputError

FOLDERS = {"working": 0o700, "anonymised": 0o700, "review": 0o700, "restricted": 0o700}
_JOURNAL = "switch.json"
_OURS = frozenset({".cache", ".reading"})  # folders that no run takes over from the one before as they are
_REASONS = {
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "the disk quota is used up: make room",
    errno.EFBIG: "a file is larger than this account may write: raise the limit",
    errno.EROFS: "the disk is read-only: let this account write to it",
    errno.EACCES: "this account may not write there: give it the right to",
    errno.EPERM: "this account may not write there: give it the right to",
    errno.EBUSY: "working/, anonymised/, review/ and restricted/ must be plain folders of output/, no disks of their own: put them back",
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
        settle(output)
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=output))
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


def settle(output: Path) -> None:
    """Completes what a killed run had begun to put in place, and removes what it had not. The review's lock must be held."""
    try:
        _finish(output)
        for left in output.glob(f"{STAGING}*"):
            shutil.rmtree(left)
    except OSError as error:
        raise output_error(error) from None


def put_in_place(staged: Path, output: Path, folders: tuple[str, ...], taken_in: bytes = b"") -> None:
    """Puts the staged folders of these names in the place of the earlier ones, all at once; `staged` is gone then.

    Everything is on the disk before. Documents that the last run made and this one did not are gone, files that no run makes are in
    the new folders as they were in the earlier ones. The board's workbook, where it is not as the run took it in (empty where there was
    none), is kept under another name. A switch that is cut short is completed by the next run (`settle`).
    """
    made = {str(path.relative_to(staged)) for name in folders for path in (staged / name).rglob("*") if path.is_file()}
    ours = made | _made_before(output)
    for name in folders:
        _check_can_move(output / name)
        _bring_along(output / name, staged / name, ours)
    numbers = {name: (staged / name).stat().st_ino for name in folders}
    _write_journal(staged, {"folders": numbers, "ours": sorted(ours), "taken in": _digest(taken_in)})
    _all_on_disk(staged)
    staged.rename(output / SWITCHING)
    _finish(output)


def _finish(output: Path) -> None:
    """Puts in place what a switch has not yet, as often as it is asked; nothing where no switch was begun."""
    switching = output / SWITCHING
    if (journal := _read_journal(switching)) is not None:
        for name, number in journal["folders"].items():
            if not (place := output / name).exists() or place.lstat().st_ino != number:
                take_place(switching / name, place, switching / f"earlier-{name}")
        for name in journal["folders"]:
            if (earlier := _earlier(switching, name)).is_dir():
                _bring_over(earlier, output / name, set(journal["ours"]))
        _keep_workbook(_earlier(switching, "review") / MAIN, output / "review", journal.get("taken in"))
        _on_disk(output)
        (switching / _JOURNAL).unlink()
    shutil.rmtree(switching, ignore_errors=True)  # what a network disk holds on to for whoever reads it goes at the next start


def _write_journal(staged: Path, journal: Mapping[str, Any]) -> None:
    """Which folders take their place, by the numbers that the file system knows them by, which files in them are ours, and the workbook's hash."""
    (staged / _JOURNAL).write_text(json.dumps(journal), "utf-8")


def _read_journal(switching: Path) -> Mapping[str, Any] | None:
    """The journal of a switch that was begun; it is gone when all is in place, and what is left of the earlier folders may go."""
    try:
        journal: Mapping[str, Any] = json.loads((switching / _JOURNAL).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        raise OutputError("output/.switching is damaged: take that folder away, then run again; every document is then made anew") from None
    return journal


def _made_before(output: Path) -> set[str]:
    """The files that the last run made, and those that any run makes."""
    from reports.reports import REPORTS

    made = {report.file for report in REPORTS}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # none, or damaged: what it made stays
        made |= set(json.loads((output / RECORD).read_text("utf-8"))["made"]) | {RECORD}
    return made


def _check_can_move(folder: Path) -> None:
    """OSError where a folder could not be moved, before anything has been."""
    if folder.exists():
        if folder.is_mount():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _of_others(folder: Path, name: str, ours: Set[str]) -> Iterator[Path]:
    """The files in a folder that no run made, by their paths in it."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        is_file = path.is_symlink() or not path.is_dir()
        if is_file and f"{name}/{inside}" not in ours and _OURS.isdisjoint(inside.parts):
            yield inside


def _bring_along(earlier: Path, new: Path, ours: Set[str]) -> None:
    """Links the files of others into the new folder, which keeps the rights of the earlier one."""
    if not earlier.is_dir():
        return
    shutil.copymode(earlier, new)
    for inside in _of_others(earlier, new.name, ours):
        (new / inside).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # of another account, or on a disk without links: moved when the new folder is in place
            os.link(earlier / inside, new / inside, follow_symlinks=False)


def _earlier(switching: Path, name: str) -> Path:
    """Where the earlier folder lies once the new one has taken its place."""
    return aside if (aside := switching / f"earlier-{name}").exists() else switching / name


def _keep_workbook(earlier: Path, folder: Path, taken_in: str | None) -> None:
    """Moves the board's earlier workbook into the new folder, where somebody saved it after the run read it: the next run reads what it holds.

    `taken_in` is the hash of what the run read; None in the journal of an earlier version.
    """
    if taken_in and earlier.is_file() and not earlier.is_symlink() and (now := _digest(earlier.read_bytes())) != taken_in:
        earlier.replace(folder / f"saved-during-a-run-{now[:8]}.xlsx")
        _on_disk(folder)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bring_over(earlier: Path, folder: Path, ours: Set[str]) -> None:
    """Moves the files of others that were saved in the earlier folder since, or could not be linked, into the new one."""
    for inside in list(_of_others(earlier, folder.name, ours)):
        old, new = earlier / inside, folder / inside
        if not os.path.lexists(new) or new.lstat().st_ino != old.lstat().st_ino:
            new.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            old.replace(new)


def _all_on_disk(staged: Path) -> None:
    for path in (*staged.rglob("*"), staged):
        if not path.is_symlink() and (path.is_file() or path.is_dir()):
            _on_disk(path)


def _on_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
