"""How agencies lay out their tables: each test is a way of writing, and what must become of its rows."""

import pytest

from extractors import Reading, extract
from timeline.sources import SourceFile

ROW = ("13/02/2019", "Seen at home by the worker", "None taken")


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in extraction.entries]


def reasons(extraction):
    return {each.where: each.reason for each in (*extraction.ignored, *extraction.unread)}


def test_titles_and_guidance_above_the_heading_row_are_set_aside(read_csv):
    read = read_csv([["Chronology of contact"], ["Run from the system 14/10/2020"], [], ["Date", "Event", "Outcome"], ROW])
    assert told(read) == [("row 5", "2019-02-13", None, "Seen at home by the worker\nNone taken")]
    assert list(reasons(read)) == ["row 1", "row 2", "row 3", "row 4"]


def test_columns_may_stand_in_any_order(read_csv):
    read = read_csv([["Outcome", "Time", "Details of contact", "Contact date"], ["None", "10:15", "Seen at home", "13/02/2019"]])
    assert told(read) == [("row 2", "2019-02-13", "10:15", "None\nSeen at home")]
    assert read.entries[0].fields() == {"action": "None", "event": "Seen at home"}


def test_headings_that_no_rule_knows_are_kept_as_text_and_reported_by_position(read_csv):
    read = read_csv([["Date", "Event", "Whatsit"], [*ROW[:2], "blue"]])
    assert read.entries[0].fields() == {"event": ROW[1], "other": "blue"}
    assert any("column 3" in note and "Whatsit" not in note for note in read.notes)


def test_a_table_whose_headings_are_all_unknown_is_read_by_what_its_columns_hold(read_csv):
    read = read_csv(
        [["Wann", "Wie spaet", "Was"], ["13/02/2019", "10:15", "A long enough account"], ["14/02/2019", "11:20", "Another account"]]
    )
    assert told(read)[0] == ("row 2", "2019-02-13", "10:15", "A long enough account")
    assert read.entries[0].fields() == {"event": "A long enough account"}


def test_an_agencys_own_headings_count_before_the_rules(tmp_path, reading, source):
    path = tmp_path / "x.csv"
    path.write_text("Day of it,Comment\n13/02/2019,Seen at home\n14/02/2019,Seen again\n")
    own = Reading(headings=reading.headings, own_headings={"Day of it": "date", "Comment": "event"})
    assert extract(path, source, own).entries[0].fields() == {"event": "Seen at home"}


def test_a_repeated_heading_row_is_no_event_and_a_changed_one_changes_the_columns(read_word):
    heading = ("Date", "Event", "Outcome")
    read = read_word(
        [[heading, ROW, heading, ("14/02/2019", "Second", "x"), ("Date of contact", "Source", "Details"), ("15/02/2019", "File", "Third")]]
    )
    assert [entry.fields() for entry in read.entries][-1] == {"source": "File", "event": "Third"}
    assert [where for where, reason in reasons(read).items() if reason == "the heading row"] == [
        "table 1 row 1",
        "table 1 row 3",
        "table 1 row 5",
    ]


def test_a_heading_over_two_rows_is_read_as_one(read_book):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["When", "", "Significant event", "Response", ""],
        ["Date", "Time", "", "Action", "By whom"],
        ["13/02/2019", "10:15", "Fell", "Called", "KT"],
    ):
        book.active.append(row)
    for merged in ("A1:B1", "C1:C2", "D1:E1"):
        book.active.merge_cells(merged)
    read = read_book(book)
    assert told(read) == [('sheet "Sheet" row 3', "2019-02-13", "10:15", "Fell\nCalled\nKT")]
    assert len([reason for reason in reasons(read).values() if reason == "the heading row"]) == 2


def test_a_short_first_row_is_not_taken_for_a_second_heading_row(read_word):
    read = read_word([[("Date", "Event", "Outcome"), ("", "Call", "None"), ROW]])
    assert [where for where, *_ in told(read)] == ["table 1 row 2", "table 1 row 3"]


