"""Many files into one timeline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import SECRET, returned, source, timeline
from timeline.errors import CountError
from timeline.events import Analysis
from timeline.extraction import Extraction, SetAside
from timeline.merging import merge
from timeline.sources import SourceRef

ROWS = st.lists(
    st.tuples(st.sampled_from(("3 April 2019", "March 2019", "undated", "4/5 May 2019", "2019")), st.text(min_size=1, max_size=20)),
    max_size=6,
)
FILES = st.lists(st.tuples(st.sampled_from(("Police", "School", "GP")), ROWS), min_size=1, max_size=5)


def files(drawn):
    return [returned(source(agency, number), rows) for number, (agency, rows) in enumerate(drawn, start=1)]


@given(FILES, st.randoms())
def test_the_timeline_is_the_same_whatever_order_the_files_come_in(drawn, chance):
    read = files(drawn)
    shuffled = list(read)
    chance.shuffle(shuffled)
    assert merge(read, SECRET) == merge(shuffled, SECRET)


@given(FILES)
def test_merging_twice_is_merging_once(drawn):
    once = merge(files(drawn), SECRET)
    assert merge(once.returns, SECRET) == once


@given(FILES)
def test_no_row_is_lost_and_no_two_share_an_id(drawn):
    merged = merge(files(drawn), SECRET)
    assert sum(each.seen for each in merged.returns) == sum(len(rows) for _, rows in drawn)
    assert len({event.id for event in merged.events}) == len(merged.events)


@given(FILES)
def test_events_stand_in_order_of_their_first_day_and_undated_ones_last(drawn):
    days = [event.when.earliest for event in merge(files(drawn), SECRET).events]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert all(day is None for day in days[len(dated) :])


def test_an_id_does_not_depend_on_the_files_name_but_on_the_secret():
    rows = [("3 April 2019", "Seen at home")]
    one = merge([returned(source("Police", path="police/a.docx"), rows)], SECRET).events[0].id
    assert merge([returned(source("Police", path="police/b.docx"), rows)], SECRET).events[0].id == one
    assert merge([returned(source("Police", path="police/a.docx"), rows)], b"t" * 32).events[0].id != one


def test_two_rows_alike_have_ids_of_their_own():
    assert len(timeline(Police=[("3 April 2019", "No reply"), ("3 April 2019", "No reply")]).events) == 2


def test_the_same_file_twice_is_read_once():
    rows = [("3 April 2019", "Seen at home")]
    merged = merge([returned(source("Police", n, sha256="same"), rows) for n in (1, 2)], SECRET)
    assert len(merged.events) == 1
    assert [each.status for each in merged.returns] == ["read", "superseded"]
    assert "police/1" in merged.returns[1].reason
    assert len(merged.returns[1].ignored) == 1


ROWS_OF_A_RETURN = [(f"{day} April 2019", f"Visit number {day}, all well at home on that day") for day in range(1, 9)]


def test_a_corrected_return_takes_the_place_of_the_first_and_tells_the_difference():
    corrected = [*ROWS_OF_A_RETURN[:6], ("7 April 2019", "Visit number 7, nobody was at home on that day"), ("9 May 2019", "Closed")]
    merged = merge(
        [
            returned(source("Police", path="police/chronology v1.docx"), ROWS_OF_A_RETURN),
            returned(source("Police", path="police/chronology v2.docx"), corrected),
        ],
        SECRET,
    )
    assert [each.status for each in merged.returns] == ["superseded", "read"]
    assert "6 rows the same, 1 changed, 1 added, 1 gone" in merged.returns[0].reason
    assert len(merged.events) == len(corrected)


def test_two_versions_that_nothing_tells_apart_are_both_read():
    other = [*ROWS_OF_A_RETURN[:7], ("9 May 2019", "Closed")]
    merged = merge([returned(source("Police", 1), ROWS_OF_A_RETURN), returned(source("Police", 2), other)], SECRET)
    assert [each.status for each in merged.returns] == ["read", "read"]


def test_two_chronologies_of_one_agency_are_both_read():
    second = [(f"{day} June 2019", f"Custody record {day}") for day in range(1, 9)]
    merged = merge(
        [returned(source("Police", path="police/v1.docx"), ROWS_OF_A_RETURN), returned(source("Police", path="police/v2.docx"), second)],
        SECRET,
    )
    assert len(merged.events) == 16


def test_another_agencys_like_rows_are_never_superseded():
    merged = merge(
        [returned(source(agency, path=f"{agency}/v{n}.docx"), ROWS_OF_A_RETURN) for n, agency in ((1, "Police"), (2, "GP"))], SECRET
    )
    assert len(merged.events) == 16


def test_a_file_whose_counts_do_not_add_up_is_an_error():
    with pytest.raises(CountError, match="police/1"):
        replace(returned(source(), [("3 April 2019", "Seen")]), seen=2)
    with pytest.raises(ValueError, match="why"):
        Extraction(source=source(), status="rejected", seen=1, unread=(SetAside("row 1", "x", "y"),))


def test_a_number_in_a_files_name_is_no_version():
    other = [*ROWS_OF_A_RETURN[:6], ("9 May 2019", "Closed"), ("10 May 2019", "Moved")]
    merged = merge(
        [returned(source("Police", path=f"police/Chronology child {n}.docx"), rows) for n, rows in ((1, ROWS_OF_A_RETURN), (2, other))],
        SECRET,
    )
    assert [each.status for each in merged.returns] == ["read", "read"]


def test_rows_that_a_corrected_return_no_longer_has_are_left_for_a_person():
    versions = ((1, ROWS_OF_A_RETURN), (2, ROWS_OF_A_RETURN[:7]))
    merged = merge([returned(source("Police", path=f"police/chronology v{n}.docx"), rows) for n, rows in versions], SECRET)
    assert [row.text for row in merged.returns[0].unread] == ["8 April 2019\nVisit number 8, all well at home on that day"]
    assert "withdrawn" in merged.returns[0].unread[0].reason


def test_the_same_prose_in_two_files_is_two_analyses():
    def with_prose(number):
        file = source("Police", number)
        prose = Analysis(id="a", heading="Analysis", text="Practice was good.", source=SourceRef(file, "paragraph 3", 3))
        return replace(returned(file, [(f"{number} April 2019", f"Visit {number}")]), analyses=(prose,))

    assert len({each.id for each in merge([with_prose(1), with_prose(2)], SECRET).analyses}) == 2


def test_a_file_that_could_not_be_read_hides_no_copy_of_it():
    twin = returned(source("Police", 2, sha256="same"), [("3 April 2019", "Seen")])
    unread = Extraction(source=source("Police", 1, sha256="same"), status="rejected", reason="took too long")
    assert len(merge([unread, twin], SECRET).events) == 1
