"""working/timeline.xlsx: the merged timeline, what to ask about it, and what became of every row that was read."""

from collections.abc import Iterator
from pathlib import Path

from reports.colours import agency_tints
from reports.differences import CHANGED, differences
from reports.left_out import left_out
from reports.method import method_rows
from reports.quoted import quoted
from reports.sheets import Column, Look, Table, Value, write_workbook
from reports.side_by_side import accounts_side_by_side
from reports.tracked_changes import tracked_changes
from reports.view_sheets import by_month, contacts, known, last_seen
from reports.wording import (
    STATUSES,
    counted,
    date_in_words,
    date_remarks,
    decision_in_words,
    in_order,
    kind_in_words,
    text_in_words,
)
from reports.working import BANNER, Working
from timeline.findings.ranking import entries_of


def write(working: Working, path: Path) -> None:
    """Write the working workbook: Timeline, Findings, Accounts side by side, Agencies by month, Who told whom, Last seen, Who knew what,
    People, Intake, Differences, To mend, Tracked changes, Set aside, Left out of the learning report, Method.
    """
    names = [agency.name for agency in working.case.agencies] + sorted({event.agency for event in working.timeline.events})
    look = Look(BANNER, working.case.reference, working.case.title, tints=agency_tints(names))
    write_workbook(path, look, (sheet(working) for sheet in _SHEETS))


def _timeline(working: Working) -> Table:
    columns = (
        Column("No.", 6),
        Column("First possible day", 11),
        Column("Date", 15),
        Column("Time", 7),
        Column("Agency", 17, tinted=True),
        Column("What was recorded", 76),
        Column("To check, and what was assumed", 24),
        Column("File", 24),
        Column("Place in the file", 15, opens_file=True),
        Column("Date as written", 16),
        Column("Id", 14),
    )
    rows = (
        (
            number,
            event.when.earliest,
            date_in_words(event.when),
            event.time,
            event.agency,
            text_in_words(event),
            "\n".join((*event.problems, *([CHANGED] if event.changed_from else []), *date_remarks(event))),
            event.source.file.path,
            event.source.where,
            event.when.as_written,
            event.id,
        )
        for number, event in enumerate(working.timeline.events, start=1)
    )
    note = "Every row of every chronology, in one order. “No.” is the row's number in this run; its id stays the same over runs."
    empty = "No row of any chronology has become an event: see Intake and To mend."
    return Table("Timeline", note, columns, rows, 2, empty, 9)


def _findings(working: Working) -> Table:
    columns = (
        Column("No.", 6),
        Column("Kind", 20),
        Column("Question for the author", 54),
        Column("The words it rests on", 44),
        Column("Certainty", 11),
        Column("From", 12),
        Column("To", 12),
        Column("Days", 7),
        Column("Agencies", 22, tinted=True),
        Column("Rows of the timeline", 12),
        Column("Rule, and what it was held against", 30),
        Column("Where the number comes from", 24),
        Column("Decided", 30),
        Column("Shown first", 9),
        Column("Id", 14),
    )
    note = "Questions, not findings of the review: the author decides, with “chronology decide”, and the next run shows it here."
    return Table("Findings", note, columns, _finding_rows(working), 2, "No rule has raised a question.", 11)


def _finding_rows(working: Working) -> Iterator[tuple[Value, ...]]:
    numbers, first = working.row_numbers(), entries_of(working.findings, len(working.timeline.events))
    events = {event.id: event for event in working.timeline.events}
    for number, finding in enumerate(in_order(working.findings), start=1):
        rows = ", ".join(str(row) for row in sorted(numbers[event] for event in finding.events if event in numbers))
        held = "\n".join(part for part in (finding.rule, finding.standard) if part)
        kind, agencies = kind_in_words(finding.kind), "\n".join(finding.agencies)
        days, decided = (finding.since, finding.until, finding.days), "\n".join(decision_in_words(finding))
        said = "\n".join(quoted(finding, events, numbers)) or None
        about = (kind, finding.question, said, finding.certainty, *days, agencies, rows, held, finding.source)
        yield number, *about, decided or None, first.get(finding.id), finding.id


