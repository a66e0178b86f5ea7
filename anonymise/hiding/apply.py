"""Replacements put into a text, by presidio-anonymizer, and the offsets that they move."""

import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from timeline.people import Replacement

if TYPE_CHECKING:
    from presidio_anonymizer.core.text_replace_builder import TextReplaceBuilder


def applied(text: str, replacements: Sequence[Replacement]) -> str:
    """The text with every replacement made. Raises ValueError where one does not hold what it says, or two overlap.

    Presidio's builder puts them in, from the last to the first as it wants them: its engine round that joins neighbours of one type, which would
    lose a person. The result is held against the law of the contract, computed plainly.
    """
    expected = _plainly(text, replacements)
    if not replacements:
        return text
    builder = _builder()(text)
    for each in sorted(replacements, key=lambda r: r.start, reverse=True):
        builder.replace_text_get_insertion_index(each.replacement, each.start, each.end)
    made: str = builder.output_text
    if made != expected:
        raise ValueError("the replacements of a text do not give the text that was made of it")
    return made


@cache
def _builder() -> "type[TextReplaceBuilder]":
    """Presidio's builder. For one operator its package also imports all of Presidio that looks for names, and spaCy, which takes 1.5 s and 85 MB;
    it does without where there is none, so none is there for it. No other thread may import that half of Presidio meanwhile: detectors do, and
    they live in a process of their own.
    """
    is_there = "presidio_analyzer" in sys.modules
    if not is_there:
        sys.modules["presidio_analyzer"] = None  # type: ignore[assignment, unused-ignore]
    try:
        from presidio_anonymizer.core.text_replace_builder import TextReplaceBuilder
    finally:
        if not is_there:
            sys.modules.pop("presidio_analyzer", None)
    return TextReplaceBuilder


def _plainly(text: str, replacements: Sequence[Replacement]) -> str:
    made, last = [], 0
    for each in sorted(replacements, key=lambda r: r.start):
        if each.start < last or text[each.start : each.end] != each.text:
            raise ValueError("two replacements overlap, or one does not hold the text that it replaces")
        made += [text[last : each.start], each.replacement]
        last = each.end
    return "".join(made) + text[last:]


def shifted(start: int, end: int, replacements: Sequence[Replacement]) -> tuple[int, int]:
    """Where characters start to end of a text stand after its replacements; a bound inside one moves to that one's edge."""
    return _moved(start, replacements, at_end=False), _moved(end, replacements, at_end=True)


def as_read(start: int, end: int, replacements: Sequence[Replacement]) -> tuple[int, int]:
    """Where characters start to end of a text with its replacements stand in the text as read; a part of a replacement is the whole of it."""
    return _moved_back(start, replacements, at_end=False), _moved_back(end, replacements, at_end=True)


def _moved_back(position: int, replacements: Sequence[Replacement], *, at_end: bool) -> int:
    shift = 0
    for each in sorted(replacements, key=lambda r: r.start):
        first, last = each.start + shift, each.start + shift + len(each.replacement)
        if position < first or (position == first and (at_end or first < last)):
            break
        if position < last:
            return each.end if at_end else each.start
        shift += len(each.replacement) - (each.end - each.start)
    return position - shift


def _moved(position: int, replacements: Sequence[Replacement], *, at_end: bool) -> int:
    shift = 0
    for each in sorted(replacements, key=lambda r: r.start):
        if each.end <= position:
            shift += len(each.replacement) - (each.end - each.start)
        elif each.start < position:  # inside: the edge of what stands there now
            return each.start + shift + (len(each.replacement) if at_end else 0)
    return position + shift
