"""Small invented chronologies in the headings of many services, each read as a Word table, a workbook and a delimited file alike."""

from datetime import date

import pytest

LONG = "Attended the address after a neighbour reported shouting; no reply at the door, card left, and the duty worker was told."
TOLD = "Spoke with her on the telephone; she said that she was well and did not want a visit until the end of the week."


def pack(rows, *events, unread=0):
    """Rows of a table, the events that must come of them as (row, date, time, text), and how many rows wait for a person."""
    return rows, events, unread


PACKS = {
    "ambulance": pack(
        [
            ["Incident Date", "Call received", "Call ref", "Chief complaint", "Crew", "Clinical findings", "Conveyed to hospital"],
            ["03/04/2019", "22:41", "EOC/1", "Fall, long lie", "K1", LONG, "Y"],
            ["14/05/2019", "0215hrs", "EOC/9", "Overdose", "K4", TOLD, "N"],
        ],
        (2, "2019-04-03", "22:41", f"EOC/1\nFall, long lie\nK1\n{LONG}\nY"),
        (3, "2019-05-14", "02:15", f"EOC/9\nOverdose\nK4\n{TOLD}\nN"),
    ),
    "housing": pack(
        [
            ["Tenancy chronology"],
            ["Property: Flat 2"],
            [],
            ["Logged", "Job type", "Description of ASB", "Housing officer", "Enforcement action"],
            ["13 Feb 2019", "ASB", LONG, "T Moss", "Letter 1"],
            ["w/c 4 March 2019", "Repair", TOLD, "T Moss", "None"],
        ],
        (5, "2019-02-13", None, f"ASB\n{LONG}\nT Moss\nLetter 1"),
        (6, "2019-03-04/2019-03-10", None, f"Repair\n{TOLD}\nT Moss\nNone"),
    ),
    "community mental health": pack(
        [
            ["Contact Date/Time", "Entry", "Officer/Staff", "Capacity considered?"],
            ["03/04/2019 10:15", LONG, "CPN", "Yes"],
            ["03/04/2019 16.40", TOLD, "CPN", "No"],
            ["15/04/2019", "Did not attend", "Dr Lee", ""],
        ],
        (2, "2019-04-03", "10:15", f"{LONG}\nCPN\nYes"),
        (3, "2019-04-03", "16:40", f"{TOLD}\nCPN\nNo"),
        (4, "2019-04-15", None, "Did not attend\nDr Lee"),
    ),
    "care agency": pack(
        [
            ["Visit start", "Visit end", "Care worker", "Tasks completed", "Care notes"],
            ["13/02/2019 08:00", "13/02/2019 08:30", "P Dunn", "Wash, meds", LONG],
            ["14/02/2019 08:05", "14/02/2019 08:30", "P Dunn", "Meds", TOLD],
        ],
        (2, "2019-02-13", "08:00", f"13/02/2019 08:30\nP Dunn\nWash, meds\n{LONG}"),
        (3, "2019-02-14", "08:05", f"14/02/2019 08:30\nP Dunn\nMeds\n{TOLD}"),
    ),
    "adult social care": pack(
        [
            [
                "No.",
                "Date of significant event",
                "Significant events",
                "Professional involved",
                "Who was seen",
                "Response / Outcome",
                "Analysis",
            ],
            ["1", "circa Feb 2018", LONG, "Social worker", "Adult, alone", "Section 42", "Late"],
            ["2", "3rd-5th April 2019", TOLD, "Duty", "Nobody", "NFA", ""],
        ],
        (2, "2018-02~", None, f"{LONG}\nSocial worker\nAdult, alone\nSection 42\nLate"),
        (3, "2019-04-03/2019-04-05", None, f"{TOLD}\nDuty\nNobody\nNFA"),
    ),
    "police, grouped headings without merged cells": pack(
        [
            ["When", "", "What", "", "Record"],
            ["Date", "Time", "Narrative", "Outcome/Disposal", ""],
            ["13/04/2019", "2341hrs", LONG, "NFA", "Niche"],
            ["16/04/2019", "n/k", TOLD, "PIN", "Niche"],
        ],
        (3, "2019-04-13", "23:41", f"{LONG}\nNFA\nNiche"),
        (4, "2019-04-16", None, f"{TOLD}\nPIN\nNiche"),
    ),
    "school": pack(
        [
            ["Date", "Concern", "Action", "Staff"],
            ["2018/19", "", "", ""],
            ["12 Sept", LONG, "Rang home", "DSL"],
            ["4 Jan", TOLD, "None", "DSL"],
            ["Academic year 2019/20", "", "", ""],
            ["7 June", "Absent", "None", "Tutor"],
        ],
        (3, "2018-09-12", None, f"{LONG}\nRang home\nDSL"),
        (4, "2019-01-04", None, f"{TOLD}\nNone\nDSL"),
        (6, "2020-06-07", None, "Absent\nNone\nTutor"),
    ),
    "fire and rescue, by financial year": pack(
        [
            ["Date", "Details of visit", "Advice given"],
            ["Financial year 2018-19", "", ""],
            ["3 May", LONG, "Alarms fitted"],
            ["4 February", TOLD, "None"],
            ["Q1 2019-20", "", ""],
            ["9 June", "No reply", "Card"],
        ],
        (3, "2018-05-03", None, f"{LONG}\nAlarms fitted"),
        (4, "2019-02-04", None, f"{TOLD}\nNone"),
        (6, "2019-06-09", None, "No reply\nCard"),
    ),
    "probation, recorded before the event's date": pack(
        [
            ["Date/time recorded", "Event date/time", "Entry", "Logged by"],
            ["16/04/2019 09:00", "13/04/2019 10:00", LONG, "OM"],
            ["20/05/2019 09:00", "18/05/2019", TOLD, "OM"],
        ],
        (2, "2019-04-13", "10:00", f"16/04/2019 09:00\n{LONG}\nOM"),
        (3, "2019-05-18", None, f"20/05/2019 09:00\n{TOLD}\nOM"),
    ),
    "day, month and year apart": pack(
        [
            ["Year", "Month", "Day", "Event", "Outcome"],
            ["2019", "April", "3", LONG, "None"],
            ["2019", "", "14", TOLD, "None"],
            ["2019", "5", "2", "Call", "None"],
        ],
        (2, "2019-04-03", None, f"{LONG}\nNone"),
        (3, "2019-04-14", None, f"{TOLD}\nNone"),
        (4, "2019-05-02", None, "Call\nNone"),
    ),
    "month and year apart": pack(
        [["Month", "Year", "Summary of involvement"], ["April", "2019", LONG], ["June", "2019", TOLD]],
        (2, "2019-04", None, LONG),
        (3, "2019-06", None, TOLD),
    ),
    "admissions with an end": pack(
        [
            ["Date admitted", "Date discharged", "Ward", "Clinical details", "Discharge outcome"],
            ["13/04/2019", "16/04/2019", "Oak", LONG, "Home"],
            ["20/05/2019", "ongoing", "Oak", TOLD, ""],
            ["25/05/2019", "24/05/2019", "Elm", "Day case", ""],
        ],
        (2, "2019-04-13/2019-04-16", None, f"Oak\n{LONG}\nHome"),
        (3, "2019-05-20", None, f"Oak\n{TOLD}"),
        (4, "2019-05-25", None, "Elm\nDay case"),
    ),
    "no headings at all": pack(
        [["1", "13/04/2019", "10:15", "T Moss", LONG], ["2", "16/04/2019", "11:15", "T Moss", TOLD], ["3", "", "12:00", "P Dunn", LONG]],
        (1, "2019-04-13", "10:15", f"T Moss\n{LONG}"),
        (2, "2019-04-16", "11:15", f"T Moss\n{TOLD}"),
        (3, "2019-04-16", "12:00", f"P Dunn\n{LONG}"),
    ),
    "headings far down": pack(
        [
            ["Extract of contacts"],
            *[["Adult: see cover", "", ""]] * 60,
            ["When", "What happened", "By whom"],
            ["13/04/2019", LONG, "T Moss"],
        ],
        (63, "2019-04-13", None, f"{LONG}\nT Moss"),
    ),
    "headings changed half-way": pack(
        [
            ["Date", "Time", "Source", "Event"],
            ["13/04/2019", "10:00", "Log", LONG],
            ["Date", "Event", "Source", "Outcome"],
            ["15/04/2019", TOLD, "File", "NFA"],
        ],
        (2, "2019-04-13", "10:00", f"Log\n{LONG}"),
        (4, "2019-04-15", None, f"{TOLD}\nFile\nNFA"),
    ),
    "drug and alcohol service, dittos": pack(
        [
            ["Date", "Type of contact", "Progress note", "Keyworker"],
            ["13/04/2019", "Phone", LONG, "AB"],
            ["ditto", "Visit", TOLD, "AB"],
            ["", "Letter", "Sent", "AB"],
            ["the next day", "Phone", "No reply", "AB"],
        ],
        (2, "2019-04-13", None, f"Phone\n{LONG}\nAB"),
        (3, "2019-04-13", None, f"Visit\n{TOLD}\nAB"),
        (4, "2019-04-13", None, "Letter\nSent\nAB"),
        (5, "2019-04-14", None, "Phone\nNo reply\nAB"),
    ),
    "general practice, totals and end": pack(
        [
            ["Consultation Date", "Clinician", "Consultation text", "Read code"],
            ["13/04/2019", "Dr Lee", LONG, "XaX"],
            ["Total consultations: 1", "", "", ""],
            ["End of report", "", "", ""],
        ],
        (2, "2019-04-13", None, f"Dr Lee\n{LONG}\nXaX"),
    ),
    "dentist, impossible and missing dates": pack(
        [
            ["Appointment date", "Attended Y/N", "Details of visit"],
            ["31/02/2019", "N", "Was not brought"],
            ["Undated", "Y", TOLD],
            ["13/04/2019", "", ""],
            ["15/04/2019", "Y", LONG],
        ],
        (2, "XXXX", None, "N\nWas not brought"),
        (3, "XXXX", None, f"Y\n{TOLD}"),
        (5, "2019-04-15", None, f"Y\n{LONG}"),
        unread=1,
    ),
    "voluntary sector, declared silence": pack(
        [
            ["Date", "Support provided", "What the adult wanted"],
            ["13/04/2019", LONG, "To move"],
            ["No contact with the service from May to August 2019", "", ""],
            ["15/09/2019", TOLD, "A visit"],
        ],
        (2, "2019-04-13", None, f"{LONG}\nTo move"),
        (4, "2019-09-15", None, f"{TOLD}\nA visit"),
    ),
    "guidance under the headings": pack(
        [
            ["Date of event", "Event", "Action taken"],
            ["dd/mm/yyyy", "Please give a brief factual account", "State what was done and by whom"],
            ["13/04/2019", LONG, "None"],
        ],
        (3, "2019-04-13", None, f"{LONG}\nNone"),
    ),
    "signatures at the foot": pack(
        [
            ["Date", "Event", "Action taken"],
            ["13/04/2019", LONG, "None"],
            [],
            ["Signed: A Person", "", "Date: 12/10/2020"],
        ],
        (2, "2019-04-13", None, f"{LONG}\nNone"),
    ),
    "only a record beside the date": pack(
        [["Date", "Record", "By"], ["13/04/2019", LONG, "AB"], ["15/04/2019", TOLD, "CD"]],
        (2, "2019-04-13", None, f"{LONG}\nAB"),
        (3, "2019-04-15", None, f"{TOLD}\nCD"),
    ),
    "weekly attendance": pack(
        [["Week commencing", "Attendance %", "Comments"], ["08/04/2019", "62", LONG], ["15/04/2019", "40", TOLD]],
        (2, "2019-04-08/2019-04-14", None, f"62\n{LONG}"),
        (3, "2019-04-15/2019-04-21", None, f"40\n{TOLD}"),
    ),
}
FORTY = ["Event ID", "Created", "Event date", "Event time", "Event narrative", "Officer", "Outcome", *[f"Field {n}" for n in range(1, 34)]]


