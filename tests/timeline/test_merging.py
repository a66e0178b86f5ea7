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


def sent(*files, agency="Police", keep=()):
    """The timeline of these returns: (file name, rows) each."""
    folder = agency.lower()
    read = [returned(source(agency, number, f"{folder}/{name}"), rows) for number, (name, rows) in enumerate(files, start=1)]
    merged = merge(read, SECRET, frozenset(f"{folder}/{name}" for name in keep))
    assert sum(each.seen for each in merged.returns) == sum(len(rows) for _, rows in files)
    assert merge(merged.returns, SECRET, frozenset(f"{folder}/{name}" for name in keep)) == merged
    return merged


def by_name(merged):
    return {each.source.path.partition("/")[2]: each for each in merged.returns}


THIRTY = [(f"{day} April 2019", f"Visit number {day}, all well at home on that day") for day in range(1, 31)]
COMMENT = "The author of this report notes that nobody asked the child, and that the next visit was late by a good many days"


def changed(rows, *numbers):
    return [(day, text.replace("all well", "nobody in") if at in numbers else text) for at, (day, text) in enumerate(rows, start=1)]


def test_a_partial_correction_replaces_the_rows_that_it_holds_and_the_others_stay():
    merged = sent(
        ("chronology.csv", THIRTY), ("chronology corrected rows v2.csv", [*changed(THIRTY, 4, 12, 20)[3:21:8], ("20 April 2019", "New")])
    )
    first, second = by_name(merged)["chronology.csv"], by_name(merged)["chronology corrected rows v2.csv"]
    assert (len(merged.events), first.status, second.status) == (31, "read", "read")
    assert (len(first.entries), len(first.unread), len(first.ignored)) == (27, 0, 3)
    assert {row.reason for row in first.ignored} == {"replaced by a row of the later return police/2"}
    assert "3 of the 30 rows" in first.problems[0]
    assert "ask the agency" in second.problems[0]


def test_two_partial_corrections_of_one_row_leave_the_last():
    merged = sent(
        ("chronology.csv", THIRTY),
        ("corrected v2.csv", [("4 April 2019", "Visit number 4, nobody in at home on that day")]),
        ("corrected v3.csv", [("4 April 2019", "Visit number 4, nobody in at home all of that day")]),
    )
    assert [event.text for event in merged.events if event.when.edtf == "2019-04-04"] == [
        "Visit number 4, nobody in at home all of that day"
    ]
    assert len(merged.events) == 30


def test_of_two_partial_corrections_that_share_a_row_the_later_ones_counts():
    again = [("4 April 2019", "Visit number 4, nobody in at home all of that day"), *changed(THIRTY, 20, 21, 22)[19:22]]
    merged = sent(("chronology.csv", THIRTY), ("corrected v2.csv", changed(THIRTY, 4, 5, 6)[3:6]), ("corrected v3.csv", again))
    assert [event.text for event in merged.events if event.when.edtf == "2019-04-04"] == [again[0][1]]
    assert len(merged.events) == 30


def test_of_copies_whose_names_tell_the_later_one_is_read():
    merged = sent(("chronology v1.docx", THIRTY), ("chronology v2.docx", changed(THIRTY, 7)), ("chronology v3.docx", THIRTY))
    assert {name: each.status for name, each in by_name(merged).items()} == {
        "chronology v1.docx": "superseded",
        "chronology v2.docx": "superseded",
        "chronology v3.docx": "read",
    }
    assert len(merged.events) == 30


def test_the_same_rows_in_another_file_are_read_once_whichever_comes_first():
    saved_again = [(day, text.replace("\n", "\r\n").replace("all well", "All  well")) for day, text in THIRTY]
    for names in (("chronology.docx", "export.xlsx"), ("export.xlsx", "chronology.docx")):
        merged = sent((names[0], THIRTY), (names[1], saved_again))
        assert len(merged.events) == 30
        assert {name: each.status for name, each in by_name(merged).items()} == {"chronology.docx": "read", "export.xlsx": "superseded"}
        assert "holds the same rows" in by_name(merged)["export.xlsx"].reason


def test_of_two_copies_the_one_with_prose_and_unread_rows_is_read():
    plain, full = (returned(source("Police", n), THIRTY) for n in (1, 2))
    prose = Analysis(id="a", heading="Analysis", text="Good.", source=SourceRef(full.source, "paragraph 3", 3))
    merged = merge([plain, replace(full, seen=31, unread=(SetAside("row 40", "x", "no date"),), analyses=(prose,))], SECRET)
    assert [each.status for each in merged.returns] == ["superseded", "read"]
    assert len(merged.analyses) == 1


@pytest.mark.parametrize(
    "copy", ["chronology (2).csv", "copy/chronology.csv", "Copy of chronology.csv", "chronology - Copy.csv", "old/2031/chronology.csv"]
)
def test_of_files_that_hold_the_same_the_original_is_read_and_the_copy_set_aside(copy):
    for names in (("chronology.csv", copy), (copy, "chronology.csv")):
        read = by_name(sent(*((name, THIRTY) for name in names)))
        assert (read["chronology.csv"].status, read[copy].status) == ("read", "superseded")


def test_a_numbered_copy_with_a_row_changed_is_the_later_return():
    merged = sent(("chronology.csv", THIRTY), ("chronology (1).csv", changed(THIRTY, 7)))
    assert by_name(merged)["chronology.csv"].status == "superseded"
    assert len(merged.events) == 30


