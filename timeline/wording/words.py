"""A text as words with their places, and which clause and sentence each stands in."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from sys import intern
from typing import NamedTuple

_WORD = re.compile(r"(\w+)")  # found in half the time of letters and digits without "_", which is no part of a word: see `_plain`
_ENDS = re.compile(r"\n|[!?](?=\s|$)|\.(?=\s+[^a-z\s]|\s*$)")
_BREAKS = re.compile(r"[;:]|\s[–—-]\s|→")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
# a full stop after one of these ends no sentence
_SHORT_FORMS = frozenset(
    {"dr", "mr", "mrs", "ms", "st", "prof", "rev", "approx", "no", "tel", "ref", "eg", "ie", "vs", "art", "sgt", "insp"}
)


class Word(NamedTuple):
    """A word in lower case: characters start to end (exclusive) of its text, its clause and its sentence, both counted through the text.

    `before` is what stands between it and the word before it.
    """

    text: str
    start: int
    end: int
    clause: int
    sentence: int
    before: str


# made from a tuple, a named tuple takes half the time that it takes from its fields, and a review has a million words
_word = partial(tuple.__new__, Word)


def words_of(text: str) -> tuple[Word, ...]:
    """Every run of letters and digits, in order: "T/C to mum's" is t, c, to, mum, s.

    A sentence ends at a line's end, at ! or ?, or at a full stop before a capital, digit or quotation mark; a clause also at a semicolon, a
    colon, a dash between blanks or an arrow.
    """
    found: list[tuple[str, int, int, int, int, str]] = []
    clause = sentence = end = 0
    last = ""  # the word before
    parts = iter(_WORD.split(_plain(text)))  # what stands before the first word, the word, what stands before the second …
    for before, written in zip(parts, parts, strict=False):
        start = end + len(before)
        end = start + len(written)
        if before != " " and found:
            ends, breaks = _parts(before, written[0])
            if ends and (not before.startswith(".") or "\n" in before or last not in _SHORT_FORMS):
                sentence += 1
                clause += 1
            elif breaks and not (before == ":" and last.isdigit()):
                clause += 1
        last = intern(written.casefold())  # one value for each word: less to hold, and found faster
        found.append((last, start, end, clause, sentence, before))
    return tuple(map(_word, found))


def said_in(text: str) -> frozenset[str]:
    """The words of a text, each once and in lower case: those of `words_of`, without their places, in a tenth of the time."""
    return frozenset(map(str.casefold, set(_WORD.findall(_plain(text)))))


def quoted(text: str) -> Sequence[tuple[int, int]]:
    """The places, start to end (exclusive), of what stands in quotation marks: somebody else's words, or another paper's."""
    return [match.span() for match in _QUOTED.finditer(text)] if '"' in text or "“" in text else ()


def _plain(text: str) -> str:
    """The text with plain quotation marks, and no underline, one character for one: places stay right."""
    return text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("_", "|")


@lru_cache(maxsize=4096)
def _parts(between: str, after: str) -> tuple[bool, bool]:
    """Whether what stands between two words can end a sentence, and a clause; `after` is the first letter of the second."""
    return bool(_ENDS.search(between + after)), bool(_BREAKS.search(between))
