"""Quotations as runs of a document: the words of a row in a style of their own, what the program adds outside it and in square brackets."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from reports.word_xml import words

QUOTATION, DIFFERING = "Quotation", "Differing"
type Place = tuple[int, int]


class Abbreviations:
    """The abbreviations that a quotation explains at first sight: `explain` gives the insertions of a piece, and knows what it gave before."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Begin with none explained."""
        self._meanings, self._given = meanings, set[str]()
        longest_first = sorted(meanings, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w&\[/])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w&\]]|\s\d)")

    def explain(self, piece: str) -> Iterator[tuple[int, str]]:
        """(place, words) for each abbreviation that is met for the first time; none in a piece all in capitals."""
        if piece.isupper() and len(piece.split()) > 2:
            return
        for match in self._pattern.finditer(piece):
            if match[0] not in self._given:
                self._given.add(match[0])
                yield match.end(), f" [{self._meanings[match[0]]}]"

    def begin_anew(self) -> None:
        """From here on each is explained again."""
        self._given.clear()


def quotation(text: str, piece: Place, explain: Callable[[str], Iterator[tuple[int, str]]], differing: Sequence[Place] = ()) -> str:
    """A piece of a text in quotation marks: its words in the style Quotation, those that differ in Differing, what was added in none."""
    start, end = piece
    added = {start + at: said for at, said in explain(text[start:end])}
    marked = [(max(first, start), min(last, end)) for first, last in differing if first < end and last > start]
    edges = sorted({start, end, *added, *(edge for place in marked for edge in place)})
    runs = [words("“")]
    for first, last in pairwise(edges):
        style = DIFFERING if any(at <= first and last <= until for at, until in marked) else QUOTATION
        runs.append(words(text[first:last], style))
        if last in added:
            runs.append(words(added[last]))
    return "".join([*runs, words("”")])


def plain(piece: str) -> Iterator[tuple[int, str]]:  # noqa: ARG001  stands where abbreviations are explained elsewhere
    """Explains nothing."""
    return iter(())
