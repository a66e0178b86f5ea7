"""Overlapping involvement: agencies at work with the family at once, with no sign that they knew of each other."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.involvement.acquaintance import KNOWN_BEFORE_DAYS, KNOWN_DAYS, Acquaintance, acquaintance
from timeline.findings.involvement.work import AT_LEAST_DAYS, WITHIN_DAYS, Work, WorkRow, both_at_work, work_of, work_row_of
from timeline.findings.spans import day_in_words

_PLAN_DAYS = 91  # plans are reviewed every quarter: two agencies that write of theirs this near work to both at once. Our own number
_VISIT = ("involvement.visit",)
_PLANS = ("involvement.plan", "plans.protection-starts", "plans.need-starts", "plans.looked-after-starts")


@dataclass(frozen=True, slots=True)
class _Agency:
    """An agency's rows: all of them as work, those that tell of a plan of its own, and its visits to the home by day."""

    name: str
    work: Work
    plans: tuple[WorkRow, ...]
    visits: dict[date, WorkRow]


@dataclass(frozen=True, slots=True, order=True)
class _Overlap:
    """A stretch in which two agencies were at work and neither knew: what they did (`how`), and the rows that show it."""

    since: date
    until: date
    how: str
    rows: tuple[tuple[WorkRow, ...], ...] = field(compare=False)

    @property
    def events(self) -> tuple[str, ...]:
        """The ids of the rows of both, in order of time."""
        return tuple(each.event for each in sorted(row for side in self.rows for row in side))


def overlapping_involvement(evidence: Evidence) -> Iterator[Finding]:
    """Two agencies were at work with the family at once, and no row shows that either knew of the other.

    At work: rows of three days or more within eight weeks, by both in the same stretch; or each writes within a quarter of a plan of its own; or both
    visited the home on one day. A sign that they knew holds from four weeks before its row to a quarter after it: one names the other by name, role
    or worker (so a handover does), writes of all agencies or of a meeting of them (rules/cues/involvement.toml), or seems to tell the same event.
    One question for each pair of agencies, about their longest stretch.
    """
    knew = acquaintance(evidence)
    by_agency: defaultdict[str, list[Account]] = defaultdict(list)
    for account in evidence.accounts:
        by_agency[account.event.agency].append(account)
    agencies = [_agency(each.name, by_agency[each.name]) for each in evidence.case.agencies]
    for one, other in combinations(agencies, 2):
        if overlaps := sorted(_overlaps(one, other, knew)):
            yield _finding(one.name, other.name, overlaps)


def _agency(name: str, accounts: Sequence[Account]) -> _Agency:
    plans, visits = [], {}
    for each in accounts:
        planned, visited = (any(cue.plain for cue in each.cued(*names)) for names in (_PLANS, _VISIT))
        if (planned or visited) and (row := work_row_of(each)):
            if planned:
                plans.append(row)
            if visited and row.first == row.last:
                visits[row.first] = row
    return _Agency(name, work_of(accounts), tuple(sorted(plans)), visits)


def _overlaps(one: _Agency, other: _Agency, knew: Acquaintance) -> Iterator[_Overlap]:
    pair = frozenset((one.name, other.name))
    for since, until in both_at_work(one.work, other.work):
        for part in knew.unknown(pair, since, until):
            rows = one.work.within(*part), other.work.within(*part)
            if all(rows):
                yield _Overlap(*part, "work", rows)
    for day in one.visits.keys() & other.visits.keys():
        if any(knew.unknown(pair, day, day)):
            yield _Overlap(day, day, "visits", ((one.visits[day],), (other.visits[day],)))
    for mine in one.plans:
        place = bisect_left(other.plans, mine)
        for theirs in other.plans[max(0, place - 1) : place + 1]:  # the nearest before and after
            days = min(mine.first, theirs.first), max(mine.last, theirs.last)
            if (days[1] - days[0]).days <= _PLAN_DAYS and [*knew.unknown(pair, *days)] == [days]:
                yield _Overlap(*days, "plans", ((mine,), (theirs,)))


_SAID = {
    "work": "were both in touch with the family from {since} to {until}, on {counts} days",
    "plans": "each worked to a plan of their own between {since} and {until}",
    "visits": "both visited the home on {since}",
}


def _finding(one: str, other: str, overlaps: Sequence[_Overlap]) -> Finding:
    longest = max(overlaps, key=lambda each: ((each.until - each.since).days, each.how == "work", each))
    counts = " and ".join(str(len({row.first for row in side})) for side in longest.rows)
    said = _SAID[longest.how].format(since=day_in_words(longest.since), until=day_in_words(longest.until), counts=counts)
    return Finding(
        id=finding_id("overlapping-involvement", one, other, *longest.events),
        kind="overlapping-involvement",
        events=longest.events,
        agencies=(one, other),
        since=longest.since,
        until=longest.until,
        days=(longest.until - longest.since).days,
        certainty="possible",
        rule="overlapping-involvement: at work at once, and no row of either names the other",
        standard=f"rows of {AT_LEAST_DAYS} days within {WITHIN_DAYS}, plans within {_PLAN_DAYS} days or visits on one day; "
        f"no sign from {KNOWN_DAYS} days before to {KNOWN_BEFORE_DAYS} after",
        source="our own rule and numbers; words in rules/cues/involvement.toml and rules/roles.toml",
        question=f"{one} and {other} {said}, and neither wrote of the other. Did they know of each other, and who brought their work together?",
        more={"how": longest.how, "others": len(overlaps) - 1},
    )
