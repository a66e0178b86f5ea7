"""Who and what is named in a review: people, identifiers, addresses and places, in every text, by offsets into the text as read.

The cast list comes first; then the detectors and patterns; then who is who; then every name found is looked for in the whole review;
the words of the field are let go last, and never over someone who is known.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from anonymise.detecting.detectors import Found, Stretches
from anonymise.recognising.candidates import Candidate, Candidates
from anonymise.recognising.columns import column_candidates
from anonymise.recognising.discover import propose
from anonymise.recognising.index import Hit, Index
from anonymise.recognising.initials import single_letters
from anonymise.recognising.listed import short_forms
from anonymise.recognising.names import Tokens, tokens
from anonymise.recognising.relations import Relations
from anonymise.recognising.spans import GUESSES, Span
from anonymise.recognising.things import Listed, born_after_names, everywhere, known_things, things_in
from anonymise.recognising.titled import TITLE_AND_INITIAL, rank_and_number, title_pattern, with_titles
from anonymise.recognising.who import Doubt, Named, WhoIsWho
from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import Doubtful, is_no_word
from anonymise.words.habits import Habits, habits_of
from anonymise.words.texts import Clean, NamedText, clean, plain
from anonymise.words.word_names import reads_as_name
from timeline.beside import Side, no_side
from timeline.case import Agency
from timeline.people import Mention, Person


class Finder(Protocol):
    """Whatever finds spans in clean texts: the real detectors, or recorded ones in tests."""

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """What was found in each text; a slow detector may look at the `doubtful` stretches of a text alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Everyone and everything named in a review.

    `people` are the cast and, after it, proposed people (`in_cast` False); `mentions` are in order of text and place and never
    overlap; `forms` are each person's names as they were written; `things` the other written forms with their kinds; `doubts` are
    mentions that a person should look at: they fit several people, may be no name, or name somebody whom nobody knows. `relations` are words
    of kinship and role ("mum", "the HV") that mean one person of the cast; they stay as they are written.
    """

    people: tuple[Person, ...]
    mentions: tuple[Mention, ...]
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    things: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    relations: tuple[Mention, ...] = ()


def recognise(
    texts: Sequence[NamedText],
    cast: Sequence[Person],
    agencies: Sequence[Agency],
    detectors: Finder,
    rules: RecognitionRules,
    seen: Sequence[tuple[str, str]] = (),
    beside: Side = no_side,
) -> Recognition:
    """Find everyone and everything that is named in the texts of one review; `seen` are forms and kinds of things, and of names whose bearers
    nobody knows, known beforehand. Half of the texts may be looked through `beside` the other half.
    """
    return _recognised(texts, [1] * len(texts), (cast, agencies, seen), detectors, rules, beside)


type _Known = tuple[Sequence[Person], Sequence[Agency], Sequence[tuple[str, str]]]


def _recognised(
    texts: Sequence[NamedText], times: Sequence[int], known: _Known, detectors: Finder, rules: RecognitionRules, beside: Side = no_side
) -> Recognition:
    """What `recognise` finds; `times` says of each text how often the review says the same."""
    cast, agencies, seen = known
    cleaned = [clean(each.text) for each in texts]

    @cache
    def known_before() -> tuple[Habits, _Listed, Doubtful]:
        """How the review writes its words and whom of the cast it names: worked out while the detectors look for shapes already."""
        habits = habits_of(cleaned, times)
        return habits, _Listed.among(cast, cleaned, rules, habits), Doubtful(rules, habits)

    def doubtful(number: int) -> Stretches:
        _, listed, sentences = known_before()
        return sentences.stretches(cleaned[number], listed.spans(number))

    found = detectors.find([each.text for each in cleaned], doubtful)
    habits, listed, _ = known_before()
    things = things_in(texts, cleaned, found, cast, known_things(agencies, seen, rules), rules, habits)
    people = _everyone(texts, cleaned, found, things, listed, habits, rules, beside)
    index, before_name = Index(people, rules, habits), title_pattern(rules)
    named = [hit for number, text in enumerate(cleaned) for hit in with_titles(number, text, index, before_name)]
    who = WhoIsWho(people, rules)
    who.count(named, texts, times)
    spans: list[list[Span]] = [[] for _ in texts]
    queued: list[Doubt] = []
    for number, span in _meant(named, texts, cleaned, who, rules):
        if isinstance(span, Doubt):
            queued.append(span)
        else:
            spans[number].append(span)
    names = Listed({tokens(form): "PERSON" for form, kind in seen if kind == "PERSON"}, rules)
    for number, (text, more) in enumerate(zip(cleaned, things, strict=True)):
        spans[number].extend(each for each in names.spans(text, "check") if _is_name_here(text, each, rules))
        spans[number].extend([*more, *born_after_names(text, spans[number])])
    return _as_recognition(texts, cleaned, everywhere(cleaned, spans, rules), people, queued, Relations(cast, rules))


def _is_name_here(text: Clean, span: Span, rules: RecognitionRules) -> bool:
    """Whether a name that the last gate found stands here: one that is a word, too, only where it reads as a name ("Seen in May")."""
    form = tokens(text.text[span.start : span.end])
    ordinary = len(form) == 1 and (form[0] in rules.names_that_are_words or rules.is_said_by_us(form[0]))
    return not ordinary or reads_as_name(text.text, span.start, span.end, rules)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The cast, the index of their names, and where it finds them in each text."""

    cast: Sequence[Person]
    index: Index
    hits: Sequence[Sequence[Hit]]

    @classmethod
    def among(cls, cast: Sequence[Person], cleaned: Sequence[Clean], rules: RecognitionRules, habits: Habits) -> "_Listed":
        """The cast looked for in all texts."""
        index = Index(cast, rules, habits)
        return cls(cast, index, [index.find(text) for text in cleaned])

    def spans(self, number: int) -> list[tuple[int, int]]:
        """Characters start to end of the names of the cast in a text."""
        return [(hit.start, hit.end) for hit in self.hits[number]]


