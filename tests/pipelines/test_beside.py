"""Work in a copy of the process: it gives what it gives here, whatever happens to the copy, and no copy is left behind."""

import os
import signal

import pytest

from pipelines.beside import Copy, Later, in_a_copy


def test_a_copy_gives_what_the_work_gives_here():
    with in_a_copy(lambda: ("x" * 1_000_000, os.getpid())) as begun:
        text, process = begun.result()
    assert text == "x" * 1_000_000
    assert (process == os.getpid()) == (len(os.sched_getaffinity(0)) < 2)


@pytest.mark.parametrize("way", [Copy, Later])
def test_an_error_of_the_work_is_raised_as_if_there_were_no_copy(way):
    def full():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as told:
        way(full).result()
    assert told.traceback[-1].name == "full"


def test_what_a_killed_copy_did_not_do_is_done_here(tmp_path):
    here = os.getpid()

    def write():
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        (tmp_path / "document").write_text("whole")
        return "done"

    assert Copy(write).result() == "done"
    assert (tmp_path / "document").read_text() == "whole"


def test_a_copy_whose_result_nobody_asks_for_is_ended(tmp_path):
    reading, writing = os.pipe()
    copy = Copy(lambda: os.read(reading, 1))
    process = copy._process
    with pytest.raises(KeyError), in_a_copy(lambda: os.read(reading, 1)):
        raise KeyError
    copy.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    os.close(reading)
    os.close(writing)
