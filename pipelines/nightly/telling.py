"""How reviews stand, in words: counts, references and agencies' folders, no name."""

from collections import Counter
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from pipelines.nightly.board_clock import ELSEWHERE, clock_in_words
from pipelines.nightly.last_run import GOOD
from pipelines.nightly.status import FAILED, IN_ORDER, MISSING, RETURNED, WAITS, AgencyReturn, Asked, ReviewStatus, Runs
from pipelines.outcome import Outcome
from reports.page.model import StatusPage, StatusRow
from reports.wording import counted, day_in_words

_STANDS = {IN_ORDER: "in order", WAITS: "waits for a person", FAILED: "its last run failed"}
_WHY = {
    "case": "case.toml, people.csv, a rule or the intake folder is not in order",
    "file": "a file could not be read",
    "count": "the count of rows did not add up",
    "leak": "a known name was still in the new drafts, which were thrown away",
    "output": "the documents could not be written",
    "report": "the author's report could not be taken",
    "stopped": "it was stopped",
    "fault": "a fault of the program",
    "error": "it could not be run",
}


def page_of(found: Sequence[ReviewStatus], asked: Asked) -> StatusPage:
    """All that is shown, in words; the terminal and the page show the same."""
    return StatusPage(summary_of(found), clock_in_words(asked.now, one_zone(found)), tuple(row_of(each) for each in found))


def lines_of(page: StatusPage) -> Iterator[str]:
    """The list of reviews for a terminal: how all of them stand, then each with what is to be said of it."""
    yield page.summary
    for row in page.rows:
        yield f"{row.review}: {row.stands}"
        for what, said in (("agencies", row.agencies), ("to do", row.to_do), ("runs", row.runs)):
            if said:
                yield f"    {what}: {'; '.join(said)}"


def summary_of(found: Sequence[ReviewStatus]) -> str:
    """How many reviews stand how: `5 reviews: 1 failed, 2 wait for a person, 1 in order, 1 closed`."""
    levels = Counter(each.level for each in found if not each.closed_on)
    closed = sum(bool(each.closed_on) for each in found)
    wait = "waits" if levels[WAITS] == 1 else "wait"
    parts = ((levels[FAILED], "failed"), (levels[WAITS], f"{wait} for a person"), (levels[IN_ORDER], "in order"), (closed, "closed"))
    return f"{counted(len(found), 'review')}: {', '.join(f'{count} {what}' for count, what in parts if count)}"


def row_of(status: ReviewStatus) -> StatusRow:
    """A review in words."""
    called = status.reference or f"review {status.number} in order of name"
    if status.closed_on:
        return StatusRow(review=called, stands=f"closed on {status.closed_on}", waits=False)
    if status.runs is None:
        return StatusRow(review=called, stands=status.problem, waits=True)
    return StatusRow(
        review=called,
        stands=_standing(status),
        waits=status.level != IN_ORDER,
        agencies=tuple(_agencies(status.agencies)),
        to_do=tuple(to_do(status.runs.told)),
        runs=tuple(_runs(status.runs, status.zone)),
    )


def _standing(status: ReviewStatus) -> str:
    runs = status.runs
    if status.level == FAILED and runs is not None and runs.too_old and not runs.last_failed:
        return "has had no good run for too long"
    return _STANDS[status.level]


def to_do(told: Outcome | None) -> Iterator[str]:
    """What waits for a person in what a run found, in counts."""
    if told is None:
        return
    counts = (
        (told.refused, counted(told.refused, "file") + " refused"),
        (told.unsettled, counted(told.unsettled, "file") + " to check"),
        (told.to_mend, counted(told.to_mend, "row") + " to mend"),
        (told.to_check, counted(told.to_check, "event") + " to check"),
        (told.board.waiting, counted(told.board.waiting, "decision") + " open"),
        (told.board.conflicts, f"{told.board.conflicts} of them in conflict"),
        (len(told.board.notes), counted(len(told.board.notes), "remark") + " on the board's workbooks"),
    )
    yield from (words for count, words in counts if count)


def _agencies(agencies: Sequence[AgencyReturn]) -> Iterator[str]:
    returned = sum(each.state == RETURNED for each in agencies)
    yield f"{returned} of {len(agencies)} returned"
    alike: dict[str, list[str]] = {}
    for each in agencies:
        if each.state != RETURNED:
            asked = f"asked on {day_in_words(each.asked_on)}" if each.asked_on else ""
            alike.setdefault(", ".join(words for words in (each.state, _due(each), asked) if words), []).append(each.folder)
    yield from (f"{', '.join(folders)}: {words}" for words, folders in alike.items())


def _due(agency: AgencyReturn) -> str:
    left = agency.days_left
    if agency.due_on is None or left is None:
        return "no day set" if agency.state == MISSING else ""
    when = "due today" if left == 0 else f"{counted(left, 'day')} left" if left > 0 else f"{counted(-left, 'day')} overdue"
    return when if left == 0 else f"{when} (due on {day_in_words(agency.due_on)})"


def _runs(runs: Runs, zone: ZoneInfo) -> Iterator[str]:
    last = runs.last
    if last is None:
        yield "none recorded yet" if runs.expected else "none, for no file has come"
        return
    yield f"last good run {clock_in_words(last.good_at, zone)}" if last.good_at else "none was good yet"
    if runs.at_work:
        yield f"at work since {clock_in_words(last.began_at, zone)}"
    elif runs.was_cut_off:
        yield f"the one begun {clock_in_words(last.began_at, zone)} was cut off"
    elif last.how != GOOD and runs.expected and last.ended_at is not None:
        yield f"the last one failed {clock_in_words(last.ended_at, zone)}: {_WHY[last.how]}"
    if runs.is_lost:
        yield "what it told is lost: run the review again"


def one_zone(found: Sequence[ReviewStatus]) -> ZoneInfo:
    """The clock of the list: that of its first review that could be read."""
    return next((each.zone for each in found if each.runs is not None), ELSEWHERE)
