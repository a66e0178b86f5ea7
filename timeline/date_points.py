"""A date as far as its own words tell it: the ends with what they lack, and what neighbours must settle."""

from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz.distance import OSA

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date as written: what is missing is None. `span` are two months of a term or quarter, `season` an EDTF season code."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str = ""
    span: tuple[int, int] | None = None

    def edtf(self, year: int) -> str:
        """EDTF with the year given; raises ValueError where there is no such day."""
        if self.span:
            first, last = self.span
            return f"{year:04}-{first:02}~/{year:04}-{last:02}~"
        if self.season:
            return f"{year:04}-{self.season}"
        if self.month is None:
            return f"{year:04}"
        if self.day is None:
            if not 1 <= self.month <= 12:
                raise ValueError("no such month")
            return f"{year:04}-{self.month:02}"
        return date(year, self.month, self.day).isoformat()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell's words mean so far.

    `first` and `last` are the ends (`last` None for a single date); `swappable`: day and month could be told the other way round;
    `day_first` is True or False where the numbers alone settle it; `mark` is `~`, `?` or empty; `relation` names a date told by the row above;
    `rest` is what follows the date, `time` a time found in it.
    """

    first: Point | None = None
    last: Point | None = None
    swappable: bool = False
    day_first: bool | None = None
    mark: str = ""
    relation: str = ""
    shift_days: int = 0
    weekday: int | None = None
    week: bool = False
    week_ending: bool = False
    impossible: bool = False
    time: str | None = None
    next_day: bool = False
    rest: str = ""
    assumed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def month_number(word: str) -> int | None:
    """The month (1-12) that a word names: whole, shortened (`sept`), or with a slip of spelling (`Febuary`); None for any other word."""
    word = word.casefold().rstrip(".")
    for number, name in enumerate(MONTHS, 1):
        if word[:3] == name[:3] and (name.startswith(word) or word == "sept" or (len(word) > 4 and OSA.distance(word, name) <= 2)):
            return number
    return None


def joined(first: Reading, last: Reading) -> Reading:
    """One reading of two ends, told the same way round: what settles one settles the other."""
    settled = first.day_first if first.day_first is not None else last.day_first
    swap = settled is False
    ends = [swapped(each) if swap and each.swappable else each for each in (first, last)]
    either = settled is None and (first.swappable or last.swappable)
    return Reading(ends[0].first, ends[1].first, swappable=either, day_first=settled, impossible=first.impossible or last.impossible)


def swapped(reading: Reading) -> Reading:
    """The reading with day and month told the other way round."""

    def turn(point: Point | None) -> Point | None:
        return replace(point, month=point.day, day=point.month) if point and point.day else point

    return replace(reading, first=turn(reading.first), last=turn(reading.last), swappable=False)
