"""Delimited files (.csv, .tsv, .txt with any delimiter) row by row, and plain text line by line."""

import csv
import io
from collections import Counter

from extractors.bounds import Amount
from extractors.grid import columns_of, rows_from
from extractors.model import Box, Content, Document, Extractor, Paragraph, Table, tidy
from extractors.records import MAX_FIELD, holds_dates, records_of
from timeline.written_dates import is_date

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SAMPLE_RECORDS = 200
_LEAST_SHARE = 0.4
_FEWEST_DATED = 2
_NEARLY_ALL = 0.9
_NO_DELIMITERS = "\"'“”‘’`.-–—/()[]{}<>"  # they stand inside words, dates and quotations


def recognises(content: Content) -> bool:
    """Whether the file is plain text."""
    return content.text is not None


def read(content: Content) -> Document:
    """One table where a delimiter is found, otherwise the lines as paragraphs."""
    text = content.text or ""
    hinted = text[:6].lower().startswith("sep=") and "\n" in text
    delimiter = text[4] if hinted else _odd_delimiter(text) or _delimiter(text)
    if delimiter is None:
        return Document(tuple(_lines(text)), notes=content.text_notes)
    records, notes = records_of(text.partition("\n")[2] if hinted else text, delimiter)
    cells = {
        number: {column: Box(tidy(value)) for column, value in enumerate(record, start=1) if value.strip()}
        for number, record in enumerate(records, start=1)
    }
    table = Table("", "table 1", rows_from(cells, columns_of(cells), {}, {}))
    named = DELIMITERS.get(delimiter, "other sign")
    return Document((table,), notes=(*content.text_notes, f"columns are divided by a {named}", *notes))


def _lines(text: str) -> list[Paragraph]:
    amount, lines = Amount(), [Paragraph("line 1", "")]
    for number, line in enumerate(text.splitlines(), start=1):
        paragraph = Paragraph(f"line {number}", tidy(line))
        amount.add_paragraph(paragraph)
        if paragraph.text or lines[-1].text:  # of blank lines the first tells as much as a million
            lines.append(paragraph)
    return lines[1:]


def _delimiter(text: str) -> str | None:
    """The delimiter that divides most records, and most of these into the same number of columns; None where none does, as in prose."""
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        filled = [record for record in _sample(text, delimiter) if any(record)]
        divided = [len(record) for record in filled if len(record) > 1]
        if not divided or 2 * len(divided) < len(filled):
            continue
        width, count = max(Counter(divided).items(), key=lambda item: (item[1], item[0]))
        share = count / len(divided)
        is_regular = share >= _LEAST_SHARE and (width > 2 or count > 0.8 * len(filled) or _are_dated(filled))
        if is_regular and share * width > best_score:
            best, best_score = delimiter, share * width
    return best


def _odd_delimiter(text: str) -> str | None:
    """A sign that is no usual delimiter and still is this file's: it divides the heading and nearly every line alike, and dates stand alone."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    best, best_width = None, 1
    for sign in dict.fromkeys(heading):
        if sign.isalnum() or sign.isspace() or sign in _NO_DELIMITERS or any(usual in heading for usual in DELIMITERS):
            continue
        head, *rows = [record for record in _sample(text, sign) if any(record)] or [[]]
        alike = [row for row in rows if len(row) == len(head)]
        dated = sum(any(is_date(field.strip()) for field in row) for row in alike)
        is_heading = all(field.strip() and not is_date(field) for field in head)
        if is_heading and dated and 2 * dated >= len(alike) >= _NEARLY_ALL * len(rows) and len(head) > best_width:
            best, best_width = sign, len(head)
    return best


def _are_dated(records: list[list[str]]) -> bool:
    """Whether enough records have a date in a field of its own: lines of prose have none."""
    divided = [record for record in records if len(record) > 1]
    dated = sum(map(holds_dates, divided))
    return dated >= _FEWEST_DATED and 3 * dated >= len(divided)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(MAX_FIELD)
    records = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            records.append(record)
            if len(records) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return []
    return records


EXTRACTOR = Extractor("csv", recognises, read, "delimited or plain text", (".csv", ".tsv", ".txt"))
