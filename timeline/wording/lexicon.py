"""Lists of phrases, found in a text's words in one pass however many lists there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of a phrase. `stem`: it may have any ending; `tight`: no blank stands before it; `after_gap`: up to three words may."""

    text: str
    stem: bool
    tight: bool
    after_gap: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.stem else word == self.text


type _Phrase = tuple[str, tuple[_Piece, ...]]  # the list's name and the phrase


class _Beginning(NamedTuple):
    """The phrases that begin with one word: lists that hold it alone, phrases that anything may follow, and the others by the word that must."""

    alone: tuple[str, ...]
    open: tuple[_Phrase, ...]
    by_second: Mapping[str, tuple[_Phrase, ...]]


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

    def found(self, words: Sequence[Word]) -> Iterator[Found]:
        """Every phrase in the words, in order of its first word; of one list the longest at a place, and none inside another."""
        taken: dict[str, int] = {}
        for place, word in enumerate(words):
            beginning = self._met.get(word.text) or self._meet(word.text)
            longest = {name: place for name in beginning.alone if taken.get(name, -1) < place}
            phrases = beginning.open
            if beginning.by_second and place + 1 < len(words):
                phrases += beginning.by_second.get(words[place + 1].text, ())
            for name, pieces in phrases:
                if taken.get(name, -1) < place and (last := _match(pieces, words, place)) is not None:
                    longest[name] = max(last, longest.get(name, -1))
            for name, last in longest.items():
                taken[name] = last
                yield Found(name, place, last)

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
            if not pieces or pieces[0].after_gap or (pieces[0].stem and len(pieces[0].text) < _PREFIX):
                raise ValueError(f"the phrase {phrase!r} of {name} needs a word of {_PREFIX} letters or more to begin with")
            index, key = (by_stem, pieces[0].text[:_STEM]) if pieces[0].stem else (by_word, pieces[0].text)
            index[key].append((name, pieces))
    return Lexicon(frozenset(lists), by_word, by_stem)


def _beginning(phrases: Iterable[_Phrase]) -> _Beginning:
    alone, followed = [], []
    by_second: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for name, pieces in phrases:
        if len(pieces) == 1:
            alone.append(name)
        elif pieces[1].stem or pieces[1].after_gap:
            followed.append((name, pieces))
        else:
            by_second[pieces[1].text].append((name, pieces))
    return _Beginning(tuple(alone), tuple(followed), {word: tuple(each) for word, each in by_second.items()})


def _pieces(phrase: str) -> tuple[_Piece, ...]:
    words = words_of(phrase)
    pieces: list[_Piece] = []
    for word in words:
        tight = bool(pieces) and " " not in word.before and _GAP not in word.before
        pieces.append(_Piece(word.text, phrase[word.end : word.end + 1] == "*", tight, _GAP in word.before))
    return tuple(pieces)


def _match(pieces: tuple[_Piece, ...], words: Sequence[Word], place: int) -> int | None:
    """The place of the last word where a phrase whose first word stands at `place` goes on, else None. It never runs over a clause's end."""
    at = place
    for piece in pieces[1:]:
        reach = _MOST_BETWEEN if piece.after_gap else 0
        for ahead in range(at + 1, min(at + 2 + reach, len(words))):
            if words[ahead].clause != words[place].clause:
                return None
            if piece.fits(words[ahead].text) and not (piece.tight and words[ahead].before.isspace()):
                at = ahead
                break
        else:
            return None
    return at
