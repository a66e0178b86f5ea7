"""The child process that reads one file: takes a request from standard input, sets its own limits, writes the Extraction to standard output."""

import gc
import os
import pickle
import resource
import sys
from pathlib import Path

from timeline.errors import CountError


def main() -> int:
    """Reads the file that the request names; 0 and the answer, or 3 and one word on standard error, which never quotes the file.

    The answer is an Extraction (`extractors.wire`), or a line that names an ending and the one wanted, and the bytes for LibreOffice.
    """
    gc.disable()  # a short life: collecting costs a third of the time and frees next to nothing
    request = sys.stdin.buffer.read()
    try:
        from extractors import wire
        from extractors.extract import NeedsOffice, extract, extract_bytes

        asked = pickle.loads(request)  # noqa: S301 - from our own parent
        del request
        confine(asked.limits.memory_bytes, asked.limits.cpu_seconds)
        try:
            if asked.data is None:
                answer = wire.dump(extract(Path(asked.path), asked.source, asked.reading, asked.password, may_hand_over=True))
            else:
                answer = wire.dump(extract_bytes(asked.data, asked.source, asked.reading))
        except NeedsOffice as needed:
            answer = f"office {needed.ending} {needed.wanted}\n".encode("ascii") + needed.data
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


def confine(memory_bytes: int, cpu_seconds: int, file_bytes: int = 0) -> None:
    """Sets the limits for this process: memory, processor time, no core dumps, size of files written, and no network where the system allows it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
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
