"""An author's report held against a review: everyone and everything that is named in it, what may tell who is meant, and what was left over."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from anonymise.checking.citations import cited
from anonymise.checking.elsewhere import Elsewhere
from anonymise.checking.field_titles import FieldTitles
from anonymise.checking.found import Met, hits_of
from anonymise.checking.known import KnownReview, LetGo, whole_names
from anonymise.checking.left_over import LeftOver
from anonymise.checking.own_words import OwnWords
from anonymise.checking.proposals import SOMEBODY, Pseudonyms, standing
from anonymise.deciding.form_rows import with_lasting_ids
from anonymise.deciding.form_rows import written as form_of
from anonymise.hiding.changes import Changes
from anonymise.jigsaw.queue import NO_PASSAGES, queue_of
from anonymise.recognising.names import tokens
from anonymise.recognising.recognise import Recognition, recognise
from anonymise.recognising.who import Doubt
from anonymise.words.texts import Clean, NamedText, clean, overlaps, plain
from timeline.authored import Hit, HitKind, Passage
from timeline.people import Mention, Replacement

_KINDS: Mapping[str, HitKind] = {
    "PLACE": "place",
    "ORGANISATION": "place",
    "AGENCY": "agency",
    "DATE": "date",
    "AGE": "age",
    "TIME": "time",
}
_WHY: Mapping[HitKind, str] = {
    "name": "This is the name of somebody in this review.",
    "stranger": "This reads as the name of somebody whom the review does not know.",
    "identifier": "This leads to one person or household.",
    "place": "This names a place or organisation; in a small place it tells who is meant.",
    "agency": "The drafts call this agency by its type.",
    "date": "The drafts show dates in more general words.",
    "age": "The drafts show ages in more general words.",
    "time": "The drafts show times in more general words.",
}
_SEVERAL = "This name fits more than one person of this review: whom does it mean?"
_WORD = "This may be the name of somebody in this review, or an ordinary word."
_ADDED = re.compile(r"\[[^\[\]]*\]")  # what a draft adds to the words that it quotes, and the general words in them
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([\w.-]+)", re.IGNORECASE)


def check_passages(passages: Sequence[Passage], known: KnownReview) -> tuple[Hit, ...]:
    """Every hit of a report in the order of its passages, without decisions; the draft's own words are none."""
    texts = tuple(NamedText(id=each.id, text=each.text) for each in passages)
    cleaned = {each.id: clean(each.text) for each in texts}
    recognition = _recognised(texts, cleaned, known)
    met: dict[str, list[Met]] = defaultdict(list)
    for step in (_named(texts, recognition, known), _telling(texts, recognition, known)):
        for text_id, each in step:
            met[text_id].append(each)
    left, elsewhere = LeftOver(known), _elsewhere(known)
    own_words = OwnWords(known)
    for passage in passages:
        here = met[passage.id]
        own = own_words.in_text(passage)
        here += left.in_passage(passage, [*((each.start, each.end) for each in here if each.kind != "passage"), *own])
        met[passage.id] = _with_elsewhere(here, [each for _, each in elsewhere.in_text(cleaned[passage.id])])
    return tuple(hit for passage in passages for hit in hits_of(passage, met[passage.id], known.ids))


def check_parts(parts: Mapping[str, bytes], found: Sequence[Hit], known: KnownReview) -> tuple[Hit, ...]:
    """The hits of any part of the file, markup and names of parts too, whose words are not among those that were found in its passages."""
    said = [tokens(hit.words) for hit in found if hit.kind != "passage"]  # a name in a quotation is a hit of its own
    words = frozenset(each[start:end] for each in said for start in range(len(each)) for end in range(start + 1, len(each) + 1))
    hits: list[Hit] = []
    for number, written, met in LeftOver(known).in_parts(parts, words):
        place = Passage(id=f"P{number:05}", place=f"part {number} of the file", what="part of the file", text=written, visible=False)
        hits += hits_of(place, [met], known.ids)
    return tuple(hits)


def people_of_others(passages: Sequence[Passage], known: KnownReview) -> int:
    """How many people of other reviews of the folder a report names whole."""
    elsewhere = _elsewhere(known)
    return len({name for passage in passages for name, _ in elsewhere.in_text(clean(passage.text))})


def _elsewhere(known: KnownReview) -> Elsewhere:
    return Elsewhere(known.elsewhere, whole_names(known.people, known.hiding.recognition))


def _with_elsewhere(met: Sequence[Met], others: Sequence[Met]) -> list[Met]:
    """What was met, a stranger who is known in another review told so."""
    spans = [(each.start, each.end) for each in others]
    return [*(each for each in met if each.kind != "stranger" or not overlaps(each.start, each.end, spans)), *others]


def _recognised(texts: Sequence[NamedText], cleaned: Mapping[str, Clean], known: KnownReview) -> Recognition:
    """Everyone and everything named in the report, without what the draft says itself and what the board's review left in."""
    rules = known.hiding.recognition
    found = recognise(texts, known.people, known.case.agencies, known.detectors, rules, known.things)
    found = with_lasting_ids(found, known.ids)
    said, own_words, let_go = {each.id: each.text for each in texts}, OwnWords(known), LetGo(known)
    spans = {text_id: own_words.spans(text) for text_id, text in cleaned.items()}
    kept = tuple(
        each
        for each in found.mentions
        if not own_words.cover(cleaned[each.text_id], _clean_span(cleaned[each.text_id], each.start, each.end), spans[each.text_id])
        and not let_go.holds(each.kind, each.person, form_of(each, said))
        and not _is_public(each, said, known)
    )
    named = {each.person for each in kept}
    people = tuple(person for person in found.people if person.id in named or any(person.id == each.id for each in known.people))
    return replace(found, mentions=kept, people=people)


