"""The review's log: only ever added to, by any number of processes; whatever was changed in it is named by its line."""

import json
import multiprocessing
import os
import resource
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.accounts import this_account
from pipelines.decisions import FIRST, add_records, head, log_lines, read_records, torn_line
from timeline.errors import CaseError, OutputError

AT = datetime(2031, 5, 6, 12, 30, 15, 999, tzinfo=UTC)


def said(number, why="because\nof “that”"):
    return {"about": "test", "by": "AB", "why": why, "number": number}


def numbers(log, about="test"):
    return [record["number"] for record in read_records(log, about)]


def add_many(path, who, count):
    for number in range(count):
        add_records(path, [said(f"{who}-{number}")])


@pytest.fixture
def log(tmp_path):
    return tmp_path / "decisions.jsonl"


@pytest.fixture
def five(log):
    for number in range(1, 6):
        add_records(log, [said(number)])
    return log


def test_every_line_says_what_by_whom_why_when_to_the_second_under_which_account_and_the_hash_of_the_line_before(log):
    add_records(log, [said(1)], AT)
    add_records(log, [said(2)], AT + timedelta(hours=1))
    first, second = log_lines(log)
    assert first.record["written"] == "2031-05-06T12:30:15+00:00"
    assert (first.record["by"], first.record["why"]) == ("AB", "because\nof “that”")
    assert first.record["account"] == str(this_account())
    assert str(os.getuid()) in first.record["account"]
    assert (first.record["before"], second.record["before"]) == (FIRST, first.hash)
    assert head(log) == second.hash
    assert (first.number, second.number) == (1, 2)


def test_the_account_is_the_operating_systems_and_not_what_the_environment_says(log, monkeypatch):
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    add_records(log, [said(1)])
    assert "somebody-else" not in log.read_text("utf-8")


def test_a_log_that_is_not_there_has_no_lines_and_a_head_of_noughts(log):
    assert (log_lines(log), head(log), torn_line(log)) == ((), FIRST, None)


def test_what_the_log_writes_itself_nobody_else_may_say(log):
    for ours in ("before", "written", "account", "torn"):
        with pytest.raises(ValueError, match="leaves"):
            add_records(log, [{**said(1), ours: "x"}])
    with pytest.raises(ValueError, match="about"):
        add_records(log, [{"by": "AB"}])
    assert not log.exists()


def test_two_processes_at_once_add_a_thousand_decisions_each_and_lose_none(log):
    processes = [multiprocessing.get_context("spawn").Process(target=add_many, args=(log, who, 1000)) for who in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    found = numbers(log)
    assert len(found) == 2000
    for who in "ab":
        assert [each for each in found if each.startswith(who)] == [f"{who}-{number}" for number in range(1000)]


def test_adding_to_a_long_log_reads_its_end_alone(log, monkeypatch):
    add_records(log, [said(number) for number in range(20_000)])
    read = []
    whole = os.pread
    monkeypatch.setattr(os, "pread", lambda file, count, place: read.append(count) or whole(file, count, place))
    add_records(log, [said("last")])
    assert sum(read) < 100_000 < log.stat().st_size
    monkeypatch.undo()
    assert numbers(log)[-2:] == [19_999, "last"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda lines: lines[1:], "line 1: lines before it are missing"),
        (lambda lines: [*lines[:2], *lines[3:]], "line 2: it was changed, or lines after it are missing"),
        (lambda lines: [*lines[:2], lines[2].replace(b"AB", b"XY"), *lines[3:]], "line 3: it was changed"),
        (lambda lines: [*lines[:2], lines[2][:40], *lines[3:]], "line 3: it is damaged"),
        (lambda lines: [*lines[:2], b"spoiled", *lines[2:]], "line 3: it is damaged"),
        (lambda lines: [*lines[:2], b"", *lines[2:]], "line 3: it is damaged"),
        (lambda lines: [*lines[:2], b"\xff\xfe", *lines[2:]], "line 3: it is damaged"),
        (lambda lines: [lines[0], lines[1].replace(b"AB", b"XY"), *lines[1:]], "line 2: it was put in"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "line 1: lines before it are missing"),
        (lambda lines: [*lines[:3], lines[4], lines[3]], "line 3: it was changed, or lines after it are missing"),
    ],
)
def test_a_line_that_was_changed_cut_taken_out_or_put_in_is_named_by_its_number(five, change, place):
    five.write_bytes(b"\n".join(change(five.read_bytes().splitlines())) + b"\n")
    with pytest.raises(CaseError, match=place):
        log_lines(five)


