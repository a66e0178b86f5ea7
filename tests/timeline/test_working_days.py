"""Working days and lengths of time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.timescales import within_from
from timeline.working_days import WorkingDays

DAYS = st.dates(date(2018, 1, 1), date(2021, 12, 31))
HOLIDAYS = st.sets(DAYS.filter(lambda day: day.weekday() < 5), max_size=12).map(lambda days: WorkingDays(tuple(sorted(days))))


@given(HOLIDAYS, DAYS, st.integers(0, 400))
def test_working_days_are_weekdays_that_are_no_holiday(calendar, first, span):
    last = first + timedelta(days=span)
    counted = sum((day := first + timedelta(days=n)).weekday() < 5 and day not in calendar.holidays for n in range(1, span + 1))
    assert calendar.between(first, last) == counted
    assert calendar.between(last, first) == -counted


@given(HOLIDAYS, DAYS, st.integers(0, 90))
def test_the_day_so_many_working_days_on_is_the_first_of_them(calendar, first, count):
    day = calendar.after(first, count)
    assert calendar.between(first, day) == count
    assert day == first or calendar.between(first, day - timedelta(days=1)) < count


def test_the_day_that_starts_a_clock_is_not_counted():
    assert WorkingDays().between(date(2019, 3, 1), date(2019, 3, 4)) == 1  # Friday to Monday


def test_a_holiday_on_a_weekend_or_out_of_order_is_refused():
    for days in ((date(2019, 3, 2),), (date(2019, 3, 5), date(2019, 3, 4)), (date(2019, 3, 4), date(2019, 3, 4))):
        with pytest.raises(ValueError, match="holidays"):
            WorkingDays(days)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("15 working days", date(2019, 2, 8)),
        ("1 working day", date(2019, 1, 21)),
        ("6 weeks", date(2019, 3, 1)),
        ("3 months", date(2019, 4, 18)),
        ("72 hours", date(2019, 1, 21)),
        ("10 Days", date(2019, 1, 28)),
    ],
)
def test_a_length_of_time_is_read_as_guidance_writes_it(written, last):
    assert within_from(written).last_day(date(2019, 1, 18), WorkingDays()) == last


def test_a_month_on_from_its_last_day_is_the_last_day_of_the_next():
    assert within_from("1 month").last_day(date(2019, 1, 31), WorkingDays()) == date(2019, 2, 28)


@pytest.mark.parametrize("written", ["", "soon", "0 days", "15", "15 workdays", "-1 days", "one week"])
def test_what_is_no_length_of_time_is_refused(written):
    with pytest.raises(ValueError, match="length of time"):
        within_from(written)
