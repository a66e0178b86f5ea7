"""What the board's review lists: each written form of each person or thing, and people found again on a later run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from anonymise.recognising.names import tokens
from anonymise.recognising.recognise import Recognition
from anonymise.words.texts import NamedText, clean, overlaps, plain
from timeline.people import Mention, Person
from timeline.review_decisions import ReviewDecision, ReviewIds

SPLIT = "split"  # begins the basis of a person whom a decision made: never looked for by name
_MOST_NAMES = 60
_PROPOSED, _SPLIT_OFF = "N-", "S-"
_ID_LETTERS = 6


# a word that may name someone and was left in: a mention of this kind hides nothing until the board says so
LEFT_IN = "DOUBT"
# mentions by these are decided on apart from those that are surely the name: the same letters may be a word elsewhere
_DOUBTFUL = {"word-name": "word", "single-letter": "letter", "other-surname": "surname"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One written form of one person or thing as it was recognised, with the numbers of its mentions in `told`'s.

    `why` is what makes these mentions doubtful ("word", "letter", "surname"), "" where nothing does; `kind` is LEFT_IN where they stand in
    the drafts as they are.
    """

    thing: str
    kind: str
    person: str | None
    form: str
    mentions: tuple[int, ...]
    why: str = ""

    @property
    def key(self) -> str:
        """What tells this row from others of the same form."""
        return f"{self.kind} {self.why}".strip()


def written(mention: Mention, texts: Mapping[str, str]) -> str:
    """The words of a mention, on one line, as the detectors saw them."""
    return " ".join(clean(texts[mention.text_id][mention.start : mention.end]).text.split())


def told(recognition: Recognition) -> tuple[Mention, ...]:
    """All that the board can decide on: the mentions as recognised, then the words that may name someone and were left in."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in recognition.mentions:
        taken[mention.text_id].append((mention.start, mention.end))
    left = (each for each in recognition.doubts if not each.hidden and not overlaps(each.start, each.end, taken[each.text_id]))
    return (
        *recognition.mentions,
        *(
            Mention(
                text_id=each.text_id,
                start=each.start,
                end=each.end,
                kind=LEFT_IN,
                person=each.candidates[0],
                found_by="word-name",
                score=0.1,
            )
            for each in left
        ),
    )


def form_rows(mentions: Sequence[Mention], texts: Sequence[NamedText], ids: ReviewIds) -> tuple[FormRow, ...]:
    """Every form of everyone and everything that is named, in the order in which each is first met; `mentions` are what is `told`."""
    said = {each.id: each.text for each in texts}
    places: dict[tuple[str, str | None, str, str], list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        why = _DOUBTFUL.get(mention.found_by, "") if mention.kind in {"PERSON", LEFT_IN} else ""
        places[mention.kind, mention.person, written(mention, said), why].append(at)
    made = (FormRow(thing="", kind=k, person=p, form=form, why=why, mentions=tuple(at)) for (k, p, form, why), at in places.items())
    return tuple(replace(each, thing=ids.form(each.key, each.person, each.form)) for each in made)


def with_lasting_ids(recognition: Recognition, ids: ReviewIds) -> Recognition:
    """The recognition with ids of proposed people that hang on their names alone, so that a corrected return does not move them.

    They go by the name as a text writes it ("PC Quillfeather"), where one writes it whole.
    """
    forms = {person: {plain(form): form for form in reversed(written_so)} for person, written_so in recognition.forms}
    taken = {person.id for person in recognition.people if person.in_cast}
    lasting: dict[str, str] = {}
    for person in recognition.people:
        if not person.in_cast:
            lasting[person.id] = _untaken(_PROPOSED, ids.of("proposed", *tokens(person.name)), taken)
            taken.add(lasting[person.id])
    named = (
        replace(each, name=each.name if each.in_cast else forms.get(each.id, {}).get(plain(each.name), each.name))
        for each in recognition.people
    )
    return _renumbered(replace(recognition, people=tuple(named)), lasting)


def _untaken(letter: str, key: str, taken: Iterable[str]) -> str:
    name = letter + key[:_ID_LETTERS]
    number = 1
    while name in taken:
        number += 1
        name = f"{letter}{key[:_ID_LETTERS]}-{number}"
    return name


def _renumbered(recognition: Recognition, ids: Mapping[str, str]) -> Recognition:
    """The recognition under other ids of people; those without another keep theirs."""
    return replace(
        recognition,
        people=tuple(replace(each, id=ids[each.id]) if each.id in ids else each for each in recognition.people),
        mentions=tuple(
            replace(each, person=ids[each.person]) if each.person and each.person in ids else each for each in recognition.mentions
        ),
        forms=tuple((ids.get(person, person), forms) for person, forms in recognition.forms),
        doubts=tuple(
            each if ids.keys().isdisjoint(each.candidates) else replace(each, candidates=tuple(ids.get(c, c) for c in each.candidates))
            for each in recognition.doubts
        ),
    )


def split_off(given: Person | None, form: str, group: str) -> Person:
    """The new person to whom a decision gives another's form: with a professional's role, but nobody's place in a family."""
    made = Person(id=_SPLIT_OFF + group[:_ID_LETTERS], name=form, in_cast=False)
    at_work = given is not None and given.kind == "professional"
    return replace(made, role=given.role, kind=given.kind, agency=given.agency) if given and at_work else made


