"""Seconds to read a large workbook and a large Word table, the child process included, beside what plain libraries take for the same file.

    python benchmarks/reading.py [--rows 50000] [--word-rows 5000] [--rounds 3]

Every round reads each file in every way, one after another, so that what else the machine does falls on all of them: read the ratios of
one round and the medians, not one time. Plain libraries give the words alone; ours gives dated events with their places and what is hidden.
The files are made anew and hold invented words.
"""

import argparse
import random
import statistics
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pandas as pd
import xlsxwriter

from extractors import Reading, extract_apart, headings_from
from extractors.processes import end_readers
from pipelines.runners import side_by_side
from timeline.sources import SourceFile

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = ("No.", "Date", "Time", "Event", "Action taken", "Source", "Contact type", "People involved")
WORDS = tuple(
    "mother visited home school nurse rang attended no concerns child seen alone agreed plan meeting held referral made noted".split()  # noqa: SIM905
)


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Invented rows, in order over eight years."""
    chance = random.Random(1)  # noqa: S311 - the same rows every time
    say = lambda length: " ".join(chance.choices(WORDS, k=length)).capitalize() + "."
    for number in range(count):
        day = date(2012, 1, 1) + timedelta(days=number * 3000 // count)
        yield number + 1, day, f"{8 + number % 10:02d}:{number % 60:02d}", say(18), say(8), say(2), "Case note", say(3)


def make_workbook(path: Path, count: int) -> None:
    """A workbook of one sheet with real dates."""
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    sheet, shown = book.add_worksheet("Records"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for index, (number, day, *texts) in enumerate(rows(count), start=1):
        sheet.write_number(index, 0, number)
        sheet.write_datetime(index, 1, datetime.combine(day, datetime.min.time()), shown)
        for column, text in enumerate(texts, start=2):
            sheet.write_string(index, column, text)
    book.close()


def make_document(path: Path, count: int) -> None:
    """A document of one table; rows are copied, because adding each through the library takes minutes."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=len(HEADINGS))
    blank = deepcopy(table._tbl.tr_lst[0])
    for texts in (HEADINGS, *((n, f"{day:%d/%m/%Y}", *rest) for n, day, *rest in rows(count))):
        row = deepcopy(blank)
        for cell, text in zip(row.tc_lst, texts, strict=True):
            cell.p_lst[0].add_r().text = str(text)
        table._tbl.append(row)
    table._tbl.remove(table._tbl.tr_lst[0])
    document.save(path)


def read_with_openpyxl(path: Path) -> int:
    """Rows that plain openpyxl gives."""
    return sum(1 for _ in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def read_with_pandas(path: Path) -> int:
    """Rows that plain pandas gives."""
    return len(pd.read_excel(path))


def read_with_python_docx(path: Path) -> int:
    """Rows that plain python-docx gives."""
    return sum(1 for row in docx.Document(path).tables[0].rows if [cell.text for cell in row.cells])


def main() -> None:
    """Prints a line for each way of reading each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--word-rows", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rules = tomllib.loads((ROOT / "rules" / "headings.toml").read_text("utf-8"))
    reading = Reading(headings=headings_from(rules))

    def read_ours(path: Path) -> int:
        end_readers()  # every run starts its own
        return len(extract_apart(path, SourceFile(path.name, "", "Agency", "agency/1"), reading).entries)

    with TemporaryDirectory() as folder:
        workbook, document = Path(folder) / "records.xlsx", Path(folder) / "records.docx"
        make_workbook(workbook, options.rows)
        make_document(document, options.word_rows)
        for path, count, plain in (
            (workbook, options.rows, {"openpyxl": read_with_openpyxl, "pandas": read_with_pandas}),
            (document, options.word_rows, {"python-docx row.cells": read_with_python_docx}),
        ):
            print(f"{path.suffix}, {count:,} rows of {len(HEADINGS)} columns")
            report(path, {"ours, child process included": read_ours, **plain}, options.rounds)
        print(f"both files, up to {side_by_side()} at once as in a run")
        both = (workbook, document)

        def read_side_by_side(_: Path) -> int:
            end_readers()
            with ThreadPoolExecutor(side_by_side()) as pool:
                return sum(pool.map(read_ours, both))

        ways = {"ours, side by side": read_side_by_side, "ours, one after the other": lambda _: sum(map(read_ours, both))}
        ways["openpyxl, then python-docx"] = lambda _: read_with_openpyxl(workbook) + read_with_python_docx(document)
        report(workbook, ways, options.rounds)


def report(path: Path, ways: dict[str, Callable[[Path], int]], rounds: int) -> None:
    """Reads the file in every way, round after round, and prints medians and the median ratio to ours."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    found = {}
    for _ in range(rounds):
        for name, read in ways.items():
            start = time.perf_counter()
            found[name] = read(path)
            times[name].append(time.perf_counter() - start)
    ours = next(iter(times.values()))
    for name, seconds in times.items():
        ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, seconds, strict=True))
        print(f"  {name:30} {statistics.median(seconds):7.2f} s   {found[name]:,} rows   ours takes {ratio:.2f} times as long")


if __name__ == "__main__":
    main()
