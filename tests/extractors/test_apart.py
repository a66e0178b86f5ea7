"""Reading in a child process: the same answer, and limits that hold."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from extractors import Limits, extract, extract_apart
from extractors.apart import load_extraction
from timeline.errors import CountError

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
    large.write_text("Date,Event,Action\n" + "13/02/2019,Seen,None\n" * 200_000)
    read = extract_apart(large, source, reading, Limits(memory_bytes=120_000_000))
    assert read.status == "rejected"
    assert "memory" in read.reason
    assert "Zebediah" not in read.reason


def test_a_child_out_of_processor_time_is_stopped(tmp_path, source, reading):
    large = tmp_path / "large.csv"
    large.write_text("Date,Event,Action\n" + "13/02/2019,Seen,None\n" * 300_000)
    read = extract_apart(large, source, reading, Limits(cpu_seconds=1))
    assert read.status == "rejected"
    assert "processor time" in read.reason


def test_an_answer_that_names_anything_but_the_nouns_is_not_loaded():
    for bad in (date(2019, 1, 1), subprocess.run, SystemExit):
        with pytest.raises(pickle.UnpicklingError):
            load_extraction(pickle.dumps(bad))


def test_reading_needs_neither_models_nor_an_orchestrator_nor_tables_of_figures():
    heavy = ("spacy", "prefect", "pandas", "presidio_analyzer", "openpyxl", "xlrd", "docx")
    code = f"import sys, extractors.child, extractors.extract; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_an_answer_whose_rows_do_not_add_up_stops_the_run(path, source, reading):
    answer = extract(path, source, reading)
    object.__setattr__(answer, "seen", answer.seen + 1)
    with pytest.raises(CountError, match="police/1"):
        load_extraction(pickle.dumps(answer))
