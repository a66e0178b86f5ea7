"""What every format reader gives: tables, paragraphs and what stands beside them, in the file's order, before anyone asks what they mean."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from timeline.exchange import Exchange
from timeline.marked import MarkKind

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), ""
)
_EXCHANGE = Exchange(_INVISIBLE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that was inserted, deleted, moved, hidden or struck, as it was met in a file.

    `within` is the whole text of its cell or paragraph, in which it runs from `start` to `end`; dropped words stood at `start`. Where its place
    is not known `within` is empty. `again` counts later cells of the row that say the same as its own; `of_row` says that the row itself
    was inserted or deleted.
    """

    kind: MarkKind
    words: str
    within: str = ""
    start: int = 0
    end: int = 0
    again: int = 0
    of_row: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that stands beside a row or paragraph, or was dropped from it: a comment, a footnote, a tracked deletion; and why it is kept apart.

    `mark` is there where it is a span that was changed, hidden or struck.
    """

    text: str
    reason: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table, in its place on the grid.

    `real` and `real_time` (`HH:MM`) are a spreadsheet's own date and time value, `shown_as` its number format. `continues` says that the
    box is merged with the one above, `covered` with the one to its left; both are empty.
    """

    text: str = ""
    real: date | None = None
    real_time: str = ""
    shown_as: str = ""
    continues: bool = False
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number as a person counts it, its boxes by grid column, and what a person should know of it.

    `gone` says why the row is no longer part of the document (deleted under tracked changes). A run of blank rows in a spreadsheet is
    one Row without boxes.
    """

    number: int
    boxes: tuple[Box, ...]
    is_heading: bool = False
    gone: str = ""
    problems: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether no box holds text."""
        return not any(box.text for box in self.boxes)

    def written(self) -> tuple[str, ...]:
        """The texts of the boxes that hold any, in column order."""
        return tuple([box.text for box in self.boxes if box.text])


@dataclass(frozen=True, slots=True)
class Table:
    """A table or sheet. `place` opens its rows' places (`table 2`, `sheet "2018"`), `label` names it by position alone, `title` is the
    sheet's name; `hidden_columns` are grid columns counted from 0.
    """

    place: str
    label: str
    rows: tuple[Row, ...]
    title: str = ""
    problems: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def where(self, row: Row) -> str:
        """The row's place, in words that a person can follow."""
        return f"{self.place} row {row.number}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables. `level` is 0 for body text, 1 and up for headings; `is_bold` says that all of it is bold."""

    where: str
    text: str
    level: int = 0
    is_bold: bool = False
    problems: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


Block = Table | Paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read: blocks in order, text that stands apart from the body (`where` and Aside), notes on the whole file."""

    blocks: tuple[Block, ...]
    apart: tuple[tuple[str, Aside], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and what tells its format: the parts of a zip package, the type of its main part, the streams of an OLE container.

    `password` is what was given for the file, for a reader that opens it itself.
    """

    data: bytes
    parts: frozenset[str] = frozenset()
    main_type: str = ""
    streams: frozenset[str] = frozenset()
    text: str | None = None
    text_notes: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Extractor:
    """A format: its name, how its content is recognised, and its reader. The reader raises FileError for what it cannot read.

    `title` and `endings` (`.docx`) are how people know it, `libraries` what its reader needs beside lxml; `through_office` is the ending
    that LibreOffice writes it anew with before it is read.
    """

    name: str
    recognises: Callable[[Content], bool] = field(repr=False)
    read: Callable[[Content], Document] = field(repr=False)
    title: str = ""
    endings: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    through_office: str = ""


def tidy(text: str) -> str:
    """The text without control characters, spaces at line ends, and blank lines; every kind of line end becomes a newline."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = LINE_ENDS.sub("\n", text)
    text = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if is_visible(line))


def is_visible(text: str) -> bool:
    """Whether anything of it can be seen."""
    return bool(_EXCHANGE.in_text(text).strip())


def without_invisible(text: str) -> str:
    """The text in one form of each character (NFKC) and without zero-width and direction characters, for comparing only."""
    return _EXCHANGE.in_text(unicodedata.normalize("NFKC", text))
