"""What was left in: every word with a capital that stands in the drafts as the agencies wrote it, and why, for a checker to see."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from anonymise.recognising.names import tokens
from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import dictionary
from anonymise.words.texts import NamedText, broken_words, clean
from timeline.people import Replacement

Why = Literal["unknown", "also a name", "ordinary", "of the field"]
_CAPITALS = re.compile(r"(?<![\w'-])[^\W\d_a-z][\w'-]*(?:[ -][^\W\d_a-z][\w'-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|\n\t•–-]\s*|[\"'(]\s*)$")
_INVISIBLE = "\x00"
type Place = tuple[int, int]  # characters start to end (exclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftIn:
    """Words that stand in the drafts as they were written, why, and where: (text id, start, end) in the text as read."""

    form: str
    why: Why
    places: tuple[tuple[str, int, int], ...]


def left_in(
    texts: Sequence[NamedText], replacements: Iterable[Replacement], rules: RecognitionRules, agencies: Iterable[str]
) -> tuple[LeftIn, ...]:
    """The words with a capital that hiding left in, those that no list and no dictionary knows first, then by how often they stand.

    A word that begins a sentence is left out where it is no word that is a name too; `agencies` are the names by which agencies are kept.
    """
    hidden: dict[str, list[Place]] = {}
    for each in replacements:
        hidden.setdefault(each.text_id, []).append((each.start, each.end))
    known = {tokens(name) for name in agencies}
    found: dict[str, list[tuple[str, int, int]]] = {}
    for text in texts:
        left = list(_left(text.text, sorted(hidden.get(text.id, ()))))
        parts = [text.text[start:end] for start, end in left]
        # a word that a line's end breaks never goes on behind what is hidden
        between = _INVISIBLE if broken_words("".join(parts)) else ""
        begins = list(accumulate((len(part) + len(between) for part in parts), initial=0))
        for form, start, end in _capitals(between.join(parts), rules):
            first, last = (left[part][0] + at - begins[part] for at in (start, end - 1) for part in (bisect(begins, at) - 1,))
            found.setdefault(form, []).append((text.id, first, last + 1))
    rows = [LeftIn(form=form, why=_why(form, rules, known), places=tuple(places)) for form, places in found.items()]
    order: Mapping[Why, int] = {"unknown": 0, "also a name": 1, "ordinary": 2, "of the field": 3}
    return tuple(sorted(rows, key=lambda row: (order[row.why], -len(row.places), row.form)))


def _left(text: str, hidden: Iterable[Place]) -> Iterator[Place]:
    """The stretches of a text that are not hidden, in order; `hidden` are in order, too."""
    at = 0
    for start, end in hidden:
        if at < start:
            yield at, start
        at = max(at, end)
    if at < len(text):
        yield at, len(text)


def _capitals(text: str, rules: RecognitionRules) -> Iterator[tuple[str, int, int]]:
    """Each run of words with capitals, with its place; without a first word that has its capital from the sentence alone."""
    simple = clean(text)
    for match in _CAPITALS.finditer(simple.text):
        start, form = match.start(), match[0]
        first, gap, rest = form.partition(" ")
        ordinary = not (set(tokens(first)) & rules.names_that_are_words) and not (first.isupper() and len(first) > 1)
        if ordinary and _SENTENCE_START.search(simple.text[max(0, start - 4) : start]):
            start, form = start + len(first) + len(gap), rest
        form = re.sub(r"'s?$", "", form.rstrip("'-"))
        if len(form) > 1 and form[0].isupper():
            yield form, *simple.back(start, start + len(form))


def _why(form: str, rules: RecognitionRules, agencies: set[tuple[str, ...]]) -> Why:
    words = tokens(form)
    if set(words) & rules.names_that_are_words:
        return "also a name"
    if words in agencies or rules.is_harmless(words) or _is_said_of_roles(words, rules):
        return "of the field"
    return "ordinary" if all(dictionary().holds(word) for word in words) else "unknown"


def _is_said_of_roles(words: Sequence[str], rules: RecognitionRules) -> bool:
    return all(word in rules.titles or word in rules.roles or word in rules.harmless or word in rules.abbreviations for word in words)
