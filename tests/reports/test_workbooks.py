"""The workbooks, read back with openpyxl."""

import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from reports import anonymised_workbook, working_workbook
from reports.colours import INK, PAPER, TINTS, contrast
from reports.sheets import HEADER_ROW, LONGEST_CELL
from tests.reports.reviews import (
    DRAFTING,
    EMPTY,
    EMPTY_SAFE,
    EVENTS,
    HEALTH,
    MARKED,
    POLICE,
    SAFE,
    SCAN,
    TINY,
    event,
    safe,
    safe_event,
    working,
)
from timeline.events import EarlierRow
from timeline.extraction import Difference, Extraction
from timeline.people import Person
from timeline.views import Views
from timeline.views.contacts import Contacts
from timeline.views.known import Knowing, Known
from timeline.views.last_seen import LastSeen

SHEETS = [
    "Timeline",
    "Findings",
    "Accounts side by side",
    "Agencies by month",
    "Who told whom",
    "Last seen",
    "Who knew what",
    "People",
    "Intake",
    "Differences",
    "To mend",
    "Tracked changes",
    "Set aside",
    "Left out of the learning report",
    "Method",
]


@pytest.fixture
def written(tmp_path):
    """A working review as openpyxl reads its workbook back."""

    def write(review):
        working_workbook.write(review, tmp_path / "timeline.xlsx")
        return openpyxl.load_workbook(tmp_path / "timeline.xlsx")

    return write


def rows(sheet):
    """The table of a sheet as dicts by heading."""
    header, *body = sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def test_every_event_stands_in_the_timeline_in_its_order_with_its_source(written):
    found = rows(written(TINY)["Timeline"])
    assert [row["Id"] for row in found] == [each.id for each in EVENTS]
    assert [row["No."] for row in found] == [1, 2, 3, 4, 5]
    assert (found[1]["File"], found[1]["Place in the file"], found[1]["Time"]) == ("police/Log RENOUF.docx", "row 3", "22:47")
    assert found[1]["What was recorded"] == "Nature of involvement: Anna Renouf arrested.\nOutcome: NFA"


def test_dates_are_dates_and_what_was_assumed_is_said(written):
    found = rows(written(TINY)["Timeline"])
    assert (found[1]["First possible day"].isoformat(), found[1]["Date"]) == ("2019-01-04T00:00:00", "Fri 4 Jan 2019")
    assert (found[2]["Date"], found[4]["Date"], found[4]["First possible day"]) == ("about 5 Jan 2019", "Undated", None)
    assert "assumed: year from the row above" in found[2]["To check, and what was assumed"]
    assert "placed by its first possible day" in found[0]["To check, and what was assumed"]
    assert found[3]["To check, and what was assumed"].startswith("The time is no time.")


def test_every_sheet_has_the_banner_on_screen_and_on_paper(written):
    book = written(TINY)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet["A1"].value == "IDENTIFIABLE — for the author, the panel and the board"
        assert "IDENTIFIABLE" in sheet.oddHeader.center.text
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes


def test_findings_refer_to_rows_by_their_number_and_say_the_rule(written):
    silence, same = rows(written(TINY)["Findings"])
    assert (silence["Rows of the timeline"], same["Rows of the timeline"]) == ("3, 4", "2, 3")
    assert silence["Rule, and what it was held against"] == "no row of any agency\nmore than 42 days"
    assert silence["Days"] == 86


def test_the_words_that_a_finding_points_at_stand_beside_its_question_with_what_is_around_them(written):
    told = EVENTS[1]
    at = told.text.index("arrested")
    silence = TINY.findings[0]
    phrases = [{"event": told.id, "start": at, "end": at + len("arrested")}]
    differ = replace(silence, id="d", kind="discrepancy", events=(told.id, EVENTS[2].id), more={"phrases": phrases})
    handed = replace(silence, id="h", kind="unanswered-handover", events=(told.id,), more={"start": at, "end": at + 8})
    found = rows(written(replace(TINY, findings=(differ, handed, silence)))["Findings"])
    said = {row["Kind"]: row["The words it rests on"] for row in found}
    assert said["Accounts differ"] == said["Handover with no answer recorded"] == "row 2, Police: “arrested”, in “Anna Renouf arrested.”"
    assert said["Silence: no agency recorded anything"] is None


