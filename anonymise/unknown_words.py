"""Words with a capital that stand in no dictionary and in no list, and do what only people do: "Iestyn was not at home"."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from anonymise.doubtful import SHORTEST, is_no_word
from anonymise.rules import RecognitionRules
from anonymise.texts import plain
from anonymise.variants import SHORTEST_VARIANT, is_variant
from anonymise.word_names import at_sentence_start, does_as_people_do, has_accent

_CAPITAL_WORD = re.compile(r"(?<![\w'’&/@#.-])[A-ZÀ-ÞĀ-Ž][a-zà-ÿā-ž]+(?:-[A-Za-zÀ-ÿĀ-ž]+)?(?![\w&/@-])")


def acting(text: str, rules: RecognitionRules) -> Iterator[tuple[int, int]]:
    """Characters start to end of such words in a clean text; a slip of a word of the field ("Mohter said") is none."""
    for match in _CAPITAL_WORD.finditer(text):
        bare = plain(match[0])
        short = len(bare) < SHORTEST and bare not in rules.harmless and at_sentence_start(text, match.start())
        unknown = short or has_accent(match[0]) or is_no_word(bare, rules)
        if unknown and does_as_people_do(text, match.end(), rules) and not _is_slip(bare, rules):
            yield match.span()


@lru_cache(maxsize=4096)
def _is_slip(bare: str, rules: RecognitionRules) -> bool:
    return any(is_variant(bare, known) for known in _words_of_people(rules))


@cache
def _words_of_people(rules: RecognitionRules) -> tuple[str, ...]:
    """The words of role, kinship and the field that a slip may make look like a name."""
    single = (word for word in (*rules.roles, *rules.relations, *rules.harmless) if word.isalpha() and len(word) >= SHORTEST_VARIANT)
    return tuple(dict.fromkeys(single))
