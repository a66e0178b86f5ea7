"""Decisions as lines of the review's log: those on findings, and those of the review of the anonymisation."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from pipelines.decisions import add_records, log_lines
from timeline.decisions import Decision
from timeline.errors import CaseError
from timeline.findings.finding import Finding
from timeline.review_decisions import ABOUT, ReviewDecision

_FINDING = "finding"  # decisions on other matters stand in the same log
_LINE_ID = 16  # characters of a line's hash that name it


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision on a finding in order; none where there is no log. CaseError names the first line that is damaged or was changed."""
    return tuple(_decision(line.record) for line in log_lines(path) if line.record.get("about") == _FINDING)


def read_review_decisions(path: Path) -> tuple[ReviewDecision, ...]:
    """Every decision of the review of the anonymisation in order, each with its line's name; errors as `read_decisions`."""
    return tuple(_review_decision(line.hash[:_LINE_ID], line.record) for line in log_lines(path) if line.record.get("about") in ABOUT)


def add_decision(path: Path, decision: Decision) -> None:
    """Adds a decision on a finding as one line; errors as `add_records`."""
    add_records(path, [_record(decision)])


def add_review_decisions(path: Path, decisions: Sequence[ReviewDecision]) -> None:
    """Adds decisions of the review, a line each; errors as `add_records`."""
    add_records(path, [_review_record(each) for each in decisions])


def basis_of(events: Sequence[str], texts: Mapping[str, str], secret: bytes) -> str:
    """What the rows of a finding say, as a keyed hash: it tells whether they changed, and nothing of what they say."""
    said = "\0".join(f"{event}\0{texts.get(event, '')}" for event in sorted(events))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).hexdigest()


def bases_of(findings: Iterable[Finding], texts: Mapping[str, str], secret: bytes) -> Mapping[str, str]:
    """The basis of each finding, by its id."""
    return {each.id: basis_of(each.events, texts, secret) for each in findings}


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
