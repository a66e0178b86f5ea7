"""The blank chronology: its form is kept, and filled in it is read by our own extractors."""

import tomllib
from datetime import date
from importlib.resources import files

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from extractors import Reading, extract, headings_from
from reports.blank_chronology import Request, write_document, write_workbook
from reports.blank_columns import COLUMNS, SEEN_CHOICES
from timeline.sources import SourceFile

REQUEST = Request(reference="T-1", agency="Police", period_start=date(2019, 1, 1), period_end=date(2019, 12, 31))
ROW = (
    "1",
    "13/04/2019",
    "14:30",
    "Log",
    "A. Sample, PC",
    "Child",
    "Home visit",
    "Seen at home.",
    "Yes (alone)",
    "“OK”",
    "No action",
    "HV",
    "None",
)
FIELDS = {
    "source": "Log",
    "practitioner": "A. Sample, PC",
    "people_involved": "Child",
    "contact_type": "Home visit",
    "event": "Seen at home.",
    "child_seen": "Yes (alone)",
    "voice": "“OK”",
    "action": "No action",
    "shared_with": "HV",
    "comment": "None",
}


@pytest.fixture(scope="module")
def reading():
    return Reading(headings=headings_from(tomllib.loads((files("rules") / "headings.toml").read_text("utf-8"))))


def read(path, reading):
    return extract(path, SourceFile(path=path.name, sha256="x", agency="Police", label="police/1"), reading)


@pytest.mark.parametrize(("write", "name"), [(write_workbook, "blank.xlsx"), (write_document, "blank.docx")])
def test_the_blank_sent_back_empty_has_no_event_and_no_row_to_mend(tmp_path, reading, write, name):
    write(tmp_path / name, REQUEST)
    found = read(tmp_path / name, reading)
    assert (found.entries, found.unread, found.analyses) == ((), (), ())


def test_the_spreadsheet_filled_in_is_read_whole(tmp_path, reading):
    write_workbook(tmp_path / "blank.xlsx", REQUEST)
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    for at, value in enumerate(ROW, start=1):
        book["Chronology"].cell(4, at, date(2019, 4, 13) if at == 2 else value)
    book["Chronology"].cell(5, 2, "about March 2019")
    book["Chronology"].cell(5, 8, "Telephone call.")
    book.save(tmp_path / "filled.xlsx")
    found = read(tmp_path / "filled.xlsx", reading)
    assert [(each.when.edtf, each.time) for each in found.entries] == [("2019-04-13", "14:30"), ("2019-03~", None)]
    assert found.entries[0].fields() == FIELDS
    assert not found.unread


def test_the_word_form_filled_in_is_read_whole(tmp_path, reading):
    write_document(tmp_path / "blank.docx", REQUEST)
    document = docx.Document(tmp_path / "blank.docx")
    for cell, value in zip(document.tables[1].rows[1].cells, ROW, strict=True):
        if (chosen := cell._tc.find(f".//{qn('w:sdtContent')}//{qn('w:t')}")) is not None:
            chosen.text = value
        else:
            cell.paragraphs[0].add_run(value)
    document.save(tmp_path / "filled.docx")
    found = read(tmp_path / "filled.docx", reading)
    assert [(each.when.edtf, each.time, each.fields()) for each in found.entries] == [("2019-04-13", "14:30", FIELDS)]
    assert not found.unread


def test_the_spreadsheet_has_its_headings_in_one_frozen_row_and_drop_downs_that_fit(tmp_path):
    write_workbook(tmp_path / "blank.xlsx", REQUEST)
    sheet = openpyxl.load_workbook(tmp_path / "blank.xlsx")["Chronology"]
    assert [cell.value for cell in sheet[3]] == [column.heading for column in COLUMNS]
    assert sheet.freeze_panes == "C4"
    assert sheet["A2"].value == "T-1 · Police · 1 January 2019 to 31 December 2019"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["I4"].formula1 == f'"{",".join(SEEN_CHOICES)}"'
    assert (rules["B4"].type, rules["B4"].errorStyle) == ("date", "information")
    assert sheet.column_dimensions["B"].number_format == "dd/mm/yyyy"


def test_no_choice_holds_a_comma_which_a_drop_down_would_split():
    assert all("," not in choice for column in COLUMNS for choice in column.choices)


def test_the_word_form_offers_the_choices_in_each_row(tmp_path):
    write_document(tmp_path / "blank.docx", REQUEST)
    document = docx.Document(tmp_path / "blank.docx")
    lists = list(document.element.iter(qn("w:dropDownList")))
    assert len(lists) == len(document.tables[1].rows) - 1
    assert [item.get(qn("w:value")) for item in lists[0]] == list(SEEN_CHOICES)
    ids = [each.get(qn("w:val")) for each in document.element.iter(qn("w:id"))]
    assert len(set(ids)) == len(ids)
    assert [cell.text for cell in document.tables[1].rows[0].cells] == [column.heading for column in COLUMNS]


def test_two_blanks_are_the_same_bytes_and_nothing_need_be_asked(tmp_path):
    for name in ("one", "two"):
        write_workbook(tmp_path / f"{name}.xlsx")
        write_document(tmp_path / f"{name}.docx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
