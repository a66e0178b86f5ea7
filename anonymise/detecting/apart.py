"""The name detectors in a process of their own: it loads the models while this one reads files, and uses another processor."""

import atexit
import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO

from anonymise.detecting.child import Answer, Begun
from anonymise.detecting.detectors import Asked, ByText, Found, Stretches, by_parts
from anonymise.rules import Pattern
from timeline.errors import OutputError

_ROOT = str(Path(__file__).resolve().parent.parent.parent)
_MOMENT_SECONDS = 5
MANY_CHARACTERS = 800_000  # of some 3,000 events


@dataclass(frozen=True, slots=True)
class DetectorsApart:
    """The detectors with these patterns, as `Detectors`; one child process serves all that this process asks, one after the other.

    Raises OutputError where the child cannot answer; the next one who asks gets a new child.
    """

    patterns: tuple[Pattern, ...]

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """As the detectors do."""
        return by_parts(texts, doubtful, self.detect)

    def get_ready(self) -> None:
        """Lets the child make the detectors with these patterns, where one was begun with `load_ahead`."""
        with _lock:
            if _child:
                _send(_child[0], (self.patterns, None))

    def detect(self, whole: Sequence[str], asked: Asked) -> tuple[ByText, ByText]:
        """The shapes in each of the first texts, and the names in each of those that `asked` gives: the child begins with the former."""
        with _lock:
            child = _started()
            try:
                _send(child, (self.patterns, whole))
                _send(child, asked())
                answer = _answer_of(child)
            except BaseException:
                _end()  # or the next one who asks would be given this answer
                raise
        if isinstance(answer, str):
            raise OutputError(answer)
        return answer


def load_ahead() -> None:
    """Lets the child begin to load the models, for somebody who will ask soon."""
    with _lock:
        _started()


def make_room(characters: int) -> None:
    """Ends the child where a review of so many characters has been looked through and they are many: its 0.4 GB are needed for the documents
    then, and the seconds to load the models anew, should another review follow, are few beside the minutes that this one takes.
    """
    if characters > MANY_CHARACTERS and _lock.acquire(blocking=False):  # else another review is being looked through
        try:
            _end()
        finally:
            _lock.release()


_lock = Lock()
_child: list[subprocess.Popen[bytes]] = []


def _started() -> subprocess.Popen[bytes]:
    """The child; the lock must be held."""
    if _child and _child[0].poll() is not None:
        _end()
    if not _child:
        environment = {"PYTHONPATH": _ROOT, "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
        _child.append(
            subprocess.Popen(
                (sys.executable, "-P", "-m", "anonymise.detecting.child"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a library's warning may quote a text
                env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
            )
        )
    return _child[0]


@atexit.register
def _end() -> None:
    """Ends the child, if there is one."""
    while _child:
        child = _child.pop()
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                os.killpg(child.pid, signal.SIGKILL)  # its copy too
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):  # what was not written yet has nobody to read it
                _pipe(pipe).close()
        child.wait()


def _answer_of(child: subprocess.Popen[bytes]) -> Answer:
    """What the child answers; OutputError where it is gone."""
    try:
        answer: Answer = pickle.load(_pipe(child.stdout))  # noqa: S301 - from our own child
    except (EOFError, pickle.UnpicklingError):
        raise OutputError(_why(child)) from None
    return answer


def _send(child: subprocess.Popen[bytes], what: Begun | Sequence[str]) -> None:
    """Tells the child what it is asked; where it is gone, there will be no answer."""
    with contextlib.suppress(BrokenPipeError):
        pickle.dump(what, _pipe(child.stdin), pickle.HIGHEST_PROTOCOL)
        _pipe(child.stdin).flush()


os.register_at_fork(after_in_child=_child.clear)  # the child is this process's, and not that of one that it makes by forking


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """One of the child's pipes, which it always has."""
    assert pipe is not None  # noqa: S101 - asked for when the child is started
    return pipe


def _why(child: subprocess.Popen[bytes]) -> str:
    """Why a child that ended gave no answer; it is gone then."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_MOMENT_SECONDS)
    code = child.poll()
    _end()
    if code == -signal.SIGKILL:
        return (
            "the name detectors were stopped by the system, as happens where a machine has too little memory (they need half a gigabyte beside "
            "the rest); run again"
        )
    return f"the name detectors stopped at a fault of the program (status {code}); please report this line"
