"""What the board's review of the anonymisation left in is no hit again; everybody else of the same name is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from anonymise.checking.known import KnownReview, LetGo
from timeline.people import Person
from timeline.review_decisions import ReviewDecision, ReviewIds

IDS = ReviewIds(b"s" * 32)
MOTHER = Person(id="P2", name="Deborah Tregarthen", kind="family", pseudonym="Mother")


def known(*decisions):
    empty = dict.fromkeys(("case", "forms", "things", "words", "draft", "policy", "hiding", "detectors"))
    return KnownReview(**empty, people=(MOTHER,), ids=IDS, decisions=decisions)


def decided(**said):
    return ReviewDecision(by="AB", read=datetime(2031, 1, 1, tzinfo=UTC), line="1", **said)


@pytest.fixture
def public():
    return decided(about="person", thing=IDS.person("N-1"), verdict="public", basis=("person", IDS.name("judge wetherspoon")))


def test_a_public_person_is_known_by_id_and_by_name(public):
    let_go = LetGo(known(public))
    assert let_go.holds("PERSON", "N-1", "Wetherspoon")
    assert let_go.holds("PERSON", "N-7", "Judge Wetherspoon")
    assert not let_go.holds("PERSON", "N-7", "Mrs Wetherspoon")


def test_somebody_of_the_review_who_has_a_public_persons_name_is_a_hit(public):
    same = replace(public, basis=("person", IDS.name("tregarthen")))
    assert not LetGo(known(same)).holds("PERSON", "P2", "Tregarthen")


def test_a_form_that_stays_is_no_hit_and_one_whose_decision_was_taken_back_is():
    keep = decided(about="form", thing=IDS.form("PLACE", None, "Zumba"), verdict="keep")
    assert LetGo(known(keep)).holds("PLACE", None, "Zumba")
    assert not LetGo(known(keep, replace(keep, verdict="undo", follows="1", line="2"))).holds("PLACE", None, "Zumba")
