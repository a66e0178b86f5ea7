"""The words of one date cell: what stands before and after the date (circa, w/c, a weekday, a time), and dates told by the row above."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from timeline.date_patterns import PATTERNS
from timeline.date_points import WEEKDAYS, Reading, joined
from timeline.date_words import in_one_form
from timeline.written_times import clock_at_start

_JOINT = re.compile(r"(?:-|to|until|till|and|&|/)\s*")
_SAME = re.compile(
    r"(?:ditto|-?\s*do\b\.?\s*-?|dto\.?|same(?: day| date| time| evening| night| morning| afternoon)?|as (?:per )?above|see above|idem|"
    r"[-\s]*(?:[\"'”“〃]|,,)(?:[-\s\"'”“〃]|,,)*|(?:later )?(?:that|the same|same) (?:same )?(?:day|date|evening|night|morning|afternoon)|"
    r"later (?:on )?(?:that|the same) (?:day|evening|night)|later)[\s.,]*"
)
_LATER = re.compile(
    r"(?:(?P<next>(?:the )?(?:next|following) (?:day|morning)|(?:the )?day after)|(?P<few>(?:a )?(?:few|couple of|several|some) (?:days|"
    r"weeks|hours) (?:later|after(?:wards)?))|"
    r"(?P<n>a|one|two|three|four|five|six|\d{1,2}) (?P<unit>days?|weeks?) (?:later|after(?:wards)?|on))[\s.,]*"
)
_NONE = re.compile(
    r"(?:undated|no date(?: given| recorded| stated)?|not dated|date (?:unknown|not known|not recorded|not given|unclear|illegible)|"
    r"unknown(?: date)?|n/?k|n/?a|not known|not recorded|"
    r"tb[ac]|\?+|-+|\.+|x+|nil|none|illegible|unclear|ongoing|on-going|throughout|various(?: dates)?|continuous(?:ly)?|multiple dates|"
    r"numerous dates|several dates|historical|background)"
    r"[\s.]*"
)
_PART_OF_DAY = re.compile(r"\W*(?:[ap]\.?m\.?|morning|afternoon|evening|night)\W*")
_SECOND_TIME = re.compile(r"\s*(?:-|to|until|and)\s*\d{1,4}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|hours|hrs?)?\.?(?![\d/])")
_FOLLOWING_DAY = re.compile(r"\s*[(\[]?(?:the )?(?:next|following) (?:day|morning)[)\]]?")
_LONGEST_DATE = 200  # letters that are looked at: no date is written in more, and what stands beyond them is words
_UNREAD = Reading(relation="unread")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PREFIX = re.compile(
    r"(?P<approx>(?:circa|ca|c|approx(?:imately)?|appox|about|around|roughly|estimated|est|some ?time (?:in|around|about)?|"
    r"thought to be)(?![a-z])\.?|~)"
    r"|(?P<unsure>\?+|(?:possibly|poss|probably|prob|perhaps|maybe|may be|believed to be|unsure|uncertain)(?![a-z])\.?)"
    r"|(?P<ending>(?:w\s*/\s*e|week\s*ending|week\s*end(?:ing)?)(?![a-z])\.?)"
    r"|(?P<week>(?:w\s*/\s*c|w/?comm?|w\.c\.|wc|wk\s*c(?:omm(?:encing)?)?|week\s*(?:of|commencing|beginning|starting|com|comm|c|w/c)|w/b|wb|week)(?![a-z])\.?)"
    r"|(?P<part>(?:early|mid(?:dle)?|late|(?:the )?(?:very )?(?:beginning|start|end|middle|first half|second half|latter part|"
    r"(?:first|second|third|fourth|last|[1-4]#) week(?:end)?|turn) (?:of|in)|beginning|start|end)(?![a-z])[\s-]*(?:of|in)?)"
    r"|(?P<night>(?:overnight|night of|night)(?![a-z]))"
    r"|(?P<open>(?:since|from|after|onwards from|as of|post)(?![a-z]))"
    r"|(?P<before>(?:before|prior to|by|until|up to|pre)(?![a-z])-?)"
    r"|(?P<plain>(?:on or|on|in|during|the|of|dated?|at|between|month of|year|over|over the|for|received|rec'?d|entry)(?![a-z])|"
    r"[:;,.(\[\-'\"‘“*•])"
    r"|(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|urday|urs|nes)?(?![a-z])\.?)"
)
_SUFFIX = re.compile(
    r"\s*(?:(?P<approx>(?:circa|approx(?:imately|\.)?|ish|estimated|est\.?)(?![a-z])\.?|~|\((?:approx(?:imately|\.)?|circa|est(?:imated|"
    r"\.)?)\))"
    r"|(?P<unsure>\?+|\(\?+\)|\[\?+\]|(?:\(|\b)(?:possibly|tbc|uncertain|unsure|to be confirmed|date uncertain|date unclear)\)?)"
    r"|(?P<open>(?:onwards?|on ?wards|to date|to present|- present|\+)(?![a-z0-9]))"
    r"|(?P<weekday>[(\[]?(?:mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|day|sday|nesday|rsday|urday|urs|nes)?(?![a-z])\.?[)\]]?)"
    r"|(?P<plain>[,;:)\]@.\-'\"’”*]|at(?![a-z])|time(?![a-z])|t(?=\d\d:)))"
)


def read_cell(written: str) -> Reading:
    """What the words of a date cell mean, a time in the cell with them; `rest` holds words that are neither."""
    words = written.strip()
    if len(words) <= _LONGEST_DATE:
        return _read(words)
    reading = _dated(in_one_form(words[:_LONGEST_DATE]))
    return _unless_torn(replace(reading, rest=reading.rest + words[_LONGEST_DATE:]))


@lru_cache(maxsize=65536)
def _read(words: str) -> Reading:
    text = in_one_form(words)
    if not text:
        return Reading(relation="blank")
    if _SAME.fullmatch(text):
        return Reading(relation="same")
    if _NONE.fullmatch(text):
        return Reading(relation="undated")
    if later := _LATER.fullmatch(text):
        return _later(later)
    return _unless_torn(_dated(text))


def _unless_torn(reading: Reading) -> Reading:
    """The reading, or none where a day alone is all that was understood of more words ("2nd visit", "5th floor"): it names no day."""
    point = reading.first
    is_day_alone = point is not None and point.day is not None and point.month is None
    is_torn = is_day_alone and bool(reading.rest) and not _PART_OF_DAY.fullmatch(reading.rest)
    return _UNREAD if is_torn else reading


def _later(match: re.Match[str]) -> Reading:
    if match["next"]:
        return Reading(relation="later", shift_days=1, assumed=("one day after the row above, as written",))
    if match["few"]:
        return Reading(relation="later", mark="~", assumed=("the date of the row above, which this one only follows",))
    count = _COUNTS.get(match["n"]) or int(match["n"])
    days = count * (7 if match["unit"].startswith("week") else 1)
    return Reading(relation="later", shift_days=days, mark="~", assumed=(f"{days} days after the row above, as written",))


def _dated(text: str) -> Reading:
    """A date, "to" and another, and before all of it perhaps a time."""
    return _after_a_time(text, _interval) or _UNREAD


def _interval(text: str) -> Reading | None:
    """A date; where what follows it is "to" and another date, the interval of the two."""
    reading = _one_date(text)
    joint = _JOINT.match(reading.rest) if reading else None
    if not reading or not joint or reading.last or not reading.first:
        return reading
    other = _after_a_time(reading.rest[joint.end() :], _one_date)
    if not other or other.relation or other.rest or other.last or not other.first:
        return reading
    first = reading.first if reading.first.year is not None else replace(reading.first, year=other.first.year)
    return replace(
        joined(replace(reading, first=first), other),
        mark=reading.mark or other.mark,
        assumed=tuple(dict.fromkeys((*reading.assumed, *other.assumed))),
        problems=(*reading.problems, *other.problems),
        time=reading.time,
    )


def _after_a_time(text: str, read: Callable[[str], Reading | None]) -> Reading | None:
    """What `read` makes of the text, or of what follows a time ("10:30 on 3 April 2019"); a time that nothing marks as one comes last."""
    return _timed(text, read, plain=True) or read(text) or _timed(text, read, plain=False)


def _timed(text: str, read: Callable[[str], Reading | None], *, plain: bool) -> Reading | None:
    """A time and then a whole date; `plain`: only a time that is marked as one."""
    clock = clock_at_start(text, plain=plain)
    reading = read(rest) if clock and (rest := text[clock[1] :].strip(" ,;-")) else None
    return None if not clock or not reading or reading.rest or reading.time else replace(reading, time=clock[0])


def _one_date(text: str) -> Reading | None:
    """A date with what stands before and after it; `rest` is what follows. None where the text begins with none."""
    found: set[str] = set()
    weekday, at = None, 0
    while (prefix := _PREFIX.match(text, at)) and prefix.end() > at:
        kind = str(prefix.lastgroup)
        found.add(kind)
        weekday = WEEKDAYS.index(prefix[0].strip("([ ")[:3]) if kind == "weekday" else weekday
        at = len(text) - len(text[prefix.end() :].lstrip())
    reading = _date_at(text, at)
    return _with_suffix(reading[0], weekday, text, reading[1], found) if reading else None


def _date_at(text: str, at: int) -> tuple[Reading, int] | None:
    """The first pattern's reading that begins at `at`, and where it ends."""
    plain = _without_marks(text)
    for pattern, make in PATTERNS:
        match = pattern.match(text if "#" in pattern.pattern else plain, at)
        if match and (reading := make(match)):
            return reading, match.end()
    return None


