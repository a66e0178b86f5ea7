"""The year that a banner, sheet name or heading gives to the rows below it: one year, or two where it is a school or financial one."""

import re
from dataclasses import dataclass

from timeline.date_cells import read_cell
from timeline.date_points import Point
from timeline.dates import SEASON_MONTHS

_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/.-]*\d)")
_SPLIT_YEAR = re.compile(r"\b((?:19|20)\d\d)\s*([/–-]|to)\s*((?:19|20)?\d\d)\b(?![/.-]\d)")
_SCHOOL = re.compile(r"academic|school|\bay\b|autumn|michaelmas|spring|lent|summer|trinity|term|year \d", re.I)
_FINANCIAL = re.compile(r"financial|fiscal|\bfy\b|tax|budget|\bq[1-4]\b|quarter", re.I)
_FIRST_SCHOOL_MONTH, _FIRST_FINANCIAL_MONTH = 9, 4


@dataclass(frozen=True, slots=True)
class Years:
    """The year `first`, or one that runs from a month of `first` into the next (2018/19); `begins` is that month, None where not told."""

    first: int
    is_split: bool = False
    begins: int | None = None

    def of(self, date_text: str) -> int | None:
        """The year of a date cell that gives none: in a split year by its month, None where the month could lie in either."""
        if not self.is_split:
            return self.first
        point = read_cell(date_text).first
        month = _first_month(point) if point and point.year is None else None
        if month is None:
            return None
        if self.begins is not None:
            return self.first + (month < self.begins)
        if _FIRST_FINANCIAL_MONTH <= month < _FIRST_SCHOOL_MONTH:
            return None
        return self.first + (month < _FIRST_FINANCIAL_MONTH)


def _first_month(point: Point) -> int | None:
    if point.span:
        return point.span[0]
    return SEASON_MONTHS[point.season][0] if point.season else point.month


def years_in(text: str) -> Years | None:
    """The one year that a heading, banner or sheet name gives; None where it gives none or several."""
    split = _SPLIT_YEAR.search(text)
    years = set(_YEAR.findall(_SPLIT_YEAR.sub(" ", text)))
    if split:
        first, last = int(split[1]), int(split[3])
        follows = last in (first + 1, (first + 1) % 100)
        begins = _FIRST_FINANCIAL_MONTH if _FINANCIAL.search(text) else _FIRST_SCHOOL_MONTH if _SCHOOL.search(text) else None
        is_one = begins is not None or split[2] == "/" or last < 100  # "2018 to 2019" may as well be two whole years
        return Years(first, is_split=True, begins=begins) if follows and is_one and not years else None
    return Years(int(years.pop())) if len(years) == 1 else None
