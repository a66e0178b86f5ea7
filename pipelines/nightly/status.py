"""How each review of a folder stands in the morning; only read, and one that cannot be read stops none of the others."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.case_file import read_case
from pipelines.intake import files_by_folder
from pipelines.news import read_last, reviews_in
from pipelines.nightly.board_clock import ELSEWHERE, zone_of
from pipelines.nightly.last_run import GOOD, LastRun, read_last_run
from pipelines.outcome import Outcome, from_record
from pipelines.release.closing import closing_line
from pipelines.review import Review
from timeline.case import Agency, Case
from timeline.errors import ChronologyError, OutputError

IN_ORDER, WAITS, FAILED = 0, 1, 2
RETURNED, TO_READ, UNREADABLE, MISSING = "returned", "to be read", "unreadable", "missing"
_CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AgencyReturn:
    """Whether an agency has returned: by its folder, for its name may be a person's.

    `to be read` is one of whom something came after the last good run, `unreadable` one of whose files none could be read. `days_left` counts
    to the day it is due: 0 on that day, less than 0 after it, None where no day is set.
    """

    folder: str
    state: str
    asked_on: date | None
    due_on: date | None
    days_left: int | None

    @property
    def waits(self) -> bool:
        """Whether somebody should ask the agency: nothing readable came, and its day is over, or none is set."""
        return self.state in (UNREADABLE, MISSING) and (self.days_left is None or self.days_left < 0)


@dataclass(frozen=True, slots=True)
class Runs:
    """The last run, whether it is at work now, what the last good one told (None where that is not known), and whether that was too long ago.

    `expected` is False of a review that no agency has sent anything to and no run has made anything of: there is nothing to run.
    """

    last: LastRun | None
    at_work: bool
    told: Outcome | None
    too_old: bool
    expected: bool

    @property
    def was_cut_off(self) -> bool:
        """Whether the last run was ended from outside, so that it could not even say so."""
        return self.last is not None and self.last.ended_at is None and not self.at_work

    @property
    def last_failed(self) -> bool:
        """Whether the last run ended otherwise than well."""
        return self.was_cut_off or (self.last is not None and self.last.ended_at is not None and self.last.how != GOOD)

    @property
    def is_lost(self) -> bool:
        """Whether a run was good and what it told cannot be read any more."""
        return self.told is None and self.last is not None and self.last.good_at is not None

    @property
    def failed(self) -> bool:
        """Whether the last run failed, none has been good for too long, or what the last good one told is lost."""
        return self.expected and (self.last_failed or self.too_old or self.is_lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatus:
    """A review: its number in order of name, its reference, its agencies and runs, and the clock of its board.

    `closed_on` is the day of its closing; `problem` is why it could not be read, and then there is nothing else.
    """

    number: int
    reference: str = ""
    zone: ZoneInfo = ELSEWHERE
    agencies: tuple[AgencyReturn, ...] = ()
    runs: Runs | None = None
    closed_on: str = ""
    problem: str = ""

    @property
    def level(self) -> int:
        """IN_ORDER, WAITS for a person, or FAILED."""
        if self.closed_on:
            return IN_ORDER
        if self.problem or self.runs is None or self.runs.failed:
            return FAILED
        told = self.runs.told
        to_do = told is not None and (told.needs_a_person or told.board.waiting > 0)
        return WAITS if to_do or any(each.waits for each in self.agencies) else IN_ORDER


@dataclass(frozen=True, slots=True)
class Asked:
    """When the statuses are asked for, and how long ago a review's last good run may be."""

    now: datetime
    older_than: timedelta

    def is_too_old(self, since: datetime) -> bool:
        """Whether this is longer ago; a time that is yet to come, as a wrong clock writes it, says nothing and counts as too old."""
        return not self.now - self.older_than <= since <= self.now + _CLOCKS_DIFFER


def statuses(folder: Path, asked: Asked) -> tuple[ReviewStatus, ...]:
    """The status of every review of a folder, in order of name; OutputError where there is none."""
    if not folder.is_dir():
        raise OutputError("there is no such folder: name the folder that holds the reviews")
    found = tuple(status_of(review, number, asked) for number, review in enumerate(reviews_in(folder), start=1))
    if not found:
        raise OutputError("no review is in this folder: name the folder that holds the reviews, each with its case.toml")
    return found


def status_of(review: Review, number: int, asked: Asked) -> ReviewStatus:
    """How a review stands; whatever is wrong with it is its `problem`."""
    try:
        closed = closing_line(review.decisions_file)
        if closed is not None:
            return ReviewStatus(number=number, reference=_reference(review), closed_on=str(closed.record.get("written", ""))[:10])
        return _of_open(review, number, read_case(review.case_file), asked)
    except ChronologyError as error:
        return ReviewStatus(number=number, problem=str(error))
    except Exception as error:  # noqa: BLE001 - a fault of the program with one review; its message may quote a chronology and is not told
        return ReviewStatus(
            number=number, problem=f"a fault of the program ({type(error).__name__}): run the review, and report what it says"
        )


def _reference(review: Review) -> str:
    try:
        return read_case(review.case_file).reference
    except ChronologyError:
        return ""  # closed, so that nobody needs to mend it


def _of_open(review: Review, number: int, case: Case, asked: Asked) -> ReviewStatus:
    zone = zone_of(case)
    files = files_by_folder(review)
    runs = _runs(review, [path for paths in files.values() for path in paths], asked)
    today = asked.now.astimezone(zone).date()
    agencies = tuple(_returned(agency, files, runs.told, today) for agency in case.agencies)
    return ReviewStatus(number=number, reference=case.reference, zone=zone, agencies=agencies, runs=runs)


def _returned(agency: Agency, files: Mapping[str, Sequence[Path]], told: Outcome | None, today: date) -> AgencyReturn:
    came = len(files.get(agency.folder, ()))
    known = [each for each in (told.returns if told else ()) if each.label.rpartition("/")[0] == agency.folder]
    if not came:
        state = MISSING
    elif any(each.status == "read" for each in known):
        state = RETURNED
    else:
        state = TO_READ if came > len(known) else UNREADABLE
    days_left = (agency.due_on - today).days if agency.due_on else None
    return AgencyReturn(agency.folder, state, agency.asked_on, agency.due_on, days_left)


def _runs(review: Review, files: Sequence[Path], asked: Asked) -> Runs:
    last, at_work = read_last_run(review), False
    if last is not None and last.ended_at is None:
        at_work = review.is_at_work()
        last = last if at_work else read_last_run(review)  # it may have ended meanwhile
    told = _told(review)
    good = last.good_at if last else None
    waiting_since = good or min(_came(files), default=None)
    too_old = waiting_since is not None and asked.is_too_old(waiting_since)
    return Runs(last, at_work, told, too_old, expected=bool(files or told))


def _told(review: Review) -> Outcome | None:
    """What the last good run told; None where there was none, or its record is damaged."""
    try:
        kept = read_last(review)
        return from_record(kept["outcome"]) if kept else None
    except (KeyError, TypeError):
        return None


def _came(files: Sequence[Path]) -> Iterator[datetime]:
    """When each file came to lie where it is: its own times may be those of the agency's disk."""
    for path in files:
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed
            yield datetime.fromtimestamp(path.lstat().st_ctime, UTC)
