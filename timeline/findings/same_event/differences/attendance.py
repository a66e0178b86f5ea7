"""Who was at a meeting or visit, told differently: there or not there, and who came for an agency."""

from collections.abc import Iterator, Sequence

from timeline.findings.same_event.differences.actors import Actor
from timeline.findings.same_event.differences.difference import Difference, Pair, Span
from timeline.findings.same_event.tellings import MEETINGS, Telling
from timeline.people import Person
from timeline.wording.cues import Cue

_GATHERED = MEETINGS | {"joint-visit"}
_LISTED = ":"
_BEFORE = 40  # characters at most between somebody and "attended": a short clause


def attendance(pair: Pair) -> Iterator[Difference]:
    """A person or agency that one account puts at a meeting or visit and the other says was not there, or another worker of an agency."""
    if all(_GATHERED.isdisjoint(each.kinds) for each in pair.sides):
        return
    one, other = (_statuses(each, present) for each, present in zip(pair.sides, pair.present, strict=True))
    for key in sorted(one.keys() & other.keys()):
        if one[key].keys() | other[key].keys() == {True, False} and len(one[key]) == len(other[key]) == 1:
            places = next(iter(one[key].values())), next(iter(other[key].values()))
            yield Difference("who", f"attended {key}", "who was there", *places)
            return
    if pair.together and pair.kinds() & _GATHERED:
        yield from _represented(pair)


def _statuses(telling: Telling, present: Sequence[Actor]) -> dict[str, dict[bool, Span]]:
    """Whether each person, relation and agency was there, as the account says, with the words that say so."""
    account = telling.account
    cues = sorted(account.cued("accounts.attended", "accounts.absent"), key=lambda cue: (cue.start, -cue.end))
    found: dict[str, dict[bool, Span]] = {}
    for number, cue in enumerate(cues):
        if cue.planned and cue.name == "accounts.attended":
            continue
        there = (cue.name == "accounts.attended") != cue.denied
        following = next((each.start for each in cues[number + 1 :] if each.start >= cue.end), len(account.event.text))
        meant = _meant(telling, cue, present, following)
        if not meant and not there and cue.name == "accounts.absent":
            meant = [Actor(frozenset({f"agency:{account.event.agency}"}), cue.start, cue.end, cue.clause, cue.sentence, at_work=True)]
        for actor in meant:
            for key in actor.keys:
                found.setdefault(key, {}).setdefault(
                    there,
                    Span(min(actor.start, cue.start), max(actor.end, cue.end))
                    if actor.clause == cue.clause
                    else Span(actor.start, actor.end),
                )
    return found


def _meant(telling: Telling, cue: Cue, present: Sequence[Actor], following: int) -> list[Actor]:
    """Of whom a word of attendance is said: of those before it in its clause; where it begins a list, of those after it up to the next such word."""
    text = telling.account.event.text
    before = [each for each in present if each.clause == cue.clause and each.end <= cue.start and cue.start - each.end <= _BEFORE]
    if before and not text[cue.end :].lstrip().startswith(_LISTED):
        return before[-1:]
    line = text.find("\n", cue.end)
    end = min(following, line if line >= 0 else len(text))
    return [each for each in present if cue.end <= each.start < end]


def _represented(pair: Pair) -> Iterator[Difference]:
    """An agency's own row names one worker of it, and the other row another worker of that agency instead."""
    for own, other, swapped in ((pair.one, pair.other, False), (pair.other, pair.one, True)):
        agency = own.event.agency
        mine, theirs = _workers(own, agency, pair), _workers(other, agency, pair)
        if len({person for person, _ in mine}) == 1 and theirs and not {person for person, _ in mine} & {person for person, _ in theirs}:
            places = mine[0][1], theirs[0][1]
            yield Difference("who", f"for {agency}", f"who was there for {agency}", *(places[::-1] if swapped else places))
            return


def _workers(telling: Telling, agency: str, pair: Pair) -> list[tuple[str, Span]]:
    people = pair.reader.evidence.people
    return [
        (mention.person, Span(mention.start, mention.end))
        for mention in telling.account.mentions
        if mention.person and _works_for(people.get(mention.person), agency)
    ]


def _works_for(person: Person | None, agency: str) -> bool:
    return bool(person and person.kind == "professional" and person.agency == agency)
