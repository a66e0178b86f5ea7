"""What of a review is unchanged since it was last signed: the log, the signatures, the documents that manifests list. No more than that."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from pipelines.case_file import read_case
from pipelines.decisions import Line, log_lines, torn_line
from pipelines.release.archive import archived_of
from pipelines.release.closing import ARCHIVE
from pipelines.release.retention import RECORD, read_record
from pipelines.release.sign_off import Judged, judged
from pipelines.review import Review
from timeline.errors import CaseError, ChronologyError

PUBLISHED = "published"  # what a line about a publication is about


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was looked at, in a sentence, and whether it is as it should be."""

    is_right: bool
    said: str


def verify(review: Review) -> tuple[Told, ...]:
    """Everything that can be told of a review's log, signatures and listed documents; nothing is written."""
    try:
        lines = log_lines(review.decisions_file)
    except CaseError as error:
        return (Told(is_right=False, said=str(error)),)
    signed = tuple(judged(lines, read_case(review.case_file).reference))
    return (
        *_log(review.decisions_file, lines),
        *_signatures(lines, signed),
        *_archives(review, lines),
        *_published(review.folder / "published", lines),
    )


def verify_destroyed(folder: Path) -> Told:
    """Whether the record of a destroyed review is as it was signed."""
    try:
        record = read_record(folder / RECORD)
    except CaseError as error:
        return Told(is_right=False, said=str(error))
    return Told(is_right=True, said=f"destroyed on {str(record['at'])[:10]} by {record['by']}; the record is as it was signed")


def _log(path: Path, lines: Sequence[Line]) -> Iterator[Told]:
    yield Told(is_right=True, said=f"record/decisions.jsonl: {len(lines)} lines, each follows the one before")
    if (number := torn_line(path)) is not None:
        yield Told(
            is_right=False, said=f"record/decisions.jsonl, line {number}: it is cut short, by a crash or by somebody, and does not count"
        )
    for line in lines:
        if "torn" in line.record:
            yield Told(is_right=True, said=f"line {line.number} keeps what was left of a line that was cut short before it")
    for before, line in pairwise(line for line in lines if "written" in line.record):
        if _time(line) < _time(before):
            yield Told(
                is_right=False, said=f"line {line.number} bears an earlier time than line {before.number}: the machine's clock was set back"
            )


def _signatures(lines: Sequence[Line], signed: Sequence[Judged]) -> Iterator[Told]:
    for each in signed:
        if each.valid is None:
            yield Told(is_right=False, said=f"line {each.line}: this sign-off does not count: {each.why_not}")
        else:
            what = f"{each.valid.kind}, document {each.valid.digest[:16]}…"
            yield Told(is_right=True, said=f"line {each.line}: signed off by {each.valid.name} as account {each.valid.account} ({what})")
    heads = [each.valid.head for each in signed if each.valid is not None]
    covered = max((line.number for line in lines if line.hash in heads), default=0)
    later = len(lines) - covered
    if covered:
        yield Told(is_right=True, said=f"lines 1 to {covered} are as they were when they were last signed")
        yield Told(is_right=True, said=f"the {later} lines after them are under no signature: nothing tells whether others stood there")
    else:
        yield Told(is_right=True, said="no valid signature is in the log: nothing tells whether all of it was written anew")


def _archives(review: Review, lines: Sequence[Line]) -> Iterator[Told]:
    for line in lines:
        if line.record.get("about") != ARCHIVE:
            continue
        try:
            archived = archived_of(line)
            with (review.folder / archived.file).open("rb") as file:
                is_right = hashlib.file_digest(file, "sha256").hexdigest() == archived.sha256
            yield Told(is_right, f"{archived.file} {'is as line' if is_right else 'is not what line'} {line.number} says")
        except ChronologyError as error:
            yield Told(is_right=False, said=str(error))
        except OSError as error:
            yield Told(is_right=False, said=f"the archive of line {line.number} cannot be read ({error.strerror})")


def _published(folder: Path, lines: Sequence[Line]) -> Iterator[Told]:
    """Each published manifest: its files by their hashes, none besides, and its head in the log."""
    listed: set[Path] = set()
    for number, path in enumerate(sorted(folder.rglob("manifest.json")), start=1):
        where = f"published/, manifest {number}"
        listed.add(path)
        try:
            given = json.loads(path.read_bytes())
            hashes = {path.parent / str(each["file"]): str(each["sha256"]) for each in given["files"]}
            head = str(given["head"])
        except (OSError, ValueError, KeyError, TypeError):
            yield Told(is_right=False, said=f"{where}: it is damaged")
            continue
        listed |= set(hashes)
        changed = sum(not _is(file, digest) for file, digest in hashes.items())
        yield Told(not changed, f"{where}: {changed or 'none'} of its {len(hashes)} files changed or missing")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if not any(line.record.get("about") == PUBLISHED and line.record.get("manifest") == digest for line in lines):
            yield Told(is_right=False, said=f"{where}: no line of the log says that it was published so")
        if head not in {line.hash for line in lines}:
            yield Told(is_right=False, said=f"{where}: it was published at a head that this log does not have")
    if others := sum(path.is_file() and path not in listed for path in folder.rglob("*")):
        yield Told(is_right=False, said=f"published/ holds {others} files that no manifest lists")


def _is(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _time(line: Line) -> datetime:
    return datetime.fromisoformat(str(line.record["written"]))
