"""Decisions on findings: what an author or the board said of one, replayed on every run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from timeline.findings.finding import Finding

Verdict = Literal["accept", "dismiss", "note", "reopen"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on a finding: by whom, when, and why.

    `events` are the rows that it rests on; for a same-event finding they may be fewer than the finding's: then the decision is on those rows'
    link. `basis` tells whether the rows still say what they said then.
    """

    finding: str
    kind: str
    events: tuple[str, ...]
    verdict: Verdict
    by: str
    at: datetime
    why: str
    basis: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"a decision is one of {', '.join(VERDICTS)}")
        if self.at.tzinfo is None:
            raise ValueError("a decision's time has a time zone")


def links(decisions: Iterable[Decision]) -> Mapping[frozenset[str], bool]:
    """What was decided on same-event links: each pair of rows -> whether they tell one event. The last decision on a pair counts."""
    decided: dict[frozenset[str], bool] = {}
    for decision in decisions:
        if decision.kind != "same-event" or decision.verdict == "note":
            continue
        for place, one in enumerate(decision.events):
            for other in decision.events[place + 1 :]:
                decided.pop(frozenset((one, other)), None)
                if decision.verdict != "reopen":
                    decided[frozenset((one, other))] = decision.verdict == "accept"
    return decided


def replayed(findings: Iterable[Finding], decisions: Iterable[Decision], basis: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings, each with what was last decided on it in `more["decision"]`; `basis` is what each finding's rows say now.

    A decision is open again where the rows no longer say what they said when it was made, or where it was reopened; its remarks stay. One on a
    single link of a same-event finding counts for that link alone.
    """
    by_finding: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_finding.setdefault(decision.finding, []).append(decision)
    return tuple(_with(each, by_finding.get(each.id, ()), basis.get(each.id, "")) for each in findings)


def _with(finding: Finding, decisions: Iterable[Decision], basis: str) -> Finding:
    on_it = [each for each in decisions if set(each.events) == set(finding.events)]
    if not on_it:
        return finding
    last = next((each for each in reversed(on_it) if each.verdict != "note"), on_it[-1])
    verdict = "" if last.verdict in ("note", "reopen") else last.verdict
    notes = [each.why for each in on_it if each.why]
    changed = bool(verdict) and last.basis != basis
    said = {"verdict": "" if changed else verdict, "by": last.by, "at": last.at.isoformat(), "notes": notes, "rows_changed": changed}
    return replace(finding, more={**finding.more, "decision": said})
