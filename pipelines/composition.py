"""The one composition of the steps, from what was dropped to the drafts: run directly, or as the tasks of a Prefect flow (pipelines/flow.py)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from anonymise.hiding.hide import HiddenTexts
from extractors.apart import may_fare_better, needs_password
from extractors.processes import end_readers
from pipelines import steps
from pipelines.caches import Caches, caches_of
from pipelines.decision_lines import read_decisions
from pipelines.intake import Dropped
from pipelines.memory import read_memory, write_memory
from pipelines.news import Inputs, write_last
from pipelines.outcome import BoardTold, Outcome, outcome_of
from pipelines.outputs import FOLDERS, put_in_place
from pipelines.passwords import Passwords
from pipelines.program import code_digest
from pipelines.reading import extract, must_lose_nothing, open_with_passwords, read_before
from pipelines.review import Review, StillAlone
from pipelines.review_files import MAIN
from pipelines.review_round import TakenIn, take_in, write_review
from pipelines.runners import Runner
from pipelines.setting import Setting, remembering, set_up
from timeline.errors import LeakError
from timeline.extraction import Extraction
from timeline.inheritance import remember
from timeline.merging import merge
from timeline.review_decisions import ReviewIds
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A run that has found something new: what was dropped, what the run depends on as it was before anything was read, and the passwords.

    `still_alone` is asked before anything takes its place: it raises OutputError where the run's lock was lost meanwhile.
    """

    review: Review
    dropped: Sequence[Dropped]
    inputs: Inputs
    passwords: Passwords
    still_alone: StillAlone


def run_steps(begun: Begun, runner: Runner, staged: Path) -> Outcome:
    """Every step after intake; new documents are built in `staged`, and put in their place when all are whole. Errors as `run_review`."""
    review = begun.review
    caches = caches_of(review.output, staged, review.secret())
    setting = set_up(review)
    detections = caches.name("detections", code_digest(), repr(setting.hiding.recognition.patterns))
    setting, detectors = remembering(setting, caches.key, caches.read(detections))
    returned = _read(begun, runner, setting, caches)
    merged = runner.step("merge", lambda: merge(returned, review.secret(), setting.case.kept_files))
    timeline, memory = remember(merged, read_memory(review.ids_file))
    taken = take_in(review, ReviewIds(review.secret()))
    inputs = begun.inputs.with_the_log(review)
    board = steps.Board(taken.decisions, ReviewIds(review.secret()))
    recognition = runner.step("recognise", lambda: steps.recognise_all(setting, timeline, beside=runner.beside))
    decided = steps.decide_all(setting, timeline, recognition, board)
    decisions = read_decisions(review.decisions_file)
    with runner.beside(lambda: steps.find_all(setting, timeline, decided.recognition, decisions, review.secret())) as finding:

        def find() -> tuple[HiddenTexts, steps.Found]:
            texts = steps.hide_the_texts(setting, timeline, decided.to_hide, decided.passages)
            caches.keep(detections, detectors.dump())  # while the copy still looks for findings
            return texts, finding.result()

        texts, found = runner.step("find", find)
    with runner.beside(lambda: steps.write_working(staged, setting, timeline, found)) as working:
        hidden = runner.step("hide", partial(steps.hide_the_rest, setting, texts, found.findings, found.kinds))
        del texts  # much, and not needed for the documents
        draft = steps.Draft(decided, hidden)
        with runner.beside(lambda: _write_review(staged, setting, timeline, draft, board, taken)) as reviewing:
            try:
                checked = runner.step("check", lambda: steps.check(staged, setting, timeline, found.findings, draft, board, runner.beside))
            except LeakError:
                working.result()
                reviewing.result()
                begun.still_alone()
                write_memory(memory, review.ids_file)
                put_in_place(staged, review.output, ("working", "review"), taken.workbooks.get(MAIN, b""))
                raise
            waiting = reviewing.result() if checked is draft else None
        runner.step("report", working.result)
    if waiting is None:
        waiting = _write_review(staged, setting, timeline, checked, board, taken)
        caches.keep(detections, detectors.dump())
    outcome = outcome_of(setting.case.reference, timeline, len(found.findings), _told(waiting, taken))
    begun.still_alone()
    write_memory(memory, review.ids_file)  # before the documents: they must never show an id that the review would not know again
    again, locked = _labels(returned, may_fare_better), _labels(returned, needs_password)
    write_last(review, staged, inputs.as_a_run_leaves_them(review, taken.workbooks, staged), outcome, again=again, locked=locked)
    begun.still_alone()  # once more: the new documents have been hashed since
    put_in_place(staged, review.output, tuple(FOLDERS), taken.workbooks.get(MAIN, b""))
    return outcome


def _write_review(
    staged: Path, setting: Setting, timeline: Timeline, draft: steps.Draft, board: steps.Board, taken: TakenIn
) -> Mapping[str, int]:
    return write_review(staged, steps.reviewed(setting, timeline, draft, board), taken.notes)


def _read(begun: Begun, runner: Runner, setting: Setting, caches: Caches) -> tuple[Extraction, ...]:
    """Every file as it was read, with the passwords that were given or that somebody gives when asked."""
    passwords = begun.passwords
    before = read_before(begun.review.output)
    try:
        read = runner.each("extract", lambda each: extract(setting, each, passwords.of(each.source.label), caches), begun.dropped)
        opened = open_with_passwords(setting, begun.dropped, read, passwords.ask, frozenset(before.values()))
    finally:
        end_readers()
    must_lose_nothing(opened, before.keys())
    return opened


def _labels(returned: Sequence[Extraction], holds: Callable[[Extraction], bool]) -> tuple[str, ...]:
    return tuple(each.source.label for each in returned if holds(each))


def _told(waiting: Mapping[str, int], taken: TakenIn) -> BoardTold:
    return BoardTold(waiting=sum(waiting.values()), conflicts=waiting["conflicts"], notes=taken.notes)
