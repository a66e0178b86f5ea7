from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.dates import event_date, general_ages, general_dates
from anonymise.policy import policy_from
from timeline.dates import FuzzyDate
from timeline.errors import CaseError


def said(text, style="month"):
    for start, end, words in sorted(general_dates(text, style), reverse=True):
        text = text[:start] + words + text[end:]
    return text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"colour": "red"}, "colour"),
        ({"dates": "weekly"}, "month, season, year, none"),
        ({"kinds": {"PERSONS": "hide"}}, "PERSONS"),
        ({"kinds": {"PERSON": "maybe"}}, "hide, keep"),
        ({"words": {"PHONE": ""}}, "PHONE"),
    ],
)
def test_a_policy_that_cannot_be_says_what_is_allowed(given, wanted):
    with pytest.raises(CaseError, match=wanted):
        policy_from(given)


def test_what_a_policy_does_not_mention_is_hidden():
    assert "PERSON" in policy_from({}).hidden
    assert "PLACE" not in policy_from({"kinds": {"PLACE": "keep"}}).hidden


@pytest.mark.parametrize(
    ("edtf", "month", "season"),
    [
        ("2018-05-04", "May 2018", "spring 2018"),
        ("2018-05~", "about May 2018", "about spring 2018"),
        ("2018-12-28/2019-01-03", "December 2018 to January 2019", "winter 2018"),
        ("2018-04-03/2018-06-05", "April to June 2018", "spring 2018 to summer 2018"),
        ("2018", "2018", "2018"),
        ("XXXX", "undated", "undated"),
    ],
)
def test_an_event_date_in_general_words(edtf, month, season):
    assert event_date(FuzzyDate(edtf), "month") == month
    assert event_date(FuzzyDate(edtf), "season") == season
    assert event_date(FuzzyDate(edtf), "none") == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Seen on 12 July.", "Seen in July."),
        ("assessment closed 3.7.18", "assessment closed in July 2018"),
        ("review by 21 May", "review by May"),
        ("weight 2/52 ago, 9/12 old", "weight 2/52 ago, 9/12 old"),
        ("in March 2019 she", "in March 2019 she"),
        ("letter dated 2019-04-03", "letter dated April 2019"),
    ],
)
def test_dates_in_a_text_lose_their_day(text, wanted):
    assert said(text) == wanted


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%d %b"]))
def test_no_exact_day_is_left(day, form):
    left = said(f"Reported {day.strftime(form)} at home")
    assert not any(character.isdigit() for character in left.replace(f"{day.year}", ""))


def test_ages_by_stage_of_life():
    text = "a boy aged 13 and a 4 year old"
    for start, end, words in sorted(general_ages(text, "stage"), reverse=True):
        text = text[:start] + words + text[end:]
    assert text == "a boy a teenager and a a young child"
