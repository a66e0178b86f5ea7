"""Reading a file in a process of its own with limits, so that one bad file can never stop or swell the others."""

import io
import os
import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.reading import Reading
from timeline.errors import CountError, FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile

_ROOT = str(Path(__file__).resolve().parent.parent)
_COMMAND = (sys.executable, "-P", "-m", "extractors.child")
# what a pickled Extraction names
_ALLOWED = {
    "timeline.extraction": {"Extraction", "SetAside"},
    "timeline.events": {"Entry", "Cell", "Analysis"},
    "timeline.dates": {"FuzzyDate"},
    "timeline.sources": {"SourceFile", "SourceRef"},
    "copyreg": {"_reconstructor", "__newobj__"},
    "dataclasses": {"_dataclass_setstate"},
}
_AGAIN = "ask the agency for a fresh copy, saved in Word or Excel"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: address space, processor time, and time by the clock."""

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 120.0


def extract_apart(path: Path, source: SourceFile, reading: Reading, limits: Limits | None = None) -> Extraction:
    """As `extract`, in a child process; a child that is killed, crashes or runs out of time gives a rejected Extraction with a plain reason.

    Raises CountError where the rows of the file do not add up: that stops the run.
    """
    limits = limits or Limits()
    request = pickle.dumps((str(path.absolute()), source, reading, limits))
    environment = {
        "PYTHONPATH": _ROOT,
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        # the path goes down the pipe and not on the command line, where every user of the machine could read the file's name
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            _COMMAND, input=request, capture_output=True, timeout=limits.wall_seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return _rejected(source, f"reading took longer than {limits.wall_seconds:.0f} seconds and was stopped; {_AGAIN}")
    if child.returncode and child.stderr == b"count":
        raise CountError(f"{source.label}: rows seen are not events + unread + ignored, so a row was lost; please report this as a fault")
    if child.returncode:
        return _rejected(source, _why(child.returncode, child.stderr))
    try:
        return load_extraction(child.stdout)
    except (pickle.UnpicklingError, FileError, EOFError, AttributeError, TypeError, ValueError):
        return _rejected(source, f"reading gave no answer that can be trusted; {_AGAIN}")


def load_extraction(data: bytes) -> Extraction:
    """The Extraction that a child sent; only the nouns of the timeline may stand in it."""
    answer = _Nouns(io.BytesIO(data)).load()
    if not isinstance(answer, Extraction):
        raise FileError("reading gave no answer that can be trusted")
    return replace(answer)  # made anew, so that its counts are checked on this side too


class _Nouns(pickle.Unpickler):
    """Unpickles the nouns of the timeline and nothing else: a child that a hostile file took over cannot reach its parent."""

    def find_class(self, module: str, name: str) -> object:
        if (
            name in _ALLOWED.get(module, ())
            or (module, name) == ("copyreg", "_reconstructor")
            or (module, name) == ("dataclasses", "_dataclass_setstate")
        ):
            return super().find_class(module, name)
        raise pickle.UnpicklingError("not one of the nouns of the timeline")


def _rejected(source: SourceFile, reason: str) -> Extraction:
    return Extraction(source=source, status="rejected", reason=f"{source.label}: {reason}")


def _why(code: int, stderr: bytes) -> str:
    told = stderr.decode("ascii", "replace").strip().rpartition("\n")[2]
    if told == "memory":
        return f"reading needed more memory than a chronology takes and was stopped; {_AGAIN}"
    if code == -signal.SIGXCPU:
        return f"reading took more processor time than a chronology takes and was stopped; {_AGAIN}"
    if code < 0:
        return f"reading was stopped by the system (signal {-code}); {_AGAIN}"
    return f"reading stopped at a fault of the program ({told or code}); please report this, and send the file as .docx or .xlsx meanwhile"
