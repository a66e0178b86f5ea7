"""The method statement of working documents: the countdown of a rapid review with its exact days."""

from dataclasses import replace

from reports.method import method_rows
from tests.reports.reviews import TINY
from tests.timeline.test_countdown import CALENDAR, NUMBER, RAPID
from timeline.countdown import countdown_of
from timeline.timescales import Timescales
from timeline.working_days import WorkingDays


def countdown(case, calendar=CALENDAR, numbers=(NUMBER,)):
    working = replace(TINY, case=case, countdown=countdown_of(case, Timescales(numbers), calendar))
    return dict(method_rows(working)).get("Countdown of the rapid review")


def test_every_working_day_of_the_countdown_stands_with_its_date_and_the_bank_holidays_that_are_left_out():
    said = countdown(RAPID)
    assert "received on Monday 28 April 2031; 15 working days from then, that day not counted, end on Wednesday 21 May 2031" in said
    assert "Source: the board (not verified)." in said
    assert "Bank holidays left out (Jersey): Monday 5 May 2031 and Friday 9 May 2031." in said
    assert "1: Tuesday 29 April 2031; 2: Wednesday 30 April 2031;" in said
    assert said.endswith("15: Wednesday 21 May 2031.")


def test_what_is_missing_is_said_and_another_kind_of_review_has_no_countdown():
    assert "referred_on" in countdown(replace(RAPID, referred_on=None))
    assert "no number is set for this place" in countdown(RAPID, numbers=())
    assert "No place is set: weekends alone are left out." in countdown(RAPID, WorkingDays())
    assert countdown(replace(RAPID, kind="scr")) is None
