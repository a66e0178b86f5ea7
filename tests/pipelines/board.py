"""A small invented review, and its board: runs of the steps that the review of the anonymisation takes part in, with real files, without models."""

import copy
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import openpyxl

from anonymise.hiding.hide import Known, texts_to_recognise
from anonymise.recognising.recognise import recognise
from pipelines import steps
from pipelines.outputs import put_in_place, staging
from pipelines.review import open_review
from pipelines.review_files import MAIN
from pipelines.review_round import take_in, write_review
from pipelines.setting import set_up
from reports import review_columns as words
from tests.making import returned, source
from timeline.merging import merge
from timeline.people import Person
from timeline.review_decisions import ReviewIds

CASE = """
[case]
reference = "R-1"
kind = "scr"
title = "A review"
period_start = 2019-01-01
period_end = 2019-12-31
[[agency]]
name = "Police"
folder = "police"
[[agency]]
name = "School"
folder = "school"
"""
CHILD = Person(
    id="P1", name="Marisol Tregarthen", role="Subject child", kind="subject", pseudonym="Child Z", date_of_birth=date(2016, 5, 9)
)
MOTHER = Person(id="P2", name="Deborah Tregarthen", role="Mother", kind="family")
AUNT = Person(id="P3", name="Philippa Oldacre", role="Aunt", kind="family")
CAST = (CHILD, MOTHER, AUNT)
ROWS = {
    "Police": [
        ("04/03/2019", "Deborah Tregarthen reported that Marisol Tregarthen had been pushed. PC Quillfeather attended."),
        ("05/03/2019", "Mrs Featherstone of number 4 was seen with Debs. Debs Tregarthen left."),
        ("08/03/2019", "Her father works as a scaffolder. Her father is Polish."),
        ("09/03/2019", "Mr Quarrington said that Philippa Oldacre had called. Deborah was calm."),
    ],
    "School": [
        ("06/03/2019", "Marisol was tired. Mrs Featherstone collected her. Philippa Oldacre rang at noon."),
        ("07/03/2019", "Judge Wetherspoon made an order. Mr Quarrington was told by Debs. The Zumba class was moved."),
    ],
}


@cache
def _setting():
    """The rules as a run reads them, once."""
    folder = Path(tempfile.mkdtemp())
    (folder / "case.toml").write_text(CASE, "utf-8")
    return set_up(open_review(folder))


class Nothing:
    """Detectors that find nothing: what is left is the cast list and what the rules know."""

    def find(self, texts, doubtful=None):
        return [[] for _ in texts]


class Board:
    """A review on the disk whose runs are the steps from merging to the board's workbook."""

    def __init__(self, folder, cast=CAST, rows=None):
        folder.mkdir(exist_ok=True)
        (folder / "case.toml").write_text(CASE, "utf-8")
        self.review = open_review(folder)
        self.setting = replace(_setting(), cast=tuple(cast))
        self.now = datetime(2031, 3, 5, 12, tzinfo=UTC)
        self.rows = rows or ROWS
        self.ids = ReviewIds(self.review.secret())
        self.notes = ()

    @property
    def path(self):
        return self.review.output / "review" / MAIN

    @property
    def log(self):
        return self.review.decisions_file

    def texts(self):
        """The anonymised texts of the last run, by agency."""
        return [each.text for each in self.hidden.review.events]

    def timeline(self):
        """The review's rows, merged."""
        return merge([returned(source(agency), rows) for agency, rows in self.rows.items()], self.review.secret())

    def recognition(self):
        """Who is named in them, by the cast list and the rules alone."""
        texts, agencies = texts_to_recognise(self.setting.case, self.timeline()), self.setting.case.agencies
        return recognise(texts, self.setting.cast, agencies, Nothing(), self.setting.hiding.recognition)

    def run(self):
        """Takes in what was filled in, decides, hides and writes the workbook anew; gives how much waits on each sheet."""
        with self.review.alone():
            self.now += timedelta(minutes=1)
            taken = take_in(self.review, self.ids, self.now)
            board = steps.Board(taken.decisions, self.ids)
            timeline, found = self.timeline(), self.recognition()
            self.decided = steps.decide_all(self.setting, timeline, found, board)
            self.hidden = steps.hide_all(self.setting, timeline, (), self.decided.to_hide, Known(verdicts=self.decided.passages))
            self.notes = taken.notes
            with staging(self.review.output) as staged:
                draft = steps.Draft(self.decided, self.hidden)
                waiting = write_review(staged, steps.reviewed(self.setting, timeline, draft, board), taken.notes)
                put_in_place(staged, self.review.output, ("review",), taken.workbooks.get(MAIN, b""))
        return waiting

    def rows_of(self, sheet, path=None):
        """The rows of a sheet as mappings of heading to cell."""
        book = openpyxl.load_workbook(path or self.path)
        rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
        return [dict(zip(rows[0], row, strict=False)) for row in rows[1:] if any(row)]

    def fill(self, sheet, heading, wanted, by="AB", on=date(2031, 3, 4), path=None, **cells):
        """Fills the row of a sheet in which `heading` is `wanted`, as board staff would, and saves the workbook."""
        with Filling(path or self.path) as filling:
            filling.row(sheet, heading, wanted, by=by, on=on, **cells)

    def label(self, name):
        """How the drop-downs call somebody."""
        return next(row["Person"] for row in self.rows_of(words.LISTS) if row["Name"] == name)

    def pseudonym(self, person):
        return dict(self.hidden.key.pseudonyms).get(person)


class Filling:
    """A workbook opened, filled and saved by openpyxl."""

    COLUMNS = {"decision": words.DECISION, "by": words.INITIALS, "on": words.DATE, "why": words.NOTE, "into": words.INTO_WHOM,
               "belongs": words.BELONGS_TO, "words": words.FORM_OR_PSEUDONYM, "instead": words.REPLACE_BY}  # fmt: skip

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.book = openpyxl.load_workbook(self.path)
        return self

    def __exit__(self, *error):
        self.book.save(self.path)

    def columns(self, sheet):
        return {cell.value: cell.column for cell in self.book[sheet][4]}

    def row(self, sheet, heading, wanted, **cells):
        columns = self.columns(sheet)
        ws = self.book[sheet]
        number = next(n for n in range(5, ws.max_row + 1) if ws.cell(n, columns[heading]).value == wanted)
        for name, value in cells.items():
            ws.cell(number, columns[self.COLUMNS[name]]).value = value
        return number


@cache
def _after_one_run():
    made = Board(Path(tempfile.mkdtemp()) / "review")
    made.run()
    return made


def board_after_one_run(folder):
    """The invented review after its first run, in a folder of its own."""
    made = copy.copy(_after_one_run())
    made.review = open_review(Path(shutil.copytree(made.review.folder, folder)))
    return made
