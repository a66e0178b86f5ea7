"""A new review, ready to be filled."""

import re
import shutil

import pytest

from extractors.extract import extract
from extractors.headings import headings_from
from extractors.reading import Reading
from pipelines.case_file import KINDS, read_case
from pipelines.cli import main
from pipelines.people_file import COLUMNS, read_people
from pipelines.rule_files import rule
from tests.making import source


def test_a_new_review_holds_all_that_board_staff_need(tmp_path, capsys):
    review = tmp_path / "new"
    assert main(["new", str(review), "--kind", "rapid-review", "--reference", "RR-1", "--jurisdiction", "jersey"]) == 0
    case = read_case(review / "case.toml")
    assert (case.reference, case.kind, case.jurisdiction) == ("RR-1", "rapid-review", "jersey")
    assert all((review / "intake" / agency.folder).is_dir() for agency in case.agencies)
    assert read_people(review / "people.csv") == ()
    assert (review / "people.csv").read_text("utf-8").strip() == ",".join(COLUMNS)
    capsys.readouterr()
    assert main(["run", str(review)]) == 2
    assert "intake/ holds no file" in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_a_case_that_reads_back(tmp_path, kind):
    assert (
        main(["new", str(tmp_path / kind), "--kind", kind, "--reference", 'A "quoted" \\ ref', "--agency", "Ty'r Cymru Trust=trust"]) == 0
    )
    case = read_case(tmp_path / kind / "case.toml")
    assert case.reference == 'A "quoted" \\ ref'
    assert [agency.name for agency in case.agencies] == ["Ty'r Cymru Trust"]


def test_a_review_that_stands_is_never_made_anew(tmp_path, capsys):
    words = ["new", str(tmp_path / "r"), "--kind", "scr", "--reference", "R"]
    assert main(words) == 0
    case = tmp_path / "r" / "case.toml"
    case.write_text(case.read_text("utf-8") + "# board staff were here\n", "utf-8")
    assert main(words) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert case.read_text("utf-8").endswith("# board staff were here\n")


@pytest.mark.parametrize(
    ("option", "value"), [("--kind", "novel"), ("--jurisdiction", "atlantis"), ("--agency", "no folder"), ("--agency", "A=../b")]
)
def test_a_wrong_option_says_what_is_allowed(tmp_path, capsys, option, value):
    words = {"--kind": "scr", "--reference": "R", option: value}
    assert main(["new", str(tmp_path / "r"), *(word for pair in words.items() for word in pair)]) == 2
    assert option in capsys.readouterr().err
    assert not (tmp_path / "r").exists()


def test_the_blank_template_filled_in_and_sent_back_is_read(tmp_path):
    import openpyxl

    assert main(["new", str(tmp_path / "r"), "--kind", "scr", "--reference", "R"]) == 0
    returned = shutil.copy(tmp_path / "r" / "for-agencies" / "chronology-template.xlsx", tmp_path / "returned.xlsx")
    workbook = openpyxl.load_workbook(returned)
    sheet = workbook["Chronology"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "Date of event" for cell in row))
    for cell in heading:
        wanted = {"Date of event": "03/04/2031", "Time": "10:30"}.get(str(cell.value))
        sheet.cell(cell.row + 1, cell.column).value = wanted or f"filled in under {cell.value}"
    workbook.save(returned)
    read = extract(returned, source(), Reading(headings=headings_from(rule("headings"))))
    assert [(entry.when.edtf, entry.time) for entry in read.entries] == [("2031-04-03", "10:30")]
    assert {"event", "action", "voice"} <= set(read.entries[0].fields())
    assert not read.unread


def test_the_numbers_that_the_new_case_offers_are_the_defaults_and_may_be_set(tmp_path):
    assert main(["new", str(tmp_path / "r"), "--kind", "scr", "--reference", "R", "--agency", "Police=police"]) == 0
    path = tmp_path / "r" / "case.toml"
    before = read_case(path)
    written = path.read_text("utf-8").replace("# [findings]", "[findings]")
    offered = re.findall(r"^# (\w+_days) = (\d+)", written, re.MULTILINE)
    assert len(offered) == 7
    assert all(getattr(before, name) == int(days) for name, days in offered)
    path.write_text(re.sub(r"^# (\w+_days) = \d+", r"\1 = 3", written, flags=re.MULTILINE), "utf-8")
    assert all(getattr(read_case(path), name) == 3 for name, _ in offered)
