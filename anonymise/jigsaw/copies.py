"""Runs of words that rows of two agencies have alike: copied out of a document that others may hold too."""

import re
from collections.abc import Iterator, Sequence

from anonymise.texts import NamedText

_LETTERS = re.compile(r"[^\W_]+")
_SEVERAL = "\0"  # no agency's name


def copied_runs(texts: Sequence[tuple[NamedText, str]], shortest: int) -> Iterator[tuple[int, int, int]]:
    """(number of the text, start, end) of every run of at least `shortest` words that texts of two agencies have alike.

    `texts` are each with their clean form, into which start and end (exclusive) point.
    """
    found = [[(match[0].casefold(), match.start(), match.end()) for match in _LETTERS.finditer(plain)] for _, plain in texts]
    agencies: dict[int, str] = {}
    grams: list[list[int]] = []
    for (given, _), words in zip(texts, found, strict=True):
        said = [word for word, _, _ in words]
        own = [hash(tuple(said[at : at + shortest])) for at in range(len(said) - shortest + 1)]
        grams.append(own)
        for gram in own:
            if agencies.setdefault(gram, given.agency) != given.agency:
                agencies[gram] = _SEVERAL
    for number, (own, words) in enumerate(zip(grams, found, strict=True)):
        first: int | None = None
        for at in range(len(own) + 1):
            shared = at < len(own) and agencies[own[at]] == _SEVERAL
            if shared and first is None:
                first = at
            elif not shared and first is not None:
                yield number, words[first][1], words[at + shortest - 2][2]
                first = None
