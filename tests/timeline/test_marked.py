"""Marked spans: what always holds of them, and what merging does with them."""

from dataclasses import replace

import pytest

from tests.making import SECRET, entry, returned, source
from timeline.inheritance import Memory, remember
from timeline.marked import MarkedSpan
from timeline.merging import merge

SEEN = MarkedSpan(kind="inserted", words="alone", where="row 1", before="Seen", start=5, end=10)
GONE = MarkedSpan(kind="deleted", words="by the window", where="row 1", before="Seen alone")


def marked(read, *spans, beside=()):
    """The return with these spans on its first entry and those beside it."""
    return replace(read, entries=(replace(read.entries[0], marked=spans), *read.entries[1:]), marked=beside)


def test_a_span_that_says_where_it_stands_stands_there():
    row = entry(source(), "13/02/2019", "Seen alone at home")
    assert replace(row, marked=(SEEN, GONE)).marked == (SEEN, GONE)
    with pytest.raises(ValueError, match="does not stand"):
        replace(row, marked=(replace(SEEN, start=6, end=11),))


@pytest.mark.parametrize("change", [{"kind": "deleted"}, {"end": None}, {"words": ""}, {"where": ""}])
def test_dropped_words_have_no_place_in_the_text_and_every_span_has_words_and_a_source(change):
    with pytest.raises(ValueError, match="marked span"):
        replace(SEEN, **change)


def test_a_span_of_no_entry_stands_in_no_text():
    with pytest.raises(ValueError, match="outside the entries"):
        replace(returned(source(), [("13/02/2019", "Seen alone")]), marked=(SEEN,))


def test_spans_go_with_their_event_through_merging_and_inheriting():
    read = marked(returned(source(), [("13/02/2019", "Seen alone at home"), ("14/02/2019", "Rang")]), SEEN, GONE, beside=(GONE,))
    plain = merge([returned(source(), [("13/02/2019", "Seen alone at home"), ("14/02/2019", "Rang")])], SECRET)
    timeline, _ = remember(merge([read], SECRET), Memory())
    assert [event.marked for event in timeline.events] == [(SEEN, GONE), ()]
    assert [each.marked for each in timeline.returns] == [(GONE,)]
    assert [event.id for event in timeline.events] == [event.id for event in plain.events]


def test_the_spans_of_a_return_that_a_later_one_replaces_go_with_it():
    rows = [("13/02/2019", "Seen alone at home"), ("14/02/2019", "Rang the school")]
    old = marked(returned(source(path="police/log.docx"), rows), SEEN, beside=(GONE,))
    new = returned(source(path="police/log v2.docx"), [*rows, ("15/02/2019", "Rang again")])
    timeline = merge([old, new], SECRET)
    assert not any(event.marked for event in timeline.events)
    assert {(each.status, each.marked) for each in timeline.returns} == {("superseded", ()), ("read", ())}
