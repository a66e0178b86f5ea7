"""Ways of writing that agencies are met with, beyond a plain table: what becomes of each row."""

import pytest

from extractors.date_boxes import opens_with_day, parted
from extractors.model import Box

HEADING = ("Date", "Event", "Outcome")


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.text) for entry in extraction.entries]


def reasons(extraction):
    return {each.where: each.reason for each in (*extraction.ignored, *extraction.unread)}


def places(listed):
    return [each.where for each in listed]


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("04/03/2019\nJ Brehaut, SW", "04/03/2019", "J Brehaut, SW"),
        ("18 March 2019 (2y 3m)", "18 March 2019", "(2y 3m)"),
        ("04/03/2019 10:30, by phone", "04/03/2019 10:30", "by phone"),
        ("04/03/2019", "", ""),
        ("w/c 4 March 2019", "", ""),
        ("Seen on 4 March", "", ""),
    ],
)
def test_a_date_cell_is_parted_into_the_date_and_the_words_after_it(text, date, rest):
    assert parted(Box(text)) == (date, rest)


def test_a_month_with_words_after_it_opens_no_row():
    assert opens_with_day(Box("4 March 2019 – Visit"))
    assert not opens_with_day(Box("March 2019 – Placement"))


def test_date_and_worker_in_one_cell_give_the_date_and_keep_the_worker(read_csv):
    read = read_csv([["Date and worker", "Details"], ["13/02/2019\nJ Brehaut, SW", "Seen"], ["14/02/2019 P Noel", "Rang"]])
    assert told(read) == [("row 2", "2019-02-13", "J Brehaut, SW\nSeen"), ("row 3", "2019-02-14", "P Noel\nRang")]
    assert [entry.problems for entry in read.entries] == [(), ()]


def test_words_in_a_column_that_is_headed_as_the_date_alone_are_kept_and_a_problem(read_csv):
    read = read_csv([HEADING, ["13/02/2019 log 34", "Seen", "x"], ["14/02/2019", "Rang", "x"]])
    assert told(read)[0] == ("row 2", "2019-02-13", "log 34\nSeen\nx")
    assert ["more than a date" in "".join(entry.problems) for entry in read.entries] == [True, False]


def test_events_whose_text_begins_with_the_date_are_read_where_no_column_holds_dates(read_word):
    read = read_word(
        [[("No", "Event", "Source"), ("1", "13/02/2019 Seen at home by the worker", "File"), ("2", "14/02/2019 Rang the school", "File")]]
    )
    assert told(read) == [
        ("table 1 row 2", "2019-02-13", "Seen at home by the worker\nFile"),
        ("table 1 row 3", "2019-02-14", "Rang the school\nFile"),
    ]
    assert read.entries[0].fields()["event"] == "Seen at home by the worker"


def test_a_dated_text_alone_in_its_row_is_an_event_and_no_heading(read_csv):
    read = read_csv([HEADING, ["13/02/2019", "Seen", "x"], ["14/02/2019 Strategy meeting held", "", ""], ["15/02/2019", "Rang", "x"]])
    assert told(read)[1] == ("row 3", "2019-02-14", "Strategy meeting held")


def test_a_text_on_the_row_below_each_dated_row_is_an_event_under_its_date(read_word):
    table = [
        ("Date", "Worker", "Type"),
        ("13/02/2019", "J Brehaut", "Visit"),
        ("Kitchen clean, baby asleep", "", ""),
        ("14/02/2019", "P Noel", "Phone"),
    ]
    read = read_word([[*table, ("Neighbour rang about shouting", "", "")]])
    assert told(read) == [
        ("table 1 row 2", "2019-02-13", "J Brehaut\nVisit"),
        ("table 1 row 3", "2019-02-13", "Kitchen clean, baby asleep"),
        ("table 1 row 4", "2019-02-14", "P Noel\nPhone"),
        ("table 1 row 5", "2019-02-14", "Neighbour rang about shouting"),
    ]
    assert read.entries[1].fields() == {"event": "Kitchen clean, baby asleep"}
    assert any("row below" in note for note in read.notes)


def test_a_name_over_each_row_stays_a_heading(read_csv):
    read = read_csv([HEADING, ["Child A", "", ""], ["13/02/2019", "Seen", "x"], ["Child B", "", ""], ["14/02/2019", "Rang", "x"]])
    assert [text for _, _, text in told(read)] == ["Seen\nx", "Rang\nx"]
    assert reasons(read)["row 4"] == "a heading between rows"


