"""Ages that a row opens with: "Baby 9/52", "28F", "boy, 8": whose they can be."""

import re
from collections.abc import Iterator
from datetime import date

_OPENING = 60  # characters of a cell in which a row says whom it is about
_UNIT = r"(?P<{0}>years?|yrs?|y/o|y|months?|mths?|mo|m|weeks?|wks?|w|days?)\b"
_WHO = r"\b(?:boy|girl|male|female|man|woman|lady|gentleman)"
_SMALL = r"\b(?:baby|infant|newborn|child|toddler)"
_PATTERNS = (
    re.compile(r"^\W*(?P<n>\d{1,3})(?:\s?y(?:ea)?rs?\s(?:old\s)?)?(?P<unit>)[MF]\b"),  # "28F", "45 yrs M"; not "Flat 28F"
    re.compile(r"^\W*(?P<n>\d{1,2})(?P<unit>y)(?:rs?)?\b", re.IGNORECASE),  # "2y 6m"
    re.compile(rf"{_WHO},?\s\(?(?:aged?\s|approx\.?\s)?(?P<n>[3-9]|\d\d)(?:\s?{_UNIT.format('unit')})?(?!\sof\b|[\d/:.])", re.IGNORECASE),
    re.compile(rf"{_SMALL},?\s\(?(?:aged?\s)?(?P<n>\d{{1,2}})\s?{_UNIT.format('unit')}", re.IGNORECASE),
    re.compile(rf"(?:{_SMALL}|{_WHO}),?\s\(?(?P<n>\d{{1,2}})\s?/\s?(?P<unit>7|52|12)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<n>\d{{1,3}})[\s-]?{_UNIT.format('unit')}[\s-]old\b", re.IGNORECASE),
    re.compile(rf"\baged\s(?P<n>\d{{1,3}})(?:\s?{_UNIT.format('unit')})?", re.IGNORECASE),
)
_FIGURE = re.compile(r"\d")  # looked for first, for most rows open with no figure at all
_DAYS = {"7": 1, "d": 1, "52": 7, "w": 7, "12": 30.44, "m": 30.44, "": 365.25, "y": 365.25}
_ROUGH = 0.25  # of an age in days, weeks or months: "9/52" is said of a baby of seven to eleven weeks
_ROUGH_YEARS = 1  # and a year either side of one in years


def ages_told(text: str) -> tuple[tuple[float, float], ...]:
    """The ages that the opening of a text tells, each as the fewest and the most days that it can mean."""
    opening = text[:_OPENING]
    if not _FIGURE.search(opening):
        return ()
    return tuple(dict.fromkeys(age for pattern in _PATTERNS for match in pattern.finditer(opening) for age in _age(match)))


def _age(match: re.Match[str]) -> Iterator[tuple[float, float]]:
    number, unit = int(match["n"]), (match["unit"] or "").casefold()
    days = _DAYS[unit if unit in _DAYS else unit[:1]]
    rough = _ROUGH_YEARS * days if days == _DAYS[""] else max(1, number * _ROUGH) * days
    yield max(0, number * days - rough), (number + 1) * days + rough


def may_be_of(ages: tuple[tuple[float, float], ...], born: date | None, first: date | None, last: date | None) -> bool:
    """Whether somebody born then can be of one of the ages on the days from `first` to `last`; whose birth or day is unknown can."""
    if born is None or first is None or last is None:
        return True
    return any((last - born).days >= least and (first - born).days <= most for least, most in ages)
