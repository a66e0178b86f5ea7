"""How a review writes its words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from anonymise.texts import Clean, overlaps, words_of

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


def habits_of(texts: Iterable[Clean]) -> Habits:
    """The habits of a review's texts; what stands in an address of e-mail or of a page is no word of theirs."""
    habits = Habits(Counter(), Counter())
    for text in texts:
        addresses = (
            [match.span() for match in _ADDRESS.finditer(text.text)] if "@" in text.text or "/" in text.text or "www" in text.text else ()
        )
        words = [word for word in words_of(text) if not addresses or not overlaps(word.start, word.end, addresses)]
        habits.capital.update(word.plain for word in words if text.text[word.start].isupper())
        habits.small.update(word.plain for word in words if not text.text[word.start].isupper())
    return habits
