"""The tracked changes of an OpenDocument spreadsheet that nobody has accepted or rejected yet: what cells and deleted rows said before.

OpenDocument 1.3, part 3, 5.5 (change tracking in spreadsheets). Its places count from 0 and are those at the time of the change, so a row
that was deleted is told by the row that it stood near.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from extractors.grid import Sheet
from extractors.model import Aside, Mark, tidy

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_T, _X, _OFFICE = f"{{{_SPACE}table:1.0}}", f"{{{_SPACE}text:1.0}}", f"{{{_SPACE}office:1.0}}"
TRACKED = f"{_T}tracked-changes"

_DELETED = "a row that was deleted under tracked changes, dropped from the sheet"
_CHANGED = "what a cell said before it was changed under tracked changes, dropped from the text"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A change: its sheet and row, counted from 1, what it did, and the words (of an inserted row none: they stand in it)."""

    kind: Literal["changed", "deleted", "inserted"]
    sheet: int
    row: int
    words: str


def changes_in(node: etree._Element) -> Iterator[Tracked]:
    """The pending changes of the workbook, in the order in which they were made."""
    for change in node:
        if change.get(f"{_T}acceptance-state", "pending") != "pending":
            continue
        name = str(change.tag).rpartition("}")[2]
        if name == "cell-content-change":
            address, words = change.find(f"{_T}cell-address"), _words(change.find(f"{_T}previous"))
            if address is not None and words:
                yield Tracked("changed", _count(address, "table") + 1, _count(address, "row") + 1, words)
        elif name in ("insertion", "deletion") and change.get(f"{_T}type") == "row":
            first, times = _count(change, "position"), max(1, min(_count(change, "count"), 1000)) if name == "insertion" else 1
            words = "" if name == "insertion" else _words(change)
            for row in range(first + 1, first + times + 1):
                if words or name == "insertion":
                    yield Tracked("inserted" if name == "insertion" else "deleted", _count(change, "table") + 1, row, words)


def list_changes(changes: Sequence[Tracked], sheet: Sheet, title: str) -> list[tuple[str, Aside]]:
    """Lists each change of a sheet with its row; gives those of deleted rows, which stand beside the sheet."""
    beside = []
    for change in changes:
        if change.kind == "deleted":
            mark = Mark("deleted", change.words, of_row=True)
            beside.append((f'sheet "{title}" near row {change.row}', Aside(change.words, _DELETED, mark)))
        elif change.kind == "changed":
            sheet.of(change.row).delete(change.words, _CHANGED)
        elif words := "\n".join(box.text for box in sheet.cells.get(change.row, {}).values() if box.text):
            sheet.of(change.row).insert_row(words)
    return beside


def _words(node: etree._Element | None) -> str:
    """What the cells inside say, a line each."""
    if node is None:
        return ""
    cells = node.iter(f"{_T}change-track-table-cell")
    return tidy("\n".join(_said(cell) for cell in cells))


def _said(cell: etree._Element) -> str:
    lines = ["".join(map(str, each.itertext())) for each in cell.iter(f"{_X}p")]
    return "\n".join(lines) or cell.get(f"{_OFFICE}date-value", "") or cell.get(f"{_OFFICE}value", "")


def _count(node: etree._Element, name: str) -> int:
    written = node.get(f"{_T}{name}", "0")
    return int(written) if written.isdigit() and len(written) < 8 else 0
