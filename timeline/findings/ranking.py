"""What a reader is shown first: findings grouped and ranked, never more than one entry for each five events; the rest is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from timeline.findings.finding import Finding

_EVENTS_AN_ENTRY = 5
# the order in which an author's time is best spent: first where nobody looked, a message was lost or accounts part; last what tidies the record
KINDS = (
    "not-seen",
    "unanswered-handover",
    "discrepancy",
    "no-action",
    "late",
    "silence",
    "pattern",
    "agency-silence",
    "unexplained-knowledge",
    "voice-missing",
    "same-event",
    "coverage",
    "unanswerable-handover",
    "overlapping-involvement",
    "late-recording",
    "duplicate",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings that a reader takes in together: of one kind, about one matter (an agency's silences, handovers from one agency to another)."""

    kind: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The entries shown first, in order, and how many findings of each kind are folded away behind them."""

    shown: tuple[Entry, ...]
    folded: Mapping[str, int]


def ranked(findings: Sequence[Finding], events: int) -> Ranked:
    """The entries for a timeline of so many events.

    Dismissed findings are folded away. Each kind has its best entry shown while there is room, then the rest follow by kind; inside a kind
    certain ones come before possible ones, the longest first, and those that are alike in this stay in the order in which they are given.
    """
    entries = sorted(_entries(each for each in findings if not is_dismissed(each)), key=_rank)
    room = max(1, events // _EVENTS_AN_ENTRY) if entries else 0
    best = [next(group) for _, group in groupby(entries, key=lambda entry: entry.kind)][:room]
    rest = [entry for entry in entries if not any(entry is one for one in best)][: room - len(best)]
    shown = tuple(sorted((*best, *rest), key=_rank))
    counts = Counter(each.kind for each in findings)
    counts.subtract(each.kind for entry in shown for each in entry.findings)
    return Ranked(shown, {kind: count for kind, count in sorted(counts.items(), key=lambda each: _place(each[0])) if count})


def entries_of(findings: Sequence[Finding], events: int) -> Mapping[str, int]:
    """The place among the entries shown first, from 1, of each finding in one of them, by id."""
    return {each.id: place for place, entry in enumerate(ranked(findings, events).shown, start=1) for each in entry.findings}


def _entries(findings: Iterable[Finding]) -> list[Entry]:
    by_matter: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_matter.setdefault(_matter(finding), []).append(finding)
    return [Entry(matter[0], tuple(sorted(together, key=_weight))) for matter, together in by_matter.items()]


def _matter(finding: Finding) -> tuple[str, ...]:
    """What a finding is about beside its kind; a discrepancy, a same event or a silence of all agencies stands for itself."""
    if finding.kind in ("discrepancy", "same-event", "silence"):
        return finding.kind, finding.id
    about = (finding.more.get(name, "") for name in ("recipient", "timescale", "person", "clock", "pattern"))
    return (finding.kind, *finding.agencies[:1], *(str(each) for each in about))


def _rank(entry: Entry) -> tuple[object, ...]:
    return _place(entry.kind), _weight(entry.findings[0])


def _place(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _weight(finding: Finding) -> tuple[object, ...]:
    return finding.certainty != "certain", -(finding.days or 0), finding.since is None, finding.since


def is_dismissed(finding: Finding) -> bool:
    """Whether somebody decided that it is no question."""
    decision = finding.more.get("decision")
    return isinstance(decision, Mapping) and decision.get("verdict") == "dismiss"
