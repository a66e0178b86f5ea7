"""Late: steps held against timescales."""

from datetime import date

import pytest

from tests.making import timeline
from tests.timeline.findings.evidence import evidence, found, toml
from timeline.findings.plans import plans
from timeline.findings.standards.milestones import milestones
from timeline.people import Person
from timeline.timescales import names_of, timescales_from

PROFILES = ("england", "guernsey", "isle-of-man", "jersey", "northern-ireland", "scotland", "wales")
MEASURED = toml("timescales")


def scales(**numbers):
    return timescales_from(MEASURED, {}, {name.replace("_", "-"): within for name, within in numbers.items()})


STRATEGY = ("18 January 2019", "Strategy discussion held by telephone. Threshold met.")
CONFERENCE = ("21 February 2019", "Initial child protection conference. Both children made subject to a child protection plan.")


def late(rows, **numbers):
    return found("late", timeline(**rows), timescales=scales(**numbers))


def test_a_conference_after_its_time_is_asked_about_with_the_number_and_where_it_comes_from():
    (finding,) = late({"CSC": [STRATEGY, CONFERENCE]}, initial_conference="15 working days")
    assert finding.certainty == "certain"
    assert finding.more["working_days"] == 24
    assert "15 working days" in finding.standard
    assert "case.toml" in finding.source
    assert finding.question.endswith("?")


def test_a_conference_on_the_last_day_is_not_late():
    assert not late({"CSC": [STRATEGY, ("8 February 2019", CONFERENCE[1])]}, initial_conference="15 working days")
    assert late({"CSC": [STRATEGY, ("11 February 2019", CONFERENCE[1])]}, initial_conference="15 working days")


def test_the_last_of_several_strategy_discussions_starts_the_clock():
    again = ("11 February 2019", "Second strategy discussion held.")
    assert not late({"CSC": [STRATEGY, again, CONFERENCE]}, initial_conference="15 working days")


@pytest.mark.parametrize(
    "row",
    [
        ("1 February 2019", "Invitation to the initial conference on 21 February posted."),
        ("1 February 2019", "Report for ICPC written."),
        ("1 February 2019", "ICPC to be convened."),
        ("1 February 2019", "ICPC postponed, no chair."),
    ],
)
def test_a_conference_that_is_only_spoken_of_stops_no_clock(row):
    assert late({"CSC": [STRATEGY, row, CONFERENCE]}, initial_conference="15 working days")


def test_a_vague_date_makes_it_possible_at_most():
    (finding,) = late(
        {"CSC": [("w/c 21 January 2019", STRATEGY[1]), ("13 February 2019", CONFERENCE[1])]}, initial_conference="15 working days"
    )
    assert finding.certainty == "possible"


def test_several_agencies_tell_one_step_on_the_day_that_most_give():
    rows = {"CSC": [CONFERENCE], "Police": [("21 February 2019", "ICPC attended.")], "School": [("22 February 2019", "ICPC attended.")]}
    (step,) = milestones(evidence(timeline(**rows)))["initial-conference"]
    assert (step.earliest, step.latest) == (date(2019, 2, 21), date(2019, 2, 21))
    assert len(step.accounts) == 3


def test_a_timescale_for_a_plan_counts_only_while_the_plan_runs():
    groups = [("14 March 2019", "Core group held."), ("10 June 2019", "Core group held.")]
    ended = ("1 April 2019", "Review conference held. Child protection plan ended.")
    assert late({"CSC": [CONFERENCE, *groups]}, later_core_groups="6 weeks")
    assert not late({"CSC": [CONFERENCE, groups[0], ended, groups[1]]}, later_core_groups="6 weeks")
    (plan,) = plans(evidence(timeline(CSC=[CONFERENCE, groups[0], ended])))["protection"]
    assert (plan.since, plan.until) == (date(2019, 2, 21), date(2019, 4, 1))


def test_a_step_that_is_nowhere_recorded_is_a_question_and_never_certain():
    (finding,) = late({"CSC": [CONFERENCE, ("1 September 2019", "Telephone call.")]}, first_core_group="10 working days")
    assert finding.certainty == "possible"
    assert finding.more["recorded"] is False


def test_an_assessment_that_no_referral_needs_is_not_missed():
    rows = [("1 March 2019", "Referral received from school."), ("1 September 2019", "Telephone call.")]
    assert not late({"CSC": rows}, assessment="45 working days")


def test_without_numbers_nothing_is_late():
    assert not late({"CSC": [STRATEGY, CONFERENCE]})


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_names_known_timescales_their_source_and_whether_it_was_verified(name):
    profile = toml(f"timescales/{name}")
    read = timescales_from(MEASURED, profile, {}, comparison="")
    assert profile["title"]
    assert read.note
    assert all(each.source and each.id in names_of(MEASURED) for each in read.each)


def test_jerseys_profile_holds_the_one_figure_that_has_a_source_and_says_that_the_rest_is_empty():
    read = timescales_from(MEASURED, toml("timescales/jersey"), {})
    assert [(each.id, str(each.within)) for each in read.each] == [("rapid-review", "15 working days")]
    assert "empty" in read.note


def test_a_number_in_force_from_a_day_counts_for_clocks_that_start_then():
    profile = {
        "number": [
            {"timescale": "initial-conference", "within": "15 working days", "source": "s", "verified": True, "from": date(2019, 2, 1)}
        ]
    }
    assert not found("late", timeline(CSC=[STRATEGY, CONFERENCE]), timescales=timescales_from(MEASURED, profile, {}))


def test_an_unknown_timescale_is_named_with_those_that_are_known():
    with pytest.raises(ValueError, match="initial-conference"):
        timescales_from(MEASURED, {}, {"tea-break": "15 days"})


def test_a_referral_whose_row_tells_the_decision_is_not_late_and_a_conference_row_that_plans_a_core_group_is_no_core_group():
    decided = ("1 March 2019", "Referral received from school. Threshold not met.")
    assert not late({"CSC": [decided, ("1 June 2019", "No further action.")]}, referral_decision="1 working day")
    conference = ("21 February 2019", "Initial child protection conference held. First core group 14 March.")
    assert late({"CSC": [conference, ("20 March 2019", "Core group held.")]}, first_core_group="10 working days")


def test_visits_on_a_plan_are_sightings_by_the_social_workers_agency():
    rows = [
        ("21 February 2019", "Initial child protection conference. Child made subject to a child protection plan."),
        ("1 March 2019", "Statutory visit. Child seen."),
        ("29 March 2019", "Statutory visit. No access, child not seen."),
        ("30 April 2019", "Statutory visit. Child seen."),
    ]
    merged = timeline(**{"Children's Social Care": rows, "School": [("15 March 2019", "Child seen in class.")]})
    child = Person(id="P1", name="Anna Example", kind="subject")
    (visit,) = found("late", merged, timescales=scales(protection_visit="10 working days"), people=[child])
    assert (visit.since, visit.until) == (date(2019, 3, 1), date(2019, 4, 30))
