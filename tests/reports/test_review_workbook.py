"""The board's workbook as it is written: drop-downs, dates, columns that refuse typing, nothing that Excel would work out."""

import zipfile
from datetime import date

import openpyxl
import pytest

from reports import review_columns as words
from reports import review_workbook
from reports.review_contents import Example, Keys, LeftRow, PassageRow, PersonRow, ReplacementRow, ReviewContents, Said
from tests.making import case
from timeline.review_decisions import VERDICTS

EXAMPLE = Example(where="Police, 04/03/2019", before="…said that ", words="=Toby", after=" was well…")
SAID = Said(verdict="rename", words="Anya", by="AB", on=date(2031, 3, 4), why="=1+1")


def contents():
    person = PersonRow(
        label="Mother — Hannah (P2)", pseudonym="Mother", name="Hannah", role="Mother", kind="family", agency="", known_from="the texts",
        forms=(("Hannah", 12), ("=Hannah", 0)), examples=(EXAMPLE,), now="", is_open=True, said=SAID,
        keys=Keys(thing="a1", seen="b2", basis=("person", "c3")),
    )  # fmt: skip
    form = ReplacementRow(
        kind="person", form="=HYPERLINK(1)", becomes=("Mother",), whose="", doubt="", found_by="the cast list", count=3, examples=(EXAMPLE,),
        is_open=False, said=Said(), keys=Keys(thing="d4"),
    )  # fmt: skip
    passage = PassageRow(
        kind="faith", context=EXAMPLE, why="Few share it.", risk=0.5, becomes="[faith]", is_open=True, said=Said(), keys=Keys(thing="e5")
    )
    left = LeftRow(
        form="Zumba", why="no list knows these words", decided="", count=1, examples=(EXAMPLE,), said=Said(), keys=Keys(thing="f6")
    )
    return ReviewContents(case=case("Police"), book="g7", people=(person,), replacements=(form,), passages=(passage,), left=(left,))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "review.xlsx"
    review_workbook.write(contents(), path)
    return path


def sheet_of(book, name):
    return openpyxl.load_workbook(book)[name]


def test_every_decision_of_a_kind_of_row_stands_in_its_drop_down(book):
    for about, sheet in words.SHEET_OF.items():
        offered = [rule.formula1 for rule in sheet_of(book, sheet).data_validations.dataValidation if rule.type == "list"]
        assert any(all(said in each for said in words.IN_WORDS[about].values()) for each in offered)
        assert set(words.IN_WORDS[about]) == set(VERDICTS[about])


def test_columns_that_the_program_writes_refuse_typing_and_no_sheet_is_locked_so_that_rows_can_be_sorted(book):
    ws = sheet_of(book, words.PEOPLE)
    refused = {str(cells) for rule in ws.data_validations.dataValidation if rule.type == "custom" for cells in rule.sqref.ranges}
    assert "C5" in refused or "C5:C5" in refused
    assert not ws.protection.sheet


def test_dates_are_dates_and_ids_are_hidden(book):
    ws = sheet_of(book, words.PEOPLE)
    columns = {cell.value: cell for cell in ws[4]}
    assert ws.cell(5, columns[words.DATE].column).is_date
    hidden = {at for each in ws.column_dimensions.values() if each.hidden for at in range(each.min, each.max + 1)}
    assert hidden == {columns[heading].column for heading in (words.IDS["person"], words.SEEN, words.BASIS)}


def test_nothing_that_was_written_becomes_a_formula_or_a_link(book):
    for ws in openpyxl.load_workbook(book):
        assert not [cell for row in ws.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(book) as package:
        assert not [name for name in package.namelist() if "external" in name.casefold() or "vba" in name.casefold()]


def test_every_page_says_that_it_is_identifiable_and_repeats_its_headings(book):
    for ws in openpyxl.load_workbook(book):
        assert "IDENTIFIABLE" in ws.oddHeader.center.text
        assert ws.print_title_rows == "$4:$4"
        assert ws.freeze_panes


def test_the_same_contents_give_the_same_bytes(book, tmp_path):
    review_workbook.write(contents(), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_a_review_in_which_nothing_was_found_has_a_workbook_too(tmp_path):
    review_workbook.write(ReviewContents(case=case("Police"), book="x"), tmp_path / "empty.xlsx")
    assert sheet_of(tmp_path / "empty.xlsx", words.PEOPLE)["A5"].value == "Nobody is named in this review."
