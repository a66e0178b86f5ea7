"""Days and times that a row's words tell, beside its own date: "on Saturday night", "yesterday", "dated 27/09", "2247hrs", "half past two"."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from timeline.dates_in_text import dates_within
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.wording.words import Word

_TOLD_DAYS = 45  # a day named in a row's words is told of this long afterwards at most ("ED letter dated 27/09")
_WEEKDAYS = {
    f"days.{name}": number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_BACK = {"days.yesterday": 1, "days.two_days_ago": 2, "days.three_days_ago": 3, "days.a_week_ago": 7}
_HALF_DAY = 12 * 60
_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SAID = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "20": 20, "5": 5, "10": 10, "25": 25}
_HOUR_NAMES = {**{name: number for number, name in enumerate(_HOURS, 1)}, **{str(number): number for number in range(1, 13)}}
_HALF = r"\s?(?P<{0}>[ap])\.?m\b"
_BEFORE = r"(?<![\w.:/£-])"
_PARTS = r"(?P<part>quarter|half|five|ten|twenty(?:-five)?|5|10|20|25)"
_AT = r"\b(?:at|approx\.?|about|around|by|until|from|arr(?:ived)?|on scene)\s"
# every kind of time begins with a figure or one of these words: looked for there alone, for speed
_FIRST = frozenset(
    "at about approx around by until from arr arrived on after before noon midday midnight quarter half five ten twenty".split()  # noqa: SIM905
)
_AFTER_FIGURES = ":"  # of the signs that words begin with, only figures come before it
_TIMES = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            rf"{_BEFORE}(?P<h>[01]?\d|2[0-3])(?P<dot>[:.])(?P<m>[0-5]\d)(?:{_HALF.format('half')}|(?P<hrs>\s?h(?:ou)?rs?\b))?(?![\w:/%]|\.\d)",
            rf"{_BEFORE}(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)\s?h(?:(?:ou)?rs?)?\b",
            rf"{_AT}(?P<h5>[01]\d|2[0-3])\.?(?P<m5>[0-5]\d)(?![\w:/.]\d|\w)",
            rf"{_BEFORE}(?P<h6>1[0-2]|0?[1-9]){_HALF.format('half6')}",
            rf"\b{_PARTS}(?:\sminutes)?\s(?P<way>past|to)\s(?P<hour>{'|'.join(_HOUR_NAMES)})\b",
            (
                r"\b(?:at|about|around|by|after|before|until)\s(?:about\s|just after\s|just before\s)?"
                rf"(?P<oclock>{'|'.join(_HOURS)})\b(?:\so'?clock)?(?!\s(?:past|to|minutes|\w+s)\b)"
            ),
            r"\b(?P<noon>noon|midday|midnight)\b",
        )
    )
    + ")",
    re.IGNORECASE,
)
# every date that names a day holds a figure and one of these; most rows hold neither, and looking for a date is dear
_FIGURE = re.compile(r"\d")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_FIGURES = re.compile(rf"\d(?:\s?[./-]\s?\d|\s?(?:st|nd|rd|th)\b|[\s.-]*(?:of\s+)?{_MONTH})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b(?=[jfmasond]){_MONTH}[a-z]*\.?\s+\d", re.IGNORECASE)


class DayTold(NamedTuple):
    """A day that the characters start to end (exclusive) of a row name."""

    day: date
    start: int
    end: int


class TimeTold(NamedTuple):
    """A time that the characters start to end (exclusive) name: minutes after midnight, two where morning or afternoon is not said."""

    minutes: tuple[int, ...]
    start: int
    end: int


def days_told(evidence: Evidence, account: Account) -> tuple[DayTold, ...]:
    """The days that a row's words name, of up to a few weeks before its own date; empty for a row without a date.

    A missing year or month is the latest that is not after the row; a weekday is the last one before it, or its own day. Read once for all findings.
    """
    return evidence.once(_days_told, account)


def _days_told(_: Evidence, account: Account) -> tuple[DayTold, ...]:
    written_on = account.event.when.latest
    if written_on is None:
        return ()
    named = _named(account, written_on) if account.cues_of("days") else ()
    told = [*_dates(account.event.text, written_on), *named]
    return tuple(sorted(each for each in told if timedelta(0) <= written_on - each.day <= timedelta(days=_TOLD_DAYS)))


def times_told(text: str, words: Sequence[Word]) -> tuple[TimeTold, ...]:
    """The times of day in a text of these words, in order.

    A number with a full stop is a time only with am, pm or hours ("9.30am", not "9.30 kg") or after "at".
    """
    plain, after = text.replace("’", "'"), 0
    found = []
    for start in [word[1] for word in words if word[0] in _FIRST or word[0] < _AFTER_FIGURES]:
        if start >= after and (match := _TIMES.match(plain, start)):
            after = match.end()
            if minutes := _minutes(match):
                found.append(TimeTold(minutes, match.start(), after))
    return tuple(found)


def _dates(text: str, written_on: date) -> Iterator[DayTold]:
    if not (_FIGURE.search(text) and (_FIGURES.search(text) or _MONTH_FIRST.search(text))):
        return
    for start, end, when in dates_within(text):
        day = when.earliest if when.width_days == 0 else _latest_before(when.edtf, written_on)
        if day:
            yield DayTold(day, start, end)


def _latest_before(edtf: str, written_on: date) -> date | None:
    """The last day on or before a row's own that a date without a year (`XXXX-07-12`) or month (`XXXX-XX-16`) can mean."""
    if match := re.fullmatch(r"XXXX-(\d{2})-(\d{2})", edtf):
        months = [(written_on.year - back, int(match[1])) for back in (0, 1)]
    elif match := re.fullmatch(r"XXXX-(XX)-(\d{2})", edtf):
        before = written_on.replace(day=1) - timedelta(days=1)
        months = [(written_on.year, written_on.month), (before.year, before.month)]
    else:
        return None
    for year, month in months:
        with contextlib.suppress(ValueError):
            if (day := date(year, month, int(match[2]))) <= written_on:
                return day
    return None


