"""What the board decided on people: who is one with whom, who is public or nobody, and what each is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from anonymise.deciding.form_rows import KnownPeople
from anonymise.hiding.pseudonyms import RealNames
from anonymise.recognising.who import Doubt
from anonymise.words.texts import plain
from timeline.people import Person
from timeline.review_decisions import Conflict, ReviewDecision

_GONE = "This person is not in the review any more. Nothing is applied; it counts again if the person comes back."
_NO_TARGET = "The person who was chosen is not in the review any more: choose again."
_SELF = "Nobody can be merged into themselves: choose somebody else."
_MERGE_OF_A_MERGE = "The person who was chosen is merged into somebody else: choose that other one."
_NOBODY = "The person who was chosen is public or is no person, so nobody can be merged into them: choose again."
_BORN = "The two have different dates of birth in people.csv, so they stay apart: mend people.csv, or take this back."
_LISTED = "Somebody in people.csv is a person: take them out of people.csv, or choose otherwise."
_REAL = "The new pseudonym is or holds a real name or initials of this review: choose another."
_IN_USE = "The new pseudonym is somebody else's: choose another, or rename the other person too."
_UNFIT = "A pseudonym is one line of at most 60 letters, with a letter in it: choose another."
LONGEST_PSEUDONYM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPeople:
    """What holds for people: who is merged into whom, who is public, who is nobody; the decisions that count, and those that cannot."""

    merged: Mapping[str, str] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()
    counting: Mapping[str, ReviewDecision] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    def united(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """The people after merging, without those who are nobody; who is merged brings along the names, and what the other lacks."""
        parts: dict[str, list[Person]] = {}
        for person in people:
            if person.id in self.merged:
                parts.setdefault(self.merged[person.id], []).append(person)
        left = (each for each in people if each.id not in self.merged and each.id not in self.nobody)
        return tuple(_united(each, parts.get(each.id, ())) for each in left)

    def doubt(self, given: Doubt) -> Doubt | None:
        """A doubt between those who are left; None where it was who is meant, and one alone is."""
        left = dict.fromkeys(self.merged.get(each, each) for each in given.candidates if each not in self.nobody)
        settled = len(left) < 2 and given.why == "several"
        return None if settled or (given.candidates and not left) else replace(given, candidates=tuple(left))


def _united(person: Person, others: Sequence[Person]) -> Person:
    if not others:
        return person
    forms = dict.fromkeys((*person.also_known_as, *(form for each in others for form in (each.name, *each.also_known_as))))
    return replace(
        person,
        also_known_as=tuple(form for form in forms if form != person.name),
        date_of_birth=person.date_of_birth or next((each.date_of_birth for each in others if each.date_of_birth), None),
        role=person.role or next((each.role for each in others if each.role), ""),
        agency=person.agency or next((each.agency for each in others if each.agency), ""),
        pseudonym=person.pseudonym or next((each.pseudonym for each in others if each.pseudonym), ""),
        in_cast=person.in_cast or any(each.in_cast for each in others),
    )


def on_people(decisions: Mapping[str, ReviewDecision], known: KnownPeople) -> OnPeople:
    """What the decisions in effect say of people; renaming is `renamed`'s."""
    public, nobody = set(), set()
    counting: dict[str, ReviewDecision] = {}
    conflicts: list[Conflict] = []
    merges: list[tuple[ReviewDecision, Person]] = []
    for thing, each in decisions.items():
        person = known.person(thing)
        if person is None:
            conflicts.append(conflict(each, _GONE, is_open=False))
        elif each.verdict == "merge":
            merges.append((each, person))
        elif each.verdict == "no-person" and person.in_cast:
            conflicts.append(conflict(each, _LISTED))
        elif each.verdict != "rename":
            counting[thing] = each
            public.update([person.id] if each.verdict == "public" else [])
            nobody.update([person.id] if each.verdict == "no-person" else [])
    merged, merging, refused = _merged(merges, public | nobody, known)
    return OnPeople(
        merged=merged,
        public=frozenset(public),
        nobody=frozenset(nobody),
        counting=counting | merging,
        conflicts=(*conflicts, *refused),
    )


