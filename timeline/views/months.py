"""Agencies by month: who was involved when."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.case import Case
from timeline.events import Event
from timeline.findings.spans import narrow_days
from timeline.timeline import Timeline

_A_MONTH = timedelta(days=31)  # from a month's first day always to the next month


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMonths:
    """An agency's rows by month: `months` are the numbers by the first day of the month in which a row can begin, months without rows left out.

    `first` and `last` are the first day and the last day that a row can mean, None without such a row; `vague` counts the rows wider than a month
    and `undated` those without a date: neither is in `months`, `first` or `last`.
    """

    agency: str
    months: Mapping[date, int]
    first: date | None
    last: date | None
    vague: int
    undated: int

    @property
    def rows(self) -> int:
        """All rows of the agency."""
        return sum(self.months.values()) + self.vague + self.undated


def agencies_by_month(case: Case, timeline: Timeline) -> tuple[AgencyMonths, ...]:
    """Every agency of the review in its order, those without rows too, then any others that have rows."""
    rows: defaultdict[str, list[Event]] = defaultdict(list)
    for event in timeline.events:
        rows[event.agency].append(event)
    names = dict.fromkeys([*(agency.name for agency in case.agencies), *sorted(rows)])
    return tuple(_of_agency(name, rows[name]) for name in names)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of every month from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + _A_MONTH).replace(day=1)


def _of_agency(name: str, events: list[Event]) -> AgencyMonths:
    days = [span for event in events if (span := narrow_days(event))]
    undated = sum(event.when.earliest is None for event in events)
    return AgencyMonths(
        agency=name,
        months=Counter(first.replace(day=1) for first, _ in days),
        first=min((first for first, _ in days), default=None),
        last=max((last for _, last in days), default=None),
        vague=len(events) - len(days) - undated,
        undated=undated,
    )
