"""Whether a review is open or was closed by `chronology archive`, as its log says."""

from pathlib import Path

from pipelines.decisions import Line, log_lines
from pipelines.review import Review
from timeline.errors import CaseError

ARCHIVE, REOPEN = "archive", "reopen"


def closing_line(log: Path) -> Line | None:
    """The line by which a review was closed; None where it is open. Errors as `log_lines`."""
    last = next((line for line in reversed(log_lines(log)) if line.record.get("about") in (ARCHIVE, REOPEN)), None)
    return last if last is not None and last.record.get("about") == ARCHIVE else None


def must_be_open(review: Review) -> None:
    """CaseError where the review is closed: it says since when, and the command that opens it again."""
    closed = closing_line(review.decisions_file)
    if closed is not None:
        day = str(closed.record.get("written", ""))[:10]
        raise CaseError(
            f"this review was closed and archived on {day}: to work on it again, run chronology reopen with its folder and --why"
        )
