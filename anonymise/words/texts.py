"""Texts as a detector should see them: no invisible characters, look-alikes in one form, and a way back to the text as read."""

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from timeline.events import Cell
from timeline.exchange import Exchange

# letters of other scripts that look like Latin ones (Unicode's confusables, those that keyboards and spoofers offer): Cyrillic, Greek, Armenian,
# Cherokee, small capitals and phonetic letters
_LOOKS_LIKE = {
    "A": "АΑᎪ", "B": "ВΒᏴ", "C": "СᏟ", "D": "Ꭰ", "E": "ЕΕᎬ", "G": "ԌᏀ", "H": "НΗᎻ", "I": "ІΙ", "J": "ЈᎫ", "K": "КΚᏦ", "L": "ԼᏞ",
    "M": "МΜᎷ", "N": "Ν", "O": "ОՕΟ", "P": "РΡᏢ", "Q": "Ԛ", "R": "Ꭱ", "S": "ЅՏᏚ", "T": "ТΤᎢ", "U": "Ս", "V": "Ꮩ", "W": "ԜᎳ",
    "X": "ХΧ", "Y": "УΥ", "Z": "ΖᏃ", "a": "аαɑᴀ", "b": "ʙ", "c": "сᴄ", "d": "ԁᴅ", "e": "еҽᴇ", "f": "ꜰ", "g": "ցɡɢ", "h": "һհʜ",
    "i": "іιıɩɪ", "j": "јᴊ", "k": "κᴋ", "l": "ⅼӏʟ", "m": "ᴍ", "n": "ոηɴ", "o": "оօοσᴏ", "p": "рρᴘ", "q": "ԛ", "r": "ʀ",
    "s": "ѕςꜱ", "t": "τᴛ", "u": "սυᴜ", "v": "ѵνᴠ", "w": "ԝѡωᴡ", "x": "х", "y": "уγʏ", "z": "ᴢ",
}  # fmt: skip
LOOK_ALIKES = str.maketrans({other: latin for latin, others in _LOOKS_LIKE.items() for other in others})
_LOOKING_ALIKE = frozenset("".join(_LOOKS_LIKE.values()))
LETTERS_APART = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
PUNCTUATION = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032`\u00b4\ua78c", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7", "-")
    | dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000", " ")
    | dict.fromkeys("\u2028\u2029\x0b\x0c\x85\r", "\n")
)
_EXCHANGE = Exchange(PUNCTUATION)
# a word that goes on in the next line, after a hyphen or a soft one; both parts in small letters or both in capitals
_LINE_END = r"[-\u00ad\u2010\u2011][ \t]?(?:\r\n|[\n\r\x0b\u2028])[ \t]?"
_BROKEN_WORD = re.compile(rf"(?<=[^\W\d_]){_LINE_END}(?=[a-zß-öø-ÿ])|(?<=[A-ZÀ-ÖØ-Þ]{{2}}){_LINE_END}(?=[A-ZÀ-ÖØ-Þ]{{2}})")
# few texts have any, and this is quicker found than the word itself
_HYPHEN_AT_LINE_END = re.compile(r"[-\u00ad\u2010\u2011][ \t]?[\r\n\x0b\u2028]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A text in which people may be named: an event's, an analysis's, a question's.

    `cells` are its columns, where it has some; `day` is the first day that its row can mean, where it has one.
    """

    id: str
    text: str
    agency: str = ""
    cells: tuple[Cell, ...] = ()
    day: date | None = None


class Word(NamedTuple):
    """A run of letters or digits of a text's skeleton: its plain form, and where it stands in the clean text."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Clean:
    """A text in a simpler form, and where each of its characters begins and ends in the text as read."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The characters start to end (exclusive) of the simple form as characters of the text as read; start < end."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order, each by its skeleton; half a dozen passes over a review ask for them."""
        if (bones := _letter_by_letter(self.text)) is not None:
            return tuple(Word(sys.intern(match[0]), *match.span()) for match in _LETTERS.finditer(bones))
        spread = skeleton(Clean(self.text, range(len(self.text)), range(1, len(self.text) + 1)))
        return tuple(Word(sys.intern(match[0]), *spread.back(*match.span())) for match in _LETTERS.finditer(spread.text))

    @cached_property
    def is_letter_by_letter(self) -> bool:
        """Whether each character has one in the skeleton, so that a word begins there wherever one begins in the text."""
        return _letter_by_letter(self.text) is not None


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing: zero-width, bidirectional, soft hyphen, tag, variation selector, filler, control character."""
    return (
        unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
        or character in "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"
        or (unicodedata.category(character) == "Cc" and character not in "\t\n\r\x0b\x0c\x85")
    )


def clean(text: str) -> Clean:
    """The text for the detectors: NFKC, invisible characters gone, words joined that a line's end broke, look-alikes mended in Latin words.

    Quotes, hyphens, spaces, digits and line ends have one form; marks that make no letter with a Latin one are gone.
    """
    broken = broken_words(text)
    simple = _EXCHANGE.in_text(text)  # one character for one, so that offsets stay
    if not broken and not _CONTROL.search(simple):
        other = {} if simple.isascii() else {ord(each): _alone(each) for each in set(simple) if not each.isascii()}
        if all(other.values()):
            simple = _mend_look_alikes(simple.translate(other)) if other else simple
            return Clean(simple, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, length in _clusters(text, broken):
        for each in _simple(text[position : position + length]):
            characters.append(each)
            starts.append(position)
            ends.append(position + length)
    return Clean(_mend_look_alikes("".join(characters)), tuple(starts), tuple(ends))


def broken_words(text: str) -> list[tuple[int, int]]:
    """Characters start to end of what breaks a word at a line's end: the hyphen, the line's end and blanks."""
    return [match.span() for match in _BROKEN_WORD.finditer(text)] if _HYPHEN_AT_LINE_END.search(text) else []


def joined_words(text: str) -> str:
    """The text with its broken words joined."""
    return _BROKEN_WORD.sub("", text) if _HYPHEN_AT_LINE_END.search(text) else text


def _clusters(text: str, broken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(start, length) of each visible character with the marks after it; what is invisible, and what breaks a word, is left out."""
    found: list[tuple[int, int]] = []
    left_out = {position for start, end in broken for position in range(start, end)}
    for position, character in enumerate(text):
        if position in left_out or is_invisible(character):
            continue
        if found and not character.isascii() and unicodedata.category(character) in {"Mn", "Me", "Mc"}:
            start, _ = found[-1]
            found[-1] = (start, position - start + 1)
        else:
            found.append((position, 1))
    return found


@lru_cache(maxsize=4096)
def _simple(cluster: str) -> str:
    """A character with its marks in simple form: NFKC, our own punctuation and digits; a mark that makes no letter with a Latin one is gone."""
    if len(cluster) > 1:
        cluster = "".join(each for each in cluster if not is_invisible(each))
    made = unicodedata.normalize("NFKC", cluster.translate(PUNCTUATION)).translate(PUNCTUATION)
    if len(made) > 1 and made[0].isascii():
        made = "".join(each for each in made if unicodedata.category(each) not in {"Mn", "Me"})
    return "".join(_shown(each) for each in made)


@lru_cache(maxsize=4096)
def _alone(character: str) -> str:
    """The simple form of a character that has one of one character whatever stands beside it; nothing for a mark or what is invisible."""
    made = "" if is_invisible(character) or unicodedata.category(character) in {"Mn", "Me", "Mc"} else _simple(character)
    return made if len(made) == 1 else ""


def _shown(character: str) -> str:
    """A digit of any script as ours, half of a pair that stands alone as the sign for what cannot be read."""
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.digit(character))
    return "\ufffd" if kind == "Cs" else character


def _mend_look_alikes(text: str) -> str:
    """Words that mix Latin letters with look-alikes of other scripts, in Latin letters alone; words of one other script stay."""
    if _LOOKING_ALIKE.isdisjoint(text):
        return text

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        latin = word.translate(LOOK_ALIKES)
        return latin if any("a" <= letter.lower() <= "z" for letter in word) or latin.isascii() else word

    return _WORD.sub(mend, text)


def skeleton(given: Clean) -> Clean:
    """The form in which names are compared: lower case, accents dropped, look-alikes in Latin letters."""
    characters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(given.text):
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


def words_of(given: Clean) -> tuple[Word, ...]:
    """The words of a clean text in order, each by its skeleton; a possessive's `s` is a word of its own."""
    return given.words


def _letter_by_letter(text: str) -> str | None:
    """The skeleton of a text of which each character has one there; None for other texts."""
    if text.isascii():
        return text.lower()
    letters = {ord(each): plain(each) for each in set(text)}
    return text.translate(letters) if all(len(each) == 1 for each in letters.values()) else None


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether start to end (exclusive) shares a character with any of the spans."""
    return any(start < until and begin < end for begin, until in spans)
