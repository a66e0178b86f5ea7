"""Long quotations of a draft on their way to the board and back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from anonymise.hiding.apply import applied, as_read, shifted
from anonymise.hiding.quotations import KIND, with_quotations
from tests.anonymise.reviews import timeline
from tests.anonymise.test_hide import change, hidden
from timeline.queued import PassageVerdict

SAID = "Marisol was seen at home with Deborah O'Dowd and ate well."
POLICE = "Eastshire Police"


def given_to_the_board(said, rules, policy, nothing, verdicts=()):
    """The hidden review of one row, all of it a long quotation."""
    rows = [(POLICE, "2019-05-04", said)]
    done = hidden(rows, rules, policy, nothing)
    done = replace(done, known=replace(done.known, verdicts=verdicts))
    return with_quotations(done, [("E0001", 0, len(done.review.events[0].text))], timeline(rows).events)


def test_a_quotation_is_queued_by_its_place_in_the_row_as_read(hiding_rules, policy, nothing):
    done = given_to_the_board(SAID, hiding_rules, policy, nothing)
    (queued,) = done.quotations
    assert (queued.start, queued.end, queued.kind, queued.hidden) == (0, len(SAID), KIND, False)
    assert done.review.quotations == ()


def test_what_the_board_decided_is_told_to_whoever_writes_the_draft(hiding_rules, policy, nothing):
    (queued,) = given_to_the_board(SAID, hiding_rules, policy, nothing).quotations
    verdict = PassageVerdict(passage=queued.id, verdict="replace", words="The child was seen.")
    done = given_to_the_board(SAID, hiding_rules, policy, nothing, [verdict])
    (decided,) = done.review.quotations
    assert (decided.event, decided.verdict, decided.words) == ("E0001", "replace", "The child was seen.")
    assert done.review.events[0].text[decided.start : decided.end] == done.review.events[0].text
    assert done.review.counts == given_to_the_board(SAID, hiding_rules, policy, nothing).review.counts


def test_a_row_that_changes_anywhere_asks_again(hiding_rules, policy, nothing):
    rows = [(POLICE, "2019-05-04", SAID)]
    done = hidden(rows, hiding_rules, policy, nothing)
    (event,) = timeline(rows).events
    first = with_quotations(done, [("E0001", 0, 12)], [event]).quotations
    later = with_quotations(done, [("E0001", 0, 12)], [replace(event, text=event.text + " Corrected.", cells=())]).quotations
    assert first[0].id != later[0].id


def test_a_pseudonym_that_changes_asks_nothing_again(hiding_rules, policy, nothing):
    rows = [(POLICE, "2019-05-04", SAID)]
    known, unknown = hidden(rows, hiding_rules, policy, nothing), hidden(rows, hiding_rules, policy, nothing, cast=())
    assert known.review.events[0].text != unknown.review.events[0].text
    ids = {
        with_quotations(each, [("E0001", 0, len(each.review.events[0].text))], timeline(rows).events).quotations[0].id
        for each in (known, unknown)
    }
    assert len(ids) == 1


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8), st.text(max_size=5)), max_size=6),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_place_in_the_hidden_text_leads_back_to_words_that_hold_it(text, wanted, one, other):
    made, last = [], 0
    for start, length, words in sorted(wanted):
        if last <= start and start + length <= len(text):
            made.append(change(start, text[start : start + length], words))
            last = start + length
    new = applied(text, made)
    start, end = sorted((min(one, len(new)), min(other, len(new))))
    first, past = as_read(start, end, made)
    assert 0 <= first <= past <= len(text) or start == end
    if start < end:
        again = shifted(first, past, made)
        assert again[0] <= start
        assert again[1] >= end