def test_accounts_that_differ_stand_side_by_side_with_both_their_words_and_rows(written):
    one, other = EVENTS[1], EVENTS[2]
    phrases = [{"event": one.id, "start": 5, "end": 11}, {"event": other.id, "start": 9, "end": 15}]
    differ = replace(TINY.findings[0], id="d", kind="discrepancy", events=(one.id, other.id), more={"about": "who", "phrases": phrases})
    (row,) = rows(written(replace(TINY, findings=(differ, *TINY.findings)))["Accounts side by side"])
    assert (row["About"], row["Row"], row["Agency"], row["Row "], row["Agency "]) == ("Who", 2, "Police", 3, "Health & Care")
    assert (row["The words"], row["The words "]) == ("Anna Renouf arrested.", "HV saw a bruise.")
    assert row["The first row as a whole"] == "Nature of involvement: Anna Renouf arrested.\nOutcome: NFA"
    assert rows(written(TINY)["Accounts side by side"]) in (
        [],
        [{**dict.fromkeys(row), "About": "No two accounts that may tell one event differ."}],
    )


def test_every_changed_hidden_or_struck_word_is_listed_with_its_row_and_its_context(written):
    found = rows(written(MARKED)["Tracked changes"])
    assert [(row["Row of the timeline"], row["What was done"], row["The words"], row["What stands before them"]) for row in found] == [
        (1, "deleted", "not", "Anna Renouf was"),
        (1, "inserted", "alone", "Anna Renouf was seen"),
        (1, "struck through", "Anna", None),
        (1, "hidden", "by Vibert", "Anna Renouf was seen alone."),
        (2, "row inserted", "Rang.", None),
        (3, "struck through", "06/01/2019", None),
        (None, "row deleted", "03/01/2019\nHe was drunk", None),
    ]
    assert [row["Id"] for row in found] == ["id-1"] * 4 + ["id-2", "id-3", None]
    assert {row["Agency"] for row in found} == {"Police"}
    assert found[0]["Place in the file"] == "row 2"
    stand = [row["Do they stand in the timeline?"].partition(" ")[0].strip(":,") for row in found]
    assert stand == ["no", "yes", "yes", "no", "yes", "in", "no"]


def days(row):
    """The cells of a row, its days without a time."""
    return tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row.values())


def test_months_without_a_row_stand_in_the_table_and_wide_dates_apart(written):
    found = {row["Month"]: days(row)[1:] for row in rows(written(TINY)["Agencies by month"])}
    assert found == {
        "January 2019": (1, 1, 2),
        "February 2019": (0, 0, 0),
        "March 2019": (0, 0, 0),
        "April 2019": (0, 1, 1),
        "Wider than a month": (1, 0, 1),
        "Undated": (0, 1, 1),
        "All rows": (2, 3, 5),
        "First possible day": (date(2019, 1, 4), date(2019, 1, 5), date(2019, 1, 4)),
        "Last possible day": (date(2019, 1, 4), date(2019, 4, 7), date(2019, 4, 7)),
    }


def test_who_told_whom_and_when_the_person_was_last_seen_are_sheets_of_their_own(written):
    told = Contacts(sender="Police", recipient="Health & Care", answered=2, unanswered=1, unanswerable=0, median_lag_days=1.5)
    at = {"person": "P1", "alone": False, "sure": True}
    seen = LastSeen(since=date(2019, 1, 4), until=date(2019, 1, 5), event="id-2", agency="Police", days_since=None, **at)
    end = LastSeen(since=date(2019, 4, 30), until=date(2019, 4, 30), event="", agency="", days_since=115, **at)
    anna = Person(id="P1", name="Anna Renouf", kind="subject")
    book = written(replace(TINY, people=(anna,), views=Views(contacts=(told,), last_seen=(seen, end))))
    assert [tuple(row.values()) for row in rows(book["Who told whom"])] == [
        ("Police", None, "told 3\n1 not in its rows\n2 in its rows, 1.5 working days on"),
        ("Health & Care", "–", None),
    ]
    assert [days(row) for row in rows(book["Last seen"])] == [
        ("Anna Renouf", date(2019, 1, 4), date(2019, 1, 5), None, None, "seen", "Police", 2),
        ("Anna Renouf", date(2019, 4, 30), date(2019, 4, 30), 115, "yes", "the record ends", None, None),
    ]
    assert "No row" in rows(written(TINY)["Last seen"])[0]["Who"]


