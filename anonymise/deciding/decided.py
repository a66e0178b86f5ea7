"""What the board decided on people, forms and words, applied to what was recognised.

A pure function of the recognition and the log: nothing is taken over from the run before. A decision that cannot be applied as it stands
changes nothing and is told as a conflict; where in doubt, somebody stays hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from anonymise.deciding.form_rows import LEFT_IN, FormRow, KnownPeople, form_rows, led_forms, led_people, told, written
from anonymise.deciding.forms import TELLS, Leaked, OnForms, OnWords, on_forms, on_words, people_made
from anonymise.deciding.people import OnPeople, conflict, on_people, renamed
from anonymise.hiding.pseudonyms import RealNames, pseudonyms_for
from anonymise.recognising.recognise import Recognition
from anonymise.rules import RecognitionRules
from anonymise.words.texts import NamedText
from timeline.people import Mention, Person
from timeline.queued import PassageVerdict
from timeline.review_decisions import Conflict, InEffect, ReviewDecision, ReviewIds, in_effect

_CHANGED = "This person's row stands for somebody with other names now. Nothing is applied: decide again on the person's row."
_TELLS_WORDS = "The words that shall stand here are or hold a real name of this review: choose others."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What decisions are applied on: the review's ids, reference and rules, and the forms that the last check found in the drafts."""

    ids: ReviewIds
    reference: str
    rules: RecognitionRules
    leaked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A recognition as the board decided it, and what its workbook shows of that.

    `recognition` names everyone; `to_hide` is the same without those who are public. `rows` and `people` are what can be decided on: the
    forms as recognised, and everyone who was recognised or split off. `given` leads a mention's number in `mentions`, which are as they
    were recognised, to the person whom its form was given; `merged` whoever is merged to whom. `let_go` are the rows left in by decision.
    `counting` are the decisions in effect by their row, `last` the last word on each row.
    """

    recognition: Recognition
    to_hide: Recognition
    rows: tuple[FormRow, ...]
    people: tuple[Person, ...]
    known: KnownPeople
    mentions: tuple[Mention, ...]
    forms: OnForms
    persons: OnPeople
    let_go: tuple[tuple[FormRow, ReviewDecision], ...] = ()
    passages: tuple[PassageVerdict, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    counting: Mapping[str, ReviewDecision] = field(default_factory=dict)
    last: Mapping[str, ReviewDecision] = field(default_factory=dict)


def decided(base: Recognition, texts: Sequence[NamedText], decisions: Sequence[ReviewDecision], ground: Ground) -> Decided:
    """The recognition with people merged, split, renamed, made public or let go, forms given to people, and words hidden that were left in.

    Raises CaseError where a pseudonym that the cast list chose cannot be used.
    """
    ids, leaked, all_told = ground.ids, Leaked(ground.leaked), told(base)
    rows = form_rows(all_told, texts, ids)
    of = {about: [each for each in decisions if each.about == about] for about in ("person", "form", "word", "passage")}
    forms_said = in_effect(led_forms(of["form"], rows, KnownPeople(base.people, rows, ids), ids))
    made, theirs = people_made(forms_said.decisions, rows, base.people)
    people = (*base.people, *made)
    known = KnownPeople(people, (*rows, *theirs), ids)
    forms = on_forms(forms_said.decisions, rows, known, ids, leaked)
    words_said, passages_said = in_effect(of["word"]), in_effect(of["passage"])
    words = on_words(words_said.decisions, texts, base.mentions, known, ids)
    led, changed = led_people(of["person"], known)
    people_said = in_effect(led)
    persons, kept_hidden = _kept_hidden(on_people(people_said.decisions, known), rows, leaked, ids)
    said = (forms_said, words_said, people_said, passages_said)
    if any(each.decisions for each in said):
        united = _Union(base, all_told, texts, forms, words, persons).recognition(people)
        names = RealNames(united.people, ground.rules, [form for _, written_so in united.forms for form in written_so])
        before = pseudonyms_for(base.people, ground.reference, ground.rules)
        anew = renamed([e for e in people_said.decisions.values() if e.verdict == "rename"], united.people, before, known, names)
        united = replace(united, people=anew.people)
        conflicts, counting = anew.conflicts, anew.counting
        passages, refused = _passages(passages_said.decisions.values(), names, leaked)
    else:
        united, conflicts, counting, passages, refused = base, (), {}, {}, []
    counting = {**forms.counting, **words.counting, **persons.counting, **counting, **passages}
    return Decided(
        recognition=united,
        to_hide=_without(united, persons.public),
        rows=rows,
        people=people,
        known=known,
        mentions=all_told,
        forms=forms,
        persons=persons,
        let_go=(*forms.let_go, *_of_people(persons, rows, ids)),
        passages=tuple(_verdict(each) for each in passages.values()),
        conflicts=tuple(
            chain(
                (each for effect in said for each in effect.conflicts),
                (conflict(each, _CHANGED) for each in changed),
                *(forms.conflicts, words.conflicts, persons.conflicts, kept_hidden, conflicts, refused),
            )
        ),
        counting=counting,
        last=_last(said),
    )


def _last(said: Iterable[InEffect]) -> dict[str, ReviewDecision]:
    return {thing: each for effect in said for thing, each in effect.last.items()}


def _kept_hidden(persons: OnPeople, rows: Sequence[FormRow], leaked: Leaked, ids: ReviewIds) -> tuple[OnPeople, tuple[Conflict, ...]]:
    """The decisions on people without those that let out what the last check found in the drafts, and these."""
    let_out = persons.public | persons.nobody
    shown = {row.person for row in rows if row.person in let_out and leaked.stand_in(row.form)}
    refused = {ids.person(person) for person in shown if person}
    return (
        replace(
            persons,
            public=frozenset(persons.public - shown),
            nobody=frozenset(persons.nobody - shown),
            counting={thing: each for thing, each in persons.counting.items() if thing not in refused},
        ),
        tuple(conflict(persons.counting[thing], TELLS) for thing in sorted(refused)),
    )


@dataclass(frozen=True, slots=True)
class _Union:
    """What a recognition becomes by what was decided on forms, words and people."""

    base: Recognition
    told: Sequence[Mention]
    texts: Sequence[NamedText]
    forms: OnForms
    words: OnWords
    persons: OnPeople

    def recognition(self, people: Sequence[Person]) -> Recognition:
        """The recognition, everyone with the pseudonym that the cast list gave."""
        said = {text.id: text.text for text in self.texts}
        mentions = self._mentions()
        forms: dict[str, dict[str, None]] = {}
        for mention in mentions:
            if mention.person and mention.found_by != "single-letter":
                forms.setdefault(mention.person, {})[written(mention, said)] = None
        met = self._met([each for each in self.persons.united(people) if each.in_cast or each.id in forms])
        shown = {(mention.kind, written(mention, said)) for mention in mentions}
        settled = self.forms.dropped | {*self.forms.given}
        let_go = {(m.kind, written(m, said)) for at, m in enumerate(self.told) if at in settled}
        decided_on = {(m.text_id, m.start) for at, m in enumerate(self.told) if at in settled}
        doubts = (self.persons.doubt(each) for each in self.base.doubts if (each.text_id, each.start) not in decided_on)
        return replace(
            self.base,
            people=met,
            mentions=mentions,
            forms=tuple((each.id, tuple(forms.get(each.id, ()))) for each in met),
            things=tuple((form, kind) for form, kind in self.base.things if (kind, " ".join(form.split())) not in let_go - shown),
            doubts=tuple(each for each in doubts if each),
        )

    def _mentions(self) -> tuple[Mention, ...]:
        """The mentions as decided, in order of text and place."""
        kept = []
        for at, mention in enumerate(self.told):
            person, kind = self.forms.given.get(at, mention.person), "PERSON" if at in self.forms.given else mention.kind
            if at not in self.forms.dropped and kind != LEFT_IN and not (kind == "PERSON" and person in self.persons.nobody):
                kept.append(replace(mention, person=None if person in self.persons.nobody else person, kind=kind))
        order = {text.id: number for number, text in enumerate(self.texts)}
        merged = (replace(each, person=self.persons.merged.get(each.person or "", each.person)) for each in (*kept, *self.words.mentions))
        return tuple(sorted(merged, key=lambda mention: (order[mention.text_id], mention.start)))

    def _met(self, people: Sequence[Person]) -> tuple[Person, ...]:
        """The people with the forms that they were given: those are looked for in the drafts, too."""
        added: dict[str, dict[str, None]] = {}
        for person, form in (*self.forms.forms, *self.words.forms):
            added.setdefault(self.persons.merged.get(person, person), {})[form] = None
        return tuple(
            replace(each, also_known_as=tuple(dict.fromkeys((*each.also_known_as, *(f for f in added[each.id] if f != each.name)))))
            if each.id in added
            else each
            for each in people
        )


def _without(recognition: Recognition, public: frozenset[str]) -> Recognition:
    """The recognition without people who are not hidden; their dates of birth and all that is not their name stay."""
    if not public:
        return recognition
    return replace(
        recognition,
        people=tuple(each for each in recognition.people if each.id not in public),
        mentions=tuple(
            replace(each, person=None) if each.person in public else each
            for each in recognition.mentions
            if each.kind != "PERSON" or each.person not in public
        ),
        forms=tuple((person, forms) for person, forms in recognition.forms if person not in public),
        doubts=tuple(each for each in recognition.doubts if not public & {*each.candidates}),
    )


def _of_people(persons: OnPeople, rows: Sequence[FormRow], ids: ReviewIds) -> list[tuple[FormRow, ReviewDecision]]:
    """The rows of those who are public or no person, with the decision."""
    let_out = persons.public | persons.nobody
    return [
        (row, persons.counting[ids.person(row.person)]) for row in rows if row.kind == "PERSON" and row.person and row.person in let_out
    ]


def _passages(decisions: Iterable[ReviewDecision], names: RealNames, leaked: Leaked) -> tuple[dict[str, ReviewDecision], list[Conflict]]:
    """What was decided on queued passages, without words that would name somebody."""
    counting, refused = {}, []
    for each in decisions:
        if each.verdict == "replace" and (names.stand_in(each.words) or leaked.stand_in(each.words)):
            refused.append(conflict(each, _TELLS_WORDS))
        else:
            counting[each.thing] = each
    return counting, refused


def _verdict(decision: ReviewDecision) -> PassageVerdict:
    words = decision.words.strip() if decision.verdict == "replace" else ""
    return PassageVerdict(passage=decision.thing, verdict=decision.verdict, words=words)  # type: ignore[arg-type]  # one of the three
