"""PDFs with text: ruled tables, dated lines, pages that go on, and those that cannot be read."""

import pytest

from extractors import extract
from tests.extractors.making_pdf import pdf, table, text

WIDTHS = (70, 45, 250, 130)
SESAME = "open sesame"
HEADING = ("Date", "Time", "Event", "Action")


def told(read):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in read.entries]


def test_a_ruled_table_is_read_row_by_row_and_the_lines_around_it_apart(read_bytes):
    content = "\n".join(
        [
            text(50, 60, "Chronology of contact", 16),
            table(50, 100, WIDTHS, [HEADING, ("13/02/2019", "10:15", "Seen at home", "None"), ("14/02/2019", "", "Rang", "Left word")]),
            text(50, 300, "Completed by: the author"),
        ]
    )
    read = read_bytes(pdf(content))
    assert told(read) == [
        ("page 1 table 1 row 2", "2019-02-13", "10:15", "Seen at home\nNone"),
        ("page 1 table 1 row 3", "2019-02-14", None, "Rang\nLeft word"),
    ]
    assert [(each.where, each.text) for each in read.ignored] == [
        ("page 1 line 1", "Chronology of contact"),
        ("page 1 table 1 row 1", "Date\nTime\nEvent\nAction"),
        ("page 1 line 2", "Completed by: the author"),
    ]


def test_a_table_goes_on_over_pages_with_its_heading_repeated_or_not(read_bytes):
    rows = [[f"{day}/02/2019", "", f"Visit {day}", "None"] for day in range(13, 22)]
    read = read_bytes(
        pdf(table(50, 60, WIDTHS, [HEADING, *rows[:3]]), table(50, 60, WIDTHS, [HEADING, *rows[3:6]]), table(50, 60, WIDTHS, rows[6:]))
    )
    assert [entry.when.edtf for entry in read.entries] == [f"2019-02-{day}" for day in range(13, 22)]
    assert [entry.source.where for entry in read.entries][::4] == ["page 1 table 1 row 2", "page 2 table 1 row 3", "page 3 table 1 row 3"]


def test_a_row_without_a_date_at_the_top_of_a_page_may_go_on_from_the_page_before_and_is_flagged(read_bytes):
    first = table(50, 60, WIDTHS, [HEADING, ("13/02/2019", "", "Seen at home and", "None"), ("14/02/2019", "", "Rang", "None")])
    read = read_bytes(pdf(first, table(50, 60, WIDTHS, [("", "", "spoke to the mother", ""), ("15/02/2019", "", "Wrote", "None")])))
    assert [entry.text for entry in read.entries] == ["Seen at home and\nNone", "Rang\nNone", "spoke to the mother", "Wrote\nNone"]
    assert any("page before" in problem for problem in read.entries[2].problems)


def test_lines_of_a_cell_that_only_wrapped_are_one_line_and_others_are_kept(read_bytes):
    wrapped = "Seen at home by the worker who wrote that the small\nchildren were well.\nA second line"
    read = read_bytes(pdf(table(50, 60, WIDTHS, [HEADING, ("13/02/2019", "", wrapped, "None")])))
    assert [entry.text for entry in read.entries] == [
        "Seen at home by the worker who wrote that the small children were well.\nA second line\nNone"
    ]


def test_a_date_cell_merged_down_counts_for_the_rows_below(read_bytes):
    rows = [HEADING, ("13/02/2019", "10:00", "A", "x"), (None, "11:00", "B", "y"), ("14/02/2019", "12:00", "C", "z")]
    assert [(when, at) for _, when, at, _ in told(read_bytes(pdf(table(50, 60, WIDTHS, rows))))] == [
        ("2019-02-13", "10:00"),
        ("2019-02-13", "11:00"),
        ("2019-02-14", "12:00"),
    ]


def test_dated_lines_without_a_table_are_read_with_what_wrapped_below_them(read_bytes):
    long = "13/02/2019 - Home visit by the worker, who saw the child alone and spoke about the school at some length today"
    content = "\n".join(
        [text(50, 60, long), text(50, 74, "and found her well."), text(50, 100, "14/02/2019 - Rang."), text(50, 126, "15/02/2019 - Wrote.")]
    )
    assert told(read_bytes(pdf(content))) == [
        ("page 1 line 1", "2019-02-13", None, long.partition(" - ")[2] + " and found her well."),
        ("page 1 line 3", "2019-02-14", None, "Rang."),
        ("page 1 line 4", "2019-02-15", None, "Wrote."),
    ]


