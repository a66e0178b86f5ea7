"""What counts of all that was ever decided in the board's review."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.review_decisions import UNDO, ReviewDecision, ReviewIds, in_effect

AT = datetime(2031, 5, 6, 12, tzinfo=UTC)


def said(line, verdict="public", follows="", thing="t1", **more):
    return ReviewDecision(about="person", thing=thing, verdict=verdict, by="AB", read=AT, follows=follows, line=line, **more)


def test_the_last_of_a_chain_counts():
    effect = in_effect([said("1"), said("2", "no-person", follows="1"), said("3", "confirm", follows="2")])
    assert effect.decisions["t1"].verdict == "confirm"
    assert effect.conflicts == ()


def test_what_was_taken_back_counts_no_more():
    assert in_effect([said("1"), said("2", UNDO, follows="1")]).decisions == {}


def test_two_that_did_not_see_each_other_and_differ_count_neither_until_a_third_has_seen_both():
    contested = [said("1"), said("2", "no-person")]
    effect = in_effect(contested)
    assert effect.decisions == {}
    assert {each.line for each in effect.conflicts[0].decisions} == {"1", "2"}
    settled = in_effect([*contested, said("3", "no-person", follows="2")])
    assert settled.decisions["t1"].line == "3"
    assert settled.conflicts == ()


def test_two_that_say_the_same_are_one():
    effect = in_effect([said("1"), said("2")])
    assert effect.decisions["t1"].line == "1"
    assert effect.conflicts == ()


def test_one_that_is_unclear_changes_nothing_and_waits_until_somebody_says_more():
    unclear = said("2", "perhaps", follows="1", unclear="not in the list")
    effect = in_effect([said("1"), unclear])
    assert effect.decisions["t1"].line == "1"
    assert [each.why for each in effect.conflicts] == ["not in the list"]
    assert in_effect([said("1"), unclear, said("3", follows="2")]).conflicts == ()


@pytest.mark.parametrize("wrong", [{"verdict": "perhaps"}, {"read": datetime(2031, 1, 1)}, {"about": "weather"}])  # noqa: DTZ001
def test_what_is_no_decision_is_refused(wrong):
    with pytest.raises(ValueError, match=r"decision|time"):
        replace(said("1"), **wrong)


@given(st.lists(st.tuples(st.sampled_from(["confirm", "public", "no-person", UNDO]), st.integers(0, 8), st.booleans()), max_size=12))
def test_whatever_is_said_at_most_one_counts_and_a_contested_thing_has_none(steps):
    log = []
    for number, (verdict, seen, unclear) in enumerate(steps, start=1):
        follows = str(min(seen, number - 1)) if seen else ""
        log.append(said(str(number), verdict, follows=follows, unclear="why" if unclear else ""))
    effect = in_effect(log)
    contested = {each.thing for each in effect.conflicts if len(each.decisions) > 1}
    assert not contested & effect.decisions.keys()
    assert all(not each.unclear for each in effect.decisions.values())
    if log:
        last = in_effect([*log, said("last", "confirm", follows=log[-1].line)])
        assert last.decisions["t1"].line == "last"
        assert last.conflicts == ()


def test_ids_tell_no_name_and_differ_from_review_to_review():
    ids, others = ReviewIds(b"a" * 32), ReviewIds(b"b" * 32)
    assert ids.person("Oldacre") == ids.person("Oldacre") != others.person("Oldacre")
    assert ids.form("PERSON", "P1", "Toby") == ids.form_of(ids.person("P1"), "Toby")
    assert "oldacre" not in ids.person("Oldacre").casefold()
