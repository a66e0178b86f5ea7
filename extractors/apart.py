"""Reading a file in a process of its own with limits, so that one bad file can never stop or swell the others."""

import contextlib
import hashlib
import pickle
import shutil
import signal
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors import office, wire
from extractors.passwords import NEEDED, WRONG
from extractors.processes import ask_reader, run_once
from extractors.reading import Reading
from timeline.collecting import collecting_later
from timeline.errors import CountError, FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile

_AGAIN = "ask the agency for a fresh copy, saved in Word or Excel"


_START_SECONDS, _SECONDS_A_MB, _SECONDS_A_MB_OF_PDF = 10, 10, 100
_OFFICE_START_SECONDS, _OFFICE_SECONDS_A_MB = 20, 60
_WORKPLACE = "reading-"
_PIPE_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - where LibreOffice makes its pipe, whatever TMPDIR says


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: address space, processor time at most, and time by the clock.

    A small file gets less processor time than a large one. `scratch` is a folder inside the review in which LibreOffice may work; without
    one a private folder of the system is made. What it leaves there is removed either way.
    """

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    scratch: Path | None = None

    def cpu_seconds_for(self, size_bytes: int, is_pdf: bool) -> int:  # noqa: FBT001 - one of two numbers
        """The processor time in which a file of this size is read."""
        return self._at_most(_START_SECONDS, _SECONDS_A_MB_OF_PDF if is_pdf else _SECONDS_A_MB, size_bytes)

    def cpu_seconds_for_office(self, size_bytes: int) -> int:
        """The processor time in which LibreOffice writes a file of this size anew."""
        return self._at_most(_OFFICE_START_SECONDS, _OFFICE_SECONDS_A_MB, size_bytes)

    def _at_most(self, start: int, a_megabyte: int, size_bytes: int) -> int:
        return min(self.cpu_seconds, start + a_megabyte * size_bytes // 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a child is asked to read: the file at `path`, or what LibreOffice made of it (`rewritten`), with notes on the original."""

    path: str
    source: SourceFile
    reading: Reading
    limits: Limits
    password: str | None = field(default=None, repr=False)
    rewritten: bytes | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()


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
        return _read_through(request)
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=f"{source.label}: {error}")


def _read_through(request: Request) -> Extraction:
    """What the child read, LibreOffice in between where the format asks for it."""
    answer = _read(request)
    if isinstance(answer, wire.HandOver):
        rewritten = _rewritten(answer, request.limits)
        answer = _read(replace(request, rewritten=rewritten, notes=answer.notes, password=None))
    if isinstance(answer, wire.HandOver):
        raise FileError("LibreOffice gave no file that can be read; ask the agency for it as .docx or .xlsx")
    return answer


def needs_password(extraction: Extraction) -> bool:
    """Whether the file would open if a (or another) password were given for it."""
    return extraction.status == "rejected" and any(each in extraction.reason for each in (NEEDED, WRONG))


def may_fare_better(extraction: Extraction) -> bool:
    """Whether the file was refused for what happened while it was read (time, memory, a crash), and not by the reader for what it holds."""
    return extraction.status == "rejected" and extraction.reason.startswith(f"{extraction.source.label}: ")


def _read(request: Request) -> Extraction | wire.HandOver:
    """What the reading child answers; FileError where it was stopped or failed."""
    code, answer, told = ask_reader(pickle.dumps(request), request.limits.wall_seconds)
    if code and told == "count":
        raise CountError(
            f"{request.source.label}: rows seen are not events + unread + ignored, so a row was lost and the run was stopped; "
            "please report this as a fault"
        )
    if code:
        raise FileError(_why(code, told))
    with collecting_later():
        return wire.load(answer, request.source)


def _rewritten(given: wire.HandOver, limits: Limits) -> bytes:
    """The file as LibreOffice writes it anew, in a child with limits, a profile of its own and no network; nothing of it is left behind."""
    program, ending, wanted = office_program(), given.ending, given.wanted
    if program is None:
        raise FileError(f"a {ending} file is read through LibreOffice, which is not installed here; ask the agency for a .{wanted} file")
    if limits.scratch is not None:
        limits.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(prefix=_WORKPLACE, dir=limits.scratch)
    try:
        request = OfficeRequest(program, folder, ending, wanted, limits, given.data)
        code, answer, told = run_once("extractors.office", pickle.dumps(request), limits.wall_seconds)
    finally:
        _clear(Path(folder))
    if code:
        is_limit = code < 0 or told in ("memory", "time")
        raise FileError(
            _why(code, told) if is_limit else f"LibreOffice could not read the {ending} file; ask the agency for it as .{wanted}"
        )
    return answer


def clear_left_over(scratch: Path) -> None:
    """Removes what a run that was killed left of its work with LibreOffice in this folder, which must be this run's alone."""
    for folder in scratch.glob(f"{_WORKPLACE}*"):
        _clear(folder)


def _clear(folder: Path) -> None:
    """Removes LibreOffice's place of work and the pipe that it made beside it, which it leaves where it is stopped."""
    profile = (folder / office.PROFILE).as_uri().encode("utf-16-le")
    name = "".join(f"{byte:x}" for byte in hashlib.md5(profile, usedforsecurity=False).digest())  # as LibreOffice names it
    for place in _PIPE_FOLDERS:
        for pipe in Path(place).glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}"):
            with contextlib.suppress(OSError):
                pipe.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def office_program() -> str | None:
    """LibreOffice's program on this machine, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _why(code: int, told: str) -> str:
    if told == "memory":
        return f"reading needed more memory than a chronology takes and was stopped; {_AGAIN}"
    if code == -signal.SIGXCPU or told == "time":
        return f"reading took more processor time than a chronology takes and was stopped; {_AGAIN}"
    if code < 0:
        return f"reading was stopped by the system (signal {-code}); {_AGAIN}"
    return f"reading stopped at a fault of the program ({told or code}); please report this, and send the file as .docx or .xlsx meanwhile"
