from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anonymise.hiding.dates import DateRule, event_date, general_dates, period
from anonymise.policy import FACTS, SWITCHES, policy_from
from tests.anonymise.conftest import read
from timeline.dates import FuzzyDate
from timeline.errors import CaseError

MONTH = DateRule("month")
SINCE = DateRule("since", date(2019, 1, 1))
POLICIES = ("overview-report", "rapid-review", "learning-report")


def said(text, rule=MONTH, near=None):
    for start, end, words in sorted(general_dates(text, rule, near), reverse=True):
        text = text[:start] + words + text[end:]
    return text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"colour": "red"}, "colour"),
        ({"dates": "weekly"}, "since, month, season, year, none"),
        ({"kinds": {"SHOE": "hide"}}, "SHOE"),
        ({"kinds": {"PERSON": "blur"}}, "hide, keep"),
        ({"words": {"PLACE": " "}}, "PLACE"),
        ({"facts": {"shoe size": "hide"}}, "shoe size"),
        ({"facts": {"faith": "blur"}}, "keep, queue, hide"),
        ({"kinds": "hide"}, "must be a table"),
        ({"facts": ["faith"]}, "must be a table"),
        ({"fixed_point": "lunch"}, "first-event, birth"),
        ({"age_bands": []}, "age_bands"),
        ({"age_bands": [5, 1]}, "age_bands"),
        ({"age_bands": [1, 1]}, "age_bands"),
        ({"age_bands": "young"}, "age_bands"),
        ({"wider_agencies": {"Prison": ""}}, "Prison"),
        ({"jersey": {"colour": "red"}}, r"\[jersey\].*colour"),
        ({"dates": "season", "jersey": {"dates": "month"}}, "milder"),
        ({"jersey": {"facts": {"faith": "queue"}}}, "milder"),
        ({"jersey": {"kinds": {"PLACE": "keep"}}}, "milder"),
    ],
)
def test_a_policy_that_says_what_cannot_be_is_refused_with_what_is_allowed(given, wanted):
    with pytest.raises(CaseError, match=wanted):
        policy_from(given)


def test_what_a_policy_does_not_mention_is_hidden():
    assert "PERSON" in policy_from({}).hidden
    assert "PLACE" not in policy_from({"kinds": {"PLACE": "keep"}}).hidden
    assert all(policy_from({}).of_fact(kind) == "hide" for kind in FACTS)


@pytest.mark.parametrize("name", POLICIES)
def test_each_policy_says_something_of_every_fact_and_is_strictest_in_jersey(name):
    given = read(f"policies/{name}")
    assert set(given["facts"]) == set(FACTS)
    milder, stricter = policy_from(given, "england"), policy_from(given, "jersey")
    order = ("keep", "queue", "hide")
    assert all(order.index(stricter.of_fact(kind)) >= order.index(milder.of_fact(kind)) for kind in FACTS)
    for switch, (values, _) in SWITCHES.items():
        assert values.index(getattr(stricter, switch)) >= values.index(getattr(milder, switch)), switch


def test_a_jurisdictions_section_counts_there_alone():
    given = {"ages": "years", "jersey": {"ages": "band", "facts": {"faith": "hide"}}, "facts": {"faith": "queue", "court": "queue"}}
    there, elsewhere = policy_from(given, "jersey"), policy_from(given, "wales")
    assert (there.ages, there.of_fact("faith"), there.of_fact("court")) == ("band", "hide", "queue")
    assert (elsewhere.ages, elsewhere.of_fact("faith")) == ("years", "queue")


