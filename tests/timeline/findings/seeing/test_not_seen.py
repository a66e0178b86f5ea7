"""Not seen: by anyone, by the agency that must, alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.findings.reviews import ADULT, CHILD, OWEN, TILLY, review, rows
from timeline.findings.seeing.not_seen import not_seen

SEEN, ASKED = "Tilly seen at home.", "Home visit, no access. Card left."


def flagged(*returns, clock="anyone", **more):
    return [each for each in not_seen(review(*returns, **more)) if each.more["clock"] == clock]


def visits(*given, agency="Health Visiting"):
    return rows(agency, *given)


def test_a_stretch_runs_from_the_last_day_of_one_sighting_to_the_first_of_the_next_with_the_rows_that_asked_in_vain():
    (each,) = flagged(
        visits(("1-3 March 2019", SEEN), ("1 April 2019", ASKED), ("1 May 2019", SEEN)), start=date(2019, 3, 1), end=date(2019, 5, 10)
    )
    assert (each.since, each.until, each.days) == (date(2019, 3, 3), date(2019, 5, 1), 59)
    assert (each.kind, each.more["person"], len(each.events)) == ("not-seen", "S1", 3)
    assert each.certainty == "certain"


def test_a_call_a_meeting_or_somebodys_word_stops_no_clock():
    between = [
        ("1 April 2019", "T/C to mother: Tilly well."),
        ("5 April 2019", "Core group. Mother present."),
        ("9 April 2019", "Carol says Tilly seen by GP."),
        ("12 April 2019", ASKED),
    ]
    (each,) = flagged(visits(("1 March 2019", SEEN), *between, ("1 May 2019", SEEN)), end=date(2019, 5, 2))
    assert each.days == 61


def test_any_agency_that_sees_the_person_stops_the_clock():
    seen = rows("School", ("1 April 2019", "Tilly seen in class."))
    assert not flagged(visits(("1 March 2019", SEEN), ("10 April 2019", ASKED), ("1 May 2019", SEEN)), seen, end=date(2019, 5, 10))


def test_six_weeks_are_no_stretch_and_a_board_may_set_its_own_number():
    given = visits(("1 March 2019", SEEN), ("20 March 2019", ASKED), ("12 April 2019", SEEN))
    assert not flagged(given, end=date(2019, 4, 20))
    assert flagged(given, end=date(2019, 4, 20), not_seen_days=30)


def test_where_nobody_asked_and_no_plan_ran_twice_the_number_counts():
    assert not flagged(visits(("1 March 2019", SEEN), ("1 May 2019", SEEN)), end=date(2019, 5, 10))
    assert flagged(visits(("1 March 2019", SEEN), ("1 July 2019", SEEN)), end=date(2019, 7, 10))


def test_a_protection_plan_makes_six_weeks_count():
    plan = rows("Social Care", ("2 March 2019", "Conference. Made subject to a child protection plan."))
    assert flagged(visits(("1 March 2019", SEEN), ("1 May 2019", SEEN)), plan, end=date(2019, 5, 10))


def test_the_stretch_after_the_last_sighting_counts_to_the_end_the_incident_or_the_death():
    given = visits(("1 March 2019", SEEN), ("1 April 2019", ASKED))
    assert [each.until for each in flagged(given, end=date(2019, 12, 31))] == [date(2019, 12, 31)]
    assert [each.until for each in flagged(given, incident_on=date(2019, 6, 1))] == [date(2019, 6, 1)]
    died = rows("Hospital", ("1 March 2019", "Frank seen on ward."), ("5 March 2019", "Frank died on the ward."))
    assert not flagged(died, people=ADULT)


def test_a_stay_in_hospital_stops_the_clock_all_the_time():
    stay = [("1 March 2019", "Tilly admitted to ward."), ("1 June 2019", "Tilly discharged home with mother.")]
    assert not flagged(rows("Hospital", *stay), end=date(2019, 6, 10))


def test_two_subjects_have_each_their_own_clock():
    people = (TILLY, OWEN, *CHILD[1:])
    given = visits(
        ("1 March 2019", "Both children seen."), ("1 April 2019", "Owen seen. Tilly not seen."), ("1 May 2019", "Both children seen.")
    )
    assert [each.more["person"] for each in flagged(given, people=people, end=date(2019, 5, 10))] == ["S1"]


def test_a_likely_sighting_or_a_vague_date_makes_a_stretch_possible():
    for end in (("1 May 2019", "Home visit. Tilly smiling."), ("circa 1 May 2019", SEEN)):
        (each,) = flagged(visits(("1 March 2019", SEEN), ("1 April 2019", ASKED), end), end=date(2019, 5, 10))
        assert each.certainty == "possible"
    given = visits(("1 March 2019", SEEN), ("1 April 2019", ASKED), ("Spring 2019", SEEN), ("1 May 2019", SEEN))
    assert [each.certainty for each in flagged(given, end=date(2019, 5, 10))] == ["possible"]


def test_an_agency_bound_to_visit_that_did_not_see_what_others_saw_is_its_own_clock():
    bound = [
        ("1 March 2019", "Statutory visit. Tilly seen."),
        ("20 March 2019", "Statutory visit, no access."),
        ("20 April 2019", "Statutory visit, no reply."),
    ]
    school = rows("School", *((f"{day} {month} 2019", "Tilly seen in class.") for month in ("March", "April", "May") for day in (10, 25)))
    csc = rows("Social Care", *bound, ("25 May 2019", "Statutory visit. Tilly seen."))
    (each,) = flagged(csc, school, clock="agency", end=date(2019, 6, 1))
    assert (each.agencies, each.days) == (("Social Care",), 85)
    assert not flagged(csc, school, clock="anyone", end=date(2019, 6, 1))


def test_alone_counts_only_where_rows_record_it_and_the_child_can_speak():
    told = [("1 March 2019", "Owen seen alone."), *((f"1 {m} 2019", "Owen seen with mother.") for m in ("April", "May", "June", "July"))]
    (each,) = flagged(visits(*told), clock="alone", people=(OWEN, *CHILD[1:]), end=date(2019, 7, 20))
    assert each.more["person"] == "S2"
    baby = [(day, text.replace("Owen", "Tilly")) for day, text in told]
    assert not flagged(visits(*baby), clock="alone", end=date(2019, 7, 20))
    assert not flagged(visits(*told[1:]), clock="alone", people=(OWEN, *CHILD[1:]), end=date(2019, 7, 20))


@pytest.mark.parametrize("given", [[], [("", SEEN)], [("2019", SEEN), ("2018", ASKED)], [("1 March 2019", "x")]])
def test_poor_reviews_are_no_fault(given):
    assert flagged(visits(*given)) == []
    assert list(not_seen(review(visits(*given), people=()))) == []


def test_the_order_of_files_does_not_matter():
    a, b = visits(("1 March 2019", SEEN), ("1 July 2019", SEEN)), rows("School", ("1 April 2019", "DNA"), ("1 May 2019", "Tilly seen"))
    assert {each.id for each in not_seen(review(a, b))} == {each.id for each in not_seen(review(b, a))}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2019, 12, 31)), st.integers(0, 60)), min_size=1, max_size=12))
def test_no_certain_stretch_can_hold_a_day_of_a_sighting(spans):
    given = visits(*((f"{day:%d/%m/%Y} - {day + timedelta(days=width):%d/%m/%Y}", SEEN) for day, width in spans))
    evidence = review(given, not_seen_days=20)
    for each in not_seen(evidence):
        if each.certainty == "certain":
            assert not any(e.when.earliest < each.until and e.when.latest > each.since for e in evidence.timeline.events)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(date(2019, 1, 1), date(2019, 12, 31)), min_size=2, max_size=10, unique=True), st.integers(0, 9))
def test_a_wider_date_never_makes_a_stretch_certain(days, which):
    left_out = days[which % len(days)]
    wide = [(f"{day.year}" if day == left_out else day.isoformat(), SEEN) for day in days]
    certain = [each for each in not_seen(review(visits(*wide), not_seen_days=20)) if each.certainty == "certain"]
    assert not any(each.since <= left_out <= each.until for each in certain)
