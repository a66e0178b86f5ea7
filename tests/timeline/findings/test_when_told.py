"""Days and times that a row's words tell."""

from datetime import date

import pytest

from tests.making import timeline
from tests.timeline.findings.evidence import evidence
from timeline.findings.when_told import days_told, times_told
from timeline.wording.words import words_of


def told(text, written="Wednesday 8 May 2019"):
    """The days, as ISO dates, that a row of 8 May 2019 (a Wednesday) tells."""
    read = evidence(timeline(Police=[(written, text)]))
    (account,) = read.accounts
    return [each.day.isoformat() for each in days_told(read, account)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Letter dated 27/04/2019", ["2019-04-27"]),
        ("On 3 May he fell", ["2019-05-03"]),
        ("Seen on the 3rd", ["2019-05-03"]),
        ("Seen on the 30th", ["2019-04-30"]),
        ("On Saturday night he fell", ["2019-05-04"]),
        ("Yesterday he fell", ["2019-05-07"]),
        ("Two days ago he fell", ["2019-05-06"]),
        ("Admitted 6/5", ["2019-05-06"]),
        ("Wednesday: he fell", ["2019-05-08"]),
        ("He sat by the sun lamp", []),
        ("Review next Monday", []),
        ("Every Monday he goes swimming", []),
        ("To be seen on Monday", []),
        ("Born 1 May 2012", []),
        ("Review on 20 May 2019", []),
    ],
)
def test_a_day_is_told_by_date_name_or_distance_and_never_lies_ahead(text, days):
    assert told(text) == days


def test_a_row_without_a_date_tells_no_days():
    assert told("Yesterday he fell", "undated") == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2247hrs", [(1367,)]),
        ("at 9.30am", [(570,)]),
        ("at 16:45", [(1005,)]),
        ("at 1645", [(1005,)]),
        ("12 noon", [(720,)]),
        ("at midnight", [(0,)]),
        ("by half past two", [(150, 870)]),
        ("quarter to nine", [(525, 1245)]),
        ("at six o'clock", [(360, 1080)]),
        ("11pm and 12am", [(1380,), (0,)]),
        ("Wt 9.30 kg", []),
        ("at six weeks", []),
        ("10/12/2018 £12.50 ratio 3:1 flat 1204", []),
        ("Log 0102 of 07/02", []),
    ],
)
def test_times_are_read_as_british_notes_write_them(text, minutes):
    assert [each.minutes for each in times_told(text, words_of(text))] == minutes
    assert all(0 <= each.start < each.end <= len(text) for each in times_told(text, words_of(text)))


def test_the_places_are_those_of_the_words():
    text = "Rang at 9.30am on 3 May"
    (time,) = times_told(text, words_of(text))
    assert text[time.start : time.end] == "9.30am"
    read = evidence(timeline(Police=[("8 May 2019", text)]))
    (account,) = read.accounts
    (day,) = days_told(read, account)
    assert (day.day, text[day.start : day.end]) == (date(2019, 5, 3), "3 May")
