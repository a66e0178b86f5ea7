"""The log of decisions: only ever added to, by any number of processes, and replayed."""

import json
import multiprocessing
import shutil
from datetime import UTC, datetime

import pytest

from pipelines.cli import main
from pipelines.decisions import add_decision, read_decisions
from tests.conftest import TINY
from timeline.decisions import Decision
from timeline.errors import CaseError

AT = datetime(2031, 5, 6, 12, tzinfo=UTC)


def decision(finding="f1", verdict="accept", why="", kind="silence", events=("a", "b"), basis="x"):
    return Decision(finding=finding, kind=kind, events=events, verdict=verdict, by="author", at=AT, why=why, basis=basis)


def add_many(path, who, count):
    for number in range(count):
        add_decision(path, decision(finding=f"{who}-{number}", why="because\nof “that”"))


def test_a_decision_is_read_back_as_it_was_made(tmp_path):
    log = tmp_path / "decisions.jsonl"
    assert read_decisions(log) == ()
    made = (decision(), decision(verdict="note", why="Café\nsaid"), decision(verdict="dismiss"))
    for each in made:
        add_decision(log, each)
    assert read_decisions(log) == made
    assert len(log.read_text("utf-8").splitlines()) == 3


def test_two_processes_at_once_lose_no_line(tmp_path):
    log, count = tmp_path / "decisions.jsonl", 100
    processes = [multiprocessing.get_context("spawn").Process(target=add_many, args=(log, who, count)) for who in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    found = [each.finding for each in read_decisions(log)]
    assert len(found) == 2 * count
    for who in "ab":
        assert [each for each in found if each.startswith(who)] == [f"{who}-{number}" for number in range(count)]


def test_a_line_that_a_crash_cut_short_is_passed_over_and_the_next_one_stands(tmp_path):
    log = tmp_path / "decisions.jsonl"
    add_decision(log, decision("f1"))
    add_decision(log, decision("f2"))
    log.write_bytes(log.read_bytes()[:-30])
    assert [each.finding for each in read_decisions(log)] == ["f1"]
    add_decision(log, decision("f3"))
    assert [each.finding for each in read_decisions(log)] == ["f1", "f3"]


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[0].replace("accept", "dismiss"), *lines[1:]],
        lambda lines: [lines[0], "spoiled", lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
    ],
)
def test_a_log_that_was_changed_is_refused_with_the_place(tmp_path, change):
    log = tmp_path / "decisions.jsonl"
    for name in ("f1", "f2", "f3"):
        add_decision(log, decision(name))
    log.write_text("\n".join(change(log.read_text("utf-8").splitlines())) + "\n", "utf-8")
    with pytest.raises(CaseError, match=r"decision \d"):
        read_decisions(log)


@pytest.mark.models
def test_what_was_decided_on_a_finding_is_shown_by_the_next_run(tmp_path, capsys):
    review = shutil.copytree(TINY, tmp_path / "tiny")
    findings = review / "output" / "working" / "findings.json"
    assert main(["run", str(review)]) in (0, 1)
    first = json.loads(findings.read_text("utf-8"))["findings"][0]
    assert "decision" not in first
    assert main(["decide", str(review), first["id"][:6], "dismiss", "--why", "The office was closed.", "--by", "The author"]) == 0
    assert main(["decide", str(review), "zzzz", "accept"]) == 2
    assert main(["decide", str(review), first["id"], "perhaps"]) == 2
    assert main(["decide", str(review), first["id"], "note"]) == 2
    assert main(["run", str(review)]) in (0, 1)
    again = next(each for each in json.loads(findings.read_text("utf-8"))["findings"] if each["id"] == first["id"])
    assert again["decision"]["verdict"] == "dismiss"
    assert again["decision"]["notes"] == ["The office was closed."]
    assert not again["decision"]["rows_changed"]
    anonymised = (review / "output" / "anonymised" / "anonymised.json").read_text("utf-8")
    assert "The office was closed." not in anonymised
    assert "The author" not in capsys.readouterr().err
