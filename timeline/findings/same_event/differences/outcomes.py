"""Outcomes and decisions told differently: opposites, how often, and by when."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.same_event.differences.actors import Actor
from timeline.findings.same_event.differences.difference import About, Difference, Pair, Reader, Span, people_in, span, words_between
from timeline.findings.same_event.tellings import Telling, stem
from timeline.wording.cues import Cue

_AROUND = 8  # words beside "refused" in which what was refused stands
_RARE = 0.3  # rarity of a word that can say what was agreed or refused; commoner ones stand in any two rows
_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
)
_NUMBERS = {name: number for number, name in enumerate(_WORDS, 1)}
_COUNT = r"(?P<count>once|twice|thrice|\d{1,2}|" + "|".join(_NUMBERS) + ")"
_OFTEN = re.compile(
    rf"\b{_COUNT}(?:\s?x)?\s?(?:times|(?:carers?\s|care\s)?(?:calls?|visits?))?\s?(?:a|per|each|every|/)?\s?"
    r"(?P<each>day|daily|week|weekly|month|monthly|fortnight)\b",
    re.IGNORECASE,
)
_EACH = ("day", "dai", "week", "month", "fortnight")  # looked for first: most rows hold none, and the whole is dear
_WITHIN = re.compile(rf"\bwithin\s{_COUNT}\s(?P<what>hours?|hrs?|working days?|days?|weeks?|wks?|months?)\b", re.IGNORECASE)
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_PERIOD = {"day": "day", "daily": "day", "week": "week", "weekly": "week", "month": "month", "monthly": "month", "fortnight": "fortnight"}
_HOURS = {"hour": 1, "hr": 1, "working day": 34, "day": 24, "week": 168, "wk": 168, "month": 730}  # five working days are a week
_ALIKE = 1.25  # "five working days" and "seven days" are one time limit

type _Amounts = Mapping[str, Mapping[int, Span]]  # unit -> number -> where it stands
type _Values = Sequence[tuple[Cue, bool]]  # what says yes, and what says no


@dataclass(frozen=True)
class _Matter:
    """A pair of lists in rules/cues/outcomes.toml. `object`: what it is about must be shared, for anybody agrees to many things."""

    name: str
    says: str
    about: About
    object: bool

    @cached_property
    def lists(self) -> tuple[str, str]:
        """The list of what says yes, and that of what says no."""
        return f"outcomes.{self.name}_yes", f"outcomes.{self.name}_no"


_MATTERS = (
    _Matter("capacity", "whether the person had capacity", "outcome", object=False),
    _Matter("consent", "whether it was agreed to or refused", "outcome", object=True),
    _Matter("objection", "whether somebody agreed, objected or was not asked", "decision", object=False),
    _Matter("attended", "whether the appointment was attended", "outcome", object=True),
    _Matter("done", "whether it was done", "outcome", object=True),
    _Matter("open", "whether it ended or went on", "decision", object=True),
    _Matter("threshold", "whether the threshold was met", "decision", object=False),
    _Matter("charge", "whether there was a charge", "decision", object=False),
    _Matter("conveyed", "whether the person was taken to hospital", "outcome", object=False),
    _Matter("alone", "whether it was for one agency or for several", "decision", object=False),
    _Matter("invited", "whether there was an invitation", "outcome", object=True),
)
_LISTS = tuple(name for matter in _MATTERS for name in matter.lists)
_CATEGORIES = tuple(f"outcomes.category_{name}" for name in ("neglect", "emotional", "physical", "sexual"))


class _Read(NamedTuple):
    """What a row tells of outcomes: the matters that it speaks of, the categories of a plan, how often and within what time."""

    matters: Mapping[_Matter, _Values]
    categories: Sequence[Cue]
    often: _Amounts
    within: _Amounts


def outcomes(pair: Pair) -> Iterator[Difference]:
    """Outcomes or decisions that cannot both be so (rules/cues/outcomes.toml), another frequency, another time limit, another category of plan."""
    one, other = (pair.reader.once(_read, each) for each in pair.sides)
    for matter, said in one.matters.items():
        if matter in other.matters:
            yield from _opposed(pair, matter, said, other.matters[matter])
    if one.categories and other.categories and not {cue.name for cue in one.categories} & {cue.name for cue in other.categories}:
        yield Difference("decision", "category", "under which category", span(one.categories[0]), span(other.categories[0]))
    yield from _numbered(one.often, other.often, "often", "how often")
    yield from _numbered(one.within, other.within, "within", "within what time")


def _read(telling: Telling, _: Reader) -> _Read:
    account, text = telling.account, telling.event.text
    matters = _MATTERS if account.holds(*_LISTS) else ()  # most rows speak of none
    return _Read(
        matters={matter: _values(account, matter) for matter in matters if account.holds(*matter.lists)},
        categories=[cue for cue in account.cued(*_CATEGORIES) if cue.plain],
        often=_how_often(text),
        within=_within(text),
    )


def _opposed(pair: Pair, matter: _Matter, one: _Values, other: _Values) -> Iterator[Difference]:
    """A yes in one account and a no in the other, and neither says both."""
    for mine, value in one:
        for theirs, opposite in other:
            if value is opposite or not _same_matter(pair, matter, mine, theirs):
                continue
            if matter.object or (len({v for _, v in one}) == 1 and len({v for _, v in other}) == 1):
                yield Difference(matter.about, matter.name, matter.says, span(mine), span(theirs))
                return


def _values(account: Account, matter: _Matter) -> _Values:
    cues = account.cued(*matter.lists)
    longest = [
        cue
        for cue in cues
        if not any(each is not cue and each.start <= cue.start and cue.end <= each.end and each[1:3] != cue[1:3] for each in cues)
    ]
    return [(cue, cue.name.endswith("_yes") != cue.denied) for cue in longest if not cue.planned]


def _same_matter(pair: Pair, matter: _Matter, mine: Cue, theirs: Cue) -> bool:
    named = people_in(pair.one.account, mine), people_in(pair.other.account, theirs)
    families = [frozenset(each for each in who if _of_the_family(each, pair)) for who in named]
    if families[0] and families[1] and not families[0] & families[1]:
        return False
    return not matter.object or bool(_object(pair.one, mine, pair.present[0]) & _object(pair.other, theirs, pair.present[1]))


def _of_the_family(person: str, pair: Pair) -> bool:
    known = pair.reader.evidence.people.get(person)
    return bool(known and known.kind != "professional")


def _object(telling: Telling, cue: Cue, present: Sequence[Actor]) -> frozenset[str]:
    """The rarer words beside a cue, as stems; people are no matters."""
    account = telling.account
    near = (
        word
        for word in account.words
        if word.sentence == cue.sentence
        and not cue.start <= word.start < cue.end
        and words_between(account, min(word.end, cue.end), max(word.start, cue.start)) <= _AROUND
        and not any(each.start <= word.start < each.end for each in present)
    )
    forms = frozenset(stem(word.text) for word in near) & telling.words
    return frozenset(form for form in forms if telling.rarity[form] >= _RARE)


def _numbered(one: _Amounts, other: _Amounts, topic: str, says: str) -> Iterator[Difference]:
    """Another number of the same thing; where an account gives two, neither is compared."""
    for unit in sorted(one.keys() & other.keys()):
        counts = sorted((*one[unit], *other[unit]))
        if len(one[unit]) == len(other[unit]) == 1 and counts[-1] > counts[0] * _ALIKE:
            yield Difference("outcome", topic, says, next(iter(one[unit].values())), next(iter(other[unit].values())))
            return


def _how_often(text: str) -> _Amounts:
    lower = text.casefold()
    told = _OFTEN.finditer(text) if any(each in lower for each in _EACH) else ()
    return _amounts((_PERIOD[match["each"].casefold()], _count(match), match) for match in told)


def _within(text: str) -> _Amounts:
    """In hours."""
    told = _WITHIN.finditer(text) if "within" in text.casefold() else ()
    return _amounts(("hours", _count(match) * _HOURS[match["what"].casefold().removesuffix("s")], match) for match in told)


def _count(match: re.Match[str]) -> int:
    said = match["count"].casefold()
    return int(said) if said.isdigit() else _TIMES.get(said) or _NUMBERS[said]


def _amounts(told: Iterable[tuple[str, int, re.Match[str]]]) -> _Amounts:
    found: dict[str, dict[int, Span]] = {}
    for unit, count, match in told:
        found.setdefault(unit, {}).setdefault(count, Span(match.start(), match.end()))
    return found
