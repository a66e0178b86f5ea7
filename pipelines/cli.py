"""The `chronology` command."""

import argparse
import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.nightly import serve_command, status_command
from pipelines.release import check_command, signing_commands
from pipelines.saying import say, say_fault
from timeline.errors import ChronologyError, OutputError

if TYPE_CHECKING:
    from pipelines.outcome import Outcome

DONE, NEEDS_A_PERSON, COULD_NOT_RUN = 0, 1, 2
_PASSWORDS = "a file, readable by you alone, with lines such as: hospital/3 = its password; hospital = one tried on all of that folder"
_OPEN = "exit status: 0 nothing is open; 1 something is; 2 could not tell"
_PUBLISHED = "exit status: 0 published, or the decision recorded; 1 something is missing, and nothing was published; 2 could not"
_STATUSES = "exit status: 0 done; 1 done, and some file or row needs a person; 2 could not run"


atexit.register(gc.freeze)  # nothing is searched at the end for what may go: with all words of a review in caches it took seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status. Messages go to standard error, one line each, and hold no name and no text of a chronology."""
    os.umask(0o077)
    options = _parser().parse_args(arguments)
    try:
        with _stopped_in_order():
            return int(options.run(options))
    except ChronologyError as error:
        say(str(error))
    except KeyboardInterrupt as stopped:
        say("stopped; the earlier documents are as they were")
        return 128 + (stopped.number if isinstance(stopped, _Stopped) else signal.SIGINT)
    except Exception as error:  # noqa: BLE001 - a fault of the program: its place is told, its message may quote a chronology and is not
        say_fault(error)
    return COULD_NOT_RUN


