"""docs/board.md, followed word for word on the sample: every command of it is run, in its order, by the person who types it."""

import json
import os
import re
import shutil

import docx
import openpyxl
import pytest

from reports import review_columns as words
from tests.conftest import ROOT
from tests.pipelines.board import Filling
from tests.pipelines.release.terminal import types

SAMPLE = ROOT / "data" / "samples" / "harbour"
GUIDE = ROOT / "docs" / "board.md"
COMMAND = re.compile(r"^ {4,}(board|jo|sam)\$ (chronology .+)$", re.MULTILINE)
MOST_ROUNDS = 5
pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(os.getuid() != 0, reason="two people sign under two accounts: only root may take them"),
]


class Following:
    """Somebody who follows the guide: types its commands, and does by hand what it says between them."""

    def __init__(self, folder):
        self.folder, self.review = folder, folder / "reviews" / "SCR-2031-A"
        self.report = folder / "reports" / "report.docx"
        self.done, self.identities = [], []
        for name in ("reviews", "reports", "home/jo", "home/sam"):
            (folder / name).mkdir(parents=True)

    def types(self, person, line):
        for place in ("reviews", "reports", "home"):
            line = line.replace(f" /{place}", f" {self.folder}/{place}")
        typed = types(person, line)
        self.done.append(line.split()[1])
        return typed

    def after_new(self, typed):
        """The agencies, the cast list and what agencies sent: the sample's."""
        assert typed.status == 0, typed.said
        shutil.rmtree(self.review / "intake")
        shutil.copytree(SAMPLE / "intake", self.review / "intake")
        for name in ("case.toml", "people.csv"):
            shutil.copyfile(SAMPLE / name, self.review / name)

    def after_new_identity(self, typed):
        assert typed.status == 0, typed.said
        self.identities += re.findall(r"age1\w+", typed.said)
        if len(self.identities) == 2:
            with (self.review / "case.toml").open("a", encoding="utf-8") as case:
                case.write(f"\n[board]\nrecipients = {json.dumps(self.identities)}\nretention_years = 25\n")

    def after_run(self, typed):
        assert typed.status in (0, 1), typed.said
        assert (self.review / "output" / "review" / "review.json").is_file(), typed.said

    def after_review(self, typed):
        """Decides everything that is open; where the guide says so, again and again."""
        if self.done.count("review") == 1:
            assert typed.status == 1, typed.said
            self.decide_everything()
            return
        for _ in range(MOST_ROUNDS):
            if typed.status == 0:
                return
            self.decide_everything()
            self.after_run(types("board", f"chronology run {self.review}"))
            typed = types("board", f"chronology review {self.review}")
        pytest.fail(typed.said)

    def decide_everything(self):
        path = self.review / "output" / "review" / "anonymisation-review.xlsx"
        decisions = {words.PEOPLE: "keep as is", words.REPLACEMENTS: "hide", words.PASSAGES: "hide"}
        fill(path, decisions, {"decide"})

    def after_check(self, typed):
        path = self.review / "output" / "review" / "report-check.xlsx"
        if self.done.count("check") == 1:
            assert typed.status == 1, typed.said
            fill(path, {"What was found": "leave (it may stay)"}, {"decide"})
            return
        assert typed.status == 0, typed.said

    def before_check(self):
        if not self.report.exists():
            document = docx.Document()
            document.add_heading("What the review found", level=1)
            document.add_paragraph("Child H was seen in school. In the autumn the visits were read one by one. Nobody asked Child H.")
            document.add_paragraph("Dr Ottoline Fairweather advised the panel.")
            document.save(str(self.report))

    def after_other(self, typed):
        assert typed.status == 0, typed.said


def fill(path, decisions, waiting):
    """Fills in every row that waits, as board staff would."""
    with Filling(path) as filling:
        for sheet, decision in decisions.items():
            if sheet not in filling.book.sheetnames:
                continue
            columns, rows = filling.columns(sheet), filling.book[sheet]
            for number in range(5, rows.max_row + 1):
                if rows.cell(number, columns["To do"]).value in waiting:
                    rows.cell(number, columns[words.DECISION]).value = decision
                    rows.cell(number, columns[words.INITIALS]).value = "AB"


def test_the_guide_leads_from_a_new_review_to_its_archive_word_for_word(tmp_path):
    following = Following(tmp_path)
    commands = COMMAND.findall(GUIDE.read_text("utf-8"))
    for person, line in commands:
        name = line.split()[1].replace("-", "_")
        getattr(following, f"before_{name}", lambda: None)()
        typed = following.types(person, line)
        getattr(following, f"after_{name}", following.after_other)(typed)
    assert following.done == [line.split()[1] for _, line in commands]
    published = following.review / "published"
    assert sorted(path.name for path in published.iterdir()) == ["manifest.json", "overview-report.docx"]
    assert "Child H" in docx.Document(str(published / "overview-report.docx")).paragraphs[1].text
    assert len({each["key"] for each in json.loads((published / "manifest.json").read_text("utf-8"))["signatures"]}) == 2


def test_the_guide_names_every_step_that_it_follows_and_shows_its_pictures():
    text = GUIDE.read_text("utf-8")
    ran = {line.split()[1] for _, line in COMMAND.findall(text)}
    assert ran >= {"new", "run", "review", "check", "register", "sign-off", "publish", "archive", "retention", "verify"}
    shown = re.findall(r"!\[[^\]]+\]\((pictures/[\w-]+\.png)\)", text)
    assert shown
    assert [name for name in shown if not (ROOT / "docs" / name).is_file()] == []
    assert [name for name in shown if (ROOT / "docs" / name).stat().st_size > 150_000] == []


def test_a_workbook_that_the_test_fills_has_rows_that_wait(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words.PEOPLE
    for column, heading in enumerate(("To do", words.DECISION, words.INITIALS), start=1):
        sheet.cell(4, column, heading)
    sheet.cell(5, 1, "decide")
    book.save(tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {words.PEOPLE: "keep as is"}, {"decide"})
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")[words.PEOPLE].cell(5, 2).value == "keep as is"
