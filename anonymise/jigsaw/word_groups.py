"""Groups of words that follow one another, by which a text can be known again."""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile(r"[^\W_]+")


def letters(text: str) -> list[str]:
    """The words of a text in order, in lower case."""
    return list(map(str.casefold, WORD.findall(text)))


def groups(said: Sequence[str], words: int) -> Iterator[int]:
    """A number for each run of so many words, in order: the same for the same words, within one run of the program alone."""
    return map(hash, zip(*(said[first:] for first in range(words)), strict=False))
