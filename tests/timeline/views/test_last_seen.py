"""Time since last seen."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.findings.reviews import CHILD, OWEN, review, rows
from timeline.views.last_seen import last_seen

SEEN = "Tilly seen at home."


def seen(*given_rows, people=CHILD, **more):
    return last_seen(review(rows("Health Visiting", *given_rows), people=people, **more))


def test_each_sighting_has_the_days_since_the_one_before_at_the_least_that_the_dates_can_mean():
    first, second, end = seen(("1-3 March 2019", SEEN), ("1 May 2019", SEEN), end=date(2019, 5, 31))
    assert (first.person, first.since, first.until, first.days_since) == ("S1", date(2019, 3, 1), date(2019, 3, 3), None)
    assert (second.since, second.days_since, second.agency) == (date(2019, 5, 1), 59, "Health Visiting")
    assert (end.event, end.since, end.days_since) == ("", date(2019, 5, 31), 30)


def test_alone_and_only_likely_are_told():
    alone, heard = "Tilly seen alone in her room.", "T/C to mother, Tilly well."
    found = seen(("1 March 2019", alone), ("1 April 2019", heard))
    assert [(each.alone, each.sure) for each in found if each.event] == [(True, True)]


def test_vague_rows_show_nothing_of_when():
    assert not seen(("2019", SEEN))
    assert not seen(("", SEEN))


def test_every_subject_has_a_clock_of_its_own():
    found = seen(("1 March 2019", SEEN), ("1 April 2019", "Owen seen at school."), people=(*CHILD, OWEN))
    assert {each.person: each.since for each in found if each.event} == {"S1": date(2019, 3, 1), "S2": date(2019, 4, 1)}


def test_sightings_of_one_day_stand_in_the_order_of_the_timeline():
    evidence = review(*(rows(agency, ("1 March 2019", SEEN)) for agency in ("Police", "GP", "School", "Health Visiting")))
    assert [each.event for each in last_seen(evidence)[:-1]] == [event.id for event in evidence.timeline.events]


@given(st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2019, 6, 1)), st.integers(0, 40)), max_size=8))
def test_no_wait_is_longer_than_the_days_between_the_bounds(days):
    found = seen(*((f"{day.isoformat()} - {date.fromordinal(day.toordinal() + width).isoformat()}", SEEN) for day, width in days))
    for before, after in pairwise(found):
        assert 0 <= after.days_since <= (after.since - before.since).days
