"""A review on the disk: where everything of it lies, its record, and one run at a time."""

import contextlib
import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pipelines.locks import Lock, is_held_on_a_machine, lock_file, on_all_machines
from timeline.errors import CaseError, OutputError

_SECRET_BYTES = 32
_MOMENT_SECONDS = 0.1
type StillAlone = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Review:
    """A review's folder, laid out as docs/operator.md says; and how long a run waits for another one that works on it."""

    folder: Path
    waits_seconds: float = _MOMENT_SECONDS

    @property
    def case_file(self) -> Path:
        """What board staff set up."""
        return self.folder / "case.toml"

    @property
    def people_file(self) -> Path | None:
        """The cast list, .csv before .xlsx; None where there is none."""
        return next((path for name in ("people.csv", "people.xlsx") if (path := self.folder / name).is_file()), None)

    @property
    def intake(self) -> Path:
        """What agencies drop; never written to."""
        return self.folder / "intake"

    @property
    def record(self) -> Path:
        """The review's own memory, never rebuilt."""
        return self.folder / "record"

    @property
    def ids_file(self) -> Path:
        """What the review remembers of its rows."""
        return self.record / "ids.json"

    @property
    def decisions_file(self) -> Path:
        """What people decided; only ever added to."""
        return self.record / "decisions.jsonl"

    @property
    def output(self) -> Path:
        """What a run builds."""
        return self.folder / "output"

    @property
    def scratch(self) -> Path:
        """Where LibreOffice may work while a run reads: gone when it ends."""
        return self.output / "restricted" / ".reading"

    def secret(self) -> bytes:
        """The review's own secret, which keys its ids; made on the first run, 0600."""
        path = self.record / "secret"
        building = self.record / f".building-secret-{os.getpid()}"
        try:
            self.record.mkdir(mode=0o700, exist_ok=True)
            if not path.exists():
                with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as new:
                    new.write(secrets.token_bytes(_SECRET_BYTES))
                    os.fsync(new.fileno())
                with contextlib.suppress(FileExistsError):  # another first run was quicker: its secret counts
                    os.link(building, path)
            secret = path.read_bytes()
        except OSError as error:
            raise OutputError(
                f"record/ cannot be read or written ({error.strerror}): make room, and let this account write to it"
            ) from None
        finally:
            building.unlink(missing_ok=True)
        if len(secret) != _SECRET_BYTES:
            raise OutputError("record/secret is damaged: put back the copy from your backup, or all ids of the review change")
        return secret

    def _lock(self) -> TextIO:
        try:
            return (self.record / "lock").open("w")
        except OSError as error:
            raise OutputError(f"record/lock cannot be written ({error.strerror}): let this account write to record/") from None

    @contextmanager
    def alone(self) -> Iterator[StillAlone]:
        """Holds the review's lock; OutputError where another run still has it when the time to wait is over.

        Gives what must be asked before documents take their place: it raises OutputError where a lock that machines share was lost under the run.
        """
        self.secret()
        with self._lock() as lock:
            until = time.monotonic() + self.waits_seconds
            while not lock_file(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
                if time.monotonic() > until:
                    raise OutputError("another run is working on this review: wait until it has ended, then run again")
                time.sleep(_MOMENT_SECONDS)  # `is_at_work` holds it for less than that
            with on_all_machines(self.folder, Lock.RUN, self.waits_seconds) as still_alone:
                yield still_alone

    def is_at_work(self) -> bool:
        """Whether a run holds the review's lock now, on any machine where they share it; nothing is written to the review."""
        with contextlib.suppress(OSError), (self.record / "lock").open("rb") as lock:  # there never was a run, or this account may not ask
            if not lock_file(lock, fcntl.LOCK_SH | fcntl.LOCK_NB):
                return True
        return is_held_on_a_machine(self.folder)


def open_review(folder: Path, waits_seconds: float = _MOMENT_SECONDS) -> Review:
    """The review in a folder; CaseError where there is no folder or no case.toml."""
    if not os.path.isdir(folder):  # noqa: PTH112 - False, not an error, for a folder that may not be entered
        raise CaseError("there is no such folder: name the folder that holds the review's case.toml")
    review = Review(folder.resolve(), waits_seconds)
    if not os.path.isfile(review.case_file):  # noqa: PTH113 - as above
        raise CaseError("case.toml is missing: make the review with `chronology new`, or put its case.toml into the folder")
    return review
