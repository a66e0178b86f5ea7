"""An agency's analysis: after the table, before it, in tables of its own, or as a whole report; and dated entries that are none."""

import pytest

PROSE = "The service did not consider the history when it decided to close the case, and no supervision was recorded."
TABLE = [("Date", "Event", "Outcome"), ("03/04/2019", "Visit", "None"), ("14/05/2019", "Call", "None")]


def analysed(extraction):
    return [(each.source.where, each.heading, each.text) for each in extraction.analyses]


def dated(extraction):
    return [(entry.when.edtf, entry.text) for entry in extraction.entries]


def test_analysis_before_the_table_ends_where_the_chronology_begins(read_word):
    read = read_word([("Heading 1", "Analysis of involvement"), PROSE, ("Heading 1", "Chronology"), "Introduction.", TABLE])
    assert analysed(read) == [("paragraph 1", "Analysis of involvement", PROSE)]
    assert len(read.entries) == 2


def test_a_dated_sentence_of_analysis_is_no_event(read_word):
    sentences = ["3 April 2019 was the turning point.", "On 14 May 2019 the worker left.", "14/05/2019 was missed by all."]
    read = read_word([TABLE, ("Heading 1", "Reflections"), *sentences])
    assert len(read.entries) == 2
    assert analysed(read)[0][2] == "\n".join(sentences)


def test_dated_paragraphs_under_chronology_and_analysis_stay_events(read_word):
    read = read_word(
        [("Heading 1", "Chronology and analysis"), "3 April 2019 – Visit", "5 April 2019 – Call", ("Heading 1", "Analysis"), PROSE]
    )
    assert dated(read) == [("2019-04-03", "Visit"), ("2019-04-05", "Call")]
    assert analysed(read) == [("paragraph 4", "Analysis", PROSE)]


def test_a_run_of_dated_entries_under_a_heading_of_analysis_is_read_as_entries(read_word):
    entries = ["3 April 2019 – Visit", "5 April 2019 – Call", "9 April 2019 – Call"]
    read = read_word([("Heading 1", "Key learning events and analysis"), *entries])
    assert len(read.entries) == 3
    assert not read.analyses


def test_analysis_after_each_dated_entry_loses_no_entry(read_word):
    read = read_word(
        [
            ("Heading 2", "3 April 2019"),
            "Visited.",
            ("Heading 3", "Analysis"),
            PROSE,
            ("Heading 2", "5 April 2019"),
            "No reply.",
            ("Heading 3", "Analysis"),
            PROSE,
        ]
    )
    assert dated(read) == [("2019-04-03", "Visited."), ("2019-04-05", "No reply.")]
    assert [where for where, *_ in analysed(read)] == ["paragraph 3", "paragraph 7"]


def test_an_individual_management_review_is_read_heading_by_heading(read_word):
    read = read_word(
        [
            ("Title", "Individual Management Review"),
            "Prepared by the author",
            ("Heading 1", "1. Introduction"),
            PROSE,
            ("Heading 1", "2. Agency involvement"),
            "On 3 April 2019 staff attended the address.",
            "3 April 2019 was the first visit.",
            ("Heading 2", "2.1 Key episode one"),
            PROSE,
            ("Heading 1", "3. Lessons learned"),
            PROSE,
            ("Heading 1", "Signature"),
            "Signed A B",
        ]
    )
    assert (read.status, read.entries) == ("read", ())
    assert [heading for _, heading, _ in analysed(read)] == [
        "1. Introduction",
        "2. Agency involvement",
        "2.1 Key episode one",
        "3. Lessons learned",
    ]
    assert "Signed A B" not in "\n".join(text for *_, text in analysed(read))
    assert read.seen == len(read.ignored)


def test_a_plain_text_review_is_read_by_its_numbered_headings(read_bytes):
    lines = ["Agency review of involvement", "", "1. Background", PROSE, PROSE, "2. What we learned", PROSE]
    read = read_bytes("\n".join(lines).encode(), "imr.txt")
    assert [heading for _, heading, _ in analysed(read)] == ["1. Background", "2. What we learned"]
    assert read.status == "read"


def test_headings_without_a_style_open_analysis_below_a_table(read_word):
    read = read_word([TABLE, "ANALYSIS", PROSE, "Lessons learned:", PROSE])
    assert [heading for _, heading, _ in analysed(read)] == ["ANALYSIS", "Lessons learned:"]


def test_a_heading_and_its_prose_in_one_paragraph(read_word):
    assert analysed(read_word([TABLE, f"Analysis: {PROSE}"])) == [("paragraph 1", "Analysis", PROSE)]


def test_a_table_of_questions_and_answers_is_analysis_row_by_row(read_word):
    questions = [("Key line of enquiry", "Agency response"), ("1. Was history considered?", PROSE), ("2. Was she heard?", PROSE)]
    read = read_word([TABLE, questions])
    assert analysed(read) == [("table 2 row 2", "1. Was history considered?", PROSE), ("table 2 row 3", "2. Was she heard?", PROSE)]
    assert len(read.entries) == 2
    assert read.seen == 6


def test_boxes_of_one_column_and_a_sheet_named_analysis(read_word, read_book):
    import openpyxl

    assert analysed(read_word([TABLE, [("Analysis of practice",), (PROSE,), ("Lessons learned",), (PROSE,)]])) == [
        ("table 2 row 2", "Analysis of practice", PROSE),
        ("table 2 row 4", "Lessons learned", PROSE),
    ]
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    sheet = book.create_sheet("Analysis")
    sheet.append([PROSE])
    assert analysed(read_book(book)) == [('sheet "Analysis" row 1', "Analysis", PROSE)]


@pytest.mark.parametrize("words", ["Learning support assistant rang", "Conclusion of meeting", "Analysis of urine sent to laboratory"])
def test_words_inside_dated_entries_open_no_analysis(read_word, words):
    read = read_word(["3 April 2019 – Visit", words, "5 April 2019 – Call", "9 April 2019 – Call"])
    assert not read.analyses
    assert words in read.entries[0].text


def test_a_letter_that_speaks_of_analysis_is_still_rejected(read_word):
    letter = ["2 November 2020", "Dear Board", "Please find our analysis.", ("Heading 1", "Analysis"), PROSE, "Yours sincerely", "A Person"]
    assert read_word(letter).status == "rejected"
