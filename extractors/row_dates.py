"""A row's own date and time, from the columns that tell them: one cell, start and end, or day, month and year apart."""

import re
from dataclasses import replace
from datetime import date

from extractors.columns import Columns
from extractors.date_boxes import holds_date, is_day_number, parted
from extractors.model import Box, Row
from extractors.years import Years, years_in
from timeline.date_cells import read_cell
from timeline.date_points import MONTHS, month_number
from timeline.written_dates import WrittenDate
from timeline.written_times import read_time

_NO_BOX = Box()
_DAY = re.compile(r"\D*(\d{1,2})(?:st|nd|rd|th)?\W*", re.I)
_WEEK = re.compile(r"(?:w/?c|week)\b(?!\s*(?:no|num|end))", re.I)
_WEEK_ENDING = re.compile(r"(?:w/?e|week\s*ending)\b", re.I)
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def box_at(row: Row, index: int | None) -> Box:
    """The row's box in a column, an empty one where it has none."""
    return row.boxes[index] if index is not None and index < len(row.boxes) else _NO_BOX


def when_box(row: Row, columns: Columns) -> Box:
    """The box that says when; where day and month stand apart, one that says them together ("3 April 2019")."""
    if columns.month is None:
        box = box_at(row, columns.when)
        if columns.bare_days and is_day_number(box):
            return replace(box, text=_ordinal(int(box.text.rstrip("."))))
        alone = parted(box)[0]
        return replace(box, text=alone) if alone else box
    day, month = box_at(row, columns.day), box_at(row, columns.month)
    number, named = _DAY.fullmatch(day.text), _month_name(month.text)
    if not named:  # left blank under the same month, or words that are none
        text = _ordinal(int(number[1])) if number and not month.text else month.text or day.text
        return Box(text, continues=month.continues and not day.text)
    year = "" if years_in(named) else (own_year(row, columns) or "")
    return Box(" ".join(str(part) for part in (int(number[1]) if number else day.text, named, year) if part))


def _ordinal(number: int) -> str:
    return f"{number}{_ORDINALS.get(number, 'th')}"


def words_beside(row: Row, columns: Columns) -> str:
    """What the row's date cell says after the date: the row's text has it then."""
    return parted(box_at(row, columns.when))[1] if columns.month is None else ""


def date_problem(row: Row, columns: Columns) -> tuple[str, ...]:
    """Words after the date where the column is headed as the date and nothing else: they may change what it means."""
    is_more = not columns.more_than_dates and words_beside(row, columns)
    return ("the date cell says more than a date; the words were kept with the row's text",) if is_more else ()


def _month_name(text: str) -> str:
    if text.strip().isdigit():
        return MONTHS[int(text) - 1].title() if 1 <= int(text) <= len(MONTHS) else ""
    word = re.match(r"[a-z]+", text.strip().casefold())
    return text.strip() if word and month_number(word[0]) else ""


def own_year(row: Row, columns: Columns) -> int | None:
    """The year that stands in a column of its own."""
    if "year" not in columns.meanings:
        return None
    found = (years_in(box_at(row, index).text) for index, meaning in enumerate(columns.meanings) if meaning == "year")
    return next((each.first for each in found if each), None)


def is_dated(row: Row, columns: Columns) -> bool:
    """Whether the row's own date cell holds a date."""
    return holds_date(when_box(row, columns))


def written_date(row: Row, columns: Columns, years: Years | None) -> WrittenDate:
    """The row's date and time cells; start and end in two columns become one interval, a day under "Week commencing" a week."""
    when, at = when_box(row, columns), box_at(row, columns.at)
    text, real = " ".join(when.text.split()), when.real
    time_text = at.text or (when.real_time if real is not None else "")
    year = own_year(row, columns) or (years.of(text) if years else None)
    if both := _both_ends(row, columns):
        time_text = time_text or (read_cell(text).time or "" if real is None else "")
        text, real = both, None
    elif holds_date(when) and (week := _week(columns.headings[columns.when])) and not _week(text):
        text, real = f"{week} {f'{real.day} {MONTHS[real.month - 1].title()} {real.year}' if real else text}", None
    return WrittenDate(text=text, time_text=time_text, real=real, shown_as=when.shown_as, year=year, continues=when.continues)


def _week(words: str) -> str:
    return "w/c" if _WEEK.match(words) else "w/e" if _WEEK_ENDING.match(words) else ""


def end_problem(row: Row, columns: Columns) -> tuple[str, ...]:
    """What a person should check of an end date that is none ("ongoing") or comes too early: the row's text leaves the cell out."""
    until = box_at(row, columns.until)
    if not until.text or not re.search(r"\w", until.text):
        return ()
    if not holds_date(until):
        return (f"the end date says “{' '.join(until.text.split())}”",)
    first, last = _point(when_box(row, columns)), _point(until)
    return (f"the end date, {until.text}, comes before the start",) if first and last and last < first else ()


def time_problem(row: Row, columns: Columns) -> tuple[str, ...]:
    """The words of a time cell that are no time, or say more than one: the row's text leaves the cell out, so they are told here."""
    at = box_at(row, columns.at)
    return (f"the time cell says “{' '.join(at.text.split())}”",) if at.text and not at.real_time and read_time(at.text).problem else ()


def _both_ends(row: Row, columns: Columns) -> str:
    """Start and end as one interval, both written one way; empty where there is no end, the same day, or one before the start."""
    until = box_at(row, columns.until)
    if not holds_date(until) or not holds_date(when := when_box(row, columns)):
        return ""
    first, last = _point(when), _point(until)
    if first is None or last is None:
        written = [" ".join(box.text.split()) for box in (when, until)]
        return " to ".join(written) if written[0] != written[1] else ""
    if last <= first:
        return ""
    is_plain = not (_is_swappable(when) or _is_swappable(until))
    return " to ".join(f"{day.day} {MONTHS[day.month - 1].title()} {day.year}" if is_plain else f"{day:%d/%m/%Y}" for day in (first, last))


def _is_swappable(box: Box) -> bool:
    return box.real is None and read_cell(box.text).swappable


def _point(box: Box) -> date | None:
    """The one day that a cell gives, read day first; None where it gives less or more."""
    if box.real is not None:
        return date(box.real.year, box.real.month, box.real.day)
    reading = read_cell(box.text)
    point = reading.first
    if point is None or reading.last or reading.mark or reading.rest or None in (point.year, point.month, point.day):
        return None
    try:
        return date.fromisoformat(point.edtf(point.year or 0))
    except ValueError:
        return None