def test_of_two_nearly_the_same_returns_like_rows_are_read_once_and_a_person_is_asked_of_the_others():
    merged = sent(("chronology.docx", THIRTY), ("export.xlsx", [*changed(THIRTY, 7)[:29], ("9 May 2019", "Closed")]))
    assert [each.status for each in merged.returns] == ["read", "read"]
    doubtful = [(event.when.edtf, event.source.file.path) for event in merged.events if event.problems]
    assert doubtful == [
        ("2019-04-07", "police/chronology.docx"),
        ("2019-04-07", "police/export.xlsx"),
        ("2019-04-30", "police/chronology.docx"),
        ("2019-05-09", "police/export.xlsx"),
    ]
    assert len(merged.events) == 32
    assert all("nothing tells which is the later" in each.problems[0] for each in merged.returns)


def test_a_later_return_with_a_column_more_takes_the_place_of_the_first():
    merged = sent(("chronology v1.docx", THIRTY), ("chronology v2.docx", [(day, f"{text}\n{COMMENT}") for day, text in THIRTY]))
    assert by_name(merged)["chronology v1.docx"].status == "superseded"
    assert "0 rows the same, 30 changed, 0 added, 0 gone" in by_name(merged)["chronology v1.docx"].reason
    assert len(merged.events) == 30


def test_of_three_versions_the_last_counts_and_a_row_gone_is_asked_about_once():
    merged = sent(
        ("chronology v1.docx", THIRTY),
        ("chronology v2.docx", [*THIRTY[:10], *THIRTY[11:]]),
        ("chronology v3.docx", [*THIRTY[:20], *THIRTY[21:]]),
    )
    returns = by_name(merged)
    assert [returns[f"chronology v{n}.docx"].status for n in (1, 2, 3)] == ["superseded", "superseded", "read"]
    assert [row.where for each in merged.returns for row in each.unread] == ["row 20"]
    assert all("police/3" in returns[f"chronology v{n}.docx"].reason for n in (1, 2))


def test_several_entries_of_one_cell_are_told_apart():
    file, later = source("Police", 1, "police/v1.docx"), source("Police", 2, "police/v2.docx")
    whole = returned(file, THIRTY)
    one_cell = tuple(replace(entry, source=SourceRef(file, "row 5", 5)) for entry in whole.entries)
    merged = merge([replace(whole, entries=one_cell), returned(later, THIRTY[:29])], SECRET)
    assert [row.text for row in merged.returns[0].unread] == ["30 April 2019\n" + THIRTY[29][1]]


def test_the_difference_tells_what_was_changed_added_and_gone_and_the_event_what_it_said_before():
    merged = sent(("chronology v1.docx", THIRTY), ("chronology v2.docx", [*changed(THIRTY, 7)[:29], ("9 May 2019", "Closed")]))
    (difference,) = by_name(merged)["chronology v1.docx"].differences
    ((before, after),) = difference.changed
    assert (before.text, after.text) == (THIRTY[6][1], changed(THIRTY, 7)[6][1])
    assert [[entry.text for entry in rows] for rows in (difference.added, difference.gone)] == [["Closed"], [THIRTY[29][1]]]
    ((event, was),) = [(event, event.changed_from) for event in merged.events if event.changed_from]
    assert (event.text, was.text, was.file, was.where) == (after.text, before.text, "police/chronology v1.docx", "row 7")


def test_a_file_that_a_person_keeps_is_read_in_full():
    merged = sent(("chronology v1.docx", THIRTY), ("chronology v2.docx", changed(THIRTY, 7)), keep=["chronology v1.docx"])
    assert [each.status for each in merged.returns] == ["read", "read"]
    assert len(merged.events) == 60


def test_the_prose_of_a_return_stays_where_the_later_one_has_none():
    file = source("Police", 1, "police/v1.docx")
    prose = Analysis(id="a", heading="Analysis", text="Practice was good.", source=SourceRef(file, "paragraph 3", 3))
    merged = merge([replace(returned(file, THIRTY), analyses=(prose,)), returned(source("Police", 2, "police/v2.docx"), THIRTY)], SECRET)
    assert [each.heading for each in merged.analyses] == ["Analysis"]


ALIKE_ROWS = st.lists(st.sampled_from([*THIRTY[:6], *changed(THIRTY, 1, 2, 3)[:3]]), max_size=8)
NAMES = st.sampled_from(("a.docx", "a v2.docx", "a v3.docx", "a (1).docx", "a corrected.docx", "b 2031-01-01.docx", "b 2031-02-01.docx"))


@given(st.dictionaries(NAMES, ALIKE_ROWS, max_size=4), st.randoms())
def test_versions_of_one_return_lose_no_row_whatever_their_names_and_order(versions, chance):
    read = [returned(source("Police", n, f"police/{name}"), rows) for n, (name, rows) in enumerate(sorted(versions.items()), start=1)]
    merged = merge(read, SECRET)
    chance.shuffle(read)
    assert merge(read, SECRET) == merged
    assert merge(merged.returns, SECRET) == merged
    assert sum(each.seen for each in merged.returns) == sum(len(rows) for rows in versions.values())
    assert bool(merged.events) == any(versions.values())
    for day, text in {row for rows in versions.values() for row in rows}:
        told = [*(event.text for event in merged.events), *(row.text for each in merged.returns for row in (*each.unread, *each.ignored))]
        assert any(text in each for each in told), day


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
