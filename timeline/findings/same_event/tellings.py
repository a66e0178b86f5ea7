"""What each dated row tells, made ready to be compared with the others, and how rare each thing is in the review."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain

from timeline.events import Event
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.when_told import DayTold, TimeTold, days_told, times_told

_WIDEST_DAYS = 7  # a vaguer row than a week is told of too many events to be linked
_WORD = re.compile(r"\w++(?:[/&'’-]++\w++)*+")
_JOIN = re.compile(r"[/&'-]")
_ENDING = re.compile(r"(?:'s|ing|ed|es|s)$")
_MISSPELT = 6  # letters: shorter words have too many neighbours for one letter to be a slip of the pen
_LONGEST = 40  # letters: what is longer is no word, and would be held against all that it could be a slip of
_ADDED_ROWS = 20
# the commonest words of English tell nothing, in however few rows
_COMMON_ENGLISH = (
    "about after again all also and any are been before being but can could did does for from had has have her here him his how into its just "
    "more much not now off one only other our out over own said she should some than that the their them then there these they this those told "
    "two under until very was were what when where which while who will with would you your"
)
_COMMON = frozenset(_COMMON_ENGLISH.split())
# gatherings have a date, a chair and a list of those present; a row of one is not a row of what led to it
MEETINGS = frozenset(
    {
        *("strategy-discussion", "conference", "core-group", "marac", "mappa", "looked-after-review", "legal-planning"),
        *("family-group-conference", "professionals-meeting"),
    }
)
_RARE = 0.5  # of log(rows): in no more rows than their square root
_FEW = 2  # rows: a word of so few may be a misspelling of one that is better known


@dataclass(frozen=True, slots=True)
class Telling:
    """A row of an uncertain date of at most a week: which days it can be of, which days and times its words name, and what it has in common.

    `kinds` and `people` come with their rarity, from 0 (in every row) to 1; `rarity` is that of each word of the review, `weight` that of the row's
    words together; `rare` are the kinds, people and words that stand in no more rows than the square root of all; `meets` says that it tells
    of a meeting; `minutes` is the row's own time, after midnight, where it has one.
    """

    account: Account
    agency: str
    first: date
    last: date
    days: frozenset[date]
    named_days: frozenset[date]
    days_told: tuple[DayTold, ...]
    times_told: tuple[TimeTold, ...]
    kinds: Mapping[str, float]
    people: Mapping[str, float]
    words: frozenset[str]
    rarity: Mapping[str, float]
    weight: float
    rare: frozenset[str]
    agencies: frozenset[str]
    meets: bool
    minutes: int | None

    @property
    def event(self) -> Event:
        """The row itself."""
        return self.account.event


def tellings(evidence: Evidence) -> tuple[Telling, ...]:
    """What every row with a date of at most a week tells, in the timeline's order."""
    words = _one_spelling(_words(evidence))
    kinds = [_kinds(account) for account in evidence.accounts]
    of_kinds, of_people, of_words = rarities = tuple(_rarity(each) for each in (kinds, [each.people for each in evidence.accounts], words))
    rare = tuple(frozenset(thing for thing, value in each.items() if value >= _RARE) for each in rarities)
    told = []
    for account, own_kinds, own_words in zip(evidence.accounts, kinds, words, strict=True):
        first, last = account.event.when.earliest, account.event.when.latest
        if first is None or last is None or (last - first).days > _WIDEST_DAYS:
            continue
        own = (own_kinds, account.people, own_words)
        days = days_told(evidence, account)
        told.append(
            Telling(
                account=account,
                agency=account.event.agency,
                first=first,
                last=last,
                days=_days(first, last),
                named_days=frozenset(each.day for each in days),
                days_told=days,
                times_told=times_told(account.event.text, account.words),
                kinds={kind: of_kinds[kind] for kind in own_kinds},
                people={person: of_people[person] for person in account.people},
                words=own_words,
                rarity=of_words,
                weight=sum(map(of_words.__getitem__, own_words)),
                rare=frozenset().union(*(things & few for things, few in zip(own, rare, strict=True))),
                agencies=frozenset(each.agency for each in account.agencies) - {account.event.agency},
                meets=not MEETINGS.isdisjoint(own_kinds),
                minutes=_minutes(account.event.time),
            )
        )
    return tuple(told)


@cache
def _days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


def _minutes(time: str | None) -> int | None:
    return int(time[:2]) * 60 + int(time[3:]) if time else None


def _kinds(account: Account) -> frozenset[str]:
    """The kinds of event that a row tells of: neither denied nor only planned."""
    return frozenset(cue.name.removeprefix("kinds.") for cue in account.cues_of("kinds") if not (cue.denied or cue.planned))


def _rarity(rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling each thing is: 1 for what stands in hardly any row, 0 for what stands in every one (idf over its greatest value).

    A few rows are added in thought: in a review of three rows nothing is common yet.
    """
    count = Counter(chain.from_iterable(rows))
    total = len(rows) + _ADDED_ROWS
    return {each: math.log(total / (rows_with + 1)) / math.log(total) for each, rows_with in count.items()}


def _words(evidence: Evidence) -> list[frozenset[str]]:
    """Each row's words in lower case, short forms written out, plain endings off, so that "bruises" meets "bruise"; numbers of three digits too."""
    forms = _Forms(evidence.abbreviations)
    return [
        frozenset(chain.from_iterable(map(forms.__getitem__, frozenset(_WORD.findall(event.text.replace("_", " "))))))
        for event in evidence.timeline.events
    ]


def stem(word: str) -> str:
    """A word in lower case without its plain ending."""
    return _ENDING.sub("", word.casefold())


class _Forms(dict[str, frozenset[str]]):
    """What each word met so far, as it is written, stands for: itself or its long form, whole and in parts, without plain endings."""

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = abbreviations

    def __missing__(self, word: str) -> frozenset[str]:
        written_out = _WORD.findall(self._abbreviations.get(word.casefold(), word))
        whole = {each.casefold().replace("’", "'") for each in written_out}
        parts = {part for each in whole for part in _JOIN.split(each)}
        self[word] = frozenset(_ENDING.sub("", part) for part in whole | parts if len(part) > 2 and part not in _COMMON)
        return self[word]


def _one_spelling(rows: list[frozenset[str]]) -> list[frozenset[str]]:
    """The rows' words with slips of one letter undone: a rare word becomes the better known one that differs by a letter left out or put in.

    Each word is looked up by itself with any one letter left out, so no two words are compared.
    """
    count = Counter(chain.from_iterable(rows))
    known: defaultdict[str, list[str]] = defaultdict(list)
    for word in count:
        if _may_be_misspelt(word):
            for form in _one_less(word):
                known[form].append(word)
    meant = {}
    for word, times in count.items():
        if times <= _FEW and _may_be_misspelt(word):
            near = {other for form in _one_less(word) for other in known[form] if other[0] == word[0]}
            best = max(near, key=lambda other: (count[other], other))
            if best != word:
                meant[word] = best
    return [row if meant.keys().isdisjoint(row) else frozenset(meant.get(word, word) for word in row) for row in rows]


def _may_be_misspelt(word: str) -> bool:
    return _MISSPELT <= len(word) <= _LONGEST and word.isalpha()


def _one_less(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
