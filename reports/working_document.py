"""working/timeline.docx: the merged timeline as a document to read and print, with the questions that the rules raise."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from reports.colours import agency_tints
from reports.differences import CHANGED
from reports.method import method_rows
from reports.page.picture import in_words, picture_of
from reports.page.working_page import page_of
from reports.quoted import quoted
from reports.tracked_changes import beside_the_rows, lines_under
from reports.word_document import Page, write_document
from reports.word_xml import Cell, WordColumn, bookmark, heading, link, paragraph, picture, table, text, words
from reports.wording import (
    cells_in_words,
    counted,
    date_in_words,
    date_remarks,
    day_in_words,
    decision_in_words,
    kind_in_words,
    month_in_words,
    period_in_words,
    wider_than_a_month,
)
from reports.working import BANNER, Working
from timeline.events import Event
from timeline.findings.finding import Finding
from timeline.findings.ranking import Entry, ranked

_COLUMNS = (
    WordColumn("No.", 1.2),
    WordColumn("Date and time", 3.2),
    WordColumn("Agency", 3.4),
    WordColumn("What was recorded", 14.4),
    WordColumn("Source", 4.3),
)


def write(working: Working, path: Path) -> None:
    """Write the working timeline: what it holds, the questions, then a table for each month; landscape, the banner on every page."""
    case = working.case
    page = Page(title=f"{case.reference}: merged timeline", reference=case.reference, banner=BANNER, landscape=True, side_margin_cm=1.6)
    lanes = page_of(working)
    png = picture_of(lanes, page.text_width_cm)
    shown = picture("lanes", png, page.text_width_cm, in_words(lanes))
    write_document(path, page, _pieces(working, shown), {"lanes": png})


def _pieces(working: Working, lanes: str) -> Iterator[str]:
    case, events = working.case, working.timeline.events
    yield text("Merged timeline", "Title")
    yield text(f"{case.reference} · {case.title}", "Subtitle")
    yield text(
        f"Period under review: {day_in_words(case.period_start)} to {day_in_words(case.period_end)}. "
        f"{counted(len(events), 'event')} from {counted(len(working.timeline.returns), 'file')}."
    )
    yield from _agencies(working)
    yield heading("Lanes by agency", 1)
    yield lanes
    yield text(
        "Each mark is a row, placed by its day; a bar is a date that can mean several days. A bold mark is a row that a question rests on. A shaded "
        "stretch is a silence of one agency, or of all. A dashed upright line joins rows that may tell one event.",
        "Note",
    )
    yield from _questions(working)
    yield from _timeline(working)
    yield from beside_the_rows(working)
    yield heading("Method", 1)
    for about, says in method_rows(working):
        yield paragraph(words(f"{about}. ", "Strong"), words(says))


def _agencies(working: Working) -> Iterator[str]:
    columns = (
        WordColumn("Agency", 8),
        WordColumn("Files read", 3),
        WordColumn("Rows", 2.5),
        WordColumn("First row", 5),
        WordColumn("Last row", 5),
    )
    by_agency = {
        name: list(events) for name, events in groupby(sorted(working.timeline.events, key=lambda e: e.agency), key=lambda e: e.agency)
    }
    names = list(dict.fromkeys([agency.name for agency in working.case.agencies] + sorted(by_agency)))
    tints = agency_tints(names)
    rows = []
    for name in names:
        days = [event.when.earliest for event in by_agency.get(name, ()) if event.when.earliest]
        ends = [event.when.latest for event in by_agency.get(name, ()) if event.when.latest]
        read = sum(each.source.agency == name and each.status == "read" for each in working.timeline.returns)
        first, last = (day_in_words(min(days)), day_in_words(max(ends))) if days else ("–", "–")
        shown = (str(read) if read else "none", f"{len(by_agency.get(name, ())):,}", first, last)
        rows.append([Cell(text(name, "CellText"), tints[name]), *(Cell(text(each, "CellText")) for each in shown)])
    yield heading("Agencies", 1)
    yield table(columns, rows, "The agencies, the files that were read of each, and the days between which their rows lie")


def _questions(working: Working) -> Iterator[str]:
    numbers, events = working.row_numbers(), {event.id: event for event in working.timeline.events}
    yield heading("Questions for the author", 1)
    yield text("A rule raised each of these about rows of the timeline; the author decides what they mean.", "Note")
    if not working.findings:
        yield text("No rule has raised a question.")
    shown = ranked(working.findings, len(working.timeline.events))
    for kind, entries in groupby(shown.shown, key=lambda entry: entry.kind):
        yield heading(kind_in_words(kind), 2)
        columns = (WordColumn("Question", 11.5), WordColumn("Period", 4.6), WordColumn("Rows", 3.6), WordColumn("Rule", 6.8))
        yield table(columns, (_question(each, numbers, events) for each in entries), f"Questions: {kind_in_words(kind)}")
    if shown.folded:
        more = ", ".join(f"{kind_in_words(kind)} {count:,}" for kind, count in shown.folded.items())
        yield text(f"Further questions, all in the sheet Findings of timeline.xlsx: {more}.", "Note")


def _question(entry: Entry, numbers: dict[str, int], events: Mapping[str, Event]) -> tuple[Cell, ...]:
    """One entry: the question of its first finding with the words that it rests on, and how many are like it."""
    finding, *others = entry.findings
    doubt = text("possible, not certain", "CellNote") if finding.certainty == "possible" else ""
    said = "".join(text(line, "CellNote") for line in quoted(finding, events, numbers))
    decided = "".join(text(line, "CellNote") for line in decision_in_words(finding))
    like = text(f"and {len(others):,} more like it", "CellNote") if others else ""
    periods = "".join(text(period_in_words(each), "CellText") for each in entry.findings)
    held = "; ".join(part for part in (finding.rule, finding.standard, finding.source) if part)
    return (
        Cell(text(finding.question, "CellText") + said + doubt + like + decided),
        Cell(periods),
        Cell("".join(paragraph(_rows(each, numbers), style="CellText") for each in entry.findings)),
        Cell(text(held, "CellNote")),
    )


def _rows(finding: Finding, numbers: dict[str, int]) -> str:
    rows = sorted(numbers[event] for event in finding.events if event in numbers)
    return words(", ").join(link(f"row\u00a0{number}", f"row_{number}") for number in rows)


def _timeline(working: Working) -> Iterator[str]:
    events = working.timeline.events
    tints = agency_tints([agency.name for agency in working.case.agencies] + sorted({event.agency for event in events}))
    yield heading("Timeline", 1)
    if not events:
        yield text("No row of any chronology has become an event.")
    for year, in_year in groupby(enumerate(events, start=1), key=lambda each: each[1].when.earliest and each[1].when.earliest.year):
        yield heading(str(year) if year else "Undated", 2)
        for month, in_month in groupby(in_year, key=lambda each: _month(each[1])):
            if month:
                yield heading(month, 3)
            rows = (_timeline_row(number, event, tints[event.agency]) for number, event in in_month)
            yield table(_COLUMNS, rows, f"Events: {month}" if month else "Events with no date")


def _month(event: Event) -> str:
    if wider_than_a_month(event.when):
        return "Dates wider than a month"
    return month_in_words(event.when.earliest) if event.when.earliest else ""


def _timeline_row(number: int, event: Event, tint: str) -> tuple[Cell, ...]:
    at = f"{date_in_words(event.when)}, {event.time}" if event.time else date_in_words(event.when)
    recorded = "".join(
        paragraph(words(f"{title}  ", "LeadIn") if title else "", words(said), style="CellText") for title, said in cells_in_words(event)
    )
    return (
        Cell(paragraph(bookmark(words(str(number)), f"row_{number}", number), style="CellText")),
        Cell(text(at, "CellText") + "".join(text(remark, "CellNote") for remark in date_remarks(event))),
        Cell(text(event.agency, "CellText"), tint),
        Cell(recorded + "".join(text(line, "CellNote") for line in (*lines_under(event), *([CHANGED] if event.changed_from else [])))),
        Cell(text(event.source.file.path, "CellNote") + text(event.source.where, "CellNote")),
    )
