"""What a spreadsheet shows and hides."""

from datetime import datetime, time

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from extractors.number_formats import is_date_format, shown

moment = datetime.fromisoformat
HEADING = ["Date", "Time", "Event", "Action"]


def book_of(*rows):
    book = openpyxl.Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    return book


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in extraction.entries]


def test_real_dates_and_times_are_read_beside_written_ones(read_book):
    read = read_book(book_of([moment("2019-02-13"), time(10, 15), "Seen", "None"], ["14th Feb 2019", "2.15 pm", "Rang", "None"]))
    assert told(read) == [
        ('sheet "Sheet" row 2', "2019-02-13", "10:15", "Seen\nNone"),
        ('sheet "Sheet" row 3', "2019-02-14", "14:15", "Rang\nNone"),
    ]


def test_a_time_inside_a_real_date_is_read(read_book):
    assert told(read_book(book_of([moment("2019-02-13T10:15"), None, "Seen", "None"])))[0][2] == "10:15"


def test_a_date_that_shows_its_month_alone_means_the_month(read_book):
    book = book_of([moment("2019-04-01"), None, "Seen", "None"])
    book.active["A2"].number_format = "mmm yyyy"
    entry = read_book(book).entries[0]
    assert (entry.when.edtf, entry.when.as_written) == ("2019-04", "Apr 2019")


def test_each_sheet_is_read_and_named_and_its_title_gives_the_year(read_book):
    book = openpyxl.Workbook()
    book.active.title = "2018"
    for title in ("2018", "2019"):
        sheet = book.active if title == "2018" else book.create_sheet(title)
        for row in (HEADING, ["3 March", "", "Seen", "None"]):
            sheet.append(row)
    assert [(where, when) for where, when, *_ in told(read_book(book))] == [
        ('sheet "2018" row 2', "2018-03-03"),
        ('sheet "2019" row 2', "2019-03-03"),
    ]


def test_guidance_and_list_sheets_are_set_aside(read_book):
    book = book_of([moment("2019-02-13"), None, "Seen", "None"])
    for title, rows in (
        ("Guidance", [HEADING, ["01/01/2015", "", "Example visit", "None"]]),
        ("Lists", [["Dept", "Staff"], ["ED", "A Name"]]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    read = read_book(book)
    assert len(read.entries) == 1
    assert not read.unread


def test_hidden_rows_and_sheets_are_read_apart_for_a_person_to_decide(read_book):
    book = book_of([moment("2019-02-13"), None, "Seen", "None"], [moment("2019-02-14"), None, "Hidden", "None"])
    book.active.row_dimensions[3].hidden = True
    sheet = book.create_sheet("Old")
    for row in (HEADING, [moment("2019-02-15"), None, "Older", "None"]):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    read = read_book(book)
    assert [entry.text for entry in read.entries] == ["Seen\nNone"]
    assert [(row.where, row.reason.partition(":")[0]) for row in read.unread] == [
        ('sheet "Sheet" row 3', "this row is hidden in the spreadsheet"),
        ('sheet "Old" row 2', "this row stands on a hidden sheet"),
    ]


def test_a_hidden_column_is_kept_apart_from_the_row_and_told(read_book):
    book = book_of([moment("2019-02-13"), None, "Seen", "Secret"])
    book.active.column_dimensions["D"].hidden = True
    read = read_book(book)
    assert read.entries[0].text == "Seen"
    assert read.entries[0].problems == ("text in a hidden column was kept apart from this row",)
    assert [(each.where, each.text) for each in read.ignored if "hidden column" in each.reason] == [('sheet "Sheet" row 2', "Secret")]


def test_merged_dates_count_for_all_their_rows(read_book):
    book = book_of([moment("2019-02-13"), "10:00", "A", "x"], [None, "11:00", "B", "y"], [None, "12:00", "C", "z"])
    book.active.merge_cells("A2:A4")
    read = read_book(book)
    assert [(when, at) for _, when, at, _ in told(read)] == [("2019-02-13", "10:00"), ("2019-02-13", "11:00"), ("2019-02-13", "12:00")]


def test_notes_on_cells_are_kept_apart_and_struck_text_is_told(read_book):
    book = book_of([moment("2019-02-13"), None, "Seen", "None"])
    book.active["C2"].comment = Comment("Ask about this", "Someone")
    book.active["D2"].font = Font(strike=True)
    read = read_book(book)
    assert set(read.entries[0].problems) == {"1 comment was kept apart from this row", "1 struck-through passage was kept in this row"}
    assert {"Ask about this", "None"} <= {each.text for each in read.ignored}


def test_a_formula_without_a_saved_result_is_told_and_not_lost(read_book):
    entry = read_book(book_of([moment("2019-02-13"), None, '="Seen"', "None"])).entries[0]
    assert entry.text == '="Seen"\nNone'
    assert any("formula" in problem for problem in entry.problems)


def test_numbers_are_shown_as_the_sheet_shows_them(read_book):
    book = book_of([moment("2019-02-13"), None, 7, 0.5])
    book.active["D2"].number_format = "0%"
    assert read_book(book).entries[0].text == "7\n50%"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (moment("2019-04-03"), "dd/mm/yyyy", "03/04/2019"),
        (moment("2019-04-03"), "d-mmm-yy", "3-Apr-19"),
        (moment("2019-04-03"), "[$-F800]dddd, mmmm dd, yyyy", "Wednesday, April 03, 2019"),
        (moment("2019-04-03T14:05"), "dd/mm/yyyy hh:mm", "03/04/2019 14:05"),
        (moment("2019-04-03T14:05"), "d/m/yy h:mm AM/PM", "3/4/19 2:05 PM"),
        (moment("2019-04-03"), "General", "03/04/2019"),
        (time(9, 5), "h:mm", "9:05"),
        (time(9, 5), "General", "09:05"),
        (3.0, "General", "3"),
        (2.5, "General", "2.5"),
        (42, "00000", "00042"),
        (0.125, "0.0%", "12.5%"),
        (True, "General", "TRUE"),
    ],
)
def test_values_are_shown_by_their_number_format(value, number_format, text):
    assert shown(value, number_format) == text


def test_a_format_of_words_is_no_date_format():
    assert not is_date_format("General")
    assert not is_date_format('0 "days"')
    assert is_date_format("mmm yy")
