import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.hiding import ages, days
from anonymise.hiding.ages import AgeRule, general_ages
from anonymise.hiding.dates import DateRule
from anonymise.hiding.days import general_days, general_times, general_weekdays, named_days_from
from tests.anonymise.conftest import read
from timeline.errors import CaseError

NAMED = named_days_from(read("named_days"))


def put(text, spans):
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Seen on Christmas Day.", "Seen in December."),
        ("On Boxing Day he left", "In December he left"),
        ("pushed on New Year's Eve", "pushed in December"),
        ("party on Bonfire Night", "party in November"),
        ("closed for Liberation Day", "closed for May"),
        ("left on Good Friday", "left in spring"),
        ("on bank holiday Monday", "at that time of year"),
        ("on her 5th birthday", "around her 5th birthday"),
        ("On Ellie's second birthday", "Around Ellie's second birthday"),
        # no single day
        ("since before Christmas, a Christmas hamper", "since before Christmas, a Christmas hamper"),
        ("away for Easter, the Easter holidays", "away for Easter, the Easter holidays"),
        ("on her birthday list", "around her birthday list"),
        ("told on Christmas leave", "told on Christmas leave"),
    ],
)
def test_named_days_become_the_month_or_time_of_year(text, wanted):
    assert put(text, general_days(text, DateRule("month"), NAMED)) == wanted


@pytest.mark.parametrize(("style", "wanted"), [("season", "Seen in winter."), ("year", "Seen in that year."), ("none", "Seen on [date].")])
def test_named_days_follow_the_style_of_dates(style, wanted):
    assert put("Seen on Christmas Day.", general_days("Seen on Christmas Day.", DateRule(style), NAMED)) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [({"days": {"x day": 13}}, "x day"), ({"days": {"x day": "May"}}, "x day"), ({"moving": {"y": " "}}, "y has no words")],
)
def test_named_days_that_cannot_be_are_refused(given, wanted):
    with pytest.raises(CaseError, match=wanted):
        named_days_from(given)


def test_without_named_days_none_is_found():
    assert list(general_days("Christmas Day", DateRule("month"), named_days_from({}))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("told by the Centenier on Monday.", "told by the Centenier on a weekday."),
        ("seen last Tuesday", "seen a weekday in the week before"),
        ("will visit next Thursday", "will visit a weekday in the week after"),
        ("out on Saturday night", "out on a weekend night"),
        ("Sunday’s visit".replace("’", "'"), "a weekend day's visit"),
        ("called on Fri", "called on a weekday"),
        # a habit says nothing of one day
        ("stays with his father on Fridays", "stays with his father on Fridays"),
        ("every Monday, Mon to Fri, Monday to Friday", "every Monday, Mon to Fri, Monday to Friday"),
        ("He sat on the Sun lounger", "He sat on the Sun lounger"),
        ("the sun was out and he sat", "the sun was out and he sat"),
    ],
)
def test_weekdays_become_a_weekday_or_a_day_of_the_weekend(text, wanted):
    assert put(text, general_weekdays(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("arrested 0124hrs", "arrested at night"),
        ("at 23:40 she rang", "at night she rang"),
        ("seen at 9.40am", "seen in the morning"),
        ("asleep at 2pm", "asleep in the afternoon"),
        ("call 18:05:30 logged", "call in the evening logged"),
        ("born at 0412, left", "born at night, left"),
        ("Flat at 0412/7, costs 1145 at 2950", "Flat at 0412/7, costs 1145 at 2950"),
        ("12am and 12pm", "at night and in the afternoon"),
        ("ref 12:345, ratio 3:1, 2.81 kg, score 9.40", "ref 12:345, ratio 3:1, 2.81 kg, score 9.40"),
        ("230hrs of support", "230hrs of support"),
    ],
)
def test_times_become_a_part_of_the_day(text, wanted):
    assert put(text, general_times(text, "part-of-day")) == wanted
    assert put(text, general_times(text, "keep")) == text