def filled(rows):
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


@pytest.fixture(params=["word", "workbook", "csv"])
def read(request, read_word, read_book, read_csv):
    readers = {
        "word": lambda rows: (read_word([filled(rows)]), "table 1 "),
        "workbook": lambda rows: (read_book(filled(rows)), 'sheet "Sheet" '),
        "csv": lambda rows: (read_csv(filled(rows)), ""),
    }
    return readers[request.param]


@pytest.mark.parametrize("name", PACKS)
def test_a_chronology_of_any_service_is_read_row_by_row(name, read):
    rows, events, unread = PACKS[name]
    found, place = read(rows)
    assert [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in found.entries] == [
        (f"{place}row {row}", *rest) for row, *rest in events
    ]
    assert len(found.unread) == unread
    assert found.seen == len(rows)


def test_an_export_of_forty_columns_keeps_every_cell_as_text_and_finds_what_matters(read_book):
    rows = [
        [f"EV{n}", f"{n + 13}/04/2019 09:00", f"{n + 12}/04/2019", "10:15", LONG, "AB", "NFA", *[f"v{n}{i}" for i in range(33)]]
        for n in range(3)
    ]
    read = read_book([FORTY, *rows])
    assert [(entry.when.edtf, entry.time) for entry in read.entries] == [(f"2019-04-{n + 12}", "10:15") for n in range(3)]
    entry = read.entries[0]
    assert entry.text == "\n".join(cell for index, cell in enumerate(rows[0]) if index not in (2, 3))
    assert entry.fields()["event"] == LONG
    assert "column 8-40" in read.notes[0]


