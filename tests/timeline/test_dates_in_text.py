"""Dates inside running text: a quick look lets texts go, and none that holds a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import dates_in_text
from timeline.dates_in_text import dates_within

PIECES = [
    "2019-03-04", "4 . 3 . 2019", "04/03/19", "Mon 4-3-2019", "4Mar", "4", "th", " of ", "May", "SEPT", "August", "in ", "2019", "3/11",
    "on ", "the ", "Tuesday ", "21ST", " ", "-", ",", "/", ".", "'19", "seen", "\u2019", "ſept", "4ſt", "due 4.5", "10:30", "Marched",
    "decided",
]  # fmt: skip
SAID = st.lists(st.sampled_from(PIECES), max_size=8)


@given(st.one_of(st.text(), SAID.map("".join), SAID.map(" ".join)))
def test_the_quick_look_loses_no_date(text):
    quick = list(dates_within(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates_in_text, "_may_hold_one", lambda _: True)
        assert list(dates_within(text)) == quick


def test_the_quick_look_lets_texts_without_a_date_go():
    assert not dates_in_text._may_hold_one("Visited at home, 2 children seen, no concerns")
    assert dates_in_text._may_hold_one("Visited on 4/3")
