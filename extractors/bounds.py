"""How much a file may hold before it is no chronology: one place for all formats, counted while a file is read.

A real export of 50,000 rows with 300 letters each, or of 20,000 rows with 40 columns, stays well below. What is over them is refused
as soon as it is met, before it can take the time that reading, or recognising who is named in it, would need.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.model import Document, Paragraph, Row
from timeline.errors import FileError

MAX_ROWS = 150_000  # rows, lines and paragraphs with text
MAX_PARAGRAPHS = 300_000  # of a Word document, rows and blank ones with them
MAX_CELLS = 800_000  # cells with text
MAX_COLUMNS = 500
MAX_LETTERS = 60_000_000  # of all cells and lines, what repeats counted each time
MAX_BESIDE = 200_000  # links, comments, and passages that were changed, hidden or struck
MAX_EVENTS = 200_000
MAX_EVENT_LETTERS = 20_000_000  # of all events: recognising who is named in them takes a second for 7,000 that differ
LONG_CELL = 1_000  # letters from which a cell's text that stands in many rows is no boilerplate any more
MAX_REPEATED_LETTERS = 5_000_000  # of such texts: a small file can tell one text as often as it likes
LONGEST_TITLE = 100  # a sheet's or table's, which stands in the place of each of its rows

_ALONE = "that is no chronology, ask the agency for the rows alone"
TOO_MANY_COLUMNS = f"a table has more than {MAX_COLUMNS} columns of text; {_ALONE}"


@dataclass(slots=True)
class Amount:
    """What was met so far; FileError, saying of what there is too much, as soon as it is over what a chronology holds."""

    rows: int = 0
    cells: int = 0
    letters: int = 0
    beside: int = 0

    def add(self, *, rows: int = 0, cells: int = 0, letters: int = 0, beside: int = 0) -> None:
        """Counts what was met now."""
        self.rows += rows
        self.cells += cells
        self.letters += letters
        self.beside += beside
        if self.rows > MAX_ROWS:
            raise _too_much(MAX_ROWS, "rows of text")
        if self.cells > MAX_CELLS:
            raise _too_much(MAX_CELLS, "cells")
        if self.letters > MAX_LETTERS:
            raise _too_much(MAX_LETTERS, "letters, more text than a chronology")
        if self.beside > MAX_BESIDE:
            raise _too_much(MAX_BESIDE, "links, comments and changed passages")

    def add_row(self, row: Row) -> None:
        """Counts a row of a table."""
        refuse_too_wide(len(row.boxes))
        texts = [box.text for box in row.boxes if box.text]
        self.add(rows=bool(texts), cells=len(texts), letters=sum(map(len, texts)), beside=len(row.asides))

    def add_paragraph(self, paragraph: Paragraph) -> None:
        """Counts a paragraph or line."""
        self.add(rows=bool(paragraph.text), letters=len(paragraph.text), beside=len(paragraph.asides))


def refuse_too_much(document: Document) -> None:
    """FileError where a file as it was read, of whatever format, holds more than a chronology."""
    amount = Amount(beside=len(document.apart))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            amount.add_paragraph(block)
            continue
        for row in block.rows:
            amount.add_row(row)


def refuse_too_wide(columns: int) -> None:
    """FileError where a table has more columns than a chronology."""
    if columns > MAX_COLUMNS:
        raise FileError(TOO_MANY_COLUMNS)


@dataclass(slots=True)
class Told:
    """What the events of a file say so far; FileError as soon as it is more than those of a chronology."""

    events: int = 0
    letters: int = 0
    repeated: int = 0
    long_cells: set[str] = field(default_factory=set, repr=False)

    def add(self, cells: Iterable[str]) -> None:
        """Counts an event with the texts of its cells."""
        self.events += 1
        for text in cells:
            self.letters += len(text)
            if len(text) >= LONG_CELL:
                self.repeated += len(text) * (text in self.long_cells)
                self.long_cells.add(text)
        if self.events > MAX_EVENTS:
            raise _too_much(MAX_EVENTS, "events")
        if self.letters > MAX_EVENT_LETTERS:
            raise _too_much(MAX_EVENT_LETTERS, "letters in its events, more text than a chronology")
        if self.repeated > MAX_REPEATED_LETTERS:
            raise _too_much(MAX_REPEATED_LETTERS, "letters that only repeat long cells, more text than a chronology")


def _too_much(most: int, what: str) -> FileError:
    return FileError(f"the file holds more than {most:,} {what}; {_ALONE}")
