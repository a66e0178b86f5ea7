"""Several dated entries in one row: its cell tells one after another, each beginning with its own date on a line of its own.

The row becomes as many rows of the same place, each with its date and what follows it. What the other cells say goes with each of them,
unless they too have a line for each. A list of earlier dates inside one event (a history) is no such row and stays whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from extractors.columns import NARRATIVE, Columns
from extractors.model import Box, Row
from timeline.date_points import MONTHS
from timeline.dates import FuzzyDate
from timeline.dates_in_text import leading_date
from timeline.written_dates import WrittenDate, date_rows, is_date

KEPT_WHOLE = "its text names several dates and was read as one event"
_REPEATED = "one of {} dated entries in one row; what the row's other cells say is repeated with each"
_DIVIDER = re.compile(r"\s*[–—:\-\t|]|\s+(?=[A-Z(“\"'])|\s*$")
_DAY_ALONE = re.compile(r"(\d{1,2}(?:st|nd|rd|th))\s*[:–—-]", re.I)
# most rows have no such lines: a quick look before a thorough one
_PERHAPS = re.compile(r"^[^\w\n]*+(?:[a-z][a-z/.]{0,9}[^\w\n]++){0,2}\d", re.I | re.M)
_SENTENCE = re.compile(r"(?:on|in|by|since|from|until|at|the|during|between)\b", re.I)

Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round a row: its own date cell as read (None where it is blank or none), the date of the row above and the next one below."""

    own: FuzzyDate | None
    above: date | None
    below: date | None
    year: int | None


def parts_of(row: Row, columns: Columns, around: Around) -> tuple[Row, ...]:
    """The row, or a row for each dated entry that it holds, in their order."""
    row = replace(row, boxes=(*row.boxes, *[Box()] * (len(columns.meanings) - len(row.boxes))))
    told = _told_in(row, columns)
    if told is None:
        return _by_lines(row, columns)
    index, lead, parts = told
    parts = [(_with_month(written, around.own), text) for written, text in parts]
    days = _days(parts, around)
    if not _belong(days, around, has_lead=bool(lead)):
        return (replace(row, problems=(*row.problems, KEPT_WHOLE)),)
    is_own = bool(lead) and around.own is not None and not around.own.width_days
    if lead and not is_own:  # words above the first date that head the list
        parts = [(parts[0][0], "\n".join([*lead, parts[0][1]]).strip()), *parts[1:]]
    dates = [row.boxes[columns.when], *(Box(written) for written, _ in parts)] if is_own else [Box(written) for written, _ in parts]
    texts = ["\n".join(lead), *(text for _, text in parts)] if is_own else [text for _, text in parts]
    when = " ".join(row.boxes[columns.when].text.split())
    if when and not is_own:
        row = replace(row, problems=(*row.problems, f"the date cell of the whole row says “{when}”"))
    return _rows(row, columns, {columns.when: dates, index: [Box(text) for text in texts]})


def holds_several(row: Row, columns: Columns) -> bool:
    """Whether a cell of the row has lines that begin with dates, or its date cell holds several."""
    if columns.day is not None or not (_by_month(columns) or any("\n" in box.text for box in row.boxes)):
        return False
    return _told_in(row, columns) is not None or len(_dates_on_lines(row, columns)) > 1


def _told_in(row: Row, columns: Columns) -> tuple[int, list[str], list[Part]] | None:
    """The column with the most lines that begin with a date, the lines above the first of them, and date and text of each.

    Two lines or more; one will do where the row's own column gives a month alone.
    """
    best, least = None, 1 if _by_month(columns) else 2
    for index, meaning in enumerate(columns.meanings[: len(row.boxes)]):
        if meaning in NARRATIVE and index != columns.when and len(_PERHAPS.findall(row.boxes[index].text)) >= least:
            lead, parts = _split(row.boxes[index].text)
            if len(parts) >= least and (best is None or len(parts) > len(best[2])):
                best = index, lead, parts
    return best


def _by_month(columns: Columns) -> bool:
    return columns.month is not None and columns.day is None


