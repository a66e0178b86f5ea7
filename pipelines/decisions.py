"""record/decisions.jsonl: what people decided and did, a line each, only ever added to. Each line holds the hash of the line before."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.accounts import this_account
from pipelines.locks import Lock, lock_file, on_all_machines
from pipelines.whole_files import sync_folder
from timeline.errors import CaseError, OutputError

FIRST = "0" * 64  # what stands for the line before the first
_LOG = "record/decisions.jsonl"
_PUT_BACK = "put back the copy from your backup"
_WINDOW = 1 << 16  # bytes looked at from the end for the last line, more where it is longer
_WAITS_SECONDS = 30.0  # for another machine that adds a line, which takes it a moment
_OURS = ("before", "written", "account", "torn")  # what the log itself writes into each line


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line of the log: its number counted from 1, its hash (hex), and what it says."""

    number: int
    hash: str
    record: Mapping[str, object]


def add_records(path: Path, records: Sequence[Mapping[str, object]], now: datetime | None = None, after: str | None = None) -> str:
    """Adds a line for each record, flushed to the disk, while no other process adds one, on any machine; gives the hash of the last.

    A record says what it is `about`, `by` whom and `why`. The log adds the hash of the line `before`, when it was `written` (UTC, the clock's
    time where `now` is not given) and by which `account`. What a crash left of a line is kept in the next one as `torn`. All lines are added or
    none: OutputError where the log cannot be written or locked, or its head is no longer `after` where that is given; CaseError where its
    last line is damaged.
    """
    if any("about" not in record or set(_OURS) & set(record) for record in records):
        raise ValueError(f"a record says what it is about, and leaves {', '.join(_OURS)} to the log")
    if not records:
        return head(path)
    stamp = {"written": (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"), "account": str(this_account())}
    try:
        # opened once the lock is held and not before: only then does a shared disk show what another machine wrote last
        with on_all_machines(path.parent.parent, Lock.LOG, _WAITS_SECONDS) as still_held, _locked(path) as log:
            before, end, torn = _end_of(log, path)
            if after not in (None, before):
                raise OutputError(f"{_LOG} was added to meanwhile: try again")
            added = list[bytes]()
            for record in records:
                more = {"torn": torn.decode("utf-8", "replace")} if torn and not added else {}
                line = _line({"by": "", "why": "", **record, **stamp, **more, "before": before})
                before = _hash(line)
                added.append(line + b"\n")
            still_held()
            _put(log, end, b"".join(added), torn)
    except OSError as error:
        raise OutputError(f"{_LOG} cannot be written ({error.strerror}): make room, and let this account write to it") from None
    return before


def read_records(path: Path, about: str) -> tuple[Mapping[str, object], ...]:
    """What every line about this says, in order; errors as `log_lines`."""
    return tuple(line.record for line in log_lines(path) if line.record.get("about") == about)


def head(path: Path) -> str:
    """The hash of the log's last line, which stands for all of it; 64 noughts where it has none. Errors as `log_lines`."""
    lines = log_lines(path)
    return lines[-1].hash if lines else FIRST


def log_lines(path: Path) -> tuple[Line, ...]:
    """Every whole line in order; none where there is no log. What a crash left of a last line is no line.

    CaseError names the first line that is damaged, changed, put in or after which some are missing.
    """
    before, lines = FIRST, list[Line]()
    for number, line in enumerate(_whole(_data(path)), start=1):
        record = _record(line)
        if record is None or not _has_time(record):
            raise CaseError(f"{_LOG}, line {number}: it is damaged: {_PUT_BACK}")
        if record.get("before") != before:
            raise CaseError(f"{_LOG}, {_what_was_done(lines, record)}: {_PUT_BACK}")
        before = _hash(line)
        lines.append(Line(number, before, record))
    return tuple(lines)


def torn_line(path: Path) -> int | None:
    """The number of a last line that was cut short, by a crash or by somebody; None where there is none."""
    data = _data(path)
    whole = sum(1 for _ in _whole(data))
    return whole + 1 if data and not data.endswith(b"\n") and _record(data.rpartition(b"\n")[2]) is None else None


def _what_was_done(lines: Sequence[Line], record: Mapping[str, object]) -> str:
    """Which line does not fit, as well as the chain can tell: `record` follows these lines and does not hold the last one's hash."""
    if not lines:
        return "line 1: lines before it are missing, or it was changed"
    last = lines[-1]
    if record.get("before") == last.record.get("before"):
        return f"line {last.number}: it was put in"
    return f"line {last.number}: it was changed, or lines after it are missing"


def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise CaseError(f"{_LOG} cannot be read ({error.strerror}): let this account read it, or {_PUT_BACK}") from None


def _whole(data: bytes) -> Iterator[bytes]:
    """The lines, without one that was cut short."""
    *ended, last = data.split(b"\n")
    yield from ended
    if _record(last) is not None:  # only the end of the line is missing
        yield last


def _record(line: bytes) -> dict[str, object] | None:
    try:
        record = json.loads(line.decode("utf-8"))
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _has_time(record: Mapping[str, object]) -> bool:
    """Whether the line's time is one, with its zone; the lines of earlier versions bear none."""
    try:
        return "written" not in record or datetime.fromisoformat(str(record["written"])).tzinfo is not None
    except ValueError:
        return False


def _line(record: Mapping[str, object]) -> bytes:
    """The record as one line; half a surrogate pair becomes its escape."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The log, opened to be added to, made where there is none, while no other process holds it."""
    is_new = not path.exists()
    log = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        lock_file(log, fcntl.LOCK_EX)
        yield log
        if is_new:
            sync_folder(path.parent)
    finally:
        os.close(log)


def _end_of(log: int, path: Path) -> tuple[str, int, bytes]:
    """The last line's hash, the byte at which the next one begins, and what a crash left after it. Reads the end of the log alone."""
    size = os.fstat(log).st_size
    window = min(_WINDOW, size)
    while (tail := os.pread(log, window, size - window)).count(b"\n") < 2 and window < size:
        window = min(2 * window, size)
    *ended, left = tail.split(b"\n")
    if left and _record(left) is not None:
        return _hash(left), size, b""
    if not ended:
        return FIRST, 0, left
    if _record(ended[-1]) is None:
        log_lines(path)  # names the line
        raise CaseError(f"{_LOG}: its last line is damaged: {_PUT_BACK}")
    return _hash(ended[-1]), size - len(left), left


def _put(log: int, end: int, added: bytes, torn: bytes) -> None:
    """Writes the lines at this byte, over what a crash left there; where that fails the log is as it was."""
    if end and os.pread(log, 1, end - 1) != b"\n":
        added = b"\n" + added
    try:
        _write(log, added, end)
        os.ftruncate(log, end + len(added))
        os.fsync(log)
    except BaseException:
        with contextlib.suppress(OSError):
            os.ftruncate(log, end)
            _write(log, torn, end)
        raise


def _write(log: int, data: bytes, place: int) -> None:
    while data:
        done = os.pwrite(log, data, place)
        data, place = data[done:], place + done
