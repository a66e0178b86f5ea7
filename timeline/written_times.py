"""Times of day as people write them: `10:30`, `10.30am`, `1030hrs`, `2.15 pm`, `noon`, `24:00`, `00:15 (next day)`."""

import re
from dataclasses import dataclass

# times that say a part of the day and no hour, or that no time is known
_VAGUE = re.compile(
    r"(?:early |late |mid |in the |during the )?(?:a\.?m\.?|p\.?m\.?|morning|afternoon|evening|night|overnight|daytime|lunch ?time|"
    r"tea ?time|bed ?time|all day|"
    r"day|various|n/?k|not known|unknown|n/?a|not recorded|not stated|tb[ca]|-+|\?+|\.+)"
)
_FILLER = r"(?:(?:at|approx(?:imately|\.)?|circa|ca?\.|about|around|just (?:before|after)|from|between|by|before|after|time|@|~|\?)[ :]*)*"
_CLOCK = re.compile(
    rf"{_FILLER}(?P<hour>\d{{1,2}})(?:[:.;h](?P<minute>\d{{2}})(?:[:.]\d{{2}}(?:\.\d+)?)?)?(?P<z>z)?\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<hrs>(?:hours|hrs?|hr?s?)\b\.?)?"
)
_FOUR = re.compile(rf"{_FILLER}(?P<hour>[01]\d|2[0-4]|\d)(?P<minute>[0-5]\d)\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<hrs>(?:hours|hrs?|h)\b\.?)?")
_EITHER_HALF = frozenset("123456")  # "2.15" is an afternoon as often as a night; "02:15" and "9.15" are plain
# digits right after, or a date's: it is no time that ends here
_RUNS_ON = re.compile(r"\d|(?<=\d)[-/.]\d{1,2}[-/.]")
_WORDS = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00", "12 midnight": "00:00"}
_REST = re.compile(r"\s*(?:(?:-|to|and|until|till)\s*\d{1,4}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:hours|hrs?|h)?\.?)?[\s,;.)?]*")
_PLAIN = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")  # most time cells hold nothing else
_FRACTION = re.compile(r"0?\.\d{3,}")  # of a day: how a spreadsheet keeps a time, where the cell's format no longer says that it is one
_NEXT_DAY = re.compile(r"\s*[(\[]?\s*(?:the )?(?:next|following) (?:day|morning)\s*[)\]]?\s*|\s*\(?\+\s*1\s*(?:day)?\)?\s*")


@dataclass(frozen=True, slots=True)
class TimeRead:
    """A time of day, `HH:MM` or None; `days_on` is 1 where the cell says the next day; `problem` is a plain sentence or empty."""

    time: str | None
    days_on: int = 0
    problem: str = ""


def read_time(written: str) -> TimeRead:
    """The time that a time cell holds. What it does not know has no time and says so; a part of the day ("am") is none and no problem."""
    if _PLAIN.fullmatch(written):
        return TimeRead(written)
    text = " ".join(written.casefold().replace("–", "-").replace("—", "-").split())
    if not text or _VAGUE.fullmatch(text):
        return TimeRead(None)
    if _FRACTION.fullmatch(text):
        minutes = min(round(float(text) * 24 * 60), 24 * 60 - 1)
        return TimeRead(f"{minutes // 60:02}:{minutes % 60:02}")
    found = clock_at_start(text)
    if not found:
        return TimeRead(None, problem="the time cell holds no time that could be read")
    time, end, problem = found
    rest = text[end:]
    if next_day := _NEXT_DAY.match(rest):
        rest, days_on = rest[next_day.end() :], 1
    else:
        days_on = 0
    if not _REST.fullmatch(rest) and not problem:
        problem = "the time cell says more than a time"
    return TimeRead(time, days_on, problem)


def leading_time(text: str) -> str | None:
    """The time (`HH:MM`) that a row's text begins with where it is plainly one ("1640hrs. Interviewed", "10.30am: seen"), or None."""
    found = clock_at_start(text[:40].casefold(), plain=True)
    return found[0] if found else None


def clock_at_start(text: str, *, plain: bool = False) -> tuple[str, int, str] | None:
    """Time, end offset and problem of a clock time at the start of lower-case `text`; `plain`: only one marked by am, pm, hrs or a colon."""
    for word, time in _WORDS.items():
        if text.startswith(word):
            return time, len(word), ""
    four = _FOUR.match(text)
    match = four if four and not _runs_on(text, four) else _CLOCK.match(text)
    if not match or _runs_on(text, match):
        return None
    marked = bool(match["half"] or match["hrs"] or ":" in match[0])
    if (plain and not marked) or (match["minute"] is None and not marked):
        return None
    clock = _clock(int(match["hour"]), int(match["minute"] or 0), match["half"] or "", match.end())
    if clock and match["hour"] in _EITHER_HALF and not match["half"] and not match["hrs"]:
        return clock[0], clock[1], clock[2] or "the time does not say whether it is before or after noon; it was read as written"
    return clock


def _runs_on(text: str, match: re.Match[str]) -> bool:
    return not match[0].endswith(" ") and _RUNS_ON.match(text, match.end()) is not None


def _clock(hour: int, minute: int, half: str, end: int) -> tuple[str, int, str] | None:
    problem = ""
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    elif half.startswith("a") and hour > 12:
        problem = "the time says am with an hour after noon"
    if hour == 24 and minute == 0:
        return "00:00", end, "24:00 is midnight at the end of the day"
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}", end, problem
