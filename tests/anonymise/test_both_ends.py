"""Work that a copy of the process begins at the other end: the same answers in every order of events, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymise.detecting import both_ends
from anonymise.detecting.both_ends import FEW, BothEnds
from anonymise.detecting.presidio import RampartRecogniser
from tests.conftest import is_alive

OPENED = Path("/proc/self/fd")
ROOT = Path(__file__).resolve().parents[2]


def children():
    """The processes that this one started, be it in another thread."""
    return {child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()}


@settings(max_examples=30, deadline=None)
@given(items=st.lists(st.integers(), max_size=40), threads=st.integers(0, 3), here=st.floats(0, 0.003), there=st.floats(0, 0.003))
def test_every_item_is_worked_on_whoever_is_faster(items, threads, here, there):
    parent = os.getpid()

    def work(item):
        time.sleep(here if os.getpid() == parent else there)
        return item, "done"

    both = BothEnds(work, items, threads)
    assert [both.of(number) for number in range(len(items))] == [(item, "done") for item in items]
    both.stop()


def test_a_copy_takes_its_share_and_does_not_stay():
    both = BothEnds(lambda _: (time.sleep(0.01), os.getpid())[1], range(50), 1)
    workers = [both.of(number) for number in range(50)]
    assert workers[0] == os.getpid()
    copy = workers[-1]
    assert copy != os.getpid()
    assert workers == sorted(workers, key=lambda each: each == copy)
    assert not is_alive(copy)


def all_done_here(items):
    both = BothEnds(lambda _: (time.sleep(0.001), os.getpid())[1], items, 1)
    return {both.of(number) for number in range(len(items))} == {os.getpid()}


def test_few_items_and_a_machine_short_of_memory_are_no_reason_for_a_copy(monkeypatch):
    assert all_done_here(range(FEW))
    assert not all_done_here(range(500))
    monkeypatch.setattr(both_ends, "memory_is_short", lambda: True)
    assert all_done_here(range(500))


def test_a_copy_with_much_to_tell_ends_with_the_process_it_was_made_of():
    code = (
        "import time; from anonymise.detecting.both_ends import BothEnds\n"
        "both = BothEnds(lambda _: b'x' * 100_000, range(30), 1); print(both._copy._process, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    copy = int(parent.stdout.readline())
    time.sleep(0.5)  # it has something to tell by now, and nobody listens
    assert is_alive(copy)
    parent.kill()
    parent.wait()
    assert any(not is_alive(copy) or time.sleep(0.1) for _ in range(50))


def test_what_a_killed_copy_had_taken_is_done_here():
    both = BothEnds(lambda number: (time.sleep(0.01), number)[1], range(50), 1)
    first = [both.of(number) for number in range(5)]
    os.kill(both._copy._process, signal.SIGKILL)
    assert [*first, *(both.of(number) for number in range(5, 50))] == list(range(50))


def test_an_error_is_raised_here_too_and_a_copy_that_nobody_asks_is_ended():
    def work(number):
        if number == 9:
            raise ValueError("nine")
        return number

    both = BothEnds(work, range(30), 1)
    time.sleep(0.2)
    with pytest.raises(ValueError, match="nine"):
        [both.of(number) for number in range(30)]
    unasked = BothEnds(lambda _: time.sleep(60), range(30), 2)
    copy = unasked._copy._process
    assert is_alive(copy)
    unasked.stop()
    assert not is_alive(copy)


def test_a_fault_while_the_texts_are_still_worked_out_leaves_no_copy_behind():
    class Slow:
        def find(self, _):
            time.sleep(60)

    recogniser = RampartRecogniser(Slow(), 1)

    def asked():
        time.sleep(0.3)
        return [f"text {number}" for number in range(30)]

    opened, running = set(OPENED.iterdir()), children()
    with pytest.raises(ValueError, match="a fault"), recogniser.ahead(asked):
        raise ValueError("a fault")
    assert children() == running
    assert set(OPENED.iterdir()) == opened


def test_without_another_processor_or_another_process_everything_is_done_here(monkeypatch):
    assert {BothEnds(lambda _: os.getpid(), range(30), 0).of(number) for number in range(30)} == {os.getpid()}

    def refused():
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused)
    opened = set(OPENED.iterdir())
    assert all_done_here(range(30))
    assert set(OPENED.iterdir()) == opened
