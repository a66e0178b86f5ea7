"""Exchanging characters gives what `str.translate` gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.words.plain_words import _BETWEEN_WORDS
from anonymise.words.texts import PUNCTUATION
from extractors.model import _INVISIBLE
from extractors.signs import _HARMLESS
from timeline.corresponding import _SIGNS
from timeline.exchange import Exchange

TABLES = (PUNCTUATION, _BETWEEN_WORDS, _INVISIBLE, _HARMLESS, _SIGNS)


@given(st.data(), st.sampled_from(TABLES))
def test_every_character_of_a_table_is_exchanged_and_no_other(data, table):
    text = data.draw(st.text(alphabet=st.sampled_from([*map(chr, table), *"aé-]^\\'\"é\u0301 \n🙂\ud800"])))
    assert Exchange(table).in_text(text) == text.translate(table)


def test_a_table_in_which_the_order_of_exchanges_would_count_is_refused():
    with pytest.raises(ValueError, match="exchanged itself"):
        Exchange({ord("a"): "b", ord("b"): "c"})
