"""Who is meant in an account, as accounts can be compared: a person, what somebody is to the subject, or an agency."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from timeline.findings.accounts import Account
from timeline.people import Person
from timeline.wording.words import words_of

RELATIONS = (
    *("mother", "father", "grandmother", "grandfather", "partner", "aunt", "uncle", "brother", "sister", "cousin", "son", "daughter"),
    *("friend", "neighbour", "carer", "landlord", "police", "ambulance", "stranger", "staff"),
)
_end = itemgetter(2)  # of a word
_AT_WORK = frozenset({"carer", "landlord", "police", "ambulance", "staff"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at characters start to end (exclusive) of a row. `keys` say who: `person:P1`, `relation:aunt`, `agency:Police`."""

    keys: frozenset[str]
    start: int
    end: int
    clause: int
    sentence: int
    at_work: bool


def actors(account: Account, people: Mapping[str, Person]) -> tuple[Actor, ...]:
    """Everybody named or meant in a row, in order. A name and what it is to the subject, side by side, are one ("care worker Ann Hill")."""
    found: list[tuple[int, int, frozenset[str], bool]] = []
    for mention in account.mentions:
        person = people.get(mention.person or "")
        if person:
            found.append((mention.start, mention.end, _keys(person), person.kind == "professional"))
    for cue in account.cues_of("accounts"):
        name = cue.name.removeprefix("accounts.")
        if name in RELATIONS:
            found.append((cue.start, cue.end, frozenset({f"relation:{name}"}), name in _AT_WORK))
    found += [(each.start, each.end, frozenset({f"agency:{each.agency}"}), True) for each in account.agencies]
    return tuple(_joined(account, sorted(found, key=lambda each: each[:2])))


def _joined(account: Account, found: Iterable[tuple[int, int, frozenset[str], bool]]) -> list[Actor]:
    joined: list[Actor] = []
    for start, end, keys, at_work in found:
        last = joined[-1] if joined else None
        if last and account.event.text[last.end : start] in ("", " "):
            joined[-1] = Actor(last.keys | keys, last.start, max(end, last.end), last.clause, last.sentence, last.at_work or at_work)
            continue
        place = bisect_right(account.words, start, key=_end)
        if place < len(account.words):
            word = account.words[place]
            joined.append(Actor(keys, start, end, word.clause, word.sentence, at_work))
    return joined


def _keys(person: Person) -> frozenset[str]:
    keys = {f"person:{person.id}", *(f"relation:{relation}" for relation in _relations(person.role))}
    return frozenset(keys | {f"agency:{person.agency}"} if person.kind == "professional" and person.agency else keys)


@cache
def _relations(role: str) -> frozenset[str]:
    """What a role of the cast list is to the subject: "maternal grandmother" is a grandmother."""
    words = frozenset(word.text for word in words_of(role))
    return words & frozenset(RELATIONS) | ({"sister"} if "sibling" in words else set())