def _clean_span(text: Clean, first: int, last: int) -> tuple[int, int]:
    """The characters first to last (exclusive) of a text as read as those of its clean form."""
    inside = [at for at, (start, end) in enumerate(zip(text.starts, text.ends, strict=True)) if start < last and first < end]
    return inside[0], inside[-1] + 1


def _is_public(mention: Mention, said: Mapping[str, str], known: KnownReview) -> bool:
    """Whether a mention is a public body's web address, or an agency's name in words of the field that any place has."""
    words = said[mention.text_id][mention.start : mention.end]
    if mention.kind == "URL" and (host := _HOST.match(words.strip())):
        return any(host[1].lower() == site or host[1].lower().endswith(f".{site}") for site in known.public_sites)
    return mention.kind == "AGENCY" and known.hiding.recognition.is_harmless(tokens(words))


def _named(texts: Sequence[NamedText], recognition: Recognition, known: KnownReview) -> Iterator[tuple[str, Met]]:
    """People, identifiers, places, dates, ages and times, each with what the draft would say there."""
    pseudonyms = Pseudonyms(known, recognition.people)
    stands = standing(known, recognition.people, pseudonyms.all)
    changes = Changes(stands, recognition.mentions, texts, NO_PASSAGES)
    doubts = {(each.text_id, each.start): each for each in recognition.doubts}
    passing, unknown = _Passing(known), dict[str, str]()
    for text in texts:
        for change in changes.of(text):
            met = _met(change, pseudonyms, doubts.get((text.id, change.start)))
            if change.kind == "SPACE" or passing.lets(text, met):
                continue
            if change.kind == "PERSON" and change.person is None:
                form = plain(change.text)
                if form not in unknown:
                    unknown[form] = pseudonyms.next(SOMEBODY)
                met = replace(met, proposal=unknown[form])
            yield text.id, met


class _Passing:
    """What a detector met and tells of no family: words of the draft, authors of works that are cited, titles of posts and programmes."""

    def __init__(self, known: KnownReview) -> None:
        self._own = OwnWords(known)
        self._titles = FieldTitles(known.hiding.recognition)

    def lets(self, text: NamedText, met: Met) -> bool:
        """Whether something that was met is no hit; the name of somebody in the review always is one."""
        if met.kind == "name":
            return False
        around = [(start, end) for start, end in self._own.in_text(text) if start < met.end and met.start < end]
        if met.kind == "age":  # "aged 18" of "18 to 24"
            return any(start < met.start or end > met.end for start, end in around)
        if met.kind in ("date", "time"):
            return any(start <= met.start and met.end <= end for start, end in around)
        if any(start < met.start < end for start, end in around):
            return True  # it begins within a pseudonym: the number of "Person 3" is no house's
        simple = clean(text.text)
        if met.kind in ("stranger", "place") and overlaps(met.start, met.end, list(cited(simple))):
            return True
        return met.kind == "stranger" and self._titles.cover(simple, _clean_span(simple, met.start, met.end))


def _met(change: Replacement, pseudonyms: Pseudonyms, doubt: Doubt | None) -> Met:
    kind: HitKind = _KINDS.get(change.kind, "identifier")
    if change.kind == "PERSON":
        kind = "name" if change.person in pseudonyms.of_review else "stranger"
    why, ordinary = _WHY[kind], False
    if kind == "name" and doubt:
        why, ordinary = (_WORD, True) if doubt.why == "word" else (_SEVERAL, False) if len(doubt.candidates) > 1 else (why, False)
    return Met(
        start=change.start,
        end=change.end,
        kind=kind,
        proposal=change.replacement,
        why=why,
        person=change.person if kind == "name" else None,
        with_neighbours=ordinary,
    )


def _telling(texts: Sequence[NamedText], recognition: Recognition, known: KnownReview) -> Iterator[tuple[str, Met]]:
    """Facts that may tell who is meant and that the draft does not say: those of the draft are decided on in its own review."""
    drafted = f" {' '.join(' '.join(tokens(_ADDED.sub(' ', text))) for text in _drafted(known))} "
    said, texts_by_id, own_words = {each.id: each.text for each in texts}, {each.id: each for each in texts}, OwnWords(known)
    rules = (known.hiding.jigsaw, known.hiding.recognition)
    for each in queue_of(texts, recognition.mentions, known.policy, rules, known.case.jurisdiction):
        if any(start <= each.start and each.end <= end for start, end in own_words.in_text(texts_by_id[each.text_id])):
            continue
        pieces = (tokens(piece) for piece in _ADDED.sub(" ", said[each.text_id][each.start : each.end]).split("…"))
        if not all(f" {' '.join(piece)} " in drafted for piece in pieces if piece):
            yield each.text_id, Met(start=each.start, end=each.end, kind="passage", proposal=each.replacement, why=each.why)


def _drafted(known: KnownReview) -> Iterator[str]:
    draft = known.draft
    yield from (each.text for each in draft.events)
    for analysis in draft.analyses:
        yield from (analysis.heading, analysis.text)
    for finding in draft.findings:
        yield from (finding.question, finding.rule, finding.standard, finding.source)
