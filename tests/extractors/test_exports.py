"""Exports of many columns, of which some matter."""

HEADINGS = (
    "Person ID", "Person Name", "Date of Birth", "Legal Status", "Team", "Allocated Worker", "Start Date", "Start Time", "End Date", "Note Type",
    "Location", "People Present", "Case Note Summary", "Was the Child Seen?", "Decision", "Rationale", "Recorded By", "Date Recorded", "Form Version",
)  # fmt: skip


def test_an_export_with_a_column_that_a_list_may_have_is_read_as_events(read_csv):
    told = {
        "Start Date": "14/06/2021", "Start Time": "09:40", "Note Type": "Contact", "Case Note Summary": "Call taken", "Legal Status": "None",
        "Was the Child Seen?": "No", "Decision": "NFA", "Recorded By": "SG", "Date Recorded": "14/06/2021 16:22", "Form Version": "v3",
    }  # fmt: skip
    row = [told.get(heading, "") for heading in HEADINGS]
    read = read_csv([HEADINGS, row])
    (entry,) = read.entries
    assert (entry.when.edtf, entry.time) == ("2021-06-14", "09:40")
    assert entry.fields()["event"] == "Call taken"


def test_a_list_of_recommendations_with_dates_is_still_none_of_events(read_csv):
    read = read_csv(
        [("Recommendation", "Action", "Lead officer", "Date due", "Outcome"), ("Train staff", "Book it", "A Smith", "01/03/2019", "Done")]
    )
    assert not read.entries


def test_the_count_at_the_foot_of_an_export_is_no_event(read_csv):
    read = read_csv(
        [("Date", "Details", "Outcome"), ("01/02/2019", "Call", "None"), ("02/02/2019", "Visit", "None"), ("Rows returned: 2", "", "")]
    )
    assert [entry.text for entry in read.entries] == ["Call\nNone", "Visit\nNone"]


def test_a_column_of_months_leaves_the_day_to_the_dated_lines_beside_it(read_csv):
    rows = [
        ("Month", "Contacts"),
        ("January 2022", "11/1/22 – Referral made\n14/1/22 – Met at the library"),
        ("March 2022", "early March 2022 – Letter given"),
        ("December 2022", "20/12/22 – Christmas hamper taken"),
        ("January 2023", "No contact by any date"),
    ]
    read = read_csv(rows)
    assert [(entry.when.edtf, entry.text) for entry in read.entries] == [
        ("2022-01-11", "Referral made"),
        ("2022-01-14", "Met at the library"),
        ("2022-03", "Letter given"),
        ("2022-12-20", "Christmas hamper taken"),
        ("2023-01", "No contact by any date"),
    ]


def test_a_count_in_two_cells_at_the_foot_is_no_event(read_csv):
    read = read_csv([("Date", "Details", "Outcome"), ("01/02/2019", "Call", "None"), ("", "", ""), ("", "Entries", "7")])
    assert [entry.text for entry in read.entries] == ["Call\nNone"]