def test_a_table_without_headings_goes_on_with_those_of_the_table_before(read_word):
    read = read_word([[("Date", "Event", "Outcome"), ROW], "Continued", [("14/02/2019", "Second", "x"), ("", "Third", "y")]])
    assert told(read)[1:] == [("table 2 row 1", "2019-02-14", None, "Second\nx"), ("table 2 row 2", "2019-02-14", None, "Third\ny")]
    assert read.entries[1].fields() == {"event": "Second", "action": "x"}


def test_a_first_table_without_headings_is_read_by_its_dates(read_word):
    read = read_word([[("3 March 2019", "Visit to the home by the worker", "None"), ("5 March 2019", "Call", "None")]])
    assert [where for where, *_ in told(read)] == ["table 1 row 1", "table 1 row 2"]


def test_blank_dates_take_the_date_above_and_say_so(read_csv):
    read = read_csv([["Date", "Event"], ["13/02/2019", "First"], ["", "Second"], ["ditto", "Third"]])
    assert [entry.when.edtf for entry in read.entries] == ["2019-02-13"] * 3
    assert read.entries[1].when.assumed


def test_a_blank_date_under_a_new_heading_takes_none_from_the_table_before(read_word):
    heading = ("Date", "Event", "Outcome")
    read = read_word([[heading, ROW], [heading, ("", "Something", "x")]])
    assert [entry.when.edtf for entry in read.entries] == ["2019-02-13", "XXXX"]
    assert read.entries[1].problems


def test_banners_give_their_year_to_the_rows_below(read_csv):
    read = read_csv([["Date", "Event"], ["2018", ""], ["3 March", "First"], ["Autumn term 2019", ""], ["4 October", "Second"]])
    assert [entry.when.edtf for entry in read.entries] == ["2018-03-03", "2019-10-04"]


def test_a_date_alone_in_its_row_counts_for_the_undated_rows_below(read_csv):
    read = read_csv([["Date", "Time", "Event"], ["13 February 2019", "", ""], ["", "10:15", "Call"], ["", "14:20", "Visit"]])
    assert told(read) == [("row 3", "2019-02-13", "10:15", "Call"), ("row 4", "2019-02-13", "14:20", "Visit")]


def test_a_year_column_gives_the_year(read_csv):
    read = read_csv([["Year", "Date", "Event"], ["2018", "3 March", "First visit"], ["2019", "1 May", "Second visit"]])
    assert [(entry.when.edtf, entry.text) for entry in read.entries] == [("2018-03-03", "First visit"), ("2019-05-01", "Second visit")]


def test_a_running_number_is_left_out_of_the_text_and_a_reference_is_not(read_csv):
    rows = [[str(n), f"PR/{n}/19", f"{n + 12}/02/2019", f"Event {n}"] for n in (1, 2, 3)]
    assert told(read_csv([["No.", "Ref", "Date", "Event"], *rows]))[0][3] == "PR/1/19\nEvent 1"


def test_a_number_column_that_does_not_count_up_is_kept_as_a_reference(read_csv):
    rows = [[number, f"{n + 12}/02/2019", f"Event {n}"] for n, number in enumerate(("4711", "4698", "5230"))]
    assert read_csv([["No.", "Date", "Event"], *rows]).entries[0].fields() == {"reference": "4711", "event": "Event 0"}


def test_a_pre_numbered_row_that_was_left_blank_is_no_event(read_csv):
    read = read_csv([["No", "Date", "Event"], ["1", "13/02/2019", "First"], ["2", "14/02/2019", "Second"], ["3", "", ""]])
    assert len(read.entries) == 2
    assert reasons(read)["row 4"] == "a numbered row that was left blank"


