"""Dated rows made ready to be held against one another: what each says of contacts, and how rare the words are that it holds."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, compress
from operator import attrgetter, itemgetter

from timeline.events import Event
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.handovers.clauses import CHANNELS, Channel
from timeline.findings.handovers.contacts import Contact, contacts_of
from timeline.findings.when_told import days_told

_ABOUT_DAYS = 7  # "about 5 May" and "5 May?" are looked for a week either side
_ABOUT = frozenset("~?%")  # what says so in EDTF
_NO_TIME = timedelta()
_LEAST_WEIGHT = 6.0  # rows of fewer words than this weigh as much: three words in common of three tell little
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_WORD = re.compile(r"[^\W_]{3,}")
_text_of, _places_of = itemgetter(0), attrgetter("first", "last")  # of a word, where an attribute's takes longer, and of a cue
_SHORT = 10  # letters: no longer word tells a direction
_INCOMING = frozenset({"in", "incoming", "inbound"})  # what a column of a contact's direction holds
# kinds that hardly tell one contact from another
_ROUTINE = frozenset({"telephone", "referral", "home-visit", "closure", "missed-appointment", "no-access", "discharge"})
_ROUTINE_LISTS = tuple(f"kinds.{kind}" for kind in sorted(_ROUTINE))


@dataclass(frozen=True, slots=True)
class Row:
    """A dated row made ready: what it says of contacts, its words, and what days, kinds and workers it names.

    `ways` are how something came or went, by its words; `routine` are the kinds of event that every agency has every week.
    `received` says that something came, `calls_out` that somebody was called out or brought.
    A row "about 5 May" reaches a week either side.
    """

    account: Account
    first: date
    last: date
    contacts: tuple[Contact, ...]
    words: frozenset[str]
    weight: float
    ways: frozenset[Channel]
    kinds: frozenset[str]
    routine: frozenset[str]
    workers: frozenset[str]
    days_told: frozenset[date]
    received: bool
    calls_out: bool
    _rarity: Mapping[str, float] = field(repr=False, compare=False)

    @property
    def agency(self) -> str:
        """The agency whose row it is."""
        return self.account.event.agency

    @property
    def id(self) -> str:
        """The id of its event."""
        return self.account.event.id

    def alike(self, other: "Row") -> float:
        """The share (0 to 1) of the shorter row's word weight that both rows hold; a word weighs 1 where hardly any row has it, 0 where every one."""
        shared = sum(map(self._rarity.__getitem__, self.words & other.words))
        return shared / max(_LEAST_WEIGHT, min(self.weight, other.weight))

    def days_to(self, other: "Row") -> int:
        """Days to the other row, at the least that their dates can mean; 0 where they may be of one day."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


def rows_of(evidence: Evidence, widest_days: int) -> tuple[Row, ...]:
    """Every row whose date can mean at most `widest_days` days more than one, in the timeline's order."""
    stems = _Stems(evidence.abbreviations)
    words = [_words(account, stems) for account in evidence.accounts]
    rarity = _rarity(words)
    workers = frozenset(person.id for person in evidence.people.values() if person.kind == "professional")
    rows = []
    for account, own in zip(evidence.accounts, words, strict=True):
        width = account.event.when.width_days
        if width is not None and width <= widest_days:
            rows.append(_row(evidence, account, own, rarity, workers))
    return tuple(rows)


def _row(evidence: Evidence, account: Account, words: frozenset[str], rarity: Mapping[str, float], workers: frozenset[str]) -> Row:
    when, contacts = account.event.when, contacts_of(account, evidence.people)
    first, last = when.earliest or date.max, when.latest or date.max
    about = _NO_TIME if _ABOUT.isdisjoint(when.edtf) else timedelta(days=_ABOUT_DAYS)
    told = {cue.name for cue in account.cues_of("handovers") if not (cue.denied or cue.planned)}
    received = "handovers.receipt" in told or _incoming(account.event)
    return Row(
        account=account,
        first=first - about,
        last=last + about,
        contacts=contacts,
        words=words,
        weight=sum(map(rarity.__getitem__, words)),
        ways=frozenset(CHANNELS[name] for name in told if name in CHANNELS),
        kinds=account.kinds - _ROUTINE,
        routine=account.kinds & _ROUTINE,
        workers=account.people & workers,
        # a row that nothing came to is nobody's answer by a day that it names
        days_told=frozenset(each.day for each in days_told(evidence, account)) if received or contacts else frozenset(),
        received=received,
        calls_out=bool(told & {"handovers.summoned", "handovers.conveyed"}),
        _rarity=rarity,
    )


def _incoming(event: Event) -> bool:
    """Whether a column says that the contact came in."""
    short = (event.text[each.start : each.end] for each in event.cells if each.end - each.start <= _SHORT)
    return any(written.casefold() in _INCOMING for written in short)


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of each word met so far: short forms written out, plain endings off, so that "bruises" meets "bruise"."""

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = abbreviations

    def __missing__(self, word: str) -> tuple[str, ...]:
        written_out = self._abbreviations.get(word, word).casefold()
        self[word] = tuple(_ENDING.sub("", each) for each in _WORD.findall(written_out))
        return self[word]


def _words(account: Account, stems: _Stems) -> frozenset[str]:
    """What the row is about, as stems.

    Without the words that name an agency, tell of a contact or are of a routine kind: those are weighed by themselves.
    """
    counts = bytearray(b"\1") * len(account.words)
    spans = chain((account.places(each.start, each.end) for each in account.agencies), map(_places_of, account.cues_of("handovers")))
    for first, last in chain(spans, map(_places_of, account.cued(*_ROUTINE_LISTS))):
        counts[first : last + 1] = bytes(last + 1 - first)
    texts = set(map(_text_of, compress(account.words, counts)))
    return frozenset(chain.from_iterable(map(stems.__getitem__, texts)))


def _rarity(rows: Sequence[Iterable[str]]) -> dict[str, float]:
    """How telling each word is: 1 for one that hardly any row has, 0 for one that every row has."""
    count = Counter(chain.from_iterable(rows))
    most = math.log(len(rows) + 2)
    return {word: max(0.0, math.log((len(rows) + 2) / (times + 1))) / most for word, times in count.items()}
