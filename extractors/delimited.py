"""Delimited files (.csv, .tsv, .txt with any delimiter) row by row, and plain text line by line."""

import csv
import io
from collections import Counter

from extractors.grid import columns_of, rows_from
from extractors.model import Box, Content, Document, Extractor, Paragraph, Table, tidy
from timeline.errors import FileError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SAMPLE_RECORDS = 200
_LEAST_SHARE = 0.4
_MAX_FIELD = 10_000_000


def recognises(content: Content) -> bool:
    """Whether the file is plain text."""
    return content.text is not None


def read(content: Content) -> Document:
    """One table where a delimiter is found, otherwise the lines as paragraphs."""
    text = content.text or ""
    hinted = text[:6].lower().startswith("sep=") and "\n" in text
    delimiter = text[4] if hinted else _delimiter(text)
    if delimiter is None:
        return Document(tuple(_lines(text)), notes=content.text_notes)
    records, notes = _records(text.partition("\n")[2] if hinted else text, delimiter)
    cells = {
        number: {column: Box(tidy(value)) for column, value in enumerate(record, start=1) if value.strip()}
        for number, record in enumerate(records, start=1)
    }
    table = Table("", "table 1", rows_from(cells, columns_of(cells), {}, {}))
    named = DELIMITERS.get(delimiter, "other sign")
    return Document((table,), notes=(*content.text_notes, f"columns are divided by a {named}", *notes))


def _lines(text: str) -> list[Paragraph]:
    return [Paragraph(f"line {number}", tidy(line)) for number, line in enumerate(text.splitlines(), start=1)]


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
        is_regular = share >= _LEAST_SHARE and (width > 2 or count > 0.8 * len(filled))
        if is_regular and share * width > best_score:
            best, best_score = delimiter, share * width
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_FIELD)
    records = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            records.append(record)
            if len(records) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return []
    return records


def _records(text: str, delimiter: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """All records, quoted fields with line ends kept whole; where a quote is never closed, quotes are read as plain letters and a note says so."""
    csv.field_size_limit(_MAX_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)), ()
    except csv.Error:
        plain = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    lines = text.splitlines()
    if len(plain) >= len(lines) * 0.9:
        return plain, ()
    try:
        as_letters = list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error as error:
        raise FileError("the file's columns cannot be told apart; open it in Excel and save it as .xlsx") from error
    return as_letters, ("a quotation mark in the file is never closed, so quotation marks were read as letters; please check the rows",)


EXTRACTOR = Extractor("csv", recognises, read, "delimited or plain text", (".csv", ".tsv", ".txt"))
