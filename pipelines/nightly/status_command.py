"""`chronology status`, as the command line has it. What it works with is imported when it is called."""

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OLDER_THAN_HOURS = 26.0  # a night, and two hours for a slow one
_STATUSES = (
    "exit status: 0 all reviews are in order or closed; 1 something waits for a person; 2 a review's last run failed or is too long ago"
)
type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(commands: _Commands) -> None:
    """Adds the command to the parser of `chronology`."""
    status = commands.add_parser(
        "status", help="lists the reviews of a folder: who has returned, what waits, the last good run", epilog=_STATUSES
    )
    status.add_argument("folder", type=Path, help="the folder of reviews")
    status.add_argument("--json", action="store_true", help="as JSON, for programs")
    status.add_argument("--page", type=Path, metavar="FILE", help="write it as a page (HTML), too")
    status.add_argument("--older-than", type=_hours, default=_OLDER_THAN_HOURS, metavar="HOURS", help="how old a last good run may be (26)")
    status.add_argument(
        "--mail", type=Path, metavar="SETTINGS", help="send it by e-mail where it has changed: a TOML file with a table [mail]"
    )
    status.set_defaults(run=_status)


def _status(options: argparse.Namespace) -> int:
    from pipelines.nightly.mail_settings import read_mail_settings
    from pipelines.nightly.status import Asked, statuses
    from pipelines.nightly.status_json import as_json
    from pipelines.nightly.telling import lines_of, page_of

    settings = read_mail_settings(options.mail) if options.mail else None
    asked = Asked(datetime.now(UTC).replace(microsecond=0), timedelta(hours=options.older_than))
    found = statuses(options.folder, asked)
    page = page_of(found, asked)
    sys.stdout.write(
        json.dumps(as_json(found, asked), indent=1) + "\n" if options.json else "".join(f"{line}\n" for line in lines_of(page))
    )
    if options.page:
        from pipelines.nightly.status_file import write_page
        from reports.page.status_page import status_html

        write_page(options.page, status_html(page))
    if settings:
        from pipelines.nightly.mail import mail_if_changed

        mail_if_changed(options.folder, found, settings)
    return max(each.level for each in found)


def _hours(given: str) -> float:
    hours = float(given)
    if not 0 < hours < 24 * 366:
        raise argparse.ArgumentTypeError("a number of hours, such as 26")
    return hours
