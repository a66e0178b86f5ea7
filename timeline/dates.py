"""Uncertain dates: what was written, what it can mean as EDTF, its first and last possible day, and what was assumed.

EDTF is the Library of Congress' Extended Date/Time Format; the table of what is written how is in docs/dates.md.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

UNKNOWN = "XXXX"
# EDTF season code -> first and last month; winter (24) runs into the next year
SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_NO_YEAR = re.compile(r"XXXX-(?:\d{2}|XX)(?:-\d{2})?")
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as uncertain as it was written.

    `earliest` and `latest` are the first and last day (both inclusive) that it can mean, None where it is unknown (`XXXX`);
    `assumed` says in plain words what the cell itself did not say ("year taken from the row above").
    """

    edtf: str
    as_written: str = ""
    assumed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        bounds(self.edtf)

    @property
    def earliest(self) -> date | None:
        """The first day that it can mean."""
        span = bounds(self.edtf)
        return span[0] if span else None

    @property
    def latest(self) -> date | None:
        """The last day that it can mean."""
        span = bounds(self.edtf)
        return span[1] if span else None

    @property
    def width_days(self) -> int | None:
        """Days from the first to the last day that it can mean: 0 for one day, None where it is unknown."""
        span = bounds(self.edtf)
        return (span[1] - span[0]).days if span else None


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> tuple[date, date] | None:
    """First and last day (inclusive) that an EDTF string can mean; None where it says unknown.

    Level 0 and the parts of level 1 that chronologies need: a day, month, year or season, each with `~`, `?` or `%`, and intervals
    of them. A day or month of no known
    year (`XXXX-07-12`) has none either. Raises ValueError for anything else, or an interval that ends before it begins.
    """
    if edtf == UNKNOWN or _NO_YEAR.fullmatch(edtf):
        return None
    if "/" in edtf:
        first, last = (bounds(part) for part in edtf.split("/", 1))
        if first is None or last is None or first[0] > last[1]:
            raise ValueError(f"no interval of dates: {edtf}")
        return first[0], last[1]
    match = _POINT.fullmatch(edtf)
    if not match:
        raise ValueError(f"no EDTF date: {edtf}")
    year, month, day = int(match[1]), match[2], match[3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month in SEASON_MONTHS and not day:
        start, end = SEASON_MONTHS[month]
        return date(year, start, 1), _month_end(year + (end < start), end)
    if not day:
        return date(year, int(month), 1), _month_end(year, int(month))
    return (date(year, int(month), int(day)),) * 2


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
