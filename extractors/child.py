"""The child process that reads one file: takes a request from standard input, sets its own limits, writes the Extraction to standard output."""

import gc
import os
import pickle
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.errors import CountError

if TYPE_CHECKING:
    from extractors.apart import Limits


def main() -> int:
    """Reads the file that the request names; 0 and a pickled Extraction, or 3 and one word on standard error, which never quotes the file."""
    gc.disable()  # a short life: collecting costs a third of the time and frees next to nothing
    request = sys.stdin.buffer.read()
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it: slow, and its threads use up the address space
    try:
        from extractors.extract import extract

        path, source, reading, limits = pickle.loads(request)  # noqa: S301 - from our own parent
        confine(limits)
        answer = pickle.dumps(extract(Path(path), source, reading))
    except MemoryError:
        sys.stderr.write("memory")
        return 3
    except CountError:
        sys.stderr.write("count")
        return 3
    except Exception as error:  # noqa: BLE001 - the parent must hear of any fault, in words that hold no text of the file
        sys.stderr.write(_place(error))
        return 3
    sys.stdout.buffer.write(answer)
    return 0


def confine(limits: "Limits") -> None:
    """Sets the limits for this process: memory, processor time, no core dumps, no files written, and no network where the system allows it."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    for flags in (os.CLONE_NEWNET, os.CLONE_NEWUSER | os.CLONE_NEWNET):
        try:
            os.unshare(flags)
        except OSError:
            continue
        return


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).stem}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


if __name__ == "__main__":
    sys.exit(main())
