"""What is dropped into reviews: which changes in the folder of reviews may call for a run, and when everything has stood still long enough."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change

from pipelines.news import has_something_new, reviews_in, workbooks_digest, workbooks_left
from pipelines.nightly.review_ids import id_of
from pipelines.passwords import Given, Passwords
from pipelines.review import Review, open_review
from pipelines.review_files import is_open_elsewhere
from pipelines.saying import say, say_fault
from timeline.errors import ChronologyError

_LOCKS = ("~$", ".~lock.")
_TEMPORARY = (".tmp", ".part", ".partial", ".crdownload", ".filepart", "~")
_WRITTEN_BY_RUNS = frozenset({"output", "record", "published", "archive"})
type Changed = tuple[Change, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """A review's folder by its name, and whether it was touched otherwise than by saving the board's workbooks."""

    review: str
    by_intake: bool


def touched(folder: Path, change: Change, path: str) -> Touched | None:
    """Which review a change may call a run for; None for temporary files, and for what runs and commands write themselves.

    A run depends on what lies in intake/, case.toml, the cast list and the board's templates, wherever these lie, and on the workbooks in
    output/review/. These count when saved, and when the office program that had one open gives it free.
    """
    parts = Path(path).relative_to(folder).parts
    if not parts or parts[0].startswith("."):
        return None
    name = parts[-1]
    if parts[1:2] and parts[1] in _WRITTEN_BY_RUNS:
        given_free = change is Change.deleted and name.startswith(_LOCKS)
        is_workbook = name.casefold().endswith(".xlsx") and not _is_temporary(name)
        return Touched(parts[0], by_intake=False) if parts[1:3] == ("output", "review") and (given_free or is_workbook) else None
    return None if len(parts) > 1 and _is_temporary(name) else Touched(parts[0], by_intake=True)


def _is_temporary(name: str) -> bool:
    """Whether a file is an office program's own, hidden, or one that is still being fetched."""
    return name.startswith((*_LOCKS, ".")) or name.casefold().endswith(_TEMPORARY)


class Drops:
    """The reviews that were touched and wait until nothing in them moves; each then gets a run where it has something new."""

    def __init__(self, folder: Path, start: Callable[[str], bool], quiet_seconds: float, given: tuple[Given, ...] = ()) -> None:
        """`start` begins the run of a review by its id; where it gives False it is asked again after another quiet time."""
        self._folder = folder
        self._start = start
        self._quiet_seconds = quiet_seconds
        self._passwords = Passwords(given)
        self._waiting: dict[str, tuple[float, bool]] = {}
        self._begun_with: dict[str, str] = {}

    def look_at_all(self, now: float) -> None:
        """Every review counts as touched: something may have come while nobody watched."""
        for review in reviews_in(self._folder):
            self._waiting[review.folder.name] = (now, True)

    def note(self, changes: Iterable[Changed], now: float) -> None:
        """Takes in what changed; `now` in seconds of any steady clock."""
        for change, path in changes:
            # polling tells of a folder for whatever changes in it, temporary files too
            if change is Change.modified and os.path.isdir(path):  # noqa: PTH112 - False where it may not be entered
                continue
            if found := touched(self._folder, change, path):
                _, by_intake = self._waiting.get(found.review, (now, False))
                self._waiting[found.review] = (now, by_intake or found.by_intake)

    def start_what_is_due(self, now: float) -> None:
        """Starts a run of each review that has stood still and has something new; one that a run works on is looked at again afterwards."""
        for name, (since, by_intake) in list(self._waiting.items()):
            if now - since < self._quiet_seconds:
                continue
            path = self._folder / name
            is_review = os.path.isfile(path / "case.toml")  # noqa: PTH113 - as above; it may be none yet, or gone
            if not is_review or self._is_settled(path, by_intake=by_intake):
                del self._waiting[name]
            else:
                self._waiting[name] = (now, by_intake)

    def _is_settled(self, path: Path, *, by_intake: bool) -> bool:
        """Starts a run of a review where one is due; False where it has to be looked at again."""
        try:
            review = open_review(path)
            if review.is_at_work():
                return False
            workbooks = workbooks_digest(review)
            return not self._calls_for_a_run(review, workbooks, by_intake=by_intake) or self._has_begun(review, workbooks)
        except ChronologyError as error:
            say(f"a review that was changed: {error}")
        except Exception as error:  # noqa: BLE001 - one review's fault never stops the watch over the others; the night looks at it again
            say_fault(error)
        return True

    def _calls_for_a_run(self, review: Review, workbooks: str, *, by_intake: bool) -> bool:
        """Whether a run is due. Workbooks alone call for one where the board has saved something into them and has closed them.

        A run that fails leaves workbooks too, so those that one began with or left do not count again.
        """
        seen = (workbooks_left(review), self._begun_with.get(review.folder.name))
        if not by_intake and (is_open_elsewhere(review) or workbooks in seen):
            return False
        return has_something_new(review, self._passwords)

    def _has_begun(self, review: Review, workbooks: str) -> bool:
        """Starts a run; only one that has begun counts as having begun with these workbooks."""
        if begun := self._start(id_of(self._folder, review.folder)):
            self._begun_with[review.folder.name] = workbooks
        return begun
