"""The countdown of a rapid review in working days."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.reviews import CASE
from timeline.countdown import countdown_of
from timeline.timescales import Timescale, Timescales, within_from
from timeline.working_days import WorkingDays

RAPID = replace(CASE, kind="rapid-review", referred_on=date(2031, 4, 28))
CALENDAR = WorkingDays((date(2031, 5, 5), date(2031, 5, 9)), "Jersey")
NUMBER = Timescale(id="rapid-review", what="rapid review", within=within_from("15 working days"), source="the board", verified=False)


def test_fifteen_working_days_leave_out_the_day_of_the_referral_weekends_and_bank_holidays():
    found = countdown_of(RAPID, Timescales((NUMBER,)), CALENDAR)
    assert found.days[0] == date(2031, 4, 29)
    assert found.last_day == found.days[-1] == date(2031, 5, 21)
    assert len(found.days) == 15
    assert found.holidays == CALENDAR.holidays


@given(st.dates(date(2030, 1, 1), date(2032, 1, 1)), st.integers(1, 40))
def test_every_day_of_the_countdown_is_a_working_day_after_the_referral(referred, count):
    number = replace(NUMBER, within=within_from(f"{count} working days"))
    days = countdown_of(replace(RAPID, referred_on=referred), Timescales((number,)), CALENDAR).days
    assert len(days) == count
    assert all(day > referred and day.weekday() < 5 and day not in CALENDAR.holidays for day in days)
    assert list(days) == sorted(set(days))


@pytest.mark.parametrize(
    ("case", "numbers"),
    [
        (replace(RAPID, kind="scr"), (NUMBER,)),
        (replace(RAPID, referred_on=None), (NUMBER,)),
        (RAPID, ()),
        (RAPID, (replace(NUMBER, comparison="England"),)),
        (RAPID, (replace(NUMBER, to=date(2031, 4, 27)),)),
        (RAPID, (replace(NUMBER, id="assessment"),)),
    ],
    ids=["another kind", "no referral", "no number", "another place's number", "no longer in force", "another timescale"],
)
def test_nothing_is_counted_without_a_referral_or_a_number_that_binds(case, numbers):
    assert countdown_of(case, Timescales(numbers), CALENDAR) is None
