"""working/timeline.html: the merged timeline with real names as one page that works from a memory stick."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from reports.page.axis import DayAxis, day_axis
from reports.page.model import Gap, Link, Page, PageQuestion, PageRow
from reports.page.render import write_page
from reports.wording import (
    cells_in_words,
    counted,
    date_in_words,
    date_remarks,
    day_in_words,
    in_order,
    kind_in_words,
    kind_of_event_in_words,
    month_in_words,
    period_in_words,
    wider_than_a_month,
)
from reports.working import BANNER, Working
from timeline.events import Event
from timeline.findings.finding import Finding
from timeline.findings.ranking import entries_of

_SILENCES = {"silence", "agency-silence"}


def write(working: Working, path: Path) -> None:
    """Write the working timeline as one HTML file."""
    write_page(page_of(working), path)


def page_of(working: Working) -> Page:
    """What the page shows of the working timeline."""
    case, events = working.case, working.timeline.events
    findings = in_order(working.findings)
    numbers = working.row_numbers()
    spans = [
        (when.earliest, when.latest) for event in events if (when := event.when).earliest and when.latest and not wider_than_a_month(when)
    ]
    axis = day_axis([*spans, (case.period_start, case.period_end)])
    resting: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        for event in finding.events:
            resting.setdefault(event, []).append(number)
    return Page(
        title=f"{case.reference}: merged timeline",
        reference=case.reference,
        banner=BANNER,
        working=True,
        lead=f"{case.title}. Period under review: {day_in_words(case.period_start)} to {day_in_words(case.period_end)}. "
        f"{counted(len(events), 'event')} from {counted(len(working.timeline.returns), 'file')}.",
        agencies=tuple(dict.fromkeys([*(each.name for each in case.agencies), *sorted({event.agency for event in events})])),
        rows=tuple(_row(event, numbers[event.id], working, axis, tuple(resting.get(event.id, ()))) for event in events),
        questions=tuple(_questions(findings, numbers, entries_of(working.findings, len(events)))),
        gaps=tuple(_gaps(findings, axis)) if axis else (),
        links=tuple(_links(findings, {event.id: event for event in events}, axis)) if axis else (),
        ticks=axis.ticks() if axis else (),
        axis="by day; a date that can mean more than a month, and a row without a date, stand in the table alone",
    )


def _row(event: Event, number: int, working: Working, axis: DayAxis | None, questions: tuple[int, ...]) -> PageRow:
    left, width = None, 0.0
    since, until = event.when.earliest, event.when.latest
    if axis and since and until and not wider_than_a_month(event.when):
        left, width = axis.place(since, until)
    return PageRow(
        anchor=f"row-{number}",
        name=str(number),
        group=_group(event),
        date=date_in_words(event.when),
        time=event.time or "",
        agency=event.agency,
        cells=tuple(cells_in_words(event)),
        source=f"{event.source.file.path}, {event.source.where}",
        remarks=(*event.problems, *date_remarks(event)),
        people=working.named.get(event.id, ()),
        kinds=tuple(kind_of_event_in_words(kind) for kind in working.kinds.get(event.id, ())),
        questions=questions,
        left=left,
        width=width,
    )


def _group(event: Event) -> str:
    """The month under which a row stands; the year alone where its date can mean more than a month."""
    if event.when.earliest is None:
        return "Undated"
    return str(event.when.earliest.year) if wider_than_a_month(event.when) else month_in_words(event.when.earliest)


def _questions(findings: list[Finding], numbers: Mapping[str, int], entries: Mapping[str, int]) -> Iterator[PageQuestion]:
    for number, finding in enumerate(findings, start=1):
        rows = sorted(numbers[event] for event in finding.events if event in numbers)
        doubt = "possible, not certain" if finding.certainty == "possible" else ""
        yield PageQuestion(
            number=number,
            kind=kind_in_words(finding.kind),
            text=finding.question,
            about="; ".join(part for part in (period_in_words(finding), ", ".join(finding.agencies), doubt) if part),
            held_against="; ".join(part for part in (finding.rule, finding.standard, finding.source) if part),
            rows=tuple((f"row-{row}", str(row)) for row in rows),
            entry=entries.get(finding.id, 0),
        )


def _gaps(findings: list[Finding], axis: DayAxis) -> Iterator[Gap]:
    for finding in findings:
        if finding.kind in _SILENCES and finding.since and finding.until:
            left, width = axis.place(finding.since, finding.until)
            agency = finding.agencies[0] if finding.kind == "agency-silence" and finding.agencies else ""
            yield Gap(left=left, width=width, agency=agency, says=f"{kind_in_words(finding.kind)}: {period_in_words(finding)}")


def _links(findings: list[Finding], events: Mapping[str, Event], axis: DayAxis) -> Iterator[Link]:
    for finding in findings:
        together = [events[each] for each in finding.events if each in events]
        days = [day for each in together for day in (each.when.earliest, each.when.latest) if day]
        if finding.kind == "same-event" and days:
            left, width = axis.place(min(days), max(days))
            agencies = tuple(dict.fromkeys(event.agency for event in together))
            yield Link(left=round(left + width / 2, 3), agencies=agencies, says=f"{kind_in_words(finding.kind)}: {', '.join(agencies)}")
