"""Work in a copy of the process: it gives what it gives here, whatever happens to the copy, and no copy is left behind."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipelines.beside import in_a_copy
from tests.conftest import ROOT, is_alive
from timeline.beside import Later

pytestmark = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor: no copies are made")


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """As in a command: whatever threads a test before this one left."""
    known = threading.enumerate()
    here = threading.enumerate
    monkeypatch.setattr("pipelines.beside.threading.enumerate", lambda: [each for each in here() if each not in known[1:]])


def test_a_copy_gives_what_the_work_gives_here():
    with in_a_copy(lambda: ("x" * 1_000_000, os.getpid())) as begun:
        text, process = begun.result()
    assert text == "x" * 1_000_000
    assert process != os.getpid()


def test_an_error_of_the_work_is_raised_as_if_there_were_no_copy():
    def full():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as told, in_a_copy(full) as begun:
        begun.result()
    assert told.traceback[-1].name == "full"
    with pytest.raises(OSError, match="No space left"):
        Later(full).result()


def test_what_a_killed_copy_did_not_do_is_done_here(tmp_path):
    here = os.getpid()

    def write():
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        (tmp_path / "document").write_text("whole")
        return "done"

    with in_a_copy(write) as begun:
        assert begun.result() == "done"
    assert (tmp_path / "document").read_text() == "whole"


def test_a_copy_whose_result_nobody_asks_for_is_ended():
    processes = []

    def fail(copy):
        os.kill(copy._process, 0)
        processes.append(copy._process)
        raise KeyError

    with pytest.raises(KeyError), in_a_copy(signal.pause) as copy:
        fail(copy)
    with pytest.raises(ProcessLookupError):
        os.kill(processes[0], 0)


def test_work_is_done_here_where_the_system_makes_no_copy(monkeypatch):
    monkeypatch.setattr(os, "fork", refuse)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with in_a_copy(os.getpid) as begun:
        assert begun.result() == os.getpid()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert gc.get_freeze_count() == 0
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def refuse():
    raise BlockingIOError(11, "Resource temporarily unavailable")


def test_work_is_done_here_where_less_memory_is_free_than_the_process_has(monkeypatch, tmp_path):
    own = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    for free, made in ((own // 2, False), (own * 2, True)):
        told = tmp_path / "meminfo"
        told.write_text(f"MemTotal:       24000000 kB\nMemFree:               1 kB\nMemAvailable:   {free // 1024} kB\n", "ascii")
        monkeypatch.setattr("timeline.copies._MEMORY", told)
        with in_a_copy(os.getpid) as begun:
            assert (begun.result() != os.getpid()) == made


@pytest.mark.parametrize("says", [None, "", "MemFree: 1 kB\n", "MemAvailable: much\n"])
def test_a_copy_is_made_where_the_system_does_not_tell_how_much_memory_is_free(monkeypatch, tmp_path, says):
    if says is not None:
        (tmp_path / "meminfo").write_text(says, "ascii")
    monkeypatch.setattr("timeline.copies._MEMORY", tmp_path / "meminfo")
    with in_a_copy(os.getpid) as begun:
        assert begun.result() != os.getpid()


def test_work_is_done_here_while_another_thread_could_hold_a_lock():
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    with in_a_copy(os.getpid) as begun:
        assert begun.result() == os.getpid()
    over.set()
    thread.join()


def test_a_signal_that_comes_while_a_copy_is_made_ends_the_copy_and_runs_nothing_of_the_callers_there(tmp_path):
    program = f"""
import os, signal, sys
from pathlib import Path
from pipelines import beside

def stop(number, frame):
    raise SystemExit(128 + number)

signal.signal(signal.SIGTERM, stop)
fork = os.fork
def slow_fork():
    made = fork()
    os.kill(os.getpid(), signal.SIGTERM)
    return made
os.fork = slow_fork
try:
    with beside.in_a_copy(signal.pause) as copy:
        Path({str(tmp_path)!r}, "never").touch()
finally:
    with Path({str(tmp_path)!r}, "ended").open("a") as ended:
        ended.write(f"{{os.getpid()}} ")
"""
    with subprocess.Popen((sys.executable, "-c", program), cwd=ROOT) as process:
        assert process.wait(60) == 128 + signal.SIGTERM
    assert (tmp_path / "ended").read_text() == f"{process.pid} "
    assert not (tmp_path / "never").exists()


def test_no_copy_outlives_a_parent_that_was_killed():
    program = "import os, signal; from timeline.copies import Copy; print(Copy(signal.pause)._process, flush=True); signal.pause()"
    with subprocess.Popen((sys.executable, "-c", program), cwd=ROOT, stdout=subprocess.PIPE) as parent:
        copy = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    while is_alive(copy):
        assert time.monotonic() < until, "the copy still runs"
        time.sleep(0.02)