def _everyone(
    texts: Sequence[NamedText],
    cleaned: Sequence[Clean],
    found: Sequence[Sequence[Found]],
    things: Sequence[Sequence[Span]],
    listed: _Listed,
    habits: Habits,
    rules: RecognitionRules,
    beside: Side,
) -> tuple[Person, ...]:
    """The cast with the short forms used for it, and the people whom the texts name besides."""
    finder, places = Candidates(rules, habits), frozenset(map(tokens, rules.places))

    def candidates_in(number: int) -> Iterator[Candidate]:
        given, text = texts[number], cleaned[number]
        seen = {(each.start, each.end) for each in found[number] if each.kind == "PERSON"}
        certain = (
            span
            for span in things[number]
            if span.kind not in GUESSES and not ((span.start, span.end) in seen and _may_be_someone(text.text, span, rules))
        )
        given_names = {each.end + 1 for each in found[number] if each.kind == "GIVEN_NAME" and text.text[each.end : each.end + 1] == " "}
        taken = [(s.start, s.end) for s in certain if s.kind != "PLACE" or not _may_be_surname(text.text, s, (given_names, places), rules)]
        taken += [
            (hit.start, hit.end) for hit in listed.hits[number] if any(c.part in {"full", "short"} and not c.derived for c in hit.claims)
        ]
        yield from finder.of(number, given, text, found[number], taken)

    def candidates_among(numbers: range) -> list[Candidate]:
        return [each for number in numbers for each in candidates_in(number)]

    half = len(texts) // 2
    with beside(lambda: candidates_among(range(half, len(texts)))) as others:
        candidates = [*candidates_among(range(half)), *others.result()]
    candidates += column_candidates(texts, cleaned, listed.cast, rules)
    known = short_forms(candidates, listed.cast, listed.index, rules)
    return (*known, *propose(candidates, known, Index(known, rules, habits), rules))


