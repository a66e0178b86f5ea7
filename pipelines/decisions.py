"""record/decisions.jsonl: what people decided, a line each, only ever added to. Each line holds the hash of the line before."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from timeline.decisions import Decision
from timeline.errors import CaseError, OutputError
from timeline.findings.finding import Finding
from timeline.review_decisions import ABOUT, ReviewDecision

_FINDING = "finding"  # decisions on other matters stand in the same log
_FIRST = "0" * 64  # what stands for the line before the first
_LINE_ID = 16  # characters of a line's hash that name it


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision on a finding in order; none where there is no log. CaseError names the first line that is damaged or was changed."""
    return tuple(_decision(record) for _, record in _records(_text(path)) if record.get("about") == _FINDING)


def read_review_decisions(path: Path) -> tuple[ReviewDecision, ...]:
    """Every decision of the review of the anonymisation in order, each with its line's name; errors as `read_decisions`."""
    return tuple(_review_decision(line, record) for line, record in _records(_text(path)) if record.get("about") in ABOUT)


def add_decision(path: Path, decision: Decision) -> None:
    """Adds a decision on a finding as one line; errors as `add_review_decisions`."""
    _add(path, [_record(decision)])


def add_review_decisions(path: Path, decisions: Sequence[ReviewDecision]) -> None:
    """Adds decisions of the review, a line each, flushed to the disk, while no other process adds one.

    A line that a crash left half written is ended and passed over. OutputError where the log cannot be written.
    """
    if decisions:
        _add(path, [_review_record(each) for each in decisions])


def _add(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    try:
        with path.open("a+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.seek(0)
            text = log.read().decode("utf-8", "replace")
            lines = _lines(text)
            before = _hash(lines[-1]) if lines else _FIRST
            added = []
            for record in records:
                added.append(json.dumps({**record, "before": before}, ensure_ascii=False, sort_keys=True))
                before = _hash(added[-1])
            torn = "" if not text or text.endswith("\n") else "\n"
            log.write((torn + "".join(f"{line}\n" for line in added)).encode())
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise OutputError(
            f"record/decisions.jsonl cannot be written ({error.strerror}): make room, and let this account write to it"
        ) from None


def basis_of(events: Sequence[str], texts: Mapping[str, str], secret: bytes) -> str:
    """What the rows of a finding say, as a keyed hash: it tells whether they changed, and nothing of what they say."""
    said = "\0".join(f"{event}\0{texts.get(event, '')}" for event in sorted(events))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).hexdigest()


def bases_of(findings: Iterable[Finding], texts: Mapping[str, str], secret: bytes) -> Mapping[str, str]:
    """The basis of each finding, by its id."""
    return {each.id: basis_of(each.events, texts, secret) for each in findings}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise CaseError("record/decisions.jsonl cannot be read: put back the copy from your backup") from None


def _lines(text: str) -> list[str]:
    """The whole lines: one that a crash cut short holds no JSON and is no line of the log."""
    return [line for line in text.split("\n") if line and _is_whole(line)]


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _records(text: str) -> list[tuple[str, dict[str, object]]]:
    """Each whole line's name and what it says."""
    before, records = _FIRST, []
    for number, line in enumerate(_lines(text), start=1):
        record = json.loads(line)
        if record.get("before") != before:
            raise CaseError(
                f"record/decisions.jsonl, decision {number}: a line before it is missing or was changed: put back the copy from your backup"
            )
        before = _hash(line)
        records.append((before[:_LINE_ID], record))
    return records


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _record(decision: Decision) -> dict[str, object]:
    return {
        "about": _FINDING,
        "finding": decision.finding,
        "kind": decision.kind,
        "events": list(decision.events),
        "verdict": decision.verdict,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "why": decision.why,
        "basis": decision.basis,
    }


_NO_DECISION = "record/decisions.jsonl holds a line that is no decision: put back the copy from your backup"


def _decision(record: Mapping[str, object]) -> Decision:
    try:
        given = {key: record[key] for key in ("finding", "kind", "verdict", "by", "why", "basis")}
        events = tuple(str(each) for each in record["events"])  # type: ignore[attr-defined]
        return Decision(**given, events=events, at=datetime.fromisoformat(str(record["at"])))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        raise CaseError(_NO_DECISION) from None


_SAID = ("about", "thing", "verdict", "whom", "words", "by", "why", "follows", "book", "unclear")


def _review_record(decision: ReviewDecision) -> dict[str, object]:
    return {
        **{key: getattr(decision, key) for key in _SAID},
        "on": decision.on.isoformat() if decision.on else "",
        "read": decision.read.isoformat(),
        "basis": list(decision.basis),
        "whom_basis": list(decision.whom_basis),
    }


def _review_decision(line: str, record: Mapping[str, object]) -> ReviewDecision:
    try:
        said = {key: str(record[key]) for key in _SAID}
        return ReviewDecision(
            **said,  # type: ignore[arg-type]  # checked when it is made
            line=line,
            on=date.fromisoformat(str(record["on"])) if record["on"] else None,
            read=datetime.fromisoformat(str(record["read"])),
            basis=_texts(record["basis"]),
            whom_basis=_texts(record["whom_basis"]),
        )
    except (KeyError, TypeError, ValueError):
        raise CaseError(_NO_DECISION) from None


def _texts(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError
    return tuple(str(each) for each in given)
