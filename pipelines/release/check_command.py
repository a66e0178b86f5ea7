"""`chronology check`, as the command line has it. What it works with is imported when it is called."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipelines.release.kinds import KINDS

DONE, NEEDS_A_PERSON = 0, 1
_CHECKED = "exit status: 0 nothing waits; 1 something is undecided or still to be replaced; 2 could not check, and nothing was written"
_MOST_PLACES = 6
type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(commands: _Commands) -> None:
    """Adds the command to the parser of `chronology`."""
    check = commands.add_parser("check", help="checks the report that the author wrote: what in it may tell who is meant", epilog=_CHECKED)
    check.add_argument("review", type=Path, help="the review's folder")
    check.add_argument("report", type=Path, help="the author's Word document (.docx)")
    check.add_argument("--kind", default="", help=f"what it is to be published as: {', '.join(KINDS)}; a learning report tells no dates")
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from pipelines.release.check import check_and_write, copy_name
    from pipelines.review import open_review
    from reports.checked.sheet import FILE
    from reports.wording import counted

    checked = check_and_write(open_review(options.review), options.report, options.kind)
    for behind in checked.named:
        _say(f"the report holds {behind.what}: {_places(behind.places)}")
    for kind, number in sorted(Counter(hit.kind for hit in checked.hits if hit.decision is None).items()):
        places = [hit.place for hit in checked.hits if hit.kind == kind and hit.decision is None]
        _say(f"to decide, {kind}: {counted(number, 'place')}: {_places(places)}")
    for note in checked.notes:
        _say(note)
    _say(
        f"{counted(checked.pages, 'page')}, {counted(len(checked.hits), 'place')} found, {checked.undecided} undecided, "
        f"{len(checked.to_mend)} to be replaced: see output/review/{FILE} and output/review/{copy_name(checked.digest)}"
    )
    return NEEDS_A_PERSON if checked.undecided or checked.to_mend else DONE


def _places(places: Sequence[str]) -> str:
    found = list(dict.fromkeys(places))
    more = f" and {len(found) - _MOST_PLACES} more" if len(found) > _MOST_PLACES else ""
    return ", ".join(found[:_MOST_PLACES]) + more


def _say(message: str) -> None:
    sys.stderr.write(f"{' '.join(message.split())}\n")
