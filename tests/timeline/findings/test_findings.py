"""Gaps and overlaps."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.making import SECRET, returned, source, timeline
from tests.timeline.findings.evidence import evidence, found
from timeline.extraction import Extraction, SetAside
from timeline.findings import FINDINGS, find
from timeline.merging import merge


def test_a_silence_runs_from_the_last_day_before_to_the_first_day_after():
    merged = timeline(Police=[("1 March 2019", "a"), ("1 June 2019", "b")], School=[("3-5 March 2019", "c")])
    (silence,) = found("silence", merged)
    assert (silence.since, silence.until, silence.days) == (date(2019, 3, 5), date(2019, 6, 1), 88)
    assert silence.certainty == "certain"
    assert len(silence.events) == 2


def test_a_stretch_of_just_the_limit_is_no_silence():
    assert not found("silence", timeline(Police=[("1 March 2019", "a"), ("12 April 2019", "b")]))
    assert found("silence", timeline(Police=[("1 March 2019", "a"), ("13 April 2019", "b")]))


def test_the_boards_own_number_counts():
    merged = timeline(Police=[("1 March 2019", "a"), ("20 March 2019", "b")])
    assert found("silence", merged, settings={"silence_days": 14})


def test_a_row_wider_than_a_month_ends_no_silence_but_makes_it_possible():
    merged = timeline(Police=[("1 March 2019", "a"), ("Spring 2019", "b"), ("1 July 2019", "c")])
    (silence,) = found("silence", merged)
    assert silence.certainty == "possible"


def test_an_end_of_uncertain_date_makes_a_silence_possible():
    (silence,) = found("silence", timeline(Police=[("circa 1 March 2019", "a"), ("1 July 2019", "b")]))
    assert silence.certainty == "possible"


def test_an_agencys_silence_is_its_own():
    days = [(f"1 {month} 2019", "contact") for month in ("March", "April", "May", "June", "July", "August")]
    merged = timeline(Police=[("1 March 2019", "a"), ("1 August 2019", "b")], School=days)
    assert not found("silence", merged)
    (silence,) = found("agency-silence", merged)
    assert silence.agencies == ("Police",)
    assert silence.more["declared"] is False


def test_a_silence_that_the_agency_declares_is_told_apart():
    read = returned(source("Police"), [("1 March 2019", "a"), ("1 August 2019", "b")])
    note = SetAside("row 3", "No contact with the family from April to June 2019.", "a note")
    read = Extraction(source=read.source, status="read", seen=3, entries=read.entries, ignored=(note,))
    (silence,) = found("agency-silence", merge([read], SECRET))
    assert silence.more["declared"] is True


def test_rows_outside_the_period_make_no_silence():
    assert not found("silence", timeline(Police=[("1 March 2010", "a"), ("1 June 2011", "b"), ("1 January 2021", "c")]))


@given(st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2019, 12, 31)), st.integers(0, 40)), min_size=1, max_size=25))
def test_no_certain_silence_holds_any_day_of_a_row(spans):
    rows = [(f"{day:%d/%m/%Y} - {day + timedelta(days=width):%d/%m/%Y}", "x") for day, width in spans]
    merged = timeline(Police=rows)
    for silence in found("silence", merged):
        if silence.certainty == "certain":
            assert not any(e.when.earliest < silence.until and e.when.latest > silence.since for e in merged.events)


@given(st.lists(st.dates(date(2019, 1, 1), date(2019, 12, 31)), min_size=2, max_size=12), st.integers(0, 11))
def test_a_wider_date_never_makes_a_silence_certain(days, which):
    def certain(rows):
        return {(s.since, s.until) for s in found("silence", timeline(Police=rows)) if s.certainty == "certain"}

    rows = [(day.isoformat(), "x") for day in days]
    wide = list(rows)
    wide[which % len(rows)] = (f"{days[which % len(rows)].year}", "x")
    assert certain(wide) <= certain(rows) | certain([row for n, row in enumerate(rows) if n != which % len(rows)])
    left_out = days[which % len(rows)]
    assert not any(since <= left_out <= until for since, until in certain(wide))


LONG = "Home visit by the health visitor, the children were seen and were well"


def test_the_same_entry_twice_is_a_duplicate_and_stays_in_the_timeline():
    merged = timeline(Police=[("3 April 2019", LONG), ("3 April 2019", LONG + ".")])
    (duplicate,) = found("duplicate", merged)
    assert len(duplicate.events) == len(merged.events) == 2


def test_look_alikes_are_no_duplicates():
    for rows in (
        [("3 April 2019", LONG), ("4 April 2019", LONG)],
        [("3 April 2019", LONG, "10:00"), ("3 April 2019", LONG, "14:00")],
        [("3 April 2019", LONG + ", weight 7.2 kg"), ("3 April 2019", LONG + ", weight 7.9 kg")],
        [("3 April 2019", LONG), ("3 April 2019", LONG.replace("were seen", "were not seen"))],
        [("3 April 2019", "DNA"), ("3 April 2019", "T/C")],
    ):
        assert not found("duplicate", timeline(Police=rows))
    assert not found("duplicate", timeline(Police=[("3 April 2019", LONG)], School=[("3 April 2019", LONG)]))


STRATEGY = ("3 April 2019", "Strategy discussion by telephone about the bruise to the left cheek, section 47 agreed", "14:00")


def test_two_agencies_telling_one_event_are_proposed_with_the_reasons():
    other = ("3 April 2019", "Took part in the strategy discussion about a bruise to the cheek", "14:00")
    (same,) = found("same-event", timeline(Police=[STRATEGY], School=[other]))
    assert same.certainty == "possible"
    assert "the date" in same.more["reasons"]
    assert any("strategy discussion" in reason for reason in same.more["reasons"])


def test_a_letter_read_later_tells_the_event_of_the_day_it_names():
    letter = ("9 April 2019", "ED letter dated 03/04: scald to left forearm from hot tea")
    merged = timeline(Hospital=[("3 April 2019", "Scald to left forearm, hot tea pulled from table")], GP=[letter])
    assert found("same-event", merged)


def test_a_meeting_is_not_the_event_that_led_to_it():
    merged = timeline(
        Police=[("3 April 2019", "Ambulance called, child drowsy after swallowing tablets, conveyed to hospital", "11:00")],
        School=[("3 April 2019", "Strategy discussion about the tablets the child swallowed", "16:00")],
    )
    assert not found("same-event", merged)


def test_unlike_rows_of_one_day_are_not_linked():
    merged = timeline(
        Police=[("3 April 2019", "Shoplifting reported in town")], School=[("3 April 2019", "Parents' evening, good progress in reading")]
    )
    assert not found("same-event", merged)


def test_one_agencys_rows_are_never_the_same_event_by_themselves():
    assert not found("same-event", timeline(Police=[STRATEGY, (*STRATEGY[:2], "14:10")]))


def test_a_review_with_nothing_in_it_asks_only_for_its_chronologies():
    for rows in ([], [("undated", "a"), ("2019", "b")]):
        assert [finding.kind for finding in find(evidence(timeline(Police=rows)))] == ["coverage"]  # whose rows do not cover the period


def test_every_finding_says_what_it_looks_for():
    assert all(rule.__doc__ and len(rule.__doc__) > 80 for rule in FINDINGS)


def test_findings_hold_no_text_of_the_rows():
    merged = timeline(Police=[("1 March 2019", "Zebediah"), ("1 July 2019", "Zebediah again")])
    assert "Zebediah" not in repr(find(evidence(merged)))
