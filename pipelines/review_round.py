"""The round of the board's review: filled workbooks into the log before a run decides anything, a new workbook out of it when it has hidden."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.decision_lines import add_review_decisions, read_review_decisions
from pipelines.people_file import write_people
from pipelines.review import Review
from pipelines.review_contents import review_contents
from pipelines.review_files import MAIN, keep_aside, open_notes, read_workbooks
from pipelines.review_people import everyone
from pipelines.review_reading import Filled, read_filled
from pipelines.review_shown import Reviewed
from pipelines.review_statements import Statements
from reports import review_workbook
from reports.opened import check_opens
from timeline.errors import CaseError
from timeline.review_decisions import ReviewDecision, ReviewIds

STATE = "review/review.json"
_SAVE_AGAIN = f"output/review/{MAIN} cannot be read: save it again as an Excel workbook"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Every decision of the log, those of the filled workbooks with them, and what board staff should know of these, without a name.

    `workbooks` are the bytes that were read, by name: what is saved over them afterwards, the run that goes has not seen.
    """

    decisions: tuple[ReviewDecision, ...]
    workbooks: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


def take_in(review: Review, ids: ReviewIds, now: datetime | None = None) -> TakenIn:
    """Reads the filled workbooks and writes what is new into the log. A workbook that cannot be read stops nothing and is kept.

    `now` is the time of reading, the clock's where it is not given.
    """
    decisions = read_review_decisions(review.decisions_file)
    statements = Statements(decisions, _last_book(review), ids, (now or datetime.now(UTC)).replace(microsecond=0))
    workbooks = read_workbooks(review)
    new, notes = _new(workbooks, statements, lambda data: _kept_aside(review, data))
    if new:
        add_review_decisions(review.decisions_file, new)
        decisions = read_review_decisions(review.decisions_file)
    return TakenIn(decisions, workbooks, notes)


def _last_book(review: Review) -> str:
    return str(read_state(review).get("book", ""))


def _new(
    workbooks: Mapping[str, bytes], statements: Statements, unreadable: Callable[[bytes], str]
) -> tuple[list[ReviewDecision], tuple[str, ...]]:
    """The decisions of all filled workbooks that are not in the log, and what is to be told of the workbooks.

    `unreadable` gives what is told where the board's own cannot be read.
    """
    new: list[ReviewDecision] = []
    notes: list[str] = []
    for number, (file, data) in enumerate(workbooks.items(), start=1):
        name = MAIN if file == MAIN else f"workbook {number} in order of name"
        filled = _filled(data, is_main=file == MAIN)
        if isinstance(filled, Filled):
            new += statements.of(filled)
            if filled.without_id:
                notes.append(f"output/review/, {name}: {filled.without_id} decision(s) stand in rows without their id and are not read")
        elif file == MAIN:
            notes.append(unreadable(data))
        elif filled is None:
            notes.append(f"output/review/, {name}: it cannot be read; save it again as an Excel workbook, or take it away")
    return new, tuple(notes)


def _filled(data: bytes, *, is_main: bool) -> Filled | str | None:
    """What a workbook holds; "not ours" where it is another one, None where it cannot be read."""
    try:
        return read_filled(data, is_main=is_main) or "not ours"
    except Exception:  # noqa: BLE001 - openpyxl raises whatever it comes upon in a damaged file, and no file of the board stops a run
        return None


def _kept_aside(review: Review, data: bytes) -> str:
    """Keeps a copy of what is about to be written anew, and says so."""
    aside = keep_aside(data, review.output / "review")
    return f"output/review/{MAIN} could not be read and is kept as {aside}: decisions in it that no run has read are not counted"


def write_review(staged: Path, run: Reviewed, notes: Sequence[str]) -> Mapping[str, int]:
    """Writes the new workbook, people.csv and what `chronology review` tells; gives how much waits for a decision on each sheet."""
    contents = review_contents(run, notes)
    path = staged / review_workbook.FILE
    review_workbook.write(contents, path)
    check_opens(path)
    write_people(everyone(run), path.with_name("people.csv"))
    waiting = contents.open_counts()
    (staged / STATE).write_text(json.dumps({"book": contents.book, "open": dict(waiting)}) + "\n", "utf-8")
    return waiting


def read_state(review: Review) -> Mapping[str, object]:
    """What the last run wrote down of the review; empty where there is none."""
    try:
        state = json.loads((review.output / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


@dataclass(frozen=True, slots=True)
class StillOpen:
    """How many rows wait for a decision on each sheet, how many decisions wait to be read, and what else is to be told."""

    waiting: Mapping[str, int]
    unread: int
    notes: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(any(self.waiting.values()) or self.unread or self.notes)


def still_open(review: Review) -> StillOpen:
    """What waits for board staff; nothing is written. CaseError where the review has not been run."""
    state = read_state(review)
    waiting = state.get("open")
    if not isinstance(waiting, dict):
        raise CaseError("there is no review of the anonymisation yet: run the review first (chronology run)")
    log = read_review_decisions(review.decisions_file)
    statements = Statements(log, _last_book(review), ReviewIds(review.secret()), datetime.now(UTC))
    new, notes = _new(read_workbooks(review), statements, lambda _: _SAVE_AGAIN)
    return StillOpen({str(sheet): int(count) for sheet, count in waiting.items()}, len(new), (*notes, *open_notes(review)))
