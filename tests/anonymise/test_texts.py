import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.words.texts import LOOK_ALIKES, clean, is_invisible, plain, words_of


@pytest.mark.parametrize(
    "written",
    [
        "Sa\u200brah", "Sa\u00adrah", "\u202eSarah\u202c", "S\u0430rah", "Ｓａｒａｈ", "Sa\U000e0061rah", "Sarah\ufe0f", "Sáràh", "Sa\u2060rah",
        "Sa\u034frah", "S\u0336a\u0336r\u0336a\u0336h\u0336", "Sa\x00rah", "Sa\x1frah",
        "𝐒𝐚𝐫𝐚𝐡", "Ⓢⓐⓡⓐⓗ", "ꜱᴀʀᴀʜ", "S\u03b1rah", "S\u0251rah", "Ꮪarah",
        "Sarah\u20e3", "Sara\u0308\u0301\u0302h", "Sa-\nrah", "Sa\u00ad\nrah", "Sa-\r\nrah", "Sa- \n rah", "SA-\nRAH",
        "Sa\U000e0101rah", "\ufeffSarah",
    ],
)  # fmt: skip
def test_a_disguised_name_is_seen_as_it_reads(written):
    assert [word.plain for word in words_of(clean(written))] == ["sarah"]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Sarah\u00a0Smith", "Sarah Smith"),
        ("Sarah\u3000Smith", "Sarah Smith"),
        ("Sarah\u2800Smith", "Sarah Smith"),
        ("Sarah\u2028Smith", "Sarah\nSmith"),
        ("Sarah\rSmith", "Sarah\nSmith"),
        ("O\u2019Dowd\u2013Hay", "O'Dowd-Hay"),
        ("ﬁona", "fiona"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
        ("0\u200b7700\u200b900123", "07700900123"),
        ("\u202a07700 900123\u202c", "07700 900123"),
        ("０７７００", "07700"),
        ("J\u0415\u0032 3BB", "JE2 3BB"),
        ("t.adeyemi＠gov.example", "t.adeyemi@gov.example"),
        ("\ud800x", "\ufffdx"),
        ("O\u00b4Brien, caf\u00e9 \u200b", "O'Brien, café "),
    ],
)
def test_text_reads_the_same_to_the_detectors_as_to_a_person(written, seen):
    assert clean(written).text == seen


def test_a_name_broken_at_a_line_end_is_one_word():
    text = "seen with Thomp-\nson today"
    simple = clean(text)
    word = next(w for w in words_of(simple) if w.plain == "thompson")
    start, end = simple.back(word.start, word.end)
    assert text[start:end] == "Thomp-\nson"


def test_a_double_name_at_a_line_end_stays_two_words():
    assert [word.plain for word in words_of(clean("Kelly-\nAnne"))] == ["kelly", "anne"]


def test_a_long_text_of_other_letters_is_clean_in_a_moment():
    assert len(clean("Sa\u0301rah \u200b" * 5_000).text) == 30_000


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


hostile = st.text(
    st.characters() | st.sampled_from("aA0 -\n\r\u00ad\u0301\u0336\u200b\u202e\ufb01\u0430\u0660\ud800\U000e0061🙂ß"), max_size=80
)


@given(hostile)
def test_nothing_that_shows_is_let_through_unexamined(text):
    """Every letter, digit and sign that a reader sees stands in the simple form, by its place; only what is invisible or breaks a word does not."""
    simple = clean(text)
    examined = {position for start, end in zip(simple.starts, simple.ends, strict=True) for position in range(start, end)}
    for position, character in enumerate(text):
        shows = unicodedata.category(character)[0] in "LNSP" and not is_invisible(character)
        if shows and position not in examined:
            assert character in "-\u2010\u2011"  # the hyphen of a broken word


@given(hostile)
def test_clean_is_stable_and_its_text_has_no_invisible_character(text):
    once = clean(text).text
    assert not any(is_invisible(character) for character in once)
    assert clean(once).text == once or "-\n" in once or not once.isascii()


@given(hostile | st.text())
def test_what_is_invisible_at_the_end_changes_nothing(text):
    """It sends a text the long way, character by character: the short way gives the same."""
    long, short = clean(text + "\u200b"), clean(text)
    assert (long.text, tuple(long.starts), tuple(long.ends)) == (short.text, tuple(short.starts), tuple(short.ends))


@given(hostile, st.integers(0, 200), st.integers(1, 20))
def test_a_stretch_goes_back_to_the_stretch_it_came_from(text, start, length):
    simple = clean(text)
    if start + length <= len(simple.text):
        first, last = simple.back(start, start + length)
        assert 0 <= first < last <= len(text)
        again = clean(text[first:last]).text
        assert simple.text[start : start + length] in again or not text.isascii()
