"""Words that mark notes, totals and guidance, and words of events that only look like them."""

import pytest

from extractors.phrases import is_analysis_title, is_declared_silence, is_guidance, is_note, is_period_banner, is_total
from extractors.years import Years, years_in


@pytest.mark.parametrize(
    "text",
    ["Total contacts: 3", "TOTAL", "Totals 12", "Number of visits: 4", "End of chronology. 33 entries.", "12 entries", "--- end ---"],
)
def test_totals_are_known(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    ["Key", "Key: HV health visitor", "Note: see file", "NB. copied", "Signed L Amy", "Prepared by the unit", "Page 3 of 4", "Continued"],
)
def test_notes_are_known(text):
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Key worker rang mother",
        "Total abstinence reported by father",
        "Continued to drink heavily",
        "Number of bruises seen on the arm",
        "Notes of the strategy meeting were sent round",
        "Endometriosis clinic, did not attend",
        "Include grandmother in the plan, as agreed with her",
        "3 visits made, no reply",
        "Confidential call from a neighbour",
        "State of the home was poor",
        "Record of the call was sent",
    ],
)
def test_words_of_events_are_no_notes_totals_or_guidance(text):
    assert [known.__name__ for known in (is_note, is_total, is_guidance) if known(text)] == []


@pytest.mark.parametrize("text", ["2018", "Autumn term 2018", "March 2019", "2019 (continued)", "Q1 2020", "January to March 2019"])
def test_banners_of_periods_are_known(text):
    assert is_period_banner(text)


@pytest.mark.parametrize("text", ["Visit in 2018", "12 March 2019 visit", "Autumn was born", "May"])
def test_other_words_are_no_banner(text):
    assert not is_period_banner(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2018", Years(2018)),
        ("Autumn term 2018", Years(2018)),
        ("2018/19", Years(2018, is_split=True)),
        ("Financial year 2018-19", Years(2018, is_split=True, begins=4)),
        ("Academic year 2018/2019", Years(2018, is_split=True, begins=9)),
        ("2018 to 2019", None),
        ("2018/23", None),
        ("Run 14/10/2020", None),
    ],
)
def test_the_year_of_a_heading_is_the_one_that_it_names(text, years):
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("banner", "written", "year"),
    [
        ("2018/19", "3 October", 2018),
        ("2018/19", "4 February", 2019),
        ("2018/19", "9 June", None),
        ("School year 2018/19", "9 June", 2019),
        ("Financial year 2018/19", "9 June", 2018),
        ("2018/19", "3 October 2017", None),
        ("2018", "9 June", 2018),
    ],
)
def test_a_split_year_gives_each_month_its_year_where_it_can_be_but_one(banner, written, year):
    assert years_in(banner).of(written) == year


def test_declared_silences_name_a_period():
    assert is_declared_silence("No contacts with these departments from March to December 2018.")
    assert not is_declared_silence("No reply, card left")
    assert not is_declared_silence("Mother has no concerns")


def test_titles_of_analysis_are_known():
    assert is_analysis_title("Analysis of involvement")
    assert not is_analysis_title("Chronology")