def test_what_repeats_on_the_edge_of_every_page_is_told_once_and_is_in_no_event(read_bytes):
    pages = [
        "\n".join([text(50, 30, "OFFICIAL SENSITIVE"), text(50, 80, f"1{day}/02/2019 - Seen {day}."), text(280, 820, f"Page {day} of 3")])
        for day in (1, 2, 3)
    ]
    read = read_bytes(pdf(*pages))
    assert [entry.text for entry in read.entries] == ["Seen 1.", "Seen 2.", "Seen 3."]
    assert [each.text for each in read.ignored] == ["OFFICIAL SENSITIVE", "Page 1 of 3"]


def test_a_pdf_of_pictures_alone_is_refused(read_bytes):
    assert "no readable text" in read_bytes(pdf("", "", image=True)).reason


def test_a_picture_page_among_others_and_a_scan_with_text_are_told(read_bytes):
    dated = text(50, 80, "13/02/2019 - Seen.")
    assert any("page 1" in note and "scan" in note for note in read_bytes(pdf(dated, image=True)).notes)


def test_links_comments_and_form_fields_are_kept_apart(read_bytes):
    annotations = "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/a) >> >> "
    annotations += "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Ask about this) >> "
    annotations += "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /T (f) /V (Filled in) >>]"
    read = read_bytes(pdf(text(50, 80, "13/02/2019 - Seen."), page_extra=annotations))
    assert {(each.where, each.text) for each in read.ignored} == {
        ("page 1", "https://example.org/a"),
        ("page 1", "Ask about this"),
        ("page 1", "Filled in"),
    }


def test_a_protected_pdf_says_so_and_opens_with_its_password(tmp_path, source, reading):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(text(50, 80, "13/02/2019 - Seen."), password=SESAME))
    assert "password protected" in extract(path, source, reading).reason
    assert "does not open" in extract(path, source, reading, SESAME[1:]).reason
    assert told(extract(path, source, reading, SESAME)) == [("page 1 line 1", "2019-02-13", None, "Seen.")]


@pytest.mark.parametrize("cut", [30, 200, 700])
def test_a_pdf_cut_short_is_refused_or_read_and_never_raises(read_bytes, cut):
    data = pdf(text(50, 80, "13/02/2019 - Seen."))
    assert read_bytes(data[:-cut]).status in ("read", "rejected")


def columns(rows, top=60, gap=13):
    return "\n".join(
        text(left, top + gap * number, words)
        for number, row in enumerate(rows)
        for left, words in zip((50, 130, 430), row, strict=False)
        if words
    )


def test_a_table_that_no_lines_are_drawn_round_is_read_by_where_its_columns_begin(read_bytes):
    rows = [("Date", "Event", "Outcome"), ("13/02/2019", "Rang about the noise and", "Referred"), ("", "the crying", "to the hub")]
    read = read_bytes(pdf(columns([("Chronology",), ("",), *rows, ("14/02/2019", "Seen", "None")])))
    assert [(entry.when.edtf, entry.fields()) for entry in read.entries] == [
        ("2019-02-13", {"event": "Rang about the noise and the crying", "action": "Referred to the hub"}),
        ("2019-02-14", {"event": "Seen", "action": "None"}),
    ]


def test_what_stands_above_the_first_date_of_a_page_may_go_on_from_the_page_before_and_is_flagged(read_bytes):
    first = columns([("Date", "Event", "Outcome"), ("13/02/2019", "Rang", "None"), ("14/02/2019", "Seen and", "None")])
    second = columns([("", "weighed"), ("15/02/2019", "Wrote", "None")])
    read = read_bytes(pdf(first, second, columns([("", "to the school")])))
    told = [(entry.source.where, entry.when.edtf, entry.text) for entry in read.entries]
    assert told[2:] == [
        ("page 2 table 1 row 1", "2019-02-14", "weighed"),
        ("page 2 table 1 row 2", "2019-02-15", "Wrote\nNone"),
        ("page 3 table 1 row 1", "2019-02-15", "to the school"),
    ]
    assert [bool(entry.problems) for entry in read.entries] == [False, False, True, False, True]


def test_running_text_between_dates_is_no_table(read_bytes):
    lines = [
        ("13/02/2019", "Rang the school about him."),
        ("and the nursery too, which had not heard from her for a week.",),
        ("14/02/2019", "Seen."),
    ]
    read = read_bytes(pdf(columns(lines)))
    assert [entry.source.where for entry in read.entries] == ["page 1 line 1", "page 1 line 3"]
    assert "nursery" in read.entries[0].text
