"""The dates of a column of rows: what one cell leaves open is settled by its neighbours, and what was assumed is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from timeline.date_cells import read_cell
from timeline.date_points import WEEKDAYS, Point, Reading, swapped
from timeline.dates import UNKNOWN, FuzzyDate, bounds
from timeline.written_times import TimeRead, read_time

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# a chronology runs forward; that one runs backward is believed from this many steps on
_STEPS_BACK = 3
_MIDNIGHT = re.compile(r"\b00?:00(?::00)?\b")
_LONGEST_MONTH = 31
_AS_ABOVE = "the date of the row above"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """The date and time cells of one row, as they stand in the file.

    `text` is the date cell's words, `time_text` the time column's. `real` is a spreadsheet's own date value and `shown_as` its number
    format (a cell that shows "Apr 2019" holds a full date: the format is evidence). `year` is the year that a banner row, sheet name or
    heading above gives. `continues` says that the cell is merged with the one above.
    """

    text: str
    time_text: str = ""
    real: date | None = None
    shown_as: str = ""
    year: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """When a row happened, its time (`HH:MM` or None), and what a person should check, in plain sentences."""

    when: FuzzyDate
    time: str | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """What the rows of a column show together.

    Whether numbers are told day first (None: nothing shows it), which way time runs (1, -1, 0), and for each row the next date below it
    that needs no neighbour.
    """

    day_first: bool | None
    excel_turned: bool
    direction: int
    after: tuple[date | None, ...]


def date_rows(rows: Sequence[WrittenDate]) -> tuple[Dated, ...]:
    """The dates of a table's rows, one for each, in the file's order.

    Ditto and blank cells take the row above; a missing year comes from the heading above or the neighbours; day or month first is
    settled by the column's other numbers, else by the order of the neighbours, else read day first and flagged.
    """
    readings = _without_midnights(rows, [_reading(row) for row in rows])
    column = _column(rows, readings)
    dated: list[Dated] = []
    above: FuzzyDate | None = None
    for number, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        when, problems = _when(row, reading, column, number, above)
        above = when
        dated.append(_timed(row, reading, when, problems))
    return tuple(dated)


def is_date(text: str) -> bool:
    """Whether the whole text reads as a date (a time with it or not)."""
    reading = read_cell(text)
    return reading.first is not None and not reading.rest and _exists(reading)


def _exists(reading: Reading) -> bool:
    """Whether there is such a day in any year."""
    try:
        for point in (reading.first, reading.last):
            if point and not (point.month is None and point.day is not None):
                point.edtf(point.year or 2000)
    except ValueError:
        return False
    return not reading.impossible


def _reading(row: WrittenDate) -> Reading:
    if row.real is None:
        return read_cell(row.text)
    return _of_real(row.real, row.shown_as)


@lru_cache(maxsize=4096)
def _of_real(real: date, shown_as: str) -> Reading:
    """A spreadsheet's own date value as far as its number format shows it."""
    shown = shown_as.casefold().split(";")[0]
    time = real.strftime("%H:%M") if isinstance(real, datetime) and (real.hour or real.minute) else None
    if shown and "d" not in shown and "y" in shown:
        return Reading(Point(real.year, real.month if "m" in shown else None), time=time)
    return Reading(Point(real.year, real.month, real.day), swappable=real.day <= 12 and real.day != real.month, time=time)