@pytest.mark.parametrize("written", ["noon", "2031-05-06T12:30:15", "", None, 7])
def test_a_line_by_hand_whose_time_is_none_is_named_though_it_fits_the_chain(five, written):
    with five.open("a", encoding="utf-8") as log:
        log.write(json.dumps({"about": "test", "before": head(five), "written": written}) + "\n")
    with pytest.raises(CaseError, match="line 6: it is damaged"):
        log_lines(five)


@pytest.mark.parametrize("about", [None, 7, ["test"], {}])
def test_a_line_by_hand_that_is_about_nothing_stops_nothing(five, about):
    with five.open("a", encoding="utf-8") as log:
        log.write(json.dumps({"about": about, "before": head(five)}) + "\n")
    assert numbers(five) == [1, 2, 3, 4, 5]


def test_a_last_line_that_was_spoiled_is_not_added_to_and_is_named(five):
    five.write_bytes(b"\n".join([*five.read_bytes().splitlines()[:4], b"spoiled"]) + b"\n")
    with pytest.raises(CaseError, match="line 5: it is damaged"):
        add_records(five, [said(6)])


@given(cut=st.integers(1, 10_000))
def test_wherever_a_crash_cuts_the_last_line_the_others_stand_and_what_was_left_is_kept(tmp_path_factory, cut):
    log = tmp_path_factory.mktemp("log") / "decisions.jsonl"
    add_records(log, [said(1)])
    add_records(log, [said(2, why="Café, £ and 日本")])
    lines = log.read_bytes().splitlines(keepends=True)
    left = lines[1][: cut % (len(lines[1]) - 1)]
    log.write_bytes(lines[0] + left)
    whole = left == lines[1][:-1]
    assert numbers(log) == ([1, 2] if whole else [1])
    assert torn_line(log) == (2 if left and not whole else None)
    add_records(log, [said(3)])
    assert numbers(log) == ([1, 2, 3] if whole else [1, 3])
    assert log_lines(log)[-1].record.get("torn", "") == ("" if whole else left.decode("utf-8", "replace"))
    assert torn_line(log) is None


def test_a_line_that_lacks_only_its_end_counts(five):
    five.write_bytes(five.read_bytes()[:-1])
    assert numbers(five) == [1, 2, 3, 4, 5]
    add_records(five, [said(6)])
    assert numbers(five) == [1, 2, 3, 4, 5, 6]


def fill_up(log, done):
    """Adds with room for a part of it alone; what came of it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 300, resource.RLIM_INFINITY))
    try:
        add_records(log, [said(number) for number in (6, 7, 8)])
    except OutputError as error:
        done.put(str(error))


def test_a_full_disk_leaves_the_log_as_it_was_and_says_so(five):
    before, context = five.read_bytes(), multiprocessing.get_context("spawn")
    done = context.Queue()
    process = context.Process(target=fill_up, args=(five, done))
    process.start()
    assert "record/decisions.jsonl cannot be written" in done.get(timeout=60)
    process.join()
    assert five.read_bytes() == before


def test_a_process_that_is_killed_while_it_adds_loses_nothing_that_was_written_before(log):
    process = multiprocessing.get_context("spawn").Process(target=add_many, args=(log, "k", 100_000))
    process.start()
    while not log.exists() or log.stat().st_size < 20_000:
        time.sleep(0.01)
    process.kill()
    process.join()
    stood = numbers(log)
    assert stood == [f"k-{number}" for number in range(len(stood))]
    add_records(log, [said("after")])
    assert numbers(log) == [*stood, "after"]


def test_a_clock_that_was_set_back_loses_no_line_and_the_order_stays(log):
    add_records(log, [said(1)], AT)
    add_records(log, [said(2)], AT - timedelta(days=400))
    assert numbers(log) == [1, 2]
    assert [line.record["written"][:4] for line in log_lines(log)] == ["2031", "2030"]


@given(st.lists(st.dictionaries(st.text(), st.text(st.characters()) | st.integers() | st.none()), max_size=4))
def test_whatever_is_said_is_read_back_as_it_was(tmp_path_factory, records):
    log = tmp_path_factory.mktemp("log") / "decisions.jsonl"
    add_records(log, [{"about": "test", "said": record} for record in records])
    assert [record["said"] for record in read_records(log, "test")] == records


def test_a_log_that_leads_elsewhere_is_not_added_to(tmp_path, log):
    (tmp_path / "elsewhere").write_text("kept")
    log.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        add_records(log, [said(1)])
    assert (tmp_path / "elsewhere").read_text() == "kept"


def test_the_log_is_its_owners_alone(log):
    add_records(log, [said(1)])
    assert log.stat().st_mode & 0o777 == 0o600
    assert json.loads(log.read_text("utf-8"))["number"] == 1