def test_who_knew_what_tells_each_agencys_first_row_and_the_days_after_the_first(written):
    first = Knowing(agency="Police", event="id-2", since=date(2019, 1, 4), until=date(2019, 1, 4), rows=2, lag_days=(0, 0))
    second = Knowing(agency="Health & Care", event="id-3", since=date(2019, 3, 1), until=date(2019, 3, 31), rows=1, lag_days=(56, 86))
    never = Knowing(agency="School", event=None, since=None, until=None, rows=0, lag_days=None)
    book = written(replace(TINY, views=Views(known=(Known("A new partner", (first, second, never)),))))
    assert [days(row) for row in rows(book["Who knew what"])] == [
        ("A new partner", "Police", 2, date(2019, 1, 4), date(2019, 1, 4), "0", 2),
        ("A new partner", "Health & Care", 3, date(2019, 3, 1), date(2019, 3, 31), "56 to 86", 1),
        ("A new partner", "School", None, None, None, "no row shows it", 0),
    ]
    assert "[matters] of case.toml" in rows(written(TINY)["Who knew what"])[0]["Matter"]


def test_what_could_not_be_read_and_what_is_doubtful_is_to_mend(written):
    book = written(TINY)
    assert [(row["What"], row["What is wrong"]) for row in rows(book["To mend"])] == [
        ("File not read", "no readable text"),
        ("Row not read", "no date and no neighbour"),
        ("Row 4: to check", "The time is no time."),
    ]
    assert [row["Why it is no event"] for row in rows(book["Set aside"])] == ["the heading row"]
    assert [(row["Status"], row["Rows seen"], row["Unread"]) for row in rows(book["Intake"])] == [
        ("Read", 4, 1),
        ("Not read", 0, 0),
        ("Read", 3, 0),
    ]


def test_a_changed_row_is_marked_and_its_words_before_and_after_are_listed(written):
    before, after, later = (
        event(7, HEALTH, "2019-01-03", ("event", "", "Met.")),
        event(8, POLICE, "2019-01-04", ("event", "", "Seen.")),
        EVENTS[2],
    )
    now = replace(
        after, changed_from=EarlierRow(when=before.when, time=None, text=before.text, file=before.source.file.path, where="row 8")
    )
    again = replace(later, changed_from=EarlierRow(when=before.when, time=None, text="HV saw nothing."))
    difference = Difference(
        earlier=HEALTH, later=POLICE, kind="whole", same=0, changed=((before, after),), added=(EVENTS[0],), gone=(EVENTS[3],)
    )
    old = Extraction(source=SCAN, status="superseded", reason="replaced", differences=(difference,))
    book = written(working(now, again, EVENTS[3], returns=(old,)))
    assert [bool("Differences" in (row["To check, and what was assumed"] or "")) for row in rows(book["Timeline"])] == [True, True, False]
    found = [
        (row["What"], row["Before: what it said"], row["Place before"], row["After: what it says"]) for row in rows(book["Differences"])
    ]
    assert found == [
        ("gone", "1–7 Apr 2019\nSeen by GP.", "row 5", None),
        ("changed", "Thu 3 Jan 2019\nMet.", "row 8", "Fri 4 Jan 2019\nSeen."),
        ("added", None, None, "2018\nKnown to officers."),
        ("changed", "Thu 3 Jan 2019\nHV saw nothing.", None, "about 5 Jan 2019\nHV saw a bruise.\nNot asked about it."),
    ]


def test_what_must_be_settled_of_a_whole_file_is_to_mend(written):
    old = Extraction(source=SCAN, status="read", problems=("nearly the same as another",))
    assert [(row["What"], row["What is wrong"]) for row in rows(written(working(EVENTS[0], returns=(old,)))["To mend"])] == [
        ("File: to check", "nearly the same as another")
    ]


