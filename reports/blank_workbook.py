"""The blank chronology as a spreadsheet: the headings in one row, drop-downs, dates as day, month and year, and a sheet of guidance."""

import io
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports import colours
from reports.blank_columns import COLUMNS, GUIDANCE, NOBODY_YET, SEEN_CHOICES, Request
from reports.printable import printable
from reports.sheets import A4, MADE_ON

HEADER_ROW = 2  # counted from 0: the title and the line about the request stand above it
_LAST_ROW = 4999
_A3 = 8
_PLAIN = {"font_name": "Arial", "font_size": 10, "valign": "top", "font_color": f"#{colours.INK}"}
_HEAD = _PLAIN | {
    "bold": True,
    "font_color": f"#{colours.PAPER}",
    "bg_color": f"#{colours.HEADING_FILL}",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
}


def write_workbook(path: Path, request: Request = NOBODY_YET) -> None:
    """Write the blank chronology as an .xlsx file, for an agency and period where the request says so."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": printable(f"Chronology {request.reference}".strip()), "author": "", "created": MADE_ON})
    _write_form(book, book.add_worksheet("Chronology"), request)
    _write_guidance(book, book.add_worksheet("Guidance"))
    book.close()
    path.write_bytes(memory.getvalue())


def _write_form(book: xlsxwriter.Workbook, sheet: Worksheet, request: Request) -> None:
    cell = book.add_format(_PLAIN | {"text_wrap": True})
    day = book.add_format(_PLAIN | {"num_format": "dd/mm/yyyy", "align": "left"})
    time = book.add_format(_PLAIN | {"num_format": "hh:mm", "align": "left"})
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, {"Date of event": day, "Time": time}.get(column.heading, cell))
        sheet.write_string(HEADER_ROW, at, column.heading, book.add_format(_HEAD))
        _help(sheet, at, column.heading, column.what, column.choices)
    title = book.add_format(_PLAIN | {"bold": True, "font_size": 14, "font_color": f"#{colours.HEADING}", "valign": "vcenter"})
    line = book.add_format(_PLAIN | {"font_color": f"#{colours.NOTE_INK}"})
    sheet.set_row(0, 24, title)
    sheet.write_string(0, 0, "Chronology", title)
    sheet.set_row(1, 18, line)
    sheet.write_string(1, 0, printable(request.line), line)
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&RPage &P of &N")


def _help(sheet: Worksheet, at: int, heading: str, what: str, choices: tuple[str, ...]) -> None:
    """What to put, shown beside the cell; a choice where there is one. Only whether the person was seen is held to the choices."""
    rule: dict[str, object] = {"validate": "any", "input_title": heading[:32], "input_message": what[:255]}
    if choices:
        rule |= {
            "validate": "list",
            "source": list(choices),
            "error_title": "Not in the list",
            "error_message": "Choose from the list, or keep your own words.",
        }
        rule["error_type"] = "warning" if choices is SEEN_CHOICES else "information"
    if heading == "Date of event":
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 1, 1),
            "maximum": date(2100, 12, 31),
            "error_type": "information",
        }
        rule |= {
            "error_title": "No plain date",
            "error_message": "That is no date that the sheet knows. Keep it if the day is not known: “about March 2019”.",
        }
    sheet.data_validation(HEADER_ROW + 1, at, _LAST_ROW, at, rule)


def _write_guidance(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    title = book.add_format(_PLAIN | {"bold": True, "font_size": 14, "font_color": f"#{colours.HEADING}"})
    cell = book.add_format(_PLAIN | {"text_wrap": True, "border": 1, "border_color": f"#{colours.RULE}"})
    example = book.add_format(
        _PLAIN | {"text_wrap": True, "border": 1, "border_color": f"#{colours.RULE}", "italic": True, "bg_color": f"#{colours.DRAFT_FILL}"}
    )
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 2, 60)
    sheet.write_string(0, 0, "How to fill in the chronology", title)
    for at, line in enumerate(GUIDANCE, start=2):
        sheet.write_string(at, 0, line, book.add_format(_PLAIN))
    first = len(GUIDANCE) + 3
    for at, heading in enumerate(("Column", "What to put", "Invented example")):
        sheet.write_string(first, at, heading, book.add_format(_HEAD))
    for at, column in enumerate(COLUMNS, start=first + 1):
        choices = f" Choices: {'; '.join(column.choices)}." if column.choices else ""
        sheet.set_row(at, 42 if choices else 16)
        sheet.write_string(at, 0, column.heading, cell)
        sheet.write_string(at, 1, column.what + choices, cell)
        sheet.write_string(at, 2, column.example, example)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
