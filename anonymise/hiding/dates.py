"""Dates made general: an event's date in words, and the exact days inside a text, as a policy wants them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anonymise.policy import DateStyle
from timeline.dates import FuzzyDate
from timeline.dates_in_text import dates_within

_SEASONS = {3: "spring", 4: "spring", 5: "spring", 6: "summer", 7: "summer", 8: "summer", 9: "autumn", 10: "autumn", 11: "autumn"}
_YEARLESS = re.compile(r"XXXX-(\d\d|XX)(?:-(\d\d))?")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
# what the grammar of dates leaves aside and still reads as one day
_LEFT_OVER = re.compile(
    r"(?<![\w/.-])\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?![\w/])|(?<![\w-])\d{4}-\d{2}-\d{2}(?!\d)"
    rf"|(?<![\w/.])\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?i:{_MONTH})\b(?:,?\s+(?:19|20)\d\d)?"
    rf"|(?<!\w)(?i:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\w:])"
)
_PAIR = re.compile(r"(?<![\w/.\-£$+])(\d{1,2})/(\d{1,2})(?![\w/%]|\.\d)")
_SHORT_YEAR = re.compile(rf"(?i:{_MONTH})\.?\s+\d\d$")
# a number of months beyond a toddler's reviews, which are due at 24, 27 and 30: "25/12" is a day
_NO_MONTHS = frozenset([25, 26, 31])
_DAYS_WEEKS_MONTHS = frozenset([7, 12])
_SCORE = 10

# after these words a month reads well by itself; after any other word it wants an "in" ("attended in May")
_WANTS_IN = re.compile(
    r"(?<![\w-])(?!(?:on|in|of|by|to|at|and|or|from|since|until|till|for|before|after|about|around|early|mid|late|next|last|this|that|the|a"
    r"|dated|due|during|between|was|is|circa|every|each)\s)(?-i:[A-Z]?[a-z]{2,})\s$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateRule:
    """How dates are shown; `start` is the fixed point that days are counted from where the style is "since", and is day 0."""

    style: DateStyle
    start: date | None = None

    def __post_init__(self) -> None:
        if self.style == "since" and self.start is None:
            raise ValueError("time is counted from a fixed point, and none is given")


def event_date(when: FuzzyDate, rule: DateRule) -> str:
    """An event's date in general words ("May 2018", "about spring 2019", "day 35", "undated"); nothing where the policy shows no dates."""
    first, last = when.earliest, when.latest
    if rule.style == "none":
        return ""
    if first is None or last is None:
        return "undated"
    about = "about " if "~" in when.edtf else "possibly " if "?" in when.edtf else ""
    return about + _span(first, last, rule)


def period(first: date, last: date, rule: DateRule) -> str:
    """A period (both days inclusive) in general words."""
    return "" if rule.style == "none" else _span(first, last, rule)


