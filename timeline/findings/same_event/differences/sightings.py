"""Whether the child or adult was seen, told differently."""

from collections.abc import Iterator, Sequence

from timeline.findings.same_event.differences.actors import Actor
from timeline.findings.same_event.differences.difference import Difference, Pair, Reader, Span, span
from timeline.findings.same_event.linking import one_day
from timeline.findings.same_event.tellings import Telling
from timeline.findings.seeing.seen_words import Statement, statements
from timeline.wording.cues import Cue

_COLUMN = "child_seen"


def sightings_told(pair: Pair) -> Iterator[Difference]:
    """One account says that a subject was seen, the other in its own words that the same subject was not, or one awake and the other asleep.

    A bare "N" in the column for it says only that its own writer saw nobody, and is left out.
    """
    if not one_day(pair.one, pair.other):
        return
    unseen = any(each.account.cued("accounts.unseen") for each in pair.sides)
    one, other = (pair.reader.once(_said, each) if unseen else [] for each in pair.sides)
    for first, second, swapped in ((one, other, False), (other, one, True)):
        for seen in first:
            against = next((each for each in second if _contradicts(seen, each)), None)
            if against and not any(each.how == "seen" and each.sure and each.people & seen.people for each in second):
                places = Span(seen.start, seen.end), Span(against.start, against.end)
                yield Difference("seen", "seen", "whether the child or adult was seen", *(places[::-1] if swapped else places))
                return
    yield from _awake(pair)


def _said(telling: Telling, reader: Reader) -> list[Statement]:
    unseen = telling.account.cued("accounts.unseen")
    told = statements(reader.evidence, telling.account)
    own_words = (each for each in told if telling.account.meaning_at(each.start) != _COLUMN)
    return [each for each in own_words if each.how != "not seen" or any(cue.start < each.end and each.start < cue.end for cue in unseen)]


def _contradicts(seen: Statement, against: Statement) -> bool:
    return seen.how == "seen" and against.how == "not seen" and bool(seen.people & against.people)


def _awake(pair: Pair) -> Iterator[Difference]:
    """A subject or child awake in one account and asleep in the other, and in neither both."""
    if not pair.both("accounts.awake", "accounts.asleep"):
        return
    both = zip(pair.sides, pair.present, strict=True)
    one, other = ((_states(each, "awake", present, pair), _states(each, "asleep", present, pair)) for each, present in both)
    for (awake, asleep), (others_awake, others_asleep), swapped in ((one, other, False), (other, one, True)):
        for place, who in awake:
            against = next((each for each, whom in others_asleep if _same_people(who, whom)), None)
            if against and not any(_same_people(who, whom) for _, whom in (*asleep, *others_awake)):
                yield Difference(
                    "seen", "awake", "whether the child or adult was awake", *((against, place) if swapped else (place, against))
                )
                return


def _states(telling: Telling, state: str, present: Sequence[Actor], pair: Pair) -> list[tuple[Span, frozenset[str]]]:
    """The words that tell the state, each with the people of the family named before it; nobody named means any."""
    found = []
    for cue in telling.account.cued(f"accounts.{state}"):
        who = [each for each in present if each.clause == cue.clause and each.end <= cue.start]
        people = _subjects(who[-1:], pair)
        if not cue.denied and not cue.planned and (people or not who or _children(telling, cue)):
            found.append((span(cue), people))
    return found


def _children(telling: Telling, cue: Cue) -> bool:
    return any(each.clause == cue.clause for each in telling.account.cued("accounts.children"))


def _subjects(who: list[Actor], pair: Pair) -> frozenset[str]:
    ids = {key.removeprefix("person:") for each in who for key in each.keys if key.startswith("person:")}
    return frozenset(each for each in ids if (person := pair.reader.evidence.people.get(each)) and person.kind in ("subject", "family"))


def _same_people(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)
