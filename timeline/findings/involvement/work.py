"""Work: when an agency, or one of its workers, was busy with the family, as far as dated rows show it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from timeline.findings.accounts import Account
from timeline.findings.spans import narrow_days

AT_LEAST_DAYS = 3  # different days with a row …
WITHIN_DAYS = 56  # … in so many days: three contacts in eight weeks are work, two may be a call and its answer. Our own numbers
_first = attrgetter("first")


@dataclass(frozen=True, slots=True, order=True)
class WorkRow:
    """A row that can mean a month at most, by its first and last day, then by its place in the timeline."""

    first: date
    last: date
    place: int
    event: str = field(compare=False)


def work_row_of(account: Account) -> WorkRow | None:
    """The row as one of work; None where it can mean more than a month."""
    days = narrow_days(account.event)
    return WorkRow(*days, account.place, account.event.id) if days else None


@dataclass(frozen=True, slots=True)
class Work:
    """Rows by first day, and the stretches, from a first day to a first day, in which any three neighbouring days lie within eight weeks."""

    rows: tuple[WorkRow, ...]
    spans: tuple[tuple[date, date], ...]

    def within(self, since: date, until: date) -> tuple[WorkRow, ...]:
        """The rows that can mean no day outside since to until, both inclusive; none where they are of too few days to be work."""
        start = bisect_left(self.rows, since, key=_first)
        rows = tuple(each for each in self.rows[start : bisect_right(self.rows, until, lo=start, key=_first)] if each.last <= until)
        return rows if len({each.first for each in rows}) >= AT_LEAST_DAYS else ()


def work_of(accounts: Iterable[Account]) -> Work:
    """The work that rows show; a row without a word shows none."""
    told = (each for each in accounts if each.words)
    rows = tuple(sorted(row for each in told if (row := work_row_of(each))))
    return Work(rows, tuple(_spans(sorted({each.first for each in rows}))))


def both_at_work(one: Work, other: Work) -> Iterator[tuple[date, date]]:
    """The stretches in which both were at work, in order."""
    mine = theirs = 0
    while mine < len(one.spans) and theirs < len(other.spans):
        (begun, ended), (began, end) = one.spans[mine], other.spans[theirs]
        if max(begun, began) <= min(ended, end):
            yield max(begun, began), min(ended, end)
        if ended < end:
            mine += 1
        else:
            theirs += 1


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    span: tuple[date, date] | None = None
    for first, last in zip(days, days[AT_LEAST_DAYS - 1 :], strict=False):
        if (last - first).days > WITHIN_DAYS:
            continue
        if span and first <= span[1]:
            span = span[0], last
        else:
            if span:
                yield span
            span = first, last
    if span:
        yield span
