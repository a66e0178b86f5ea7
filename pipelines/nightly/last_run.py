"""record/last-run.json: when the last run of a review began and ended, how, and when one was last good; no text, no name, no counts."""

import contextlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipelines.news import read_last
from pipelines.release.closing import closing_line
from pipelines.review import Review
from pipelines.whole_files import write_whole
from timeline.errors import OutputError

FILE = "last-run.json"
GOOD, STOPPED, FAULT = "good", "stopped", "fault"
FAILURES = frozenset({"error", "case", "file", "count", "leak", "output", "report", STOPPED, FAULT})  # the codes of errors, and two more


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the last run of a review began and ended (UTC), and how: `good`, a code of FAILURES, or empty where it has not ended.

    `good_at` is the end of the last good run, this one or an earlier; None where there was none. Good is one that ended with status 0 or 1.
    """

    began_at: datetime
    ended_at: datetime | None = None
    how: str = ""
    good_at: datetime | None = None


@contextmanager
def recorded(review: Review) -> Iterator[None]:
    """Writes down when a run begins, and when and how it ends. The review's lock must be held."""
    run = LastRun(_now(), good_at=_good_before(review))
    _write(review, run)
    try:
        yield
    except BaseException as error:
        _write(review, replace(run, ended_at=_now(), how=_code_of(error)))
        raise
    ended = _now()
    _write(review, replace(run, ended_at=ended, how=GOOD, good_at=ended))


def record_nothing_new(review: Review) -> None:
    """Writes down that the review was looked at now and its documents are as a run would make them.

    A closed one is left alone, and one that has no documents yet, for nobody has sent anything. Nothing is written where a run works on it,
    which writes down its own end, or where the lock cannot be written.
    """
    now = _now()
    with contextlib.suppress(OutputError), review.alone():
        if closing_line(review.decisions_file) is None and read_last(review) is not None:
            _write(review, LastRun(now, now, GOOD, now))


def record_not_begun(review: Review, error: Exception) -> None:
    """Writes down that a run could not even begin. Nothing is written of a closed review, or where another run works on it."""
    now = _now()
    with contextlib.suppress(OutputError), review.alone():
        if closing_line(review.decisions_file) is None:
            _write(review, LastRun(now, now, _code_of(error), _good_before(review)))


def read_last_run(review: Review) -> LastRun | None:
    """The last run as it was written down; None where there is none, or its record is damaged."""
    try:
        told = json.loads((review.record / FILE).read_text("utf-8"))
        began, ended, good = (_time(told[name]) for name in ("began_at", "ended_at", "good_at"))
        how = told["how"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if began is None or (ended is None) != (how == "") or how not in ("", GOOD, *FAILURES):
        return None
    return LastRun(began, ended, how, good)


def _good_before(review: Review) -> datetime | None:
    last = read_last_run(review)
    return last.good_at if last else None


def _code_of(error: BaseException) -> str:
    if not isinstance(error, Exception | SystemExit):  # Ctrl-C, or a signal in whatever clothes the orchestrator gives it
        return STOPPED
    code = getattr(error, "code", "")  # of our own errors; other libraries' have numbers and what not there
    return code if isinstance(code, str) and code in FAILURES else FAULT


def _write(review: Review, run: LastRun) -> None:
    """Puts the record in its place. Where it cannot be written the earlier one stays, and the review looks as if it had not been run: too late."""
    told = {"began_at": _words(run.began_at), "ended_at": _words(run.ended_at), "how": run.how, "good_at": _words(run.good_at)}
    with contextlib.suppress(OSError):
        for left in review.record.glob(f".building-{FILE}-*"):  # of a run that was killed
            left.unlink()
        write_whole(review.record / FILE, (json.dumps(told) + "\n").encode())


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _words(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _time(told: str | None) -> datetime | None:
    """A time of the record; ValueError or TypeError for what is none, or has no place on the clock of the world."""
    if told is None:
        return None
    time = datetime.fromisoformat(told)
    if time.tzinfo is None:
        raise ValueError("a time without its zone")
    return time
