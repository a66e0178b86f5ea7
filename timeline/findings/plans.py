"""Plans: when a child was on a protection plan, in need, or looked after, as the rows tell it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence

STATUSES = ("protection", "need", "looked-after")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of one kind (a name of STATUSES): from the day it began to the day it ended, None while it runs, with the rows that say so."""

    status: str
    since: date
    until: date | None
    events: tuple[str, ...]

    def runs_on(self, day: date) -> bool:
        """Whether it ran on the day; the day it ended no longer counts."""
        return self.since <= day and (self.until is None or day < self.until)


def plans(evidence: Evidence) -> Mapping[str, tuple[Plan, ...]]:
    """The plans by status, in order of time, read from rules/cues/plans.toml; a plan that is never said to end runs to the period's end.

    The review is read as one family: where one child's plan ends before another's, the last end counts.
    """
    return evidence.once(_by_status)


def _by_status(evidence: Evidence) -> Mapping[str, tuple[Plan, ...]]:
    return {status: tuple(_plans(evidence, status)) for status in STATUSES}


def _plans(evidence: Evidence, status: str) -> Iterator[Plan]:
    began: tuple[date, str] | None = None
    begins, finishes = f"plans.{status}-starts", f"plans.{status}-ends"
    for account in evidence.saying(begins, finishes):
        day = account.event.when.earliest
        if day is None or account.event.when.width_days != 0:
            continue
        starts, ends = _says(account, begins), _says(account, finishes)
        if began is None and starts and not ends:
            began = (day, account.event.id)
        elif began and ends and not _says(account, "plans.continues") and day > began[0]:
            yield Plan(status, began[0], day, (began[1], account.event.id))
            began = None
    if began:
        yield Plan(status, began[0], None, (began[1],))


def _says(account: Account, name: str) -> bool:
    return any(cue.plain for cue in account.cued(name))
