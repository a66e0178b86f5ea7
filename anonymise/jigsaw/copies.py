"""Runs of words that rows of two agencies have alike: copied out of a document that others may hold too."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from anonymise.jigsaw.word_groups import WORD, groups, letters
from anonymise.words.texts import NamedText


def copied_runs(texts: Sequence[tuple[NamedText, str]], shortest: int) -> Iterator[tuple[int, int, int]]:
    """(number of the text, start, end) of every run of at least `shortest` words that texts of two agencies have alike.

    `texts` are each with their clean form, into which start and end (exclusive) point.
    """
    of_texts = [tuple(groups(letters(plain), shortest)) for _, plain in texts]
    of_agencies: dict[str, set[int]] = defaultdict(set)
    for (given, _), own in zip(texts, of_texts, strict=True):
        of_agencies[given.agency].update(own)
    met: set[int] = set()
    shared: set[int] = set()
    for own_groups in of_agencies.values():
        shared |= met & own_groups
        met |= own_groups
    for number, ((_, plain), own) in enumerate(zip(texts, of_texts, strict=True)):
        if not shared.isdisjoint(own):
            places = [match.span() for match in WORD.finditer(plain)]
            for first, last in _runs([group in shared for group in own]):
                yield number, places[first][0], places[last + shortest - 1][1]


def _runs(alike: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last place (inclusive) of each unbroken run of True."""
    first: int | None = None
    for at, so in enumerate((*alike, False)):
        if so and first is None:
            first = at
        elif not so and first is not None:
            yield first, at - 1
            first = None
