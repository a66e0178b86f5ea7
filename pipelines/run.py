"""The one composition of the steps, from intake to report: run directly, or as the tasks of a Prefect flow (pipelines/flow.py)."""

from dataclasses import dataclass

from anonymise.hide import Known
from pipelines import steps
from pipelines.decisions import read_decisions
from pipelines.intake import intake
from pipelines.memory import read_memory, write_memory
from pipelines.news import inputs_digest, write_inputs
from pipelines.outputs import place_for_reading, put_in_place, staging
from pipelines.passwords import NO_PASSWORDS, Passwords, hashes_read_before, name_no_file
from pipelines.review import Review
from pipelines.review_round import take_in, write_review
from pipelines.runners import Runner
from timeline.errors import CaseError, LeakError
from timeline.extraction import Extraction
from timeline.inheritance import remember
from timeline.merging import merge
from timeline.review_decisions import ReviewIds


@dataclass(frozen=True, slots=True)
class BoardTold:
    """What the board's review waits for: rows to decide on, conflicts among them, and what is to be told of its workbooks."""

    waiting: int = 0
    conflicts: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, in numbers, for the last message and the exit status. `to_check` are events with a problem."""

    reference: str
    returns: tuple[Extraction, ...]
    events: int
    findings: int
    to_check: int
    board: BoardTold = BoardTold()

    @property
    def refused(self) -> int:
        """Files that could not be read."""
        return sum(each.status == "rejected" for each in self.returns)

    @property
    def unsettled(self) -> int:
        """Files of which something must be settled as a whole: nearly the same as another, or a correction of a part."""
        return sum(bool(each.problems) for each in self.returns)

    @property
    def to_mend(self) -> int:
        """Rows that no event was made of and that need a person."""
        return sum(len(each.unread) for each in self.returns)

    @property
    def needs_a_person(self) -> bool:
        """Whether some file or row needs a person, one of the board's workbooks too."""
        return bool(self.refused or self.unsettled or self.to_mend or self.to_check or self.board.conflicts or self.board.notes)


def run_review(review: Review, runner: Runner, passwords: Passwords = NO_PASSWORDS) -> Outcome:
    """Everything from intake to drafts.

    Raises ChronologyError where it could not run: every earlier document is then as it was, save that a leak still lets the new working
    documents take their place.
    """
    with review.alone(), place_for_reading(review):
        setting = steps.set_up(review)
        dropped = runner.step("intake", lambda: intake(review, setting.case))
        if passwords.must_all_be_known and (lines := passwords.lines_without(each.source.label for each in dropped)):
            raise CaseError(name_no_file(lines))
        read = runner.each(
            "extract",
            lambda each: steps.extract(setting, each, passwords.of(each.source.label)),
            dropped,
            lambda each: each.source.label,
        )
        extractions = steps.open_with_passwords(setting, dropped, read, passwords.ask, hashes_read_before(review.output))
        merged = runner.step("merge", lambda: merge(extractions, review.secret(), setting.case.kept_files))
        timeline, memory = remember(merged, read_memory(review.ids_file))
        taken = take_in(review, ReviewIds(review.secret()))
        board = steps.Board(taken.decisions, ReviewIds(review.secret()))
        recognition = runner.step("recognise", lambda: steps.recognise_all(setting, timeline))
        decided = steps.decide_all(setting, timeline, recognition, board)
        decisions = read_decisions(review.decisions_file)
        found = runner.step("find", lambda: steps.find_all(setting, timeline, decided.recognition, decisions, review.secret()))
        known = Known(verdicts=decided.passages, kinds=found.kinds, countdown=setting.countdown)
        hidden = runner.step("hide", lambda: steps.hide_all(setting, timeline, found.findings, decided.to_hide, known))
        draft = steps.Draft(decided, hidden)

        with staging(review.output) as staged:
            try:
                checked = runner.step("check", lambda: steps.check(staged, setting, timeline, found.findings, draft, board))
            except LeakError:
                steps.write_working(staged, setting, timeline, found)
                write_review(staged, steps.reviewed(setting, timeline, draft, board), taken.notes)
                put_in_place(staged, review.output, ("working", "review"))
                write_memory(memory, review.ids_file)
                raise
            runner.step("report", lambda: steps.write_working(staged, setting, timeline, found))
            waiting = write_review(staged, steps.reviewed(setting, timeline, checked, board), taken.notes)
            write_inputs(staged, inputs_digest(review, dropped, staged))
            put_in_place(staged, review.output, ("working", "review", "restricted", "anonymised"))
            write_memory(memory, review.ids_file)
    to_check = sum(bool(event.problems) for event in timeline.events)
    board_told = BoardTold(sum(waiting.values()), waiting["conflicts"], taken.notes)
    return Outcome(setting.case.reference, timeline.returns, len(timeline.events), len(found.findings), to_check, board_told)
