"""Decisions replayed on findings."""

from datetime import UTC, date, datetime

import pytest

from timeline.decisions import Decision, links, replayed
from timeline.findings.finding import Finding

AT = datetime(2031, 5, 6, 12, tzinfo=UTC)


def finding(name="f1", events=("a", "b"), kind="silence"):
    return Finding(
        id=name, kind=kind, events=events, agencies=("Police",), since=date(2019, 1, 1), until=date(2019, 3, 1), days=59,
        certainty="certain", rule="r", standard="s", source="o", question="q?",
    )  # fmt: skip


def decision(verdict="accept", why="", kind="silence", events=("a", "b"), basis="x", name="f1"):
    return Decision(finding=name, kind=kind, events=events, verdict=verdict, by="author", at=AT, why=why, basis=basis)


def said(*decisions, basis="x"):
    (found,) = replayed([finding()], decisions, {"f1": basis})
    return found.more.get("decision")


def test_the_last_verdict_counts_and_every_remark_stays():
    assert said(decision(why="one"), decision("note", "two"), decision("dismiss", "three")) == {
        "verdict": "dismiss", "by": "author", "at": AT.isoformat(), "notes": ["one", "two", "three"], "rows_changed": False,
    }  # fmt: skip


def test_a_finding_nobody_decided_on_is_as_it_was():
    assert replayed([finding()], [decision(name="other")], {}) == (finding(),)


def test_a_decision_is_open_again_when_it_is_reopened_or_its_rows_changed():
    assert said(decision(), decision("reopen"))["verdict"] == ""
    changed = said(decision(), basis="y")
    assert (changed["verdict"], changed["rows_changed"]) == ("", True)


def test_a_decision_on_one_link_of_a_same_event_finding_is_none_on_the_whole():
    found = finding(events=("a", "b", "c"), kind="same-event")
    assert replayed([found], [decision("dismiss", kind="same-event", events=("a", "b"))], {"f1": "x"}) == (found,)


def test_links_are_decided_pair_by_pair_and_the_last_word_counts():
    accepted = decision(kind="same-event", events=("a", "b", "c"))
    dismissed = decision("dismiss", kind="same-event", events=("b", "a"))
    assert links([accepted, dismissed]) == {frozenset("ab"): False, frozenset("ac"): True, frozenset("bc"): True}
    assert links([accepted, decision("reopen", kind="same-event", events=("a", "b", "c"))]) == {}
    assert links([decision()]) == {}


def test_a_decision_has_a_verdict_and_a_time_with_its_zone():
    with pytest.raises(ValueError, match="one of"):
        decision("perhaps")
    with pytest.raises(ValueError, match="time zone"):
        Decision(finding="f", kind="k", events=(), verdict="accept", by="a", at=datetime(2031, 1, 1), why="", basis="")  # noqa: DTZ001