class _Stopped(KeyboardInterrupt):
    """The system asked us to end: everything is put away as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Turns the signals that would end this process where it stands into an orderly end; those that are ignored stay so (nohup)."""

    def stop(number: int, _: object) -> None:
        raise _Stopped(number)

    is_main = threading.current_thread() is threading.main_thread()
    taken = [each for each in (signal.SIGTERM, signal.SIGHUP) if is_main and signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chronology",
        epilog=_STATUSES,
        description="Merges agencies' chronologies into one timeline, finds gaps and overlaps, and drafts anonymised summaries.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="everything from the intake folder to the drafts, for one review", epilog=_STATUSES)
    run.add_argument("review", type=Path, help="the review's folder")
    run.add_argument(
        "--passwords",
        type=Path,
        help=_PASSWORDS,
    )
    run.set_defaults(run=_run)
    nightly = commands.add_parser("nightly", help="runs every review of a folder that has something new", epilog=_STATUSES)
    nightly.add_argument("folder", type=Path, help="the folder of reviews")
    nightly.add_argument("--once", action="store_true", required=True, help="run once and end (for cron)")
    nightly.add_argument("--passwords", type=Path, help=f"{_PASSWORDS}; tried in every review")
    nightly.set_defaults(run=_nightly)
    new = commands.add_parser("new", help="makes the folder of a new review, with the blank template that agencies fill in")
    _new_options(new)
    new.set_defaults(run=_new)
    decide = commands.add_parser("decide", help="writes down what was decided on a finding; the next run shows it", epilog=_STATUSES)
    _decide_options(decide)
    decide.set_defaults(run=_decide)
    review = commands.add_parser("review", help="tells what the board still has to decide in the review of the anonymisation", epilog=_OPEN)
    review.add_argument("review", type=Path, help="the review's folder")
    review.set_defaults(run=_review)
    formats = commands.add_parser("formats", help="lists the formats that this machine can read")
    formats.set_defaults(run=_formats)
    check_command.add_command(commands)
    signing_commands.add_commands(commands)
    publish = commands.add_parser("publish", help="publishes the signed document, or tells everything that is missing", epilog=_PUBLISHED)
    _publish_options(publish)
    publish.set_defaults(run=_publish)
    serve_command.add_command(commands)
    status_command.add_command(commands)
    return parser


def _new_options(new: argparse.ArgumentParser) -> None:
    new.add_argument("review", type=Path, help="the folder to make")
    new.add_argument("--kind", required=True, help="scr, rapid-review, sar, lcspr, cpr, dhr or learning-review")
    new.add_argument("--reference", required=True, help="the board's reference, without a name in it")
    new.add_argument("--title", default="", help="the title; left to be filled in where it is not given")
    new.add_argument("--jurisdiction", default=None, help="jersey, england, wales, scotland, northern-ireland, guernsey or isle-of-man")
    new.add_argument("--agency", action="append", default=[], metavar="NAME=FOLDER", help="an agency and its folder; may be given again")


def _decide_options(decide: argparse.ArgumentParser) -> None:
    decide.add_argument("review", type=Path, help="the review's folder")
    decide.add_argument("finding", help="the finding's id, as working/timeline.xlsx shows it; its first characters will do")
    decide.add_argument("verdict", help="accept, dismiss, note (a remark alone) or reopen")
    decide.add_argument("--why", default="", help="the reason or remark, kept with it")
    decide.add_argument("--by", default="", help="who decided; this account's name where it is not given")
    decide.add_argument("--rows", nargs=2, metavar="EVENT", default=(), help="of a same-event finding: the link of these two rows alone")


def _publish_options(publish: argparse.ArgumentParser) -> None:
    publish.add_argument("review", type=Path, help="the review's folder")
    publish.add_argument("--report", type=Path, help="the Word document that was signed off")
    publish.add_argument("--kind", default="", help="overview, learning or rapid")
    publish.add_argument("--decision", default="", help="what the board decided: publish, learning-report or nothing")
    publish.add_argument("--why", default="", help="the board's reason")
    publish.add_argument("--despite-risk", default="", help="why it is published although the risk is high")
    publish.add_argument("--pictures-looked-at", action="store_true", help="you have looked at every picture of the report")


def _run(options: argparse.Namespace) -> int:
    from pipelines.passwords import read_passwords
    from pipelines.review import open_review
    from pipelines.running import run_one

    return _ended(run_one(open_review(options.review), read_passwords(options.passwords) if options.passwords else ()))


def _ended(outcome: "Outcome") -> int:
    from pipelines.running import lines_of

    for line in lines_of(outcome):
        say(line)
    return NEEDS_A_PERSON if outcome.needs_a_person else DONE


def _nightly(options: argparse.Namespace) -> int:
    from pipelines.news import labels_in
    from pipelines.nightly.sweep import sweep
    from pipelines.passwords import Passwords, name_no_file, read_passwords

    if not options.folder.is_dir():
        raise OutputError("there is no such folder: name the folder that holds the reviews")
    given = read_passwords(options.passwords) if options.passwords else ()
    worst = max((each.status for each in sweep(options.folder, given)), default=DONE)
    if given and (lines := Passwords(given).lines_without(labels_in(options.folder))):
        say(name_no_file(lines))
        worst = max(worst, NEEDS_A_PERSON)
    return worst


def _decide(options: argparse.Namespace) -> int:
    from pipelines.decide import decide
    from pipelines.review import open_review

    made = decide(open_review(options.review), options.finding, options.verdict, why=options.why, by=options.by, rows=tuple(options.rows))
    say(f"{made.verdict} is written down for finding {made.finding}; the next run shows it")
    return DONE


_SHEETS = {
    "people": "people to decide on",
    "replacements": "replacements in doubt",
    "passages": "queued passages",
    "conflicts": "conflicts between decisions",
}


def _review(options: argparse.Namespace) -> int:
    from pipelines.review import open_review
    from pipelines.review_round import still_open

    found = still_open(open_review(options.review))
    for sheet, what in _SHEETS.items():
        print(f"{found.waiting.get(sheet, 0):6} {what}")
    print(f"{found.unread:6} decisions filled in and not yet read: the next run reads them")
    for note in found.notes:
        print(f"{'':6} {note}")
    print(f"{'':6} where: output/review/anonymisation-review.xlsx" if found else f"{'':6} nothing is open")
    return NEEDS_A_PERSON if found else DONE


def _new(options: argparse.Namespace) -> int:
    from pipelines.new import make_review

    made = make_review(
        options.review,
        kind=options.kind,
        reference=options.reference,
        title=options.title,
        jurisdiction=options.jurisdiction,
        agencies=options.agency,
    )
    for line in made:
        say(line)
    return DONE


def _publish(options: argparse.Namespace) -> int:
    from pipelines.release.gate import Decided
    from pipelines.release.publish import publish
    from pipelines.review import open_review

    decided = Decided(decision=options.decision, why=options.why, despite_risk=options.despite_risk)
    done = publish(open_review(options.review), options.report, options.kind, decided, pictures_looked_at=options.pictures_looked_at)
    for each in (*done.missing, *done.said):
        say(str(each))
    if done.missing:
        say(f"nothing was published: {len(done.missing)} things are missing, a line each above")
        return NEEDS_A_PERSON
    for name in done.files:
        say(f"published/{name}")
    return DONE


def _formats(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    from extractors.child import can_cut_network
    from extractors.formats import formats

    for each in formats():
        print(f"{' '.join(each.endings):16} {each.name:34} {'read' if each.is_read else f'not read: {each.why_not}'}")
    print(
        f"{'network':16} {'each file is read':34} {'without any' if can_cut_network() else 'with it: this machine cannot cut it off for a process'}"
    )
    return DONE


if __name__ == "__main__":
    sys.exit(main())
