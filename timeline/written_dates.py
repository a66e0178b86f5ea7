"""Dates as people write them, read by our own ordered grammar; what it does not know is undated, never guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.dates import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """The date and time cells of one row, as they stand in the file.

    `text` is the date cell's words, `time_text` the time column's. `real` is a spreadsheet's own date value and `shown_as` its number
    format (a cell that shows "Apr 2019" holds a full date: the format is evidence). `year` is the year that a banner row, sheet name or
    heading above gives. `continues` says that the cell is merged with the one above.
    """

    text: str
    time_text: str = ""
    real: date | None = None
    shown_as: str = ""
    year: int | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """When a row happened, its time (`HH:MM` or None), and what a person should check."""

    when: FuzzyDate
    time: str | None
    problems: tuple[str, ...]


def date_rows(rows: Sequence[WrittenDate]) -> tuple[Dated, ...]:
    """The dates of a table's rows, in the file's order, so that ditto, blanks, missing years and day-or-month are settled by neighbours."""
    raise NotImplementedError


def leading_date(text: str) -> tuple[str, str] | None:
    """The date (with a time, where one follows) that a paragraph begins with, and what comes after it; None where it begins with none."""
    raise NotImplementedError


def is_date(text: str) -> bool:
    """Whether the whole text reads as a date (a time with it or not)."""
    raise NotImplementedError


def dates_within(text: str) -> Iterator[tuple[int, int, FuzzyDate]]:
    """Every date inside running text: characters start to end (exclusive) and what it means; the year is missing where none is written."""
    raise NotImplementedError
