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
