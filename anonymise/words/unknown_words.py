"""Words with a capital that stand in no dictionary and in no list, and do what only people do: "Iestyn was not at home"."""

import re
from collections.abc import Iterator
from functools import cache

from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import SHORTEST, is_no_word
from anonymise.words.once import Once
from anonymise.words.texts import plain
from anonymise.words.variants import SHORTEST_VARIANT, is_variant
from anonymise.words.word_names import at_sentence_start, does_as_people_do, has_accent

_CAPITAL_WORD = re.compile(r"(?<![\w'’&/@#.-])[A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž]+(?:-[A-Za-zÀ-ÿĀ-ž]+)?(?![\w&/@-])")


class Acting:
    """Finds such words; what the rules say of a word is asked once."""

    def __init__(self, rules: RecognitionRules) -> None:
        """Hold the rules."""
        self._rules = rules
        self._is_unknown = Once[str, bool](lambda bare: is_no_word(bare, rules))
        self._is_slip = Once[str, bool](lambda bare: any(is_variant(bare, known) for known in _words_of_people(rules)))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Characters start to end of such words in a clean text; a slip of a word of the field ("Mohter said") is none."""
        for match in _CAPITAL_WORD.finditer(text):
            bare = plain(match[0])
            short = len(bare) < SHORTEST and bare not in self._rules.harmless and at_sentence_start(text, match.start())
            unknown = short or has_accent(match[0]) or self._is_unknown[bare]
            if unknown and does_as_people_do(text, match.end(), self._rules) and not self._is_slip[bare]:
                yield match.span()


@cache
def _words_of_people(rules: RecognitionRules) -> tuple[str, ...]:
    """The words of role, kinship and the field that a slip may make look like a name."""
    single = (word for word in (*rules.roles, *rules.relations, *rules.harmless) if word.isalpha() and len(word) >= SHORTEST_VARIANT)
    return tuple(dict.fromkeys(single))
