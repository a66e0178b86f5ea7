"""The blank chronology as a Word document: short guidance, an example apart from the form, and a landscape table with drop-downs."""

from collections.abc import Iterator
from pathlib import Path

from reports import colours, word_document
from reports.blank_columns import COLUMNS, GUIDANCE, NOBODY_YET, SEEN_CHOICES, BlankColumn, Request
from reports.word_document import Page
from reports.word_xml import Cell, WordColumn, choice, heading, table, text

_EMPTY_ROWS = 20
_BANNER = "Holds personal information once it is filled in"


def write_document(path: Path, request: Request = NOBODY_YET) -> None:
    """Write the blank chronology as a .docx file, for an agency and period where the request says so."""
    title = f"Chronology {request.reference}".strip()
    look = {"ink": colours.HEADING, "fill": "E8EEF5"}
    page = Page(title=title, reference=request.reference or "Chronology", banner=_BANNER, landscape=True, side_margin_cm=0.9, **look)
    word_document.write_document(path, page, _pieces(request))


def _pieces(request: Request) -> Iterator[str]:
    yield text("Chronology", "Title")
    yield text(request.line, "Subtitle")
    yield from (text(line, "ListBullet") for line in GUIDANCE)
    yield heading("What to put in each column, with an invented example", 2)
    guide = (WordColumn("Column", 6), WordColumn("What to put", 11), WordColumn("Invented example", 10.8))
    cells = (
        [Cell(text(c.heading, "CellText")), Cell(text(c.what, "CellText")), Cell(text(c.example, "CellNote"), colours.DRAFT_FILL)]
        for c in COLUMNS
    )
    yield table(guide, cells, "What to put in each column, with an invented example")
    yield heading("Your chronology", 2, new_page=True)
    columns = [WordColumn(column.heading, column.width_cm) for column in COLUMNS]
    rows = ([_empty(number * len(COLUMNS) + at, column) for at, column in enumerate(COLUMNS)] for number in range(1, _EMPTY_ROWS + 1))
    yield table(columns, rows, "The chronology to fill in", "FormHeading")
    yield text("To add a row, press Tab in the last cell.", "Note")


def _empty(number: int, column: BlankColumn) -> Cell:
    return Cell(
        choice(number, column.heading, column.choices, free=column.choices is not SEEN_CHOICES) if column.choices else text("", "FormText")
    )
