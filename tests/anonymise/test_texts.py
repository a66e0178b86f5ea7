import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.texts import LOOK_ALIKES, clean, plain, words_of


@pytest.mark.parametrize(
    "written",
    ["Sa\u200brah", "Sa\u00adrah", "\u202eSarah\u202c", "S\u0430rah", "Ｓａｒａｈ", "Sa\U000e0061rah", "Sarah\ufe0f", "Sáràh"],
)
def test_a_disguised_name_is_seen_as_it_reads(written):
    assert [word.plain for word in words_of(clean(written))] == ["sarah"]


def test_a_name_broken_at_a_line_end_is_one_word():
    text = "seen with Thomp-\nson today"
    word = next(w for w in words_of(clean(text)) if w.plain == "thompson")
    assert text[word.start : word.end] == "Thomp-\nson"


def test_words_of_another_script_stay_as_they_are():
    assert clean("Дмитрий").text == "Дмитрий"


def test_look_alikes_are_one_letter_for_one():
    assert all(len(chr(latin) if isinstance(latin, int) else latin) == 1 for latin in LOOK_ALIKES.values())


@given(st.text(max_size=200))
def test_every_character_knows_its_place_in_the_text_as_read(text):
    simple = clean(text)
    assert len(simple.text) == len(simple.starts) == len(simple.ends)
    assert list(simple.starts) == sorted(simple.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(simple.starts, simple.ends, strict=True))


@given(st.text(max_size=200))
def test_words_lie_inside_the_clean_text_in_order(text):
    simple = clean(text)
    last = 0
    for word in words_of(simple):
        assert last <= word.start < word.end <= len(simple.text)
        last = word.end


@given(st.text(alphabet=st.characters(categories=["L", "M"]), max_size=40))
def test_plain_has_no_marks_and_is_stable(text):
    once = plain(text)
    assert not any(unicodedata.combining(c) for c in once)
    assert plain(once) == once or not text.isascii()
