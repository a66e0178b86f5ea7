"""Retyped: whether two texts are the same words, typed twice."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from timeline.findings.accounts import Account
from timeline.findings.when_told import times_told
from timeline.wording.lexicon import Lexicon
from timeline.wording.words import Word, words_of

_FILLERS = frozenset({"the", "a", "an", "and"})
_SIGNS = re.compile(r"[?<>=↑↓±%£$€#~✓✔☑✗✘☒☐]|(?:^|(?<=\s))\+(?=$)")  # a full stop, a comma, a bracket or a dash changes nothing; these do
_MINUS = re.compile(r"(?:^|\s)[-–−]$")
_PARTS = re.compile(r"\d+|\D+")
_JOINS_FIGURES = frozenset(".:/")
_MOSTLY = 0.7  # of the letters: the row is written in capitals, and they tell no name from a word

_FEWEST = 4  # words that stand in both to the letter: a shorter row is the same entry only where nothing differs
_WORDS_A_SLIP = 10  # one slip, and one more for each so many words: a careful typist's
_LONGEST_GAP = 8  # words between two that stand in both
_SHORTEST = 5  # letters: a shorter word that differs by one is another word ("form" and "from", "he" and "she")
_VOWELS = frozenset("aeiou")
_VOWEL_LETTERS, _VOWEL_FROM = (
    7,
    3,
)  # a wrong vowel is a slip in a long word, behind its beginning ("attendence"; not "putting" and "patting")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_INITIALS = range(2, 6)  # letters


class Piece(NamedTuple):
    """A word, number or sign as it is compared: in lower case, or the name of its list in rules/same_words.toml.

    `person`: who is named by it; `word`: it is no name, so that it may hold a slip; `minutes`: the times of day that it can mean.
    """

    text: str
    person: str | None = None
    word: bool = False
    minutes: tuple[int, ...] = ()

    @property
    def number(self) -> bool:
        """Whether a figure stands in it."""
        return any(letter.isdigit() for letter in self.text)


def pieces_of(account: Account, start: int, end: int, same_words: Lexicon) -> tuple[Piece, ...]:
    """The pieces of a row's text from `start` to `end` (exclusive): what stands for one thing is written one way, articles and stops are left out."""
    words = [word for word in account.words if start <= word.start < end]
    text = account.event.text[start:end]
    names = _names(account, words, text)
    times = [(each.start + start, each.end + start, each.minutes) for each in times_told(text, words_of(text))]
    alike: dict[int, tuple[int, str]] = {}
    for name, first, last in same_words.found(words):
        alike[first] = max(alike.get(first, (0, "")), (last, name))
    pieces: list[Piece] = []
    place = 0
    while place < len(words):
        word, before = words[place], words[place].before if place else ""
        pieces += _signs(before, word.text)
        if minutes := next((each for first, last, each in times if first <= word.start < last), ()):
            _add_time(pieces, minutes)
        elif place in alike and not names.get(place):
            place, name = alike[place]
            pieces += (Piece(part, word=not part.isdigit()) for each in name.split("_") for part in _PARTS.findall(each))
        else:
            _add(pieces, word.text, before, names.get(place))
        place += 1
    pieces += _signs(account.event.text[words[-1].end : end] if words else text, "")
    return tuple(each for each in pieces if each.text not in _FILLERS)


def _names(account: Account, words: Sequence[Word], text: str) -> Mapping[int, str]:
    """Who is named at the words by their places: a person's id, empty for what has a capital inside its sentence and is nobody known."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters) > _MOSTLY * len(letters)
    found = {}
    for place, word in enumerate(words):
        person = next((each.person for each in account.mentions if each.start <= word.start < each.end), None)
        inside = place > 0 and words[place - 1].sentence == word.sentence
        if person or (inside and not capitals and account.event.text[word.start].isupper()):
            found[place] = person or ""
    return found


def _signs(between: str, word: str) -> list[Piece]:
    """The signs between two words that change what they say; a minus only before a figure or "ve"."""
    if between == " " or not between:
        return []
    found = [Piece(sign) for sign in _SIGNS.findall(between)]
    if _MINUS.search(between) and (word == "ve" or word[:1].isdigit()):
        found.append(Piece("-"))
    return found


def _add_time(pieces: list[Piece], minutes: tuple[int, ...]) -> None:
    """Add a time of day; its further words add nothing."""
    if pieces and pieces[-1].text == "at":
        pieces.pop()
    if not (pieces and pieces[-1].minutes == minutes):
        pieces.append(Piece("@" + "/".join(map(str, minutes)), minutes=minutes))


def _add(pieces: list[Piece], text: str, before: str, name: str | None) -> None:
    """Add a word: "mum's" is one, so is a person's whole name; "30mg" two, "18/12" and "1.5" one number without its noughts in front."""
    last = pieces[-1] if pieces else Piece("")
    if last.text and ((name and last.person == name) or (before == "'" and last.word)):
        pieces[-1] = last._replace(text=last.text + text)
        return
    for number, part in enumerate(_PARTS.findall(text)):
        figures = (part.lstrip("0") or "0") if part.isdigit() else part
        if not number and part.isdigit() and before in _JOINS_FIGURES and last.text[-1:].isdigit():
            pieces[-1] = Piece(last.text + before + figures)
        else:
            pieces.append(Piece(figures, name or None, name is None and not part.isdigit()))