def test_people_stand_without_their_pseudonyms(written):
    text = "\n".join(str(cell) for row in written(TINY)["People"].iter_rows(values_only=True) for cell in row)
    assert "Anna Renouf" in text
    assert "Health Visitor 1" not in text


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+44 1534", "-1", '=HYPERLINK("http://x","y")', "{=1}", "http://example.org", "\t=1", "007"]
)
def test_no_cell_becomes_a_formula_a_link_or_a_number(written, tmp_path, text):
    odd = event(1, POLICE, "2019-01-01", ("event", "", text), problems=(text,))
    cell = next(cell for row in written(working(odd))["Timeline"].iter_rows() for cell in row if cell.value == text)
    assert cell.data_type == "s"
    assert not cell.hyperlink
    with zipfile.ZipFile(tmp_path / "timeline.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not any(b"<f>" in part for part in parts.values())
    assert sum(part.count(b"<hyperlink ") for part in parts.values()) == 1  # the program's own, to the file of the row


def test_a_text_too_long_for_a_cell_goes_on_in_further_rows_and_says_so(written):
    long = " ".join(f"word{number}" for number in range(9_000))
    assert len(long) > 2 * 32_767
    found = rows(
        written(working(event(1, POLICE, "2019-01-01", ("event", "", long)), event(2, POLICE, "2019-01-02", ("event", "", "x"))))[
            "Timeline"
        ]
    )
    parts = [row for row in found if "part" in str(row["No."])]
    assert "".join(row["What was recorded"] for row in parts) == long
    assert [row["No."] for row in parts] == [f"1 (part {n} of {len(parts)})" for n in range(1, len(parts) + 1)]
    assert {row["Agency"] for row in parts} == {"Police"}
    assert all(len(row["What was recorded"]) <= LONGEST_CELL for row in parts)
    assert found[-1]["No."] == 2


def test_characters_that_xml_forbids_are_shown_not_lost(written):
    odd = event(1, POLICE, "2019-01-01", ("event", "", "bell \x07 null \x00 half \ud83d none \uffff line\r\nend _x0041_ 😀"))
    assert rows(written(working(odd))["Timeline"])[0]["What was recorded"] == "bell ␇ null ␀ half � none � line\nend _x0041_ 😀"


def test_a_date_before_spreadsheets_began_is_shown_as_text(written):
    found = rows(written(working(event(1, POLICE, "1066-10-14", ("event", "", "x"))))["Timeline"])
    assert (found[0]["First possible day"], found[0]["Date"]) == ("14/10/1066", "Sun 14 Oct 1066")


def test_the_same_review_gives_the_same_bytes_and_names_no_author(tmp_path):
    for name in ("one", "two"):
        working_workbook.write(TINY, tmp_path / f"{name}.xlsx")
        anonymised_workbook.write(SAFE, DRAFTING, tmp_path / f"safe-{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert (tmp_path / "safe-one.xlsx").read_bytes() == (tmp_path / "safe-two.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    assert (properties.creator, properties.lastModifiedBy) == (None, None)


@pytest.mark.parametrize("review", [EMPTY, working(EVENTS[4]), working(EVENTS[1])], ids=["no events", "undated only", "one event"])
def test_a_review_with_little_in_it_has_a_workbook_too(written, review):
    book = written(review)
    assert book.sheetnames == SHEETS
    if not review.timeline.events:
        assert "No row" in rows(book["Timeline"])[0]["No."]


def test_words_on_every_tint_pass_wcag_aa():
    assert contrast("000000", PAPER) == pytest.approx(21)
    assert all(contrast(INK, tint) >= 4.5 for tint in TINTS)


def test_the_anonymised_workbook_holds_every_row_and_no_file(tmp_path):
    anonymised_workbook.write(SAFE, DRAFTING, tmp_path / "timeline.xlsx")
    book = openpyxl.load_workbook(tmp_path / "timeline.xlsx")
    found = rows(book["Timeline"])
    assert [row["Row"] for row in found] == [each.id for each in SAFE.events]
    assert found[1]["What was recorded"] == "Mother arrested.\nAction: NFA"
    assert found[1]["In the narrative of the draft"] == "theme: Police and justice\nlast row of the agency"
    assert all(sheet["A1"].value == "DRAFT — pseudonymised, not checked for publication" for sheet in book)
    assert rows(book["Questions"])[0]["Rows"] == "E0002, E0003"


@pytest.mark.parametrize("review", [EMPTY_SAFE, safe(safe_event(1, "Police", "", ""))], ids=["no events", "one with no words"])
def test_a_safe_review_with_little_in_it_has_a_workbook_too(tmp_path, review):
    anonymised_workbook.write(review, DRAFTING, tmp_path / "timeline.xlsx")
    assert openpyxl.load_workbook(tmp_path / "timeline.xlsx").sheetnames == ["Timeline", "Questions", "Counts"]


def test_agencies_of_one_name_in_two_files_share_a_tint(written):
    book = written(working(event(1, HEALTH, "2019-01-01", ("event", "", "x")), event(2, HEALTH, "2019-01-02", ("event", "", "y"))))
    sheet = book["Timeline"]
    assert sheet["E5"].fill.fgColor.rgb == sheet["E6"].fill.fgColor.rgb == f"FF{TINTS[1]}"
