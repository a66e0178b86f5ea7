"""A table cut into sections, each with its own headings: header anywhere, in two rows, repeated, changed half-way, or none at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.columns import Columns, columns_from, dated_column, headings_in, is_list, reads_as_heading
from extractors.date_boxes import holds_date, opens_with_day
from extractors.grid import GOES_ON
from extractors.headings import LONGEST_HEADING, NOT_A_CHRONOLOGY
from extractors.model import Box, Row, Table
from extractors.phrases import is_guidance, is_guidance_sheet, is_list_sheet
from extractors.reading import Reading

ABOVE = "above the headings: a title, note or guidance"
_SHORT = 40
_OTHER_DATES = frozenset({"date_of_birth", "other_date"})
_SECOND_DATES = frozenset({"date_recorded", "end_date"})
_TOO_LONG_FOR_A_LIST = 200
# what columns of events say beside a date; a list of versions or recommendations has two of these at most
_TELLING = frozenset(
    {"event", "action", "rationale", "contact_type", "child_seen", "voice", "people_involved", "practitioner", "time", "end_time", "source"}
)
_ENOUGH_TELLING = 4

Fate = Literal["events", "unread", "ignored"]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, and what becomes of them. `continues` says that headings were carried on from the table before, `is_card` that
    the one row is a card: its headings stood beside what they say.
    """

    fate: Fate
    rows: tuple[Row, ...]
    heading: tuple[Row, ...] = ()
    columns: Columns | None = None
    reason: str = ""
    continues: bool = False
    is_card: bool = False


def sections_of(table: Table, reading: Reading, previous: Columns | None, *, is_example: bool) -> tuple[Section, ...]:
    """The table's sections in order; `previous` are the columns of the chronology table before, `is_example` says that it stands under guidance."""
    if is_example or is_guidance_sheet(table.title):
        return (Section("ignored", table.rows, reason="guidance or a worked example, by its title"),)
    starts = _headings(table.rows, reading)
    if not starts:
        return _without_headings(table, table.rows, reading, previous)
    found: list[Section] = []
    above = table.rows[: starts[0][0]]
    if _has_dated_rows(above):
        found += _without_headings(table, above, reading, previous)
    elif above:
        found.append(Section("ignored", above, reason=ABOVE))
    ends = [start for start, _ in starts[1:]] + [len(table.rows)]
    for (start, size), end in zip(starts, ends, strict=True):
        heading, rows = table.rows[start : start + size], table.rows[start + size : end]
        found.append(_under(heading, rows, reading, earlier=found))
    return tuple(found)


def _under(heading: tuple[Row, ...], rows: tuple[Row, ...], reading: Reading, earlier: Sequence[Section]) -> Section:
    headings = headings_in(heading, reading)
    same = next((each.columns for each in reversed(earlier) if each.columns and each.columns.headings[: len(headings)] == headings), None)
    columns = columns_from(headings, rows, reading) if same is None or len(rows) > 2 else same
    if columns is None:
        return Section("unread", rows, heading, reason="no column of this table holds dates")
    if any(reading.meaning(text) == NOT_A_CHRONOLOGY for text in headings) and not _tells_events(columns):
        return Section("ignored", rows, heading, reason="a list of versions, signatures or recommendations, not of events")
    if is_list(columns, rows):
        return Section("ignored", rows, heading, reason="a list with dates, but no column says what happened")
    when = [row.boxes[columns.when] for row in rows if columns.when < len(row.boxes) and row.boxes[columns.when].text]
    if len(headings) <= 2 and when and not columns.bare_days and not any(holds_date(box) or opens_with_day(box) for box in when):
        is_told = any(is_guidance(text) for row in rows for text in row.written())
        return Section("ignored" if is_told else "unread", rows, heading, reason="no date in the column that is headed as the date")
    return Section("events", rows, heading, columns)


def _tells_events(columns: Columns) -> bool:
    """Whether a table with a heading such as "Legal status" is an export of events all the same: its columns tell too much else of them."""
    return len(_TELLING & frozenset(columns.meanings)) >= _ENOUGH_TELLING