def after_particle(text: str, start: int, rules: RecognitionRules) -> bool:
    """Whether a particle of surnames stands right before: Carteret is a port, and de Carteret a family."""
    before = re.search(r"(?<![\w'-])([A-Za-z]+) $", text[max(0, start - 8) : start])
    return before is not None and before[1].lower() in rules.particles - {"st", "saint", "la", "le", "les", "o", "y"}


def _may_be_surname(text: str, place: Span, seen: tuple[Set[int], Set[Tokens]], rules: RecognitionRules) -> bool:
    """Whether what looks like a place may be somebody's surname: after a particle, after a word that is nothing but a name ("Iestyn Gwynedd"),
    or after what a detector calls a given name where no list has the place; `seen` is where a given name was before, and the listed places.
    """
    after_given_name, places = seen
    listed = tokens(text[place.start : place.end]) in places
    before = re.search(r"(?<![\w'-])([A-ZÀ-Þ][a-zà-ÿ]+) $", text[max(0, place.start - 20) : place.start])
    named = before is not None and len(text[place.start : place.end].split()) == 1 and is_no_word(plain(before[1]), rules)
    return after_particle(text, place.start, rules) or named or (place.start in after_given_name and not listed)


def _may_be_someone(text: str, place: Span, rules: RecognitionRules) -> bool:
    """Whether what looks like a building is a given name and a surname that is such a word: "Mark Field", and not "at Victoria Park"."""
    words = text[place.start : place.end].split()
    given = len(words) == 2 and plain(words[0]) in rules.nicknames.keys() | rules.given_words
    where = re.search(r"\b(?:at|in|to|from|near|of|the|outside|behind|opposite|on) $", text[max(0, place.start - 9) : place.start])
    return place.kind == "PLACE" and given and where is None


def _meant(
    named: Sequence[Named], texts: Sequence[NamedText], cleaned: Sequence[Clean], who: WhoIsWho, rules: RecognitionRules
) -> Iterator[tuple[int, Span | Doubt]]:
    """Each name with the person whom it means; a collar number that once stood beside a name stands for its bearer alone, too.

    What may be an ordinary word is hidden where the cast list holds such a person, in small letters too, or where somebody was found with given
    name and surname; it is queued in any case.
    """
    collars = who.collars()
    for each in named:
        if found := _of_name(each, texts, cleaned, who):
            yield each.text, found
            if each.number and isinstance(found, Span) and found.person:
                collars[each.number] = found.person
    ranked = rank_and_number(rules)
    for number, text in enumerate(cleaned):
        for match in ranked.finditer(text):
            yield number, Span(match.start(), match.end(), "PERSON", 0.9, "rank-and-number", collars.get(match[1]))
        for match in TITLE_AND_INITIAL.finditer(text):
            person = who.by_title_and_initial(match[1].lower(), match[2].lower())
            yield number, Span(match.start(), match.end(), "PERSON", 0.6, "title-and-initial", person)
        for start, end, letter in single_letters(text, rules):
            if fitting := who.by_letter(letter, texts[number]):
                yield number, Span(start, end, "PERSON", 0.4, "single-letter", fitting[0], fitting[1:])


def _of_name(each: Named, texts: Sequence[NamedText], cleaned: Sequence[Clean], who: WhoIsWho) -> Span | Doubt | None:
    """Whom one name means, or the doubt where it was left in; None where it is nobody's here."""
    text = cleaned[each.text]
    meant = who.settle(each, texts[each.text], text)
    if meant is None:
        maybe = who.may_be(each, text)
        return _left_in(each, maybe, texts, cleaned) if maybe else None
    small = text.text[each.start].islower() and not who.is_listed(meant.person)
    if each.hit.unclear and (small or not who.is_known_whole(meant.person)):
        return _left_in(each, meant.person, texts, cleaned)
    renamed = all(claim.part == "renamed" for claim in each.hit.claims)
    known = "other-surname" if renamed else "cast" if who.is_listed(meant.person) else "propagation"
    found_by = "word-name" if each.hit.unclear else known
    return Span(each.start, each.end, "PERSON", meant.score, found_by, meant.person, meant.others)