def _split(text: str) -> tuple[list[str], list[Part]]:
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if begun := _beginning(line):
            parts.append((begun[0], [begun[1]] if begun[1] else []))
        elif parts:
            parts[-1][1].append(line)
        else:
            lead.append(line)
    return lead, [(written, "\n".join(lines).strip()) for written, lines in parts] if all(lines for _, lines in parts) else []


def _beginning(line: str) -> Part | None:
    if day := _DAY_ALONE.match(line):
        return day[1], line[day.end() :].strip()
    found = leading_date(line)
    if found is None or _SENTENCE.match(line):
        return None
    after = line[line.find(found[0]) + len(found[0]) :]
    return found if _DIVIDER.match(after) else None


def _with_month(written: str, own: FuzzyDate | None) -> str:
    """A day alone ("4th") with the month that the row's own date cell gives."""
    if own is None or own.earliest is None or not _DAY_ALONE.match(f"{written}:"):
        return written
    return f"{written} {MONTHS[own.earliest.month - 1].title()} {own.earliest.year}"


def _days(parts: Sequence[Part], around: Around) -> list[FuzzyDate]:
    own = around.own.earliest if around.own else around.above
    year = own.year if own else around.year
    return [each.when for each in date_rows([WrittenDate(text=written, year=year) for written, _ in parts])]


def _belong(days: Sequence[FuzzyDate], around: Around, *, has_lead: bool) -> bool:
    """Whether the dates are entries of their own rather than a history: in order, and within what the row and its neighbours leave them."""
    starts = [day.earliest for day in days if day.earliest]
    if len(starts) != len(days) or not (all(a <= b for a, b in pairwise(starts)) or all(a >= b for a, b in pairwise(starts))):
        return False
    own = around.own
    if own is None or own.earliest is None or own.latest is None:
        return around.above is None or min(starts) >= around.above
    if own.width_days:
        return own.earliest <= min(starts) and max(starts) <= own.latest
    later = [day for day in (around.above, around.below) if day and day >= own.earliest]
    begins_with_own = has_lead or min(starts) == own.earliest
    return begins_with_own and min(starts) >= own.earliest and (not later or max(starts) <= max(later))


def _dates_on_lines(row: Row, columns: Columns) -> list[str]:
    lines = row.boxes[columns.when].text.split("\n") if columns.when < len(row.boxes) else []
    return lines if all(map(is_date, lines)) else []


def _by_lines(row: Row, columns: Columns) -> tuple[Row, ...]:
    """A row whose date cell holds a date on each of several lines, and whose text has as many."""
    dates = _dates_on_lines(row, columns)
    counts = [
        len(box.text.split("\n"))
        for index, box in enumerate(row.boxes)
        if box.text and index < len(columns.meanings) and columns.meanings[index] in NARRATIVE and index not in columns.left_out
    ]
    if len(dates) < 2 or len(dates) not in counts or any(count not in (1, len(dates)) for count in counts):
        return (row,)
    return _rows(row, columns, {columns.when: [Box(text) for text in dates]})


def _rows(row: Row, columns: Columns, boxes: dict[int, list[Box]]) -> tuple[Row, ...]:
    """A row for each entry: the boxes given, the lines of a cell that has one for each, and otherwise what the cell says."""
    count = len(next(iter(boxes.values())))
    made, is_repeated = [], False
    for number in range(count):
        own = []
        for index, box in enumerate(row.boxes):
            lines = box.text.split("\n")
            is_shared = index not in boxes and len(lines) != count
            if is_shared and index in columns.left_out:  # one time or number: the first entry's
                own.append(box if number == 0 else Box())
                continue
            is_repeated = is_repeated or (is_shared and bool(box.text))
            own.append(boxes[index][number] if index in boxes else box if is_shared else Box(lines[number]))
        made.append(replace(row, boxes=tuple(own), asides=row.asides if number == 0 else ()))
    problem = (_REPEATED.format(count),) if is_repeated else ()
    return tuple(replace(each, problems=(*each.problems, *problem)) for each in made)
