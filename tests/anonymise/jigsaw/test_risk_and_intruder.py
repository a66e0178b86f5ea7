import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymise.jigsaw.intruder import Row, intrusion
from anonymise.jigsaw.risk import Setting, formula, passage_risk, risks
from anonymise.jigsaw.rules import jigsaw_from
from tests.anonymise.conftest import read
from timeline.queued import QueuedPassage

RULES = jigsaw_from(read("quasi"))
WEIGHTS = {name: kind.weight for name, kind in RULES.kinds.items()}
ENGLAND = Setting(RULES.risk, WEIGHTS, "england", "month")
JERSEY = replace(ENGLAND, jurisdiction="jersey")
KIND = st.sampled_from(sorted(WEIGHTS))


def passage(number=1, text_id="e1", kind="faith", risk=0.5):
    return QueuedPassage(
        id=str(number), text_id=text_id, start=0, end=1, kind=kind, why="", replacement="x", risk=risk, hidden=False
    )  # fmt: skip


def test_the_formula_is_the_one_that_is_printed():
    assert passage_risk("faith", 2, 1, ENGLAND) == pytest.approx(0.35 + 0.2 / 2 + 0.05 * 1 + 0 + 0.05)
    said = " ".join(formula(ENGLAND))
    assert all(f"{number}" in said for number in (RULES.risk.rarity, RULES.risk.together, RULES.risk.spread, WEIGHTS["faith"]))
    assert "no probability" in said


@given(KIND, st.integers(1, 500), st.integers(0, 20))
def test_what_is_rarer_in_more_company_or_in_a_smaller_place_is_never_less_risky(kind, rows, others):
    here = passage_risk(kind, rows, others, ENGLAND)
    assert 0 <= here <= 1
    assert passage_risk(kind, rows + 1, others, ENGLAND) <= here
    assert passage_risk(kind, rows, others + 1, ENGLAND) >= here
    assert passage_risk(kind, rows, others, JERSEY) >= here
    assert passage_risk(kind, rows, others, replace(ENGLAND, dates="none")) <= here


@given(st.lists(st.tuples(st.sampled_from(["e1", "e2", "e3"]), KIND, st.floats(0, 1)), max_size=12), st.data())
def test_hiding_a_passage_never_raises_a_risk(given_passages, data):
    queue = [passage(number, *each) for number, each in enumerate(given_passages)]
    hidden = frozenset(data.draw(st.sets(st.sampled_from([each.id for each in queue])))) if queue else frozenset()
    nothing, some = risks(queue, frozenset(), RULES.risk), risks(queue, hidden, RULES.risk)
    assert some.document <= nothing.document == nothing.document_nothing_hidden == some.document_nothing_hidden
    assert all(some.rows[row] <= risk for row, risk in nothing.rows.items())


def test_a_review_without_facts_has_no_risk():
    assert risks([], frozenset(), RULES.risk).document == 0


def row(text, shown=None, date="May 2019", agency="Police", kinds=()):
    return Row(text=text, shown=text if shown is None else shown, date=date, agency=agency, kinds=kinds)


def test_a_passage_with_a_rare_group_of_words_is_linked_to_its_row():
    rows = [
        row("home visit by health visitor, all well", "home visit by health visitor, all well"),
        row("home visit by health visitor, cat had kittens in the airing cupboard"),
        row("home visit by health visitor, all well"),
    ]
    assert intrusion(rows, 4).by_words == 1


def test_a_passage_whose_words_are_all_changed_is_not_linked_by_words():
    rows = [row("a wholly unlike row of words", "general words alone"), row("another unlike row of other words", "more general words")]
    assert intrusion(rows, 4).by_words == 0


def test_a_date_or_a_combination_that_one_row_alone_has_links_it():
    rows = [
        row("a", date="May 2019"),
        row("b", date="May 2019", agency="School"),
        row("c", date="May 2019", kinds=("home-visit",)),
        row("d", date="June 2019"),
        row("e", date="July 2019"),
        row("f", date="July 2019"),
    ]
    found = intrusion(rows, 4)
    assert (found.by_words, found.by_date, found.by_combination, found.together) == (0, 1, 4, 4)
    assert found.by_chance == 1
    assert found.by_chance_of_date == pytest.approx(3 / 3 + 1 + 2 / 2)


def test_without_dates_a_single_date_links_nothing():
    assert intrusion([row("a", date="")], 4).by_date == 0


@pytest.mark.parametrize("rows", [[], [row("")], [row("one two")]])
def test_reviews_with_hardly_anything_in_them_can_be_tested(rows):
    assert intrusion(rows, 4).passages == len(rows)


@given(st.lists(st.text("ab ", max_size=30), max_size=8))
def test_what_is_linked_together_is_at_least_what_each_way_links(texts):
    found = intrusion([row(text, date=text[:1]) for text in texts], 2)
    assert max(found.by_words, found.by_date, found.by_combination) <= found.together <= found.passages


def test_ten_thousand_rows_are_tested_in_seconds():
    words = [f"word{number % 997}" for number in range(60)]
    rows = [row(" ".join([*words[number % 40 :], f"own{number}", *words[: number % 40]])) for number in range(10_000)]
    begun = time.perf_counter()
    assert intrusion(rows, 4).by_words == 10_000
    assert time.perf_counter() - begun < 30
