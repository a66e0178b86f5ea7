"""The written forms of a date: ordered, anchored patterns, the first that fits is taken.

What no pattern knows is undated, never guessed. The forms are listed with their answers in docs/dates.md.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from timeline.date_points import Point, Reading, joined, month_number

_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
# school terms of England and the Channel Islands: months only, so always approximate
_TERMS = {"autumn": (9, 12), "michaelmas": (9, 12), "spring": (1, 3), "lent": (1, 3), "summer": (4, 7), "easter": (1, 3), "trinity": (4, 7)}
_FEASTS = {
    "christmas day": (12, 25), "xmas day": (12, 25), "christmas eve": (12, 24), "xmas eve": (12, 24), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1),
    "halloween": (10, 31), "bonfire night": (11, 5), "guy fawkes night": (11, 5),
}  # fmt: skip


_M = r"(?P<{0}>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_Y4 = r"(?P<{0}>(?:18|19|20)\d\d)"
_Y = r"(?P<{0}>(?:18|19|20)\d\d|'?\d\d)(?!\d)"
_D = r"(?P<{0}>\d{{1,2}})(?!\d)"
_S = r"\s*[./\-\\]\s*"  # between the numbers of a date
_G = r"[\s,./\-]*(?:of\s+)?"  # between a day, a named month and a year
_TO = r"\s*(?:-+|to|until|till|and|&|\+|thru|through|/|,)\s*"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?"
_Maker = Callable[[re.Match[str]], Reading | None]
PATTERNS: list[tuple[re.Pattern[str], _Maker]] = []


def _pattern(template: str) -> Callable[[_Maker], _Maker]:
    def add(maker: _Maker) -> _Maker:
        PATTERNS.append((re.compile(template), maker))
        return maker

    return add


def _year(text: str | None) -> int | None:
    """A year in full; two figures up to 49 are 2000 to 2049, above 1950 to 1999."""
    if text is None:
        return None
    number = int(text.strip("'"))
    if len(text.strip("'")) > 2:
        return number
    return number + (2000 if number < 50 else 1900)


def _numbers(a: int, b: int, year: int | None) -> Reading:
    """Two numbers and perhaps a year: day first unless only month first can be."""
    if a > 12 >= b:
        return Reading(Point(year, b, a), day_first=True)
    if b > 12 >= a:
        return Reading(Point(year, a, b), day_first=False)
    if a > 12:
        return Reading(Point(year, b, a), impossible=True)
    return Reading(Point(year, b, a), swappable=a != b)


@_pattern(rf"{_Y4.format('y')}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)(?:t(?=\d)|\s+(?=00:00(?::00)?(?:\.0+)?z?$))?")
def _iso(m: re.Match[str]) -> Reading:
    return Reading(Point(int(m["y"]), int(m["m"]), int(m["d"])))


@_pattern(r"(?P<a>(?:19|20)\d\d)(?P<b>\d\d)(?P<c>\d\d)(?!\d)")
def _eight_iso(m: re.Match[str]) -> Reading | None:
    reading = Reading(Point(int(m["a"]), int(m["b"]), int(m["c"])))
    return reading if int(m["b"]) <= 12 and 1 <= int(m["c"]) <= 31 else None


@_pattern(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>(?:19|20)\d\d)(?!\d)")
def _eight(m: re.Match[str]) -> Reading:
    return _numbers(int(m["d"]), int(m["m"]), int(m["y"]))


@_pattern(rf"{_D.format('a')}{_S}{_D.format('b')}{_S}{_Y.format('y')}{_TO}{_D.format('c')}{_S}{_D.format('d')}{_S}{_Y.format('z')}")
def _whole_to_whole(m: re.Match[str]) -> Reading:
    return joined(_numbers(int(m["a"]), int(m["b"]), _year(m["y"])), _numbers(int(m["c"]), int(m["d"]), _year(m["z"])))


@_pattern(rf"{_D.format('a')}{_S}{_D.format('b')}\s*(?:-+|to|until|and|&)\s*{_D.format('c')}{_S}{_D.format('d')}(?:{_S}{_Y.format('z')})?")
def _part_to_whole(m: re.Match[str]) -> Reading:
    year = _year(m["z"])
    last = _numbers(int(m["c"]), int(m["d"]), year)
    first = _numbers(int(m["a"]), int(m["b"]), None)
    if year is not None and first.first and last.first:
        back = (first.first.month or 0, first.first.day or 0) > (last.first.month or 0, last.first.day or 0)
        first = replace(first, first=replace(first.first, year=year - back))
    return joined(first, last)


@_pattern(
    rf"{_D.format('a')}\.?(?:\s*(?:-+|to|and|&)\s*|/(?=\d{{1,2}}/\d{{1,2}}/\d)){_D.format('b')}{_S}{_D.format('c')}{_S}{_Y.format('y')}"
)
def _days_in_numbers(m: re.Match[str]) -> Reading:
    year, month = _year(m["y"]), int(m["c"])
    return Reading(Point(year, month, int(m["a"])), Point(year, month, int(m["b"])), day_first=True)


@_pattern(rf"{_D.format('a')}{_S}{_D.format('b')}{_S}{_Y.format('y')}")
def _three_numbers(m: re.Match[str]) -> Reading:
    return _numbers(int(m["a"]), int(m["b"]), _year(m["y"]))


@_pattern(rf"{_D.format('a')}\s+{_D.format('b')}\s+{_Y.format('y')}")
def _three_apart(m: re.Match[str]) -> Reading:
    return _numbers(int(m["a"]), int(m["b"]), _year(m["y"]))


@_pattern(
    rf"{_D.format('d')}{_G}{_M.format('m')}(?:{_G}{_Y4.format('y')})?{_TO}{_WEEKDAY}"
    rf"{_D.format('e')}{_G}{_M.format('n')}(?:{_G}{_Y.format('z')})?"
)
def _named_to_named(m: re.Match[str]) -> Reading | None:
    month, last_month = month_number(m["m"]), month_number(m["n"])
    if month is None or last_month is None:
        return None
    last_year = _year(m["z"])
    year = _year(m["y"])
    if year is None and last_year is not None:
        year = last_year - ((month, int(m["d"])) > (last_month, int(m["e"])))
    return Reading(Point(year, month, int(m["d"])), Point(last_year, last_month, int(m["e"])))


@_pattern(rf"{_D.format('d')}(?:{_TO}\d{{1,2}}(?!\d))*{_TO}{_WEEKDAY}{_D.format('e')}{_G}{_M.format('m')}(?:{_G}{_Y.format('y')})?")
def _days_of_named(m: re.Match[str]) -> Reading | None:
    month, year = month_number(m["m"]), _year(m["y"])
    return Reading(Point(year, month, int(m["d"])), Point(year, month, int(m["e"]))) if month else None


@_pattern(rf"{_D.format('d')}{_G}{_M.format('m')}(?:{_G}{_Y.format('y')})?")
def _named(m: re.Match[str]) -> Reading | None:
    month = month_number(m["m"])
    return Reading(Point(_year(m["y"]), month, int(m["d"]))) if month else None


@_pattern(rf"{_M.format('m')}\s*{_D.format('d')}(?:{_TO}{_D.format('e')})?[\s,./-]+{_Y4.format('y')}")
def _month_first_named(m: re.Match[str]) -> Reading | None:
    month, year = month_number(m["m"]), int(m["y"])
    if not month:
        return None
    return Reading(Point(year, month, int(m["d"])), Point(year, month, int(m["e"])) if m["e"] else None)


@_pattern(rf"{_M.format('m')}(?:[\s,./\-]*{_Y4.format('y')})?{_TO}{_M.format('n')}(?:[\s,./\-]*{_Y.format('z')})?")
def _months(m: re.Match[str]) -> Reading | None:
    month, last_month = month_number(m["m"]), month_number(m["n"])
    if month is None or last_month is None:
        return None
    year, last_year = _year(m["y"]), _year(m["z"])
    if year is None and last_year is not None:
        year = last_year - (month > last_month)
    return Reading(Point(year, month), Point(last_year, last_month))


@_pattern(rf"{_M.format('m')}\s+(?P<d>\d{{1,2}})#")
def _month_ordinal(m: re.Match[str]) -> Reading | None:
    month = month_number(m["m"])
    return Reading(Point(None, month, int(m["d"]))) if month else None


@_pattern(rf"{_M.format('m')}[\s,./\-]*{_Y.format('y')}(?:\s*(?:-+|to)\s*{_Y4.format('z')})?")
def _month_year(m: re.Match[str]) -> Reading | None:
    month = month_number(m["m"])
    if not month:
        return None
    short = "" if len(m["y"]) == 4 else f"{m['y'].strip(chr(39))} was read as the year {_year(m['y'])}"
    return Reading(Point(_year(m["y"]), month), assumed=(short,) if short else ())


@_pattern(rf"{_M.format('m')}(?![a-z])")
def _month(m: re.Match[str]) -> Reading | None:
    month = month_number(m["m"])
    return Reading(Point(None, month)) if month else None


@_pattern(
    rf"(?P<t>autumn|michaelmas|spring|lent|summer|easter|trinity)\s+(?:half[\s-]?)?term(?:\s+\d(?!\d))?(?:[\s,]*(?:of\s+)?{_Y.format('y')})?"
)
def _term(m: re.Match[str]) -> Reading:
    return Reading(Point(_year(m["y"]), span=_TERMS[m["t"]]), assumed=("school terms are taken by their usual months",))


@_pattern(rf"(?P<s>spring|summer|autumn|fall|winter)(?![a-z])(?:[\s,]*(?:of\s+)?{_Y.format('y')}(?:\s*[/-]\s*(?:\d\d)?\d\d(?!\d))?)?")
def _season(m: re.Match[str]) -> Reading:
    return Reading(Point(_year(m["y"]), season=_SEASONS[m["s"]]))


@_pattern(rf"(?P<f>{'|'.join(_FEASTS)})(?:[\s,]*{_Y.format('y')})?")
def _feast(m: re.Match[str]) -> Reading:
    month, day = _FEASTS[m["f"]]
    return Reading(Point(_year(m["y"]), month, day))


@_pattern(rf"(?:christmas|xmas)(?:\s+(?:time|period|week|holidays?|break))?(?:[\s,]*{_Y.format('y')})?")
def _christmas(m: re.Match[str]) -> Reading:
    return Reading(Point(_year(m["y"]), 12), mark="~", assumed=("Christmas is taken as December",))


@_pattern(rf"q(?P<q>[1-4])[\s,/-]*{_Y.format('y')}|(?P<w>first|second|third|fourth|1#|2#|3#|4#)\s+quarter\s+(?:of\s+)?{_Y4.format('z')}")
def _quarter(m: re.Match[str]) -> Reading:
    number = int(m["q"]) if m["q"] else {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(m["w"], 0) or int(m["w"][0])
    year = _year(m["y"] or m["z"])
    return Reading(Point(year, 3 * number - 2), Point(year, 3 * number))


@_pattern(rf"(?P<m>\d{{1,2}})\s*[./-]\s*{_Y4.format('y')}(?!\d)")
def _month_number_year(m: re.Match[str]) -> Reading:
    return Reading(Point(int(m["y"]), int(m["m"])), impossible=not 1 <= int(m["m"]) <= 12)


@_pattern(rf"{_Y4.format('y')}\s*[-/]\s*(?P<m>0[1-9]|1[0-2])(?!\d)(?![/-])")
def _year_month(m: re.Match[str]) -> Reading | None:
    year, number = int(m["y"]), int(m["m"])
    if number == year % 100 + 1:  # 2011/12, 2008-09: two years, as financial and school years are written
        return Reading(Point(year), Point(year + 1))
    return Reading(Point(year, number))


@_pattern(rf"{_Y4.format('y')}(?:\s*(?:-+|/|to|and|&)\s*(?P<z>(?:18|19|20)\d\d|\d\d))?(?![\d/.-]\d)(?P<s>'?s(?![a-z]))?")
def _years(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    if m["s"]:
        return Reading(Point(year), Point(year + 9)) if year % 10 == 0 else None
    if not m["z"]:
        return Reading(Point(year))
    last = int(m["z"]) if len(m["z"]) == 4 else year // 100 * 100 + int(m["z"])
    return Reading(Point(year), Point(last)) if last > year else None


@_pattern(r"(?P<n>[2-6]\d{4})(?:\.\d+)?(?!\d)")
def _serial(m: re.Match[str]) -> Reading:
    day = date(1899, 12, 30) + timedelta(days=int(m["n"]))
    return Reading(Point(day.year, day.month, day.day), assumed=("a spreadsheet's serial number was read as its date",))


@_pattern(rf"{_D.format('a')}\s*[./\-]\s*{_D.format('b')}(?![./\-]\d)")
def _two_numbers(m: re.Match[str]) -> Reading:
    a, b = int(m["a"]), int(m["b"])
    if b > 12 and 1 <= a <= 12:  # 05/16 can be no day and month: May 2016
        return Reading(Point(_year(m["b"]), a), assumed=(f"{m['b']} was read as the year {_year(m['b'])}",))
    return _numbers(a, b, None)


@_pattern(r"(?P<d>\d{1,2})#(?!\d)")
def _day_alone(m: re.Match[str]) -> Reading:
    return Reading(Point(None, None, int(m["d"])))
