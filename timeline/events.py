"""A row of a chronology as its file tells it (an entry), and as the merged timeline holds it (an event)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from timeline.dates import FuzzyDate
from timeline.marked import MarkedSpan
from timeline.sources import SourceRef


class Cell(NamedTuple):
    """One cell of a row: what its column means, the heading as written, and where it stands in the row's text.

    A named tuple, because a large file has half a million cells: they are made several times as fast as a frozen dataclass.
    """

    meaning: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of one chronology: when, at what time, what it says, and where it stands.

    `text` is every cell but date, time and serial number, in column order, joined by newlines, as a reader of the file sees it;
    `cells` point into it. `time` is `HH:MM` or None. `problems` are plain sentences about what a person should check.
    `marked` are the row's words that were inserted, deleted, hidden or struck, in the order of the file.
    """

    when: FuzzyDate
    time: str | None
    text: str
    cells: tuple[Cell, ...]
    source: SourceRef
    problems: tuple[str, ...] = ()
    marked: tuple[MarkedSpan, ...] = ()

    def __post_init__(self) -> None:
        if not all(span.stands_in(self.text) for span in self.marked):
            raise ValueError("a marked span does not stand in its row's text")
        length = len(self.text)
        for cell in self.cells:
            if not 0 <= cell.start <= cell.end <= length:
                raise ValueError("a cell lies outside its row's text")

    @property
    def agency(self) -> str:
        """The agency's name, as case.toml has it."""
        return self.source.file.agency

    def fields(self) -> dict[str, str]:
        """The cells' texts by meaning; cells of one meaning are joined by a newline."""
        found: dict[str, list[str]] = {}
        for cell in self.cells:
            if text := self.text[cell.start : cell.end]:
                found.setdefault(cell.meaning, []).append(text)
        return {meaning: "\n".join(texts) for meaning, texts in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRow:
    """What a row said before its agency changed it; `file` and `where` are empty where only an earlier run knew it."""

    when: FuzzyDate
    time: str | None
    text: str
    file: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entry):
    """An entry in the merged timeline, with an id that comes from its content and so survives another run or file name.

    `changed_from` is what the row said before a corrected return changed it.
    """

    id: str
    changed_from: EarlierRow | None = None

    def __post_init__(self) -> None:
        super(Event, self).__post_init__()
        if not self.id:
            raise ValueError("an event has an id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Prose that an agency sent beside its rows: one heading and the text under it."""

    id: str
    heading: str
    text: str
    source: SourceRef


def cells_of(columns: Iterator[tuple[str, str, str]]) -> tuple[str, tuple[Cell, ...]]:
    """The row's text and its cells, from (meaning, heading, text) of each column in order; empty cells are left out."""
    texts, cells, start = [], [], 0
    for meaning, heading, written in columns:
        if written:
            end = start + len(written)
            texts.append(written)
            cells.append(Cell(meaning, heading, start, end))
            start = end + 1
    return "\n".join(texts), tuple(cells)
