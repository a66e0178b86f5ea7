"""What a review knows when an author's report is checked: its people with their pseudonyms, its numbers and places, and its draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from anonymise.hiding.standing import HidingRules
from anonymise.policy import Policy
from anonymise.recognising.names import Tokens, claims_of
from anonymise.recognising.recognise import Finder
from anonymise.rules import RecognitionRules
from anonymise.words.texts import plain
from timeline.case import Case
from timeline.people import Person
from timeline.review_decisions import ReviewDecision, ReviewIds, in_effect
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson, SafeReview


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReview:
    """A review as its last run left it.

    `people` have the pseudonyms of the draft, `things` are (form, kind) of every number, address, place and organisation that was hidden,
    `words` what stands for them in the draft. `first_event` is the first day that a row can mean. `elsewhere` are whole names of
    people of other reviews in this folder. `decisions` are those of the review of the anonymisation. `public_sites` are hosts, `titles`
    names of laws, guidance and public bodies, that tell of no family.
    """

    case: Case
    people: tuple[Person, ...]
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    things: tuple[tuple[str, str], ...]
    words: frozenset[str]
    draft: SafeReview
    policy: Policy
    hiding: HidingRules
    detectors: Finder
    ids: ReviewIds
    first_event: date | None = None
    elsewhere: frozenset[Tokens] = frozenset()
    decisions: tuple[ReviewDecision, ...] = ()
    public_sites: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def let_go(self, kind: str, person: str | None, form: str) -> bool:
        """Whether the board's review left one form in; for many, `LetGo` holds the decisions that count."""
        return LetGo(self).holds(kind, person, form)


class LetGo:
    """What the board's review of the anonymisation left in: people who are public or no person, and forms that stay."""

    def __init__(self, known: KnownReview) -> None:
        """Hold the decisions that count."""
        self._ids = known.ids
        self._counting = in_effect(known.decisions).decisions
        let_out = (each for each in self._counting.values() if each.about == "person" and each.verdict in ("public", "no-person"))
        self._names = {name for each in let_out for name in each.basis}
        self._of_review = {person.id for person in known.people}

    def holds(self, kind: str, person: str | None, form: str) -> bool:
        """Whether a form of somebody or something was left in; a public person is known by the names that the review found."""
        of_person = self._counting.get(self._ids.person(person)) if person else None
        of_form = self._counting.get(self._ids.form(kind, person, form))
        is_public = of_person is not None and of_person.verdict in ("public", "no-person")
        is_named_so = kind == "PERSON" and person not in self._of_review and self._ids.name(plain(form)) in self._names
        return is_public or is_named_so or (of_form is not None and of_form.verdict == "keep")


def whole_names(people: tuple[Person, ...], rules: RecognitionRules) -> frozenset[Tokens]:
    """The names of people that are given name and surname, as they are looked for in a report of another review."""
    return frozenset(
        form
        for person in people
        for form, claim in claims_of(person, rules)
        if claim.part == "full" and len(form) > 1 and len("".join(form)) > 6
    )


def draft_from(record: Mapping[str, Any]) -> SafeReview:
    """The review as anonymised/anonymised.json says it; KeyError or TypeError where it does not."""
    case = record["case"]
    return SafeReview(
        **{key: case[key] for key in ("reference", "kind", "title", "period", "policy", "counts")},
        agencies=tuple(case["agencies"]),
        people=tuple(SafePerson(**each) for each in case["people"]),
        events=tuple(SafeEvent(**each) for each in record["events"]),
        analyses=tuple(SafeAnalysis(**each) for each in record["analyses"]),
        findings=tuple(SafeFinding(**{**each, "phrases": tuple(map(tuple, each.get("phrases", ())))}) for each in record["findings"]),
    )


def with_words_of_reports(hiding: HidingRules, words: Iterable[str]) -> HidingRules:
    """The rules of hiding, which let words of reports pass as they let those of chronologies."""
    rules = hiding.recognition
    return replace(hiding, recognition=replace(rules, harmless=rules.harmless | {plain(word) for word in words}))
