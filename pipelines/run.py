"""When a review is run, and when nothing is new: what the steps need (pipelines/composition.py) is loaded when something is."""

from anonymise.detecting.apart import load_ahead
from pipelines.case_file import read_case
from pipelines.intake import intake
from pipelines.news import Inputs, last_outcome, may_hold_new_texts
from pipelines.nightly.last_run import recorded
from pipelines.outcome import Outcome
from pipelines.outputs import place_for_reading, settle, staging
from pipelines.passwords import NO_PASSWORDS, Passwords, name_no_file
from pipelines.release.closing import must_be_open
from pipelines.review import Review, StillAlone
from pipelines.review_files import open_notes
from pipelines.runners import Runner
from timeline.collecting import collecting_later
from timeline.errors import CaseError


def run_review(review: Review, runner: Runner, passwords: Passwords = NO_PASSWORDS) -> Outcome:
    """Everything from intake to drafts; nothing, where the documents are as a run would make them.

    Raises ChronologyError where it could not run: every earlier document is then as it was, save that a leak still lets the new working
    documents take their place.
    """
    with review.alone() as still_alone:
        must_be_open(review)
        with recorded(review), place_for_reading(review):
            return _run(review, runner, passwords, still_alone).with_notes(open_notes(review))


def _run(review: Review, runner: Runner, passwords: Passwords, still_alone: StillAlone) -> Outcome:
    settle(review.output)
    case = read_case(review.case_file)
    dropped = runner.step("intake", lambda: intake(review, case))
    if passwords.must_all_be_known and (lines := passwords.lines_without(each.source.label for each in dropped)):
        raise CaseError(name_no_file(lines))
    inputs = Inputs.of(review, dropped)
    if last := last_outcome(review, inputs, passwords):
        return last
    if may_hold_new_texts(review, inputs):
        load_ahead()
    from pipelines.composition import Begun, run_steps

    begun = Begun(review=review, dropped=dropped, inputs=inputs, passwords=passwords, still_alone=still_alone)
    with staging(review.output) as staged, collecting_later():
        return run_steps(begun, runner, staged)
