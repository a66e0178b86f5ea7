"""A night's sweep through a folder of reviews: which of them have something new, and how each of these is run.

`chronology nightly --once` and Prefect's flows (pipelines/nightly/flows.py) both go this way. The reviews of one night are run here, one after
another, or handed as random ids to a function that gives each id's `Ended` (`RunAll`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.news import has_something_new, reviews_in
from pipelines.nightly.last_run import FAULT, GOOD, record_not_begun, record_nothing_new
from pipelines.nightly.review_ids import id_of, review_of
from pipelines.passwords import Passwords
from pipelines.review import Review, open_review
from pipelines.running import lines_of, run_one
from pipelines.saying import say, say_fault
from timeline.errors import ChronologyError, OutputError

if TYPE_CHECKING:
    from pipelines.passwords import Given

DONE, NEEDS_A_PERSON, COULD_NOT_RUN = 0, 1, 2
LONGEST_WAIT_SECONDS = 3600.0  # for another run of the same review: what came after that one had begun is then read by this one
type RunAll = Callable[[Path, Sequence[str]], Mapping[str, "Ended"]]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a review's run ended: the exit status that it would have as a command, and `good` or the code of the error. Plain enough for any wire."""

    status: int
    how: str = GOOD


def sweep(folder: Path, given: "Sequence[Given]" = (), run_all: RunAll | None = None) -> tuple[Ended, ...]:
    """Runs every review that has something new; how each ended that was run, or could not even be looked at.

    That the others were looked at is written down with them. OutputError where the folder holds no review.
    """
    new, failed = _something_new(folder, given)
    if run_all:
        return *failed, *_elsewhere(folder, new, run_all)
    return *failed, *(_run(folder, each, given) for each in new)


def run_by_id(folder: Path, review_id: str, given: "Sequence[Given]" = ()) -> Ended:
    """Runs the review of an id, whatever becomes of it, after another run that works on it; what it came to is said on standard error."""
    try:
        review = open_review(review_of(folder, review_id))
    except ChronologyError as error:
        return _failed("a review", error)
    return _run(folder, review, given)


def _something_new(folder: Path, given: "Sequence[Given]") -> tuple[list[Review], list[Ended]]:
    """The reviews that have something new, in order of their folders' names; and how it ended with those that could not be asked."""
    new, failed, number = [], [], 0
    for number, review in enumerate(reviews_in(folder), start=1):
        try:
            if has_something_new(review, Passwords(tuple(given))):
                new.append(review)
            else:
                record_nothing_new(review)
        except Exception as error:  # noqa: BLE001 - one review's fault never stops the others
            failed.append(_failed(f"review {number} in order of name", error))
    if not number:
        raise OutputError("no review is in this folder: name the folder that holds the reviews, each with its case.toml")
    return new, failed


def _elsewhere(folder: Path, new: Sequence[Review], run_all: RunAll) -> tuple[Ended, ...]:
    """Has the reviews run; where that cannot be done it is written down with each of them that no run works on."""
    try:
        return tuple(run_all(folder, tuple(id_of(folder, each.folder) for each in new)).values())
    except ChronologyError as error:
        for each in new:
            record_not_begun(each, error)
        raise


def _run(folder: Path, review: Review, given: "Sequence[Given]") -> Ended:
    try:
        outcome = run_one(open_review(review.folder, LONGEST_WAIT_SECONDS), given, of_many=True)
    except Exception as error:  # noqa: BLE001 - one review's fault never stops the others
        names = [each.folder.name for each in reviews_in(folder)]
        called = f"review {names.index(review.folder.name) + 1} in order of name" if review.folder.name in names else "a review"
        return _failed(called, error)
    for line in lines_of(outcome):
        say(line)
    return Ended(NEEDS_A_PERSON if outcome.needs_a_person else DONE)


def _failed(called: str, error: Exception) -> Ended:
    if isinstance(error, ChronologyError):
        say(f"{called}: {error}")
        return Ended(COULD_NOT_RUN, error.code)
    say_fault(error)
    return Ended(COULD_NOT_RUN, FAULT)
