"""Several dated entries in one row, and rows that only look so."""

import pytest

HEADING = ("Date", "Event", "Outcome")


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in extraction.entries]


def adds_up(extraction):
    return extraction.seen == len(extraction.entries) + len(extraction.unread) + len(extraction.ignored)


def test_dated_lines_of_a_cell_become_events_of_the_same_place_and_the_counts_add_up(read_csv):
    cell = "04/03/2019 - Visited, no reply.\n11/03/2019, 10.30am - Seen with mother.\nBaby weighed.\n18/03/2019 - Closed."
    read = read_csv([HEADING, ["March 2019", cell, "NFA"], ["02/04/2019", "Rang", "None"]])
    assert told(read) == [
        ("row 2", "2019-03-04", None, "Visited, no reply.\nNFA"),
        ("row 2", "2019-03-11", "10:30", "Seen with mother.\nBaby weighed.\nNFA"),
        ("row 2", "2019-03-18", None, "Closed.\nNFA"),
        ("row 3", "2019-04-02", None, "Rang\nNone"),
    ]
    assert adds_up(read)
    assert read.seen == 5
    assert any("3 dated entries in one row" in note for note in read.notes)
    assert "repeated with each" in read.entries[0].problems[-1]


def test_cells_with_a_line_for_each_entry_are_shared_out_line_by_line(read_csv):
    cell = "04/03/2019 - Visited.\n11/03/2019 - Seen."
    read = read_csv([["Date", "Event", "By"], ["March 2019", cell, "A Jones\nB Smith"], ["02/04/2019", "Rang", "C"]])
    assert [text for *_, text in told(read)] == ["Visited.\nA Jones", "Seen.\nB Smith", "Rang\nC"]


def test_dates_on_several_lines_of_the_date_cell_go_with_as_many_lines_of_text(read_csv):
    read = read_csv([["Date", "Event"], ["04/03/2019\n11/03/2019", "Visited.\nSeen."], ["02/04/2019", "Rang"]])
    assert [(when, text) for _, when, _, text in told(read)] == [
        ("2019-03-04", "Visited."),
        ("2019-03-11", "Seen."),
        ("2019-04-02", "Rang"),
    ]


def test_the_rows_own_event_comes_first_where_later_dates_follow_it(read_csv):
    read = read_csv([["Date", "Event"], ["03/04/2019", "Referred.\n15/04/2019 – accepted\n16/04/2019 – allocated"], ["13/05/2019", "x"]])
    assert [(when, text) for _, when, _, text in told(read)][:3] == [
        ("2019-04-03", "Referred."),
        ("2019-04-15", "accepted"),
        ("2019-04-16", "allocated"),
    ]


def test_days_alone_take_the_month_of_their_row(read_csv):
    read = read_csv([["Date", "Event"], ["May 2019", "4th: Visit\n14th: Did not attend"], ["03/06/2019", "x"]])
    assert [when for _, when, *_ in told(read)] == ["2019-05-04", "2019-05-14", "2019-06-03"]


def test_a_row_under_a_blank_date_may_hold_dated_lines(read_csv):
    read = read_csv([["Date", "Event"], ["03/04/2019", "Called"], ["", "5 April 2019: Visit\n9 April 2019: Call"], ["13/05/2019", "x"]])
    assert [when for _, when, *_ in told(read)] == ["2019-04-03", "2019-04-05", "2019-04-09", "2019-05-13"]


@pytest.mark.parametrize(
    "cell",
    [
        "Strategy meeting. History:\n12/01/2017 – arrest\n14/02/2018 – referral",  # a history inside one event
        "Appointments offered:\n01/09/2019 – clinic\n01/10/2019 – clinic",  # runs past the next row
        "Notes:\n14/02/2018 – referral\n12/01/2017 – arrest\n30/01/2018 – visit",  # in no order
    ],
)
def test_a_list_of_other_dates_inside_one_event_stays_whole_and_is_flagged(read_csv, cell):
    read = read_csv([["Date", "Event"], ["03/04/2019", cell], ["13/05/2019", "x"]])
    assert told(read)[0] == ("row 2", "2019-04-03", None, cell)
    assert any("several dates" in problem for problem in read.entries[0].problems)


def test_one_dated_line_and_sentences_that_begin_with_dates_split_nothing(read_csv):
    for cell in ("Visit.\n10/04/2019 – review due", "On 4 April 2019 she rang.\nOn 5 April 2019 she rang again.", "2 visits\n3 calls"):
        assert len(read_csv([["Date", "Event"], ["03/04/2019", cell], ["13/05/2019", "x"]]).entries) == 2


def test_a_time_column_goes_with_the_first_entry_alone(read_csv):
    cell = "04/03/2019 - Visited.\n11/03/2019 - Seen."
    read = read_csv([["Date", "Time", "Event"], ["March 2019", "10:15", cell], ["02/04/2019", "11:00", "Rang"]])
    assert [time for _, _, time, _ in told(read)] == ["10:15", None, "11:00"]