@pytest.mark.parametrize(
    ("edtf", "month", "season", "since"),
    [
        ("2018-05-04", "May 2018", "spring 2018", "day -242"),
        ("2019-02-05", "February 2019", "winter 2018", "day 35"),
        ("2018-05~", "about May 2018", "about spring 2018", "about days -245 to -215"),
        ("2018-12-28/2019-01-03", "December 2018 to January 2019", "winter 2018", "days -4 to 2"),
        ("2018-04-03/2018-06-05", "April to June 2018", "spring 2018 to summer 2018", "days -273 to -210"),
        ("2018", "2018", "2018", "days -365 to -1"),
        ("XXXX", "undated", "undated", "undated"),
    ],
)
def test_an_event_date_in_general_words(edtf, month, season, since):
    assert event_date(FuzzyDate(edtf), MONTH) == month
    assert event_date(FuzzyDate(edtf), DateRule("season")) == season
    assert event_date(FuzzyDate(edtf), SINCE) == since
    assert event_date(FuzzyDate(edtf), DateRule("none")) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Seen on 12 July.", "Seen in July."),
        ("assessment closed 3.7.18", "assessment closed in July 2018"),
        ("review by 21 May", "review by May"),
        ("weight 2/52 ago, 9/12 old", "weight 2/52 ago, 9/12 old"),
        ("in March 2019 she", "in March 2019 she"),
        ("letter dated 2019-04-03", "letter dated April 2019"),
        ("incl. June 21 and the stop check", "incl. June 2021 and the stop check"),
        # a day and a month with a stroke between, which no list of spans or scores has
        ("Left before assessment 14/2.", "Left before assessment in February."),
        ("Fall at home 13/02, left wrist", "Fall at home in February, left wrist"),
        ("Letter sent 24/10, appointment missed", "Letter sent in October, appointment missed"),
        ("Home for good 25/12", "Home for good in December"),
        # and what only looks like one
        ("imms 12/12 and 18/12, review 27/12", "imms 12/12 and 18/12, review 27/12"),
        ("pain 8/10, call 2/3, half 1/2", "pain 8/10, call 2/3, half 1/2"),
        ("antibiotics for 5/7, see 1/52, 19/40 pregnant, MOCA 22/30", "antibiotics for 5/7, see 1/52, 19/40 pregnant, MOCA 22/30"),
    ],
)
def test_dates_in_a_text_lose_their_day(text, wanted):
    assert said(text) == wanted


@given(st.dates(date(1950, 1, 1), date(2030, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%d %b"]))
def test_no_exact_day_is_left(day, form):
    left = said(f"Reported {day.strftime(form)} at home")
    assert not any(character.isdigit() for character in left.replace(f"{day.year}", ""))


DAYS = st.dates(date(2001, 1, 1), date(2029, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_intervals_are_kept_to_the_day_where_time_is_counted_from_a_fixed_point(start, first, second):
    rule = DateRule("since", start)
    shown = [int(event_date(FuzzyDate(day.isoformat()), rule).removeprefix("day ")) for day in (first, second)]
    assert shown[1] - shown[0] == (second - first).days


@given(DAYS, DAYS, st.sampled_from(["%d/%m/%Y", "%d %B %Y", "%Y-%m-%d"]))
def test_a_date_in_a_text_is_counted_as_the_rows_own_date_is(start, day, form):
    rule = DateRule("since", start)
    assert said(f"letter dated {day.strftime(form)}", rule) == f"letter dated {event_date(FuzzyDate(day.isoformat()), rule)}"


@given(DAYS, st.integers(-150, 150), st.sampled_from(["%d %B", "%d %b"]))
def test_a_date_without_a_year_is_counted_as_the_one_nearest_its_row(near, away, form):
    day = near + timedelta(days=away)
    assume((day.month, day.day) != (2, 29))
    assert said(f"seen {day.strftime(form)}", SINCE, near) == f"seen day {(day - SINCE.start).days}"


def test_a_month_or_year_is_counted_too_where_time_is_counted():
    assert said("since March 2019, and in 2018", SINCE) == "since days 59 to 89, and in days -365 to -1"
    assert said("seen 4 May", SINCE) == "seen [date]"


def test_a_period_is_counted_too():
    assert period(date(2019, 1, 1), date(2019, 12, 31), SINCE) == "days 0 to 364"


@given(st.lists(DAYS, min_size=2, max_size=5))
def test_a_stricter_style_never_tells_two_days_apart_that_a_milder_one_does_not(days):
    for milder, stricter in pairwise(("month", "season", "year", "none")):
        shown = [{event_date(FuzzyDate(day.isoformat()), DateRule(style)) for day in days} for style in (milder, stricter)]
        if milder == "season" and stricter == "year":
            continue  # a winter runs into the next year: no order between these two holds for January
        assert len(shown[1]) <= len(shown[0])


def test_time_is_not_counted_from_nowhere():
    with pytest.raises(ValueError, match="fixed point"):
        DateRule("since")
