"""What is met in one passage before it becomes a hit, and the words that a person sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.authored import Hit, HitKind, Passage
from timeline.review_decisions import ReviewIds

_BESIDE = 60  # characters of context that a person sees on each side


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Characters start to end of a passage's text, what they are, what could stand there and why somebody should look.

    `with_neighbours`: a decision on these words holds only between the same neighbouring words, for they are ordinary words elsewhere.
    """

    start: int
    end: int
    kind: HitKind
    proposal: str
    why: str
    person: str | None = None
    with_neighbours: bool = False


def hits_of(passage: Passage, met: Sequence[Met], ids: ReviewIds) -> tuple[Hit, ...]:
    """The hits of a passage in order, those alone that touch what is its own."""
    own = passage.own or ((0, len(passage.text)),)
    return tuple(
        _hit(passage, each, ids)
        for each in sorted(met, key=lambda each: (each.start, -each.end))
        if any(each.start < end and start < each.end for start, end in own)
    )


def _hit(passage: Passage, met: Met, ids: ReviewIds) -> Hit:
    text = passage.text
    words = _on_one_line(text[met.start : met.end])
    before, after = text[max(0, met.start - _BESIDE) : met.start], text[met.end : met.end + _BESIDE]
    beside = (_last_word(before), _first_word(after)) if met.with_neighbours else ()
    return Hit(
        thing=ids.of("report-hit", met.kind, "seen" if passage.visible else "behind", words, *beside),
        passage=passage.id,
        place=passage.place,
        what=passage.what,
        visible=passage.visible,
        start=met.start,
        end=met.end,
        kind=met.kind,
        words=words,
        before=_on_one_line(before),
        after=_on_one_line(after),
        proposal=met.proposal,
        why=met.why,
        person=met.person,
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1] if words else ""


def _first_word(text: str) -> str:
    words = text.split()
    return words[0] if words else ""
