"""Lists of phrases, found in a text's words in one pass however many lists there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from timeline.wording.words import Word, words_of

_GAP = "…"
_MOST_BETWEEN = 3  # words that "…" stands for, at most
_PREFIX = 2  # characters at least of a word with "*" that a phrase begins with
_STEM = 4  # and at most that it is looked up by


type Found = tuple[str, int, int]  # a phrase of a list, by the list's name: words first to last (inclusive) of a text

_text_of = itemgetter(0)  # of a word; an attribute's takes longer


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
    """The phrases that begin with one word, without it: lists that hold it alone, those that go on with the next word, or a few words on.

    These stand by the word that they go on with, by its first letter where it may have any ending.
    """

    alone: tuple[str, ...]
    near: Mapping[str, tuple[_Phrase, ...]]
    far: Mapping[str, tuple[_Phrase, ...]]


_NOTHING = _Beginning((), {}, {})


class _Beginnings(dict[str, _Beginning]):
    """What each word met so far begins, worked out once: a review has few words and says them often."""

    def __init__(self, by_word: Mapping[str, Sequence[_Phrase]], by_stem: Mapping[str, Sequence[_Phrase]]) -> None:
        self._by_word, self._by_stem = by_word, by_stem

    def __missing__(self, word: str) -> _Beginning:
        phrases = [*self._by_word.get(word, ())]
        for length in range(_PREFIX, min(_STEM, len(word)) + 1):
            phrases += (phrase for phrase in self._by_stem.get(word[:length], ()) if phrase[1][0].fits(word))
        self[word] = _beginning(phrases)
        return self[word]


class _Joined(dict[str, _Beginning]):
    """What each word met so far begins in either of two lexicons; what it begins in the first comes first."""

    def __init__(self, one: Mapping[str, _Beginning], other: Mapping[str, _Beginning]) -> None:
        self._both = (one, other)

    def __missing__(self, word: str) -> _Beginning:
        one, other = (begun[word] for begun in self._both)
        if one is _NOTHING or other is _NOTHING:
            self[word] = one if other is _NOTHING else other
        else:
            near, far = (
                {key: (*mine.get(key, ()), *theirs.get(key, ())) for key in {**mine, **theirs}}
                for mine, theirs in ((one.near, other.near), (one.far, other.far))
            )
            self[word] = _Beginning((*one.alone, *other.alone), near, far)
        return self[word]


class _Some(dict[str, _Beginning]):
    """What each word met so far begins in some of a lexicon's lists."""

    def __init__(self, all_lists: Mapping[str, _Beginning], names: Set[str]) -> None:
        self._all, self._names = all_lists, names

    def __missing__(self, word: str) -> _Beginning:
        alone, near, far = self._all[word]
        some = _Beginning(tuple(name for name in alone if name in self._names), self._kept(near), self._kept(far))
        self[word] = some if any(some) else _NOTHING
        return self[word]

    def _kept(self, index: Mapping[str, tuple[_Phrase, ...]]) -> Mapping[str, tuple[_Phrase, ...]]:
        kept = {key: tuple(each for each in phrases if each[0] in self._names) for key, phrases in index.items()}
        return {key: phrases for key, phrases in kept.items() if phrases}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Named lists of phrases. `names` are the lists' names.

    A phrase is words in any case: `*` at the end of a word stands for any ending, `…` for up to three words. "t/c" and "rec'd" are found as
    they are written, without blanks.
    """

    names: frozenset[str]
    _begun: Mapping[str, _Beginning] = field(repr=False)

    def joined(self, other: "Lexicon") -> "Lexicon":
        """The lists of both, found in one pass as each finds its own. ValueError where both have a list of one name."""
        if both := self.names & other.names:
            raise ValueError(f"two lists have the name {min(both)}")
        return Lexicon(self.names | other.names, _Joined(self._begun, other._begun))

    def only(self, names: Set[str]) -> "Lexicon":
        """The lists of these names alone."""
        return Lexicon(self.names & names, _Some(self._begun, names))

    def can_be_in(self, said: Set[str]) -> bool:
        """Whether a phrase may be found in a text of these words (`said_in`), at some place or none; where not, the text need not be read."""
        letters = {word[0] for word in said}
        for beginning in map(self._begun.__getitem__, said):
            if beginning is not _NOTHING and (
                beginning.alone or any(key in said or key in letters for index in (beginning.near, beginning.far) for key in index)
            ):
                return True
        return False

    def found(self, words: Sequence[Word]) -> Sequence[Found]:
        """Every phrase in the words, in order of its first word; of one list the longest at a place, and none inside another."""
        taken: dict[str, int] = {}  # list -> the last word of its phrase found last
        found: list[Found] = []
        for place, beginning in enumerate(map(self._begun.__getitem__, map(_text_of, words))):
            if beginning is _NOTHING:
                continue
            longest = dict.fromkeys(beginning.alone, place)
            for name, rest in _following(beginning, words, place):
                if (last := _match(rest, words, place)) > longest.get(name, -1):
                    longest[name] = last
            for name, last in longest.items():
                if taken.get(name, -1) < place:
                    taken[name] = last
                    found.append((name, place, last))
        return found


def _following(beginning: _Beginning, words: Sequence[Word], place: int) -> Sequence[_Phrase]:
    """The phrases that begin at a place and may go on as the words after it do: most words begin none that does."""
    _, near, far = beginning
    phrases: tuple[_Phrase, ...] = ()
    for after in words[place + 1 : place + 2 + _MOST_BETWEEN] if far else ():
        phrases += far.get(after.text, ()) + far.get(after.text[0], ())
    if near and place + 1 < len(words):
        after = words[place + 1]
        phrases += near.get(after.text, ()) + near.get(after.text[0], ())
    return phrases


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
    return Lexicon(frozenset(lists), _Beginnings(by_word, by_stem))


def _beginning(phrases: Iterable[_Phrase]) -> _Beginning:
    alone = []
    near: defaultdict[str, list[_Phrase]] = defaultdict(list)
    far: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for name, (_, *rest) in phrases:
        if not rest:
            alone.append(name)
            continue
        second = rest[0]
        (far if second.between else near)[second.text[0] if second.stem else second.text].append((name, tuple(rest)))
    if not (alone or near or far):
        return _NOTHING
    return _Beginning(tuple(alone), *({key: tuple(each) for key, each in index.items()} for index in (near, far)))


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