def _left_in(each: Named, person: str, texts: Sequence[NamedText], cleaned: Sequence[Clean]) -> Doubt:
    """That words may name somebody, and were left in."""
    start, end = cleaned[each.text].back(each.start, each.end)
    return Doubt(text_id=texts[each.text].id, start=start, end=end, candidates=(person,), why="word", hidden=False)


def _as_recognition(
    texts: Sequence[NamedText],
    cleaned: Sequence[Clean],
    spans: Sequence[Sequence[Span]],
    people: Sequence[Person],
    queued: Sequence[Doubt],
    relations: Relations,
) -> Recognition:
    """Spans that never overlap, as mentions in the texts as read."""
    mentions: list[Mention] = []
    doubts = list(queued)
    kin: list[Mention] = []
    forms: dict[str, dict[str, None]] = {}
    things: dict[tuple[str, str], None] = {}
    for given, text, listed in zip(texts, cleaned, spans, strict=True):
        here: list[Mention] = []
        for span in listed:
            start, end = text.back(span.start, span.end)
            score = round(span.score, 3)
            here.append(
                Mention(text_id=given.id, start=start, end=end, kind=span.kind, person=span.person, found_by=span.found_by, score=score)
            )
            if span.person and span.found_by != "single-letter":
                forms.setdefault(span.person, {})[text.text[span.start : span.end]] = None
            if span.kind != "PERSON":
                things[text.text[span.start : span.end], span.kind] = None
            doubts.extend(_doubts_of(span, given, start, end))
        mentions += here
        kin += relations.of(given, text, here)
    met = tuple(person for person in people if person.in_cast or person.id in forms)
    named = tuple((p.id, tuple(forms.get(p.id, ()))) for p in met)
    order = {given.id: number for number, given in enumerate(texts)}
    doubts.sort(key=lambda doubt: (order[doubt.text_id], doubt.start))
    return Recognition(people=met, mentions=tuple(mentions), forms=named, things=tuple(things), doubts=tuple(doubts), relations=tuple(kin))


def _doubts_of(span: Span, given: NamedText, start: int, end: int) -> Iterator[Doubt]:
    """What a person should look at in one mention of somebody."""
    if span.kind != "PERSON":
        return
    if span.person is None:
        yield Doubt(text_id=given.id, start=start, end=end, candidates=(), why="unknown")
    elif span.found_by in {"word-name", "single-letter"}:
        yield Doubt(text_id=given.id, start=start, end=end, candidates=(span.person, *span.others), why="word")
    elif span.found_by == "other-surname":
        yield Doubt(text_id=given.id, start=start, end=end, candidates=(span.person, *span.others), why="surname")
    elif span.others:
        yield Doubt(text_id=given.id, start=start, end=end, candidates=(span.person, *span.others))


class _Nothing:
    """Detectors that find nothing, for texts of our own in which only known people can be named."""

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:  # noqa: ARG002
        return [[] for _ in texts]


def recognise_again(
    texts: Sequence[NamedText], recognition: Recognition, agencies: Sequence[Agency], rules: RecognitionRules
) -> tuple[Mention, ...]:
    """Where texts that were written later, such as a finding's question, name what is known already; no detector is run.

    Most of them are the same sentence for every finding of a kind: each is looked at once.
    """
    alike: dict[NamedText, list[str]] = {}
    for each in texts:
        alike.setdefault(replace(each, id=""), []).append(each.id)
    once = [replace(each, id=ids[0]) for each, ids in alike.items()]
    known = (recognition.people, agencies, recognition.things)
    found = _recognised(once, [len(ids) for ids in alike.values()], known, _Nothing(), rules).mentions
    by_text: dict[str, list[Mention]] = {}
    for mention in found:
        by_text.setdefault(mention.text_id, []).append(mention)
    first = {each: ids[0] for ids in alike.values() for each in ids}
    return tuple(replace(mention, text_id=each.id) for each in texts for mention in by_text.get(first[each.id], ()))
