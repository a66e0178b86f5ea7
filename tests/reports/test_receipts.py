"""Receipts, read back with python-docx: what an agency is told of its own files, and that it is told of nobody else's."""

from dataclasses import replace
from datetime import date

import docx
import pytest

from extractors.passwords import NEEDED
from reports import receipts
from reports.opened import check_opens
from reports.receipt_rows import place_in_words, places_in_words, to_the_agency
from tests.reports.reviews import ANALYSIS, EMPTY, POLICE, SILENCE, TINY, event, read
from timeline.dates import FuzzyDate
from timeline.events import EarlierRow
from timeline.extraction import Difference, Extraction, SetAside
from timeline.findings.finding import Finding
from timeline.sources import SourceFile
from timeline.timeline import Timeline

OLD = SourceFile(path="police/Log v1.docx", sha256="d" * 64, agency="Police", label="police/2", format="docx")
EITHER_WAY = "day and month could be told either way: read day first"


def row(number, when, said, *, where, action="", problems=(), time=None, written=""):
    made = event(number, POLICE, when, ("event", "Details", said), ("action", "Outcome", action), time=time, problems=problems)
    return replace(made, source=replace(made.source, where=where), when=replace(made.when, as_written=written or when))


ROWS = (
    row(11, "2019-01-04", "Anna Renouf arrested.", where="table 1 row 3", action="NFA", time="22:47", written="4 January 2019"),
    row(12, "XXXX", "Neighbour rang.", where="table 2 row 14", problems=("“31/02/2020” is not a date",), written="31/02/2020"),
    *(row(20 + n, f"2019-02-0{n}", f"Visit {n}", where=f"table 2 row {n}", problems=(EITHER_WAY,)) for n in range(3, 8)),
)
RETURN = read(
    POLICE,
    *ROWS,
    unread=(SetAside("table 2 row 30", "05/06/2020", "a date with nothing beside it; if something happened, ask the agency what"),),
    ignored=(
        SetAside("table 1 row 1", "Date | What", "the heading row"),
        SetAside("table 2 row 1", "", "a blank row"),
        SetAside("table 2 row 2", "", "a blank row"),
        SetAside("table 1 row 3", "He was drunk", "deleted under tracked changes, dropped from the text"),
    ),
    notes=("table 1, column 4: no rule knows the heading; kept as text (a board can settle it in case.toml)",),
)


def review(*returns, findings=(), analyses=()):
    health = TINY.timeline.returns[1]
    events = tuple(entry for each in (*returns, health) for entry in each.entries)
    return replace(TINY, timeline=Timeline(events=events, returns=(*returns, health), analyses=analyses), findings=findings)


@pytest.fixture
def receipt(tmp_path):
    def written(working, agency="police"):
        receipts.write(working, tmp_path)
        return docx.Document(tmp_path / f"{agency}.docx")

    return written