def _people(working: Working) -> Table:
    columns = (
        Column("Name", 28),
        Column("Also known as", 36),
        Column("Role", 32),
        Column("Kind", 14),
        Column("Agency", 26, tinted=True),
        Column("Known from", 30),
    )
    rows = (
        (p.name, "; ".join(p.also_known_as), p.role, p.kind, p.agency, "the cast list" if p.in_cast else "found in the texts")
        for p in working.people
    )
    return Table(
        "People",
        "Who is known in this review. Pseudonyms are not shown here: the key is kept apart.",
        columns,
        rows,
        empty="No cast list was given.",
    )


def _intake(working: Working) -> Table:
    columns = (
        Column("File", 44),
        Column("Agency", 24, tinted=True),
        Column("Status", 16),
        Column("Why, and notes", 60),
        Column("Rows seen", 10),
        Column("Events", 10),
        Column("Unread", 10),
        Column("Set aside", 10),
        Column("SHA-256, first 12", 18),
    )
    rows = (
        (
            each.source.path,
            each.source.agency,
            STATUSES[each.status],
            "\n".join(filter(None, (each.reason, *each.problems, *each.notes))),
            each.seen,
            len(each.entries),
            len(each.unread),
            len(each.ignored),
            each.source.sha256[:12],
        )
        for each in sorted(working.timeline.returns, key=lambda each: each.source.path)
    )
    note = "Every file that was dropped. Rows seen = events + unread + set aside."
    return Table("Intake", note, columns, rows, empty="No file has been dropped yet.")


def _to_mend(working: Working) -> Table:
    columns = (
        Column("What", 20),
        Column("Agency", 24, tinted=True),
        Column("File", 40),
        Column("Place in the file", 20),
        Column("What is wrong", 50),
        Column("What it says", 60),
    )
    note = "What a person should look at: files that could not be read, rows that could not be read, and rows that were read with a doubt."
    return Table("To mend", note, columns, _mend_rows(working), empty="Nothing needs mending.")


def _mend_rows(working: Working) -> Iterator[tuple[Value, ...]]:
    returns = sorted(working.timeline.returns, key=lambda each: each.source.path)
    for each in returns:
        if each.status == "rejected":
            yield "File not read", each.source.agency, each.source.path, "the whole file", each.reason, None
    for each in returns:
        for problem in each.problems:
            yield "File: to check", each.source.agency, each.source.path, "the whole file", problem, None
    for each in returns:
        for row in each.unread:
            yield "Row not read", each.source.agency, each.source.path, row.where, row.reason, row.text
    for number, event in enumerate(working.timeline.events, start=1):
        if event.problems:
            where = event.source
            yield f"Row {number}: to check", event.agency, where.file.path, where.where, "\n".join(event.problems), text_in_words(event)


def _set_aside(working: Working) -> Table:
    columns = (
        Column("Agency", 24, tinted=True),
        Column("File", 44),
        Column("Place in the file", 22),
        Column("Why it is no event", 44),
        Column("What it says", 70),
    )
    rows = (
        (each.source.agency, each.source.path, row.where, row.reason, row.text)
        for each in sorted(working.timeline.returns, key=lambda each: each.source.path)
        for row in each.ignored
    )
    note = (
        "Rows that are no events and need nobody: headings, guidance, totals, blank rows, and rows of a return that a later one replaces."
    )
    return Table("Set aside", note, columns, rows, empty="No row was set aside.")


def _method(working: Working) -> Table:
    note = f"How this workbook was made, from {counted(len(working.timeline.returns), 'file')}."
    return Table("Method", note, (Column("About", 34), Column("What holds", 130)), method_rows(working), 0)


_SHEETS = (
    _timeline,
    _findings,
    accounts_side_by_side,
    by_month,
    contacts,
    last_seen,
    known,
    _people,
    _intake,
    differences,
    _to_mend,
    tracked_changes,
    _set_aside,
    left_out,
    _method,
)
