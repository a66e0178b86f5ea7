"""The rows under one heading: which are events, which say something about the others, and which are none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.columns import Columns
from extractors.date_boxes import holds_date, opens_with_day
from extractors.dated_lines import Around, holds_several, parts_of
from extractors.gathered import Column, Draft, Gathered
from extractors.grid import HIDDEN_ROW, HIDDEN_SHEET
from extractors.labels import label_of, with_told_below
from extractors.model import Aside, Box, Row, Table
from extractors.phrases import is_declared_silence, is_guidance, is_note, is_period_banner, is_total, names_a_period
from extractors.row_dates import date_problem, end_problem, is_dated, time_problem, when_box, words_beside, written_date
from extractors.sections import Section
from extractors.years import Years, years_in
from timeline.date_cells import read_cell
from timeline.dates import FuzzyDate
from timeline.written_dates import WrittenDate, date_rows

DECLARED = "says that there was no contact in a period; a declared silence, not an event"
_NOTHING_BESIDE = "a date with nothing beside it; if something happened, ask the agency what"
_SHORT_LABEL = 120
_LONGEST_TITLE = 60
_MOSTLY_FILLED = 2 / 3

Verdict = tuple[str, str] | None


@dataclass(slots=True)
class Stretch:
    """Where the reading of a section stands: the year that a banner gave, whether dated rows came and still come, whether the foot was reached.

    `before_dates` are rows below which the next one has a date of its own, or none comes: a date that stands alone there heads nothing.
    """

    columns: Columns
    first_dated: int
    last_dated: int
    years: Years | None
    before_dates: frozenset[int] = frozenset()
    foot: str = ""

    def is_above(self, index: int) -> bool:
        """Whether no dated row came yet."""
        return index < self.first_dated

    def is_below(self, index: int) -> bool:
        """Whether no dated row comes any more."""
        return index > self.last_dated


def read_section(section: Section, table: Table, years: Years | None, gathered: Gathered) -> Years | None:
    """Reads the section's rows into `gathered`; returns the year that its last banner gave, for what follows."""
    for row in section.heading:
        beside(row, table, gathered)
        gathered.set_aside("ignored", table.where(row), "\n".join(row.written()), "the heading row")
    if section.columns is None:
        for row in section.rows:
            beside(row, table, gathered)
            fate, reason = (
                ("ignored", "a blank row") if row.is_blank else ("ignored", row.gone) if row.gone else (section.fate, section.reason)
            )
            gathered.set_aside(fate, table.where(row), "\n".join(row.written()), reason)
        return years
    dated = [index for index, row in enumerate(section.rows) if not row.gone and is_dated(row, section.columns)]
    columns, rows = with_told_below(section.columns, section.rows, dated)
    if columns is not section.columns:
        gathered.notes.append(f"{table.label}: each dated row has its text on the row below it, which is read under the same date")
    stretch = Stretch(columns, dated[0] if dated else len(rows), dated[-1] if dated else -1, years, _before_dates(rows, dated))
    is_new = section.is_card or not section.continues
    for index, row in enumerate(rows):
        beside(row, table, gathered)
        for part in _parts(row, index, rows, table, stretch, gathered):
            draft = _read_row(part, index, table, stretch, gathered)
            if draft is not None:
                starts_anew = is_new and not draft.written.text and not draft.written.continues
                gathered.keep(replace(draft, starts_anew=True) if starts_anew else draft)
                is_new = False
    return stretch.years


def _before_dates(rows: Sequence[Row], dated: Sequence[int]) -> frozenset[int]:
    known, found, following = frozenset(dated), set(), True
    for index in range(len(rows) - 1, -1, -1):
        if following:
            found.add(index)
        if not rows[index].is_blank and not rows[index].gone:
            following = index in known
    return frozenset(found)