def all_text(document):
    cells = [cell.text for table in document.tables for each in table.rows for cell in each.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def table(document, first_heading):
    found = next((each for each in document.tables if each.rows[0].cells[0].text == first_heading), None)
    return [[cell.text for cell in each.cells] for each in found.rows[1:]] if found else []


def test_every_agency_gets_a_receipt_in_a_file_named_after_its_folder(tmp_path):
    paths = receipts.write(TINY, tmp_path / "receipts")
    assert [path.name for path in paths] == ["police.docx", "health.docx"]
    for path in paths:
        check_opens(path)


def test_the_figures_are_the_files_own(receipt):
    document = receipt(review(RETURN))
    assert table(document, "Rows seen") == [["12", "7", "1", "4", "4 January 2019", "7 February 2019", "1"]]
    assert table(document, "File")[0][0] == "Log RENOUF.docx"


def test_each_row_to_mend_has_its_place_and_a_plain_sentence(receipt):
    document = receipt(review(RETURN))
    mend = next(each for each in document.tables if "31/02/2020" in each.rows[1].cells[1].text)
    first, second = [[cell.text for cell in each.cells] for each in mend.rows[1:]]
    assert first[:3] == ["Table 2, row 14", "“31/02/2020” is not a date.", "31/02/2020: Neighbour rang."]
    assert second[:2] == ["Table 2, row 30", "A date with nothing beside it; if something happened, please tell us what."]


def test_many_rows_with_one_doubt_are_one_line_that_names_them_all(receipt):
    lines = [each for each in all_text(receipt(review(RETURN))).split("\n") if "rows 3–7" in each]
    assert "Table 2, rows 3–7" in lines


def test_columns_left_empty_are_counted_and_columns_that_are_missing_are_named(receipt):
    document = receipt(review(RETURN))
    assert table(document, "Your rows say")[0] == ["What was done, or the outcome", "1 of 7", "6", "Table 2, rows 3–7 and 14"]
    assert "whether the child or adult was seen" in all_text(document)


def test_tracked_changes_are_listed_for_review_with_their_words(receipt):
    lines = [
        [cell.text for cell in each.cells]
        for each_table in receipt(review(RETURN)).tables
        for each in each_table.rows
        if each.cells[-1].text == "He was drunk"
    ]
    assert lines == [["Table 1, row 3", "Deleted under tracked changes, dropped from the text.", "He was drunk"]]


def test_rows_set_aside_are_counted_by_their_reason(receipt):
    assert table(receipt(review(RETURN)), "Why") == [
        ["A blank row.", "2", "Table 2, rows 1–2"],
        ["The heading row.", "1", "Table 1, row 1"],
    ]


def replaced(*rows, **more):
    """The earlier return, put aside for RETURN, and its difference from it."""
    reason = "replaced by the corrected return police/1 (1 rows the same, 1 changed, 0 added, 1 gone)"
    difference = Difference(earlier=OLD, later=POLICE, kind="whole", same=1, **more)
    return Extraction(source=OLD, status="superseded", reason=reason, seen=len(rows), unread=rows, differences=(difference,))


def in_old(number, when, said, where):
    made = row(number, when, said, where=where)
    return replace(made, source=replace(made.source, file=OLD))


def test_the_difference_to_a_superseded_return_is_told_before_and_after_with_places(receipt):
    before, gone = in_old(2, "2019-01-03", "Anna Renouf was stopped.", "table 1 row 2"), in_old(3, "2019-01-30", "Met.", "table 1 row 3")
    document = receipt(review(RETURN, replaced(changed=((before, ROWS[0]),), gone=(gone,), added=(ROWS[1],))))
    assert table(document, "What") == [
        [
            "Changed",
            "Thu 3 Jan 2019 Anna Renouf was stopped.",
            "Table 1, row 2",
            "Fri 4 Jan 2019, 22:47 Anna Renouf arrested. NFA",
            "Table 1, row 3",
        ],
        ["Gone", "Wed 30 Jan 2019 Met.", "Table 1, row 3", "", ""],
        ["Added", "", "", "Undated Neighbour rang.", "Table 2, row 14"],
    ]
    assert "What differs from “Log v1.docx” to “Log RENOUF.docx”" in all_text(document)
    assert "police/1" not in all_text(document)


def test_a_row_changed_in_the_file_itself_is_told_with_what_it_said_before(receipt):
    now = replace(ROWS[0], changed_from=EarlierRow(when=FuzzyDate("2019-01-03"), time=None, text="Anna Renouf was stopped."))
    ((what, before, place, after, _),) = table(receipt(review(read(POLICE, now))), "What")
    assert (what, before, place) == ("Changed", "Thu 3 Jan 2019 Anna Renouf was stopped.", "")
    assert after.endswith("arrested. NFA")


def test_what_must_be_settled_of_a_whole_file_is_told_without_its_label(receipt):
    problem = "police/2 is nearly the same return and nothing tells which is the later: ask the agency which one counts"
    twin = replace(read(OLD, in_old(2, "2019-01-03", "Met.", "row 2")), problems=("police/1 is nearly the same return",))
    told = all_text(receipt(review(replace(RETURN, problems=(problem,)), twin)))
    assert "“Log v1.docx” is nearly the same return and nothing tells which is the later: please tell us which one counts" in told
    assert "Please look at what we ask about your files under “Your files”" in told


def test_a_protected_file_is_asked_for_with_its_password_or_without_one(receipt):
    locked = Extraction(source=OLD, status="rejected", reason=NEEDED)
    told = all_text(receipt(replace(TINY, timeline=Timeline(events=(), returns=(locked,)), findings=())))
    assert "give the board its password in the way that it has told you, or send a copy without one" in told
    assert "if you have given it already, the board opens the file with it" in told


def test_a_row_that_a_corrected_return_left_out_is_asked_about(receipt):
    reason = "replaced by the corrected return police/1 (1 rows the same, 0 changed, 0 added, 1 gone)"
    gone = SetAside("table 2 row 4", "30/01/2019\nMet", "not in the corrected return police/1: ask the agency whether it was withdrawn")
    old = Extraction(source=OLD, status="superseded", reason=reason, seen=1, unread=(gone,))
    asked = "Not in the corrected return “Log RENOUF.docx”: please tell us whether it was withdrawn."
    assert asked in all_text(receipt(review(RETURN, old)))


def test_no_other_agency_and_no_row_of_another_is_named(receipt):
    told = all_text(receipt(review(RETURN)))
    assert "Health" not in told
    assert not any(entry.text in told for entry in TINY.timeline.returns[1].entries)
    assert "Police" not in all_text(receipt(review(RETURN), "health"))


def test_a_silence_of_the_agency_is_asked_about_and_one_that_rests_on_others_is_not(receipt):
    def silence(**more):
        return replace(SILENCE, kind="agency-silence", **more)

    own = silence(agencies=("Police",), events=("id-11", "id-23"), since=date(2019, 1, 5), until=date(2019, 4, 1), days=86)
    others = silence(agencies=("Police",), events=("id-11", "id-4"), since=date(2018, 1, 5), until=date(2018, 4, 1), days=96)
    told = all_text(receipt(review(RETURN, findings=(own, others))))
    assert "5 January 2019 to 1 April 2019: 86 days" in told
    assert "96 days" not in told
    assert isinstance(own, Finding)


def test_an_agency_that_sent_nothing_or_nothing_readable_is_told_what_to_send(receipt):
    assert "No file of yours has reached the review yet." in all_text(receipt(EMPTY))
    assert "due on 1 February 2031" in all_text(receipt(EMPTY, "health"))
    scan = Extraction(source=OLD, status="rejected", reason="no readable text; ask the agency for the Word document")
    told = all_text(receipt(replace(TINY, timeline=Timeline(events=(), returns=(scan,)), findings=())))
    assert "Not read: no readable text; please send the Word document" in told


def test_nothing_to_mend_is_said(receipt):
    assert "Nothing needs mending" in all_text(receipt(review(read(POLICE, ROWS[0]))))


def test_analysis_is_told_by_its_heading_and_place(receipt):
    assert table(receipt(review(RETURN, analyses=(ANALYSIS,))), "Heading") == [["Analysis", "Paragraph 9", "4"]]


def test_two_runs_give_the_same_bytes(tmp_path):
    one, two = (receipts.write(review(RETURN), tmp_path / name)[0] for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("table 2 row 14", "Table 2, row 14"),
        ('sheet "2018" row 3', "Sheet “2018”, row 3"),
        ("row 14", "Row 14"),
        ("paragraph 31", "Paragraph 31"),
        ("page 2 row 4", "Page 2, row 4"),
        ("table 1 column 2 row 1", "Table 1, column 2, row 1"),
        ("page header", "Page header"),
    ],
)
def test_places_are_told_as_a_person_would(where, words):
    assert place_in_words(where) == words


def test_rows_of_one_table_are_told_in_runs():
    found = ["table 1 row 2", "table 1 row 3", "table 1 row 4", "table 1 row 9", "paragraph 7"]
    assert places_in_words(found) == "Table 1, rows 2–4 and 9; Paragraph 7"


def test_what_the_board_would_ask_becomes_a_request():
    assert to_the_agency("no dates; ask the agency to date them") == "no dates; please date them"
    hidden = "this row is hidden in the spreadsheet: decide whether it belongs to the chronology, or ask the agency"
    assert to_the_agency(hidden) == "this row is hidden in the spreadsheet; please say whether it belongs to the chronology"
