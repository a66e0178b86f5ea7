"""The child process that reads files: each in a copy of itself that sets its own limits, so that one bad file never stops or swells another."""

import gc
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

from extractors import wire
from extractors.apart import Request
from extractors.extract import extract_or_hand_over, extract_rewritten
from extractors.processes import FRAME_BYTES, LENGTH_BYTES
from timeline.copies import end_with_parent
from timeline.errors import CountError, place_of

_ROOT = str(Path(__file__).resolve().parent.parent)
_MOMENT_MILLISECONDS = 2000


def main() -> int:
    """Reads one file after the other, each in a copy of this process, which has loaded what reading needs; 0 when nobody asks any more.

    A byte announces each request, and the copy takes the request itself. Its answer (`extractors.wire`) is passed on through one buffer that is
    emptied after it, so that nothing of a file stands in the memory with which the next one's copy begins. Where a copy fails, this process ends
    as the copy did: with its signal, or with 3 and one word on standard error, which never quotes the file.
    """
    gc.disable()  # a short life: collecting costs a third of the time and frees next to nothing
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what the system would keep of a crash holds texts
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # or nobody would be told how a copy ended, where the parent was started so
    while os.read(0, 1):
        if code := _read_in_a_copy():
            return _end_as(code)
        _pass_on(memoryview(bytes(LENGTH_BYTES)))
    return 0


def _read_in_a_copy() -> int:
    """How the copy that reads one file ended (negative: by which signal); its answer is passed on. It is ended when nobody waits for it."""
    reading, writing = os.pipe()
    reader = os.getpid()
    process = os.fork()
    if not process:
        os.close(reading)
        _live(writing, reader)
    os.close(writing)
    frame = memoryview(bytearray(LENGTH_BYTES + FRAME_BYTES))
    waiting = select.poll()
    waiting.register(0, 0)  # its end alone is told
    waiting.register(reading, select.POLLIN)
    try:
        while all(number == reading for number, _ in waiting.poll()) and (length := os.readv(reading, [frame[LENGTH_BYTES:]])):
            frame[:LENGTH_BYTES] = length.to_bytes(LENGTH_BYTES)
            _pass_on(frame[: LENGTH_BYTES + length])
        return _ended(process)
    finally:
        frame[:] = bytes(len(frame))
        os.close(reading)


def _pass_on(frame: memoryview) -> None:
    """Writes to the one who asked, past every buffer of Python's."""
    while frame:
        frame = frame[os.write(1, frame) :]


def _ended(process: int) -> int:
    """How a copy ended; one that lives on a moment after it has closed its pipe, or for which nobody waits, is killed."""
    asking = select.poll()
    asking.register(0, 0)
    for _ in range(_MOMENT_MILLISECONDS):
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if asking.poll(1):
            break
    os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _live(writing: int, reader: int) -> None:
    """The copy's life: it takes the request, lets go of every pipe but those for its answer and its one word, and reads."""
    code = 3
    try:
        end_with_parent(signal.SIGKILL)
        if os.getppid() != reader:  # it is gone already
            return
        with open(0, "rb", closefd=False) as asking:
            request = pickle.load(asking)  # noqa: S301 - from our own parent
        told = os.dup(2)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(nowhere, each)
        if word := _answer(request, writing):
            os.write(told, word.encode("ascii", "replace"))
        else:
            code = 0
    finally:
        os._exit(code)


def _answer(asked: Request, writing: int) -> str:
    """Reads the file that the request names and writes the answer; the word that tells why there is none, else an empty one."""
    try:
        confine(asked.limits.memory_bytes, asked.limits.cpu_seconds_for(*_size_and_kind(asked.path, asked.rewritten)))
        if asked.rewritten is None:
            answer = wire.dump(extract_or_hand_over(Path(asked.path), asked.source, asked.reading, asked.password))
        else:
            answer = wire.dump(extract_rewritten(asked.rewritten, asked.source, asked.reading, asked.notes))
    except MemoryError:
        return "memory"
    except CountError:
        return "count"
    except Exception as error:  # noqa: BLE001 - the parent must hear of any fault, in words that hold no text of the file
        return place_of(error)
    with open(writing, "wb") as pipe:
        pipe.write(answer)
    return ""


def _end_as(code: int) -> int:
    """Ends this process by the signal that ended a copy, or gives the copy's exit status."""
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def _size_and_kind(path: str, rewritten: bytes | None) -> tuple[int, bool]:
    """How many bytes are to be read, and whether they are a PDF's, of which each page is long work; none of what cannot be opened."""
    if rewritten is not None:
        return len(rewritten), False
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            return os.fstat(opened.fileno()).st_size, b"%PDF-" in opened.read(1024)
    except OSError:
        return 0, False


def can_cut_network() -> bool:
    """Whether this machine lets a process give its network up."""
    code = "import sys; from extractors.child import cut_network; sys.exit(not cut_network())"
    return subprocess.run((sys.executable, "-c", code), check=False, env={"PYTHONPATH": _ROOT}).returncode == 0  # noqa: S603


def cut_network() -> bool:
    """Leaves this process without any network; whether the system allowed it."""
    for flags in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        try:
            os.unshare(flags)
        except OSError:
            continue
        return True
    return False


def confine(memory_bytes: int, cpu_seconds: int, file_bytes: int = 0) -> None:
    """Sets the limits for this process: memory, processor time, no core dumps, size of files written, and no network where the system allows it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    cut_network()


if __name__ == "__main__":
    sys.exit(main())
