"""Tracked changes, hidden and struck words as the working documents show them: a sheet of all of them, and a line under each row, in words."""

import re
from collections.abc import Iterator
from itertools import chain

from reports.sheets import Column, Table, Value
from reports.word_xml import Cell, WordColumn, heading, table, text
from reports.wording import date_in_words
from reports.working import Working
from timeline.events import Event
from timeline.extraction import Extraction
from timeline.marked import KEPT, MarkedSpan, MarkKind

KINDS: dict[MarkKind, str] = {
    "inserted": "inserted",
    "deleted": "deleted",
    "moved-here": "moved here",
    "moved-away": "moved away",
    "hidden": "hidden",
    "struck": "struck through",
}
_NO_TRACKING = ("hidden", "struck")
_COUNTED = re.compile(r"\d+ (?:tracked|hidden|struck-through) (?:insertion|deletion|passage)s? (?:was|were)\b")
_QUOTED = 120  # letters of words that the row shows anyway
_NOTE = (
    "The timeline shows every file with its changes accepted. These words were changed, hidden or struck through and nobody has settled it: "
    "an unaccepted deletion may matter."
)


def tracked_changes(working: Working) -> Table:
    """The sheet of every inserted, deleted, moved, hidden or struck span: those of events in timeline order, then those of no event by file."""
    columns = (
        Column("Row of the timeline", 10),
        Column("Date", 15),
        Column("Agency", 17, tinted=True),
        Column("What was done", 16),
        Column("The words", 60),
        Column("What stands before them", 30),
        Column("Do they stand in the timeline?", 24),
        Column("File", 24),
        Column("Place in the file", 16),
        Column("Id", 14),
    )
    rows = chain(_rows_of_events(working), _rows_beside(working))
    return Table("Tracked changes", _NOTE, columns, rows, empty="No file has tracked changes, hidden or struck words.", printed_columns=9)


def _rows_of_events(working: Working) -> Iterator[tuple[Value, ...]]:
    for number, event in enumerate(working.timeline.events, start=1):
        for span in event.marked:
            what = (done(span), span.words, span.before or None, _stands(span))
            yield number, date_in_words(event.when), event.agency, *what, event.source.file.path, span.where, event.id


def _rows_beside(working: Working) -> Iterator[tuple[Value, ...]]:
    for each, span in _beside(working):
        what = (done(span), span.words, span.before or None, "no: they belong to no event")
        yield None, None, each.source.agency, *what, each.source.path, span.where, None


def _beside(working: Working) -> Iterator[tuple[Extraction, MarkedSpan]]:
    for each in sorted(working.timeline.returns, key=lambda each: each.source.path):
        yield from ((each, span) for span in each.marked)


def _stands(span: MarkedSpan) -> str:
    if span.start is not None:
        return "yes, all of the row" if span.whole_row else "yes"
    if span.kind in KEPT:
        return "in the row's date, time or number, or in one of several cells that say the same"
    return "no: they were left out"


def done(span: MarkedSpan) -> str:
    """What was done to the words: `inserted`, `struck through`, `row deleted`."""
    return f"row {KINDS[span.kind]}" if span.whole_row else KINDS[span.kind]


def lines_under(event: Event) -> Iterator[str]:
    """What a person should check in the row, problems first; where its marks are known their words stand in place of their number.

    `To check – changed in tracking: deleted after “was”: “not”`.
    """
    yield from (f"To check: {problem}" for problem in event.problems if not (event.marked and _COUNTED.match(problem)))
    tracked = [_told(span) for span in event.marked if span.kind not in _NO_TRACKING]
    others = [_told(span) for span in event.marked if span.kind in _NO_TRACKING]
    if tracked:
        yield f"To check – changed in tracking: {'; '.join(tracked)}"
    if others:
        yield f"To check – hidden or struck through in the file: {'; '.join(others)}"


def _told(span: MarkedSpan) -> str:
    if span.whole_row and span.kind in KEPT:
        return "the whole row was inserted"
    words = " ".join(span.words.split())
    if span.kind in KEPT:
        return f"{KINDS[span.kind]} “{words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(' ', 1)[0] + ' …'}”"
    after = f" after “{span.before}”" if span.before else ""
    return f"{done(span)}{after}: “{words}”"


def beside_the_rows(working: Working) -> Iterator[str]:
    """The changes that belong to no row of the timeline, as a part of the working document; nothing where there is none."""
    found = list(_beside(working))
    if not found:
        return
    yield heading("Tracked changes outside the events", 1)
    yield text(
        "Rows that an agency's file marks as deleted, and changes in headings and other text: none of it stands in the timeline.", "Note"
    )
    columns = (WordColumn("Agency", 3.4), WordColumn("What was done", 3.4), WordColumn("The words", 14.4), WordColumn("Source", 5.3))
    rows = (
        (
            Cell(text(each.source.agency, "CellText")),
            Cell(text(done(span), "CellText")),
            Cell(text(span.words, "CellText")),
            Cell(text(each.source.path, "CellNote") + text(span.where, "CellNote")),
        )
        for each, span in found
    )
    yield table(columns, rows, "Changed, hidden and struck words that belong to no event")