def _without_marks(text: str) -> str:
    """The text with each `#` (an ordinal's sign) as a space, so that offsets hold."""
    return text.replace("#", " ")


def _with_suffix(reading: Reading, weekday: int | None, text: str, at: int, found: set[str]) -> Reading:
    time, next_day = reading.time, False
    text = _without_marks(text)
    while at < len(text) and not _another_follows(text[at:].lstrip()):
        clock = clock_at_start(text[at:].lstrip(" ,;@(-"), plain=False)
        if clock and time is None and (text[at] in " ,;@(-." or text[at - 1] in " t"):
            skipped = len(text[at:]) - len(text[at:].lstrip(" ,;@(-"))
            midnight = text.startswith("00:00:00", at + skipped)  # how an export writes a date without a time
            time, at = None if midnight else clock[0], at + skipped + clock[1]
            at, next_day = _after_clock(text, at)
            continue
        suffix = _SUFFIX.match(text, at)
        if not suffix or suffix.end() == at:
            break
        kind, at = str(suffix.lastgroup), suffix.end()
        found.add(kind)
        weekday = WEEKDAYS.index(suffix[0].strip("([ ")[:3]) if kind == "weekday" else weekday
    rest = text[at:].strip()
    if not found and weekday is None and time is None and not rest:
        return reading
    return _marked(replace(reading, weekday=weekday, time=time, next_day=next_day, rest=rest), found)


