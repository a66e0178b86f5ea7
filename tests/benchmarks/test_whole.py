"""What the bench of whole runs does before it measures, and how it measures memory."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager

import openpyxl
import pytest

from benchmarks.memory import Watched, together
from benchmarks.returns import add_a_row

MEGABYTES = 64
_HOLDS = f"kept = bytearray(b'x') * ({MEGABYTES} << 20)"
_READY = "print('ready', flush=True); time.sleep(60)"
ONE = f"import time; {_HOLDS}; {_READY}"
TWO = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {ONE!r}], stdout=subprocess.PIPE, text=True)
assert child.stdout.readline() == "ready\\n"
{_HOLDS}
{_READY}
"""
FORKED = f"""
import os, time
{_HOLDS}
if os.fork():
    {_READY}
time.sleep(60)
"""


@contextmanager
def at_work(script):
    """A process that runs a script, once it says that it is ready; ended with all that it started."""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize(("script", "times"), [(ONE, 1), (TWO, 2), (FORKED, 1)], ids=["alone", "with a child", "shared with a child"])
def test_the_memory_of_all_processes_is_added_up_and_what_they_share_counts_once(script, times):
    with at_work(script) as process:
        assert MEGABYTES * times <= together(process.pid) < MEGABYTES * (times + 0.8)


def test_the_peak_is_kept_when_a_process_has_ended():
    with at_work(TWO) as process, Watched(process.pid) as watched:
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.5)
    assert watched.megabytes >= 2 * MEGABYTES


def test_a_process_that_has_ended_takes_nothing():
    with at_work(ONE) as process:
        pass
    assert together(process.pid) == 0


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.*")}


def workbook(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)


def test_a_changed_return_is_the_largest_workbook_with_a_row_more(tmp_path):
    workbook(tmp_path / "small.xlsx", [("Date", "Event"), ("01/02/2020", "Seen")])
    rows = [("Date", "Event"), *((f"{day:02}/02/2020", f"Seen {day}") for day in range(1, 29)), (None, "Total")]
    workbook(tmp_path / "large.xlsx", rows)
    (tmp_path / "protected.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100_000))
    shutil.copy(tmp_path / "small.xlsx", tmp_path / "~$lock.xlsx")
    before = hashes(tmp_path)
    assert add_a_row(tmp_path) == tmp_path / "large.xlsx"
    assert {name for name, digest in hashes(tmp_path).items() if digest != before[name]} == {"large.xlsx"}
    *old, new = openpyxl.load_workbook(tmp_path / "large.xlsx").active.iter_rows(values_only=True)
    assert old == rows
    assert new[0] == "28/02/2020"
    assert new[1].startswith("Seen 28")
    assert new[1] != "Seen 28"


def test_a_review_without_a_workbook_cannot_be_measured_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", "")
    with pytest.raises(ValueError, match="no workbook"):
        add_a_row(tmp_path)
