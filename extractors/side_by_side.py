"""Tables that stand beside one another on one sheet or page, and tables turned on their side, taken apart before anyone asks what they mean."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractors.columns import NARRATIVE, reads_as_heading
from extractors.date_boxes import holds_date
from extractors.headings import NOT_A_CHRONOLOGY, words_of
from extractors.model import Aside, Row, Table
from extractors.phrases import is_example_title, is_list_sheet
from extractors.reading import Reading

_FEWEST_CELLS = 4
_SEARCHED_ROWS = 200
_FEWEST_TURNED = 3
_MOST_HEADINGS = 40
_WHOSE = (None, "people_involved", "practitioner", "agency")

Span = tuple[int, int]


def taken_apart(table: Table, reading: Reading) -> tuple[Table, ...]:
    """The table, or the tables that stand side by side in it: each under headings of its own, or a chronology beside a key or list.

    Each keeps the place and row numbers of the whole; in its label columns are counted from its own first one.
    """
    spans = _spans(table, reading)
    if len(spans) < 2:
        return _turned(table, reading) or (table,)
    return tuple(_part(table, span, is_first=span == spans[0]) for span in spans)


def _spans(table: Table, reading: Reading) -> Sequence[Span]:
    """The columns of each table, first inclusive and last exclusive; one span or none where there is but one table."""
    blocks: Sequence[Span] | None = None
    for row in table.rows[:_SEARCHED_ROWS]:
        if len(row.written()) < _FEWEST_CELLS or row.gone:
            continue
        if twice := _twice_told(row, reading) or _dates_apart(table, row, reading):
            return twice
        blocks = _blocks(table) if blocks is None else blocks
        if len(blocks) < 2:
            continue
        headed = [span for span in blocks if _reads_as_heading(row, span, reading)]
        if len(headed) > 1:
            starts = [0, *(start for start, _ in headed[1:])]
            return list(zip(starts, [*starts[1:], blocks[-1][1]], strict=True))
        if headed == [blocks[0]] and _is_list(table, row, blocks[1], reading):
            return [(0, blocks[1][0]), (blocks[1][0], blocks[-1][1])]
    return ()


def _twice_told(row: Row, reading: Reading) -> Sequence[Span]:
    """Spans of equal width where a row says the same headings over again."""
    texts = [words_of(box.text) for box in row.boxes]
    again = next((index for index in range(2, len(texts)) if texts[index] and texts[index] == texts[0]), None)
    if again is None or len(texts) % again or texts != texts[:again] * (len(texts) // again):
        return ()
    spans = [(start, start + again) for start in range(0, len(texts), again)]
    return spans if _reads_as_heading(row, spans[0], reading) else ()


def _dates_apart(table: Table, row: Row, reading: Reading) -> Sequence[Span]:
    """Spans of equal width where each begins with a date column headed alike, and the others are headed by a person or an agency each."""
    texts = [words_of(box.text) for box in row.boxes]
    starts = [index for index, words in enumerate(texts) if words and words == texts[0]]
    width = starts[1] if len(starts) > 1 else 0
    if width < 2 or starts != list(range(0, len(texts), width)) or reading.meaning(row.boxes[0].text) != "date":
        return ()
    others = [box.text for index, box in enumerate(row.boxes) if index not in starts]
    if len(set(others)) < len(others) or any(reading.meaning(text) not in _WHOSE for text in others):
        return ()
    if not all(any(index < len(each.boxes) and holds_date(each.boxes[index]) for each in table.rows) for index in starts):
        return ()
    return [(start, start + width) for start in starts]


def _blocks(table: Table) -> Sequence[Span]:
    """Runs of columns that hold anything, between columns that hold nothing at all."""
    used = {index for row in table.rows for index, box in enumerate(row.boxes) if box.text}
    starts = [index for index in sorted(used) if index - 1 not in used]
    ends = [index + 1 for index in sorted(used) if index + 1 not in used]
    return list(zip(starts, ends, strict=True))


def _reads_as_heading(row: Row, span: Span, reading: Reading) -> bool:
    boxes = row.boxes[slice(*span)]
    return not any(box.real for box in boxes) and reads_as_heading([box.text for box in boxes], reading)


def _is_list(table: Table, heading: Row, span: Span, reading: Reading) -> bool:
    """Whether the columns hold a key or list, by their heading or by what they begin with."""
    begins = next((box.text for row in table.rows for box in row.boxes[slice(*span)] if box.text), "")
    headings = [box.text for box in heading.boxes[slice(*span)]]
    return is_list_sheet(begins) or is_example_title(begins) or any(reading.meaning(text) == NOT_A_CHRONOLOGY for text in headings)


def _part(table: Table, span: Span, *, is_first: bool) -> Table:
    rows = []
    for row in table.rows:
        boxes = row.boxes[slice(*span)]
        if any(box.text for box in boxes):
            rows.append(replace(row, boxes=boxes, asides=row.asides if is_first else ()))
        elif is_first and (row.is_blank or row.asides):
            rows.append(replace(row, boxes=()))
    first, last = span
    hidden = frozenset(index - first for index in table.hidden_columns if first <= index < last)
    label = table.label if is_first else f"{table.label} (from its column {first + 1})"
    return replace(table, label=label, rows=tuple(rows), hidden_columns=hidden)


def _turned(table: Table, reading: Reading) -> tuple[Table, ...]:
    """A table whose headings stand in its first column and each of whose further columns is an event: one of two columns for each of these."""
    rows = list(islice((row for row in table.rows if not row.is_blank and not row.gone), _MOST_HEADINGS + 1))
    width = max((len(row.boxes) for row in rows), default=0)
    if width < _FEWEST_TURNED or not 1 < len(rows) <= _MOST_HEADINGS or any(len(row.boxes) < width for row in rows):
        return ()
    if any(row.gone or (row.is_blank and row.asides) for row in table.rows):  # it would be in none of the columns
        return ()
    dates = [row for row in rows if reading.meaning(row.boxes[0].text) == "date"]
    meanings = [reading.meaning(row.boxes[0].text) for row in rows]
    if len(dates) != 1 or not all(map(holds_date, dates[0].boxes[1:])) or 2 * sum(map(bool, meanings)) < len(rows):
        return ()
    if not any(meaning in NARRATIVE for meaning in meanings):
        return ()
    return tuple(
        replace(
            table,
            place=f"{table.place} column {index + 1}",
            label=f"{table.label} (its column {index + 1})",
            rows=tuple(replace(row, boxes=(row.boxes[0], row.boxes[index]), asides=_of_column(row, index)) for row in rows),
        )
        for index in range(1, width)
    )


def _of_column(row: Row, index: int) -> tuple[Aside, ...]:
    """What stands beside a row that is turned, with the column whose text it was met in; all else goes with the first."""
    return tuple(aside for aside in row.asides if _met_in(aside, row) == index)


def _met_in(aside: Aside, row: Row) -> int:
    within = aside.mark.within if aside.mark else ""
    return next((index for index, box in enumerate(row.boxes) if index and within and box.text == within), 1)
