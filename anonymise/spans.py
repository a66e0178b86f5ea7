"""Spans of a clean text that may overlap, and the ones that stay when they do."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# guesses that give way to anything that is known
GUESSES = frozenset(["TOWN", "RAMPART_TOWN", "HOUSE", "ADDRESS_PART", "ORG_GUESS"])
BECOMES = {"TOWN": "PLACE", "RAMPART_TOWN": "PLACE", "HOUSE": "ADDRESS", "ADDRESS_PART": "ADDRESS", "ORG_GUESS": "ORGANISATION"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to end (exclusive) of a clean text, what they are, how sure, who found it, which person and who else may be meant."""

    start: int
    end: int
    kind: str
    score: float
    found_by: str
    person: str | None = None
    others: tuple[str, ...] = ()


def settled(spans: Iterable[Span]) -> list[Span]:
    """The spans that stay, in order: what is known before what is guessed, then the longest, then people, then the surest."""
    kept: list[Span] = []
    starts: list[int] = []  # of what is kept, in order, with its ends beside
    ends: list[int] = []
    for span in sorted(spans, key=lambda s: (s.kind in GUESSES, s.start - s.end, s.person is None, -s.score, s.start, s.kind)):
        at = bisect_right(starts, span.start)
        if (at == 0 or ends[at - 1] <= span.start) and (at == len(starts) or span.end <= starts[at]):
            starts.insert(at, span.start)
            ends.insert(at, span.end)
            kept.append(span)
    return sorted(
        (Span(s.start, s.end, BECOMES.get(s.kind, s.kind), s.score, s.found_by, s.person, s.others) for s in kept), key=lambda s: s.start
    )
