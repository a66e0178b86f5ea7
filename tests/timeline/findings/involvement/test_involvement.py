"""Overlapping involvement: agencies, plans, visits and workers at once with no sign that they knew of each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.findings.reviews import CHILD, review, rows
from timeline.findings.involvement.agencies import overlapping_involvement
from timeline.findings.involvement.workers import workers_at_once
from timeline.people import Person

DULL = "Rent account looked at."
OTHER = "Keeping well."


def found(*returns, rule=overlapping_involvement, **more):
    return list(rule(review(*returns, **more)))


def weekly(agency, text, *, count=4, first=date(2019, 3, 4), every=10, **instead):
    """Rows of an agency, ten days apart; `r2=…` is the text of the second."""
    days = [first + timedelta(days=every * n) for n in range(count)]
    return rows(agency, *((day.isoformat(), instead.get(f"r{n}", text)) for n, day in enumerate(days, start=1)))


def test_two_agencies_at_work_at_once_that_never_name_each_other_are_one_question():
    (each,) = found(weekly("Housing", DULL), weekly("Recovery Service", OTHER, first=date(2019, 3, 6)))
    assert (each.kind, each.agencies, each.certainty) == ("overlapping-involvement", ("Housing", "Recovery Service"), "possible")
    assert (each.since, each.until) == (date(2019, 3, 6), date(2019, 4, 3))
    assert each.more["how"] == "work"
    assert len(each.events) == 6  # three of each: those outside the stretch that both share are left out


@pytest.mark.parametrize(
    "sign",
    [
        "Recovery Service has been in touch.",
        "Recovery worker not told.",  # who was not told is known of
        "Mother says the recovery worker visits.",
        "E-mail to the drug and alcohol service.",
        "Professionals' meeting held.",
        "Multi-agency checks made.",
        "All agencies informed.",
    ],
)
def test_a_row_that_names_the_other_agency_or_all_of_them_is_a_sign(sign):
    assert not found(weekly("Housing", DULL, r2=sign), weekly("Recovery Service", OTHER))


def test_a_worker_of_the_other_agency_is_a_sign():
    worker = Person(id="W9", name="Grace Holt", role="Recovery worker", kind="professional", agency="Recovery Service")
    given_rows = weekly("Housing", DULL, r2="Spoke to Grace Holt."), weekly("Recovery Service", OTHER)
    assert not found(*given_rows, people=(worker,))
    assert found(*given_rows)


def test_a_meeting_that_is_denied_is_no_sign():
    assert found(weekly("Housing", DULL, r2="No multi-agency meeting was held."), weekly("Recovery Service", OTHER))


def test_a_child_protection_plan_tells_of_childrens_social_care_alone():
    returns = weekly("School", "In class. On a child protection plan."), weekly("Children's Social Care", OTHER), weekly("Housing", DULL)
    assert {each.agencies for each in found(*returns)} == {("Housing", "School"), ("Children's Social Care", "Housing")}


def test_rows_that_tell_one_event_are_a_sign():
    told = "Kitchen fire at the flat, smoke inhalation, crew gave oxygen to Carol"
    assert not found(weekly("Housing", DULL, r2=told), weekly("Recovery Service", OTHER, r2=told))


def test_a_sign_holds_for_a_quarter_and_no_longer():
    long = {"count": 30, "first": date(2019, 1, 1)}
    (each,) = found(weekly("Housing", DULL, r1="Recovery Service rang.", **long), weekly("Recovery Service", OTHER, **long))
    assert each.since == date(2019, 4, 3)  # 1 January and 91 days, and the next


def test_too_few_rows_or_rows_of_other_months_are_no_overlap():
    assert not found(weekly("Housing", DULL, count=2), weekly("Recovery Service", OTHER))
    assert not found(weekly("Housing", DULL), weekly("Recovery Service", OTHER, first=date(2019, 9, 1)))
    assert not found(weekly("Housing", DULL, every=40), weekly("Recovery Service", OTHER, every=40))


def test_one_pair_of_agencies_is_one_question_about_its_longest_stretch():
    first, second = {"count": 4}, {"count": 8, "first": date(2019, 8, 1)}
    returns = [
        rows(agency, *((entry.when.edtf, text) for part in (first, second) for entry in weekly(agency, text, **part).entries))
        for agency, text in (("Housing", DULL), ("Recovery Service", OTHER))
    ]
    (each,) = found(*returns)
    assert each.since == date(2019, 8, 1)
    assert each.more["others"] == 1


def test_two_visits_to_the_home_on_one_day_are_asked_about():
    visited = ("4 March 2019", "Home visit. Damp in the kitchen, contractor to be booked.")
    other = ("4 March 2019", "Visited at home. Craving scale done, relapse talked over.")
    often = weekly("Midwives", "Home visit.", count=20, every=3, first=date(2019, 8, 1))  # what happens often links no two rows
    (each,) = found(rows("Housing", visited), rows("Recovery Service", other), often)
    assert (each.more["how"], each.since, each.days, len(each.events)) == ("visits", date(2019, 3, 4), 0, 2)


@pytest.mark.parametrize("text", ["Home visit cancelled.", "No home visit made.", "Home visit planned for today.", "Visited office."])
def test_a_visit_that_was_not_made_is_none(text):
    assert not found(rows("Housing", ("4 March 2019", "Home visit.")), rows("Recovery Service", ("4 March 2019", text)))


def test_visits_of_different_or_unsure_days_are_no_overlap():
    visit = ("4 March 2019", "Home visit.")
    assert not found(rows("Housing", visit), rows("Recovery Service", ("5 March 2019", "Home visit.")))
    assert not found(rows("Housing", visit), rows("Recovery Service", ("3-5 March 2019", "Home visit.")))


def test_plans_of_two_services_at_once_are_asked_about():
    plan = (
        rows("Housing", ("4 March 2019", "Tenancy sustainment plan agreed.")),
        rows("Recovery Service", ("2 May 2019", "Care plan drawn up.")),
    )
    (each,) = found(*plan)
    assert (each.more["how"], each.since, each.until) == ("plans", date(2019, 3, 4), date(2019, 5, 2))


def test_plans_of_different_times_or_with_a_sign_in_between_are_none():
    plan = ("4 March 2019", "Tenancy sustainment plan agreed.")
    assert not found(rows("Housing", plan), rows("Recovery Service", ("2 August 2019", "Care plan drawn up.")))
    assert not found(
        rows("Housing", plan), rows("Recovery Service", ("2 May 2019", "Care plan drawn up."), ("1 April 2019", "Housing rang."))
    )


SW1 = Person(id="W1", name="Hannah Reed", role="Social worker (to May 2019)", kind="professional", agency="Social Care")
SW2 = Person(id="W2", name="Moira Vance", role="Social worker", kind="professional", agency="Social Care")


def at_once(one="Hannah called in.", other="Moira called in.", people=(SW1, SW2), first=date(2019, 3, 6), **more):
    both = (*weekly("Social Care", one, **more).entries, *weekly("Social Care", other, first=first).entries)
    return found(rows("Social Care", *((each.when.edtf, each.text) for each in both)), rule=workers_at_once, people=people)


def test_two_workers_of_one_role_at_once_are_one_question():
    (each,) = at_once()
    assert (each.agencies, each.more["how"], each.more["workers"]) == (("Social Care",), "workers", ["W1", "W2"])
    assert (each.since, each.until) == (date(2019, 3, 6), date(2019, 4, 3))
    assert "social worker" in each.question
    assert "Hannah" not in each.question


def test_one_who_takes_over_from_the_other_is_none():
    assert not at_once(first=date(2019, 4, 10))


@pytest.mark.parametrize("why", ["Hannah and Moira called in.", "Case transferred.", "Hannah on leave, call taken.", "Joint visit."])
def test_rows_that_say_why_two_were_at_work_end_the_question(why):
    assert not at_once(r3=why)


@pytest.mark.parametrize("role", ["Police officer", "Duty social worker", "Social work team manager", "Student social worker", ""])
def test_roles_that_many_have_or_that_stand_in_are_none(role):
    other = Person(id="W2", name="Moira Vance", role=role, kind="professional", agency="Social Care")
    assert not at_once(people=(SW1, other))
    both = tuple(Person(id=each.id, name=each.name, role=role, kind="professional", agency="Social Care") for each in (SW1, SW2))
    assert not at_once(people=both)


def test_workers_of_two_agencies_or_of_two_roles_are_none():
    assert not at_once(people=(SW1, Person(id="W2", name="Moira Vance", role="Social worker", kind="professional", agency="Hospital")))
    assert not at_once(
        people=(SW1, Person(id="W2", name="Moira Vance", role="Family support worker", kind="professional", agency="Social Care"))
    )


@pytest.mark.parametrize("given_rows", [[], [("", "Home visit.")], [("2019", "Home visit. Care plan agreed.")] * 4])
def test_without_a_day_nothing_overlaps(given_rows):
    returns = rows("Housing", *given_rows), rows("Recovery Service", *given_rows)
    for rule in (overlapping_involvement, workers_at_once):
        assert not found(*returns, rule=rule, people=CHILD)
        assert not found(returns[0], rule=rule)


TEXTS = st.sampled_from([DULL, OTHER, "Home visit.", "Care plan drawn up.", "Housing rang.", "Recovery Service rang.", "MARAC held."])
ROWS = st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2019, 12, 31)), TEXTS), max_size=12)


@given(ROWS, ROWS)
def test_the_order_of_the_files_changes_nothing(one, other):
    first, second = (
        rows(agency, *((day.isoformat(), text) for day, text in told)) for agency, told in (("Housing", one), ("School", other))
    )
    forward, backward = (review(*returns) for returns in ((first, second), (second, first)))

    def asked(evidence):
        return {(frozenset(each.agencies), each.since, each.until, frozenset(each.events)) for each in overlapping_involvement(evidence)}

    assert asked(forward) == asked(backward)


@given(ROWS, ROWS, st.dates(date(2019, 1, 1), date(2019, 12, 31)))
def test_one_more_sign_never_adds_a_day_to_what_is_asked(one, other, day):
    def asked(more):
        returns = [
            rows("Housing", *((d.isoformat(), text) for d, text in one)),
            rows("Recovery Service", *((d.isoformat(), t) for d, t in (*other, *more))),
        ]
        return sum(each.days for each in found(*returns) if each.more["how"] == "work")

    assert asked([(day, "Housing rang.")]) <= asked([(day, DULL)])
