"""The child process that reads one file: takes a request from standard input, sets its own limits, writes the Extraction to standard output."""

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
from pathlib import Path

from timeline.errors import CountError, place_of

_ROOT = str(Path(__file__).resolve().parent.parent)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> int:
    """Reads the file that the request names; 0 and the answer (`extractors.wire`), or 3 and one word on standard error, which never quotes
    the file.
    """
    end_with_parent(signal.SIGKILL)
    gc.disable()  # a short life: collecting costs a third of the time and frees next to nothing
    request = sys.stdin.buffer.read()
    try:
        from extractors import wire
        from extractors.extract import extract_or_hand_over, extract_rewritten

        asked = pickle.loads(request)  # noqa: S301 - from our own parent
        del request
        confine(asked.limits.memory_bytes, asked.limits.cpu_seconds_for(*_size_and_kind(asked.path, asked.rewritten)))
        if asked.rewritten is None:
            answer = wire.dump(extract_or_hand_over(Path(asked.path), asked.source, asked.reading, asked.password))
        else:
            answer = wire.dump(extract_rewritten(asked.rewritten, asked.source, asked.reading, asked.notes))
    except MemoryError:
        sys.stderr.write("memory")
        return 3
    except CountError:
        sys.stderr.write("count")
        return 3
    except Exception as error:  # noqa: BLE001 - the parent must hear of any fault, in words that hold no text of the file
        sys.stderr.write(place_of(error))
        return 3
    sys.stdout.buffer.write(answer)
    return 0


def _size_and_kind(path: str, rewritten: bytes | None) -> tuple[int, bool]:
    """How many bytes are to be read, and whether they are a PDF's, of which each page is long work; none of what cannot be opened."""
    if rewritten is not None:
        return len(rewritten), False
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
            return os.fstat(opened.fileno()).st_size, b"%PDF-" in opened.read(1024)
    except OSError:
        return 0, False


def end_with_parent(by: signal.Signals) -> None:
    """Lets the system send this signal to this process when the one that started it is gone, where it can (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)


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
