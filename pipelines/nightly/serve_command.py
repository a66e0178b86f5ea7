"""`chronology serve`, as the command line has it. What it works with is imported when it is called."""

import argparse
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.errors import CaseError, ChronologyError, OutputError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_PORT = 4200
_STATUSES = "exit status: 0 it was told to stop; 2 it could not begin or go on"
type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(commands: _Commands) -> None:
    """Adds the command to the parser of `chronology`."""
    serve = commands.add_parser(
        "serve", help="runs every review each night, and each one when something is dropped into it, until it is stopped", epilog=_STATUSES
    )
    serve.add_argument("folder", type=Path, help="the folder of reviews")
    serve.add_argument("--at", type=_clock, default=time(2), metavar="HH:MM", help="when the nightly sweep begins (02:00)")
    serve.add_argument(
        "--timezone", default="", help='by which clock, such as "Europe/Jersey"; that of the first review where it is not given'
    )
    serve.add_argument("--poll", action="store_true", help="look every ten seconds, for folders on a network drive")
    serve.add_argument("--port", type=int, default=_PORT, help=f"the port of the Prefect server on this machine's loopback ({_PORT})")
    serve.add_argument("--passwords", type=Path, help="a file with passwords of files, as for nightly")
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from pipelines.nightly.serve import Serving, serve
    from pipelines.passwords import read_passwords

    if not options.folder.is_dir():
        raise OutputError("there is no such folder: name the folder that holds the reviews")
    folder = options.folder.resolve()
    serve(
        Serving(
            folder=folder,
            at=options.at,
            zone=_zone(options.timezone, folder),
            port=options.port,
            polls=options.poll,
            passwords_file=options.passwords,
            given=read_passwords(options.passwords) if options.passwords else (),
        )
    )
    return 0


def _zone(named: str, folder: Path) -> "ZoneInfo":
    """The clock that was named, else that of the first review that can be read, else that of the United Kingdom."""
    from zoneinfo import ZoneInfo

    from pipelines.case_file import read_case
    from pipelines.news import reviews_in
    from pipelines.nightly.board_clock import ELSEWHERE, zone_of

    if named:
        try:
            return ZoneInfo(named)
        except (KeyError, OSError, ValueError):
            raise CaseError('--timezone is none that there is; write it as "Europe/Jersey" or "Europe/London"') from None
    for review in reviews_in(folder):
        try:
            return zone_of(read_case(review.case_file))
        except ChronologyError:
            continue  # its own run says what is wrong with it
    return ELSEWHERE


def _clock(given: str) -> time:
    try:
        return datetime.strptime(given, "%H:%M").time()  # noqa: DTZ007 - a time of any day
    except ValueError:
        raise argparse.ArgumentTypeError("a time of day, such as 02:00") from None
