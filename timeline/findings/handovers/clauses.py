"""A row's words with the agencies, the people and the phrases of handovers that stand at each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Literal, NamedTuple

from timeline.findings.accounts import Account
from timeline.people import Person
from timeline.wording import small_words
from timeline.wording.agencies import AgencyNamed
from timeline.wording.cues import Cue
from timeline.wording.words import Word, quoted

_LISTS = "handovers."
type Channel = Literal["call", "e-mail", "form", "letter", "person", ""]
# how something went, the surest word first: "e-mailed the form" went by e-mail
CHANNELS: Mapping[str, Channel] = {
    "handovers.by_call": "call",
    "handovers.by_email": "e-mail",
    "handovers.by_letter": "letter",
    "handovers.by_form": "form",
    "handovers.in_person": "person",
}
_UNSUREST_FIRST = tuple(reversed(tuple(CHANNELS)))


class Phrase(NamedTuple):
    """A phrase of the list `name` of rules/cues/handovers.toml: words first to last (inclusive), characters start to end (exclusive)."""

    name: str
    first: int
    last: int
    start: int
    end: int
    clause: int
    sentence: int


_phrase = partial(tuple.__new__, Phrase)  # in half the time, as for words


class Named(NamedTuple):
    """An agency named at words first to last (inclusive), characters start to end (exclusive)."""

    agency: str
    first: int
    last: int
    start: int
    end: int
    clause: int


class Subject(NamedTuple):
    """Whose doing it is: the writer's (`ours`), else that of another agency where one is known."""

    ours: bool
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A row ready to be asked who stands before and after a phrase.

    `starts` and `ends` give the agency that begins or ends at a word, `persons` the person named at it; `done` the phrases that the row tells
    as done: neither denied, nor planned, nor what somebody else says or is quoted for; `channels` how, by clause, the surest first.
    """

    account: Account
    words: tuple[Word, ...]
    people: Mapping[str, Person]
    starts: Mapping[int, Named]
    ends: Mapping[int, Named]
    persons: Mapping[int, str]
    done: tuple[Phrase, ...]
    channels: Mapping[int, Channel]
    _by_first: Mapping[int, Sequence[Phrase]]

    @property
    def own(self) -> str:
        """The agency whose row it is."""
        return self.account.event.agency

    def of(self, *names: str) -> Iterator[Phrase]:
        """The phrases of these lists, in order."""
        return (phrase for phrase in self.done if phrase.name in names)

    def beginning(self, place: int, *names: str) -> Iterator[Phrase]:
        """The phrases of these lists that begin at a word."""
        return (phrase for phrase in self._by_first.get(place, ()) if phrase.name in names)

    def at(self, place: int, clause: int) -> str:
        """The word at a place of a clause; empty where the clause is over."""
        return self.words[place].text if 0 <= place < len(self.words) and self.words[place].clause == clause else ""

    def channel(self, clause: int) -> Channel:
        """How, by the words of the clause, else by those of the whole row where they name one way only; empty where neither says."""
        ways = set(self.channels.values())
        return self.channels.get(clause) or (ways.pop() if len(ways) == 1 else "")

    def doer(self, place: int) -> Subject | None:
        """Who stands at a word and can do something; None where nobody does."""
        if named := self.ends.get(place) or self.starts.get(place):
            return Subject(named.agency == self.own, named.agency)
        if (person := self.people.get(self.persons.get(place, ""))) is not None:
            works = person.agency if person.kind == "professional" else ""
            return Subject(works == self.own, works)
        if self.words[place].text in small_words.OURSELVES:
            return Subject(ours=True, agency=self.own)
        if any(each.first <= place <= each.last for each in self.of("others")):
            return self._meant_by(place) if self.words[place].text in small_words.PRONOUNS else Subject(ours=False)
        return None

    def _meant_by(self, place: int) -> Subject:
        """Who "she" or "he" is: the worker of an agency that was named last, where no other person was named since."""
        before = max((each for each in self.persons if each < place), default=None)
        person = self.people.get(self.persons[before]) if before is not None else None
        works = person.agency if person and person.in_cast and person.kind == "professional" else ""
        return Subject(bool(works) and works == self.own, works)


def _asked_for(cue: Cue, cues: Sequence[Cue]) -> bool:
    """Whether only a request that came makes a phrase look planned: "request for a report from the court" has come."""
    return cue.name == "handovers.from" and any(
        each.name == "handovers.asking" and each.clause == cue.clause and each.end <= cue.start for each in cues
    )


def clauses_of(account: Account, people: Mapping[str, Person]) -> Clauses:
    """The clauses of a row. A worker who is not on the cast list tells no agency but the row's own: which one he or she is of was guessed."""
    own = account.event.agency
    guessed = {(each.start, each.end) for each in account.mentions if (who := people.get(each.person or "")) and not who.in_cast}
    named = [
        at for each in account.agencies if (at := _named(account, each)) and (each.agency == own or (each.start, each.end) not in guessed)
    ]
    first = {each.first: each for each in sorted(named, key=attrgetter("last"))}
    cues = account.cues_of("handovers")
    said = {cue.clause: cue.end for cue in reversed(account.cued("handovers.said"))}
    in_quotes = quoted(account.event.text) if cues else ()
    done = tuple(
        _phrase((cue.name.removeprefix(_LISTS), cue.first, cue.last, cue.start, cue.end, cue.clause, cue.sentence))
        for cue in cues
        if not cue.denied
        and (not cue.planned or _asked_for(cue, cues))
        and said.get(cue.clause, cue.end) > cue.start
        and not (in_quotes and any(start <= cue.start < end for start, end in in_quotes))
    )
    channels = {cue.clause: CHANNELS[name] for name in _UNSUREST_FIRST for cue in account.cued(name)}
    by_first: dict[int, list[Phrase]] = {}
    for phrase in done:
        by_first.setdefault(phrase.first, []).append(phrase)
    ends = {each.last: each for each in first.values()}
    return Clauses(account, account.words, people, first, ends, _persons(account), done, channels, by_first)


def _named(account: Account, agency: AgencyNamed) -> Named | None:
    """An agency by its words; None where it is named inside a word, as in an e-mail address."""
    first, last = account.places(agency.start, agency.end)
    words = account.words
    if first > last or words[first].start != agency.start or words[last].end != agency.end:
        return None
    return Named(agency.agency, first, last, agency.start, agency.end, words[first].clause)


def _persons(account: Account) -> Mapping[int, str]:
    """Who is named at which word; a name that begins inside a word is none."""
    found: dict[int, str] = {}
    for mention in account.mentions:
        first, last = account.places(mention.start, mention.end)
        if first <= last and account.words[first].start == mention.start:
            whole = last if account.words[last].end <= mention.end else last - 1
            found.update(dict.fromkeys(range(first, whole + 1), mention.person or ""))
    return found
