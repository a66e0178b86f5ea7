"""Text outside tables: dated paragraphs, their headings, analysis, and what is neither."""

import docx


def told(extraction):
    return [(entry.source.where, entry.when.edtf, entry.time, entry.text) for entry in extraction.entries]


def reasons(extraction):
    return {each.where: each.reason for each in (*extraction.ignored, *extraction.unread)}


def test_dated_paragraphs_are_events_and_what_follows_is_joined_to_them(read_word):
    read = read_word(["Our diary", "18 September 2018 – First day.", "She settled.", "", "3 December 2018, 12.15pm – Rang the hub."])
    assert told(read) == [
        ("paragraph 2", "2018-09-18", None, "First day.\nShe settled."),
        ("paragraph 5", "2018-12-03", "12:15", "Rang the hub."),
    ]
    assert list(reasons(read)) == ["paragraph 1"]


def test_headings_between_paragraphs_give_the_year(read_word):
    read = read_word([("Heading 2", "Autumn term 2018"), "3 October – Late.", ("Heading 2", "2019"), "w/c 14 January – Absent."])
    assert [when for _, when, *_ in told(read)] == ["2018-10-03", "2019-01-14/2019-01-20"]


def test_a_day_alone_belongs_to_the_month_in_the_heading(read_word):
    read = read_word(
        [("Heading 1", "2019"), ("Heading 2", "March"), "4th – Came in.", "9th – Left early.", ("Heading 2", "April"), "2nd – Absent."]
    )
    assert [when for _, when, *_ in told(read)] == ["2019-03-04", "2019-03-09", "2019-04-02"]


def test_a_date_on_a_line_of_its_own_opens_an_entry(read_word):
    read = read_word(
        [("Heading 2", "Wednesday 3 April 2019"), "School rang.", "Visited later.", ("Heading 2", "5 April 2019"), "No reply."]
    )
    assert told(read) == [
        ("paragraph 1", "2019-04-03", None, "School rang.\nVisited later."),
        ("paragraph 4", "2019-04-05", None, "No reply."),
    ]


def test_signatures_totals_and_report_dates_are_no_part_of_the_last_entry(read_word):
    read = read_word(
        ["3 April 2019 – Rang.", "5 April 2019 – Visited.", "Signed A Person, 12 October 2020", "Total: 2 contacts", "12 entries"]
    )
    assert [text for *_, text in told(read)] == ["Rang.", "Visited."]
    assert set(reasons(read)) == {"paragraph 3", "paragraph 4", "paragraph 5"}


def test_prose_around_tables_is_set_aside_and_its_sentences_with_dates_are_no_events(read_word):
    read = read_word(
        [
            "Prepared for the period 1 January 2018 to 30 June 2020.",
            "3 April 2019 was a busy day.",
            [("Date", "Event"), ("13/02/2019", "Seen")],
        ]
    )
    assert [where for where, *_ in told(read)] == ["table 1 row 2"]
    assert {"paragraph 1", "paragraph 2"} <= set(reasons(read))


def test_prose_under_a_heading_of_analysis_is_kept_apart_from_events(read_word):
    table = [("Date", "Event"), ("13/02/2019", "Seen")]
    read = read_word(
        [
            table,
            ("Heading 1", "Analysis of involvement"),
            "They did not act.",
            "They wrote.",
            ("Heading 2", "Good practice"),
            "She persisted.",
            ("Heading 1", "Appendix"),
            "A list.",
        ]
    )
    assert [(each.source.where, each.heading, each.text) for each in read.analyses] == [
        ("paragraph 1", "Analysis of involvement", "They did not act.\nThey wrote."),
        ("paragraph 4", "Good practice", "She persisted."),
    ]
    assert len(read.entries) == 1
    assert len({each.id for each in read.analyses}) == 2


def test_a_file_of_analysis_alone_is_read(read_word):
    read = read_word([("Heading 1", "Analysis"), "They did not act."])
    assert (read.status, len(read.analyses), read.entries) == ("read", 1, ())


def test_a_covering_letter_is_rejected_as_no_chronology(read_word, read_bytes):
    letter = [
        "2 November 2020",
        "Dear Board",
        "Please find our chronology, which replaces that of 19 October.",
        "Yours sincerely",
        "A Person",
    ]
    for read in (read_word(letter), read_bytes("\n".join(letter).encode(), "covering.txt")):
        assert read.status == "rejected"
        assert "no chronology rows" in read.reason
        assert read.seen == len(read.ignored) == 5


def test_an_empty_document_is_rejected_as_empty(read_word):
    assert "empty" in read_word([]).reason


def test_a_plain_text_diary_is_read_by_its_lines(read_bytes):
    read = read_bytes(b"Diary\n\n13/02/2019 - Came in late\nMum rang.\n14/02/2019 - Fine\n", "diary.txt")
    assert told(read) == [("line 3", "2019-02-13", None, "Came in late\nMum rang."), ("line 5", "2019-02-14", None, "Fine")]


def test_a_note_below_a_blank_line_at_the_end_is_no_part_of_the_last_entry(read_word):
    read = read_word(
        ["3 April 2019 – Rang.", "She was out.", "5 April 2019 – Visited.", "", "Calls planned 20, made 14.", "One book is lost."]
    )
    assert [text for *_, text in told(read)] == ["Rang.\nShe was out.", "Visited."]
    assert [each.where for each in read.unread] == ["paragraph 5", "paragraph 6"]


def test_entries_that_go_on_after_blank_lines_do_so_at_the_end_too(read_word):
    read = read_word(["3 April 2019 – Rang.", "", "She was out.", "", "5 April 2019 – Visited.", "", "Nobody there."])
    assert [text for *_, text in told(read)] == ["Rang.\nShe was out.", "Visited.\nNobody there."]
    assert not read.unread


def test_a_paragraph_may_begin_with_a_date_in_words_alone(read_word):
    texts = (
        "11 May 2023 – Rang, no reply.",
        "Summer term – Attendance poor.",
        "9 November 2023 – Bruise.",
        "A few days later – Another one.",
    )
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    found = read_word(document).entries
    assert [(entry.when.edtf, entry.text) for entry in found] == [
        ("2023-05-11", "Rang, no reply."), ("2023-04~/2023-07~", "Attendance poor."), ("2023-11-09", "Bruise."), ("2023-11-09~", "Another one."),
    ]  # fmt: skip
