"""Where a process that works finds the reviews and a file of passwords: its environment says it, Prefect and clusters never hear it."""

import os
from pathlib import Path

from pipelines.passwords import Given, read_passwords
from timeline.errors import OutputError

REVIEWS, PASSWORDS = "CHRONOLOGY_REVIEWS", "CHRONOLOGY_PASSWORDS"


def reviews_folder() -> Path:
    """The folder of reviews of this process; OutputError where its environment names none."""
    named = os.environ.get(REVIEWS, "")
    if not named or not Path(named).is_dir():
        raise OutputError(f"{REVIEWS} names no folder: set it to the folder of reviews wherever runs are worked off")
    return Path(named)


def given_passwords() -> tuple[Given, ...]:
    """The passwords of the file that this process's environment names; none where it names none."""
    named = os.environ.get(PASSWORDS)
    return read_passwords(Path(named)) if named else ()
