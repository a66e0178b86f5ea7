"""Closing a review: everything of it in one sealed archive, the day until which it is kept, and no plain key left beside it."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from pipelines.accounts import this_account
from pipelines.case_file import read_case
from pipelines.decisions import Line, add_records, head, log_lines
from pipelines.outputs import settle
from pipelines.release import age
from pipelines.release.closing import ARCHIVE, REOPEN, closing_line
from pipelines.release.packing import Stream, manifest, packed, tar
from pipelines.release.sealing import parsed, recipients, write_sealed, write_sealed_key
from pipelines.review import Review
from pipelines.review_round import read_state, still_open
from pipelines.whole_files import building_name, sync_folder
from timeline.case import Case
from timeline.errors import CaseError, OutputError

FOLDER = "archive"
_KEY_FOLDERS = ("output/review", "output/restricted")  # who is who, in plain: rebuilt by a run
_REBUILT = ("output/restricted/.cache", "output/restricted/.reading")  # what runs keep to be quick: texts, and no more than that
_NOT_PACKED = (FOLDER, *_KEY_FOLDERS, "record/lock")


@dataclass(frozen=True, slots=True)
class Archived:
    """A closed review: the archive's file in its folder, the sha256 of its bytes, how many files it holds, and the day until which it is kept."""

    file: str
    sha256: str
    files: int
    retain_until: date


def archive(review: Review, why: str = "", now: datetime | None = None) -> Archived:
    """Closes a review and gives what stands in its log of it. A closed one is only tidied: what an interrupted closing left is removed.

    CaseError where the board's settings are missing or something still waits to be read; OutputError where it cannot be written: the review then
    is as it was.
    """
    case = read_case(review.case_file)
    with review.alone():
        closed = closing_line(review.decisions_file)
        if closed is None:
            years = _settings(case)
            settle(review.output)
            _nothing_unread(review)
            _close(review, case, years, why, now or datetime.now(UTC))
            closed = closing_line(review.decisions_file)
        if closed is None:
            raise OutputError("the review was opened again while it was closed: try again")
        for name in _KEY_FOLDERS:
            shutil.rmtree(review.folder / name, ignore_errors=True)
            if (review.folder / name).exists():
                raise OutputError(
                    f"the review is closed, but {name}/ (the plain key) cannot be removed: let this account delete it, then run this again"
                )
    return archived_of(closed)


def archived_of(line: Line) -> Archived:
    """What the line by which a review was closed says; CaseError where it is not of the form that `archive` writes."""
    record = line.record
    try:
        _ = record["manifest"], record["written"]  # of which the record of a destruction tells
        return Archived(
            str(record["file"]), str(record["sha256"]), int(str(record["files"])), date.fromisoformat(str(record["retain_until"]))
        )
    except (KeyError, TypeError, ValueError):
        raise CaseError(
            f"record/decisions.jsonl, line {line.number}: it does not say what was archived: put back your backup's copy"
        ) from None


def reopen(review: Review, why: str) -> None:
    """Opens a closed review again, as a line of its log; the archive stays. CaseError where it is open, or no reason is given."""
    if not why.strip():
        raise CaseError("say why the review is opened again: --why")
    if closing_line(review.decisions_file) is None:
        raise CaseError("this review is open: nothing was changed")
    add_records(review.decisions_file, [{"about": REOPEN, "by": str(this_account()), "why": why.strip()}])


def _settings(case: Case) -> int:
    """The years that an archive is kept; CaseError where the board has not said, or its recipients are not in order."""
    recipients(case)
    if case.retention_years is None:
        raise CaseError("case.toml, [board]: retention_years is missing; write how many years the board keeps an archived review")
    return case.retention_years


def _nothing_unread(review: Review) -> None:
    if read_state(review) and (unread := still_open(review).unread):
        raise CaseError(
            f"{unread} decisions in output/review/ are filled in and not yet read: run the review (chronology run), then archive it"
        )


def _close(review: Review, case: Case, years: int, why: str, now: datetime) -> None:
    log = review.decisions_file
    _seal_key_folders(review, case)
    files = packed(review.folder, _is_packed)
    packed_head = head(log)
    listed = manifest(files, reference=case.reference, head=packed_head, lines=len(log_lines(log)))
    number = sum(line.record.get("about") == ARCHIVE for line in log_lines(log)) + 1
    path = review.folder / FOLDER / f"archive-{number}.tar.age"
    digest = _write(path, Stream(tar(review.folder, files, listed)), case)
    day = max([now.date(), *_days(log_lines(log))])  # a clock that was set back shortens nothing
    record: Mapping[str, object] = {
        "about": ARCHIVE,
        "by": str(this_account()),
        "why": why.strip(),
        "file": f"{FOLDER}/{path.name}",
        "sha256": digest,
        "manifest": hashlib.sha256(listed).hexdigest(),
        "files": len(files),
        "retain_until": _years_after(day, years).isoformat(),
    }
    try:
        add_records(log, [record], now, after=packed_head)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _seal_key_folders(review: Review, case: Case) -> None:
    """Who is who, sealed into record/sealed/: the key by itself, and all else of the folders that hold it in plain."""
    if (review.output / "restricted" / "key.json").exists():
        write_sealed_key(review, case)
    files = packed(review.folder, lambda name: _is_in(name, _KEY_FOLDERS) and not _is_in(name, _REBUILT))
    if files:
        write_sealed(review, case, "review-*.tar", b"".join(tar(review.folder, files, manifest(files))))


def _write(path: Path, stream: Stream, case: Case) -> str:
    """Writes the sealed archive, whole or not at all; gives the sha256 of its bytes."""
    building = building_name(path)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        for left in path.parent.glob(".building-*"):  # of a closing that was killed; the review's lock is ours
            left.unlink()
        with building.open("xb") as file:
            _encrypt(stream, file, case)
            file.flush()
            os.fsync(file.fileno())
        with building.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        building.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError(
            f"archive/ cannot be written ({error.strerror}): make room, then try again; the review is open as before"
        ) from None
    finally:
        building.unlink(missing_ok=True)
    return digest


def _encrypt(stream: Stream, file: BinaryIO, case: Case) -> None:
    age.encrypt_stream(stream, file, parsed(case.recipients))


def _is_packed(name: str) -> bool:
    return not _is_in(name, _NOT_PACKED)


def _is_in(name: str, folders: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}/") for each in folders)


def _days(lines: tuple[Line, ...]) -> list[date]:
    return [datetime.fromisoformat(str(line.record["written"])).date() for line in lines[-1:] if "written" in line.record]


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
