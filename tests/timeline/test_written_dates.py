"""Dates as people write them, alone and among their neighbours."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from timeline import date_cells
from timeline.date_cells import read_cell
from timeline.dates import UNKNOWN, FuzzyDate, bounds
from timeline.dates_in_text import dates_within, leading_date
from timeline.written_dates import WrittenDate, date_rows, is_date
from timeline.written_times import read_time

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def examples():
    lines = (Path(__file__).parent / "written_dates.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def alone(text, **more):
    return date_rows([WrittenDate(text=text, **more)])[0]


@pytest.mark.parametrize(("written", "above", "edtf", "time"), examples())
def test_each_written_form_has_its_answer(written, above, edtf, time):
    rows = [WrittenDate(text=above)] if above else []
    dated = date_rows([*rows, WrittenDate(text=written)])[-1]
    assert (dated.when.edtf, dated.time or "") == (edtf, time)


@pytest.mark.parametrize("edtf", sorted({row[2] for row in examples()} - {UNKNOWN}))
def test_bounds_agree_with_the_edtf_library(edtf):
    oracle = parse_edtf(edtf)
    first, last = bounds(edtf)
    assert first == date(*oracle.lower_strict()[:3])
    if "-24" not in edtf:  # the library ends a winter in December; the contract runs it into the next year
        assert last == date(*oracle.upper_strict()[:3])


@given(DAYS)
def test_every_day_reads_back_from_the_british_ways_of_writing_it(day):
    ways = (
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%a} {day.day} {day:%b} {day:%Y}",
        day.isoformat(),
    )
    assert {alone(way).when.edtf for way in ways} == {day.isoformat()}


@given(DAYS, st.integers(1, 40))
def test_a_span_keeps_both_its_ends(first, days):
    last = first + timedelta(days=days)
    when = alone(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}").when
    assert (when.earliest, when.latest) == (first, last)


@given(st.text(max_size=60))
def test_no_text_crashes_the_grammar_and_bounds_never_cross(text):
    dated = alone(text)
    when = dated.when
    assert when.earliest is None or when.earliest <= when.latest
    assert list(dates_within(text)) is not None
    leading_date(text)
    is_date(text)


@given(st.text(alphabet="0123456789/.-: ~?AprilMayJunecircaw", max_size=30))
def test_no_nearly_date_crashes_the_grammar(text):
    dated = alone(text)
    assert bounds(dated.when.edtf) is None or dated.when.earliest <= dated.when.latest


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_what_was_written_is_always_kept(days):
    rows = [WrittenDate(text=f"{day:%d/%m/%y}") for day in days]
    assert [each.when.as_written for each in date_rows(rows)] == [row.text for row in rows]


def test_a_column_with_a_day_over_twelve_is_read_day_first_without_a_flag():
    dated = date_rows([WrittenDate(text="03/04/2019"), WrittenDate(text="13/05/2019")])
    assert dated[0].when.edtf == "2019-04-03"
    assert not dated[0].problems


def test_a_column_with_a_month_over_twelve_second_is_read_month_first():
    dated = date_rows([WrittenDate(text="04/03/2019"), WrittenDate(text="05/13/2019")])
    assert dated[0].when.edtf == "2019-04-03"


def test_nothing_to_settle_day_or_month_is_read_day_first_and_flagged():
    assert "either way" in alone("03/04/2019").problems[0]
    assert alone("03/03/2019").problems == ()


def test_neighbours_settle_day_or_month():
    rows = ("1 April 2019", "03/04/2019", "5 April 2019", "9 April 2019")
    dated = date_rows([WrittenDate(text=row) for row in rows])[1]
    assert (dated.when.edtf, dated.problems) == ("2019-04-03", ())
    rows = ("1 March 2019", "03/04/2019", "5 March 2019", "9 March 2019")
    dated = date_rows([WrittenDate(text=row) for row in rows])[1]
    assert dated.when.edtf == "2019-03-04"
    assert "month first" in dated.problems[0]


def test_a_date_that_a_spreadsheet_turned_about_is_turned_back_and_flagged():
    rows = [WrittenDate(text=text) for text in ("13/03/2019", "28/03/2019")]
    rows += [WrittenDate(text="2019-03-04", real=date(2019, 3, 4)), WrittenDate(text="15/04/2019"), WrittenDate(text="20/05/2019")]
    dated = date_rows(rows)[2]
    assert dated.when.edtf == "2019-04-03"
    assert "turned" in dated.problems[0]


def test_a_cell_that_shows_a_month_means_the_month():
    assert alone("Apr 2019", real=date(2019, 4, 1), shown_as="mmm yyyy").when.edtf == "2019-04"
    assert alone("2019", real=date(2019, 1, 1), shown_as="yyyy").when.edtf == "2019"
    assert alone("01/04/2019", real=date(2019, 4, 1), shown_as="dd/mm/yyyy").when.edtf == "2019-04-01"


def test_midnight_on_every_row_is_how_an_export_writes_a_date_without_a_time():
    exported = date_rows([WrittenDate(text="4/3/2019 0:00"), WrittenDate(text="18/3/2019 00:00")])
    assert [each.time for each in exported] == [None, None]
    told = date_rows([WrittenDate(text="4/3/2019 0:00"), WrittenDate(text="18/3/2019 14:10")])
    assert [each.time for each in told] == ["00:00", "14:10"]


def test_a_fraction_of_a_day_in_the_time_column_is_a_time():
    assert [alone("4/3/2019", time_text=text).time for text in ("0.4375", "0.583333333333333", "0.5")] == ["10:30", "14:00", None]


def test_a_year_is_taken_from_the_heading_above_and_said_to_be():
    dated = alone("3 April", year=2019)
    assert dated.when.edtf == "2019-04-03"
    assert dated.when.assumed


def test_a_weekday_settles_the_year():
    dated = date_rows([WrittenDate(text="20 December 2018"), WrittenDate(text="Wed 3 Apr")])[1]
    assert dated.when.edtf == "2019-04-03"


def test_a_weekday_that_does_not_fit_is_a_problem():
    assert "Thursday" in alone("Thursday 3 April 2019").problems[0]


def test_a_merged_date_is_no_assumption_and_a_blank_one_is():
    above = WrittenDate(text="3 April 2019")
    assert date_rows([above, WrittenDate(text="", continues=True)])[1].when.assumed == ()
    assert date_rows([above, WrittenDate(text="")])[1].when.assumed


def test_an_impossible_date_is_kept_as_written_and_is_a_problem():
    dated = alone("31/02/2020")
    assert (dated.when.edtf, dated.when.as_written) == (UNKNOWN, "31/02/2020")
    assert "31/02/2020" in dated.problems[0]


def test_no_year_anywhere_is_undated_and_a_problem():
    assert alone("3 April").when.edtf == UNKNOWN
    assert "year" in alone("3 April").problems[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seen on 3 April 2019 at home", ["2019-04-03"]),
        ("Letter dated 27/09: bump", ["XXXX-09-27"]),
        ("8/52 postnatal, 9/12 review, wt 7.9 kg, 18/12 boosters", []),
        ("not seen since 11.7, x2 no access", ["XXXX-07-11"]),
        ("born 11.2.18 at 0412", ["2018-02-11"]),
        ("PR/18/00212 and 01632 960441", []),
        ("Bail 22 January – meeting did not take place on Saturday 18th", ["XXXX-01-22", "XXXX-XX-18"]),
        ("No contacts from March to December 2018.", ["2018-03/2018-12"]),
        ("Sertraline 50mg, 1/2 tablet, 10/10 pain, 2810 g at 1400", []),
        ("checked 10 December and 7 January", ["XXXX-12-10", "XXXX-01-07"]),
    ],
)
def test_dates_inside_running_text(text, found):
    assert [when.edtf for _, _, when in dates_within(text)] == found
    assert all(text[start:end] == when.as_written for start, end, when in dates_within(text))


@pytest.mark.parametrize(
    ("paragraph", "words", "rest"),
    [
        ("18 September 2018 – first full day", "18 September 2018", "first full day"),
        ("w/c 15 October 2018 – Late every day", "w/c 15 October 2018", "Late every day"),
        ("3 December 2018, 12.15pm – Lynne rang", "3 December 2018, 12.15pm", "Lynne rang"),
        ("28.2.2020: Attendance 41%", "28.2.2020", "Attendance 41%"),
        ("03/04/19 10:30 Seen at home", "03/04/19 10:30", "Seen at home"),
    ],
)
def test_a_paragraph_that_begins_with_a_date(paragraph, words, rest):
    assert leading_date(paragraph) == (words, rest)


@pytest.mark.parametrize(
    "paragraph", ["May have been seen", "2018", "3 children were seen", "1. First", "Signed, 12 October 2020", "2018 was hard", ""]
)
def test_a_paragraph_that_begins_with_no_date(paragraph):
    assert leading_date(paragraph) is None


def test_a_fuzzy_date_that_is_no_edtf_is_refused():
    with pytest.raises(ValueError, match="EDTF"):
        FuzzyDate("3 April")
    with pytest.raises(ValueError, match="interval"):
        FuzzyDate("2019-04-05/2019-04-03")


def test_reading_a_cell_twice_is_the_same():
    assert read_cell("w/c 4 March 2019") == read_cell("w/c 4 March 2019")


@pytest.mark.parametrize(
    ("rows", "edtfs"),
    [
        (("27/02/2019", "28th", "1st", "3rd"), ["2019-02-27", "2019-02-28", "2019-03-01", "2019-03-03"]),
        (("30 Dec 2019", "31st", "1st"), ["2019-12-30", "2019-12-31", "2020-01-01"]),
        (
            ("12 March 2019", "10 March 2019", "15 March", "20 April", "3 May"),
            ["2019-03-12", "2019-03-10", "2019-03-15", "2019-04-20", "2019-05-03"],
        ),
    ],
)
def test_a_missing_month_or_year_runs_forward_and_never_drifts(rows, edtfs):
    assert [dated.when.edtf for dated in date_rows([WrittenDate(text=row) for row in rows])] == edtfs


def test_a_year_that_changes_against_the_row_above_is_a_problem():
    assert "another than the row above" in date_rows([WrittenDate(text="28 December 2019"), WrittenDate(text="3 January")])[1].problems[0]


PIECES = st.sampled_from(
    ["10:30", "11.15am", "1030hrs", "noon", "3 April 2019", "04/05/19", "5 May", "to", "-", "w/c", "Monday", "ditto", '"', "seen"]
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_however_many_dates_and_times_a_cell_holds_a_date_is_looked_for_a_few_times_alone(text):
    looked = []
    with pytest.MonkeyPatch.context() as patch:
        real = date_cells._one_date
        patch.setattr(date_cells, "_one_date", lambda text: looked.append(text) or real(text))
        date_cells._read.cache_clear()
        read_cell(text)
    assert len(looked) <= 12  # three readings of the time before a range, each with its first date and three for the second; never more


@pytest.mark.parametrize("written", ["10:30 ", "1 May to ", "Monday ", "circa ", '" ', "3 April 2019 10:30 "])
def test_a_cell_of_nine_hundred_dates_or_times_is_read_to_its_end(written):
    read = alone(written * 900)
    assert read.when.as_written == (written * 900).strip()
    assert list(dates_within(written * 900)) is not None
    leading_date(written * 900)


def test_no_date_stands_in_a_long_text_that_only_begins_with_one():
    assert not is_date("3 April 2019" + " seen" * 100)
    assert is_date("3 April 2019")


@pytest.mark.parametrize(
    ("written", "is_doubtful"),
    [("1.30", True), ("2:15", True), ("6.00", True), ("02:15", False), ("2.15pm", False), ("9.15", False), ("1330", False)],
)
def test_a_time_that_may_be_before_or_after_noon_says_so(written, is_doubtful):
    assert ("noon" in read_time(written).problem) is is_doubtful