def test_end_dates_make_an_interval_and_end_times_are_no_text(read_csv):
    read = read_csv(
        [
            ["Start Date", "Start Time", "End Date", "End Time", "Details"],
            ["13/02/2019", "10:00", "13/02/2019", "11:00", "Visit"],
            ["14/02/2019", "", "16/02/2019", "", "In hospital"],
        ]
    )
    assert told(read) == [("row 2", "2019-02-13", "10:00", "Visit"), ("row 3", "2019-02-14/2019-02-16", None, "In hospital")]


def test_from_and_to_of_a_letter_are_no_dates(read_csv):
    read = read_csv(
        [["Date", "From", "To", "Content"], ["13/02/2019", "Worker", "Nurse", "Please visit"], ["14/02/2019", "Nurse", "Worker", "Visited"]]
    )
    assert told(read)[0] == ("row 2", "2019-02-13", None, "Worker\nNurse\nPlease visit")


def test_a_running_number_goes_on_below_a_year_in_a_row_of_its_own(read_csv):
    rows = [[str(n), f"{n + 12}/02/2019", f"Event {n}"] for n in (1, 2)]
    read = read_csv([["No.", "Date", "Event"], ["2019", "", ""], *rows, ["2020", "", ""], ["3", "15/02/2020", "Event 3"]])
    assert [entry.text for entry in read.entries] == ["Event 1", "Event 2", "Event 3"]


def test_a_recording_date_is_text_beside_the_events_own_date_and_serves_where_there_is_none(read_csv):
    both = read_csv([["Date recorded", "Date of event", "Event"], ["20/02/2019", "13/02/2019", "Visit"]])
    assert told(both) == [("row 2", "2019-02-13", None, "20/02/2019\nVisit")]
    assert both.entries[0].fields()["date_recorded"] == "20/02/2019"
    assert told(read_csv([["Date recorded", "Event"], ["20/02/2019", "Visit"]])) == [("row 2", "2019-02-20", None, "Visit")]


@pytest.mark.parametrize(
    "line",
    [["Total contacts", "3", ""], ["", "TOTAL", "3"], ["End of extract", "", ""], ["3 entries", "", ""], ["", "End of query", "10 calls"]],
)
def test_totals_and_end_lines_are_no_events(read_csv, line):
    read = read_csv([["Date", "Event", "Outcome"], ROW, line])
    assert len(read.entries) == 1
    assert "total" in reasons(read)["row 3"]


def test_a_key_below_the_chronology_is_no_event(read_csv):
    read = read_csv([["Date", "Event", "Outcome", "By"], [*ROW, "x"], [], ["Key"], ["HV", "Health visitor"], ["SW", "Social worker"]])
    assert len(read.entries) == 1
    assert not read.unread


def test_guidance_and_example_rows_of_a_form_are_no_events(read_word):
    rows = [
        ("Date", "Event", "Outcome"),
        ("dd/mm/yyyy", "Brief factual account", "What was done"),
        ("e.g. 01/02/2015", "Visit", "None"),
        ROW,
    ]
    assert [where for where, *_ in told(read_word([rows]))] == ["table 1 row 4"]


def test_particulars_versions_people_and_signatures_are_no_chronology(read_word):
    read = read_word(
        [
            [("Child", "A Name"), ("DOB", "11.02.2018")],
            [("Version", "Date", "Author", "Change"), ("0.1", "01/02/2021", "JS", "First draft")],
            [("Name", "Relationship", "DOB"), ("A", "Mother", "01/02/1990"), ("B", "Child", "05/06/2015")],
            [("Name", "Role", "Agency", "From", "To"), ("A", "Nurse", "Health", "01/02/2019", "03/04/2019")],
            [("Date", "Event", "Outcome"), ROW],
        ]
    )
    assert [where for where, *_ in told(read)] == ["table 5 row 2"]
    assert not read.unread


