"""The sheet of working/timeline.xlsx that sets two agencies' accounts side by side where they differ."""

from collections.abc import Iterator

from reports.quoted import around, places
from reports.sheets import Column, Table, Value
from reports.wording import date_in_words, in_order, text_in_words
from reports.working import Working


def accounts_side_by_side(working: Working) -> Table:
    """Each discrepancy with its two rows: what it is about, the words that differ, and both whole rows."""
    columns = (
        Column("About", 12),
        Column("Row", 6),
        Column("Agency", 18, tinted=True),
        Column("Date", 13),
        Column("The words", 26),
        Column("Row ", 6),
        Column("Agency ", 18, tinted=True),
        Column("Date ", 13),
        Column("The words ", 26),
        Column("The first row as a whole", 50),
        Column("The second row as a whole", 50),
        Column("Question", 9),
    )
    note = "Where two agencies' accounts of one event differ. Neither is taken for right; “Question” is the number on the sheet Findings."
    return Table("Accounts side by side", note, columns, _rows(working), 1, "No two accounts that may tell one event differ.")


def _rows(working: Working) -> Iterator[tuple[Value, ...]]:
    events, numbers = {event.id: event for event in working.timeline.events}, working.row_numbers()
    for number, finding in enumerate(in_order(working.findings), start=1):
        if finding.kind != "discrepancy" or not all(each in events for each in finding.events):
            continue
        sides: list[Value] = []
        for each in finding.events:
            event = events[each]
            said = "\n".join(around(event.text, start, end) for of, start, end in places(finding) if of == each)
            time = f"\n{event.time}" if event.time else ""
            sides += [numbers[each], event.agency, f"{date_in_words(event.when)}{time}", said]
        whole = [text_in_words(events[each]) for each in finding.events]
        yield str(finding.more.get("about", "")).capitalize(), *sides, *whole, number
