"""The method statement of working documents: what was counted, how dates are placed, and what each rule looks for."""

from collections.abc import Iterator
from datetime import date

from reports.wording import counted, day_in_words, listed
from reports.working import Working
from timeline.countdown import KIND

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

_NO_NUMBER = "no number is set for this place (rapid-review under [timescales.numbers] of case.toml)"


def method_rows(working: Working) -> Iterator[tuple[str, str]]:
    """(what it is about, what holds) for each part of the method statement."""
    returns, case = working.timeline.returns, working.case
    seen, unread, ignored = (
        sum(numbers) for numbers in zip((0, 0, 0), *((e.seen, len(e.unread), len(e.ignored)) for e in returns), strict=True)
    )
    yield "Period under review", f"{day_in_words(case.period_start)} to {day_in_words(case.period_end)}, both days included."
    yield from _countdown(working)
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


def _countdown(working: Working) -> Iterator[tuple[str, str]]:
    """The time of a rapid review's panel, working day by working day."""
    case, countdown = working.case, working.countdown
    if case.kind != KIND:
        return
    if countdown is None:
        missing = "case.toml gives no day of the referral (referred_on)" if case.referred_on is None else _NO_NUMBER
        yield "Countdown of the rapid review", f"It cannot be counted: {missing}."
        return
    days = (f"{number}: {_weekday(day)}" for number, day in enumerate(countdown.days, start=1))
    place = countdown.calendar.place
    holidays = listed([_weekday(day) for day in countdown.holidays])
    left = f" Bank holidays left out ({place}): {holidays or 'none'}." if place else " No place is set: weekends alone are left out."
    yield (
        "Countdown of the rapid review",
        (
            f"The referral was received on {_weekday(countdown.referred_on)}; {countdown.timescale.within} from then, that day not counted, end on "
            f"{_weekday(countdown.last_day)}. Source: {countdown.timescale.source_in_words}.{left} Working days: {'; '.join(days)}."
        ),
    )


def _weekday(day: date) -> str:
    return f"{day:%A} {day_in_words(day)}"
