"""Lists of phrases: parts of them, several together, and a quick look whether any may be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.wording.lexicon import lexicon_of
from timeline.wording.words import said_in, words_of

WORDS = ["seen", "Seen", "saw", "t/c", "mum's", "bruise", "bruising", "BRU", "no", "ſeen", "_saw_", "\u0130"]
PHRASES = ["seen", "saw", "bruis*", "seen … mum", "no bruis*", "t/c", "saw* mum's", "br* seen", "no … bru* seen"]
BETWEEN = [" ", " ", " ", ". ", "; ", "\n", "-", "_"]
lists_of_phrases = st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(PHRASES), max_size=4), max_size=3)
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=12).map(lambda each: "".join(map("".join, each)))


@given(lists_of_phrases, lists_of_phrases, texts)
def test_two_lexicons_together_find_what_each_finds_for_itself(lists, others, text):
    words = words_of(text)
    others = {name.upper(): phrases for name, phrases in others.items()}
    one, other = lexicon_of(lists), lexicon_of(others)
    assert sorted(one.joined(other).found(words)) == sorted([*one.found(words), *other.found(words)])
    found = one.joined(other).found(words)
    assert [each for each in found if each[0] in one.names] == list(one.found(words))
    assert [each for each in found if each[0] in other.names] == list(other.found(words))


@given(lists_of_phrases, st.sets(st.sampled_from("abc")), texts)
def test_some_lists_find_what_they_find_among_all(lists, names, text):
    whole, words = lexicon_of(lists), words_of(text)
    assert list(whole.only(names).found(words)) == [each for each in whole.found(words) if each[0] in names]


@given(lists_of_phrases, texts)
def test_a_text_in_which_no_phrase_can_be_holds_none(lists, text):
    lexicon = lexicon_of(lists)
    assert lexicon.can_be_in(said_in(text)) or not lexicon.found(words_of(text))


@given(st.text(), texts)
def test_the_words_without_their_places_are_those_with_them(odd, text):
    assert said_in(text + odd) == {word.text for word in words_of(text + odd)}


def test_a_quick_look_lets_most_texts_go():
    lexicon = lexicon_of({"a": ["no bruis*", "seen … mum"]})
    assert not lexicon.can_be_in(said_in("Called at no. 4; nobody in"))
    assert not lexicon.can_be_in(said_in("Seen at school"))
    assert lexicon.can_be_in(said_in("No marks; bruise healing"))


def test_two_lists_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two lists have the name a"):
        lexicon_of({"a": ["seen"]}).joined(lexicon_of({"a": ["saw"]}))
