"""Dates and ages made general: an event's date in words, and the exact days and ages inside a text."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from anonymise.policy import AgeStyle, DateStyle
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
_AGE = re.compile(
    r"\b(?:aged? )?(\d{1,3})(?:[ -]?(years?|yrs?|months?|mths?|weeks?|wks?|days?))(?:[ -](?:old|of age))\b"
    r"|\baged? (\d{1,3})(?: (years|months|weeks|days))?\b",
    re.IGNORECASE,
)

# after these words a month reads well by itself; after any other word it wants an "in" ("attended in May")
_WANTS_IN = re.compile(
    r"(?<![\w-])(?!(?:on|in|of|by|to|at|and|or|from|since|until|till|for|before|after|about|around|early|mid|late|next|last|this|that|the|a"
    r"|dated|due|during|between|was|is|circa|every|each)\s)[a-z]{3,}\s$"
)


def event_date(when: FuzzyDate, style: DateStyle) -> str:
    """An event's date in general words ("May 2018", "about spring 2019", "undated"); nothing where the policy shows no dates."""
    first, last = when.earliest, when.latest
    if style == "none":
        return ""
    if first is None or last is None:
        return "undated"
    about = "about " if "~" in when.edtf else "possibly " if "?" in when.edtf else ""
    return about + _span(first, last, style)


def period(first: date, last: date, style: DateStyle) -> str:
    """A period (both days inclusive) in general words."""
    return "" if style == "none" else _span(first, last, style)


def _span(first: date, last: date, style: DateStyle) -> str:
    if style == "year" or (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    a, b = (_general(day, style) for day in (first, last))
    if a == b:
        return a
    return f"{a.rsplit(' ', 1)[0]} to {b}" if first.year == last.year and style == "month" else f"{a} to {b}"


def _general(day: date, style: DateStyle) -> str:
    if style == "season":  # winter belongs to the year in which it began
        return f"{_SEASONS[day.month]} {day.year}" if day.month in _SEASONS else f"winter {day.year - (day.month < 3)}"
    return f"{calendar.month_name[day.month]} {day.year}"


def general_dates(text: str, style: DateStyle) -> Iterator[tuple[int, int, str]]:
    """The dates in a text that say more than the policy allows: characters start to end (exclusive), and what stands for them."""
    taken: list[tuple[int, int]] = []
    for start, end, when in dates_within(text):
        taken.append((start, end))
        if (words := _words_for(when.edtf, when, style)) is None:
            continue
        lead = re.match(r"(?:on |the )+", text[start:end], re.I)
        before = re.search(r"\b(on) (?:the )?$", text[:start], re.I)
        if before and not words.startswith(("that", "[")):
            start, words = before.start(), ("In " if before[1] == "On" else "in ") + words
        elif not before and not lead and _WANTS_IN.search(text[:start]) and words[0].isalpha() and not words.startswith("that"):
            words = f"in {words}"
        elif lead and not words.startswith("["):
            words = words if words.startswith("that") else f"in {words}"
        yield start, end, words
    for match in _LEFT_OVER.finditer(text):
        if not any(match.start() < until and begin < match.end() for begin, until in taken) and not match[0].endswith("may"):
            month = re.search(rf"(?i:{_MONTH})", match[0])
            yield match.start(), match.end(), (_full_month(month[0]) if month and style == "month" else "[date]")


def _full_month(written: str) -> str:
    return next((name for name in calendar.month_name if name and name.lower().startswith(written[:3].lower())), "[date]")


def _words_for(edtf: str, when: FuzzyDate, style: DateStyle) -> str | None:
    """What stands for a date in a text; None where it is general enough as it is."""
    if style == "none":
        return "[date]"
    if yearless := _YEARLESS.match(edtf):
        if yearless[1] == "XX":
            return "that month"
        month = int(yearless[1])
        if style == "month":
            return calendar.month_name[month] if yearless[2] else None
        return _SEASONS.get(month, "winter") if style == "season" else "that year"
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return "[date]"
    narrow = {"month": 27, "season": 85, "year": 360}[style]
    return _span(first, last, style) if (last - first).days < narrow else None


def general_ages(text: str, style: AgeStyle) -> Iterator[tuple[int, int, str]]:
    """The ages in a text that say more than the policy allows, and what stands for them."""
    if style == "keep":
        return
    for match in _AGE.finditer(text):
        number, unit = int(match[1] or match[3]), (match[2] or match[4] or "years").lower()
        per_year = {"y": 1.0, "m": 12.0, "w": 52.0, "d": 365.0}[unit[0]]
        years = number / per_year
        if style == "years":
            if unit[0] != "y" and years >= 2:
                yield match.start(), match.end(), f"aged {int(years)}"
        else:
            yield match.start(), match.end(), _stage(years) if style == "stage" else "[age]"


def _stage(years: float) -> str:
    stages = ((1, "in the first year of life"), (5, "a young child"), (12, "of primary school age"), (18, "a teenager"), (65, "an adult"))
    return next((words for limit, words in stages if years < limit), "an older adult")
