"""Which row of one return is which of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.corresponding import Row, correspond

DAY = "2019-04-03"
SEEN = Row(DAY, None, "Health visitor saw the child at home with the mother\nPlan: weekly visits")
ROWS = st.lists(
    st.builds(
        Row,
        st.sampled_from((DAY, "2019-04", "XXXX")),
        st.sampled_from((None, "14:30")),
        st.sampled_from(("No reply", "no reply.", "Seen", "")),
    )
)


def pairs(one, other):
    found = correspond([one], [other])
    return "same" if found.same else "changed" if found.changed else "apart"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SEEN, "same"),
        (SEEN._replace(text=SEEN.text.replace("\n", "\r\n").upper()), "same"),
        (SEEN._replace(time="14:30"), "changed"),
        (SEEN._replace(date="2019-05-03"), "changed"),
        (SEEN._replace(text=SEEN.text.replace("weekly", "monthly")), "changed"),
        (
            SEEN._replace(
                text=SEEN.text + "\nThe author's comment: this was the third visit in a month, and nobody asked about the bruise"
            ),
            "changed",
        ),
        (SEEN._replace(date="2019-05-03", text=SEEN.text.replace("weekly visits", "visit 2")), "apart"),
        (SEEN._replace(text="Police called to a disturbance in the street"), "apart"),
        (SEEN._replace(date="2019-05-03", text="Health visitor saw the child in clinic with the father\nPlan: none"), "apart"),
    ],
)
def test_a_row_is_the_same_changed_or_another(other, expected):
    assert pairs(SEEN, other) == expected


def test_short_rows_with_a_column_added_are_the_same_rows_changed():
    assert (
        pairs(Row(DAY, None, "No reply"), Row(DAY, None, "No reply\nA long comment by the author of the report on why nobody came"))
        == "changed"
    )


def test_a_sign_that_changes_the_sense_is_no_likeness_of_words():
    assert pairs(Row(DAY, None, "Test +ve"), Row(DAY, None, "Test -ve")) != "same"


@given(ROWS, ROWS)
def test_every_row_stands_once_on_its_side(one, other):
    found = correspond(one, other)
    together = (*found.same, *found.changed)
    assert sorted([i for i, _ in together] + list(found.only_one)) == list(range(len(one)))
    assert sorted([j for _, j in together] + list(found.only_other)) == list(range(len(other)))


@given(ROWS)
def test_a_return_corresponds_to_itself_row_by_row(rows):
    assert correspond(rows, rows).same == tuple((number, number) for number in range(len(rows)))


def test_many_undated_rows_that_were_all_rewritten_find_their_own():
    before = [Row("XXXX", None, f"Visit number {n} at the house in lane {n * 7}, all well on that day") for n in range(300)]
    after = [row._replace(text=row.text.replace("all well", "nobody in")) for row in before]
    assert correspond(before, after[::-1]).changed == tuple((n, 299 - n) for n in range(300))


def test_the_same_words_under_other_dates_are_paired_however_often_they_stand_there():
    before = [Row(f"2019-04-{day:02}", None, "No reply") for day in range(1, 31)]
    after = [Row(f"2019-05-{day:02}", None, "No reply") for day in range(1, 31)]
    assert len(correspond(before, after).changed) == 30
