"""The board's review workbooks as they were saved -> what stands in their rows.

Board staff's own files, opened by openpyxl after the same look at the package as an agency's workbook gets. Columns are found by their
headings and rows by their ids, so rows may be sorted, filtered and deleted, and columns moved and added.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from extractors.package import open_package, refuse_doctypes
from reports import review_columns as words
from timeline.written_dates import WrittenDate, date_rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADING_WITHIN = 12  # rows in which the heading row stands, though somebody put rows above it
_MOST_ROWS, _MOST_COLUMNS = 200_000, 200
_ABOUT = {heading: about for about, heading in words.IDS.items()}
FORMULA = "\x01"  # what stands for a formula whose value nobody can see


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """What stands in one row: its keys, and the words of its entry columns; `on` is a day, None, or words that are no day."""

    about: str
    thing: str
    seen: str
    basis: tuple[str, ...]
    verdict: str
    whom: str
    words: str
    by: str
    on: date | str | None
    why: str

    @property
    def is_filled(self) -> bool:
        """Whether anything is said: initials and a date alone, filled down a column, say nothing."""
        return bool(self.verdict or self.whom or self.why or (self.words and self.about != "word"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone of the list from which people are chosen."""

    thing: str
    called: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A workbook as it was saved: which it is, its rows, its list of people, the initials and the date of its first sheet.

    `without_id` counts rows in which something was decided and that nothing leads back to what it is about.
    """

    is_main: bool
    book: str = ""
    rows: tuple[FilledRow, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    by: str = ""
    on: date | str | None = None
    without_id: int = 0


def read_filled(data: bytes, *, is_main: bool) -> Filled | None:
    """What a workbook holds; None where it is not one of the review's. Raises whatever openpyxl raises at one that is damaged."""
    import openpyxl  # takes a tenth of a second, which only a review with a filled workbook needs

    with open_package(data) as package:
        refuse_doctypes(package)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    sheets = [list(_rows(sheet)) for sheet in book.worksheets]
    if any(_is_formula(value) for rows in sheets for row in rows for value in row):
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [_as_shown(rows, list(_rows(sheet))) for rows, sheet in zip(sheets, shown.worksheets, strict=True)]
    tables = [table for rows in sheets if (table := _table(rows))]
    if not tables:
        return None
    return _filled(tables, sheets, is_main=is_main)


def _rows(sheet: "Worksheet") -> Iterator[tuple[Any, ...]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a program wrote of its size need not be so
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)):
        if number >= _MOST_ROWS:
            return
        yield row


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=") and len(value) > 1


def _as_shown(rows: Sequence[tuple[Any, ...]], shown: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with what a reader saw in place of each formula; a sign where nothing was worked out."""
    return [
        tuple((seen if seen is not None else FORMULA) if _is_formula(value) else value for value, seen in zip(row, beside, strict=False))
        for row, beside in zip(rows, shown, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    about: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[Any, ...]]

    def cell(self, row: tuple[Any, ...], *headings: str) -> Any:
        at = next((self.columns[heading] for heading in headings if heading in self.columns), None)
        return row[at] if at is not None and at < len(row) else None


def _table(rows: Sequence[tuple[Any, ...]]) -> _Table | None:
    """The table of a sheet, by the heading of its ids."""
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for place, value in enumerate(row):
            columns.setdefault(_text(value), place)
        about = next((about for heading, about in _ABOUT.items() if heading in columns), "")
        about = about or ("conflict" if words.CONFLICT_ID in columns else "lists" if words.BOOK in columns else "")
        if about:
            return _Table(about, columns, rows[at + 1 :])
    return None


def _filled(tables: Sequence[_Table], sheets: Sequence[Sequence[tuple[Any, ...]]], *, is_main: bool) -> Filled:
    lists = next((table for table in tables if table.about == "lists"), None)
    found = [row for table in tables if table.about != "lists" for row in _filled_rows(table)]
    by, on = _of_the_first_sheet(sheets)
    return Filled(
        is_main=is_main,
        book=next((_text(lists.cell(row, words.BOOK)) for row in lists.rows if lists.cell(row, words.BOOK)), "") if lists else "",
        rows=tuple(row for row in found if row.thing and row.is_filled),
        people=_people(lists) if lists else {},
        by=by,
        on=on,
        without_id=sum(not row.thing and bool(row.verdict) for row in found),
    )


def _filled_rows(table: _Table) -> Iterator[FilledRow]:
    id_heading = words.IDS.get(table.about, words.CONFLICT_ID)
    for row in table.rows:
        thing, about = _text(table.cell(row, id_heading)), table.about
        if about == "conflict":
            about, _, thing = thing.partition(":")
        yield FilledRow(
            about=about,
            thing=thing,
            seen=_text(table.cell(row, words.SEEN)),
            basis=tuple(_text(table.cell(row, words.BASIS)).split()),
            verdict=_text(table.cell(row, words.DECISION)),
            whom=_text(table.cell(row, words.INTO_WHOM, words.BELONGS_TO)),
            words=_text(table.cell(row, words.WORDS, words.REPLACE_BY, words.FORM_OR_PSEUDONYM)),
            by=_text(table.cell(row, words.INITIALS)),
            on=_day(table.cell(row, words.DATE)),
            why=_text(table.cell(row, words.NOTE)),
        )


def _people(lists: _Table) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for row in lists.rows:
        if label := _text(lists.cell(row, "Person")):
            called = (_text(lists.cell(row, "Pseudonym")), _text(lists.cell(row, "Name")))
            basis = tuple(_text(lists.cell(row, words.BASIS)).split())
            found[label] = Person(thing=_text(lists.cell(row, "Id")), called=called, basis=basis)
    return found


def _of_the_first_sheet(sheets: Iterable[Sequence[tuple[Any, ...]]]) -> tuple[str, date | str | None]:
    """The initials and the date beside their lines, wherever these stand now."""
    by: str = ""
    on: date | str | None = None
    for rows in sheets:
        for row in rows:
            first = _text(row[0]) if row else ""
            if first in {words.YOUR_INITIALS, words.TODAYS_DATE}:
                beside = next((value for value in reversed(row[2:]) if value not in (None, "")), None)
                by, on = (_text(beside), on) if first == words.YOUR_INITIALS else (by, _day(beside))
    return by, on


_BLANKS = re.compile(r"[ \t\u00a0]+")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    lines = (_BLANKS.sub(" ", line).strip() for line in str(value).replace("\r", "").replace("_x000D_", "").split("\n"))
    return "\n".join(lines).strip()


def _day(value: Any) -> date | str | None:
    """A cell's day; its words where they are none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not (said := _text(value)):
        return None
    when = date_rows([WrittenDate(text=said)])[0].when
    return when.earliest if when.earliest and not when.width_days else said
