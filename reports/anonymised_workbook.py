"""anonymised/timeline.xlsx: the pseudonymised timeline and its questions as a workbook."""

from collections.abc import Iterator
from pathlib import Path

from reports import colours
from reports.counts import in_words
from reports.draft import BANNER, Draft, in_row_order
from reports.drafting import Drafting
from reports.rows import labelled
from reports.rule_in_words import rule_in_words
from reports.sheets import Column, Look, Table, Value, write_workbook
from reports.wording import kind_in_words, kind_order
from timeline.safe import SafeEvent, SafeReview


def write(safe: SafeReview, drafting: Drafting, path: Path) -> None:
    """Write the anonymised workbook: Timeline, Questions, Counts."""
    tints = colours.agency_tints([*safe.agencies, *(event.agency for event in safe.events)])
    look = Look(BANNER, safe.reference, safe.title, colours.DRAFT_INK, colours.DRAFT_FILL, tints)
    write_workbook(path, look, (_timeline(Draft(safe, drafting)), _questions(safe), _counts(safe)))


def _timeline(draft: Draft) -> Table:
    columns = (
        Column("Row", 9),
        Column("Date", 20),
        Column("Agency", 20, tinted=True),
        Column("What was recorded", 90),
        Column("In the narrative of the draft", 34),
    )
    rows = ((event.id, event.date, event.agency, _text(event), "\n".join(draft.standing(event.id))) for event in draft.safe.events)
    return Table("Timeline", "Every row of the timeline, pseudonymised, in order.", columns, rows, empty="The timeline has no row.")


def _text(event: SafeEvent) -> str:
    return "\n".join(f"{label}: {said}" if label else said for label, said in labelled(event))


def _questions(safe: SafeReview) -> Table:
    columns = (
        Column("No.", 6),
        Column("Kind", 24),
        Column("Question for the author", 66),
        Column("Certainty", 11),
        Column("Period", 26),
        Column("Agencies", 24),
        Column("Rows", 18),
        Column("Rule, and what it was held against", 40),
    )
    return Table(
        "Questions",
        "Each comes from a printed rule; the author decides.",
        columns,
        _question_rows(safe),
        empty="No rule has raised a question.",
    )


def _question_rows(safe: SafeReview) -> Iterator[tuple[Value, ...]]:
    ordered = sorted(safe.findings, key=lambda each: (kind_order(each.kind), in_row_order(each.events)))
    for number, finding in enumerate(ordered, start=1):
        held = "\n".join(rule_in_words(finding))
        kind, agencies, rows = kind_in_words(finding.kind), "\n".join(finding.agencies), ", ".join(in_row_order(finding.events))
        yield number, kind, finding.question, finding.certainty, finding.period, agencies, rows, held


def _counts(safe: SafeReview) -> Table:
    note = f"Hidden by the policy “{safe.policy}”; period under review: {safe.period}."
    return Table("Counts", note, (Column("What was counted", 70), Column("Number", 14)), in_words(safe.counts))
