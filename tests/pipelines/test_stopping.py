"""A run that is stopped, or killed: nothing of an agency's file is left outside intake/, and no process goes on."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors.apart import office_program
from pipelines.cli import main
from tests.conftest import ROOT

MARKER = "Zebediah"
RTF = r"{\rtf1\ansi\trowd\cellx2000\cellx5000\intbl Date\cell Event\cell\row" + "".join(
    rf"\trowd\cellx2000\cellx5000\intbl {number % 28 + 1:02}/02/2022\cell {MARKER} seen {number}\cell\row" for number in range(20_000)
)


@pytest.fixture
def slow(tiny):
    """The tiny review with a file that LibreOffice needs long for."""
    (tiny / "intake" / "school" / "long.rtf").write_text(RTF + "}")
    return tiny


@pytest.fixture
def begun(slow):
    """A run of it that works on that file: the process, and the folder that LibreOffice works in."""
    if office_program() is None:
        assert not os.environ.get("CI"), "CI must have LibreOffice"
        pytest.skip("LibreOffice is not installed")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run", str(slow)], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not (found := list(slow.rglob("reading-*/profile/user/*/"))):
        assert time.monotonic() < deadline, process.poll()
        time.sleep(0.05)
    yield process, found[0].parents[2]
    if process.poll() is None:
        process.kill()
        process.wait()


def left_over(review):
    """Files outside intake/ that hold text of an agency, and processes that work in the review."""
    files = [path for path in review.rglob("*") if path.is_file() and "intake" not in path.parts and MARKER.encode() in path.read_bytes()]
    return files, list(review.rglob("reading-*")), working_in(review)


def working_in(review):
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(review).encode() in (entry / "cmdline").read_bytes():
                found.append(entry.name)
        except OSError:
            continue
    return found


def until_gone(review, seconds=20):
    deadline = time.monotonic() + seconds
    while working_in(review) and time.monotonic() < deadline:
        time.sleep(0.1)


def pipes_of(folder):
    """The pipes that LibreOffice made for its profile in this folder, by the name that it gives them."""
    name = "".join(f"{byte:x}" for byte in hashlib.md5((folder / "profile").as_uri().encode("utf-16-le")).digest())  # noqa: S324 - LibreOffice's own way
    return [
        path
        for place in ("/tmp", "/var/tmp")  # noqa: S108 - where it puts them
        for path in Path(place).glob(f"OSL_PIPE_*{name}")
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_that_is_stopped_ends_at_once_and_leaves_nothing(begun, slow, number):
    process, _ = begun
    process.send_signal(number)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 128 + number
    assert "stopped" in said
    assert "Traceback" not in said
    assert left_over(slow) == ([], [], [])
    assert not (slow / "output" / "working").exists()


@pytest.mark.models
def test_children_end_with_a_run_that_is_killed_and_the_next_run_removes_what_is_left(begun, slow):
    process, folder = begun
    process.kill()
    process.wait()
    until_gone(slow)
    assert working_in(slow) == []
    assert folder.parent == slow / "output" / "restricted" / ".reading"
    (slow / "intake" / "school" / "long.rtf").unlink()
    old = slow / "record" / "reading-of-an-earlier-version"
    shutil.copytree(folder, old, ignore=shutil.ignore_patterns("*.tmp"))
    assert main(["run", str(slow)]) in (0, 1)
    assert left_over(slow) == ([], [], [])
    assert pipes_of(folder) == []


def test_libreoffice_leaves_no_pipe_and_no_process_when_it_is_stopped(begun, slow):
    process, folder = begun
    deadline = time.monotonic() + 60
    while not pipes_of(folder):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.terminate()
    process.communicate(timeout=30)
    assert pipes_of(folder) == []
    assert working_in(slow) == []