@pytest.mark.parametrize("text", ["Mother rang in tears to say that the father had been back at the house", "Baby seen. No concerns."])
def test_a_longer_text_across_the_row_without_a_date_is_for_a_person_wherever_it_stands(read_csv, text):
    rows = [["13/02/2019", "Seen", "x"], [text, "", ""], ["14/02/2019", "Rang", "x"], ["15/02/2019", "Rang", "x"], [text, "", ""]]
    assert places(read_csv([HEADING, *rows]).unread) == ["row 3", "row 6"]


def test_headings_that_leave_the_dates_column_blank_are_headings(read_csv):
    read = read_csv([["", "Event", "Action"], ["13/02/2019", "Seen", "x"], ["14/02/2019", "Rang", "x"]])
    assert told(read)[0] == ("row 2", "2019-02-13", "Seen\nx")
    assert reasons(read) == {"row 1": "the heading row"}


def test_days_alone_take_the_month_of_the_banner_above(read_csv):
    read = read_csv([["Date", "Event"], ["March 2019", ""], ["4", "Seen"], ["18", "Rang"], ["April 2019", ""], ["2", "Wrote"]])
    assert [when for _, when, _ in told(read)] == ["2019-03-04", "2019-03-18", "2019-04-02"]


def test_days_alone_take_the_month_of_their_sheet(read_book):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, day in (("March 2019", 4), ("April 2019", 2)):
        for row in (["Date", "Event"], [day, "Seen"], [day + 1, "Rang"]):
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    assert [when for _, when, _ in told(read_book(book))] == ["2019-03-04", "2019-03-05", "2019-04-02", "2019-04-03"]


def test_days_alone_that_no_month_stands_above_are_undated_and_a_problem(read_csv):
    read = read_csv([["Date", "Event"], ["2019", ""], ["4", "Seen"], ["18", "Rang"]])
    assert [entry.when.edtf for entry in read.entries] == ["XXXX", "XXXX"]
    assert all("no row near it tells the month" in entry.problems[0] for entry in read.entries)


def test_a_date_column_for_each_person_makes_a_chronology_of_each(read_word):
    table = [
        ("Date", "Mother", "Date", "Father"),
        ("13/02/2019", "Seen", "15/02/2019", "Arrested"),
        ("14/02/2019", "Rang", "16/02/2019", "Bailed"),
    ]
    assert sorted(told(read_word([table]))) == [
        ("table 1 row 2", "2019-02-13", "Seen"),
        ("table 1 row 2", "2019-02-15", "Arrested"),
        ("table 1 row 3", "2019-02-14", "Rang"),
        ("table 1 row 3", "2019-02-16", "Bailed"),
    ]


def test_a_second_date_beside_an_action_belongs_to_the_row(read_csv):
    read = read_csv(
        [["Date", "Event", "Date", "Action"], ["13/02/2019", "Seen", "15/02/2019", "Referred"], ["14/02/2019", "Rang", "16/02/2019", "x"]]
    )
    assert told(read)[0] == ("row 2", "2019-02-13", "Seen\n15/02/2019\nReferred")


def test_dates_side_by_side_over_the_columns_are_for_a_person(read_csv):
    read = read_csv([["Agency", "13/02/2019", "14/02/2019"], ["Police", "Seen", ""], ["Health", "", "Rang"]])
    assert (len(read.entries), places(read.unread)) == (0, ["row 1", "row 2", "row 3"])
    assert "side by side" in read.unread[0].reason


def test_a_table_within_the_only_cell_of_another_is_read_line_by_line(read_word):
    read = read_word([[("Chronology\nDate\tEvent\n13/02/2019\tSeen at home\n14/02/2019\tRang",)]])
    assert told(read) == [("table 1 row 1", "2019-02-13", "Seen at home"), ("table 1 row 1", "2019-02-14", "Rang")]


def test_lines_with_dates_in_a_table_that_is_none_are_for_a_person(read_word):
    read = read_word(
        [[("School", "Seen.\n13/02/2019 Rang\n14/02/2019 Wrote"), ("Nursery", "None")], [HEADING, ("15/02/2019", "Seen", "x")]]
    )
    assert places(read.unread) == ["table 1 row 1", "table 1 row 2"]


def test_a_pivot_table_is_no_chronology(read_csv):
    read = read_csv([["Row Labels", "Count of Event"], ["2018", ""], ["Mar", "1"], ["2019", "4"], ["Grand Total", "5"]])
    assert not read.entries


@pytest.mark.parametrize("sign", ["* ", "*", "• ", "- ", "1. ", "(1) "])
def test_a_number_or_bullet_before_the_date_is_none_of_it(read_word, sign):
    read = read_word([f"{sign}13/02/2019 – Seen", f"{sign}14/02/2019 – Rang"])
    assert told(read) == [("paragraph 1", "2019-02-13", "Seen"), ("paragraph 2", "2019-02-14", "Rang")]
