"""The method statement of working documents: what was counted, how dates are placed, and what each rule looks for."""

from collections.abc import Iterator

from reports.wording import counted, day_in_words
from reports.working import Working

_HOLDS = (
    (
        "Order",
        (
            "Rows stand by the first day that their date can mean, then by time. A date is shown as uncertain as it was written: "
            "a month is not made a day, and “about” or “possibly” stays. What was assumed is said beside the row."
        ),
    ),
    (
        "Text",
        "Each row's words are the agency's own, cell by cell with the agency's own headings; nothing is shortened or put in other words.",
    ),
    ("Row numbers", "Numbers count the rows of this run and change when returns change. The id of a row comes from its content and stays."),
    ("Questions", "A finding is a question that a printed rule raised about rows. It is no finding of the review: a person decides."),
    ("Colours", "Each agency has a tint so that rows are found quickly; its name always stands beside it."),
    (
        "Long texts and signs",
        (
            "A text longer than a spreadsheet cell can hold goes on in the next row, which says so; a row of a spreadsheet grows no "
            "taller than 409 points, so click into a very long cell to read all of it. "
            "A character that no document may hold is shown as a sign (such as ␇ or �)."
        ),
    ),
    (
        "What it cannot know",
        "A row that no agency wrote is not here. Silence in this timeline is silence in the chronologies that were sent.",
    ),
)


def method_rows(working: Working) -> Iterator[tuple[str, str]]:
    """(what it is about, what holds) for each part of the method statement."""
    returns, case = working.timeline.returns, working.case
    seen, unread, ignored = (
        sum(numbers) for numbers in zip((0, 0, 0), *((e.seen, len(e.unread), len(e.ignored)) for e in returns), strict=True)
    )
    yield "Period under review", f"{day_in_words(case.period_start)} to {day_in_words(case.period_end)}, both days included."
    yield "Agencies asked", ", ".join(agency.name for agency in case.agencies) or "none"
    yield (
        "Rows",
        (
            f"{counted(seen, 'row')} seen in {counted(len(returns), 'file')}: {counted(len(working.timeline.events), 'event')}, "
            f"{unread:,} unread (sheet To mend), {ignored:,} set aside (sheet Set aside)."
        ),
    )
    yield from _HOLDS
    yield (
        "Thresholds",
        f"A silence is shown when it is longer than {case.silence_days} days (all agencies) or {case.agency_silence_days} days (one agency).",
    )
    for name, says in working.methods:
        yield f"Rule: {name}", " ".join(says.split())
