"""anonymised/timeline.html: the pseudonymised timeline as one page; rows stand in order, because the days themselves are not shown."""

from collections.abc import Iterator
from pathlib import Path

from reports.draft import BANNER, Draft, in_row_order
from reports.drafting import Drafting
from reports.page.axis import places_in_order, ticks_in_order
from reports.page.model import Gap, Link, Page, PageQuestion, PageRow
from reports.page.render import write_page
from reports.rows import Rows, labelled
from reports.rule_in_words import rule_in_words
from reports.wording import counted, kind_in_words, kind_of_event_in_words, kind_order
from timeline.safe import SafeEvent, SafeFinding, SafeReview

_SILENCES = frozenset({"silence", "agency-silence"})
_KIND = "kinds."  # of the lists of rules/cues/


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the anonymised timeline as one HTML file."""
    write_page(page_of(Draft(safe, drafting).rows), path)


def page_of(rows: Rows) -> Page:
    """What the page shows of the pseudonymised timeline; kinds of event are those that a row's words show, as in the working timeline."""
    safe = rows.safe
    findings = sorted(safe.findings, key=lambda each: (kind_order(each.kind), in_row_order(each.events)))
    resting: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        for event in finding.events:
            resting.setdefault(event, []).append(number)
    places = places_in_order(len(safe.events))
    at = {str(event.id): place for event, place in zip(safe.events, places, strict=True)}
    return Page(
        title=f"{safe.reference}: pseudonymised timeline",
        reference=safe.reference,
        banner=BANNER,
        working=False,
        lead=f"{safe.title}. Period under review: {safe.period}. {counted(len(safe.events), 'event')}.",
        agencies=tuple(dict.fromkeys([*safe.agencies, *(event.agency for event in safe.events)])),
        rows=tuple(_row(event, rows, place, tuple(resting.get(event.id, ()))) for event, place in zip(safe.events, places, strict=True)),
        questions=tuple(_questions(findings)),
        gaps=tuple(_gaps(findings, at)),
        links=tuple(_links(findings, at, safe)),
        ticks=ticks_in_order([event.date for event in safe.events]),
        axis="by the order of the rows, each with the same room: the days are not shown, so the distance of two marks is no length of time",
    )


def _row(event: SafeEvent, rows: Rows, place: float, questions: tuple[int, ...]) -> PageRow:
    kinds = {cue.name.removeprefix(_KIND) for cue in rows.cues[event.id] if cue.name.startswith(_KIND) and not cue.denied}
    return PageRow(
        anchor=f"row-{event.id}",
        name=event.id,
        group=event.date or "Undated",
        date=event.date,
        time="",
        agency=event.agency,
        cells=tuple(labelled(event)),
        people=tuple(person.pseudonym for person in rows.safe.people if person.pseudonym in event.text),
        kinds=tuple(sorted(kind_of_event_in_words(kind) for kind in kinds)),
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
            held_against="; ".join(rule_in_words(finding)),
            rows=tuple((f"row-{each}", each) for each in in_row_order(finding.events)),
            entry=finding.entry,
        )


def _gaps(findings: list[SafeFinding], places: dict[str, float]) -> Iterator[Gap]:
    """From the last row before a silence to the first after it: which rows it lies between, and not how long it is."""
    for finding in findings:
        ends = sorted(places[each] for each in finding.events if each in places)
        if finding.kind in _SILENCES and len(ends) > 1:
            agency = finding.agencies[0] if finding.kind == "agency-silence" and finding.agencies else ""
            says = f"{kind_in_words(finding.kind)}: {finding.period}"
            yield Gap(left=ends[0], width=round(ends[-1] - ends[0], 3), agency=agency, says=says)


def _links(findings: list[SafeFinding], places: dict[str, float], safe: SafeReview) -> Iterator[Link]:
    agencies = {event.id: event.agency for event in safe.events}
    for finding in findings:
        together = [each for each in finding.events if each in places]
        if finding.kind == "same-event" and together:
            named = tuple(dict.fromkeys(agencies[each] for each in together))
            yield Link(left=places[together[0]], agencies=named, says=f"{kind_in_words(finding.kind)}: {', '.join(named)}")
