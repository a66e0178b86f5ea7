"""How a review writes its words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from anonymise.texts import Clean, words_of


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
    """The habits of a review's texts."""
    habits = Habits(Counter(), Counter())
    for text in texts:
        for word in words_of(text):
            (habits.capital if text.text[word.start].isupper() else habits.small)[word.plain] += 1
    return habits