class KnownPeople:
    """The people of a run, so that a decision on one is found again when an id has changed."""

    def __init__(self, people: Iterable[Person], rows: Iterable[FormRow], ids: ReviewIds) -> None:
        """Hold each person's row id and the keyed hashes of every form of the name."""
        self._ids = ids
        forms: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.person and row.kind == "PERSON":
                forms[row.person].add(row.form)
        self._people = {ids.person(person.id): person for person in people}
        self._names = {
            thing: frozenset(ids.name(plain(form)) for form in (person.name, *person.also_known_as, *forms[person.id]))
            for thing, person in self._people.items()
        }

    def basis(self, person: Person) -> tuple[str, ...]:
        """What is kept with a decision on a person, to find the person again."""
        kind = SPLIT if person.id.startswith(_SPLIT_OFF) and not person.in_cast else "person"
        return kind, *sorted(self._names[self._ids.person(person.id)])[:_MOST_NAMES]

    def person(self, thing: str) -> Person | None:
        """The person of a row's id."""
        return self._people.get(thing)

    def led(self, thing: str, basis: Sequence[str]) -> str | None:
        """The row of the person who was decided on: the same id with a name in common, else the one person with most of the names.

        None where the id is now somebody else's; the id as it was where nobody fits.
        """
        names = frozenset(basis[1:])
        if thing in self._people:
            return thing if not names or names & self._names[thing] else None
        if not names or basis[0] == SPLIT:
            return thing
        fitting = sorted(((len(names & known), each) for each, known in self._names.items()), reverse=True)
        best = fitting[0] if fitting else (0, "")
        alone = len(fitting) < 2 or fitting[1][0] < best[0]
        return best[1] if alone and best[0] * 2 >= len(names) else thing


def led_people(decisions: Iterable[ReviewDecision], known: KnownPeople) -> tuple[list[ReviewDecision], list[ReviewDecision]]:
    """Decisions on people under the ids of this run, and those whose row is somebody else's now and that no later one took the place of."""
    decisions = tuple(decisions)
    followed = {each.follows for each in decisions}
    found, changed = [], []
    for each in decisions:
        thing = known.led(each.thing, each.basis)
        whom = known.led(each.whom, each.whom_basis) if each.whom else ""
        if thing is None:
            changed += [each] if each.line not in followed else []
        elif each.verdict == "merge" and thing == whom != each.thing:
            continue  # one already, as after people.csv was accepted back
        else:
            found.append(replace(each, thing=thing, whom=each.whom if whom is None else whom))
    return found, changed


def led_forms(decisions: Iterable[ReviewDecision], rows: Iterable[FormRow], known: KnownPeople, ids: ReviewIds) -> list[ReviewDecision]:
    """Decisions on forms under the ids of this run."""
    rows = tuple(rows)
    listed = {row.thing for row in rows}
    by_form = {(ids.written(row.key, row.form), ids.person(row.person) if row.person else ""): row.thing for row in rows}
    for row in rows:  # a form that stands only where it is doubtful is split off its person as it is written
        by_form.setdefault((ids.written(row.kind, row.form), ids.person(row.person) if row.person else ""), row.thing)
    found = []
    for each in decisions:
        thing = each.thing
        if thing not in listed and len(each.basis) > 2:
            form, person, *names = each.basis
            thing = by_form.get((form, known.led(person, names) or ""), thing)
        whom = known.led(each.whom, each.whom_basis) if each.whom_basis else each.whom
        found.append(replace(each, thing=thing, whom=whom or each.whom))
    return found


def form_basis(row: FormRow, person: Person | None, known: KnownPeople, ids: ReviewIds) -> tuple[str, ...]:
    """What is kept with a decision on a form, to find it again."""
    form = ids.written(row.key, row.form)
    return (form, ids.person(person.id), *known.basis(person)) if person else (form, "")
