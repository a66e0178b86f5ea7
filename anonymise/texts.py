"""Texts as a detector should see them: no invisible characters, look-alikes in one form, and a way back to the text as read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline.events import Cell

# letters of other scripts that look like Latin ones (Unicode's confusables, the ones that keyboards and spoofers offer)
LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕԁԛԝһѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυιıⅼӏ",
    "ABEKMHOPCTXYIJSaeopcyxijsdqwhvABEZHIKMNOPTYXavoptuiill",
)
LETTERS_APART = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
PUNCTUATION = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | {"\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text in which people may be named: an event's, an analysis's, a question's; `cells` are its columns, where it has some."""

    id: str
    text: str
    agency: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Clean:
    """A text in a simpler form, and where each of its characters begins and ends in the text as read."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The characters start to end (exclusive) of the simple form as characters of the text as read; start < end."""
        return self.starts[start], self.ends[end - 1]


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing: zero-width, bidirectional, soft hyphen, tag, variation selector, filler."""
    return (
        unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or character in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    )


def clean(text: str) -> Clean:
    """The text for the detectors: NFKC, invisible characters gone, quotes and hyphens in one form, look-alikes in Latin words mended."""
    simple = text.translate(PUNCTUATION)  # one character for one, so that offsets stay
    if simple.isascii():
        return Clean(simple, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, length in _clusters(text):
        cluster = text[position : position + length]
        for each in cluster if cluster.isascii() else unicodedata.normalize("NFKC", cluster).translate(PUNCTUATION):
            characters.append(each)
            starts.append(position)
            ends.append(position + length)
    return Clean(_mend_look_alikes("".join(characters)), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """(start, length) of each visible character with the combining marks after it; what is invisible is left out."""
    found: list[tuple[int, int]] = []
    for position, character in enumerate(text):
        if character.isascii():
            found.append((position, 1))
            continue
        if is_invisible(character):
            continue
        if found and unicodedata.combining(character):
            start, _ = found[-1]
            found[-1] = (start, position - start + 1)
        else:
            found.append((position, 1))
    return [(start, length) for start, length in found]


def _mend_look_alikes(text: str) -> str:
    """Words that mix Latin letters with look-alikes of other scripts, in Latin letters alone; words of one other script stay."""

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        latin = word.translate(LOOK_ALIKES)
        return latin if any("a" <= letter.lower() <= "z" for letter in word) or latin.isascii() else word

    return _WORD.sub(mend, text)


def skeleton(given: Clean) -> Clean:
    """The form in which names are compared: lower case, accents dropped, look-alikes in Latin letters, words broken at a line's end joined."""
    characters: list[str] = []
    positions: list[int] = []
    broken = {index for match in BROKEN_WORD.finditer(given.text) for index in range(match.start(), match.end())}
    for position, character in enumerate(given.text):
        if position in broken:
            continue
        for each in plain(character):
            characters.append(each)
            positions.append(position)
    return Clean("".join(characters), tuple(given.starts[p] for p in positions), tuple(given.ends[p] for p in positions))


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Lower case without accents, look-alikes in Latin letters; one character may become none or several."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(LETTERS_APART).translate(PUNCTUATION))
    return "".join(each for each in apart if not unicodedata.combining(each) and not is_invisible(each)).translate(LOOK_ALIKES).casefold()


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or digits of a text's skeleton: its plain form, and where it stands in the clean text."""

    plain: str
    start: int
    end: int


_LETTERS = re.compile(r"[^\W_]+")


def words_of(given: Clean) -> tuple[Word, ...]:
    """The words of a clean text in order, each by its skeleton; a possessive's `s` is a word of its own."""
    if given.text.isascii() and not BROKEN_WORD.search(given.text):
        return tuple(Word(match[0], match.start(), match.end()) for match in _LETTERS.finditer(given.text.lower()))
    apart = Clean(given.text, tuple(range(len(given.text))), tuple(range(1, len(given.text) + 1)))
    bones = skeleton(apart)
    return tuple(Word(match[0], *bones.back(match.start(), match.end())) for match in _LETTERS.finditer(bones.text))


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether start to end (exclusive) shares a character with any of the spans."""
    return any(start < until and begin < end for begin, until in spans)
