"""Ids survive corrected returns."""

from hypothesis import given
from hypothesis import strategies as st

from tests.making import SECRET, returned, source
from timeline.inheritance import Memory, remember
from timeline.merging import merge

ROWS = [(f"{day} April 2019", f"Visit number {day}, all well at home on that day") for day in range(1, 9)]


def run(rows, memory, path="police/1.docx"):
    return remember(merge([returned(source("Police", path=path), rows)], SECRET), memory)


def ids(timeline):
    return [event.id for event in timeline.events]


def test_a_changed_row_keeps_its_predecessors_id_and_the_difference_is_kept():
    first, memory = run(ROWS, Memory())
    corrected = [*ROWS[:6], ("7 April 2019", "Visit number 7, nobody was at home on that day"), ROWS[7]]
    second, memory = run(corrected, memory, path="police/corrected.docx")
    assert ids(second) == ids(first)
    (change,) = memory.changes
    assert change.id == first.events[6].id
    assert change.before.text == ROWS[6][1]


def test_a_row_whose_date_was_corrected_keeps_its_id():
    first, memory = run(ROWS, Memory())
    second, _ = run([*ROWS[:7], ("9 May 2019", ROWS[7][1])], memory)
    assert ids(second) == ids(first)


def test_the_inherited_id_stays_over_further_runs_and_corrections():
    first, memory = run(ROWS, Memory())
    for words in ("nobody was at home on that day", "nobody was at home on that day, card left"):
        later, memory = run([*ROWS[:6], ("7 April 2019", f"Visit number 7, {words}"), ROWS[7]], memory)
        assert ids(later) == ids(first)
        again, memory = run([*ROWS[:6], ("7 April 2019", f"Visit number 7, {words}"), ROWS[7]], memory)
        assert ids(again) == ids(first)
    assert len(memory.changes) == 2


def test_a_row_that_comes_back_has_its_id_back():
    first, memory = run(ROWS, Memory())
    _, memory = run(ROWS[:5], memory)
    third, _ = run(ROWS, memory)
    assert ids(third) == ids(first)


def test_a_new_row_that_is_like_none_gets_an_id_of_its_own():
    first, memory = run(ROWS[:4], Memory())
    second, memory = run([*ROWS[:3], ("4 April 2019", "Arrest for burglary in town")], memory)
    assert ids(second)[:3] == ids(first)[:3]
    assert ids(second)[3] not in ids(first)
    assert memory.changes == ()


def test_a_row_and_its_correction_side_by_side_go_by_ids_of_their_own():
    corrected = ("1 April 2019", ROWS[0][1] + ", card left")
    _, memory = run(ROWS[:1], Memory())
    _, memory = run([corrected], memory)
    both, _ = run([ROWS[0], corrected], memory)
    assert len(set(ids(both))) == 2


@given(st.lists(st.lists(st.sampled_from(ROWS + [(date, text + "!") for date, text in ROWS]), max_size=8), min_size=1, max_size=4))
def test_no_two_rows_ever_share_an_id(versions):
    memory = Memory()
    for rows in versions:
        timeline, memory = run(rows, memory)
        assert len(set(ids(timeline))) == len(rows)
        assert set(ids(timeline)) <= set(memory.rows)


def test_a_changed_row_tells_what_it_said_before_even_where_the_file_itself_was_replaced():
    _, memory = run(ROWS, Memory())
    corrected = [*ROWS[:6], ("7 April 2019", "Visit number 7, nobody was at home on that day"), ROWS[7]]
    second, memory = run(corrected, memory)
    (event,) = [event for event in second.events if event.changed_from]
    assert (event.changed_from.text, event.changed_from.file) == (ROWS[6][1], "")
    third, memory = run(corrected, memory)
    assert [event.changed_from for event in third.events] == [event.changed_from for event in second.events]
    back, _ = run(ROWS, memory)
    assert not any(event.changed_from for event in back.events)


def test_a_row_with_a_column_added_keeps_its_id():
    first, memory = run(ROWS, Memory())
    second, _ = run(
        [(date, f"{text}\nThe author notes that this visit was the third in a week, and unannounced") for date, text in ROWS], memory
    )
    assert ids(second) == ids(first)
