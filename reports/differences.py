"""What a corrected return changed: before and after of each row, as the workbook and the receipts show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.sheets import Column, Table, Value
from reports.wording import date_in_words
from reports.working import Working
from timeline.dates import FuzzyDate
from timeline.events import EarlierRow, Entry, Event
from timeline.extraction import Difference, Extraction

CHANGED = "Changed by a corrected return: timeline.xlsx, sheet Differences, shows what it said before"
_KINDS = {
    "whole": ("changed", "added", "gone"),
    "part": ("changed", "added", "gone"),
    "open": ("differs: which counts?", "only in the second: does it count?", "only in the first: does it count?"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A row on one side of a difference: the file that it stands in, its place there, its date and words; all empty where it has none."""

    file: str = ""
    where: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row of a difference: what happened to it, and the row before and after."""

    kind: str
    before: Side = Side()
    after: Side = Side()


def row_differences(difference: Difference) -> Iterator[RowDifference]:
    """The rows that were changed or are gone, in the order of the earlier return, then those that were added."""
    changed, added, gone = _KINDS[difference.kind]
    told = [(before.source.position, RowDifference(changed, _side(before), _side(after))) for before, after in difference.changed]
    told += [(entry.source.position, RowDifference(gone, before=_side(entry))) for entry in difference.gone]
    yield from (row for _, row in sorted(told, key=lambda each: each[0]))
    yield from (RowDifference(added, after=_side(entry)) for entry in difference.added)


def differences_of(returns: Iterable[Extraction]) -> Iterator[Difference]:
    """Every difference, by the path of the earlier return, then of the later."""
    for each in sorted(returns, key=lambda each: each.source.path):
        yield from sorted(each.differences, key=lambda difference: difference.later.path)


def changed_since(events: Iterable[Event]) -> Iterator[RowDifference]:
    """The rows that said otherwise in an earlier run, where no earlier return lies beside theirs: their file was itself replaced."""
    for event in events:
        if event.changed_from and not event.changed_from.file:
            yield RowDifference("changed", Side("an earlier run", "", _said(event.changed_from.when, event.changed_from)), _side(event))


def differences(working: Working) -> Table:
    """The sheet of what corrected returns changed, row by row; then of rows changed in a file that was itself put in place of another."""
    columns = (
        Column("What", 18),
        Column("Agency", 22, tinted=True),
        Column("Before: what it said", 56),
        Column("After: what it says", 56),
        Column("File before", 26),
        Column("Place before", 15),
        Column("File after", 26),
        Column("Place after", 15),
    )
    note = (
        "What became of the rows of a return that was sent again. Rows that are the same in both are not listed; Intake gives their number."
    )
    return Table("Differences", note, columns, _rows(working), 2, "No return was sent again with other rows.", 8)


def _rows(working: Working) -> Iterator[tuple[Value, ...]]:
    for difference in differences_of(working.timeline.returns):
        for row in row_differences(difference):
            yield _row(row, difference.later.agency)
    for agency in dict.fromkeys(event.agency for event in working.timeline.events):
        yield from (_row(row, agency) for row in changed_since(event for event in working.timeline.events if event.agency == agency))


def _row(row: RowDifference, agency: str) -> tuple[Value, ...]:
    places = (row.before.file, row.before.where, row.after.file, row.after.where)
    return row.kind, agency, row.before.said or None, row.after.said or None, *(place or None for place in places)


def _side(entry: Entry) -> Side:
    return Side(entry.source.file.path, entry.source.where, _said(entry.when, entry))


def _said(when: FuzzyDate, row: Entry | EarlierRow) -> str:
    at = f"{date_in_words(when)}, {row.time}" if row.time else date_in_words(when)
    return f"{at}\n{row.text}"
