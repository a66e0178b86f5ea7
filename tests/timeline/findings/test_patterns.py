"""Patterns across rows."""

from datetime import date

import pytest

from tests.making import timeline
from tests.timeline.findings.evidence import evidence, found
from timeline.findings.patterns import patterns
from timeline.people import Mention, Person


def named(merged, **more):
    """The patterns found in a timeline, by name."""
    return {finding.more["pattern"]: finding for finding in found("pattern", merged, **more)}


MISSED = [("1 March 2019", "Was not brought to clinic."), ("2 April 2019", "Home visit, no access."), ("3 May 2019", "DNA.")]


def test_contacts_missed_three_times_in_half_a_year_are_asked_about_across_agencies():
    (finding,) = found("pattern", timeline(GP=MISSED[:1], School=MISSED[1:]))
    assert finding.more == {"pattern": "missed-contacts", "count": 3}
    assert (finding.since, finding.until) == (date(2019, 3, 1), date(2019, 5, 3))
    assert finding.agencies == ("GP", "School")
    assert finding.certainty == "possible"


@pytest.mark.parametrize(
    "rows",
    [
        MISSED[:2],
        [*MISSED[:2], ("1 December 2019", "DNA.")],
        [*MISSED[:2], MISSED[1]],
        [*MISSED[:2], ("3 May 2019", "Seen at clinic, no missed appointments.")],
        [*MISSED[:2], ("3 May 2019", "If DNA, refer back.")],
        [*MISSED[:2], ("2019", "DNA.")],
    ],
)
def test_fewer_rows_farther_apart_of_one_day_denied_or_only_planned_are_no_pattern(rows):
    assert "missed-contacts" not in named(timeline(GP=rows))


def test_referrals_that_ended_without_action_twice_are_asked_about():
    rows = [("1 March 2019", "Referral from school. NFA."), ("2 June 2019", "Police notification. Threshold not met.")]
    assert "repeat-referrals" in named(timeline(CSC=rows))
    assert "repeat-referrals" not in named(timeline(CSC=[rows[0], ("2 June 2019", "Referral. Assessment begun.")]))


def test_closing_soon_after_missed_contact_is_asked_about_and_long_after_is_not():
    missed = ("1 March 2019", "Home visit, no access.")
    assert "closure-after-non-engagement" in named(timeline(CSC=[missed, ("20 March 2019", "Case closed.")]))
    assert "closure-after-non-engagement" in named(timeline(CSC=[("20 March 2019", "Parents declined support. Case closed.")]))
    assert "closure-after-non-engagement" not in named(timeline(CSC=[missed, ("20 August 2019", "Case closed.")]))
    assert "closure-after-non-engagement" not in named(timeline(GP=[missed], CSC=[("20 March 2019", "Case closed.")]))


def test_changes_of_worker_count_for_each_agency_by_itself():
    one, two = ("1 March 2019", "New social worker allocated."), ("2 June 2019", "Case transferred to a new worker.")
    assert "changes-of-worker" in named(timeline(CSC=[one, two]))
    assert "changes-of-worker" not in named(timeline(CSC=[one], GP=[two]))


def test_a_plan_that_began_again_is_asked_about():
    rows = [
        ("1 March 2019", "Initial conference. Made subject to a child protection plan."),
        ("1 June 2019", "Review conference. Plan ended."),
        ("1 October 2019", "Conference. Made subject to a child protection plan."),
    ]
    assert "protection-plan-started-again" in named(timeline(CSC=rows))
    assert "protection-plan-started-again" not in named(timeline(CSC=rows[:2]))


BABY = Person(id="P1", name="Anna Example", kind="subject", date_of_birth=date(2019, 1, 10))


@pytest.mark.parametrize(
    ("day", "text", "others", "expected"),
    [
        ("1 April 2019", "Anna: bruise to cheek.", (), True),
        ("1 April 2019", "Anna: no bruising seen.", (), False),
        ("1 April 2019", "Anna: feeding well.", (), False),
        ("1 August 2019", "Anna: bruise to cheek.", (), True),
        ("1 August 2019", "Anna: bruise to cheek.", (("1 July 2019", "Crawling now."),), False),
        ("1 November 2019", "Anna: bruise to cheek.", (), False),
        ("March 2019", "Anna: bruise to cheek.", (), True),
    ],
)
def test_an_injury_of_a_child_who_can_hardly_move_is_asked_about(day, text, others, expected):
    merged = timeline(GP=[*others, (day, text)])
    child = next(event for event in merged.events if event.text == text)
    mentions = [Mention(text_id=child.id, start=0, end=4, kind="PERSON", person="P1", found_by="cast", score=1.0)]
    assert ("injury-before-moving" in named(merged, people=[BABY], mentions=mentions)) is expected


def test_the_order_of_files_changes_no_pattern():
    one = list(patterns(evidence(timeline(GP=MISSED[:1], School=MISSED[1:]))))
    other = list(patterns(evidence(timeline(School=MISSED[1:], GP=MISSED[:1]))))
    assert [finding.id for finding in one] == [finding.id for finding in other]
