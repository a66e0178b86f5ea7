"""Workbooks of Excel 97 to 2003 (.xls)."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

from extractors.grid import columns_of, rows_from
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import shown
from timeline.errors import FileError

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

MAX_MERGED_CELLS = 500_000
_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5


def recognises(content: Content) -> bool:
    """Whether the OLE container holds a workbook."""
    return bool(content.streams & {"Workbook", "Book"})


def read(content: Content) -> Document:
    """Every sheet as a table, in the workbook's order."""
    import xlrd  # only a child that reads such a workbook pays for it
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(file_contents=content.data, formatting_info=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypt" in str(error).lower():
            raise FileError("the file is password protected; ask the agency for a copy without a password") from error
        raise FileError("the workbook is damaged; open it in Excel, save it as .xlsx and send that") from error
    return Document(tuple(_table(book, sheet, number) for number, sheet in enumerate(book.sheets(), start=1)))


def _table(book: "Book", sheet: "Sheet", number: int) -> Table:
    cells: dict[int, dict[int, Box]] = {}
    problems: dict[int, tuple[str, ...]] = {}
    for row in range(sheet.nrows):
        boxes = {column + 1: _box(book, cell) for column, cell in enumerate(sheet.row(row))}
        cells[row + 1] = {column: box for column, box in boxes.items() if box.text}
        if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden and cells[row + 1]:
            problems[row + 1] = ("this row is hidden in the spreadsheet",)
    asides: dict[int, tuple[Aside, ...]] = {}
    for (row, _), note in sheet.cell_note_map.items():
        if text := tidy(note.text or ""):
            asides[row + 1] = (*asides.get(row + 1, ()), Aside(text, "a comment, kept apart from the text"))
            problems[row + 1] = (*problems.get(row + 1, ()), "1 comment was kept apart from this row")
    _merge(sheet, cells)
    columns = columns_of(cells)
    return Table(
        place=f'sheet "{sheet.name}"',
        label=f"sheet {number}",
        rows=rows_from(cells, columns, problems, asides),
        title=sheet.name,
        problems=("this row stands on a hidden sheet",) if sheet.visibility else (),
        hidden_columns=frozenset(
            index for index, column in enumerate(columns) if column - 1 in sheet.colinfo_map and sheet.colinfo_map[column - 1].hidden
        ),
    )


def _merge(sheet: "Sheet", cells: dict[int, dict[int, Box]]) -> None:
    if sum((bottom - top) * (right - left) for top, bottom, left, right in sheet.merged_cells) > MAX_MERGED_CELLS:
        raise FileError("the workbook has more merged cells than a chronology; it was not opened, ask the agency for the rows alone")
    for top, bottom, left, right in sheet.merged_cells:
        for row in range(top, bottom):
            own = cells.setdefault(row + 1, {})
            for column in range(left, right):
                if (row, column) != (top, left) and column + 1 not in own:
                    own[column + 1] = Box(continues=row > top, covered=column > left)


def _box(book: "Book", cell: "Cell") -> Box:
    from xlrd.biffh import error_text_from_code

    value = cell.value
    if isinstance(value, str):
        return Box(tidy(value))
    if cell.ctype == _BOOLEAN:
        return Box(shown(bool(value), ""))
    if cell.ctype == _ERROR:
        return Box(error_text_from_code.get(int(value), "#ERROR"))
    if cell.ctype not in (_NUMBER, _DATE):
        return Box()
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index is not None else "General"
    return Box(shown(value, number_format)) if cell.ctype == _NUMBER else _moment(book, value, number_format)


def _moment(book: "Book", value: float, number_format: str) -> Box:
    import xlrd

    try:
        moment: datetime = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return Box(shown(value, "General"))
    if value < 1:  # a time of day alone
        return Box(shown(moment.time(), number_format), real_time=f"{moment:%H:%M}", shown_as=number_format)
    return Box(shown(moment, number_format), real=moment.date(), real_time=f"{moment:%H:%M}" if value % 1 else "", shown_as=number_format)


EXTRACTOR = Extractor("xls", recognises, read, "Excel 97 to 2003", (".xls",), ("xlrd",))
