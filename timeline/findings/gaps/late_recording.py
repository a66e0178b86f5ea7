"""Late recording: a row that was written down long after the event."""

from collections.abc import Iterator
from datetime import date

from timeline.dates_in_text import dates_within
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.spans import day_in_words


def late_recording(evidence: Evidence) -> Iterator[Finding]:
    """A row was recorded more than a set number of working days after its event, by its column for that date or by its own words.

    Counted in the review's working days from the last day that the event can mean, so that it is certain where a date stands in the column.
    Words such as "retrospective entry" (rules/cues/recording.toml) make it possible, with the days where a date follows them. A recording
    dated before its event is left to the row's own checks.
    """
    for account in evidence.accounts:
        if by_column := _by_column(account):
            if _working_days(evidence, account, by_column) > evidence.case.recording_working_days:
                yield _finding(evidence, account, by_column, in_words=False)
        elif words := next((cue for cue in account.cued("recording.late") if not (cue.denied or cue.planned)), None):
            yield _finding(evidence, account, _date_after(account, words.start, words.sentence), in_words=True)


def _by_column(account: Account) -> date | None:
    """The first day that the date in the column for recording can mean; None where there is none, or it is vague."""
    for cell in account.event.cells:
        if cell.meaning == "date_recorded":
            found = next(dates_within(account.event.text[cell.start : cell.end]), None)
            return found[2].earliest if found and found[2].width_days == 0 else None
    return None


def _date_after(account: Account, start: int, sentence: int) -> date | None:
    """The day named after the words in their sentence, where it is later than the event."""
    end = max((word.end for word in account.words if word.sentence == sentence), default=start)
    latest = account.event.when.latest
    days = [when.earliest for _, _, when in dates_within(account.event.text[start:end]) if when.width_days == 0]
    return next((day for day in days if day and latest and day > latest), None)


def _working_days(evidence: Evidence, account: Account, recorded: date) -> int:
    latest = account.event.when.latest
    return evidence.calendar.between(latest, recorded) if latest and recorded > latest else 0


def _finding(evidence: Evidence, account: Account, recorded: date | None, *, in_words: bool) -> Finding:
    event, limit = account.event, evidence.case.recording_working_days
    since = event.when.latest
    days = (recorded - since).days if since and recorded else None
    how = f"{days} days after it, on {day_in_words(recorded)}" if recorded and days is not None else "long after it, by its own words"
    unsure = in_words or event.when.edtf[-1] in "~?%" or bool(event.when.assumed or event.problems)
    return Finding(
        id=finding_id("late-recording", event.id),
        kind="late-recording",
        events=(event.id,),
        agencies=(event.agency,),
        since=since,
        until=recorded or event.when.latest,
        days=days,
        certainty="possible" if unsure else "certain",
        rule=f"late-recording: more than {limit} working days from the event to the entry, or words which say so",
        standard=f"{limit} working days",
        source="[findings] recording_working_days of case.toml, or its default: five for what is neither critical nor a visit (Liverpool)",
        question=f"{event.agency} recorded this event {how}. What was written at the time, and what does the entry rest on?",
        more={"by": "words" if in_words else "column"},
    )