def _parts(row: Row, index: int, rows: Sequence[Row], table: Table, stretch: Stretch, gathered: Gathered) -> tuple[Row, ...]:
    """The row, or one for each dated entry that its cells hold; each of these is counted as a row of its own."""
    if row.gone or not holds_several(row, stretch.columns):
        return (row,)
    own = _day(row, stretch) if is_dated(row, stretch.columns) else None
    above = next((day for each in reversed(rows[:index]) if (day := _day(each, stretch).earliest)), None)
    below = next((day for each in rows[index + 1 :] if (day := _day(each, stretch).earliest)), None)
    year = stretch.years.first if stretch.years else None
    parts = parts_of(row, stretch.columns, Around(own, above, below, year))
    gathered.seen += len(parts) - 1
    if len(parts) > 1:
        gathered.notes.append(f"{table.label}, row {row.number}: {len(parts)} dated entries in one row, read as {len(parts)} events")
    return parts


def _day(row: Row, stretch: Stretch) -> FuzzyDate:
    return date_rows([written_date(row, stretch.columns, stretch.years)])[0].when


def beside(row: Row, table: Table, gathered: Gathered) -> None:
    """Counts a row as seen and keeps apart what stands beside it."""
    gathered.seen += 1
    if row.asides:
        gathered.keep_apart(table.where(row), row.asides)


def _read_row(row: Row, index: int, table: Table, stretch: Stretch, gathered: Gathered) -> Draft | None:
    """The row as a draft, where it is an event or a date that others inherit; what is none is set aside."""
    where, position = table.where(row), gathered.next_position()
    written = written_date(row, stretch.columns, stretch.years)
    verdict = _verdict(row, index, stretch) or _hidden_verdict(row, table)
    if verdict is None:
        columns, hidden = _text_columns(row, table, stretch.columns)
        if hidden:
            gathered.keep_apart(where, hidden)
        problems = (
            *row.problems,
            *table.problems,
            *_hidden_problems(hidden, table, stretch.columns),
            *date_problem(row, stretch.columns),
            *end_problem(row, stretch.columns),
            *time_problem(row, stretch.columns),
        )
        return Draft(where=where, position=position, written=written, columns=columns, problems=problems)
    gathered.set_aside(verdict[0], where, "\n".join(row.written()), verdict[1])
    label = label_of(row, stretch.columns)
    if label and is_period_banner(label):
        stretch.years = years_in(label) or stretch.years
    if label and holds_date(Box(label)) and not row.gone:
        return Draft(
            where=where,
            position=position,
            written=WrittenDate(text=label, year=stretch.years.of(label) if stretch.years else None),
            columns=None,
        )
    return None


def _hidden_verdict(row: Row, table: Table) -> Verdict:
    """A row that its file hides is read apart: a person decides whether the agency meant to send it."""
    hidden = next((problem for problem in (*row.problems, *table.problems) if problem in (HIDDEN_ROW, HIDDEN_SHEET)), None)
    return ("unread", f"{hidden}: decide whether it belongs to the chronology, or ask the agency") if hidden else None


def _verdict(row: Row, index: int, stretch: Stretch) -> Verdict:
    """Why the row is no event: fate and reason; None where it is one."""
    if row.gone:
        return "ignored", row.gone
    if row.is_blank:
        if stretch.is_below(index) and stretch.last_dated >= 0:
            stretch.foot = stretch.foot or "blank"
        return "ignored", "a blank row"
    columns = stretch.columns
    when, content = when_box(row, columns), _content(row, columns)
    if holds_date(when) and content:
        return None if not is_guidance(next(filter(None, (box.text for box in row.boxes)))) else ("ignored", "an example row of the form")
    return _undated_verdict(row, when.text, content, index, stretch)


def _undated_verdict(row: Row, when: str, content: list[str], index: int, stretch: Stretch) -> Verdict:
    label, first = label_of(row, stretch.columns), row.written()[0]
    if not content and not when:
        return "ignored", "a numbered row that was left blank"
    short = len(row.written()) <= 3 and all(len(text) <= _SHORT_LABEL for text in row.written())
    if short and not is_dated(row, stretch.columns) and any(map(is_total, (first, *content[:1], " ".join(row.written())))):
        stretch.foot = "end" if stretch.is_below(index) else stretch.foot
        return "ignored", "a total, or the line that ends the chronology"
    if _is_guidance_row(row, when, stretch.is_above(index)):
        return "ignored", "guidance or an example of the form"
    if when == first and not holds_date(Box(when)) and is_note(first) and stretch.is_below(index):
        stretch.foot = "note"
        return "ignored", "a note, key or signature"
    if label:
        return _label_verdict(label, index, stretch)
    if not content:
        return "unread", _NOTHING_BESIDE
    if (
        not when
        and len(content) == 1
        and not when_box(row, stretch.columns).continues
        and is_declared_silence(content[0])
        and names_a_period(content[0])
    ):
        return "ignored", DECLARED
    if stretch.foot and stretch.is_below(index):
        return _foot_verdict(row, when, stretch)
    return None


