"""Workbooks of Excel 97 to 2003 (.xls)."""

import io
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.bounds import Amount
from extractors.grid import HIDDEN_ROW, Sheet
from extractors.model import Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import shown
from extractors.passwords import NEEDED
from extractors.signs import signless
from extractors.workbook_parts import BUILT_IN
from extractors.xlsx import dated_box
from timeline.errors import FileError

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlsSheet

_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5


def recognises(content: Content) -> bool:
    """Whether the OLE container holds a workbook."""
    return bool(content.streams & {"Workbook", "Book"})


def read(content: Content) -> Document:
    """Every sheet as a table, in the workbook's order."""
    import xlrd  # only a child that reads such a workbook pays for it
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(file_contents=content.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypt" in str(error).lower():
            raise FileError(NEEDED) from error
        raise FileError("the workbook is damaged; open it in Excel, save it as .xlsx and send that") from error
    notes = ("the file holds macros; they were not run",) if "_VBA_PROJECT_CUR" in content.streams else ()
    amount = Amount()
    return Document(tuple(_table(book, sheet, number, amount) for number, sheet in enumerate(book.sheets(), start=1)), notes=notes)


def _table(book: "Book", given: "XlsSheet", number: int, amount: Amount) -> Table:
    sheet = Sheet(amount=amount)
    for row in range(given.nrows):
        boxes = {column: _box(book, cell) for column, cell in enumerate(given.row(row), start=1)}
        own = {column: box for column, box in boxes.items() if box.text}
        if not own:
            continue
        sheet.keep(row + 1, own)
        if row in given.rowinfo_map and given.rowinfo_map[row].hidden:
            sheet.of(row + 1).told.append(HIDDEN_ROW)
        _strike(book, given, row, own, sheet)
    for (row, _), note in given.cell_note_map.items():
        sheet.of(row + 1).comment(tidy(note.text or ""))
    for link in given.hyperlink_list:
        if link.frowx is not None and isinstance(link.url_or_path, str):
            sheet.of(link.frowx + 1).link(tidy(link.url_or_path))
    for top, bottom, left, right in given.merged_cells:
        sheet.merge(top + 1, bottom, left + 1, right)
    for column, info in given.colinfo_map.items():
        if info.hidden:
            sheet.hide_columns(column + 1, column + 1)
    return sheet.table(tidy(given.name).replace("\n", " "), number, is_hidden=bool(given.visibility))


def _strike(book: "Book", given: "XlsSheet", row: int, own: dict[int, Box], sheet: Sheet) -> None:
    """Lists what is struck through, as a whole cell or as runs of its letters."""
    for column, box in own.items():
        style = given.cell(row, column - 1).xf_index
        if style is not None and book.font_list[book.xf_list[style].font_index].struck_out:
            marks = sheet.of(row + 1)
            marks.settle(marks.strike(box.text))
            continue
        runs = given.rich_text_runlist_map.get((row, column - 1), [])
        if any(font < len(book.font_list) and book.font_list[font].struck_out for _, font in runs):
            marks, written = sheet.of(row + 1), signless(str(given.cell_value(row, column - 1)))
            parts = [written[: runs[0][0]]]
            for (start, font), (end, _) in pairwise((*runs, (len(written), 0))):
                is_struck = font < len(book.font_list) and bool(book.font_list[font].struck_out)
                parts.append(marks.strike(written[start:end]) if is_struck else written[start:end])
            marks.settle("".join(parts))


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
    number_format = _format_of(book, cell.xf_index)
    if cell.ctype == _DATE:
        return dated_box(value, number_format, from_1904=bool(book.datemode))
    return Box(shown(value, number_format))


def _format_of(book: "Book", style: int | None) -> str:
    if style is None:
        return "General"
    key = book.xf_list[style].format_key
    return BUILT_IN[key] if key in (14, 22) else str(book.format_map[key].format_str)


EXTRACTOR = Extractor("xls", recognises, read, "Excel 97 to 2003", (".xls",), ("xlrd",))
