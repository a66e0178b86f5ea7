"""Expressions that begin with one of many words, looked at only where such a word stands."""

import re
from collections.abc import Iterable, Iterator

from anonymise.words.once import Once
from anonymise.words.texts import Clean, plain

_FIRST = re.compile(r"[^\W_]+")


class Begun:
    """An expression whose matches all begin with a word's first letter, and with one of some phrases.

    It finds what it finds everywhere in a text, without trying each letter of it.
    """

    def __init__(self, expression: re.Pattern[str], phrases: Iterable[str], *, goes_on: bool = False) -> None:
        """`phrases` are in any case; `goes_on` is that letters or digits may follow them in the same word ("PC214")."""
        self._expression = expression
        begun = [_FIRST.match(plain(phrase)) for phrase in phrases]
        self._first = frozenset(match[0] for match in begun if match)
        self._everywhere = not all(begun)  # a phrase that begins with a sign begins no word
        beginnings = tuple(self._first)
        self._goes_on = Once[str, bool](lambda word: word.startswith(beginnings)) if goes_on else None

    def finditer(self, text: Clean) -> Iterator[re.Match[str]]:
        """The matches in a clean text, in order; no two overlap."""
        if self._everywhere or not text.is_letter_by_letter:
            yield from self._expression.finditer(text.text)
            return
        first, goes_on = self._first, self._goes_on
        after = 0
        for start in [word.start for word in text.words if (word.plain in first if goes_on is None else goes_on[word.plain])]:
            if start >= after and (match := self._expression.match(text.text, start)):
                yield match
                after = match.end()
