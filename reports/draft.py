"""A draft as its parts share it: the safe review, the board's rules, and which rows stand in the narrative."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.drafting import Drafting
from reports.significance import choose
from reports.word_xml import link, words
from timeline.safe import SafeEvent, SafeReview

BANNER = "DRAFT — pseudonymised, not checked for publication"
_UNLABELLED = frozenset({"", "other", "event"})
_UNFIT = re.compile(r"\W")


@dataclass(frozen=True)
class Draft:
    """What the parts of a draft draw on."""

    safe: SafeReview
    drafting: Drafting

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The rows of the narrative, by serial, with the reasons."""
        return choose(self.safe, self.drafting)

    @cached_property
    def serials(self) -> frozenset[str]:
        """Every serial that a reference can lead to."""
        return frozenset(event.id for event in self.safe.events)

    def references(self, serials: Iterable[str]) -> str:
        """References to rows of the anonymised timeline as runs; a click leads there."""
        return words(", ").join(
            link(f"[{serial}]", place(serial)) if serial in self.serials else words(f"[{serial}]") for serial in serials
        )


def in_row_order(serials: Iterable[str]) -> list[str]:
    """The serials as their rows stand: E9999 before E10000."""
    return sorted(serials, key=lambda serial: (len(serial), serial))


def place(serial: str) -> str:
    """The bookmark of a row: letters, digits and underscores, as Word wants it."""
    return f"row_{_UNFIT.sub('_', serial)}"


def cells(event: SafeEvent) -> dict[str, str]:
    """The row's cells by meaning, each an unbroken piece of its text; of several with one meaning the first."""
    found: dict[str, str] = {}
    for meaning, start, end in event.cells:
        if piece := event.text[start:end].strip():
            found.setdefault(meaning, piece)
    return found


def labelled(event: SafeEvent) -> Iterator[tuple[str, str]]:
    """(what the column means, its text) for each cell of the row in order; a text without columns comes whole with no label."""
    pieces = [event.text[start:end] for _, start, end in event.cells]
    if "\n".join(pieces) != event.text:
        yield "", event.text
        return
    for (meaning, _, _), piece in zip(event.cells, pieces, strict=True):
        yield "" if meaning in _UNLABELLED else meaning.replace("_", " ").capitalize(), piece
