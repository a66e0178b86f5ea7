"""Working days: Mondays to Fridays that are no bank holiday of the place."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = 7
_WORKING = 5  # weekdays of a week


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of a place: `holidays` are its bank holidays that fall on weekdays, in order; `place` is its name, empty where unknown."""

    holidays: tuple[date, ...] = ()
    place: str = ""

    def __post_init__(self) -> None:
        if any(a >= b for a, b in zip(self.holidays, self.holidays[1:], strict=False)) or any(
            d.weekday() >= _WORKING for d in self.holidays
        ):
            raise ValueError("holidays are weekdays in order, each once")

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`: the day that starts a clock is not counted. Negative the other way round."""
        if last < first:
            return -self.between(last, first)
        weeks, days = divmod((last - first).days, _WEEK)
        weekdays = weeks * _WORKING + sum((first.weekday() + n) % _WEEK < _WORKING for n in range(1, days + 1))
        return weekdays - (bisect_right(self.holidays, last) - bisect_right(self.holidays, first))

    def after(self, first: date, count: int) -> date:
        """The day that is `count` (0 or more) working days after `first`; `first` itself for 0."""
        day = first + timedelta(days=count * _WEEK // _WORKING)
        while self.between(first, day) < count:
            day += timedelta(days=1)
        while day > first and self.between(first, day - timedelta(days=1)) >= count:
            day -= timedelta(days=1)
        return day