def _is_guidance_row(row: Row, when: str, is_above: bool) -> bool:  # noqa: FBT001 - a fact about the row, not a switch
    texts = row.written()
    told = sum(map(is_guidance, texts))
    return bool(when and is_guidance(when)) or (is_above and 2 * told >= len(texts) and told > 0) or (len(texts) == 1 and told == 1)


def _label_verdict(label: str, index: int, stretch: Stretch) -> Verdict:
    """A text alone in the first column, the date column, or merged across the row."""
    if index in stretch.before_dates and _is_day(label):
        return "unread", _NOTHING_BESIDE
    if is_period_banner(label) or holds_date(Box(label)):
        return "ignored", "a heading between rows: a year, a term or a date"
    if is_declared_silence(label):
        return "ignored", DECLARED
    if is_note(label):
        stretch.foot = "note" if stretch.is_below(index) else stretch.foot
        return "ignored", "a note, key or signature"
    is_title = len(label) <= _LONGEST_TITLE and not label.endswith((".", "!", "?"))
    if stretch.last_dated >= 0 and stretch.is_below(index) and is_title:
        stretch.foot = "note"
        return "ignored", "a note below the last dated row"
    if stretch.is_above(index) and stretch.last_dated >= 0:
        return "ignored", "a note above the first dated row"
    if is_title and not opens_with_day(Box(label)):
        return "ignored", "a heading between rows"
    return "unread", "one text across the row and no date: a note, or an event that the agency should date"


def _is_day(label: str) -> bool:
    """Whether the label is a day's date, not that of a month or a year."""
    point = read_cell(label).first
    return holds_date(Box(label)) and point is not None and point.day is not None


def _foot_verdict(row: Row, when: str, stretch: Stretch) -> Verdict:
    """A row without a date after a blank row, total or note under the last dated row: an event only if it is filled in like one."""
    filled = sum(bool(box.text) for box in row.boxes)
    if filled >= _MOSTLY_FILLED * len(stretch.columns.meanings) and not (when and stretch.foot != "blank"):
        return None
    if stretch.foot == "blank":
        return "unread", "stands below a blank row at the end and has no date; if it is an event, ask the agency to date it"
    return "ignored", "below the end of the chronology: a note, key or total"


def _content(row: Row, columns: Columns) -> list[str]:
    beside = words_beside(row, columns)
    told = [box.text for index, box in enumerate(row.boxes) if box.text and index not in columns.left_out]
    return [beside, *told] if beside else told


def _text_columns(row: Row, table: Table, columns: Columns) -> tuple[tuple[Column, ...], tuple[Aside, ...]]:
    """What the row says, column by column, and apart from it what stands in hidden columns (unless nothing else does)."""
    width = len(columns.meanings)
    beside = words_beside(row, columns)
    meaning = "other" if "event" in columns.meanings else "event"
    told = [(columns.when, (meaning, columns.headings[columns.when], beside))] if beside else []
    told += [
        (index, (columns.meanings[index] if index < width else "other", columns.headings[index] if index < width else "", box.text))
        for index, box in enumerate(row.boxes)
        if box.text and index not in columns.left_out
    ]
    shown = tuple([column for index, column in told if index not in table.hidden_columns])
    if not shown:
        return tuple([column for _, column in told]), ()
    hidden = tuple(
        Aside(column[2], "stands in a hidden column, kept apart from the row") for index, column in told if index in table.hidden_columns
    )
    return shown, hidden


def _hidden_problems(hidden: tuple[Aside, ...], table: Table, columns: Columns) -> tuple[str, ...]:
    problems = ("text in a hidden column was kept apart from this row",) if hidden else ()
    return (*problems, "the date stands in a hidden column") if columns.when in table.hidden_columns else problems
