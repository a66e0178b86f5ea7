"""What the board decided on written forms and on words left in: whose each is, and what stays as it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from anonymise.deciding.form_rows import LEFT_IN, FormRow, KnownPeople, split_off
from anonymise.deciding.people import conflict
from anonymise.recognising.names import tokens
from anonymise.words.texts import NamedText, clean, overlaps
from timeline.people import Mention, Person
from timeline.review_decisions import NEW_PERSON, Conflict, ReviewDecision, ReviewIds

_GONE = "What this was decided on is not in the texts any more. Nothing is applied; it counts again if the row comes back."
_NO_TARGET = "The person who was chosen is not in the review any more: choose again."
TELLS = "These words hold a name or number that must not leave: the last check found it in the drafts, so they stay hidden."


@dataclass(frozen=True, slots=True, kw_only=True)
class OnForms:
    """Mentions by their number that are given to a person or left in; whose forms those are; the decisions that count, and those that cannot."""

    given: Mapping[int, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()
    forms: tuple[tuple[str, str], ...] = ()
    let_go: tuple[tuple[FormRow, ReviewDecision], ...] = ()
    counting: Mapping[str, ReviewDecision] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


class Leaked:
    """The forms that the last check found in the drafts: no decision lets them out."""

    def __init__(self, forms: Sequence[str]) -> None:
        """Hold the forms as they were found."""
        self._forms = {form for form in map(tokens, forms) if form}

    def stand_in(self, words: str) -> bool:
        """Whether words hold one of them."""
        said = tokens(words)
        return any(said[at : at + len(form)] == form for form in self._forms for at in range(len(said)))


def is_new(whom: str) -> bool:
    """Whether a form was given to somebody who is in no list yet."""
    return whom.partition(":")[0] == NEW_PERSON


def _group(decision: ReviewDecision) -> str:
    """What tells which forms are one new person."""
    return decision.whom.partition(":")[2] or decision.thing


def people_made(
    decisions: Mapping[str, ReviewDecision], rows: Sequence[FormRow], people: Sequence[Person]
) -> tuple[tuple[Person, ...], tuple[FormRow, ...]]:
    """The people whom decisions make of others' forms, and those forms as theirs."""
    by_id = {person.id: person for person in people}
    made: dict[str, Person] = {}
    theirs: list[FormRow] = []
    for row in rows:
        each = decisions.get(row.thing)
        if each is None or each.verdict != "belongs" or not is_new(each.whom):
            continue
        person = split_off(by_id.get(row.person or ""), row.form, _group(each))
        if person.id in by_id:
            continue  # accepted into people.csv since
        before = made.get(person.id)
        forms = dict.fromkeys((row.form, *((before.name, *before.also_known_as) if before else ())))
        name = max(forms, key=len)
        made[person.id] = replace(before or person, name=name, also_known_as=tuple(form for form in forms if form != name))
        theirs.append(replace(row, person=person.id, kind="PERSON"))
    return tuple(made.values()), tuple(theirs)


def on_forms(
    decisions: Mapping[str, ReviewDecision], rows: Sequence[FormRow], known: KnownPeople, ids: ReviewIds, leaked: Leaked
) -> OnForms:
    """What the decisions in effect say of forms."""
    given: dict[int, str] = {}
    dropped: set[int] = set()
    forms: list[tuple[str, str]] = []
    let_go: list[tuple[FormRow, ReviewDecision]] = []
    counting: dict[str, ReviewDecision] = {}
    conflicts: list[Conflict] = []
    by_thing = {row.thing: row for row in rows}
    for thing, each in decisions.items():
        row, person = by_thing.get(thing), _whom(each, known, ids)
        if row is None:
            conflicts += [] if _is_so(each, person, rows, ids) else [conflict(each, _GONE, is_open=False)]
        elif each.verdict == "keep" and leaked.stand_in(row.form):
            conflicts.append(conflict(each, TELLS))
        elif each.verdict == "belongs" and person is None:
            conflicts.append(conflict(each, _NO_TARGET))
        else:
            counting[thing] = each
            if each.verdict == "keep":
                dropped.update(row.mentions)
                let_go.append((row, each))
            elif person:
                given |= dict.fromkeys(row.mentions, person.id)
                forms.append((person.id, row.form))
            elif row.kind == LEFT_IN and row.person:  # hidden where they were doubtful, and nowhere else
                given |= dict.fromkeys(row.mentions, row.person)
    return OnForms(
        given=given,
        dropped=frozenset(dropped),
        forms=tuple(forms),
        let_go=tuple(let_go),
        counting=counting,
        conflicts=tuple(conflicts),
    )


def _whom(decision: ReviewDecision, known: KnownPeople, ids: ReviewIds) -> Person | None:
    if decision.verdict != "belongs":
        return None
    if is_new(decision.whom):
        return known.person(ids.person(split_off(None, "", _group(decision)).id))
    return known.person(decision.whom)


def _is_so(decision: ReviewDecision, person: Person | None, rows: Sequence[FormRow], ids: ReviewIds) -> bool:
    """Whether a form whose row is gone is that person's already, as after people.csv was accepted back."""
    form = decision.basis[0] if decision.basis else ""
    return person is not None and any(row.person == person.id and ids.written(row.key, row.form) == form for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnWords:
    """Mentions of words that were left in and are hidden by decision; whose forms those are; the decisions that count, and those that cannot."""

    mentions: tuple[Mention, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    counting: Mapping[str, ReviewDecision] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def on_words(
    decisions: Mapping[str, ReviewDecision], texts: Sequence[NamedText], mentions: Sequence[Mention], known: KnownPeople, ids: ReviewIds
) -> OnWords:
    """What the decisions in effect say of words that were left in; each is looked for as it is written, wherever nothing is hidden yet."""
    wanted: dict[str, str | None] = {}
    counting: dict[str, ReviewDecision] = {}
    conflicts: list[Conflict] = []
    for thing, each in decisions.items():
        person = _whom(each, known, ids)
        if each.verdict == "belongs" and person is None:
            conflicts.append(conflict(each, _NO_TARGET))
            continue
        counting[thing] = each
        if each.verdict != "keep" and each.words.strip():
            wanted[each.words] = person.id if person else None
    return OnWords(
        mentions=tuple(_found(wanted, texts, mentions)) if wanted else (),
        forms=tuple((person, form) for form, person in wanted.items() if person),
        counting=counting,
        conflicts=tuple(conflicts),
    )


def _found(wanted: Mapping[str, str | None], texts: Sequence[NamedText], mentions: Sequence[Mention]) -> Iterator[Mention]:
    taken: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        taken.setdefault(mention.text_id, []).append((mention.start, mention.end))
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in sorted(wanted, key=len, reverse=True)))
    for text in texts:
        simple = clean(text.text)
        for match in pattern.finditer(simple.text):
            start, end = simple.back(*match.span())
            if not overlaps(start, end, taken.get(text.id, ())):
                yield Mention(text_id=text.id, start=start, end=end, kind="PERSON", person=wanted[match[0]], found_by="decision", score=1.0)
