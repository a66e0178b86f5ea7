"""Delimited files in any coding and with any delimiter."""

import pytest

ROWS = [
    ["Date", "Time", "Event", "Outcome"],
    ["13/02/2019", "10:15", "Seen – “fine”, said £5", "None"],
    ["14/02/2019", "", "Rang;\ntwice", "x"],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_delimiter_and_coding_gives_the_same_rows(read_csv, delimiter, encoding):
    read = read_csv(ROWS, delimiter, encoding)
    assert [(entry.source.where, entry.time, entry.text) for entry in read.entries] == [
        ("row 2", "10:15", "Seen – “fine”, said £5\nNone"),
        ("row 3", None, "Rang;\ntwice\nx"),
    ]


def test_an_assumed_coding_is_told(read_csv):
    assert any("Windows-1252" in note for note in read_csv(ROWS, encoding="cp1252").notes)
    assert not any("encoding" in note for note in read_csv(ROWS).notes)


def test_blank_lines_keep_the_row_numbers_of_the_file(read_bytes):
    read = read_bytes(b"Date,Event,Outcome\n\n\n13/02/2019,Seen,None\n", "x.csv")
    assert [entry.source.where for entry in read.entries] == ["row 4"]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(read_bytes):
    lines = ["Date,Event,Outcome"] + [f"{day}/02/2019,{'“' if day != 12 else chr(34)}Seen,None" for day in range(10, 28)]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert len(read.entries) == 18
    assert any("quotation mark" in note for note in read.notes)


def test_a_separator_hint_of_the_spreadsheet_is_obeyed(read_bytes):
    read = read_bytes(b"sep=;\nDate;Event;Outcome\n13/02/2019;Seen, twice, at home;None\n", "x.csv")
    assert [entry.text for entry in read.entries] == ["Seen, twice, at home\nNone"]


def test_control_characters_are_dropped_and_words_kept(read_bytes):
    read = read_bytes(b"Date,Event,Outcome\n13/02/2019,Se\x00en\x07 at\x0bhome,None\n", "x.csv")
    assert [entry.text for entry in read.entries] == ["Seen at\nhome\nNone"]


def test_commas_of_the_text_that_nobody_quoted_are_put_back_into_it(read_bytes):
    lines = [
        "No,Date,Details,Outcome",
        "1,13/02/2019,Home visit, kitchen clean, baby asleep,None",
        "2,14/02/2019,Rang,x",
        "3,15/02/2019,Seen,Plan, made",
    ]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert [entry.text for entry in read.entries] == ["Home visit, kitchen clean, baby asleep\nNone", "Rang\nx", "Seen\nPlan, made"]
    assert any(note.startswith("row 2, 4:") for note in read.notes)


def test_a_row_that_stays_wider_than_the_others_is_told(read_bytes):
    lines = ["Date,Details,Outcome", "13/02/2019,Home visit,kitchen clean,None", "14/02/2019,Rang,x", "15/02/2019,Seen,x"]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert read.entries[0].text == "Home visit\nkitchen clean\nNone"
    assert any(note.startswith("row 2:") and "check" in note for note in read.notes)


def test_a_space_after_every_delimiter_cuts_as_any_delimiter_does(read_bytes):
    read = read_bytes(b"Date, Event, Outcome\n13/02/2019, Seen, None\n14/02/2019, Rang, x\n", "x.csv")
    assert [entry.text for entry in read.entries] == ["Seen\nNone", "Rang\nx"]


def test_two_columns_are_known_by_their_dates_where_commas_of_the_text_divide_them_further(read_bytes):
    lines = ["Date,Event", "13/02/2019,Seen, at home", "14/02/2019,Rang", "15/02/2019,Seen", "", "3 rows selected."]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert [entry.text for entry in read.entries] == ["Seen, at home", "Rang", "Seen"]


def test_lines_of_a_message_log_are_no_table(read_bytes):
    read = read_bytes(b"13/02/2019, 10:30 - Mum: help\n14/02/2019, 10:32 - Worker: on my way\nwith milk\n", "x.txt")
    assert [(entry.time, entry.text) for entry in read.entries] == [("10:30", "Mum: help"), ("10:32", "Worker: on my way\nwith milk")]


def test_quotation_marks_inside_a_quoted_field_are_letters_and_its_lines_stay_together(read_bytes):
    lines = [
        "Date,Event,Outcome",
        '13/02/2019,"She said ""go""',
        'and left",None',
        '14/02/2019,"Child "Tom" seen, well",x',
        '15/02/2019,Said "no",y',
    ]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert [entry.text for entry in read.entries] == ['She said "go"\nand left\nNone', 'Child "Tom" seen, well\nx', 'Said "no"\ny']


@pytest.mark.parametrize("sign", list("^~#:¦§*=_"))
def test_any_sign_that_divides_every_line_alike_is_taken_for_the_delimiter(sign, read_csv):
    rows = [["Date", "Event", "Outcome"], *([f"{day}/02/2019", "Seen, at home", "None; x"] for day in range(10, 20))]
    read = read_csv(rows, sign)
    assert [entry.text for entry in read.entries] == ["Seen, at home\nNone; x"] * 10


@pytest.mark.parametrize(
    "lines",
    [
        ["13/02/2019: Seen: well", "14/02/2019: Rang: no reply", "15/02/2019: Seen: well"],
        ["# Notes # of the team", "13/02/2019 - Seen #1 # today", "14/02/2019 - Rang #2 # again"],
    ],
)
def test_signs_of_dated_lines_divide_nothing(lines, read_bytes):
    read = read_bytes("\n".join(lines).encode(), "x.txt")
    assert not any("divided" in note for note in read.notes)
    assert len(read.entries) == sum(line[0].isdigit() for line in lines)


def test_a_quotation_mark_inside_a_cell_of_several_dated_lines_makes_no_false_rows(read_bytes):
    lines = ["Date,Event,Outcome", '13/02/2019,"Said "no" twice', '01/01/2018 was named", None', "14/02/2019,Rang,x", "15/02/2019,Seen,x"]
    read = read_bytes("\n".join(lines).encode(), "x.csv")
    assert [entry.when.edtf for entry in read.entries] == ["2019-02-13", "2019-02-14", "2019-02-15"]
