"""anonymised/timeline.html: the pseudonymised timeline as one page; rows stand in order, because the days themselves are not shown."""

from collections.abc import Iterator
from pathlib import Path

from reports.draft import BANNER, in_row_order
from reports.drafting import Drafting
from reports.page.axis import places_in_order, ticks_in_order
from reports.page.model import Link, Page, PageQuestion, PageRow
from reports.page.render import write_page
from reports.rows import labelled
from reports.wording import counted, kind_in_words, kind_order
from timeline.safe import SafeEvent, SafeFinding, SafeReview


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:  # noqa: ARG001 every anonymised report is handed both
    """Write the anonymised timeline as one HTML file."""
    write_page(page_of(safe), path)


def page_of(safe: SafeReview) -> Page:
    """What the page shows of the pseudonymised timeline."""
    findings = sorted(safe.findings, key=lambda each: (kind_order(each.kind), in_row_order(each.events)))
    resting: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        for event in finding.events:
            resting.setdefault(event, []).append(number)
    places = places_in_order(len(safe.events))
    return Page(
        title=f"{safe.reference}: pseudonymised timeline",
        reference=safe.reference,
        banner=BANNER,
        working=False,
        lead=f"{safe.title}. Period under review: {safe.period}. {counted(len(safe.events), 'event')}.",
        agencies=tuple(dict.fromkeys([*safe.agencies, *(event.agency for event in safe.events)])),
        rows=tuple(_row(event, safe, place, tuple(resting.get(event.id, ()))) for event, place in zip(safe.events, places, strict=True)),
        questions=tuple(_questions(findings)),
        gaps=(),
        links=tuple(_links(findings, dict(zip((event.id for event in safe.events), places, strict=True)), safe)),
        ticks=ticks_in_order([event.date for event in safe.events]),
        axis="by the order of the rows, each with the same room: the days are not shown, so the distance of two marks is no length of time",
    )


def _row(event: SafeEvent, safe: SafeReview, place: float, questions: tuple[int, ...]) -> PageRow:
    return PageRow(
        anchor=f"row-{event.id}",
        name=event.id,
        group=event.date or "Undated",
        date=event.date,
        time="",
        agency=event.agency,
        cells=tuple(labelled(event)),
        people=tuple(person.pseudonym for person in safe.people if person.pseudonym in event.text),
        questions=questions,
        left=place,
    )


def _questions(findings: list[SafeFinding]) -> Iterator[PageQuestion]:
    for number, finding in enumerate(findings, start=1):
        doubt = "possible, not certain" if finding.certainty == "possible" else ""
        yield PageQuestion(
            number=number,
            kind=kind_in_words(finding.kind),
            text=finding.question,
            about="; ".join(part for part in (finding.period, ", ".join(finding.agencies), doubt) if part),
            held_against="; ".join(part for part in (finding.rule, finding.standard, finding.source) if part),
            rows=tuple((f"row-{each}", each) for each in in_row_order(finding.events)),
            entry=finding.entry,
        )


def _links(findings: list[SafeFinding], places: dict[str, float], safe: SafeReview) -> Iterator[Link]:
    agencies = {event.id: event.agency for event in safe.events}
    for finding in findings:
        together = [each for each in finding.events if each in places]
        if finding.kind == "same-event" and together:
            named = tuple(dict.fromkeys(agencies[each] for each in together))
            yield Link(left=places[together[0]], agencies=named, says=f"{kind_in_words(finding.kind)}: {', '.join(named)}")
