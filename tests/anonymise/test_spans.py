from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anonymise.recognising.spans import GUESSES, Span, settled

TEXT = "He saw Ann Petit Bay Nursery staff, then rang her and 2 of theirs"


def span(start, end, kind="PERSON", score=0.5, person=None):
    return Span(start, end, kind, score, "x", person)


SPANS = st.builds(
    lambda start, length, kind, score, person: span(start, start + length, kind, score, person),
    st.integers(0, 40), st.integers(1, 12), st.sampled_from(["PERSON", "PHONE", "ADDRESS", "TOWN"]), st.sampled_from([0.5, 0.9]),
    st.sampled_from([None, "P1"]),
)  # fmt: skip


@given(st.lists(SPANS, max_size=20))
def test_what_stays_never_overlaps_and_what_goes_gave_way_to_something(spans):
    kept = settled(TEXT, spans)
    places = [(each.start, each.end) for each in kept]
    assert places == sorted(places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert all(any(each.start < end and start < each.end for start, end in places) for each in spans)


@given(st.lists(SPANS, max_size=20), st.randoms())
def test_the_order_in_which_they_were_found_does_not_matter(spans, order):
    turned = list(spans)
    order.shuffle(turned)
    assert {(s.start, s.end, s.kind) for s in settled(TEXT, turned)} == {(s.start, s.end, s.kind) for s in settled(TEXT, spans)}


def test_a_guess_gives_way_and_of_two_alike_the_surer_stays():
    assert "TOWN" in GUESSES
    assert [each.kind for each in settled(TEXT, [span(0, 20, "TOWN"), span(5, 9, "PHONE")])] == ["PHONE"]
    assert [each.kind for each in settled(TEXT, [span(0, 6, "IDENTIFIER", 0.5), span(0, 6, "PHONE", 0.7)])] == ["PHONE"]


def test_what_a_longer_span_leaves_of_a_name_is_hidden_too():
    name, nursery = span(7, 16, person="P1"), span(11, 28, "ORGANISATION")
    assert [(each.start, each.end, each.person) for each in settled(TEXT, [name, nursery])] == [(7, 10, "P1"), (11, 28, None)]


@given(st.lists(SPANS, max_size=20))
def test_no_letter_of_a_known_name_is_left_outside(spans):
    hidden = {place for each in settled(TEXT, spans) for place in range(each.start, each.end)}
    for each in spans:
        if each.person:
            assert all(place in hidden for place in range(each.start, each.end) if TEXT[place].isalnum())
