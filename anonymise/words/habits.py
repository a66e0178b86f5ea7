"""How a review writes its words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat

from anonymise.words.texts import Clean, overlaps, words_of

# addresses of e-mail and of pages have small letters whatever they name
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habits:
    """How often each word of a review stands in small letters, and how often with a capital."""

    small: Counter[str]
    capital: Counter[str]

    def is_word(self, token: str) -> bool:
        """Whether the review uses a word in small letters at least as often as with a capital."""
        return self.small[token] > 0 and self.small[token] >= self.capital[token]

    def is_mostly_name(self, token: str) -> bool:
        """Whether a word stands with a capital nearly always, so that its small letters are a slip."""
        return self.capital[token] >= 3 and self.capital[token] >= 4 * self.small[token]


def habits_of(texts: Iterable[Clean], times: Iterable[int] | None = None) -> Habits:
    """The habits of a review's texts, each of which counts as often as `times` says; what stands in an address of e-mail or of a page is no
    word of theirs.
    """
    habits = Habits(Counter(), Counter())
    for text, often in zip(texts, repeat(1) if times is None else times, strict=False):
        addresses = (
            [match.span() for match in _ADDRESS.finditer(text.text)] if "@" in text.text or "/" in text.text or "www" in text.text else ()
        )
        words = [word for word in words_of(text) if not addresses or not overlaps(word.start, word.end, addresses)]
        for word in words:
            (habits.capital if text.text[word.start].isupper() else habits.small)[word.plain] += often
    return habits
