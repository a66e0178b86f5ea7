"""A workbook of plain tables: every cell a string, a number or a day, never a formula; the same input gives the same bytes."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports import colours
from reports.printable import pieces, printable

type Value = str | int | date | None
# Excel cuts a cell at 32,767 UTF-16 units; half as many characters always fit
LONGEST_CELL = 16_000
HEADER_ROW = 3  # counted from 0: banner, title and note stand above it
MADE_ON = datetime(2000, 1, 1)  # noqa: DTZ001  one fixed day, so that two runs give the same bytes
A4 = 9
_TALLEST_ROW, _LINE_HEIGHT = 409, 12.8  # points
_CHARACTERS_PER_WIDTH = 1.2  # of Arial 10 in a unit of column width, with room for words that wrap
_LONGEST_PAGE_HEADER = 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, and whether its cells are tinted by the agency they name,
    and whether numbers above 0 are shaded.
    """

    heading: str
    width: float
    tinted: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its tab, the sentence above the table, its columns and rows, how many columns stay in sight, what it says when it is empty,
    and how many columns are printed (all, if not said).
    """

    tab: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    frozen_columns: int = 1
    empty: str = "Nothing to show."
    printed_columns: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What stands on every sheet and every printed page: the banner with its colours, the review's reference and title, the agencies' tints."""

    banner: str
    reference: str
    title: str
    ink: str = colours.WARNING_INK
    fill: str = colours.WARNING_FILL
    tints: Mapping[str, str] = field(default_factory=dict)


def write_workbook(path: Path, look: Look, tables: Iterable[Table]) -> None:
    """Write the tables as an .xlsx file, a sheet each; nothing touches the disk before the whole is made."""
    memory = io.BytesIO()
    # in memory: a temporary file would hold the review's texts outside the review
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, options)
    book.set_properties({"title": printable(f"{look.reference}: {look.title}"), "author": "", "created": MADE_ON})
    formats = _Formats(book, look)
    for table in tables:
        _write_sheet(book.add_worksheet(table.tab), look, table, formats)
    book.close()
    path.write_bytes(memory.getvalue())


class _Formats:
    """The workbook's cell formats, each made once."""

    def __init__(self, book: xlsxwriter.Workbook, look: Look) -> None:
        plain = {"font_name": "Arial", "font_size": 10, "valign": "top", "font_color": f"#{colours.INK}"}
        cell = plain | {"text_wrap": True, "border": 1, "border_color": f"#{colours.RULE}"}
        self.banner = book.add_format(
            plain | {"bold": True, "font_color": f"#{look.ink}", "bg_color": f"#{look.fill}", "valign": "vcenter"}
        )
        self.title = book.add_format(plain | {"bold": True, "font_size": 13, "font_color": f"#{colours.HEADING}", "valign": "vcenter"})
        self.note = book.add_format(plain | {"italic": True, "font_color": f"#{colours.NOTE_INK}", "valign": "vcenter"})
        head = {"bold": True, "font_color": f"#{colours.PAPER}", "bg_color": f"#{colours.HEADING_FILL}", "valign": "vcenter"}
        self.heading = book.add_format(cell | head)
        self.text = book.add_format(cell)
        self.day = book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "left"})
        number = cell | {"num_format": '#,##0;-#,##0;"–"', "align": "center"}
        self.number = book.add_format(number)
        self.some = book.add_format(number | {"bg_color": f"#{colours.TINTS[0]}"})
        self.tints = {name: book.add_format(cell | {"bg_color": f"#{tint}"}) for name, tint in look.tints.items()}


def _write_sheet(sheet: Worksheet, look: Look, table: Table, formats: _Formats) -> None:
    sheet.set_row(0, 22, formats.banner)
    sheet.write_string(0, 0, printable(look.banner), formats.banner)
    sheet.set_row(1, 22)
    sheet.write_string(1, 0, printable(f"{look.reference} · {look.title} · {table.tab}"), formats.title)
    sheet.set_row(2, 18)
    sheet.write_string(2, 0, printable(table.note), formats.note)
    sheet.set_row(HEADER_ROW, 30)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADER_ROW, at, printable(column.heading), formats.heading)
    line = HEADER_ROW
    for row in table.rows:
        for values in _within_limits(row):
            line += 1
            _write_row(sheet, line, values, table.columns, formats)
    if line == HEADER_ROW:
        sheet.write_string(HEADER_ROW + 1, 0, printable(table.empty), formats.note)
    if table.printed_columns:
        sheet.print_area(0, 0, max(line, HEADER_ROW + 1), table.printed_columns - 1)
    sheet.autofilter(HEADER_ROW, 0, max(line, HEADER_ROW + 1), len(table.columns) - 1)
    sheet.freeze_panes(HEADER_ROW + 1, table.frozen_columns)
    _set_up_printing(sheet, look, table)


def _write_row(sheet: Worksheet, line: int, values: Sequence[Value], columns: Sequence[Column], formats: _Formats) -> None:
    sheet.set_row(line, _height(values, columns))
    for at, (value, column) in enumerate(zip(values, columns, strict=True)):
        form = formats.tints.get(value, formats.text) if column.tinted and isinstance(value, str) else formats.text
        if value is None or value == "":
            sheet.write_blank(line, at, None, form)
        elif isinstance(value, str):
            sheet.write_string(line, at, value, form)
        elif isinstance(value, int):
            sheet.write_number(line, at, value, formats.some if column.shaded and value > 0 else formats.number)
        elif value.year < 1900:  # before Excel's first day
            sheet.write_string(line, at, value.strftime("%d/%m/%Y"), form)
        else:
            sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), formats.day)  # noqa: DTZ001  a day has no zone


def _height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """The height in points that shows every wrapped line, as far as Excel allows: LibreOffice does not find it by itself."""
    lines = [
        sum(max(1, math.ceil(len(line) / (column.width * _CHARACTERS_PER_WIDTH))) for line in value.split("\n"))
        for value, column in zip(values, columns, strict=True)
        if isinstance(value, str)
    ]
    return min(_TALLEST_ROW, _LINE_HEIGHT * max(lines, default=1) + 4)


def _within_limits(row: Sequence[Value]) -> Iterable[Sequence[Value]]:
    """The row with strings that a file can hold; a string too long for a cell goes on in further rows that say so and repeat the short cells."""
    shown = [printable(value) if isinstance(value, str) else value for value in row]
    split = {at: pieces(value, LONGEST_CELL) for at, value in enumerate(shown) if isinstance(value, str) and len(value) > LONGEST_CELL}
    if not split:
        return [shown]
    parts = max(len(each) for each in split.values())
    rows = []
    for part in range(parts):
        values = [
            split[at][part] if at in split and part < len(split[at]) else None if at in split else value for at, value in enumerate(shown)
        ]
        sign = f"part {part + 1} of {parts}"
        values[0] = f"{values[0]} ({sign})" if values[0] is not None else sign
        rows.append(values)
    return rows


def _set_up_printing(sheet: Worksheet, look: Look, table: Table) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_header(f"&C&B{_in_page_header(look.banner)}")
    sheet.set_footer(f"&L{_in_page_header(f'{look.reference} · {table.tab}')}&RPage &P of &N")


def _in_page_header(text: str) -> str:
    return printable(text).replace("&", "&&")[: _LONGEST_PAGE_HEADER - 60]
