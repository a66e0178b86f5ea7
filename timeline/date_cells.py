"""The words of one date cell: what stands before and after the date (circa, w/c, a weekday, a time), and dates told by the row above."""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from timeline.date_patterns import PATTERNS
from timeline.date_points import WEEKDAYS, Reading, joined
from timeline.written_times import clock_at_start

_JOINT = re.compile(r"(?:-|to|until|till|and|&|/)\s*")
_SAME = re.compile(
    r"(?:ditto|do\.?|same(?: day| date| time| evening| night| morning| afternoon)?|as above|see above|\"+|''+|”+|“+|〃|idem|"
    r"(?:later )?(?:that|the same|same) (?:same )?(?:day|date|evening|night|morning|afternoon)|later (?:on )?(?:that|the same) (?:day|"
    r"evening|night)|later)[\s.,]*"
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
_ONE_KIND = dict.fromkeys((0x2013, 0x2014, 0x2011, 0x2012, 0x2212), "-") | dict.fromkeys((0x2018, 0x2019), "'")
_ORDINAL = re.compile(r"(?<=\d)\s?(?:st|nd|rd|th)(?![a-z])")
_SECOND_TIME = re.compile(r"\s*(?:-|to|until|and)\s*\d{1,4}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|hours|hrs?)?\.?(?![\d/])")
_FOLLOWING_DAY = re.compile(r"\s*[(\[]?(?:the )?(?:next|following) (?:day|morning)[)\]]?")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PREFIX = re.compile(
    r"(?P<approx>(?:circa|ca|c|approx(?:imately)?|appox|about|around|roughly|estimated|est|some ?time (?:in|around|about)?|"
    r"thought to be)(?![a-z])\.?|~)"
    r"|(?P<unsure>\?+|(?:possibly|poss|probably|prob|perhaps|maybe|may be|believed to be|unsure|uncertain)(?![a-z])\.?)"
    r"|(?P<ending>(?:w\s*/\s*e|week\s*ending|week\s*end(?:ing)?)(?![a-z])\.?)"
    r"|(?P<week>(?:w\s*/\s*c|w/?comm?|w\.c\.|wc|wk\s*c(?:omm(?:encing)?)?|week\s*(?:of|commencing|beginning|starting|com|comm|c|w/c)|w/b|wb|week)(?![a-z])\.?)"
    r"|(?P<part>(?:early|mid(?:dle)?|late|(?:the )?(?:very )?(?:beginning|start|end|middle|first half|second half|latter part|"
    r"first week|last week|turn) of|beginning|start|end)(?![a-z])[\s-]*(?:of|in)?)"
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


@lru_cache(maxsize=65536)
def read_cell(written: str) -> Reading:
    """What the words of a date cell mean, a time in the cell with them; `rest` holds words that are neither."""
    text = _clean(written)
    if not text:
        return Reading(relation="blank")
    if _SAME.fullmatch(text):
        return Reading(relation="same")
    if _NONE.fullmatch(text):
        return Reading(relation="undated")
    if later := _LATER.fullmatch(text):
        return _later(later)
    return _dated(text)


def _clean(written: str) -> str:
    """Lower case, one kind of dash and space; `4th` becomes `4#`, so that an ordinal stays known after its letters are gone."""
    text = written
    if not text.isascii():
        text = unicodedata.normalize("NFKC", written).translate(_ONE_KIND)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _ORDINAL.sub("#", " ".join(text.casefold().split()))


def _later(match: re.Match[str]) -> Reading:
    if match["next"]:
        return Reading(relation="later", shift_days=1, assumed=("one day after the row above, as written",))
    if match["few"]:
        return Reading(relation="later", mark="~", assumed=("the date of the row above, which this one only follows",))
    count = _COUNTS.get(match["n"]) or int(match["n"])
    days = count * (7 if match["unit"].startswith("week") else 1)
    return Reading(relation="later", shift_days=days, mark="~", assumed=(f"{days} days after the row above, as written",))


def _dated(text: str) -> Reading:
    if marked := _time_then_date(text, plain=True):
        return marked
    found: set[str] = set()
    weekday, at = None, 0
    while (prefix := _PREFIX.match(text, at)) and prefix.end() > at:
        kind = str(prefix.lastgroup)
        found.add(kind)
        weekday = WEEKDAYS.index(prefix[0].strip("([ ")[:3]) if kind == "weekday" else weekday
        at = len(text) - len(text[prefix.end() :].lstrip())
    reading = _date_at(text, at)
    if not reading:
        return _time_then_date(text, plain=False) or Reading(relation="unread")
    return _to_another(_with_suffix(reading[0], weekday, text, reading[1], found))


def _time_then_date(text: str, *, plain: bool) -> Reading | None:
    """A time and then a whole date ("10:30 on 3 April 2019"); `plain`: only a time that is marked as one."""
    clock = clock_at_start(text, plain=plain)
    if not clock or not (rest := text[clock[1] :].strip(" ,;-")):
        return None
    reading = _dated(rest)
    return None if reading.relation or reading.rest or reading.time else replace(reading, time=clock[0])


def _to_another(reading: Reading) -> Reading:
    """Where what follows a date is "to" and another date, the interval of the two."""
    joint = _JOINT.match(reading.rest)
    if not joint or reading.last or not reading.first:
        return reading
    other = _dated(reading.rest[joint.end() :])
    if other.relation or other.rest or other.last or not other.first:
        return reading
    first = reading.first if reading.first.year is not None else replace(reading.first, year=other.first.year)
    return replace(
        joined(replace(reading, first=first), other),
        mark=reading.mark or other.mark,
        assumed=tuple(dict.fromkeys((*reading.assumed, *other.assumed))),
        problems=(*reading.problems, *other.problems),
        time=reading.time,
    )


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
