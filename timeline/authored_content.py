"""What a reader sees of the author's document: blocks in order, without anything that Word keeps behind them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Look = Literal["bold", "italic", "underlined", "struck", "raised", "lowered"]
NumberFormat = Literal["bullet", "decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"]
NoteKind = Literal["footnote", "endnote"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; newlines and tabs stand for themselves. `note` is the place in `ReportContent.notes` of the note that they refer to."""

    text: str
    looks: frozenset[Look] = frozenset()
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level from 1; a number that Word gave it stands in its words."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what it is."""

    runs: tuple[Run, ...]
    role: Literal["text", "title", "subtitle", "quote", "caption"] = "text"


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list as it is numbered: `pattern` is its label with `%1` for its own number ("2.%1", "(%1)"; "" for a bullet); level from 0."""

    runs: tuple[Run, ...]
    level: int
    format: NumberFormat
    number: int = 1
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell with its blocks, over how many columns it goes, and whether it begins or continues one that goes over several rows."""

    blocks: "tuple[Block, ...]"
    across: int = 1
    merge: Literal["", "begins", "goes on"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its cells from left to right; the first `before` columns are empty."""

    cells: tuple[Cell, ...]
    is_heading: bool = False
    before: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with the widths of its columns in shares of the whole (their sum is 1)."""

    rows: tuple[Row, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the document holds it: counted from 1, its bytes, the part of it that is shown and what it shows in words.

    `shown` cuts (left, top, right, bottom) off, in shares of the picture.
    """

    number: int
    data: bytes
    width_cm: float
    description: str
    shown: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of its bytes and of what of it is shown: a picture that was looked at is known by it."""
        return hashlib.sha256(repr(self.shown).encode() + self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents stood here; it is made anew."""


Block = Heading | Paragraph | ListItem | Table | Picture | PageBreak | Contents


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote with its blocks."""

    kind: NoteKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a reader sees, or may see, and no new document can show: the place, what it is, and what the author does about it."""

    place: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.mend}"


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that a reader sees of a report's pages, in order, save headers and footers, which every document has of its own."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture in order, those of tables and notes too."""
        return tuple(each for each in all_blocks(self) if isinstance(each, Picture))


def all_blocks(content: ReportContent) -> Iterator[Block]:
    """Every block of the document and of its notes, those inside tables after their table."""
    yield from _down(content.blocks)
    for note in content.notes:
        yield from _down(note.blocks)


def _down(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _down(cell.blocks)


def words_of(block: Block) -> str:
    """The words of a heading, paragraph or list item, without its label; "" for every other block."""
    return "".join(run.text for run in block.runs) if isinstance(block, Heading | Paragraph | ListItem) else ""
