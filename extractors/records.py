"""The records of a delimited file as they were meant, where its text holds quotation marks and delimiters that nothing marks as text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.bounds import Amount
from timeline.errors import FileError
from timeline.written_dates import is_date

MAX_FIELD = 10_000_000
_MOST_TOLD = 20  # row numbers in a note
_LEAST_ALIKE = 0.6
_SEARCHED_FIELDS = 4
_NEVER_CLOSED = "a quotation mark in the file is never closed, so quotation marks were read as letters; please check the rows"

Records = list[list[str]]


def records_of(text: str, delimiter: str) -> tuple[Records, tuple[str, ...]]:
    """All records and what a person should know of them: quoted fields with line ends kept whole, an empty record for a blank line."""
    records, notes = _quoted(text, delimiter)
    records, more = _rejoined(records, delimiter)
    return records, (*notes, *more)


def holds_dates(record: Sequence[str]) -> bool:
    """Whether one of the record's first fields is a date that the text after it does not run on from: no space follows the delimiter."""
    near = list(record[:_SEARCHED_FIELDS])
    return any(is_date(field.strip()) and not after.startswith(" ") for field, after in zip(near, [*record[1:], ""], strict=False))


def _quoted(text: str, delimiter: str) -> tuple[Records, tuple[str, ...]]:
    """The records by their quotation marks; marks that are not doubled inside a field are letters, and where one is never closed all are."""
    csv.field_size_limit(MAX_FIELD)
    try:
        return list(_counted(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))), ()
    except csv.Error:
        pass
    tolerant = _tolerant(text, delimiter)
    if tolerant is not None:
        return tolerant, ()
    try:
        return list(_counted(csv.reader(text.splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE))), (_NEVER_CLOSED,)
    except csv.Error as error:
        raise FileError("the file's columns cannot be told apart; open it in Excel and save it as .xlsx") from error


def _counted(records: Iterable[list[str]]) -> Iterator[list[str]]:
    """The records, as long as they are no more than a chronology has."""
    amount = Amount()
    for record in records:
        filled = sum(map(bool, record))
        amount.add(rows=bool(filled), cells=filled)
        yield record


def _tolerant(text: str, delimiter: str) -> Records | None:
    """The records where a quotation mark ends a field only before a delimiter or a line end; None where a field runs over further records."""
    ends = re.compile(rf"{re.escape(delimiter)}|\r\n?|\n|\Z")
    closing = re.compile(rf'""|"(?={ends.pattern})')
    records: Records = []
    record: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == '"':
            close = next((each for each in closing.finditer(text, at + 1) if len(each[0]) == 1), None)
            if close is None or _swallows(text[at + 1 : close.start()], delimiter):
                return None
            record.append(text[at + 1 : close.start()].replace('""', '"'))
            at = close.end()
        else:
            record.append("")
        end = ends.search(text, at)
        stop = end.start() if end else len(text)
        record[-1] += text[at:stop]
        at = end.end() if end else len(text)
        if end is None or end[0] != delimiter:
            records.append(record if record != [""] else [])
            record = []
    if record:
        records.append([*record, ""])
    return records


def _swallows(field: str, delimiter: str) -> bool:
    """Whether a line within the field looks like a record of its own."""
    return any(delimiter in line and holds_dates(line.split(delimiter)) for line in re.split(r"\r\n?|\n", field)[1:])


def _rejoined(records: Records, delimiter: str) -> tuple[Records, tuple[str, ...]]:
    """The records with text that its own commas cut put together again: a space follows a comma of the text, none follows a delimiter."""
    if delimiter == "\t":
        return records, ()
    whole = [list(_with_spaced(record, delimiter)) for record in records]
    widths = Counter(len(record) for record in whole if len(record) > 1)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    wide = [number for number, record in enumerate(records) if len(_filled(record)) > width]
    if not wide or count < _LEAST_ALIKE * sum(len(record) > 1 for record in records):
        return records, ()
    mended = [number for number in wide if len(whole[number]) == width]
    left = [number for number in wide if len(whole[number]) != width]
    found = [whole[number] if number in frozenset(mended) else record for number, record in enumerate(records)]
    return found, (*_told(mended, "cells cut by a comma or semicolon of their own text were put together again"), *_told(left, _STILL_CUT))


_STILL_CUT = "more cells than the other rows have: a comma or semicolon of the text may have cut it; please check them against the file"


def _told(numbers: Sequence[int], what: str) -> tuple[str, ...]:
    named = ", ".join(str(number + 1) for number in numbers[:_MOST_TOLD]) + (" and others" if len(numbers) > _MOST_TOLD else "")
    return (f"row {named}: {what}",) if numbers else ()


def _with_spaced(record: Sequence[str], delimiter: str) -> Iterator[str]:
    """The record's fields, each that begins with a space put back to the one before it."""
    field: str | None = None
    for each in record:
        if field is not None and each.startswith(" ") and each.strip():
            field += delimiter + each
            continue
        if field is not None:
            yield field
        field = each
    if field is not None:
        yield field


def _filled(record: Sequence[str]) -> Sequence[str]:
    """The record up to its last field with text."""
    return record[: max((number for number, field in enumerate(record, start=1) if field.strip()), default=0)]
