"""Reading in a child process: the same answer, and limits that hold."""

import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors import Limits, extract, extract_apart
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
