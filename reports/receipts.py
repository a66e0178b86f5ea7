"""working/receipts/<agency folder>.docx: what was read of one agency's files and what to mend, to go straight back to that agency.

It draws on that agency's files, events and findings alone: no other agency is named, and no row of another is shown.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reports.receipt_parts import Sent, analyses, columns_left_empty, files, rows_amiss, rows_aside, silences, words_beside
from reports.receipt_rows import to_check, to_mend
from reports.word_document import Page, write_document
from reports.word_xml import Cell, WordColumn, heading, table, text
from reports.wording import counted, day_in_words
from reports.working import Working
from timeline.case import Agency
from timeline.events import Event

_BANNER = "IDENTIFIABLE — for the agency named here and the board"
_SEND_AGAIN = (
    "Correct your own file and send the whole of it again, named v2 or “corrected”; it will take the place of this one, and nothing that was "
    "decided about your rows is lost."
)


def write(working: Working, folder: Path) -> tuple[Path, ...]:
    """Write a receipt for each agency into `folder`, which is made if need be; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for agency in working.case.agencies:
        paths.append(folder / f"{agency.folder}.docx")
        write_receipt(working, agency, paths[-1])
    return tuple(paths)


def write_receipt(working: Working, agency: Agency, path: Path) -> None:
    """Write one agency's receipt."""
    sent = _sent(working, agency)
    reference = working.case.reference
    page = Page(title=f"{reference}: receipt for {agency.name}", reference=reference, banner=_BANNER, side_margin_cm=1.9)
    write_document(path, page, _pieces(sent))


def _sent(working: Working, agency: Agency) -> Sent:
    timeline = working.timeline
    own = {event.id for event in timeline.events if event.agency == agency.name}
    unrecorded = tuple(
        (each.since, each.until, each.days)
        for each in working.findings
        if each.kind == "agency-silence" and each.agencies == (agency.name,) and own.issuperset(each.events)
        if each.since and each.until and each.days
    )
    return Sent(
        agency,
        working.case,
        tuple(sorted((each for each in timeline.returns if each.source.agency == agency.name), key=lambda each: each.source.path)),
        tuple(event for event in timeline.events if event.agency == agency.name),
        tuple(each for each in timeline.analyses if each.source.file.agency == agency.name),
        unrecorded,
    )


def _pieces(sent: Sent) -> Iterator[str]:
    case = sent.case
    yield text("Receipt for a chronology", "Title")
    yield text(f"{sent.agency.name} · review {case.reference}", "Subtitle")
    mend = sum(len(to_mend(each)) for each in sent.files)
    yield text(_opening(sent))
    yield text(_asked(sent, mend))
    if sent.files:
        yield from _figures(sent)
        yield heading("Your files", 1)
        yield from files(sent)
    if sent.read:
        yield from rows_amiss(sent, "Rows to mend", to_mend)
        yield from rows_amiss(sent, "Rows to check", to_check)
        yield from columns_left_empty(sent)
        yield from silences(sent)
        yield from words_beside(sent)
        yield from analyses(sent)
        yield from rows_aside(sent)


def _opening(sent: Sent) -> str:
    period = f"{day_in_words(sent.case.period_start)} to {day_in_words(sent.case.period_end)}"
    if not sent.files:
        due = f" It is due on {day_in_words(sent.agency.due_on)}." if sent.agency.due_on else ""
        return f"No file of yours has reached the review yet.{due} The review looks at {period}."
    if not sent.read:
        return "Thank you. None of your files could be read as a chronology; below is why, and what would help."
    have = "has" if len(sent.events) == 1 else "have"
    return (
        f"Thank you. {counted(len(sent.events), 'event')} of yours {have} been read into the review's timeline. "
        f"The review looks at {period}. This receipt shows what was read, and where we need your help."
    )


def _asked(sent: Sent, mend: int) -> str:
    if not sent.read:
        return (
            "Please send the chronology as a Word document or an Excel workbook. If your file has a password, either give the password to the board "
            "in the way that it has told you, or send a copy without one; if you have given it already, the board opens the file with it."
        )
    if any(each.problems for each in sent.files):
        first = f", and at the {counted(mend, 'point')} under “Rows to mend”" if mend else ""
        return f"Please look at what we ask about your files under “Your files”{first}. {_SEND_AGAIN}"
    if not mend:
        return "Nothing needs mending. If you find a mistake below, please correct your own file and send the whole of it again."
    return f"Please look at the {counted(mend, 'point')} under “Rows to mend”. {_SEND_AGAIN}"


def _figures(sent: Sent) -> Iterator[str]:
    first, last = _span(sent.events)
    counts = [sum(len(rows) for rows in kind) for kind in ([each.unread for each in sent.read], [each.ignored for each in sent.read])]
    wide = sum(event.when.width_days != 0 for event in sent.events)
    columns = (
        WordColumn("Rows seen", 2.2),
        WordColumn("Events", 2.0),
        WordColumn("Not read", 2.0),
        WordColumn("Set aside", 2.2),
        WordColumn("First date", 3.1),
        WordColumn("Last date", 3.1),
        WordColumn("No exact day", 2.6),
    )
    rows = (sum(each.seen for each in sent.read), len(sent.events), *counts)
    shown = (*(f"{count:,}" for count in rows), first, last, f"{wide:,}")
    yield text("Rows seen = events + rows not read + rows set aside (headings, blank rows, notes).", "Note")
    cells = [Cell(text(each, "CellText")) for each in shown]
    yield table(columns, [cells], "What was read, in figures")


def _span(events: Sequence[Event]) -> tuple[str, str]:
    days = [event.when.earliest for event in events if event.when.earliest]
    ends = [event.when.latest for event in events if event.when.latest]
    return (day_in_words(min(days)), day_in_words(max(ends))) if days and ends else ("–", "–")
