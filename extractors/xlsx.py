"""Excel workbooks (.xlsx, .xlsm), with hidden sheets, rows and columns, merged cells, notes and number formats, which say how dates are shown."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from extractors.grid import columns_of, rows_from
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import is_date_format, shown
from extractors.package import notes_on, open_package
from timeline.errors import FileError

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_MERGED_CELLS = 500_000
MAX_CELLS = 5_000_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"')
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")


def recognises(content: Content) -> bool:
    """Whether the package's main part is an Excel workbook."""
    return "spreadsheetml" in content.main_type or "ms-excel" in content.main_type


def read(content: Content) -> Document:
    """Every worksheet as a table, in the workbook's order."""
    from openpyxl import load_workbook  # heavy: only a child that reads a workbook pays for it

    with open_package(content.data) as package:
        has_formulas = _survey(package)
        notes = notes_on(package)
    workbook = load_workbook(io.BytesIO(content.data), data_only=True, rich_text=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(content.data), data_only=False, keep_links=False) if has_formulas else None
    tables = [_table(sheet, number, formulas) for number, sheet in enumerate(workbook.worksheets, start=1)]
    return Document(tuple(tables), notes=notes)


def _survey(package: zipfile.ZipFile) -> bool:
    """Whether any sheet holds a formula; FileError where merged ranges or cells would fill the memory."""
    merged = cells = 0
    has_formulas = False
    for name in package.namelist():
        if "/worksheets/" in name and name.endswith(".xml"):
            xml = package.read(name)
            merged += sum(
                (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1) for left, top, right, bottom in _MERGE.findall(xml)
            )
            cells += sum(1 for _ in _CELL.finditer(xml))
            has_formulas = has_formulas or _HAS_FORMULA.search(xml) is not None
    if merged > MAX_MERGED_CELLS or cells > MAX_CELLS:
        raise FileError(
            "the workbook has more (or more merged) cells than a chronology; it was not opened, ask the agency for the rows alone"
        )
    return has_formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _table(sheet: "Worksheet", number: int, formulas: "Workbook | None") -> Table:
    cells: dict[int, dict[int, Box]] = {}
    problems: dict[int, list[str]] = {}
    asides: dict[int, list[Aside]] = {}
    for (row, column), cell in sheet._cells.items():  # the cells that exist: iter_rows walks the sheet's claimed size
        value = cell.value
        if value is None and formulas is not None:
            value = _formula(formulas, sheet.title, row, column, problems)
        if value is not None:
            cells.setdefault(row, {})[column] = _box(value, cell.number_format if cell.has_style else "General")
            if _is_struck(cell, value):
                problems.setdefault(row, []).append("struck-through text was kept in this row")
        note = getattr(cell, "comment", None)
        if note is not None and (text := tidy(note.text or "")):
            problems.setdefault(row, []).append("1 comment was kept apart from this row")
            asides.setdefault(row, []).append(Aside(text, "a comment, kept apart from the text"))
    for row in (row for row, size in sheet.row_dimensions.items() if size.hidden and row in cells):
        problems.setdefault(row, []).append("this row is hidden in the spreadsheet")
    _merge(sheet, cells)
    columns = columns_of(cells)
    hidden = tuple(_hidden_columns(sheet))
    told = {row: tuple(dict.fromkeys(each)) for row, each in problems.items()}
    return Table(
        place=f'sheet "{sheet.title}"',
        label=f"sheet {number}",
        rows=rows_from(cells, columns, told, {row: tuple(each) for row, each in asides.items()}),
        title=sheet.title,
        problems=() if sheet.sheet_state == "visible" else ("this row stands on a hidden sheet",),
        hidden_columns=frozenset(index for index, column in enumerate(columns) if any(low <= column <= high for low, high in hidden)),
    )


def _box(value: object, number_format: str) -> Box:
    if isinstance(value, datetime):
        time_shown = "" if value.time() == time() else f"{value:%H:%M}"
        return Box(shown(value, number_format), real=value.date(), real_time=time_shown, shown_as=number_format)
    if isinstance(value, date):
        return Box(shown(value, number_format), real=value, shown_as=number_format)
    if isinstance(value, (time, timedelta)):
        written = shown(value, number_format)
        return Box(written, real_time=f"{value:%H:%M}" if isinstance(value, time) else written, shown_as=number_format)
    if isinstance(value, (int, float)):
        return Box(shown(value, number_format), shown_as=number_format if is_date_format(number_format) else "")
    return Box(tidy(str(value)))


def _formula(formulas: "Workbook", title: str, row: int, column: int, problems: dict[int, list[str]]) -> str | None:
    cell = formulas[title]._cells.get((row, column))
    formula = cell.value if cell is not None else None
    if formula is None:
        return None
    problems.setdefault(row, []).append(
        "a cell of this row holds a formula whose result was not saved; open the file, save it and send it again"
    )
    return str(getattr(formula, "text", formula))


def _is_struck(cell: Any, value: object) -> bool:
    if cell.has_style and getattr(cell.font, "strike", None):
        return True
    return any(getattr(getattr(part, "font", None), "strike", None) for part in value) if isinstance(value, list) else False


def _merge(sheet: "Worksheet", cells: dict[int, dict[int, Box]]) -> None:
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            own = cells.setdefault(row, {})
            for column in range(merged.min_col, merged.max_col + 1):
                if (row, column) != (merged.min_row, merged.min_col) and not own.get(column, Box()).text:
                    own[column] = Box(continues=row > merged.min_row, covered=column > merged.min_col)


def _hidden_columns(sheet: "Worksheet") -> Iterator[tuple[int, int]]:
    """The hidden columns as spans, first and last inclusive, counted from 1."""
    for size in sheet.column_dimensions.values():
        if size.hidden:
            low = size.min or 0
            yield low, size.max or low


EXTRACTOR = Extractor("xlsx", recognises, read)
