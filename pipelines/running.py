"""One review, run as a command or a night runs it, and what is said of it: lines for a log, without a name or a text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.errors import ChronologyError

if TYPE_CHECKING:
    from pipelines.outcome import Outcome
    from pipelines.passwords import Given
    from pipelines.review import Review


def run_one(review: "Review", given: "Sequence[Given]" = (), *, of_many: bool = False) -> "Outcome":
    """One review, recorded by Prefect where a server is set, directly where none is. Errors as `run_review`."""
    from pipelines import prefect_settings
    from pipelines.passwords import Passwords, ask_password, somebody_is_there
    from pipelines.progress import progress_for
    from pipelines.run import run_review
    from pipelines.runners import DirectRunner

    with progress_for(_called(review)) as progress:
        passwords = Passwords(
            tuple(given), lambda label: progress.aside(lambda: ask_password(label)), must_all_be_known=not of_many, asks=somebody_is_there()
        )
        if not prefect_settings.server_is_set():
            return run_review(review, DirectRunner(progress), passwords)
        prefect_settings.settle()
        from pipelines.flow import run_as_flow

        return run_as_flow(review, progress, passwords)


def _called(review: "Review") -> str:
    from pipelines.case_file import read_case

    try:
        return read_case(review.case_file).reference
    except ChronologyError:
        return "review"  # the run says what is wrong, and that it failed is written down


def lines_of(outcome: "Outcome") -> Iterator[str]:
    """What a run came to, a line each: the files, the counts, what is open."""
    for each in outcome.returns:
        counts = f"{each.events} events, {each.unread} unread, {each.ignored} set aside"
        yield f"{each.label}: {each.status}, {counts if each.status == 'read' else each.reason}"
    yield f"{outcome.reference}: {outcome.events} events, {outcome.findings} findings"
    if not outcome.is_new:
        yield f"{outcome.reference}: nothing is new since these documents were made"
    for note in outcome.board.notes:
        yield f"{outcome.reference}: {note}"
    if outcome.board.waiting:
        conflicts = f", {outcome.board.conflicts} of them in conflict" if outcome.board.conflicts else ""
        yield f"{outcome.reference}: {outcome.board.waiting} to decide{conflicts}: see output/review/anonymisation-review.xlsx"
    needs = (
        (outcome.refused, "file(s) could not be read"),
        (outcome.unsettled, "file(s) to check"),
        (outcome.to_mend, "row(s) to mend"),
        (outcome.to_check, "event(s) to check"),
    )
    if any(count for count, _ in needs):
        yield f"{outcome.reference}: {', '.join(f'{count} {what}' for count, what in needs if count)}: see output/working/timeline.xlsx"