@pytest.mark.parametrize(
    ("text", "years", "band", "stage"),
    [
        ("a boy aged 13", "a boy aged 13", "a boy aged 11 to 15", "a boy a teenager"),
        ("a 4 year old boy", "a 4 year old boy", "a 1 to 4 year old boy", "a young boy"),
        ("the 8 month old baby", "the 8 month old baby", "the under 1 year old baby", "the very young baby"),
        ("10 weeks old", "2 month old", "under 1 year old", "a baby"),
        ("30 months old", "2 year old", "1 to 4 year old", "a young child"),
        ("aged 6 weeks", "aged 1 month", "aged under 1", "a baby"),
        ("aged 84", "aged 84", "aged 80 or over", "an older adult"),
        ("the boy (3) stood", "the boy (3) stood", "the boy (1 to 4) stood", "the boy (a young child) stood"),
        ("male (45), female (44)", "male (45), female (44)", "male (40 to 64), female (40 to 64)", "male (an adult), female (an adult)"),
        # no age
        ("managed 13 calls, page 4, 4 years ago", "managed 13 calls, page 4, 4 years ago", "managed 13 calls, page 4, 4 years ago", None),
        ("visit (3), bruises (2)", "visit (3), bruises (2)", "visit (3), bruises (2)", None),
        ("3 weeks later", "3 weeks later", "3 weeks later", None),
    ],
)
def test_ages_by_style(text, years, band, stage):
    for style, wanted in (("years", years), ("band", band), ("stage", stage or text), ("keep", text)):
        assert put(text, general_ages(text, AgeRule(style))) == wanted, style


def test_an_age_in_brackets_after_a_name_is_found_where_the_name_ends():
    assert put("Child H (3) ran", general_ages("Child H (3) ran", AgeRule("band"), [7])) == "Child H (1 to 4) ran"


@given(st.integers(0, 110), st.integers(0, 110), st.lists(st.integers(1, 100), min_size=1, max_size=8, unique=True).map(sorted))
def test_two_ages_are_in_one_band_where_no_band_begins_between_them(first, second, bands):
    shown = [put(f"aged {age}", general_ages(f"aged {age}", AgeRule("band", tuple(bands)))) for age in (first, second)]
    between = any(min(first, second) < begins <= max(first, second) for begins in bands)
    assert (shown[0] == shown[1]) == (not between)


ODD = st.text(max_size=6)
AGES_AND_TIMES = [
    "aged ", "Age ", "3", "14", " year", "-yr", " old", " of age", "y/o", "YO", " mths", "wks", "boy (", "3)", ", ", "mother", " (",
    "at ", "1430", "14:30", "2pm", "2.30 p.m.", "hrs", "0900", "@ 9", "about ", "\u0130", "ſ", " ", "\n",
]  # fmt: skip
NAMED_DAYS = [
    "on ", "On ", "May Day", "New Year\u2019s Eve", "new year's  eve", "NYE", "Chriſtmas Day", "today", "Mother's", " Day",
    "Easter\nMonday", "birthday", "his ", " ",
]  # fmt: skip


def pieces_of(pieces):
    return st.lists(st.one_of(st.sampled_from(pieces), ODD), max_size=9).map("".join)


@given(pieces_of(AGES_AND_TIMES), st.sampled_from(["years", "stage", "band", "none"]))
def test_the_quick_look_loses_no_age_and_no_time(text, style):
    rule, people = AgeRule(style), [match.end() for match in re.finditer("mother", text)]
    quick = list(general_ages(text, rule, people)), list(general_times(text, "hide"))
    anything = re.compile("")
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((ages, "_NUMBER_OF"), (ages, "_IN_BRACKETS"), (days, "_TIME_MAY_BE")):
            patch.setattr(module, name, anything)
        assert (list(general_ages(text, rule, people)), list(general_times(text, "hide"))) == quick


@given(pieces_of(NAMED_DAYS))
def test_the_quick_look_loses_no_day_that_has_a_name(text):
    found = {match.span("day") for match in NAMED.pattern.finditer(text)}
    assert not found or NAMED.may_be_in(text)
