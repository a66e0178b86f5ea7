"""Reading a file in a process of its own with limits, so that one bad file can never stop or swell the others."""

import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors import wire
from extractors.passwords import NEEDED, WRONG
from extractors.reading import Reading
from timeline.errors import CountError, FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile

_ROOT = str(Path(__file__).resolve().parent.parent)
_AGAIN = "ask the agency for a fresh copy, saved in Word or Excel"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: address space, processor time, and time by the clock; LibreOffice has an address space of its own.

    `scratch` is a folder inside the review in which LibreOffice may work; without one a private folder of the system is made. What it
    leaves there is removed either way.
    """

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    office_memory_bytes: int = 2 << 30
    scratch: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a child is asked to read: the file at `path`, or `data` where LibreOffice made it from that file."""

    path: str
    source: SourceFile
    reading: Reading
    limits: Limits
    password: str | None = field(default=None, repr=False)
    data: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """What the child that runs LibreOffice is asked for: the bytes of a file with this ending, as a file of the `wanted` one."""

    program: str
    folder: str
    ending: str
    wanted: str
    limits: Limits
    data: bytes = field(repr=False)


def extract_apart(
    path: Path, source: SourceFile, reading: Reading, limits: Limits | None = None, password: str | None = None
) -> Extraction:
    """As `extract`, in a child process; a child that is killed, crashes or runs out of time gives a rejected Extraction with a plain reason.

    The password goes down the pipe to the child and is kept nowhere. Raises CountError where the rows of the file do not add up: that
    stops the run.
    """
    request = Request(path=str(path.absolute()), source=source, reading=reading, limits=limits or Limits(), password=password)
    try:
        answer = _read(request)
        if answer.startswith(b"office "):
            head, _, data = answer.partition(b"\n")
            ending, wanted = head.decode("ascii").split()[1:]
            answer = _read(replace(request, data=_converted(data, ending, wanted, request.limits), password=None))
        with _no_collecting():
            return wire.load(answer, source)
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=f"{source.label}: {error}")


def needs_password(extraction: Extraction) -> bool:
    """Whether the file would open if a (or another) password were given for it."""
    return extraction.status == "rejected" and any(each in extraction.reason for each in (NEEDED, WRONG))


def _read(request: Request) -> bytes:
    """What the reading child answers; FileError where it was stopped or failed."""
    code, answer, told = _run("extractors.child", pickle.dumps(request), request.limits.wall_seconds)
    if code and told == "count":
        raise CountError(
            f"{request.source.label}: rows seen are not events + unread + ignored, so a row was lost and the run was stopped; "
            "please report this as a fault"
        )
    if code:
        raise FileError(_why(code, told))
    return answer


def _converted(data: bytes, ending: str, wanted: str, limits: Limits) -> bytes:
    """The file as LibreOffice writes it anew, in a child with limits, a profile of its own and no network; nothing of it is left behind."""
    program = office_program()
    if program is None:
        raise FileError(f"a {ending} file is read through LibreOffice, which is not installed here; ask the agency for a .{wanted} file")
    folder = tempfile.mkdtemp(prefix="reading-", dir=limits.scratch)
    try:
        request = OfficeRequest(program, folder, ending, wanted, limits, data)
        code, answer, told = _run("extractors.office", pickle.dumps(request), limits.wall_seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if code:
        raise FileError(
            _why(code, told) if code < 0 else f"LibreOffice could not read the {ending} file; ask the agency for it as .{wanted}"
        )
    return answer


def office_program() -> str | None:
    """LibreOffice's program on this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _run(module: str, request: bytes, wall_seconds: float) -> tuple[int, bytes, str]:
    """Runs one of our modules: its exit code, its answer, and the word that it told on standard error. FileError where time ran out."""
    environment = {
        "PYTHONPATH": _ROOT,
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # the request goes down the pipe and not on the command line, where every user of the machine could read the file's name
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        (sys.executable, "-P", "-m", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    with child:
        try:
            answer, told = child.communicate(request, timeout=wall_seconds)
        except BaseException as error:
            os.killpg(child.pid, signal.SIGKILL)  # its own children too
            child.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                raise FileError(f"reading took longer than {wall_seconds:.0f} seconds and was stopped; {_AGAIN}") from None
            raise
    return child.returncode, answer, told.decode("ascii", "replace").strip().rpartition("\n")[2]


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A large answer is many small objects, none of them garbage: looking for some would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _why(code: int, told: str) -> str:
    if told == "memory":
        return f"reading needed more memory than a chronology takes and was stopped; {_AGAIN}"
    if code == -signal.SIGXCPU:
        return f"reading took more processor time than a chronology takes and was stopped; {_AGAIN}"
    if code < 0:
        return f"reading was stopped by the system (signal {-code}); {_AGAIN}"
    return f"reading stopped at a fault of the program ({told or code}); please report this, and send the file as .docx or .xlsx meanwhile"
