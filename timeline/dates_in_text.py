"""Dates inside running text, and the date that a paragraph begins with."""

import re
from collections.abc import Iterator

from timeline.date_cells import read_cell
from timeline.date_points import Point, Reading, swapped
from timeline.dates import FuzzyDate
from timeline.written_dates import WrittenDate, date_rows, is_date

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?,?\s+)?"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY = rf"{_NUMBER}(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)(?![\d:]|\.\d|\s?(?:hrs?|hours|years?|yrs?|months?|weeks?|days?|mins?|minutes|am|pm)\b)"
_JOIN = r"\s*(?:-|–|—|/|to|and|&|until|,)\s*"
# in British notes a number over 7, 10, 12, 24, 40 or 52 is a span of days, a score, months, hours or weeks ("8/52", "9/12"), so two numbers
# alone are a date only after a word that asks for one
_CUE_WORDS = ("on", "since", "until", "till", "by", "dated", "from", "before", "after", "appt", "letter", "due", "to")
_CUE = "(?:" + "|".join(rf"(?<={word}\s)" for word in _CUE_WORDS) + ")"
_YEAR_CUE = (
    "(?:"
    + "|".join(
        rf"(?<={word})"
        for word in (r"in\s", r"since\s", r"during\s", r"from\s", r"until\s", r"early\s", r"late\s", r"of\s", r"by\s", r"\(")
    )
    + ")"
)
_IN_TEXT = re.compile(
    # every kind of date begins where a word or number does, with a digit or a letter of a weekday, a month, "the" or "on": looked at first, for speed
    r"(?<!\w)(?=[\dadfjmnostw])(?:"
    + "|".join(
        (
            r"(?<![\w/.\-])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\w/]|[.\-]\d)",
            rf"(?<![\w/.\-]){_WEEKDAY}(?:0?[1-9]|[12]\d|3[01])\s?([./\-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:(?:19|20)\d\d|\d\d)(?![\w/]|[.\-]\d)",
            r"(?<![\w/.\-])(?:0?[1-9]|1[0-2])([./\-])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)\d\d|\d\d)(?![\w/]|[.\-]\d)",
            rf"(?<![\w/.\-]){_WEEKDAY}{_DAY}(?:{_JOIN}{_DAY}){{0,11}}[\s.\-]*(?:of\s+)?{_MONTH}(?:[\s,.\-]*{_YEAR})?",
            rf"(?<![\w/.\-]){_MONTH}\s+{_DAY}(?:,?\s+(?:19|20)\d\d)?(?![\w/:]|\s?(?:hrs?|am|pm|years?|yrs?)\b)",
            rf"(?<![\w/.\-]){_MONTH}(?:[\s,]*(?:19|20)\d\d)?\s*(?:-|–|to|until)\s*{_MONTH}[\s,\-]*(?:19|20)\d\d\b",
            rf"(?<![\w/.\-]){_MONTH}[\s,\-]*(?:of\s+)?(?:19|20)\d\d\b(?!\s?hrs?)",
            r"(?<![\w/.\-£$])(?:0?[1-9]|[12]\d|3[01])/(?:0?[5689]|11)(?![\w/%]|\.\d)",
            rf"{_CUE}(?<![\w/.\-£$])(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])(?![\w/%]|\.\d|\s?(?:kg|g|mg|ml|cm|mm|%|hrs?|am|pm)\b)",
            (
                rf"(?:\bthe\s+|\bon\s+|(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:the\s+)?){_NUMBER}(?:st|nd|rd|th)\b"
                r"(?!\s+(?:of|centile|birthday|time|floor|visit|attempt|child|appointment|week|month|day|year))"
            ),
            rf"(?<![\w/.\-]){_YEAR_CUE}(?:19|20)\d\d\b(?!\s?(?:hrs?|hours|g\b|ml|mg))",
        )
    )
    + ")",
    re.IGNORECASE,
)
_PLAIN_MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|(?<=in )May|(?<=since )May|(?<=of )May|(?<=until )May)\b"
)