def _another_follows(text: str) -> bool:
    """Whether "to" and another date come next, and not a time."""
    joint = _JOINT.match(text)
    return bool(joint and not clock_at_start(text[joint.end() :], plain=True) and _date_at(text, joint.end()))


def _after_clock(text: str, at: int) -> tuple[int, bool]:
    """Where a time ends, a second time of a span and "next day" taken with it, and whether it says the next day."""
    span = _SECOND_TIME.match(text, at)
    at = span.end() if span else at
    following = _FOLLOWING_DAY.match(text, at)
    return (following.end(), True) if following else (at, False)


def _marked(reading: Reading, found: set[str]) -> Reading:
    if not found - {"plain", "weekday"}:
        return reading
    problems = list(reading.problems)
    assumed = list(reading.assumed)
    mark = "~" if "approx" in found else "?" if "unsure" in found else reading.mark
    if "open" in found:
        problems.append("the date says when something began, not when it ended")
    if "before" in found:
        problems.append("the date only says that it was before this")
        mark = mark or "~"
    if "part" in found:
        assumed.append("the part of the month or year is kept as written")
    if "night" in found and reading.last is None:
        assumed.append("overnight: it may run into the next day")
    whole_day = reading.last is None and reading.first is not None and reading.first.day is not None
    return replace(
        reading,
        mark=mark,
        problems=tuple(problems),
        assumed=tuple(assumed),
        week=whole_day and "week" in found,
        week_ending=whole_day and "ending" in found,
    )
