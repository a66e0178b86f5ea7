"""Reading in a child process: the same answer, and limits that hold."""

import io
import json
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractors import Limits, extract, extract_apart, processes
from extractors.apart import Request
from extractors.processes import ask_reader, end_readers
from extractors.wire import dump, load
from tests.conftest import members_of
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


def test_nothing_of_a_file_stands_in_the_memory_with_which_the_next_one_is_read(tmp_path, source, reading):
    end_readers()
    told = tmp_path / "told.csv"
    told.write_text("Date,Event,Action\n" + "".join(f"13/02/2019,Seen Zebediah {number},None\n" for number in range(20_000)))
    assert len(extract_apart(told, source, reading).entries) == 20_000
    (reader,) = processes._waiting
    assert b"extractors" in memory_of(reader.pid)
    assert b"Zebediah" not in memory_of(reader.pid)


def memory_of(process):
    """All that a process holds; skips the test where the system does not let us look."""
    ranges = [line.split()[:2] for line in Path(f"/proc/{process}/maps").read_text().splitlines() if "[v" not in line]
    held = []
    try:
        with Path(f"/proc/{process}/mem").open("rb") as memory:
            for place, rights in ranges:
                start, end = (int(each, 16) for each in place.split("-"))
                if rights.startswith("rw"):
                    memory.seek(start)
                    held.append(memory.read(end - start))
    except PermissionError:
        pytest.skip("this system lets nobody look into the memory of another process")
    return b"".join(held)


@pytest.mark.parametrize("said", [b"", b"\0\0\0", b"\0\0\0\5abc", b"\0\0\0\5abcde", b"\xff\xff\xff\xffabc"])
def test_an_answer_that_was_cut_off_is_none(said):
    assert processes._answer_of(SimpleNamespace(stdout=io.BytesIO(said))) is None


def test_an_answer_comes_in_frames():
    said = b"\0\0\0\3abc" + b"\0\0\0\2de" + b"\0\0\0\0"
    assert processes._answer_of(SimpleNamespace(stdout=io.BytesIO(said))) == b"abcde"


def test_the_time_is_over_also_for_what_a_reader_that_is_gone_has_left_behind(monkeypatch):
    left = "import os, time\nif os.fork(): os._exit(0)\nos.close(1); time.sleep(60)"
    monkeypatch.setattr(processes, "_begun", lambda _: begun(left))
    end_readers()
    start = time.monotonic()
    with pytest.raises(FileError, match="took longer"):
        ask_reader(b"", 1)
    assert time.monotonic() - start < 30


def begun(code):
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True, **pipes)


def test_a_reader_is_ended_where_nobody_could_stop_it_in_time(path, source, reading, monkeypatch):
    def refused(_):
        raise RuntimeError("can't start new thread")

    extract_apart(path, source, reading)
    (reader,) = processes._waiting
    monkeypatch.setattr(processes.threading.Timer, "start", refused)
    with pytest.raises(RuntimeError):
        extract_apart(path, source, reading)
    assert reader.poll() is not None
    assert (processes._waiting, processes._working) == ([], set())


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
    large = tmp_path / "large.csv"
    code = (
        "import pickle, sys, os, threading, time; from extractors import apart, processes\n"
        "request = pickle.loads(sys.stdin.buffer.read())\n"
        "threading.Thread(target=processes.ask_reader, args=(request, 60)).start()\n"
        "while not (begun := [each.pid for each in processes._working]): time.sleep(0.01)\n"
        "print(begun[0], flush=True); time.sleep(1); os._exit(0)"
    )
    large.write_text("Date,Event,Action\n" + "".join(f"13/02/2019,Seen {number},None\n" for number in range(149_000)))
    request = pickle.dumps(Request(path=str(large), source=source, reading=reading, limits=Limits()))
    left = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(request), capture_output=True, check=False, cwd=ROOT)
    assert eventually(lambda: members_of(int(left.stdout)) == [], seconds=3)  # it would read on for longer


def eventually(holds, seconds=10):
    """Whether something comes true within so many seconds."""
    return any(holds() or time.sleep(0.1) for _ in range(10 * seconds))


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
