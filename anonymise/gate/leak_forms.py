"""What must not leave: every form of everyone and everything that a policy hides, and what may stay because it was left in on purpose."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from anonymise.policy import Policy
from anonymise.recognising.names import Tokens, claims_of, tokens
from anonymise.recognising.recognise import Recognition
from anonymise.recognising.things import telling_words
from anonymise.rules import RecognitionRules
from anonymise.words.plain_words import plain_words
from anonymise.words.variants import SHORTEST_VARIANT
from timeline.people import Person
from timeline.safe import SafeReview

Beside = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """What a form stands for and whose it is, and in which case it counts.

    any: wherever it stands; capital: with one; word, upper: only where no decision left it in, and only in what a reader sees; ours: as a word
    where our documents' own words stand, elsewhere with a capital.
    """

    kind: str
    person: str | None
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakForms:
    """Every form that must not leave, its words run together, and the `beginnings` of them all.

    `names`, by first letter, are those of which slips are looked for; `safe`, by first word, is what the draft says instead of names (its
    words are `said`); `left` is what was left in on purpose, with the words beside it; `words` are those after which a longer form goes on;
    `apart` are the words of the forms of several words that need a capital.
    """

    forms: dict[str, Form]
    beginnings: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    safe: Mapping[str, tuple[Tokens, ...]]
    said: frozenset[str]
    left: frozenset[Beside]
    words: frozenset[str]
    apart: frozenset[Tokens]
    rules: RecognitionRules

    def was_left_in(self, around: Beside) -> bool:
        """Whether recognising left a word in between these words; where it began or ended a text then, anything may stand beside it now."""
        before, word, after = around
        return any((b, word, a) in self.left for b in {before, ""} for a in {after, ""})


def leak_forms(
    recognition: Recognition, review: SafeReview, policy: Policy, rules: RecognitionRules, found: Iterable[str] = ()
) -> LeakForms:
    """The forms of everyone and everything that the policy hides; `review` shows which ambiguous ones recognising left in as words.

    `found` are names that were found in an earlier draft: whoever bears them may not be told from others any more.
    """
    forms: dict[str, Form] = {}
    words: set[str] = set()
    apart: set[Tokens] = set()
    named = {person for person, found in recognition.forms if found}
    people = [p for p in recognition.people if "PERSON" in policy.hidden and (p.in_cast or p.id in named)]
    # what somebody is listed as comes before what another may be called for short
    for form, claim in sorted((each for person in people for each in claims_of(person, rules)), key=lambda each: each[1].derived):
        telling = claim.part != "nickname" and len("".join(form)) > 1  # a letter alone tells of no one
        known = forms.get("".join(form))
        words_alone = known is not None and known.case == "word" and len(form) == 1 and claim.part == "full"  # "junesummers"
        if telling and not words_alone and (known is None or (known.case != "any" and not claim.derived)):
            forms["".join(form)] = Form("PERSON", claim.person, _case_of(form, claim.case, claim.part, rules))
            words.update(form[:-1])
            apart.add(form)
    for written, kind in recognition.things:
        if kind in policy.hidden and (form := telling_words(written, kind, rules)):
            forms.setdefault("".join(form), Form(kind, None, "capital" if kind in {"PLACE", "ORGANISATION"} else "any"))
            words.update(form[:-1])
            apart.add(form)
    for person in recognition.people:
        for written in _births(person):
            forms.setdefault(written, Form("DATE_OF_BIRTH", person.id, "any"))
    for form in filter(None, map(tokens, found)):
        together = "".join(form)
        forms.setdefault(together, Form("PERSON", None, _case_of(form, "capital", "full", rules) if len(form) == 1 else "capital"))
        words.update(form[:-1])
        apart.add(form)
    safe = frozenset(form for said in _own_words(review) if (form := tokens(said)))
    names = sorted(
        {word for form, each in _split_names(recognition, rules) if each in named for word in form if len(word) >= SHORTEST_VARIANT}
    )
    ambiguous = {form for form, each in forms.items() if each.case in {"word", "upper"}}
    return LeakForms(
        forms=forms,
        beginnings=frozenset(form[:length] for form in forms for length in range(1, len(form) + 1)),
        names=_by(names, lambda name: name[0]),
        safe=_by(sorted(safe), lambda form: form[0]),
        said=frozenset(word for form in safe for word in form),
        left=frozenset(_left_in(review, ambiguous)),
        words=frozenset(words),
        apart=frozenset(form for form in apart if len(form) > 1 and forms["".join(form)].case == "capital"),
        rules=rules,
    )


def _by[T](given: Iterable[T], first: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for each in given:
        found[first(each)].append(each)
    return {key: tuple(several) for key, several in found.items()}


def _case_of(form: tuple[str, ...], case: str, part: str, rules: RecognitionRules) -> str:
    if len(form) > 1 and all(word in rules.names_that_are_words for word in form):
        return "word"
    if part in {"full", "short"} and len("".join(form)) > 5:
        return "any" if part == "full" else "capital"
    if part == "initials" or len("".join(form)) < 3:
        return "upper"
    if len(form) > 1 or case == "word":
        return case
    if rules.is_of_field_or_files(form[0]) or form[0] in rules.names_that_are_words:
        return "word"
    return "ours" if form[0] in rules.our_words else case


def _births(person: Person) -> Iterator[str]:
    if day := person.date_of_birth:
        yield from (day.strftime(f) for f in ("%d%m%Y", "%Y%m%d", "%d%m%y"))
        yield f"{day.day}{day.month}{day.year}"
        yield from (f"{d}{day.strftime(m).lower()}{day.year}" for d in {str(day.day), f"{day.day:02}"} for m in ("%B", "%b"))


def _split_names(recognition: Recognition, rules: RecognitionRules) -> Iterator[tuple[tuple[str, ...], str]]:
    for person in recognition.people:
        yield from (
            (form, person.id) for form, claim in claims_of(person, rules) if claim.part in {"given", "surname"} and claim.case != "word"
        )


def _own_words(review: SafeReview) -> Iterator[str]:
    """What the draft says instead of names: never a leak, even where a name is like it."""
    for person in review.people:
        yield from (person.pseudonym, person.role)
    yield from review.agencies
    yield review.period
    yield from (event.date for event in review.events)
    yield from (finding.period for finding in review.findings)


def _texts(review: SafeReview) -> Iterator[str]:
    yield from (review.title, review.reference)
    yield from (event.text for event in review.events)
    for analysis in review.analyses:
        yield from (analysis.heading, analysis.text)
    for finding in review.findings:
        yield from (finding.question, finding.rule, finding.standard, finding.source)


def _left_in(review: SafeReview, ambiguous: set[str]) -> Iterator[Beside]:
    """(word before, word, word after) of each ambiguous form that recognising left in as an ordinary word."""
    for text in _texts(review):
        words = plain_words(text)
        if not ambiguous.isdisjoint(words):
            yield from (beside(words, at) for at, word in enumerate(words) if word in ambiguous)


def beside(words: Sequence[str], at: int) -> Beside:
    """The word before, the word itself and the word after; nothing where a text begins or ends."""
    return words[at - 1] if at else "", words[at], words[at + 1] if at + 1 < len(words) else ""