def test_end_dates_that_are_none_or_too_early_are_flagged(read_csv):
    found = read_csv(PACKS["admissions with an end"][0])
    assert [entry.problems[-1:] for entry in found.entries] == [
        (),
        ("the end date says “ongoing”",),
        ("the end date, 24/05/2019, comes before the start",),
    ]


def test_starts_and_ends_in_iso_form_make_an_interval(read_csv):
    rows = [["Start Date", "End Date", "Details"], ["2019-04-03 10:00:00", "2019-04-05 12:00:00", LONG], ["2019-06-03", "2019-06-03", TOLD]]
    assert [(entry.when.edtf, entry.time) for entry in read_csv(rows).entries] == [("2019-04-03/2019-04-05", "10:00"), ("2019-06-03", None)]


def test_real_dates_in_day_and_end_columns_of_a_workbook(read_book):
    rows = [["Start", "End", "Details"], [date(2019, 4, 3), date(2019, 4, 5), LONG], [date(2019, 6, 3), None, TOLD]]
    assert [(entry.when.edtf, entry.time) for entry in read_book(rows).entries] == [
        ("2019-04-03/2019-04-05", None),
        ("2019-06-03", None),
    ]


def test_words_below_dated_rows_without_headings_are_no_heading_row(read_word):
    rows = [("A/1", "Wed 03/04/19", "Call", LONG), ("A/2", "Thu 04/04/19", "Visit", TOLD), ("", "", "Visit", "An account of it")]
    read = read_word([rows])
    assert [entry.when.edtf for entry in read.entries] == ["2019-04-03", "2019-04-04", "2019-04-04"]