def _merged(
    merges: Sequence[tuple[ReviewDecision, Person]], not_there: set[str], known: KnownPeople
) -> tuple[dict[str, str], dict[str, ReviewDecision], list[Conflict]]:
    """(who -> into whom at the end, the decisions that count, those that cannot).

    Whoever is merged can take nobody in: neither from a decision of the same workbook nor from a later one. Somebody who took others in
    may be merged on, with them.
    """
    into: dict[str, str] = {}
    counting: dict[str, ReviewDecision] = {}
    refused: list[Conflict] = []
    read = {person.id: each.read for each, person in merges}
    for each, person in sorted(merges, key=lambda merge: (merge[0].read, merge[1].id)):
        target = known.person(each.whom)
        if why := _no_merge(each, person, target, not_there, read):
            refused.append(conflict(each, why))
        elif target:
            into[person.id] = target.id
            counting[each.thing] = each
    return {person: _end(person, into) for person in into}, counting, refused


def _no_merge(each: ReviewDecision, person: Person, target: Person | None, not_there: set[str], read: Mapping[str, object]) -> str:
    """Why two people cannot be made one, or ""."""
    if target is None:
        return _NO_TARGET
    if target.id == person.id:
        return _SELF
    if target.id in not_there:
        return _NOBODY
    if target.id in read and not read[target.id] > each.read:  # type: ignore[operator]  # times
        return _MERGE_OF_A_MERGE
    born = (person.date_of_birth, target.date_of_birth)
    return _BORN if all(born) and born[0] != born[1] else ""


def _end(person: str, into: Mapping[str, str]) -> str:
    while person in into:
        person = into[person]
    return person


def conflict(decision: ReviewDecision, why: str, *, is_open: bool = True) -> Conflict:
    """A decision that is not applied, and why."""
    return Conflict(about=decision.about, thing=decision.thing, decisions=(decision,), why=why, is_open=is_open)


@dataclass(frozen=True, slots=True)
class NamedAnew:
    """People with the pseudonyms that were decided, the decisions that count, and those that cannot."""

    people: tuple[Person, ...]
    counting: Mapping[str, ReviewDecision]
    conflicts: tuple[Conflict, ...]


def renamed(
    decisions: Iterable[ReviewDecision], people: Sequence[Person], before: Mapping[str, str], known: KnownPeople, names: RealNames
) -> NamedAnew:
    """The people, each with the pseudonym that was decided; everyone else keeps the one `before` any decision, so that no number moves.

    A pseudonym that is a real name, is in use or is asked for twice is refused; `names` are the review's real names.
    """
    stands = {each.id: _kept(each, before, names) for each in people}
    asked = {person.id: each for each in decisions if (person := known.person(each.thing)) and person.id in stands}
    refused: dict[str, str] = {}
    while more := _refused(asked, refused, stands, names):
        refused |= more
    counting = {each.thing: each for person, each in asked.items() if person not in refused}
    called = {person: each.words.strip() for person, each in asked.items() if person not in refused}
    shown = {**stands, **called}
    return NamedAnew(
        tuple(replace(each, pseudonym=shown[each.id]) for each in people),
        counting,
        tuple(conflict(asked[person], why) for person, why in refused.items()),
    )


def _refused(
    asked: Mapping[str, ReviewDecision], refused: Mapping[str, str], stands: Mapping[str, str], names: RealNames
) -> dict[str, str]:
    """Who cannot be called as asked, beside those who were refused already and keep what `stands` for them."""
    left = {person: each.words.strip() for person, each in asked.items() if person not in refused}
    taken = [plain(said) for said in {**stands, **left}.values()]
    return {person: why for person, said in left.items() if (why := _no_pseudonym(said, taken, names))}


def _no_pseudonym(said: str, taken: Sequence[str], names: RealNames) -> str:
    if not any(letter.isalpha() for letter in said) or len(said) > LONGEST_PSEUDONYM or "\n" in said:
        return _UNFIT
    if names.stand_in(said):
        return _REAL
    return _IN_USE if taken.count(plain(said)) > 1 else ""


def _kept(person: Person, before: Mapping[str, str], names: RealNames) -> str:
    """What somebody was called; nothing where that would be refused as a choice, so that it is made anew by role."""
    said = person.pseudonym or before.get(person.id, "")
    return said if person.pseudonym or not names.stand_in(said) else ""
