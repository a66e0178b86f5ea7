"""What each agency returned, ready to be looked through by date: the rows, how far they reach, and what of it could not be read or dated."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from operator import attrgetter

from timeline.findings.evidence import Evidence
from timeline.findings.handovers.rows import Row, rows_of

MOST_ROWS = 200  # of a few days: more than an agency that writes up every meal and call; a pile of one date is not held against itself
WIDEST_DAYS = 31  # a row that can mean more than a month answers nothing, and nothing is asked of it (contract, as for silences)


@dataclass(frozen=True, slots=True)
class AgencyReturn:
    """One agency's dated rows by first day, and how far they reach for certain (`since`, `until`) and at most (`earliest`, `latest`).

    `vague` are the first days of the rows that are too wide to be looked through, with the last day that any of them up to there can mean; `unread`
    says that something of the agency was not read, or has no date at all.
    """

    rows: tuple[Row, ...]
    firsts: tuple[date, ...]
    by_day_told: Mapping[date, Sequence[Row]]
    earliest: date
    latest: date
    since: date
    until: date
    vague: tuple[tuple[date, date], ...]
    unread: bool
    widest_days: int

    def near(self, since: date, until: date) -> Iterator[Row]:
        """The rows that can be of a day from `since` to `until`, both inclusive, the earliest first; no more than `MOST_ROWS`."""
        start = bisect_left(self.firsts, since - timedelta(days=self.widest_days))
        near = (row for row in self.rows[start : bisect_right(self.firsts, until)] if row.last >= since)
        return islice(near, MOST_ROWS)

    def reaches(self, since: date, until: date) -> bool:
        """Whether its rows begin by `until` and go on to `since` or later, as far as their dates can mean."""
        return self.earliest <= until and self.latest >= since

    def surely_reaches(self, since: date, until: date) -> bool:
        """Whether it has rows before `since` and after `until` whatever their dates mean."""
        return self.since <= since and self.until >= until

    def may_hold_more(self, since: date, until: date) -> bool:
        """Whether a row that is unread, undated, too wide or one too many to be looked through could be of these days."""
        before = bisect_right(self.vague, (until, date.max))
        crowded = bisect_right(self.firsts, until) - bisect_left(self.firsts, since) > MOST_ROWS
        return self.unread or crowded or (before > 0 and self.vague[before - 1][1] >= since)


@dataclass(frozen=True, slots=True)
class Returned:
    """The dated rows of a review in the timeline's order, and each agency's own."""

    rows: tuple[Row, ...]
    by_agency: Mapping[str, AgencyReturn]


def returned(evidence: Evidence) -> Returned:
    """What the agencies of a review returned, as far as it has dates that are narrow enough to be looked through."""
    return evidence.once(_returned)


def _returned(evidence: Evidence) -> Returned:
    rows = rows_of(evidence, WIDEST_DAYS)
    return Returned(rows, _returns(evidence, rows))


def _returns(evidence: Evidence, rows: Iterable[Row]) -> dict[str, AgencyReturn]:
    by_agency: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_agency[row.agency].append(row)
    unread = {each.source.agency for each in evidence.timeline.returns if each.unread or each.status == "rejected"}
    vague: defaultdict[str, list[tuple[date, date]]] = defaultdict(list)
    for event in evidence.timeline.events:
        if event.when.earliest is None or event.when.latest is None:
            unread.add(event.agency)
        elif (event.when.latest - event.when.earliest).days > WIDEST_DAYS:
            vague[event.agency].append((event.when.earliest, event.when.latest))
    return {agency: _return(own, vague[agency], unread=agency in unread) for agency, own in by_agency.items()}


def _return(own: list[Row], vague: list[tuple[date, date]], *, unread: bool) -> AgencyReturn:
    rows = sorted(own, key=attrgetter("first", "last"))
    told: defaultdict[date, list[Row]] = defaultdict(list)
    for row in rows:
        for day in row.days_told:
            told[day].append(row)
    starts = sorted(vague)
    furthest = accumulate((last for _, last in starts), max)
    return AgencyReturn(
        rows=tuple(rows),
        firsts=tuple(row.first for row in rows),
        by_day_told=told,
        earliest=rows[0].first,
        latest=max(row.last for row in rows),
        since=min(row.last for row in rows),
        until=max(row.first for row in rows),
        vague=tuple((first, last) for (first, _), last in zip(starts, furthest, strict=True)),
        unread=unread,
        widest_days=max((row.last - row.first).days for row in rows),
    )
