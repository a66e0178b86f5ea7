"""What agencies dropped: every file under intake/ once, with its agency, its number and its hash."""

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from extractors.extract import MAX_FILE_BYTES
from pipelines.review import Review
from timeline.case import Case
from timeline.errors import CaseError
from timeline.sources import SourceFile

NO_AGENCY = "no agency"
STILL_WRITTEN = "the file is still being written; it is read on the next run"
# a file that was changed just now is looked at again after a moment
_FRESH_SECONDS = 3.0
_MOMENT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in intake/: where it lies, what it is called in messages, and why it is not read (empty where it is)."""

    path: Path
    source: SourceFile
    refused: str = ""


def intake(review: Review, case: Case) -> tuple[Dropped, ...]:
    """Every file of every agency, in order of folder and name; CaseError where there is nothing at all.

    A file loose in intake/, or in a folder that no agency has, comes back refused with the reason "no agency". Links are not followed.
    A file that is not read has no hash where it is still being written, so that it counts as new once it stands still, where it is
    larger than any that is read, or where it cannot be opened.
    """
    by_folder = files_by_folder(review)
    agencies = {agency.folder: agency.name for agency in case.agencies}
    moving = _still_written(review.intake)
    dropped = []
    for folder, paths in by_folder.items():
        for number, path in enumerate(paths, start=1):
            label = f"{folder or 'intake'}/{number}" if folder in agencies or not folder else f"unknown folder/{number}"
            relative = path.relative_to(review.intake).as_posix().encode("utf-8", "replace").decode()
            sha256 = "" if path in moving else sha256_of(path)
            source = SourceFile(path=relative, sha256=sha256, agency=agencies.get(folder, ""), label=label)
            if path in moving:
                dropped.append(Dropped(path, source, STILL_WRITTEN))
            else:
                dropped.append(Dropped(path, source, "" if folder in agencies else NO_AGENCY))
    _check_kept(case, {each.source.path for each in dropped})
    if not dropped:
        raise CaseError("intake/ holds no file: put each agency's chronology into its folder, then run again")
    return tuple(dropped)


def _check_kept(case: Case, paths: Set[str]) -> None:
    for agency in case.agencies:
        for number, name in enumerate(agency.keep, start=1):
            if f"{agency.folder}/{name}" not in paths:
                raise CaseError(
                    f"case.toml, [[agency]] with the folder “{agency.folder}”: name {number} of keep is no file in intake/{agency.folder}/; "
                    "give it as the sheet Intake of output/working/timeline.xlsx does, without the folder, or take it out"
                )


def _still_written(intake_folder: Path) -> set[Path]:
    """The files whose size or time does not stand still: somebody is copying them in."""
    fresh = {path: about for path, about in _states(intake_folder).items() if time.time() - about[1] / 1e9 < _FRESH_SECONDS}
    if not fresh:
        return set()
    time.sleep(_MOMENT_SECONDS)
    now = _states(intake_folder)
    return {path for path, about in fresh.items() if now.get(path, about) != about}


def _states(intake_folder: Path) -> dict[Path, tuple[int, int]]:
    states = {}
    for where, _, names in os.walk(intake_folder, followlinks=False):
        for name in names:
            path = Path(where) / name
            with contextlib.suppress(OSError):  # gone meanwhile: the listing that follows does not meet it either
                about = path.lstat()
                states[path] = (about.st_size, about.st_mtime_ns)
    return states


def files_by_folder(review: Review) -> dict[str, list[Path]]:
    """Every file under intake/, linked ones too, by the folder in intake/ that it lies in or below; "" for those that lie loose.

    CaseError where there is no intake/, or a folder cannot be entered.
    """
    intake_folder = review.intake
    if not intake_folder.is_dir():
        raise CaseError("intake/ is missing: make it, with a folder for each agency, and put the agencies' files in")
    found: dict[str, list[Path]] = {}

    def closed(error: OSError) -> None:
        raise CaseError(f"a folder in intake/ cannot be entered ({error.strerror}): let this account read all of intake/")

    for where, folders, names in os.walk(intake_folder, followlinks=False, onerror=closed):
        linked = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(linked))
        for name in (*names, *linked):
            path = Path(where) / name
            parts = path.relative_to(intake_folder).parts
            found.setdefault(parts[0] if len(parts) > 1 else "", []).append(path)
    return {folder: sorted(paths) for folder, paths in sorted(found.items())}


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes; empty for one that cannot be opened, and of nothing for a special one or one too large to be read."""
    digest = hashlib.sha256()
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as opened:
            about = os.fstat(number)
            if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE_BYTES:
                while block := opened.read(1 << 20):
                    digest.update(block)
    except OSError:
        return ""  # the reader says why it cannot be opened
    return digest.hexdigest()
