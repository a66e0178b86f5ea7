"""A corrected return, as an agency sends one: the largest workbook of a folder with a row more."""

import zipfile
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

ADDED = " Seen again at the surgery with mother by the practice nurse."


def add_a_row(folder: Path) -> Path:
    """Adds to the largest workbook that opens without a password a row like its last one, of the same day and with some words more; gives its path.

    ValueError where the folder holds no such workbook.
    """
    # a workbook under a password is no zip file
    found = [path for path in folder.rglob("*.xlsx") if not path.name.startswith("~$") and zipfile.is_zipfile(path)]
    if not found:
        raise ValueError("there is no workbook that a row could be added to")
    path = max(found, key=lambda each: (each.stat().st_size, each.name))
    workbook = openpyxl.load_workbook(path)
    _append(max(workbook.worksheets, key=lambda sheet: sheet.max_row))
    workbook.save(path)
    return path


def _append(sheet: Worksheet) -> None:
    """A row below all others like the last one that has a date in front, which a line of totals has not."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    last = next(row for row in reversed(rows) if row[0] and sum(1 for value in row if value) > 1)
    longest = max(range(1, len(last)), key=lambda place: len(str(last[place] or "")))
    last[longest] = f"{last[longest]}{ADDED}"
    sheet.append(last)
