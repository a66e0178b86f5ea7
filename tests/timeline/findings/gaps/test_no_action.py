"""No action: a concern is recorded, and nothing is."""

import pytest

from tests.timeline.findings.reviews import review, rows
from timeline.findings.gaps.no_action import no_action


def found(*given, **settings):
    return list(no_action(review(rows("School", *given), **settings)))


@pytest.mark.parametrize(
    "told",
    [
        {"event": "Bruise to left cheek.", "action": "Noted."},
        {"event": "Bruise to left cheek.", "action": "Filed"},
        {"event": "Came in very hungry and dirty.", "action": "Nil"},
        {"event": "Tilly told me that Dad hit me with a belt. She is scared of him."[:0] + "Ben said “Dad hit me”."},
        "Third DNA.",
        "Mother smelled of alcohol at collection.",
    ],
)
def test_a_concern_without_a_response_is_asked_about(told):
    (each,) = found(("1 March 2019", told))
    assert (each.kind, each.certainty) == ("no-action", "possible")


@pytest.mark.parametrize(
    "told",
    [
        {"event": "Bruise to left cheek.", "action": "Referred to MASH."},
        {"event": "Bruise to left cheek.", "action": "No further action."},
        "Bruise to left cheek. NFA.",
        "Bruise to left cheek, discussed with DSL.",
        "Bruise to left cheek, head teacher rang MASH.",
        "No bruises seen, no swelling.",
        "Denied any domestic abuse.",
        "History of domestic abuse.",
        "DNA.",
        "Good progress in reading.",
        "Attended domestic abuse training.",
    ],
)
def test_a_response_a_decision_or_no_concern_is_not(told):
    assert not found(("1 March 2019", told))


def test_a_later_row_that_follows_it_up_answers_it():
    concern = ("1 March 2019", "Tilly has a bruise to the cheek.")
    assert not found(concern, ("4 March 2019", "Referral to MASH about Tilly."))
    assert found(concern, ("4 March 2019", "Letter to Ben's dentist."))
    assert found(concern, ("1 April 2019", "Referral to MASH about Tilly."))
    assert not found(concern, ("1 April 2019", "Referral to MASH about Tilly."), no_action_days=40)


def test_rows_outside_the_period_and_without_a_date_are_left_alone():
    assert not found(("1 March 2010", "Bruise to cheek."), ("", "Bruise to cheek."), ("2019", "Bruise to cheek."))