def test_a_small_table_inside_a_dated_entry_is_part_of_it(read_word):
    read = read_word(
        ["3 April 2019: Seen in surgery.", [("Weight", "10 kg"), ("Height", "80 cm")], "Mother said all was well.", "7 April 2019: DNA."]
    )
    assert [(entry.source.where, entry.text) for entry in read.entries] == [
        ("paragraph 1", "Seen in surgery.\nWeight\t10 kg\nHeight\t80 cm\nMother said all was well."),
        ("paragraph 3", "DNA."),
    ]
    assert read.seen == 2


def test_lists_below_a_dated_paragraph_belong_to_it(read_word):
    read = read_word(
        ["15 March 2019 - Ward round", ("List Bullet", "Seen by consultant"), ("List Number", "Review on 22 March"), "22 March 2019 - Home"]
    )
    assert [entry.text for entry in read.entries] == ["Ward round\nSeen by consultant\nReview on 22 March", "Home"]


def test_hidden_columns_of_a_sheet_with_two_tables_stay_with_their_own(read_book):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Date", "Event", "", "Date", "Event", "Note"], ["03/04/2019", "A visit", "", "13/05/2019", "A call", "private"]):
        book.active.append(row)
    book.active.column_dimensions["F"].hidden = True
    read = read_book(book)
    assert [entry.text for entry in read.entries] == ["A visit", "A call"]
    assert "private" in [each.text for each in read.ignored]
