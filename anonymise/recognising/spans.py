"""Spans of a clean text that may overlap, and the ones that stay when they do."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

# guesses that give way to anything that is known
GUESSES = frozenset(["TOWN", "RAMPART_TOWN", "HOUSE", "ADDRESS_PART", "ORG_GUESS"])
BECOMES = {"TOWN": "PLACE", "RAMPART_TOWN": "PLACE", "HOUSE": "ADDRESS", "ADDRESS_PART": "ADDRESS", "ORG_GUESS": "ORGANISATION"}


_WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


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


def settled(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans of a text that stay, in order: what is known before what is guessed, then the longest, then people, then the surest.

    Of somebody's name on which a longer span lies the rest stays, too: "Ann Petit Bay Nursery" must not leave "Ann" in.
    """
    kept: list[Span] = []
    starts: list[int] = []  # of what is kept, in order, with its ends beside
    ends: list[int] = []
    for span in sorted(spans, key=lambda s: (s.kind in GUESSES, s.start - s.end, s.person is None, -s.score, s.start, s.kind)):
        for start, end in _to_keep(text, span, starts, ends):
            at = bisect_right(starts, start)
            starts.insert(at, start)
            ends.insert(at, end)
            kind = BECOMES.get(span.kind, span.kind)
            kept.append(span if (start, end, kind) == (span.start, span.end, span.kind) else replace(span, start=start, end=end, kind=kind))
    return sorted(kept, key=lambda s: s.start)


def _to_keep(text: str, span: Span, starts: Sequence[int], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Start to end of a span where nothing that is kept lies on it; of a person's name also what words are left beside that."""
    first = bisect_right(ends, span.start)
    over = [(starts[at], ends[at]) for at in range(first, bisect_left(starts, span.end))]
    if not over:
        return [(span.start, span.end)]
    if span.person is None:
        return []
    begins, stops = [span.start, *(end for _, end in over)], [*(start for start, _ in over), span.end]
    rest = (_WORDS.search(text, start, end) for start, end in zip(begins, stops, strict=True) if start < end)
    return [words.span() for words in rest if words]
