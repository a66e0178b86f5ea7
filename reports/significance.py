"""Which rows are significant, and which of those stand in the narrative: printed rules, each of which gives the rows it chooses and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reports.rows import Rows
from reports.wording import kind_in_words

# kinds whose question is about what a row says; the others ask about what is missing between rows, or only set rows side by side
ABOUT_THE_ROW = frozenset({"discrepancy", "no-action", "unanswered-handover", "unexplained-knowledge", "late", "pattern"})
_SAME_EVENT, _TWICE = "same-event", "duplicate"
_EDGES = frozenset({"first row of the agency", "last row of the agency"})
type Choice = tuple[str, str]  # serial of a row, why it is chosen


@dataclass(frozen=True, slots=True)
class Ranks:
    """`told`: the rows of the narrative with every reason; `left_out`: the significant rows that are not in it, with the reason. By serial."""

    told: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, str]


def ranks(rows: Rows) -> Ranks:
    """The rank of every significant row; a row in neither was chosen by no rule."""
    reasons: dict[str, dict[str, None]] = {}
    for rule in RULES:
        for serial, reason in rule(rows):
            reasons.setdefault(serial, {})[reason] = None
    left_out = _left_out(rows, reasons)
    told = {serial: tuple(each) for serial, each in reasons.items() if serial not in left_out}
    for serial, reason in _told_beside(rows, told):
        told.setdefault(serial, (reason,))
        left_out.pop(serial, None)
    return Ranks(told, left_out)


def first_and_last(rows: Rows) -> Iterator[Choice]:
    """The first and the last row of each agency."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for event in rows.safe.events:
        first.setdefault(event.agency, event.id)
        last[event.agency] = event.id
    for agency, serial in first.items():
        yield serial, "first row of the agency"
        yield last[agency], "last row of the agency"


def questioned(rows: Rows) -> Iterator[Choice]:
    """Every row that a question shown in this draft rests on, where the question is about what the row says: accounts that differ, a concern
    without action, a handover without answer, knowledge that nobody gave, a late step, a pattern.
    """
    for finding in rows.safe.findings:
        if finding.entry and finding.kind in ABOUT_THE_ROW:
            for serial in finding.events:
                yield serial, f"a question rests on it ({kind_in_words(finding.kind).lower()})"


def telling_words(rows: Rows) -> Iterator[Choice]:
    """Every row that says one of the words of a theme, neither denied nor only planned; the themes and their words are listed below."""
    for event in rows.safe.events:
        for theme in rows.drafting.themes:
            if any(rows.says(event.id, "theme", theme)):
                yield event.id, f"theme: {theme.name}"


RULES: tuple[Callable[[Rows], Iterator[Choice]], ...] = (first_and_last, questioned, telling_words)


def _left_out(rows: Rows, reasons: Mapping[str, Mapping[str, None]]) -> dict[str, str]:
    """The significant rows that are not told, with the reason: no words, the same entry again, or fewer reasons than the narrative has room for."""
    left_out = {serial: "the row holds no words" for serial in reasons if not rows.words[serial]}
    place = {serial: number for number, serial in enumerate(rows.by_serial)}
    for finding in rows.safe.findings:
        first, *again = sorted(finding.events, key=place.__getitem__) if finding.kind == _TWICE else ("",)
        if first in reasons:
            left_out |= {serial: f"it seems to be the same entry as {first}" for serial in again if serial in reasons}
    weights = {serial: len(each) for serial, each in reasons.items() if serial not in left_out and not each.keys() & _EDGES}
    enough, most = _enough(weights, rows.drafting.phrases.most_rows), rows.drafting.phrases.most_rows
    for serial, weight in weights.items():
        if weight < enough:
            why = "one reason" if weight == 1 else f"{weight} reasons"
            left_out[serial] = f"{why}; as more than {most:,} rows are significant, those with fewer than {enough} are left out"
    return left_out


def _enough(weights: Mapping[str, int], most: int) -> int:
    """The number of reasons that a row needs so that no more than `most` rows are told; those with the most reasons are always told."""
    so_far = 0
    enough = max(weights.values(), default=0)
    for weight, number in sorted(Counter(weights.values()).items(), reverse=True):
        so_far += number
        if so_far > most:
            break
        enough = weight
    return enough


def _told_beside(rows: Rows, told: Mapping[str, tuple[str, ...]]) -> Iterator[Choice]:
    """The rows that may tell the same event as one that is told: they are told beside it."""
    for finding in rows.safe.findings:
        if finding.kind == _SAME_EVENT and (chosen := [serial for serial in finding.events if serial in told]):
            for serial in finding.events:
                if serial not in told and rows.words[serial]:
                    yield serial, f"it may tell the same event as {chosen[0]}"
