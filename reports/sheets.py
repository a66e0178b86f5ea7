"""A workbook of plain tables: every cell a string, a number or a day, never a formula; the same input gives the same bytes."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports import colours
from reports.printable import pieces, printable

type Value = str | int | date | None
type Entry = Literal["", "text", "day", "choice"]
# Excel cuts a cell at 32,767 UTF-16 units; half as many characters always fit
LONGEST_CELL = 16_000
HEADER_ROW = 3  # counted from 0: banner, title and note stand above it
MADE_ON = datetime(2000, 1, 1)  # noqa: DTZ001  one fixed day, so that two runs give the same bytes
A4, A3 = 9, 8
_TALLEST_ROW, _LINE_HEIGHT = 409, 12.8  # points
_NARROW = 40
_CHARACTERS_PER_WIDTH = 1.2  # of Arial 10 in a unit of column width, with room for words that wrap
_LONGEST_PAGE_HEADER = _LONGEST_PROPERTY = 255
_MORE = " […]"
_WIDEST_ON_A4 = 170  # units of column width: a wider sheet would be printed in letters of less than 6 points
# from output/working/; Excel takes 65,530 links on a sheet, of 2,079 characters each
_INTAKE, _MOST_LINKS, _LONGEST_LINK = "../../intake/", 60_000, 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, and whether its cells are tinted by the agency they name,
    whether numbers above 0 are shaded, and whether a click on its cells opens the file of intake/ that the column before names.

    `entry` says what people write into it, and `choices` what they choose from: words, or a range of cells ("=Lists!$A$2:$A$9").
    """

    heading: str
    width: float
    tinted: bool = False
    shaded: bool = False
    opens_file: bool = False
    entry: Entry = ""
    choices: tuple[str, ...] | str = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its tab, the sentence above the table, its columns and rows, how many columns stay in sight, what it says when it is empty,
    and how many columns are printed (all, if not said).

    One with columns for entries is a form: its other columns refuse typing, so that rows can still be sorted, which a locked sheet forbids.
    `entry_rows` says how many of its first rows are for entries (all, if not said).
    """

    tab: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    frozen_columns: int = 1
    empty: str = "Nothing to show."
    printed_columns: int | None = None
    hidden: bool = False
    entry_rows: int | None = None

    @property
    def is_form(self) -> bool:
        """Whether people write into it."""
        return any(column.entry for column in self.columns)


@dataclass(frozen=True, slots=True)
class Look:
    """What stands on every sheet and every printed page: the banner with its colours, the review's reference and title, the agencies' tints."""

    banner: str
    reference: str
    title: str
    ink: str = colours.WARNING_INK
    fill: str = colours.WARNING_FILL
    tints: Mapping[str, str] = field(default_factory=dict)
    paper: int = A4


def write_workbook(path: Path, look: Look, tables: Iterable[Table]) -> None:
    """Write the tables as an .xlsx file, a sheet each; nothing touches the disk before the whole is made."""
    memory = io.BytesIO()
    # in memory: a temporary file would hold the review's texts outside the review
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, options)
    book.set_properties({"title": _shortened(f"{look.reference}: {look.title}", _LONGEST_PROPERTY), "author": "", "created": MADE_ON})
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
        self.link = book.add_format(cell | {"font_color": f"#{colours.LINK}", "underline": 1})
        self.day = book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "left"})
        number = cell | {"num_format": '#,##0;-#,##0;"–"', "align": "center"}
        self.number = book.add_format(number)
        self.some = book.add_format(number | {"bg_color": f"#{colours.TINTS[0]}"})
        entry = cell | {"bg_color": f"#{colours.ENTRY_FILL}"}
        self.entry = book.add_format(entry | {"num_format": "@"})
        self.entry_day = book.add_format(entry | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.entered = book.add_format({"bg_color": f"#{colours.ENTERED_FILL}"})
        self.tints = {name: book.add_format(cell | {"bg_color": f"#{tint}"}) for name, tint in look.tints.items()}


def _write_sheet(sheet: Worksheet, look: Look, table: Table, formats: _Formats) -> None:
    sheet.set_row(0, 22, formats.banner)
    sheet.write_string(0, 0, _in_one_cell(look.banner), formats.banner)
    sheet.set_row(1, 22)
    sheet.write_string(1, 0, _in_one_cell(f"{look.reference} · {look.title} · {table.tab}"), formats.title)
    sheet.set_row(2, 18)
    sheet.write_string(2, 0, _in_one_cell(table.note), formats.note)
    sheet.set_row(HEADER_ROW, 30)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        sheet.write_string(HEADER_ROW, at, _in_one_cell(column.heading), formats.heading)
    line, plain = HEADER_ROW, tuple(replace(column, entry="") for column in table.columns)
    for row in table.rows:
        for values in _within_limits(row):
            line += 1
            is_entry = table.entry_rows is None or line - HEADER_ROW <= table.entry_rows
            _write_row(sheet, line, values, table.columns if is_entry else plain, formats)
    if line == HEADER_ROW:
        sheet.write_string(HEADER_ROW + 1, 0, _in_one_cell(table.empty), formats.note)
    if table.printed_columns:
        sheet.print_area(0, 0, max(line, HEADER_ROW + 1), table.printed_columns - 1)
    sheet.autofilter(HEADER_ROW, 0, max(line, HEADER_ROW + 1), len(table.columns) - 1)
    sheet.freeze_panes(HEADER_ROW + 1, table.frozen_columns)
    if table.is_form and line > HEADER_ROW:
        _make_form(sheet, table.columns, line if table.entry_rows is None else HEADER_ROW + table.entry_rows, formats)
    if table.hidden:
        sheet.hide()
    _set_up_printing(sheet, look, table)


def _make_form(sheet: Worksheet, columns: Sequence[Column], last: int, formats: _Formats) -> None:
    """Drop-downs and dates in the columns for entries, filled cells in another shade; the other columns refuse typing."""
    for at, column in enumerate(columns):
        where = (HEADER_ROW + 1, at, last, at)
        if column.entry:
            sheet.conditional_format(*where, {"type": "no_blanks", "format": formats.entered})
        if column.entry == "choice":
            source = column.choices if isinstance(column.choices, str) else list(column.choices)
            sheet.data_validation(*where, {"validate": "list", "source": source} | _refusal("Choose from the list."))
        elif column.entry == "day":
            bounds = {"criteria": "between", "minimum": date(2000, 1, 1), "maximum": date(2099, 12, 31)}
            sheet.data_validation(*where, {"validate": "date", **bounds} | _refusal("A date, such as 04/03/2031."))
        elif not column.entry:
            sheet.data_validation(*where, {"validate": "custom", "value": "=FALSE"} | _refusal("The program writes this column."))


def _refusal(message: str) -> dict[str, object]:
    return {"error_title": "Please", "error_message": message, "error_type": "stop"}


def _write_row(sheet: Worksheet, line: int, values: Sequence[Value], columns: Sequence[Column], formats: _Formats) -> None:
    sheet.set_row(line, _height(values, columns))
    for at, (value, column) in enumerate(zip(values, columns, strict=True)):
        form = formats.tints.get(value, formats.text) if column.tinted and isinstance(value, str) else formats.text
        if column.entry:
            form = formats.entry_day if column.entry == "day" else formats.entry
        if value is None or value == "":
            sheet.write_blank(line, at, None, form)
        elif isinstance(value, str):
            if not column.opens_file or not _linked(sheet, (line, at), value, values[at - 1], formats):
                sheet.write_string(line, at, value, form)
        elif isinstance(value, int):
            sheet.write_number(line, at, value, formats.some if column.shaded and value > 0 else formats.number)
        elif value.year < 1900:  # before Excel's first day
            sheet.write_string(line, at, value.strftime("%d/%m/%Y"), form)
        else:
            day = formats.entry_day if column.entry else formats.day
            sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  a day has no zone


def _linked(sheet: Worksheet, cell: tuple[int, int], shown: str, file: Value, formats: _Formats) -> bool:
    """Whether the cell could be made a link to a file of intake/, as the workbook lies in output/working/: the only links there are.

    A path with signs that a cell cannot show, or more links than Excel takes, stay text. The place is the link and not the path: LibreOffice
    does not wrap a link, and cuts a long one.
    """
    target = f"{_INTAKE}{quote(str(file))}"
    if (
        not isinstance(file, str)
        or printable(file) != file
        or ".." in file.split("/")
        or cell[0] > _MOST_LINKS
        or len(target) > _LONGEST_LINK
    ):
        return False
    return bool(sheet.write_url(*cell, f"external:{target}", formats.link, shown) == 0)


def _height(values: Sequence[Value], columns: Sequence[Column]) -> float:
    """The height in points that shows every wrapped line, as far as Excel allows: LibreOffice does not find it by itself."""
    lines = [
        sum(_lines(line, column.width) for line in value.split("\n"))
        for value, column in zip(values, columns, strict=True)
        if isinstance(value, str) and not column.hidden
    ]
    return min(_TALLEST_ROW, _LINE_HEIGHT * max(lines, default=1) + 4)


def _lines(line: str, width: float) -> int:
    """The lines that a text takes in a column; one more in a narrow one, where a long word that wraps leaves half a line empty."""
    lines = max(1, math.ceil(len(line) / (width * _CHARACTERS_PER_WIDTH)))
    return lines + 1 if lines > 1 and width < _NARROW else lines


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


def _in_one_cell(text: str) -> str:
    """A title, note or heading as one cell holds it; rows of the table go on in further rows instead."""
    return _shortened(text, LONGEST_CELL)


def _shortened(text: str, longest: int) -> str:
    shown = printable(text)
    return shown if len(shown) <= longest else f"{shown[: longest - len(_MORE)]}{_MORE}"


def _set_up_printing(sheet: Worksheet, look: Look, table: Table) -> None:
    sheet.set_landscape()
    printed = sum(column.width for column in table.columns[: table.printed_columns] if not column.hidden)
    sheet.set_paper(A3 if printed > _WIDEST_ON_A4 else look.paper)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_header(f"&C&B{_in_page_header(look.banner)}")
    sheet.set_footer(f"&L{_in_page_header(f'{look.reference} · {table.tab}')}&RPage &P of &N")


def _in_page_header(text: str) -> str:
    return _shortened(text, (_LONGEST_PAGE_HEADER - 60) // 2).replace("&", "&&")
