"""What several findings ask of the evidence: which rows hold a phrase, and what is worked out once."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from tests.making import timeline
from tests.timeline.findings.evidence import CUES, evidence

TEXTS = ("Home visit", "Strategy discussion held", "Bruise to the cheek, strategy discussion to follow", "Letter filed")
LISTS = tuple(sorted(CUES.lexicon.names))


def read(texts=TEXTS):
    return evidence(timeline(Police=[(f"{day} May 2019", text) for day, text in enumerate(texts, start=1)]))


def test_the_rows_that_hold_a_phrase_come_in_the_order_of_the_timeline_and_once():
    review = read()
    meetings, both = "kinds.strategy-discussion", ("kinds.strategy-discussion", "injuries.bruise")
    assert [each.event.text for each in review.saying(meetings)] == [TEXTS[1], TEXTS[2]]
    assert [each.event.text for each in review.saying(*both)] == [TEXTS[1], TEXTS[2]]
    assert list(review.saying()) == list(review.saying("kinds.nothing-of-the-kind")) == []


@given(st.lists(st.sampled_from(LISTS), max_size=4), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5))
def test_looking_a_list_up_gives_the_rows_that_looking_through_all_of_them_does(lists, texts):
    review = read(texts)
    assert list(review.saying(*lists)) == [each for each in review.accounts if each.cued(*lists)]
    assert all(each.holds(*lists) == bool(each.cued(*lists)) for each in review.accounts)


def test_what_several_findings_ask_is_worked_out_once_for_each_evidence():
    asked = []

    def work(review, row):
        asked.append(row.event.text)
        return len(asked)

    review = read()
    first, second = review.accounts[:2]
    assert [review.once(work, first), review.once(work, first), review.once(work, second)] == [1, 1, 2]
    again = dataclasses.replace(review, abbreviations={"hv": "health visitor"})
    assert again.once(work, first) == 3
    assert asked == [TEXTS[0], TEXTS[1], TEXTS[0]]


def test_a_row_is_found_by_the_id_of_its_event():
    review = read()
    assert all(review.row(each.event.id) is each for each in review.accounts)


def test_the_words_between_two_characters_are_told_by_their_places():
    (row,) = read(["Home visit, no reply"]).accounts
    assert row.places(5, 10) == (1, 1)  # "visit"
    assert row.places(6, 20) == (2, 3)  # what begins inside a word begins with the next
    first, last = row.places(7, 9)
    assert last < first