def _named(account: Account, written_on: date) -> Iterator[DayTold]:
    ahead = {cue.end for cue in account.cued("days.not_past")}
    for cue in account.cues_of("days"):
        if back := _BACK.get(cue.name):
            yield DayTold(written_on - timedelta(days=back), cue.start, cue.end)
        elif cue.name in _WEEKDAYS and not cue.planned and cue.start - 1 not in ahead:
            yield DayTold(written_on - timedelta(days=(written_on.weekday() - _WEEKDAYS[cue.name]) % 7), cue.start, cue.end)


def _minutes(match: re.Match[str]) -> tuple[int, ...]:
    parts = {name: value.casefold() for name, value in match.groupdict().items() if value}
    if "noon" in parts:
        return (0,) if parts["noon"] == "midnight" else (_HALF_DAY,)
    if "part" in parts:
        step = _SAID[parts["part"]]
        return _either(_HOUR_NAMES[parts["hour"]] * 60 + (step if parts["way"] == "past" else -step))
    if "oclock" in parts:
        return _either(_HOUR_NAMES[parts["oclock"]] * 60)
    if "h6" in parts:
        return _half(int(parts["h6"]), 0, parts["half6"])
    if "h" in parts:
        return _clock(parts)
    hour, minute = (parts["h4"], parts["m4"]) if "h4" in parts else (parts["h5"], parts["m5"])
    return (int(hour) * 60 + int(minute),)


def _clock(parts: Mapping[str, str]) -> tuple[int, ...]:
    hour, minute = int(parts["h"]), int(parts["m"])
    if half := parts.get("half"):
        return _half(hour, minute, half)
    return () if parts["dot"] == "." and "hrs" not in parts else (hour * 60 + minute,)


def _half(hour: int, minute: int, half: str) -> tuple[int, ...]:
    return (hour % 12 * 60 + minute + (_HALF_DAY if half == "p" else 0),) if 0 < hour <= 12 else (hour * 60 + minute,)


def _either(minutes: int) -> tuple[int, ...]:
    early = minutes % _HALF_DAY
    return (early, early + _HALF_DAY)
