"""The name detectors in a process of their own: the same is found, a child that ends is told in one line, and none is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from anonymise.detecting import apart
from anonymise.detecting.apart import DetectorsApart
from tests.conftest import is_alive, members_of
from timeline.errors import OutputError

TEXTS = [
    "Mrs Anne Carswell of 12 Rue de la Mare rang 01534 123456.",
    "seen by dr quillfeather at home",
    "Nothing of note.",
    "",
    "x" * 30_000,
]


@pytest.fixture(scope="module")
def child(rules):
    return DetectorsApart(rules.patterns)


def test_a_child_finds_what_the_detectors_find_here(child, detectors):
    assert child.find(TEXTS) == detectors.find(TEXTS)
    assert child.find(TEXTS, lambda number: [(0, 12)][: number < 2]) == detectors.find(TEXTS, lambda number: [(0, 12)][: number < 2])


def test_a_child_that_was_killed_is_told_in_one_line_and_the_next_who_asks_gets_another(child):
    child.find(TEXTS[:1])
    killed = apart._child[0]
    os.kill(killed.pid, signal.SIGSTOP)  # so that it dies with the question before it
    os.kill(killed.pid, signal.SIGKILL)
    with pytest.raises(OutputError, match=r"^the name detectors were stopped by the system.*run again$"):
        child.find(TEXTS[:1])
    assert child.find(TEXTS[:1])[0]


def test_a_child_that_is_killed_while_a_copy_reads_with_it_is_told_at_once_and_takes_the_copy_along(child):
    child.find(TEXTS[:1])
    killed = apart._child[0].pid
    texts = [f"Mrs Anne Carswell of {number} Rue de la Mare rang Dr Quillfeather about Tariq." for number in range(3000)]

    def kill():
        while len(members_of(killed)) < 2:
            time.sleep(0.01)
        time.sleep(1)
        os.kill(killed, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(OutputError, match="stopped by the system"):
        child.find(texts)
    killer.join()
    assert any(not members_of(killed) or time.sleep(0.1) for _ in range(30))


def test_a_child_that_died_before_it_was_asked_is_replaced(child):
    child.find(TEXTS[:1])
    apart._child[0].kill()
    apart._child[0].wait()
    assert child.find(TEXTS[:1])[0]


def test_a_child_that_read_a_large_review_makes_room_for_its_documents(child, monkeypatch):
    monkeypatch.setattr(apart, "MANY_CHARACTERS", 10)
    found = child.find(TEXTS[:1])
    apart.make_room(10)
    assert apart._child != []
    apart.make_room(11)
    assert apart._child == []
    assert child.find(TEXTS[:1]) == found


def test_a_fault_in_the_child_is_told_by_its_place_and_without_a_word_of_the_text(child):
    with pytest.raises(OutputError, match="at a fault of the program") as told:
        child.find(["Quillfeather \ud800"])  # no text as read holds half a character
    assert "Quill" not in str(told.value)
    assert child.find(TEXTS[:1])[0]


def test_whoever_cannot_say_what_to_ask_about_leaves_no_answer_behind_for_the_next(child):
    def fails(number):
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        child.find(TEXTS, fails)
    assert child.find(TEXTS[:1])[0] != child.find(TEXTS[1:2])[0]


def test_texts_that_are_blank_alone_are_asked_of_nobody(child):
    apart._end()
    assert child.find(["", " "]) == [[], []]
    assert apart._child == []


def test_no_child_outlives_whoever_started_it():
    code = "from anonymise.detecting import apart; apart.load_ahead(); print(apart._child[0].pid, flush=True); input()"
    with subprocess.Popen((sys.executable, "-c", code), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 60
    while is_alive(child):
        assert time.monotonic() < until, "the child still runs"
        time.sleep(0.05)