def _span(first: date, last: date, rule: DateRule) -> str:
    if rule.start is not None and rule.style == "since":
        a, b = (first - rule.start).days, (last - rule.start).days
        return f"day {a}" if a == b else f"days {a} to {b}"
    if rule.style == "year" or (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    here, there = (_general(day, rule.style) for day in (first, last))
    if here == there:
        return here
    return f"{here.rsplit(' ', 1)[0]} to {there}" if first.year == last.year and rule.style == "month" else f"{here} to {there}"


def _general(day: date, style: DateStyle) -> str:
    if style == "season":  # winter belongs to the year in which it began
        return f"{_SEASONS[day.month]} {day.year}" if day.month in _SEASONS else f"winter {day.year - (day.month < 3)}"
    return f"{calendar.month_name[day.month]} {day.year}"


def month_words(month: int, rule: DateRule) -> str:
    """What stands for a day of a month when no year is written; "[date]" where the policy shows no calendar."""
    if rule.style == "month":
        return calendar.month_name[month]
    return _SEASONS.get(month, "winter") if rule.style == "season" else "that year" if rule.style == "year" else "[date]"


def general_dates(text: str, rule: DateRule, near: date | None = None) -> Iterator[tuple[int, int, str]]:
    """The dates in a text that say more than the policy allows: characters start to end (exclusive), and what stands for them.

    `near` is the day of the row: where days are counted, a date without a year is the one nearest to it.
    """
    taken: list[tuple[int, int]] = []
    for start, end, when in dates_within(text):
        taken.append((start, end))
        words = _words_for(when, rule, near)
        if words is None and rule.style == "month" and _SHORT_YEAR.search(text[start:end]) and when.earliest and when.latest:
            words = _span(when.earliest, when.latest, rule)  # "June 21" is a month of 2021, and reads as a day
        if words is not None:
            yield _worded(text, start, end, words)
    for match in _LEFT_OVER.finditer(text):
        if not any(match.start() < until and begin < match.end() for begin, until in taken) and not match[0].endswith("may"):
            taken.append(match.span())
            month = re.search(rf"(?i:{_MONTH})", match[0])
            yield _worded(text, match.start(), match.end(), _full_month(month[0], rule) if month else "[date]")
    for match in _PAIR.finditer(text):
        if not any(match.start() < until and begin < match.end() for begin, until in taken) and _is_day(match[1], match[2]):
            yield _worded(text, match.start(), match.end(), _yearless_words(int(match[2]), int(match[1]), rule, near))


def _worded(text: str, start: int, end: int, words: str) -> tuple[int, int, str]:
    """The span with the words that read well there: "on 4 May" becomes "in May", "seen 4 May" "seen in May", "dated 4 May" "dated May"."""
    lead = re.match(r"(?:on |the )+", text[start:end], re.I)
    before = re.search(r"\b(on) (?:the )?$", text[:start], re.I)
    if words.startswith(("day ", "days ")):
        return start, end, f"on {words}" if lead and not before else words
    if words.startswith("["):
        return start, end, words
    if before and not words.startswith("that"):
        return before.start(), end, ("In " if before[1] == "On" else "in ") + words
    if (lead or (not before and _WANTS_IN.search(text[:start]))) and not words.startswith("that") and words[0].isalpha():
        words = f"in {words}"
    return start, end, words


def _is_day(day: str, month: str) -> bool:
    """Whether two numbers with a stroke between are a day and a month rather than a span ("2/52", "9/12"), a score or a fraction."""
    a, b = int(day), int(month)
    if not (1 <= a <= 31 and 1 <= b <= 12):
        return False
    if day.startswith("0") or month.startswith("0"):
        return True
    if b in _DAYS_WEEKS_MONTHS:
        return b == 12 and a in _NO_MONTHS
    return a > _SCORE if b == _SCORE else a > b


def _full_month(written: str, rule: DateRule) -> str:
    number = next(number for number in range(1, 13) if calendar.month_name[number].lower().startswith(written[:3].lower()))
    return month_words(number, rule)


def _words_for(when: FuzzyDate, rule: DateRule, near: date | None) -> str | None:
    """What stands for a date in a text; None where it is general enough as it is."""
    if rule.style == "none":
        return "[date]"
    if yearless := _YEARLESS.match(when.edtf):
        if yearless[1] == "XX":
            return "that month" if rule.style != "since" else "[date]"
        month = int(yearless[1])
        if rule.style == "month" and not yearless[2]:
            return None
        return _yearless_words(month, int(yearless[2]) if yearless[2] else None, rule, near)
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return "[date]"
    narrow = {"month": 27, "season": 85, "year": 360, "since": 1_000_000}[rule.style]
    return _span(first, last, rule) if (last - first).days < narrow else None


def _yearless_words(month: int, day: int | None, rule: DateRule, near: date | None) -> str:
    """What stands for a day or month without a year; counted in days where the row's own date tells the year."""
    if rule.style != "since":
        return month_words(month, rule)
    if near is None:
        return "[date]"
    spans = []
    for year in (near.year - 1, near.year, near.year + 1):
        longest = calendar.monthrange(year, month)[1]
        if day is None or day <= longest:
            spans.append((date(year, month, day or 1), date(year, month, day or longest)))
    first, last = min(spans, key=lambda span: abs((span[0] - near).days))
    return _span(first, last, rule)
