"""Ages made general: in years, in bands, or as a stage of life."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymise.policy import BANDS, AgeStyle

_UNIT = r"years?|yrs?|y/?o|months?|mths?|weeks?|wks?|days?"
_AGE = re.compile(
    rf"\b(?:aged? )?(\d{{1,3}})(?:[ -]?({_UNIT}))(?:[ -](?:olds?|of age))\b"
    r"|\baged? (\d{1,3})\b(?!\s?(?:/|%))(?:\s?(years?|yrs?|months?|mths?|weeks?|wks?|days?)\b)?"
    r"|\b(\d{1,3})\s?(y/?o|yr old)\b",
    re.IGNORECASE,
)
# an age in brackets after somebody: "the boy (3)", "male (45)", "Mother (21, pregnant)"
_BRACKETED = re.compile(
    r"\b(?:male|female|man|woman|boy|girl|child|baby|infant|mother|father|mum|dad|brother|sister|son|daughter|sibling|partner|husband|wife"
    r"|uncle|aunt|cousin|nephew|niece|grandmother|grandfather|neighbour|friend|lad|lady|gentleman|teenager|youth)\b \((\d{1,3})(?=[),])",
    re.IGNORECASE,
)
_AFTER_PERSON = re.compile(r" \((\d{1,3})(?=[),])")
# a number and the first letter of a unit; a number in brackets: without them the expressions above find nothing, and take ten times as long
_NUMBER_OF = re.compile(r"\d[\s-]?[ymwd]", re.IGNORECASE)
_AGE_BEFORE = ("age ", "aged ")
_IN_BRACKETS = re.compile(r" \(\d")
_OLDEST = 120
# up to which year: what somebody is called, and what stands before another word ("a teenage boy")
_STAGES = ((1, "a baby", "very young"), (5, "a young child", "young"), (12, "a child of primary school age", "primary-school-age"),
           (18, "a teenager", "teenage"), (65, "an adult", "adult"), (1000, "an older adult", "older"))  # fmt: skip
_PER_YEAR = {"y": 1.0, "m": 12.0, "w": 52.0, "d": 365.0}
_YEARS_FROM = 2


@dataclass(frozen=True, slots=True)
class AgeRule:
    """How ages are shown; `bands` are the first years of each band after the first."""

    style: AgeStyle
    bands: tuple[int, ...] = BANDS


def general_ages(text: str, rule: AgeRule, people: Sequence[int] = ()) -> Iterator[tuple[int, int, str]]:
    """The ages in a text that say more than the policy allows, and what stands for them; `people` are the places where somebody's name ends."""
    if rule.style == "keep":
        return
    for match in _AGE.finditer(text) if _may_tell(text) else ():
        number, unit = int(match[1] or match[3] or match[5]), (match[2] or match[4] or "years").lower()
        if number > _OLDEST * 3:
            continue
        if rule.style in ("stage", "none"):
            before_a_word = bool(match[1] or match[5]) and re.match(r" [a-z]", text[match.end() :]) is not None
            yield match.start(), match.end(), _in_words(number, unit, rule, before_a_word=before_a_word)
        elif (short := _shorter(number, unit, rule)) is not None:
            months = "month" in short
            unit_after = "" if months else " year"
            yield match.start(), match.end(), f"{short.rstrip('s')}{unit_after} old" if match[1] or match[5] else f"aged {short}"
    if not _IN_BRACKETS.search(text):
        return
    for match in _BRACKETED.finditer(text):
        yield from _in_brackets(match, rule)
    for end in people:
        if after := _AFTER_PERSON.match(text, end):
            yield from _in_brackets(after, rule)


def _may_tell(text: str) -> bool:
    lower = text.lower()
    return any(each in lower for each in _AGE_BEFORE) or _NUMBER_OF.search(text) is not None


def _in_brackets(match: re.Match[str], rule: AgeRule) -> Iterator[tuple[int, int, str]]:
    number = int(match[1])
    words = _in_words(number, "years", rule, before_a_word=False) if rule.style in ("stage", "none") else _shorter(number, "years", rule)
    if words is not None and number <= _OLDEST:
        yield *match.span(1), words


def _shorter(number: int, unit: str, rule: AgeRule) -> str | None:
    """An age in whole years, in months under two, or as a band; None where it is general enough."""
    years = number / _PER_YEAR[unit[0]]
    if rule.style == "band":
        return _band(int(years), rule.bands)
    if unit[0] == "y" or (unit[0] == "m" and years < _YEARS_FROM):
        return None
    if years >= _YEARS_FROM:
        return str(int(years))
    months = int(years * 12)
    return "under 1 month" if months < 1 else f"{months} month{'s' if months > 1 else ''}"


def _band(years: int, bands: Sequence[int]) -> str:
    """The band that an age in whole years falls in: "under 1", "5 to 10", "80 or over"."""
    starts = (0, *bands)
    at = max(place for place, first in enumerate(starts) if first <= years)
    if at == 0:
        return f"under {starts[1]}"
    if at == len(starts) - 1:
        return f"{starts[at]} or over"
    return str(starts[at]) if starts[at + 1] - starts[at] == 1 else f"{starts[at]} to {starts[at + 1] - 1}"


def _in_words(number: int, unit: str, rule: AgeRule, *, before_a_word: bool) -> str:
    if rule.style == "none":
        return "[age]"
    years = number / _PER_YEAR[unit[0]]
    _, called, before = next(stage for stage in _STAGES if years < stage[0])
    return before if before_a_word else called
