"""Places on the lanes, in percent: by the day where rows have days, by their order where the policy has taken the days away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.page.model import Tick

_MOST_TICKS = 18
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 60)  # months between two ticks
_LABEL = 9  # percent of the axis, on a page as wide as a small screen
_LAST_LABEL = 94  # percent: a label that begins later would be cut by the end of the axis
# so that the first and the last mark are whole: days, and percent where rows stand in order
_MARGIN, _EDGE = timedelta(days=3), 1.5


@dataclass(frozen=True, slots=True)
class DayAxis:
    """From the first day to the last, both shown whole."""

    first: date
    last: date

    def place(self, since: date, until: date) -> tuple[float, float]:
        """Left and width, in percent, of the days from `since` to `until`, as far as the axis holds them."""
        start, end = max(since, self.first), min(until, self.last) + timedelta(days=1)
        days = (self.last - self.first).days + 1
        left = 100 * (start - self.first).days / days
        return round(left, 3), round(max(0.0, 100 * (end - self.first).days / days - left), 3)

    def ticks(self) -> tuple[Tick, ...]:
        """The first days of months, as many as can be read."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((step for step in _STEPS if months / step <= _MOST_TICKS), 12 * (months // (12 * _MOST_TICKS) + 1))
        found = []
        for number in range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month):
            year, month = divmod(number, 12)
            day = date(year, month + 1, 1)
            if number % step == 0 and self.first <= day <= self.last:
                left, label = self.place(day, day)[0], str(year) if step >= 12 else f"{_MONTHS[month]} {year}"
                found.append(Tick(left=left, label=label if left <= _LAST_LABEL else ""))
        return tuple(found)


def day_axis(spans: Sequence[tuple[date, date]]) -> DayAxis | None:
    """An axis that holds all of these days; None without any."""
    if not spans:
        return None
    first, last = min(since for since, _ in spans), max(until for _, until in spans)
    return DayAxis(max(first, date.min + _MARGIN) - _MARGIN, min(last, date.max - _MARGIN) + _MARGIN)


def places_in_order(count: int) -> list[float]:
    """The middle of each row's share of the axis, in percent, where rows stand in order with the same room for each."""
    return [round(_EDGE + (100 - 2 * _EDGE) * (number + 0.5) / count, 3) for number in range(count)]


def ticks_in_order(labels: Sequence[str]) -> tuple[Tick, ...]:
    """A tick where the label changes, with as much room between two as a label needs."""
    ticks: list[Tick] = []
    for place, label, before in zip(places_in_order(len(labels)), labels, ["", *labels], strict=False):
        if label and label != before and place <= _LAST_LABEL and (not ticks or place - ticks[-1].left >= _LABEL):
            ticks.append(Tick(left=place, label=label))
    return tuple(ticks)
