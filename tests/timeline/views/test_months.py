"""Agencies by month."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.making import case, timeline
from timeline.views.months import agencies_by_month, months_between


def test_rows_are_counted_in_the_month_in_which_they_can_begin_with_first_and_last_day():
    merged = timeline(Police=[("3 March 2019", "a"), ("March 2019", "b"), ("30 March - 2 April 2019", "c"), ("7 May 2019", "d")])
    (police,) = agencies_by_month(case("Police"), merged)
    assert police.months == {date(2019, 3, 1): 3, date(2019, 5, 1): 1}
    assert (police.first, police.last) == (date(2019, 3, 1), date(2019, 5, 7))
    assert (police.rows, police.vague, police.undated) == (4, 0, 0)


def test_vague_and_undated_rows_are_counted_apart():
    (police,) = agencies_by_month(case("Police"), timeline(Police=[("2019", "a"), ("Spring 2019", "b"), ("undated", "c")]))
    assert (police.months, police.first, police.last, police.vague, police.undated, police.rows) == ({}, None, None, 2, 1, 3)


def test_an_agency_without_rows_is_there_and_others_follow_the_cases():
    found = agencies_by_month(case("School", "Housing"), timeline(Police=[("3 March 2019", "a")]))
    assert [(each.agency, each.rows) for each in found] == [("School", 0), ("Housing", 0), ("Police", 1)]


def test_months_run_over_the_years_end():
    assert [*months_between(date(2019, 11, 30), date(2020, 2, 1))] == [
        date(2019, 11, 1),
        date(2019, 12, 1),
        date(2020, 1, 1),
        date(2020, 2, 1),
    ]
    assert not [*months_between(date(2019, 2, 1), date(2019, 1, 31))]


@given(st.lists(st.sampled_from(["3 March 2019", "March 2019", "2019", "undated", "31 December 2019 - 3 January 2020"]), max_size=12))
def test_every_row_is_counted_once(days):
    (police,) = agencies_by_month(case("Police"), timeline(Police=[(day, f"row {n}") for n, day in enumerate(days)]))
    assert police.rows == len(days)