def _without_midnights(rows: Sequence[WrittenDate], readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings without their times where every one of two or more is 00:00 in figures, as an export writes dates that have none."""
    timed = [(row, each) for row, each in zip(rows, readings, strict=True) if each.time]
    if len(timed) < 2 or not all(each.time == "00:00" and _MIDNIGHT.search(row.text) and not row.time_text for row, each in timed):
        return readings
    return [replace(each, time=None) for each in readings]


def _column(rows: Sequence[WrittenDate], readings: Sequence[Reading]) -> _Column:
    written = [each for row, each in zip(rows, readings, strict=True) if row.real is None]
    day_first = sum(each.day_first is True for each in written)
    month_first = sum(each.day_first is False for each in written)
    settled = True if day_first and not month_first else False if month_first and not day_first else None
    anchors = tuple(_anchor(row, each, day_first=settled) for row, each in zip(rows, readings, strict=True))
    days = [day for day in anchors if day]
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(days)]
    up, down = steps.count(1), steps.count(-1)
    direction = 1 if up >= 4 * down and up else -1 if down >= max(4 * up, _STEPS_BACK) else 0
    # Excel set to American dates turns 03/04 about and leaves 13/04 as text: real dates all of the 1st to 12th beside texts over the 12th
    real = [row.real for row in rows if row.real]
    turned = (
        len(real) > 1 and all(day.day <= 12 for day in real) and day_first > 1 and not any(e.swappable for e in written) and not month_first
    )
    return _Column(settled, turned, direction, _next_below(anchors))


def _next_below(anchors: Sequence[date | None]) -> tuple[date | None, ...]:
    """For each row the first anchor in the rows below it."""
    below: list[date | None] = []
    following: date | None = None
    for anchor in reversed(anchors):
        below.append(following)
        following = anchor or following
    return tuple(reversed(below))


def _anchor(row: WrittenDate, reading: Reading, *, day_first: bool | None) -> date | None:
    """The first day of a row whose date needs no neighbour, or None."""
    point = reading.first
    if not point or point.year is None or reading.mark or (reading.swappable and (day_first is None or row.real)):
        return None
    try:
        span = bounds(_edtf(swapped(reading) if reading.swappable and day_first is False else reading, point.year))
    except ValueError:
        return None
    return span[0] if span and (span[1] - span[0]).days <= 31 else None


def _when(row: WrittenDate, reading: Reading, column: _Column, number: int, above: FuzzyDate | None) -> tuple[FuzzyDate, list[str]]:
    written = row.text.strip()
    problems = list(reading.problems)
    if reading.relation:
        return _by_relation(row, reading, above)
    between = _Between(above.earliest if above else None, column.after[number], column.direction)
    reading = _with_month(reading, above, column.direction)
    if reading.first and reading.first.day is not None and reading.first.month is None:
        return FuzzyDate(UNKNOWN, written), [*problems, "only the day is written, and no row near it tells the month"]
    year, assumed = _year(row, reading, between)
    if year is None:
        return FuzzyDate(UNKNOWN, written), [*problems, "no year is written, and no row near it tells the year"]
    choice, settled, doubt = _turned(row, reading, year, column, between)
    try:
        edtf = _edtf(choice, year)
    except ValueError:
        return FuzzyDate(UNKNOWN, written), [*problems, f"“{written}” is not a date"]
    if assumed and between.before and abs(year - between.before.year) > 0 and row.year is None:
        problems.append(f"no year is written; it was read as {year}, another than the row above")
    if reading.rest:
        problems.append("the date cell says more than a date")
    when = FuzzyDate(edtf, written, (*reading.assumed, *assumed, *settled))
    return when, [*problems, *doubt, *_weekday_doubt(reading, when)]


def _by_relation(row: WrittenDate, reading: Reading, above: FuzzyDate | None) -> tuple[FuzzyDate, list[str]]:
    written = row.text.strip()
    if reading.relation == "undated":
        return FuzzyDate(UNKNOWN, written), ["the row is undated"]
    if reading.relation == "unread":
        return FuzzyDate(UNKNOWN, written), ["the date cell holds no date that could be read"]
    if above is None:
        return FuzzyDate(UNKNOWN, written), ["no date is written, and there is no row above to take it from"]
    if above.edtf == UNKNOWN:
        return FuzzyDate(UNKNOWN, written), ["no date is written, and the row above has none"]
    if reading.relation == "later":
        return FuzzyDate(_later(above, reading), written, reading.assumed), []
    return FuzzyDate(above.edtf, written, () if row.continues else (_AS_ABOVE,)), []


def _later(above: FuzzyDate, reading: Reading) -> str:
    if above.earliest is None or above.width_days or not reading.shift_days:
        return "/".join(part.rstrip("~?%") + "~" for part in above.edtf.split("/"))
    return (above.earliest + timedelta(days=reading.shift_days)).isoformat() + reading.mark


@dataclass(frozen=True, slots=True)
class _Between:
    """The row above and the next row that needs no neighbour, and which way time runs."""

    before: date | None
    after: date | None
    direction: int

    def fits(self, day: date | None) -> bool:
        """Whether a day stands in order between the two; everything does where no order shows."""
        if day is None or self.direction == 0:
            return day is not None
        low, high = (self.before, self.after) if self.direction > 0 else (self.after, self.before)
        return (low is None or low <= day) and (high is None or day <= high)


def _year(row: WrittenDate, reading: Reading, between: _Between) -> tuple[int | None, tuple[str, ...]]:
    point = reading.first
    if point and point.year is not None:
        return point.year, ()
    if row.year is not None:
        return row.year, ("the year is the heading's above",)
    neighbour = between.before or between.after
    if neighbour is None:
        return None, ()
    days = [day for year in (-1, 0, 1) if (day := _first_day(reading, neighbour.year + year))]
    if not days:
        return neighbour.year, ()  # no such day in any of them: said where it is read
    best = min(days, key=lambda day: (reading.weekday not in (None, day.weekday()), not between.fits(day), _step(neighbour, day)))
    return best.year, ("the year is taken from the rows around it",)


def _step(neighbour: date, day: date) -> int:
    """How far a row lies from its neighbour, in days; a step back counts thrice, for chronologies run forward."""
    days = (day - neighbour).days
    return days if days >= 0 else -3 * days


def _first_day(reading: Reading, year: int) -> date | None:
    try:
        span = bounds(_edtf(reading, year))
    except ValueError:
        return None
    return span[0] if span else None


def _with_month(reading: Reading, above: FuzzyDate | None, direction: int) -> Reading:
    """A day alone ("9th") in the month of the row above, or in the next one where it would step back."""
    point, before = reading.first, above.earliest if above else None
    if not point or point.month is not None or point.day is None or above is None or before is None:
        return reading
    if above.latest is None or (above.latest - before).days > _LONGEST_MONTH:
        return reading
    step = (point.day < before.day) - (direction < 0) * (point.day != before.day)
    months = before.year * 12 + before.month - 1 + step
    dated = replace(point, month=months % 12 + 1, year=months // 12)
    return replace(reading, first=dated, assumed=(*reading.assumed, "the month is taken from the row above"))


def _turned(
    row: WrittenDate, reading: Reading, year: int, column: _Column, between: _Between
) -> tuple[Reading, tuple[str, ...], tuple[str, ...]]:
    """The reading told the right way round, what was assumed, and what is left in doubt."""
    if not reading.swappable:
        return reading, (), ()
    if column.day_first is not None and not row.real:
        return (reading if column.day_first else swapped(reading)), (), ()
    as_day = between.fits(_first_day(reading, year))
    if row.real and as_day and not column.excel_turned:
        return reading, (), ()
    as_month = between.fits(_first_day(swapped(reading), year))
    if row.real:
        return _turned_by_excel(reading, column, as_stored=as_day, as_turned=as_month)
    if as_day and not as_month:
        return reading, ("day first, as the rows around it show",), ()
    if as_month and not as_day:
        return swapped(reading), (), ("day and month could be told either way: read month first, as the rows around it show",)
    return reading, (), ("day and month could be told either way: read day first",)


def _turned_by_excel(
    reading: Reading, column: _Column, *, as_stored: bool, as_turned: bool
) -> tuple[Reading, tuple[str, ...], tuple[str, ...]]:
    doubt = "the spreadsheet may have turned day and month about"
    if as_turned and not as_stored:
        return swapped(reading), (), (f"{doubt}: read the other way round, as the rows around it show",)
    if column.excel_turned and as_turned:
        return swapped(reading), (), (f"{doubt}: read the other way round, as its text dates show",)
    return reading, (), ()


def _edtf(reading: Reading, year: int) -> str:
    """EDTF of the reading with its first year given. Raises ValueError where there is no such date."""
    if reading.impossible or reading.first is None:
        raise ValueError("no such date")
    first = reading.first.edtf(year)
    if reading.week or reading.week_ending:
        start = date.fromisoformat(first) - timedelta(days=6 * reading.week_ending)
        return f"{start}/{start + timedelta(days=6)}"
    if reading.last is None:
        return first + (reading.mark if "/" not in first else "")
    last_year = reading.last.year
    if last_year is None:
        last_year = year + ((reading.last.month or 0) < (reading.first.month or 0))
    last = reading.last.edtf(last_year)
    if first == last:
        return first + reading.mark
    joined = "/".join(part.split("/")[end] + ("" if part.endswith("~") else reading.mark) for end, part in ((0, first), (-1, last)))
    bounds(joined)
    return joined


def _weekday_doubt(reading: Reading, when: FuzzyDate) -> tuple[str, ...]:
    if reading.weekday is None or when.earliest is None or reading.week or when.earliest.weekday() == reading.weekday or reading.last:
        return ()
    if when.width_days or reading.weekday >= len(WEEKDAYS):
        return ()
    return (f"it is written as a {_DAY_NAMES[reading.weekday]}, but that day was a {_DAY_NAMES[when.earliest.weekday()]}",)


def _timed(row: WrittenDate, reading: Reading, when: FuzzyDate, problems: list[str]) -> Dated:
    read = read_time(row.time_text)
    if read.time is None and reading.time is not None:
        read = TimeRead(reading.time, int(reading.next_day))
    if read.problem:
        problems = [*problems, read.problem]
    if read.days_on and when.earliest and when.width_days == 0:
        moved = when.earliest + timedelta(days=read.days_on)
        when = replace(when, edtf=moved.isoformat() + when.edtf[10:], assumed=(*when.assumed, "moved to the next day, as the time says"))
    return Dated(when, read.time, tuple(problems))
