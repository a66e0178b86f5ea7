"""Coverage: rows that begin late, end early, or are not there."""

from datetime import date

import pytest

from tests.making import SECRET, case
from tests.timeline.findings.evidence import CUES
from tests.timeline.findings.reviews import CHILD, review, rows
from timeline.findings.evidence import evidence_from
from timeline.findings.gaps.coverage import coverage
from timeline.merging import merge

PERIOD = {"start": date(2018, 1, 1), "end": date(2019, 12, 31)}


def found(*returns, people=(), **more):
    return list(coverage(review(*returns, people=people, **{**PERIOD, **more})))


def test_rows_that_begin_long_after_the_period_does_are_asked_about():
    (each,) = found(rows("Police", ("1 June 2018", "a"), ("1 December 2019", "b")))
    assert (each.more["side"], each.since, each.until, each.days) == ("start", date(2018, 1, 1), date(2018, 6, 1), 151)
    assert each.certainty == "certain"


def test_rows_that_end_long_before_the_period_does_are_asked_about():
    (each,) = found(rows("Police", ("1 February 2018", "a"), ("1 June 2019", "b")))
    assert (each.more["side"], each.since, each.until) == ("end", date(2019, 6, 1), date(2019, 12, 31))


def test_rows_that_reach_both_ends_cover_it():
    assert not found(rows("Police", ("1 February 2018", "a"), ("1 December 2019", "b")))
    assert not found(rows("Police", ("1 May 2016", "a"), ("1 June 2018", "b"), ("1 December 2019", "c")))


def test_what_an_agency_says_of_its_first_row_declares_it():
    (each,) = found(rows("School", ("1 June 2018", "Started school. Not known before."), ("1 December 2019", "b")))
    assert each.more["declared"] is True


def test_a_child_born_inside_the_period_is_covered_from_birth():
    returned = rows("GP", ("1 April 2018", "a"), ("1 December 2019", "b"))
    assert not found(returned, people=CHILD, agency_silence_days=85)
    assert found(returned, agency_silence_days=85)


def test_an_undated_row_makes_it_possible():
    (each,) = found(rows("Police", ("1 June 2018", "a"), ("", "c"), ("1 December 2019", "b")))
    assert each.certainty == "possible"


def test_an_agency_that_returned_nothing_is_asked_about():
    merged = merge([rows("Police", ("1 February 2018", "a"), ("1 December 2019", "b"))], SECRET)
    evidence = evidence_from(case=case("Police", "School", **PERIOD), timeline=merged, cues=CUES)
    (each,) = coverage(evidence)
    assert (each.agencies, each.more["side"], each.events) == (("School",), "none", ())


@pytest.mark.parametrize("given", [[], [("", "a")], [("2019", "a")]])
def test_no_dated_row_is_one_question(given):
    (each,) = found(rows("Police", *given))
    assert each.more["side"] == "none"
