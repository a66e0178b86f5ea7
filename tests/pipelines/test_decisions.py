"""Decisions on findings: written into the log, and replayed on each run."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from pipelines.cli import main
from pipelines.decision_lines import add_decision, read_decisions
from tests.conftest import TINY
from timeline.decisions import Decision

AT = datetime(2031, 5, 6, 12, tzinfo=UTC)


def decision(finding="f1", verdict="accept", why="", kind="silence", events=("a", "b"), basis="x"):
    return Decision(finding=finding, kind=kind, events=events, verdict=verdict, by="author", at=AT, why=why, basis=basis)


def test_a_decision_is_read_back_as_it_was_made(tmp_path):
    log = tmp_path / "decisions.jsonl"
    assert read_decisions(log) == ()
    made = (decision(), decision(verdict="note", why="Café\nsaid"), decision(verdict="dismiss"))
    for each in made:
        add_decision(log, each)
    assert read_decisions(log) == made
    assert len(log.read_text("utf-8").splitlines()) == 3


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