def retyped(one: Sequence[Piece], other: Sequence[Piece], rare: Callable[[str], bool]) -> bool:
    """Whether the two say the same in the same words, but for slips of the pen and short forms.

    What differs must be one word's slip, its short form or initials, or the same person's name: never another name, number, side, negation or sign.
    Of a word and its slip one is `rare`: it stands in no other row.
    """
    texts = [each.text for each in one], [each.text for each in other]
    if texts[0] == texts[1]:
        return True
    if sorted(each.text for each in one if each.number) != sorted(each.text for each in other if each.number):
        return False
    both, slips = 0, 0
    for same, first, last, start, end in _aligned(*texts):
        if same:
            both += last - first
        else:
            found = _slips_between(one[first:last], other[start:end], rare)
            if found is None:
                return False
            slips += found
    shorter = min(len(one), len(other))
    return both >= _FEWEST and 2 * both >= shorter and slips <= 1 + shorter // _WORDS_A_SLIP


def _aligned(one: list[str], other: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """The stretches that stand in both and those between them: whether it is in both, first and last place of the one and of the other."""
    before = (0, 0)
    for each in LCSseq.opcodes(one, other):
        if each.tag == "equal":
            if before != (each.src_start, each.dest_start):
                yield False, before[0], each.src_start, before[1], each.dest_start
            yield True, each.src_start, each.src_end, each.dest_start, each.dest_end
            before = (each.src_end, each.dest_end)
    if before != (len(one), len(other)):
        yield False, before[0], len(one), before[1], len(other)


def _slips_between(one: Sequence[Piece], other: Sequence[Piece], rare: Callable[[str], bool]) -> int | None:
    """How many slips make the one the other; None where none do."""
    if not one and not other:
        return 0
    if not one or not other or max(len(one), len(other)) > _LONGEST_GAP:
        return None
    for first in range(1, len(one) + 1):
        for last in range(1, len(other) + 1):
            found = _slips(one[:first], other[:last], rare)
            if found is not None and (rest := _slips_between(one[first:], other[last:], rare)) is not None:
                return found + rest
    return None


def _slips(one: Sequence[Piece], other: Sequence[Piece], rare: Callable[[str], bool]) -> int | None:
    """0 where the two are one thing written two ways, 1 where one is a slip of the other, else None."""
    if any(each.number or each.minutes for each in (*one, *other)):
        return None
    people = {each.person for each in (*one, *other)}
    joined = "".join(each.text for each in one), "".join(each.text for each in other)
    if (len(people) == 1 and None not in people) or joined[0] == joined[1] or _initials(one, other) or _initials(other, one):
        return 0
    if len(one) > 1 or len(other) > 1 or not (one[0].word and other[0].word):
        return None
    if _short(*joined) or _short(*reversed(joined)):
        return 0
    return 1 if is_slip(*joined) and any(rare(each) for each in joined) else None


def _initials(short: Sequence[Piece], whole: Sequence[Piece]) -> bool:
    """Whether the one is the other's initials: "hv" and "health visitor"."""
    letters = "".join(each.text for each in short)
    each_alone = len(short) == 1 or all(len(each.text) == 1 for each in short)
    return each_alone and len(letters) in _INITIALS and letters == "".join(each.text[0] for each in whole)


def _short(short: str, whole: str) -> bool:
    """Whether the one is the other without its vowels: "msg" and "message"."""
    without = "".join(letter for letter in whole if letter not in _VOWELS)
    return len(short) > 2 and len(short) < len(whole) and short in (without, "".join(dict.fromkeys(without)))


def is_slip(one: str, other: str) -> bool:
    """Whether the one word is the other with a slip of the pen: two letters changed places, a letter left out, put in or doubled, the key beside the
    right one hit, or a wrong vowel in a long word. The first letter stays, and so does the ending: "visit" and "visits" are two words.
    """
    if min(len(one), len(other)) < _SHORTEST or one[0] != other[0]:
        return False
    if _undoubled(one) == _undoubled(other):
        return one[-1] == other[-1]
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return not long.startswith(short)
    apart = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    if len(apart) == 2:
        return True
    place = apart[0]
    wrong_vowel = {one[place], other[place]} <= _VOWELS and len(one) >= _VOWEL_LETTERS and place >= _VOWEL_FROM
    return wrong_vowel or frozenset((one[place], other[place])) in _NEIGHBOURS


def _undoubled(word: str) -> str:
    return word[0] + "".join(letter for before, letter in pairwise(word) if letter != before)


def _neighbours() -> Iterator[frozenset[str]]:
    """The pairs of keys that lie beside one another on a keyboard."""
    for row, keys in enumerate(_KEYS):
        yield from (frozenset(pair) for pair in pairwise(keys))
        for place, key in enumerate(keys):
            yield from (frozenset((key, below)) for below in "".join(_KEYS[row + 1 : row + 2])[max(0, place - 1) : place + 1])


_NEIGHBOURS = frozenset(_neighbours())
