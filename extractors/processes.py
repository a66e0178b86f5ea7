"""Processes of ours that work for this one: readers, which read file after file, each in a copy of themselves, and those that do one thing.

This process speaks with them by pipes alone, and stops them when their time is over.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from timeline.errors import FileError

_ROOT = str(Path(__file__).resolve().parent.parent)
# an answer comes in frames, each with its length before it; one of no length ends it
FRAME_BYTES = 1 << 16
LENGTH_BYTES = 4

type Child = subprocess.Popen[bytes]
type Ended = tuple[int, bytes, str]


def ask_reader(request: bytes, wall_seconds: float) -> Ended:
    """What a reader answers: 0 and the answer; or how the one who read has ended (negative: by which signal), and the word that it told.

    A reader whose file was its undoing is gone, and the next file has another one. FileError where time ran out.
    """
    reader = _waiting_reader() or _begun("extractors.child")
    with _until(reader, wall_seconds):
        _send(reader, b".", request)
        answer = _answer_of(reader)
        if answer is None:
            return _ended(reader, b"")
    with _lock:
        _waiting.append(reader)
    return 0, answer, ""


def run_once(module: str, request: bytes, wall_seconds: float) -> Ended:
    """Runs one of our modules: its exit code, all that it answered, and the word that it told. FileError where time ran out."""
    child = _begun(module)
    with _until(child, wall_seconds):
        _send(child, request)
        _pipe(child.stdin).close()
        return _ended(child, _pipe(child.stdout).read())


def stop_children() -> None:
    """Ends every child that works now: for a run that is being stopped."""
    with _lock:
        for child in _working:
            _kill(child)


@atexit.register
def end_readers() -> None:
    """Ends the readers that wait for a file: when all files are read, their memory is of more use elsewhere."""
    with _lock:
        waiting = tuple(_waiting)
        _waiting.clear()
    for reader in waiting:
        _end(reader)


_lock = threading.Lock()
_working: set[Child] = set()
_waiting: list[Child] = []
for _children in (_working, _waiting):
    os.register_at_fork(after_in_child=_children.clear)  # they are this process's, and not those of one that it makes by forking


def _waiting_reader() -> Child | None:
    """One that waits for a file, if there is one; those that ended meanwhile are put away."""
    with _lock:
        while _waiting:
            reader = _waiting.pop()
            if reader.poll() is None:
                return reader
            _end(reader)
    return None


def _begun(module: str) -> Child:
    # what it is asked goes down the pipe and not on the command line, where every user of the machine could read the file's name
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        (sys.executable, "-P", "-m", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={
            "PYTHONPATH": _ROOT,
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        start_new_session=True,
    )


@contextmanager
def _until(child: Child, wall_seconds: float) -> Iterator[None]:
    """While the child works: it is stopped when its time is over, which is a FileError, and when anything else happens here."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(child)

    timer = threading.Timer(wall_seconds, stop)
    timer.daemon = True
    try:
        with _lock:
            _working.add(child)
        timer.start()
        yield
    except BaseException:
        _end(child)
        raise
    finally:
        timer.cancel()
        if timer.ident is not None:
            timer.join()  # no thread stays behind, whose locks a copy of this process would hold
        with _lock:
            _working.discard(child)
    if late.is_set():
        _end(child)
        raise FileError(
            f"reading took longer than {wall_seconds:.0f} seconds and was stopped; ask the agency for a fresh copy, saved in Word or Excel"
        )


def _send(child: Child, *parts: bytes) -> None:
    """Writes to the child; where it is gone, its end is told by what it does not answer."""
    with suppress(BrokenPipeError):
        for part in parts:
            _pipe(child.stdin).write(part)
        _pipe(child.stdin).flush()


def _answer_of(reader: Child) -> bytes | None:
    """One answer, whole; None where the reader has ended, or says what no reader of ours says."""
    answers, frames = _pipe(reader.stdout), list[bytes]()
    while len(head := answers.read(LENGTH_BYTES)) == LENGTH_BYTES and (length := int.from_bytes(head)) <= FRAME_BYTES:
        if not length:
            return b"".join(frames)
        frames.append(answers.read(length))
    return None


def _ended(child: Child, answer: bytes) -> Ended:
    told = _pipe(child.stderr).read().decode("ascii", "replace")
    code = child.wait()
    _end(child)
    return code, answer, told.strip().rpartition("\n")[2]


def _end(child: Child) -> None:
    _kill(child)
    for pipe in (child.stdin, child.stdout, child.stderr):
        with suppress(OSError):  # what was not written yet has nobody to read it
            _pipe(pipe).close()
    child.wait()


def _kill(child: Child) -> None:
    if child.returncode is None:  # nobody has waited for it yet, so that its number is still its own
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # its own children too, also where it has ended itself


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """One of the child's pipes, which it always has."""
    assert pipe is not None  # noqa: S101 - asked for when the child is started
    return pipe
