"""Days that have a name, weekdays and times of day, made as general as a policy wants."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anonymise.hiding.dates import DateRule, month_words
from timeline.errors import CaseError

_WEEKEND = re.compile(r"s[au]", re.IGNORECASE)
_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT = r"(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)"
_PART = r"(?:morning|lunchtime|afternoon|evening|night|teatime)"
_WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|this past|next|this coming|this|the following|the previous) )?"
    rf"(?:(?i:(?P<full>{_FULL}))|(?<=[Oo]n )(?P<short>{_SHORT})\b\.?|(?<=st )(?P<after_last>{_SHORT})\b|(?<=xt )(?P<after_next>{_SHORT})\b)"
    rf"(?P<many>s)?(?P<of>'s)?\b(?P<part> {_PART}\b)?"
)
_HABIT = re.compile(r"(?:every|each|alternate|most|to|until|-|–|and|or|/) ?$", re.IGNORECASE)
_ON_OR_TO = re.compile(rf"\s?(?:-|–|to|until|/)\s?(?i:{_FULL}|{_SHORT})\b")
_TIME = re.compile(
    r"(?P<at>\b(?:at|about|approx\.?|approximately|around|@) )?(?<![\w:./-])"
    r"(?:(?P<h>[01]?\d|2[0-4])(?P<sep>[:.]?)(?P<m>[0-5]\d)\s?(?P<unit>hrs?\b|hours\b|h\b|am\b|pm\b|a\.m\.|p\.m\.)"
    r"|(?P<h2>[01]?\d|2[0-4]):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\w:])"
    r"|(?P<h3>1[0-2]|[1-9])\s?(?P<unit3>am\b|pm\b|a\.m\.|p\.m\.)"
    r"|(?<=\bat )(?P<h4>[01]\d|2[0-3])[0-5]\d(?![\w/.:-]))",
    re.IGNORECASE,
)
# what every time of day has: looked for first, since it begins with a digit and is found in a tenth of the time
_TIME_MAY_BE = re.compile(r"\d(?:\s?[hap]|:\d|\d\d\d)", re.IGNORECASE)
_PARTS = ((5, "at night"), (12, "in the morning"), (18, "in the afternoon"), (23, "in the evening"), (25, "at night"))
_BIRTHDAY = re.compile(
    r"\b([Oo]n)(?= (?:his|her|their|my|[\w'-]+'s|[\w'-]+s') (?:\d{1,3}(?:st|nd|rd|th) |[a-z]{1,10}(?:st|nd|rd|th) )?birthday\b)"
)


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Days that have a name in lower case: the month they fall in, or words for those that move."""

    months: Mapping[str, int]
    moving: Mapping[str, str]
    pattern: re.Pattern[str]
    needed: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Whether the pattern may find a day: few texts have the longest word of one. Letters beyond ASCII may be written in ways of their own."""
        return not text.isascii() or any(map(text.lower().__contains__, self.needed))


def named_days_from(given: Mapping[str, Any]) -> NamedDays:
    """The days out of named_days.toml; CaseError where a month is none or a word is empty."""
    months, moving = given.get("days", {}), given.get("moving", {})
    for day, month in months.items():
        if type(month) is not int or not 1 <= month <= 12:
            raise CaseError(f"rules/named_days.toml: {day} has no month from 1 to 12")
    for day, words in moving.items():
        if not isinstance(words, str) or not words.strip():
            raise CaseError(f"rules/named_days.toml: {day} has no words that stand for it")
    known = sorted({*months, *moving}, key=len, reverse=True)
    joined = "|".join(re.escape(day).replace(r"\ ", r"\s+") for day in known) or "(?!)"
    return NamedDays(
        {_plain(day): month for day, month in months.items()},
        {_plain(day): words for day, words in moving.items()},
        re.compile(rf"(?P<on>\bon )?(?<![\w])(?P<day>{joined})(?!\w)", re.IGNORECASE),
        tuple(sorted({max(_plain(day).split(), key=len, default="") for day in known})),
    )


def _plain(day: str) -> str:
    return " ".join(day.lower().split())


def general_days(text: str, rule: DateRule, named: NamedDays) -> Iterator[tuple[int, int, str]]:
    """Days that have a name and birthdays, as the month or time of year that they fall in."""
    for match in named.pattern.finditer(text) if named.may_be_in(text) else ():
        day = _plain(match["day"])
        month = named.months.get(day)
        if month is not None:
            words = month_words(month, rule)
        else:
            words = named.moving[day] if rule.style in ("month", "season") else month_words(1, rule) if rule.style == "year" else "[date]"
        joins = match["on"] is not None and not words.startswith("[")
        lead = ("at " if words.startswith("that time") else "in ") if joins else ""
        lead = lead.capitalize() if joins and match["on"][0] == "O" else lead
        yield (match.start() if joins else match.start("day")), match.end(), lead + words
    for match in _BIRTHDAY.finditer(text) if "birthday" in text else ():
        yield *match.span(1), "Around" if match[1] == "On" else "around"


def general_weekdays(text: str) -> Iterator[tuple[int, int, str]]:
    """Weekdays that say on which day something was, as a weekday or a day of the weekend; habits ("on Fridays", "Mon to Fri") stay."""
    for match in _WEEKDAY.finditer(text):
        written = match["full"] or match["short"] or match["after_last"] or match["after_next"]
        if match["many"] or _HABIT.search(text[: match.start()]) or _ON_OR_TO.match(text, match.end()):
            continue
        kind = "a weekend day" if _WEEKEND.match(written) else "a weekday"
        if match["part"]:
            kind = f"{kind.removesuffix(' day')}{match['part']}"
        which = (match["which"] or "").lower()
        when = "before" if which in ("last", "this past", "the previous") else "after" if which else ""
        if which == "this":
            when = ""
        yield match.start(), match.end(), kind + (match["of"] or "") + (f" in the week {when}" if when else "")


def general_times(text: str, style: str) -> Iterator[tuple[int, int, str]]:
    """Times of day, as a part of the day or hidden."""
    if style == "keep" or not _TIME_MAY_BE.search(text):
        return
    for match in _TIME.finditer(text):
        hour = int(match["h"] or match["h2"] or match["h3"] or match["h4"])
        unit = (match["unit"] or match["unit3"] or "").lower().replace(".", "")
        if match["sep"] == "" and match["m"] and len(match["h"]) < 2 and unit not in ("am", "pm"):
            continue  # "230hrs" is a length of time
        if unit == "pm" and hour < 12:
            hour += 12
        if unit == "am" and hour == 12:
            hour = 0
        words = next(words for until, words in _PARTS if hour < until) if style == "part-of-day" else "[time]"
        yield (match.start() if style == "part-of-day" else match.end("at") if match["at"] else match.start()), match.end(), words
