"""Ages that a row opens with, and whose they can be."""

from datetime import date

import pytest

from tests.timeline.findings.reviews import ADULT, CHILD, OWEN, TILLY, review, rows
from timeline.findings.seeing.ages import ages_told, may_be_of
from timeline.findings.seeing.seen import sightings


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Baby 9/52, not feeding", 63),
        ("infant (7/12) fell", 215),
        ("28F, chest pain", 28 * 366),
        ("Boy 8, fell from a wall", 8 * 366),
        ("Male, aged 45, intoxicated", 45 * 366),
        ("2y 6m. Scald to foot", 2 * 366 + 180),
        ("8 year old girl found alone", 8 * 366),
        ("4-year-old with fever", 4 * 366),
        ("Child aged 15 months with rash", 460),
    ],
)
def test_an_age_is_read_from_the_opening(text, days):
    assert any(least <= days <= most for least, most in ages_told(text))
    assert not any(least <= 3 * days <= most for least, most in ages_told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Review 2/52",
        "F/U 2/52, weight 7.9",
        "Child 2 seen",
        "Male 1 attended",
        "Flat 28F visited",
        "6 week contact",
        "999 704 1186",
        "Girl of 3 sisters",
        "",
    ],
)
def test_numbers_that_are_no_age(text):
    assert ages_told(text) == ()


def test_whose_birth_or_day_is_unknown_can_be_of_any_age():
    assert may_be_of(ages_told("28F"), None, date(2019, 1, 1), date(2019, 1, 1))
    assert may_be_of(ages_told("28F"), date(2018, 1, 1), None, None)


def seen(text, people=(TILLY, OWEN), day="4 March 2019"):
    """The subjects whom the row shows seen: Tilly is one year old that day, Owen six."""
    return {each.person for each in sightings(review(rows("Ambulance", (day, text)), people=people)) if each.seen}


def test_a_patient_of_another_age_is_not_the_child_of_the_review():
    assert not seen("Baby 9/52, ?apnoea. Pink and alert o/a, obs normal.")
    assert not seen("28F, chest tight. Refused conveyance.")
    assert not seen("Boy 9, fell from shed roof. Conveyed to ED.", people=(TILLY,))


def test_a_patient_of_its_age_is_the_child_of_the_review():
    assert seen("Boy 6, fell from a wall. Conveyed to ED.") == {"S2"}
    assert seen("Infant 13/12, alert, obs normal.") == {"S1"}
    assert seen("28F, chest tight. Tilly asleep in cot, well.") == {"S1"}


def test_an_adult_of_the_review_is_known_by_the_age_too():
    assert seen("75M, fall in kitchen. Alert, obs normal.", people=ADULT) == {"A1"}
    assert not seen("30M, fall in kitchen. Alert, obs normal.", people=ADULT)


def test_a_long_number_is_no_emergency_call():
    assert seen("12/12, 999 704 1186. Fell from settee. Tilly alert, smiling.") == {"S1"}
    assert not seen("999 call: Tilly alert, smiling.")


def test_what_stands_in_quotation_marks_is_somebody_elses_word():
    assert not seen("Home visit, spoke to Carol. “Tilly is asleep on the settee.”", people=CHILD)
    assert seen("Home visit. Tilly said “I fell”.") == {"S1"}
