"""A text as words with their places, and which clause and sentence each stands in."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})  # one character for one: places stay right
_ENDS = re.compile(r"\n|[!?](?=\s|$)|\.(?=\s+[^a-z\s]|\s*$)")
_BREAKS = re.compile(r"[;:]|\s[–—-]\s|→")
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


def words_of(text: str) -> tuple[Word, ...]:
    """Every run of letters and digits, in order: "T/C to mum's" is t, c, to, mum, s.

    A sentence ends at a line's end, at ! or ?, or at a full stop before a capital, digit or quotation mark; a clause also at a semicolon, a
    colon, a dash between blanks or an arrow.
    """
    found: list[Word] = []
    clause = sentence = last = 0
    plain = text.translate(_QUOTES)
    for match in _WORD.finditer(plain):
        between = plain[last : match.start()]
        if found and between != " ":
            if _ENDS.search(between + plain[match.start()]) and (
                not between.startswith(".") or "\n" in between or found[-1].text not in _SHORT_FORMS
            ):
                sentence += 1
                clause += 1
            elif _BREAKS.search(between) and not (between == ":" and found[-1].text.isdigit()):
                clause += 1
        found.append(Word(match[0].casefold(), match.start(), match.end(), clause, sentence, between))
        last = match.end()
    return tuple(found)
