"""Harbour with rows planted into its files: entries typed twice, and rows that only look like others."""

import copy
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from pipelines import steps
from pipelines.intake import intake
from pipelines.reading import extract
from pipelines.review import Review
from pipelines.setting import set_up
from timeline.merging import merge

pytestmark = pytest.mark.models
HARBOUR = Path("data/samples/harbour")
GP, HV, POLICE, HOSPITAL = (
    "gp/QN_chronology_export.csv",
    "fnhc/FNHC HV chronology with comments.docx",
    "police/SoJP chronology RENOUF.docx",
    "hospital/JGH Maternity Paeds Safeguarding.xlsx",
)
VISIT = (
    "f/u HV with Donna (CNN).  EM on floor on blanket, pale bruise still visable. Mum says cot is broken & EM sleeps in big bed. "
    "Chelle asleep on settee. Ashtray and lighter on low table, moved; Jayden at nursery"
)
STOPPED = (
    "STOP CHECK VICTORIA AVENUE, WHITE TRANSIT J87412 DISPLAYING CORBIÈRE SCAFFOLDING. DRIVER TOUZEL, PASSENGER SHANNON RENOUF, "
    "INFANT UNRESTRAINED ON HER LAP. BREATH TEST NEGATIVE"
)
FALL = "Fell from adult bed approx 50cm to laminate, cried at once. Bruise L forehead 2cm. Alert, feeding. Attended with mother only."
NEGLECT = "Neglect file reviewed by DS. Insufficient evidence of wilful neglect, single occasion, adult absent max 35 mins."


def into_word(path, after, **cells):
    """A copy of the row that begins with `after`, right behind it, with cells changed by their number: c0="…"."""
    document = docx.Document(path)
    rows = [row for table in document.tables for row in table.rows]
    row = next(row for row in rows if row.cells[0].text.startswith(after))
    row._tr.addnext(again := copy.deepcopy(row._tr))
    added = next(each for table in document.tables for each in table.rows if each._tr is again)
    for number, text in cells.items():
        added.cells[int(number[1:])].text = text
    document.save(path)


def into_csv(path, row, *changes):
    """The row that begins so, once more at the end of the rows, with words changed."""
    written = path.read_text("cp1252")
    again = next(line for line in written.splitlines() if line.startswith(row))
    for old, new in changes:
        assert old in again
        again = again.replace(old, new)
    path.write_text(written.replace("31/02/2019;", f"{again}\n31/02/2019;"), "cp1252")


def into_workbook(path, sheet, cells):
    book = openpyxl.load_workbook(path)
    book[sheet].append(cells)
    book.save(path)


def plant_true_ones(at):
    into_csv(at / GP, "05/04/2018")  # to the letter
    into_workbook(at / HOSPITAL, "2018", ["27/09/2018", None, "ED", FALL, None, "–", None])  # again in another file, without its time
    into_word(at / HV, "04.10.18", c1="", c3=VISIT, c5="")  # retyped
    into_word(at / POLICE, "26/07/18", c0="26/07/18", c2=STOPPED)  # in capitals, without its time
    return {("GP Surgery", "2018-04-05"), ("Jersey General Hospital", "2018-09-27"), ("Family Nursing & Home Care", "2018-10-04"),
            ("States of Jersey Police", "2018-07-26")}  # fmt: skip


def plant_look_alikes(at):
    into_word(at / HV, "21.08.19", c0="28.08.19")  # the same words a week later
    into_word(at / HV, "21.08.19", c1="1500hrs")  # and later that day
    into_csv(at / GP, "12/07/2018", (";EM;", ";Jayden R;"))  # the brother
    into_word(at / HV, "11.06.19", c4="N")  # not seen
    into_word(
        at / HV, "11.06.19", c3="Home visit. Jayden 16/12, walking, few words, wt 8.9kg. L forearm healed. Bottles of cold tea in cot."
    )
    into_csv(at / GP, "15/01/2020", ("L wrist", "R wrist"))  # the other side
    into_csv(at / GP, "18/03/2020", ("15mg", "30mg"))  # another dose
    into_workbook(
        at / HOSPITAL, "2019", ["04/02/2019", None, "Safeguarding", NEGLECT, None, "NFA. CSC informed.", None]
    )  # another agency's words


def merged(at):
    review = Review(at)
    review.secret()
    setting = set_up(review)
    return setting, merge([extract(setting, each) for each in intake(review, setting.case)], b"s" * 32)


@pytest.fixture
def at(tmp_path):
    shutil.copytree(HARBOUR, tmp_path / "harbour", symlinks=True)
    return tmp_path / "harbour"


def test_entries_typed_twice_are_found_and_look_alikes_are_not(at):
    _, before = merged(at)
    planted = plant_true_ones(at / "intake")
    plant_look_alikes(at / "intake")
    setting, timeline = merged(at)
    assert len(timeline.events) == len(before.events) + 4 + 8
    recognition = steps.recognise_all(setting, timeline)
    found = [each for each in steps.find_all(setting, timeline, recognition).findings if each.kind == "duplicate"]
    dates = {event.id: event.when.edtf for event in timeline.events}
    assert sorted((each.agencies[0], *(dates[event] for event in each.events)) for each in found) == [
        (agency, day, day) for agency, day in sorted(planted)
    ]