def is_headed(table: Table, reading: Reading) -> bool:
    """Whether any row of the table is a heading row over columns."""
    return bool(_headings(table.rows, reading))


def _headings(rows: Sequence[Row], reading: Reading) -> list[tuple[int, int]]:
    """Where heading rows begin (index from 0) and how many rows they take: one or two."""
    found: list[tuple[int, int]] = []
    known: set[str] = set()
    is_below_dates = False  # rows without any heading came first: what follows may be their words
    index = 0
    while index < len(rows):
        is_free = not (known or is_below_dates)
        size = _heading_at(rows, index, reading) if is_free or _may_be_another(rows[index], known) else 0
        is_below_dates = is_below_dates or (
            not known and not size and len(rows[index].written()) > 1 and any(map(holds_date, rows[index].boxes))
        )
        if size:
            found.append((index, size))
            known.update(text for row in rows[index : index + size] for text in row.written())
        index += max(1, size)
    return found


def _may_be_another(row: Row, known: set[str]) -> bool:
    """Whether a row below the first heading may be one again: marked as one, much the same, or full and with a column that is plainly a date.

    A row of events whose words happen to be headings ("Visit", "Referral") is none.
    """
    if not _may_be_heading(row):
        return False
    written = row.written()
    if row.is_heading or 2 * sum(text in known for text in written) > len(written):
        return True
    plainly = any("date" in text.casefold() or text.casefold().strip(" :?") == "when" for text in written)
    return plainly and 2 * sum(bool(box.text) or box.covered for box in row.boxes) >= len(row.boxes)


def _heading_at(rows: Sequence[Row], index: int, reading: Reading) -> int:
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    if not _may_be_heading(row):
        return 0
    if (
        below is not None
        and _may_be_heading(below)
        and _is_split(row, below, reading)
        and reads_as_heading(headings_in((row, below), reading), reading)
    ):
        return 2
    return int(reads_as_heading(headings_in((row,), reading), reading))


def _may_be_heading(row: Row) -> bool:
    if row.gone or any(box.real is not None or box.text[:1].isdigit() or len(box.text) > LONGEST_HEADING for box in row.boxes):
        return False
    return len(row.written()) > 1


def _is_split(row: Row, below: Row, reading: Reading) -> bool:
    """Whether two rows make one heading: those of the row above are merged downwards or span several below, and the row below fills only these.

    A row above without merged boxes may leave gaps that headings below fill.
    """
    above = row.boxes
    is_wide = [box.covered or (index + 1 < len(above) and above[index + 1].covered) for index, box in enumerate(above)]
    is_merged = any(box.continues and index < len(above) and above[index].text for index, box in enumerate(below.boxes))
    if any(len(text) > _SHORT for text in below.written()) or all(is_wide):
        return False
    if not (is_merged or any(is_wide)):
        return _fills_gaps(above, below, reading)
    return all(not box.text or index >= len(above) or is_wide[index] or not above[index].text for index, box in enumerate(below.boxes))


def _fills_gaps(above: Sequence[Box], below: Row, reading: Reading) -> bool:
    """Whether every box that the row above leaves empty holds a heading that a rule knows in the row below, which knows all of its own."""
    gaps = [index for index, box in enumerate(above) if not box.text]
    lower = [box.text for box in below.boxes]
    is_filled = bool(gaps) and all(index < len(lower) and lower[index] for index in gaps)
    return is_filled and "" in lower and all(reading.meaning(text) for text in lower if text)


def _has_dated_rows(rows: Sequence[Row]) -> bool:
    when = dated_column(rows)
    return when is not None and sum(len(row.written()) > 1 and when < len(row.boxes) and holds_date(row.boxes[when]) for row in rows) > 1