# every date that is found has one of these: looked for first, since few texts hold a date
_MONTH_BEGINNINGS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"\d(?:\s?[./\-]\s?\d|\d\d\d|st|nd|rd|th)", re.IGNORECASE)

_WORDED = re.compile(r"([A-Za-z][A-Za-z ]{3,39}?)\s*(?:\s[–—-]\s|:\s)(?=\S)")


def dates_within(text: str) -> Iterator[tuple[int, int, FuzzyDate]]:
    """Every date inside running text, in order: characters start to end (exclusive) and what it means, read day first.

    Where no year is written the EDTF says so (`XXXX-07-12`, `XXXX-07`, `XXXX-XX-16`) and has no bounds. Spans of days, weeks and months
    as British notes write them ("2/52", "9/12") and plain numbers are no dates. No two overlap.
    """
    if not _may_hold_one(text):
        return
    lower = text.replace("\u2019", "'")
    taken = 0
    found = [(match.start(), match.end()) for match in _IN_TEXT.finditer(lower)]
    found += [(match.start(), match.end()) for match in _PLAIN_MONTH.finditer(lower)]
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        end -= text[start:end].endswith(".")
        if start < taken or not (edtf := _edtf_of(text[start:end])):
            continue
        taken = end
        yield start, end, FuzzyDate(edtf, text[start:end])


def _may_hold_one(text: str) -> bool:
    folded = text.casefold()
    return _NUMBERS.search(text) is not None or any(map(folded.__contains__, _MONTH_BEGINNINGS))


def _edtf_of(words: str) -> str | None:
    trimmed = re.sub(r"^(?:the|on)\s+", "", words, flags=re.IGNORECASE)
    reading = read_cell(trimmed)
    if reading.first is None or reading.rest:
        return None
    if reading.first.year is None and (reading.last is None or reading.last.year is None):
        return _yearless(reading)
    dated = date_rows([WrittenDate(text=trimmed)])[0].when
    return None if dated.edtf == "XXXX" else dated.edtf


def _yearless(reading: Reading) -> str | None:
    point = (swapped(reading) if reading.day_first is False and reading.swappable else reading).first or Point()
    if point.month is None:
        return f"XXXX-XX-{point.day:02}" if point.day else None
    return f"XXXX-{point.month:02}" + (f"-{point.day:02}" if point.day else "")


def leading_date(text: str) -> tuple[str, str] | None:
    """The date (with a time, where one follows) that a paragraph begins with, and what comes after it; None where it begins with none.

    The longest beginning of up to twelve words that reads wholly as a date with a day or a month and some number is taken; a year alone
    is a heading, not a date.
    """
    ends = [match.end() for match in re.finditer(r"\S+", text[:120])][:12]
    for end in reversed(ends):
        words = text[:end].rstrip(" \t:;,.-–—")
        rest = text[end:].lstrip(" \t:;,.-–—")
        if any(c.isdigit() for c in words) and not (rest and _runs_into_words(words)) and _begins(words):
            return words, rest
    return _worded(text)


def _worded(text: str) -> tuple[str, str] | None:
    """A date in words alone that a dash or colon ends: "Summer term – attendance poor", "A few days later: another one"."""
    begun = _WORDED.match(text)
    if begun and (is_date(begun[1]) or read_cell(begun[1]).relation in ("later", "same")):
        return begun[1], text[begun.end() :].strip()
    return None


def _runs_into_words(words: str) -> bool:
    """Whether a dash is followed by neither a number nor a month: "20/12/22 – Christmas" begins "Christmas hamper taken", and is no range."""
    *before, last = re.split(r"\s[–—-]\s", words)
    return bool(before) and not re.search(rf"\d|\b{_MONTH}", last, re.IGNORECASE)


def _begins(words: str) -> bool:
    reading = read_cell(words)
    point = reading.first
    if point is None or reading.rest or not is_date(words):
        return False
    if point.month is None and not point.season and not point.span:
        return False
    numeric_pair = point.year is None and not re.search(r"[a-z]{3}", words.casefold())
    return not (numeric_pair and "/" not in words)
