"""Reading in a child process: the same answer, and limits that hold."""

import json
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors import Limits, extract, extract_apart, processes
from extractors.apart import Request
from extractors.processes import end_readers
from extractors.wire import dump, load
from timeline.errors import CountError, FileError

ROOT = Path(__file__).resolve().parents[2]

TABLE = "Date,Event,Action\n13/02/2019,Seen,None\nUndated,Rang,None\n"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "a name with Zebediah.csv"
    made.write_text(TABLE)
    return made


def test_a_child_gives_the_same_extraction(path, source, reading):
    assert extract_apart(path, source, reading) == extract(path, source, reading)


def test_several_files_are_read_side_by_side(path, source, reading):
    with ThreadPoolExecutor(3) as threads:
        read = list(threads.map(lambda _: extract_apart(path, source, reading), range(3)))
    assert [len(each.entries) for each in read] == [2, 2, 2]


def test_a_child_out_of_time_is_stopped_and_the_file_rejected_by_its_label(path, source, reading):
    read = extract_apart(path, source, reading, Limits(wall_seconds=0.01))
    assert (read.status, read.seen) == ("rejected", 0)
    assert read.reason.startswith("police/1: ")
    assert "took longer" in read.reason


def test_a_child_out_of_memory_is_stopped_and_the_file_rejected(tmp_path, source, reading):
    large = tmp_path / "large.csv"
    large.write_text("Date,Event,Action\n" + "13/02/2019,Seen,None\n" * 140_000)
    read = extract_apart(large, source, reading, Limits(memory_bytes=120_000_000))
    assert read.status == "rejected"
    assert "memory" in read.reason
    assert "Zebediah" not in read.reason


def test_a_child_out_of_processor_time_is_stopped(tmp_path, source, reading):
    large = tmp_path / "large.csv"
    large.write_text("Date,Event,Action\n" + "13/02/2019,Seen,None\n" * 140_000)
    read = extract_apart(large, source, reading, Limits(cpu_seconds=1))
    assert read.status == "rejected"
    assert "processor time" in read.reason


def test_one_reader_reads_file_after_file_until_one_is_its_undoing(path, tmp_path, source, reading):
    end_readers()
    for _ in range(2):
        assert len(extract_apart(path, source, reading).entries) == 2
    (reader,) = processes._waiting
    extract_apart(path, source, reading)
    assert processes._waiting == [reader]
    large = tmp_path / "large.csv"
    large.write_text("Date,Event,Action\n" + "13/02/2019,Seen,None\n" * 140_000)
    assert extract_apart(large, source, reading, Limits(memory_bytes=120_000_000)).status == "rejected"
    assert processes._waiting == []
    assert reader.poll() == 3
    assert len(extract_apart(path, source, reading).entries) == 2


def test_a_reader_that_was_stopped_while_it_waited_costs_no_file(path, source, reading):
    extract_apart(path, source, reading)
    (reader,) = processes._waiting
    reader.kill()
    reader.wait()
    assert len(extract_apart(path, source, reading).entries) == 2


def test_readers_are_gone_when_all_files_are_read_and_when_the_one_that_asks_is(path, source, reading):
    extract_apart(path, source, reading)
    (reader,) = processes._waiting
    end_readers()
    assert reader.poll() is not None
    code = (
        "import pickle, sys, os, signal; from extractors import extract_apart, processes\n"
        "extract_apart(*pickle.loads(sys.stdin.buffer.read())); print(processes._waiting[0].pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    asked = pickle.dumps((path, source, reading))
    killed = subprocess.run([sys.executable, "-c", code], input=asked, capture_output=True, check=False, cwd=ROOT)
    assert eventually(lambda: not Path(f"/proc/{int(killed.stdout)}").exists())


def test_a_run_that_was_started_to_hear_nothing_of_its_children_reads_as_any(path, source, reading):
    code = (
        "import pickle, sys, signal; from extractors import extract_apart\n"
        "print([extract_apart(*pickle.loads(asked)).status for asked in [sys.stdin.buffer.read()] * 2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps((path, source, reading)),
        capture_output=True,
        check=True,
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
    )
    assert done.stdout.decode().strip() == "['read', 'read']"


def test_no_copy_reads_on_when_the_one_that_asked_is_gone(tmp_path, source, reading):
    waits = tmp_path / "never comes"
    code = (
        "import pickle, sys, os, threading, time; from extractors import apart, processes\n"
        "request = pickle.loads(sys.stdin.buffer.read())\n"
        "threading.Thread(target=processes.ask_reader, args=(request, 60)).start()\n"
        "while not (begun := [each.pid for each in processes._working]): time.sleep(0.01)\n"
        "print(begun[0], flush=True); time.sleep(1); os._exit(0)"
    )
    waits.write_text("Date,Event,Action\n" + "".join(f"13/02/2019,Seen {number},None\n" for number in range(149_000)))
    request = pickle.dumps(Request(path=str(waits), source=source, reading=reading, limits=Limits()))
    left = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(request), capture_output=True, check=False, cwd=ROOT)
    assert eventually(lambda: members_of(int(left.stdout)) == [], seconds=3)  # it would read on for longer


def eventually(holds, seconds=10):
    """Whether something comes true within so many seconds."""
    return any(holds() or time.sleep(0.1) for _ in range(10 * seconds))


def members_of(group):
    """The processes of a group that still run."""
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return [each for each in fields if int(each[2]) == group and each[0] != "Z"]


def test_an_extraction_comes_through_the_pipe_as_it_is(source, reading, path):
    read = extract(path, source, reading)
    assert load(dump(read), source) == read


@pytest.mark.parametrize(
    "change",
    [
        lambda told: b"not json",
        lambda told: b"[]",
        lambda told: pickle.dumps(subprocess.run),
        lambda told: json.dumps({**told, "status": "superseded"}).encode(),
        lambda told: json.dumps({**told, "notes": [1]}).encode(),
        lambda told: json.dumps({**told, "entries": [[*each[:2], ["a", "list"], *each[3:]] for each in told["entries"]]}).encode(),
        lambda told: json.dumps({**told, "entries": [[["4000-99"], *each[1:]] for each in told["entries"]]}).encode(),
        lambda told: b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_extraction_is_refused(change, source, reading, path):
    with pytest.raises(FileError, match="trusted"):
        load(change(json.loads(dump(extract(path, source, reading)))), source)


def test_reading_needs_neither_models_nor_an_orchestrator_nor_tables_of_figures():
    heavy = ("spacy", "prefect", "pandas", "presidio_analyzer", "openpyxl", "xlrd", "docx", "pdfplumber", "msoffcrypto")
    code = f"import sys, extractors.child, extractors.extract; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_an_answer_whose_rows_do_not_add_up_stops_the_run(path, source, reading):
    told = json.loads(dump(extract(path, source, reading)))
    with pytest.raises(CountError, match="police/1"):
        load(json.dumps({**told, "seen": told["seen"] + 1}).encode(), source)


def test_the_limits_hold_inside_a_child():
    code = (
        "import os, resource; from extractors.child import confine; confine(1 << 30, 60)\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert resource.getrlimit(resource.RLIMIT_AS) == (1 << 30, 1 << 30)\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 60\n"
        "try: bytes(2 << 30)\n"
        "except MemoryError: print('memory')\n"
        "import tempfile, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n  with tempfile.TemporaryFile() as made: made.write(b'x'); made.flush()\n"
        "except OSError: print('file')\n"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split() == [
        "memory",
        "file",
    ]
