"""What always holds, whatever a table says: no row is lost, no text is lost or told twice, and every place is the real one."""

import csv
import io
import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.date_boxes import parted
from extractors.layout import read_document
from extractors.model import Box, Document, Paragraph, Row, Table, tidy

SAID = "visit seen not home total key date action 2018 e.g. none called note the worker signed end of report 12 13/02/2019"
WORDS = st.sampled_from(SAID.split(" "))
TEXT = st.one_of(
    st.just(""),
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
)
DATE = st.one_of(
    st.just(""),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.sampled_from(["ditto", "Undated", "31/02/2019", "w/c 4 March 2019", "2018", "circa May 2019"]),
)
HEADING = st.sampled_from(
    [("Date", "Event", "Action", "Source"), ("No.", "Date", "Time", "Details"), ("When", "What", "Who", "Why"), ("", "", "", "")]
)
ROWS = st.lists(st.tuples(DATE, TEXT, TEXT, TEXT), max_size=12)
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def table_of(heading, rows):
    texts = [heading, *rows]
    return Table(
        "table 1", "table 1", tuple(Row(n, tuple(Box(" ".join(text.split())) for text in row)) for n, row in enumerate(texts, start=1))
    )


@FEW
@given(HEADING, ROWS)
def test_every_row_is_an_event_or_unread_or_ignored_and_only_one_of_them(reading, source, heading, rows):
    read = read_document(Document((table_of(heading, rows),)), source, reading)
    places = [*(entry.source.where for entry in read.entries), *(each.where for each in (*read.unread, *read.ignored))]
    assert sorted(places) == sorted(f"table 1 row {n}" for n in range(1, len(rows) + 2))
    assert read.seen == len(rows) + 1


@FEW
@given(HEADING, ROWS)
def test_the_words_of_every_cell_stand_in_exactly_one_place(reading, source, heading, rows):
    table = table_of(heading, rows)
    read = read_document(Document((table,)), source, reading)
    aside = {each.where: each.text.split("\n") for each in (*read.unread, *read.ignored)}
    entries = {entry.source.where: entry for entry in read.entries}
    for row in table.rows:
        where, texts = table.where(row), [box.text for box in row.boxes if box.text]
        if where in aside:
            assert Counter(text for text in aside[where] if text) == Counter(texts)
        else:
            told = [*entries[where].text.split("\n"), entries[where].when.as_written]
            whole = [text for text in texts if not any(parted(Box(text)))]  # a date cell that says more is parted: date, and words after it
            pieces = [*whole, *(piece for text in texts for piece in parted(Box(text)) if text not in whole)]
            assert not Counter(text for text in told if text) - Counter(texts) - Counter(pieces)


@FEW
@given(ROWS)
def test_under_known_headings_each_cell_but_date_and_time_stands_in_the_text(reading, source, rows):
    rows = [row for row in rows if sum(reading.meaning(text) is not None for text in row) < 2]  # or it may be a heading row itself
    read = read_document(Document((table_of(("Date", "Event", "Action", "Source"), rows),)), source, reading)
    by_place = {f"table 1 row {n}": row for n, row in enumerate(rows, start=2)}
    for entry in read.entries:
        when, *others = [" ".join(text.split()) for text in by_place[entry.source.where]]
        cells = [parted(Box(when))[1], *others]
        assert entry.text == "\n".join(text for text in cells if text)


@FEW
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]))
def test_places_of_a_csv_are_the_rows_of_the_file(read_bytes, rows, delimiter):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(
        [("Date", "Event", "Action", "Source"), *(tuple(" ".join(text.split()) for text in row) for row in rows)]
    )
    data = written.getvalue().encode("utf-8-sig")
    records = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    for entry in read_bytes(data, "x.csv").entries:
        if entry.source.where.startswith("row "):
            record = records[int(entry.source.where.removeprefix("row ")) - 1]
            assert all(line in record for line in entry.text.split("\n") if line)


@FEW
@given(st.lists(st.tuples(DATE, TEXT), max_size=12))
def test_every_paragraph_stands_in_an_event_or_is_set_aside(reading, source, lines):
    texts = [" ".join(f"{date} – {text}".split()) if date else " ".join(text.split()) for date, text in lines]
    paragraphs = tuple(Paragraph(f"paragraph {n}", text) for n, text in enumerate(texts, start=1))
    read = read_document(Document(paragraphs), source, reading)
    told = "\n".join([*(f"{e.when.as_written} {e.text}" for e in read.entries), *(each.text for each in (*read.unread, *read.ignored))])
    assert all(word in told for text in texts for word in text.replace("–", " ").split() if word.isalnum())


@FEW
@given(HEADING, ROWS)
def test_reading_twice_gives_the_same(reading, source, heading, rows):
    document = Document((table_of(heading, rows),))
    assert read_document(document, source, reading) == read_document(document, source, reading)


LINES = st.lists(st.tuples(DATE, TEXT), min_size=1, max_size=4).map(
    lambda lines: "\n".join(" - ".join(filter(None, line)) for line in lines)
)
CELL = st.one_of(TEXT, DATE, LINES, st.sampled_from(["Date", "Event", "Outcome", "Key", "Analysis", "Time", "10:15", "Ref"]))
ANY_ROW = st.lists(CELL, min_size=1, max_size=7)


@FEW
@given(st.lists(st.one_of(ANY_ROW, st.just(["Date", "Event", "", "Date", "Event"]), st.tuples(DATE, LINES).map(list)), max_size=14))
def test_whatever_the_layout_the_counts_add_up_and_no_word_is_lost(reading, source, rows):
    width = max(map(len, rows), default=0)
    boxes = [tuple(Box(tidy(text)) for text in (*row, *[""] * (width - len(row)))) for row in rows]
    table = Table("table 1", "table 1", tuple(Row(n, each) for n, each in enumerate(boxes, start=1)))
    read = read_document(Document((table,)), source, reading)
    assert read.seen == len(read.entries) + len(read.unread) + len(read.ignored)
    told = [each.text for each in (*read.unread, *read.ignored)]
    for entry in read.entries:
        told += [entry.text, entry.when.as_written, *entry.problems, *(cell.heading for cell in entry.cells)]
    for analysis in read.analyses:
        told += [analysis.heading, analysis.text]
    words = set(re.findall(r"[^\W\d_]{3,}", " ".join(told)))
    labels = {"Date", "Time"}  # of a card: its headings, which stand beside what they head
    lost = {word for row in boxes for box in row for word in re.findall(r"[^\W\d_]{3,}", box.text)} - words - labels
    assert not lost
