"""record/decisions.jsonl: what people decided, a line each, only ever added to. Each line holds the hash of the line before."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from timeline.decisions import Decision
from timeline.errors import CaseError, OutputError
from timeline.findings.finding import Finding

_FINDING = "finding"  # decisions on other matters stand in the same log
_FIRST = "0" * 64  # what stands for the line before the first


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision in order; none where there is no log. CaseError names the first line that is damaged or was changed."""
    return tuple(_decision(record) for record in _records(_text(path)) if record.get("about") == _FINDING)


def add_decision(path: Path, decision: Decision) -> None:
    """Adds a decision as one line, flushed to the disk, while no other process adds one.

    A line that a crash left half written is ended and passed over. OutputError where the log cannot be written.
    """
    try:
        with path.open("a+b") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            log.seek(0)
            text = log.read().decode("utf-8", "replace")
            *_, before = (_FIRST, *(_hash(line) for line in _lines(text)))
            record = {**_record(decision), "before": before}
            torn = "" if not text or text.endswith("\n") else "\n"
            log.write(f"{torn}{json.dumps(record, ensure_ascii=False, sort_keys=True)}\n".encode())
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


def _records(text: str) -> list[dict[str, object]]:
    before, records = _FIRST, []
    for number, line in enumerate(_lines(text), start=1):
        record = json.loads(line)
        if record.get("before") != before:
            raise CaseError(
                f"record/decisions.jsonl, decision {number}: a line before it is missing or was changed: put back the copy from your backup"
            )
        before = _hash(line)
        records.append(record)
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


def _decision(record: Mapping[str, object]) -> Decision:
    try:
        given = {key: record[key] for key in ("finding", "kind", "verdict", "by", "why", "basis")}
        events = tuple(str(each) for each in record["events"])  # type: ignore[attr-defined]
        return Decision(**given, events=events, at=datetime.fromisoformat(str(record["at"])))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        raise CaseError("record/decisions.jsonl holds a line that is no decision: put back the copy from your backup") from None