def test_a_table_under_guidance_or_an_example_title_is_no_chronology(read_word):
    example = [("Date", "Event", "Outcome"), ("01/02/2015", "Officers attended", "None")]
    read = read_word([("Heading 2", "Worked example"), example, ("Heading 2", "Chronology"), [("Date", "Event", "Outcome"), ROW]])
    assert [where for where, *_ in told(read)] == ["table 2 row 2"]


def test_a_row_without_a_readable_date_stays_an_event_with_a_problem(read_csv):
    read = read_csv([["Date", "Event", "Outcome"], ROW, ["31/02/2019", "Weighed", "None"], ["Undated", "Note found", "None"]])
    assert [entry.when.edtf for entry in read.entries] == ["2019-02-13", "XXXX", "XXXX"]
    assert all(entry.problems for entry in read.entries[1:])


def test_a_long_text_across_the_row_in_the_middle_is_for_a_person(read_word):
    rows = [("Date", "Event", "Outcome"), ROW, ("The family moved away for a while. " * 5, "", ""), ("15/02/2019", "Back", "None")]
    read = read_word([rows])
    assert [each.where for each in read.unread] == ["table 1 row 3"]


def test_a_date_with_nothing_beside_it_is_never_an_event(read_csv):
    read = read_csv([["No", "Date", "Event"], ["1", "13/02/2019", "First"], ["2", "14/02/2019", ""]])
    assert len(read.entries) == 1
    assert "nothing beside" in reasons(read)["row 3"]


def test_a_declared_silence_without_a_date_is_set_aside_with_its_own_reason(read_csv):
    read = read_csv(
        [["Date", "Event", "Outcome"], ROW, ["", "No contact with the family from March to June 2019", ""], ["01/07/2019", "Visit", "None"]]
    )
    assert len(read.entries) == 2
    assert "no contact" in reasons(read)["row 3"]


def test_a_dated_row_that_says_no_contact_is_an_event(read_csv):
    assert len(read_csv([["Date", "Event"], ["March to June 2019", "No contact in this period"], ["01/07/2019", "Visit"]]).entries) == 2


def test_a_time_at_the_start_of_the_words_counts_where_no_cell_gives_one(read_csv):
    read = read_csv([["Date", "Event"], ["13/02/2019", "1640hrs. Interviewed"], ["14/02/2019", "2 visits made"]])
    assert [entry.time for entry in read.entries] == ["16:40", None]


def test_a_table_of_several_columns_without_dates_is_for_a_person(read_word):
    long = "An account of what happened that goes on for a good while, as accounts do."
    read = read_word([[("Event", "Action", "Comment"), (long, long, long), (long, long, long)], [("Date", "Event", "Outcome"), ROW]])
    assert len(read.entries) == 1
    assert {each.where for each in read.unread} == {"table 1 row 1", "table 1 row 2", "table 1 row 3"}


def test_a_table_of_one_column_is_read_as_lines(read_book):
    read = read_book([["Diary"], ["13/02/2019 - Came in late"], ["Mum rang."], ["14/02/2019 - Fine"]])
    assert told(read) == [
        ('sheet "Sheet" row 2', "2019-02-13", None, "Came in late\nMum rang."),
        ('sheet "Sheet" row 4', "2019-02-14", None, "Fine"),
    ]


def test_positions_follow_the_files_order(read_word):
    read = read_word(
        ["12 February 2019 – Opened.", [("Date", "Event", "Outcome"), ROW], "14 February 2019 – Closed.", "15 February 2019 – Filed."]
    )
    positions = [entry.source.position for entry in sorted(read.entries, key=lambda entry: entry.when.edtf)]
    assert positions == sorted(positions)
    assert [where for where, *_ in told(read)] == ["paragraph 1", "table 1 row 2", "paragraph 2", "paragraph 3"]


def test_the_source_of_every_entry_is_the_file(read_csv, source):
    assert {entry.source.file for entry in read_csv([["Date", "Event"], ["13/02/2019", "Visit"]]).entries} == {source}
    assert isinstance(source, SourceFile)
