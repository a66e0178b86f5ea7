"""Which rows are significant, and which of those stand in the narrative: printed rules, each of which gives rows, why, and how many points."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reports.rows import Rows
from reports.wording import counted, kind_in_words

# kinds whose question is about what a row says; the others ask about what is missing between rows, or only set rows side by side
ABOUT_THE_ROW = frozenset({"discrepancy", "no-action", "unanswered-handover", "unexplained-knowledge", "late", "pattern"})
_SAME_EVENT, _TWICE, _DIFFER = "same-event", "duplicate", "discrepancy"
_SEVERAL = 3  # agencies whose rows may tell one event
type Choice = tuple[str, str, int]  # serial of a row, why it is significant, how many points that earns


@dataclass(frozen=True, slots=True)
class Ranks:
    """`told`: the rows of the narrative with every reason; `left_out`: the significant rows that are not in it, with the reason; `points`: for
    every significant row what each reason earns it. By serial.
    """

    told: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, str]
    points: Mapping[str, Mapping[str, int]]

    def of(self, serial: str) -> int:
        """All points of a row."""
        return sum(self.points.get(serial, {}).values())


def ranks(rows: Rows) -> Ranks:
    """The rank of every significant row; a row in neither was chosen by no rule."""
    reasons: dict[str, dict[str, int]] = {}
    for rule in RULES:
        for serial, reason, points in rule(rows):
            reasons.setdefault(serial, {})[reason] = points
    left_out = _left_out(rows, reasons)
    left_out |= _one_account_too_many(rows, {serial: sum(each.values()) for serial, each in reasons.items() if serial not in left_out})
    told = {serial: tuple(each) for serial, each in reasons.items() if serial not in left_out}
    for serial, reason in _told_beside(rows, told):
        told[serial] = (*reasons.get(serial, ()), reason)
        left_out.pop(serial, None)
    return Ranks(told, left_out, reasons)


def of_the_incident(rows: Rows) -> Iterator[Choice]:
    """A row that can mean the day of the incident and no more than the week around it."""
    return ((serial, "the incident", rows.drafting.points.incident) for serial in rows.safe.referral.at_incident)


def questioned(rows: Rows) -> Iterator[Choice]:
    """A row that a question shown in this draft rests on, where the question is about what the row says: accounts that differ, a concern
    without action, a handover without answer, knowledge that nobody gave, a late step, a pattern.
    """
    for finding in rows.safe.findings:
        if finding.entry and finding.kind in ABOUT_THE_ROW:
            for serial in finding.events:
                reason = f"question: {kind_in_words(finding.kind).lower()}"
                yield serial, reason, rows.drafting.points.questions.get(finding.kind, 0)


def telling_words(rows: Rows) -> Iterator[Choice]:
    """A row that says one of the words of a theme, neither denied nor only planned; the themes and their words are listed below."""
    for event in rows.safe.events:
        for theme in rows.drafting.themes:
            if any(rows.says(event.id, "theme", theme)):
                yield event.id, f"theme: {theme.name}", theme.points


def of_several_agencies(rows: Rows) -> Iterator[Choice]:
    """A row of what may be one event in the rows of three agencies or more."""
    for finding in rows.safe.findings:
        if (
            finding.kind == _SAME_EVENT
            and len({rows.by_serial[each].agency for each in finding.events if each in rows.by_serial}) >= _SEVERAL
        ):
            for serial in finding.events:
                yield serial, "three agencies or more", rows.drafting.points.several_agencies


def first_and_last(rows: Rows) -> Iterator[Choice]:
    """The first and the last row of each agency."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for event in rows.safe.events:
        first.setdefault(event.agency, event.id)
        last[event.agency] = event.id
    points = rows.drafting.points.first_or_last
    for agency, serial in first.items():
        yield serial, "first row of the agency", points
        yield last[agency], "last row of the agency", points


RULES: tuple[Callable[[Rows], Iterator[Choice]], ...] = (of_the_incident, questioned, telling_words, of_several_agencies, first_and_last)


def _left_out(rows: Rows, reasons: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """The significant rows that are not told, with the reason: no words, the same entry again, or fewer points than it takes."""
    left_out = {serial: "the row holds no words" for serial in reasons if not rows.words[serial]}
    place = {serial: number for number, serial in enumerate(rows.by_serial)}
    for finding in rows.safe.findings:
        first, *again = sorted(finding.events, key=place.__getitem__) if finding.kind == _TWICE else ("",)
        if first in reasons:
            left_out |= {serial: f"it seems to be the same entry as {first}" for serial in again if serial in reasons}
    points = {serial: sum(each.values()) for serial, each in reasons.items() if serial not in left_out}
    most, least = rows.drafting.phrases.most_rows, rows.drafting.points.enough
    enough = _enough(points, most, least)
    crowded = f", as more than {most:,} rows have {least}" if enough > least else ""
    for serial, earned in points.items():
        if earned < enough:
            left_out[serial] = f"{counted(earned, 'point')} of {enough}{crowded}: {'; '.join(reasons[serial])}"
    return left_out


def _enough(points: Mapping[str, int], most: int, least: int) -> int:
    """The points that a row needs so that no more than `most` rows are told, and never fewer than `least`; the highest are always told."""
    so_far, enough = 0, max(least, max(points.values(), default=0))
    for earned, number in sorted(Counter(points.values()).items(), reverse=True):
        so_far += number
        if earned < least:
            return least
        if so_far > most:
            return enough
        enough = earned
    return least


def _one_account_too_many(rows: Rows, points: Mapping[str, int]) -> dict[str, str]:
    """The accounts of what may be one event beyond the most that are told: those with the most points are, and of equals the earlier."""
    place, most = {serial: number for number, serial in enumerate(rows.by_serial)}, rows.drafting.phrases.most_accounts
    left_out: dict[str, str] = {}
    for finding in rows.safe.findings:
        told = [each for each in finding.events if each in points and each not in left_out] if finding.kind == _SAME_EVENT else []
        ranked = sorted(told, key=lambda each: (-points[each], place[each]))
        for serial in ranked[most:]:
            left_out[serial] = f"{counted(most, 'account')} of what may be one event stand in the narrative: {', '.join(ranked[:most])}"
    return left_out


def _told_beside(rows: Rows, told: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The account that differs from one that is told, where the question is shown: both versions stand side by side."""
    for finding in rows.safe.findings:
        chosen = [serial for serial in finding.events if serial in told] if finding.kind == _DIFFER and finding.entry else []
        for serial in finding.events if chosen else ():
            if serial not in told and rows.words.get(serial):
                yield serial, f"its account differs from that of {chosen[0]}"
