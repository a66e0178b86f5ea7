"""The board's rules of drafting: read from TOML, wrong ones named."""

import tomllib
from importlib.resources import files

import pytest

from reports.drafting import Drafting, Phrases, Theme, read_drafting
from reports.significance import choose
from tests.reports.reviews import DRAFTING, SAFE, safe, safe_event
from timeline.errors import CaseError


def shipped(name):
    return tomllib.loads((files("rules") / f"{name}.toml").read_text("utf-8"))


def test_the_shipped_rules_are_read():
    drafting = read_drafting(shipped("phrases"), shipped("abbreviations"))
    assert drafting.abbreviations["GP"] == "general practitioner"
    assert drafting.themes


def test_the_shipped_phrases_are_those_that_stand_without_a_file():
    assert read_drafting(shipped("phrases"), {}).phrases == Phrases()


def test_no_rules_at_all_are_rules_too():
    assert read_drafting({}, {}) == Drafting()


@pytest.mark.parametrize(
    ("phrases", "abbreviations", "says"),
    [
        ({"story": {}}, {}, "story is unknown; allowed: narrative, significant"),
        ({"narrative": {"evnt": "{quote}"}}, {}, "evnt is unknown"),
        ({"narrative": {"event": "no place"}}, {}, r"event is a text with \{quote\} in it once"),
        ({"narrative": {"event": "{quote} {quote}"}}, {}, "in it once"),
        ({"narrative": {"event": "{quote} by {who}"}}, {}, "no other braces"),
        ({"narrative": {"same_event": "{references} {agency}"}}, {}, "no other braces"),
        ({"narrative": {"event": 3}}, {}, "event is a text"),
        ({"narrative": {"same_event": "{quote}"}}, {}, r"\{references\}"),
        ({"narrative": {"longest_quotation_characters": 0}}, {}, "above 0"),
        ({"narrative": {"longest_quotation_characters": True}}, {}, "above 0"),
        ({"narrative": []}, {}, "narrative is a table"),
        ({"significant": {}}, {}, "a list of tables"),
        ({"significant": [{"name": "x"}]}, {}, "each needs name"),
        ({"significant": [{"name": "x", "words": ["*"]}]}, {}, "alone"),
        ({"significant": [{"name": "x", "words": ["a"], "colour": 1}]}, {}, "colour is unknown"),
        ({}, {"abbreviation": {}}, "abbreviation is unknown"),
        ({}, {"abbreviations": {"GP": 1}}, "table of texts"),
    ],
)
def test_a_wrong_rule_is_named_with_what_is_allowed(phrases, abbreviations, says):
    with pytest.raises(CaseError, match=says):
        read_drafting(phrases, abbreviations)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("bruis*", "Bruising seen", True),
        ("bruis*", "abruise", False),
        ("NFA", "Result: nfa.", True),
        ("NFA", "NFAs", False),
        ("A&E", "to A&E today", True),
        ("no further action", "no  further\naction", True),
        ("s.47", "s.47 begun", True),
        ("s.47", "s147", False),
    ],
)
def test_a_word_is_found_whole_and_a_star_stands_for_any_ending(word, text, found):
    assert bool(Theme("x", (word,)).pattern().search(text)) is found


def test_a_theme_with_no_words_finds_nothing():
    assert not Theme("x", ()).pattern().search("anything")


def test_a_row_is_chosen_for_every_reason_that_holds_and_a_proposal_of_sameness_is_none():
    chosen = choose(SAFE, DRAFTING)
    assert chosen["E0003"] == ("first row of the agency", "theme: Injury and harm")
    assert "E0004" not in chosen


def test_a_row_that_a_question_rests_on_is_chosen():
    silence = SAFE.findings[0].__class__(**{f: getattr(SAFE.findings[0], f) for f in SAFE.findings[0].__slots__} | {"kind": "silence"})
    events = [safe_event(number, "Police", "2019", "x") for number in range(1, 6)]
    assert choose(safe(*events, findings=(silence,)), Drafting())["E0002"] == (
        "a question rests on it (silence: no agency recorded anything)",
    )
