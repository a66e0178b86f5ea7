"""The contact matrix."""

from tests.timeline.findings.reviews import review, rows
from timeline.findings.handovers.unanswered import handovers
from timeline.views.contacts import contacts_between

ASKED = "Rang health visitor about weight loss of Tilly."
HEARD = "T/C from GP about weight loss of Tilly."


def matrix(*returns):
    return {(each.sender, each.recipient): each for each in contacts_between(review(*returns))}


def gp(*days):
    return rows("GP", *((day, ASKED) for day in days))


def hv(*days):
    return rows("Health Visiting", *((day, HEARD) for day in days), ("1 January 2019", "New birth visit."), ("30 December 2019", "Clinic."))


def test_answered_and_unanswered_handovers_are_counted_by_sender_and_recipient_with_the_median_lag_in_working_days():
    found = matrix(gp("4 March 2019", "3 May 2019", "2 September 2019"), hv("4 March 2019", "7 May 2019"))
    each = found["GP", "Health Visiting"]
    assert (each.answered, each.unanswered, each.unanswerable, each.handovers) == (2, 1, 0, 3)
    assert each.median_lag_days == 1  # the same day, and from Friday to Tuesday


def test_a_recipient_without_a_return_cannot_answer():
    read = review(gp("4 March 2019"), rows("Health Visiting"))
    (each,) = contacts_between(read)
    assert (each.answered, each.unanswered, each.unanswerable, each.median_lag_days) == (0, 0, 1, None)


def test_the_matrix_holds_every_handover_once():
    read = review(gp("4 March 2019", "3 May 2019"), hv("4 March 2019"))
    assert sum(each.handovers for each in contacts_between(read)) == len(handovers(read))


def test_a_review_in_which_nobody_tells_anybody_has_none():
    assert not matrix(rows("GP", ("4 March 2019", "Seen, well.")))
    assert not matrix(rows("GP"))
