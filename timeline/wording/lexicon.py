"""Lists of phrases, found in a text's words in one pass however many lists there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from timeline.wording.words import Word, words_of

_GAP = "…"
_MOST_BETWEEN = 3  # words that "…" stands for, at most
_PREFIX = 2  # characters at least of a word with "*" that a phrase begins with
_STEM = 4  # and at most that it is looked up by


class Found(NamedTuple):
    """A phrase of the list `name`: words first to last (inclusive) of a text."""

    name: str
    first: int
    last: int


_found = partial(tuple.__new__, Found)  # in half the time, as for words


class _Piece(NamedTuple):
    """One word of a phrase. `stem`: it may have any ending; `tight`: no blank stands before it; `between`: so many words may, at most."""

    text: str
    stem: bool
    tight: bool
    between: int

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.stem else word == self.text


type _Phrase = tuple[str, tuple[_Piece, ...]]  # the list's name and the phrase


class _Beginning(NamedTuple):
    """The phrases that begin with one word, without it: lists that hold it alone, phrases that anything may follow, others by the word that must."""

    alone: tuple[str, ...]
    open: tuple[_Phrase, ...]
    by_second: Mapping[str, tuple[_Phrase, ...]]


_NOTHING = _Beginning((), (), {})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Named lists of phrases. `names` are the lists' names.

    A phrase is words in any case: `*` at the end of a word stands for any ending, `…` for up to three words. "t/c" and "rec'd" are found as
    they are written, without blanks.
    """

    names: frozenset[str]
    _by_word: Mapping[str, Sequence[_Phrase]] = field(repr=False)
    _by_stem: Mapping[str, Sequence[_Phrase]] = field(repr=False)
    # what each word met so far begins, worked out once: a review has few words and says them often
    _met: dict[str, _Beginning] = field(default_factory=dict, init=False, repr=False, compare=False)

    def found(self, words: Sequence[Word]) -> Sequence[Found]:
        """Every phrase in the words, in order of its first word; of one list the longest at a place, and none inside another."""
        met, end = self._met, len(words) - 1
        taken: dict[str, int] = {}  # list -> the last word of its phrase found last
        found = []
        for place, word in enumerate(words):
            begun = met.get(word.text) or self._meet(word.text)
            if begun is _NOTHING:
                continue
            alone, phrases, by_second = begun
            if by_second and place < end:
                phrases += by_second.get(words[place + 1].text, ())
            longest = dict.fromkeys(alone, place)
            for name, rest in phrases:
                if (last := _match(rest, words, place)) > longest.get(name, -1):
                    longest[name] = last
            for name, last in longest.items():
                if taken.get(name, -1) < place:
                    taken[name] = last
                    found.append(_found((name, place, last)))
        return found

    def _meet(self, word: str) -> _Beginning:
        """What a word begins."""
        phrases = [*self._by_word.get(word, ())]
        for length in range(_PREFIX, min(_STEM, len(word)) + 1):
            phrases += (phrase for phrase in self._by_stem.get(word[:length], ()) if phrase[1][0].fits(word))
        self._met[word] = _beginning(phrases)
        return self._met[word]


def lexicon_of(lists: Mapping[str, Iterable[str]]) -> Lexicon:
    """A lexicon of the lists; ValueError where a phrase holds no word or begins with a gap."""
    by_word: defaultdict[str, list[_Phrase]] = defaultdict(list)
    by_stem: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for name, phrases in lists.items():
        for phrase in phrases:
            pieces = _pieces(phrase)
            if not pieces or pieces[0].between or (pieces[0].stem and len(pieces[0].text) < _PREFIX):
                raise ValueError(f"the phrase {phrase!r} of {name} needs a word of {_PREFIX} letters or more to begin with")
            index, key = (by_stem, pieces[0].text[:_STEM]) if pieces[0].stem else (by_word, pieces[0].text)
            index[key].append((name, pieces))
    return Lexicon(frozenset(lists), by_word, by_stem)


def _beginning(phrases: Iterable[_Phrase]) -> _Beginning:
    alone, followed = [], []
    by_second: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for name, (_, *rest) in phrases:
        if not rest:
            alone.append(name)
        elif rest[0].stem or rest[0].between:
            followed.append((name, tuple(rest)))
        else:
            by_second[rest[0].text].append((name, tuple(rest)))
    if not (alone or followed or by_second):
        return _NOTHING
    return _Beginning(tuple(alone), tuple(followed), {word: tuple(each) for word, each in by_second.items()})


def _pieces(phrase: str) -> tuple[_Piece, ...]:
    words = words_of(phrase)
    pieces: list[_Piece] = []
    for word in words:
        tight = bool(pieces) and " " not in word.before and _GAP not in word.before
        pieces.append(_Piece(word.text, phrase[word.end : word.end + 1] == "*", tight, _MOST_BETWEEN if _GAP in word.before else 0))
    return tuple(pieces)


def _match(rest: tuple[_Piece, ...], words: Sequence[Word], place: int) -> int:
    """The place of the last word where the rest of a phrase that begins at `place` follows, else -1. It never runs over a clause's end."""
    at, clause, end = place, words[place].clause, len(words)
    for text, stem, tight, between in rest:
        for ahead in range(at + 1, at + 2 + between):
            if ahead == end or (word := words[ahead]).clause != clause:
                return -1
            if (word.text.startswith(text) if stem else word.text == text) and not (tight and word.before.isspace()):
                at = ahead
                break
        else:
            return -1
    return at
