"""What the program says of itself on standard error: one line each, without a name and without text of a chronology."""

import sys
import traceback
from pathlib import Path


def say(message: str) -> None:
    """One line."""
    print(" ".join(message.split()), file=sys.stderr, flush=True)  # noqa: T201 - what a terminal or a log gets


def say_fault(error: BaseException) -> None:
    """A fault of the program: its place is told, its message may quote a chronology and is not."""
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:]))
    say(f"a fault of the program ({type(error).__name__} at {places}): please report this line; the earlier documents are as they were")