def _without_headings(table: Table, rows: tuple[Row, ...], reading: Reading, previous: Columns | None) -> tuple[Section, ...]:
    """Rows under no heading that a rule knows: the table before goes on, or the dates and what stands above them show the columns."""
    width = max((len(row.boxes) for row in rows), default=0)
    if previous is not None and len(previous.headings) == width and _goes_on(rows, previous, reading):
        return (Section("events", rows, columns=previous, continues=True),)
    when = dated_column(rows, _headed(rows, reading, _OTHER_DATES | _SECOND_DATES))
    when = dated_column(rows, _headed(rows, reading, _OTHER_DATES)) if when is None else when
    looks = holds_date
    if _is_sideways(rows):
        return (
            Section("unread", rows, reason="its dates stand side by side, each above a column; ask the agency for one row for each event"),
        )
    if when is None:
        when, looks = dated_column(rows, looks=opens_with_day), opens_with_day
    if when is None:
        return (_none_of_events(table, rows),)
    first = next(index for index, row in enumerate(rows) if when < len(row.boxes) and looks(row.boxes[when]) and len(row.written()) > 1)
    top = next((index for index in range(first - 1, -1, -1) if _looks_like_heading(rows[index], when, width, reading)), None)
    heading = (rows[top],) if top is not None else ()
    below = rows[top + 1 :] if top is not None else rows
    headings = headings_in(heading, reading) if heading else ("",) * width
    columns = columns_from(headings, below, reading, when)
    above = (Section("ignored", rows[:top], reason=ABOVE),) if top else ()
    if columns is None or any(reading.meaning(text) == NOT_A_CHRONOLOGY for text in headings) or is_list(columns, below):
        return (*above, Section("ignored", below, heading, reason="a list with dates, not of events"))
    return (*above, Section("events", below, heading, columns))


def _is_sideways(rows: Sequence[Row]) -> bool:
    """Whether the first row gives each column but the first a date, and no row below it holds one."""
    filled = [row for row in rows if not row.is_blank]
    across = [box for box in filled[0].boxes[1:] if box.text] if len(filled) > 1 else []
    return len(across) > 1 and all(map(holds_date, across)) and not any(holds_date(box) for row in filled[1:] for box in row.boxes)


def _goes_on(rows: Sequence[Row], previous: Columns, reading: Reading) -> bool:
    """Whether the rows go on under the headings of the table before: dates stand where its dates do, and no heading above them."""
    if previous.when < len(rows[0].boxes) and reading.meaning(rows[0].boxes[previous.when].text) == "date":
        return False
    filled = [row.boxes[previous.when] for row in rows if previous.when < len(row.boxes) and row.boxes[previous.when].text]
    return any(map(holds_date, filled)) if filled else any(len(row.written()) > 1 or GOES_ON in row.problems for row in rows)


def _headed(rows: Sequence[Row], reading: Reading, meanings: frozenset[str]) -> frozenset[int]:
    """Columns that a heading within the first rows says mean one of these."""
    return frozenset(
        i for row in rows[:5] for i, box in enumerate(row.boxes) if box.text and not box.real and reading.meaning(box.text) in meanings
    )


def _looks_like_heading(row: Row, when: int, width: int, reading: Reading) -> bool:
    """Whether a row above the dates is short and full enough for headings; where it leaves the dates' own blank, rules know half of it."""
    written = row.written()
    is_known = 2 * sum(reading.meaning(text) is not None for text in written) >= len(written)
    filled = sum(bool(box.text) or box.covered for box in row.boxes)
    return (
        len(written) > 1
        and 2 * filled >= width
        and max(map(len, written)) <= LONGEST_HEADING
        and when < len(row.boxes)
        and (bool(row.boxes[when].text) or is_known)
        and not any(map(holds_date, row.boxes))
    )


def _none_of_events(table: Table, rows: tuple[Row, ...]) -> Section:
    texts = [text for row in rows for text in row.written()]
    if sum(opens_with_day(Box(line)) for text in texts for line in text.split("\n")) > 1:
        return Section("unread", rows, reason="its cells hold lines that begin with dates; ask the agency for one row for each entry")
    columns = max((sum(not box.covered for box in row.boxes) for row in rows), default=0)
    is_short = bool(texts) and sum(map(len, texts)) < _SHORT * len(texts) and max(map(len, texts)) < _TOO_LONG_FOR_A_LIST
    if columns <= 2 or is_short or is_list_sheet(table.title):
        return Section("ignored", rows, reason="particulars, a key, a list or guidance: no column of it holds dates")
    return Section("unread", rows, reason="no column of this table holds dates; if these are events, ask the agency to date them")
