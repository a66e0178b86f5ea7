"""The board's rules of drafting: read from TOML, wrong ones named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.rule_files import rule
from reports.drafting import Drafting, Phrases, Points, Theme, read_drafting
from reports.rows import ASKED_FILES, Rows, own_name
from reports.significance import RULES, ranks
from tests.reports.reviews import DRAFTING, SAFE, SHIPPED, safe, safe_event
from timeline.errors import CaseError
from timeline.safe import SafeFinding, SafeReferral
from timeline.wording.lexicon import lexicon_of


def told(review, drafting=DRAFTING):
    return ranks(Rows(review, drafting)).told


def left_out(review, drafting=DRAFTING):
    return ranks(Rows(review, drafting)).left_out


def finding(kind, *events, entry=1, **more):
    said = dict.fromkeys(("period", "certainty", "rule", "standard", "source", "question"), "")
    return SafeFinding(id="F1", kind=kind, events=events, agencies=(), entry=entry, **(said | more))


def test_the_shipped_rules_are_read():
    assert SHIPPED.abbreviations["GP"] == "general practitioner"
    assert SHIPPED.themes
    assert SHIPPED.matters
    assert SHIPPED.contexts
    assert SHIPPED.clauses.begins


def test_the_shipped_phrases_and_points_are_those_that_stand_without_a_file():
    shipped = read_drafting({key: value for key, value in rule("phrases").items() if key in ("narrative", "points")}, {})
    assert (shipped.phrases, shipped.points) == (Phrases(), Points())


def test_no_rules_at_all_are_rules_too():
    assert read_drafting({}, {}) == Drafting()


@pytest.mark.parametrize(
    ("phrases", "abbreviations", "says"),
    [
        ({"points": []}, {}, "points is a table"),
        ({"points": {"enogh": 3}}, {}, "enogh is unknown"),
        ({"points": {"enough": "3"}}, {}, r"\[points\]: enough is a whole number"),
        ({"points": {"questions": {"late": -1}}}, {}, r"\[points\]: late is a whole number"),
        ({"points": {"questions": 3}}, {}, "questions is a table"),
        ({"significant": [{"name": "x", "words": ["a"], "points": True}]}, {}, "points is a whole number"),
        ({"known": [{"name": "x", "words": ["a"], "points": 1}]}, {}, "points is unknown"),
        ({"story": {}}, {}, "story is unknown; allowed: clauses, context, known, narrative, points, significant"),
        ({"narrative": {"evnt": "{quote}"}}, {}, "evnt is unknown"),
        ({"narrative": {"event": "no place"}}, {}, r"event is a text with \{agency\} and \{quote\} in it once"),
        ({"narrative": {"event": "{agency} {quote} {quote}"}}, {}, "in it once"),
        ({"narrative": {"event": "{agency} {quote} by {who}"}}, {}, "no other braces"),
        ({"narrative": {"event": "{quote}"}}, {}, r"\{agency\}"),
        ({"narrative": {"action": "{date}: {quote}"}}, {}, "no other braces"),
        ({"narrative": {"event": 3}}, {}, "event is a text"),
        ({"narrative": {"dated": "{agency}: {quote}"}}, {}, r"\{date\}"),
        ({"narrative": {"differ": "{matter}"}}, {}, r"\{references\}"),
        ({"narrative": {"whole_cell_characters": 0}}, {}, "above 0"),
        ({"narrative": {"most_rows": True}}, {}, "above 0"),
        ({"clauses": {"start": []}}, {}, "start is unknown; allowed: begins, hangs, he, she, short_forms, told"),
        ({"clauses": {"begins": [""]}}, {}, "none of them empty"),
        ({"clauses": {"begins": ["…"]}}, {}, "none of them empty|needs a word"),
        ({"clauses": []}, {}, "clauses is a table"),
        ({"known": [{"name": "x", "words": "a"}]}, {}, "words are texts"),
        ({"context": {}}, {}, "a list of tables"),
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


def test_a_list_that_rules_cues_has_not_is_named():
    with pytest.raises(CaseError, match=r"has no list concerns\.weather"):
        read_drafting({"known": [{"name": "x", "lists": ["concerns.weather"]}]}, {}, DRAFTING.cues)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("bruis*", "Bruising seen", True),
        ("bruis*", "abruise", False),
        ("bruis*", "No bruising seen", False),
        ("bruis*", "Mother said there was a bruise", True),
        ("strategy meeting", "Will arrange strategy meeting", False),
        ("NFA", "Result: nfa.", True),
        ("NFA", "NFAs", False),
        ("A&E", "to A&E today", True),
        ("no further action", "no  further action", True),
        ("s.47", "s.47 begun", True),
        ("s.47", "s147", False),
    ],
)
def test_a_word_is_found_whole_where_it_is_neither_denied_nor_only_planned(word, text, found):
    rows = Rows(safe(safe_event(1, "Police", "2019", text, "event")), replace(DRAFTING, themes=(Theme("x", (word,)),)))
    assert bool(list(rows.says("E0001", "theme", rows.drafting.themes[0]))) is found


def test_a_theme_with_no_words_finds_nothing():
    assert told(SAFE, Drafting(themes=(Theme("x", ()),))) == {}


def test_a_row_is_chosen_for_every_reason_that_holds():
    assert told(SAFE)["E0002"] == ("theme: Police and justice", "last row of the agency")


def test_a_row_that_only_denies_a_theme_is_not_chosen_for_it():
    assert told(SAFE)["E0003"] == ("first row of the agency",)
    assert "E0004" not in told(SAFE)


def test_a_row_that_a_question_about_its_words_rests_on_is_chosen_where_the_question_is_shown():
    events = [safe_event(number, "Police", "2019", "x") for number in range(1, 6)]
    assert told(safe(*events, findings=(finding("no-action", "E0002"),)))["E0002"] == ("question: concern with no action recorded",)
    assert "E0002" not in told(safe(*events, findings=(finding("no-action", "E0002", entry=0),)))
    assert "E0002" not in told(safe(*events, findings=(finding("silence", "E0002"),)))


def test_a_significant_row_that_is_left_out_says_why():
    rows = [safe_event(number, "Police", "2019", "Mother arrested.") for number in range(1, 8)]
    review = safe(*rows[:-2], safe_event(6, "Police", "2019", " "), rows[-1], findings=(finding("duplicate", "E0002", "E0003"),))
    review = replace(review, findings=(*review.findings, finding("no-action", "E0006")))
    assert left_out(review) == {"E0003": "it seems to be the same entry as E0002", "E0006": "the row holds no words"}


def test_the_rows_with_the_fewest_points_are_left_out_where_more_have_enough_than_a_narrative_holds():
    texts = ["Arrested.", "Mother arrested.", "Father arrested, bruised.", "Child bruised and father arrested.", "Bruise.", "Bruise."]
    review = safe(*(safe_event(number, "Police", "2019", text) for number, text in enumerate(texts, start=1)))
    drafting = replace(DRAFTING, points=Points())
    few = replace(drafting, phrases=Phrases(most_rows=3))
    assert set(told(review, few)) == {"E0003", "E0004"}
    why = "3 points of 6, as more than 3 rows have 3: theme: Police and justice"
    assert left_out(review, few)["E0002"] == why
    assert set(left_out(review, few)) == {"E0001", "E0002", "E0005", "E0006"}
    assert set(told(review, drafting)) == {each.id for each in review.events}
    assert set(told(review, replace(drafting, phrases=Phrases(most_rows=1)))) == {"E0003", "E0004"}


def test_a_row_is_told_where_its_reasons_earn_enough_points_and_left_out_with_them_where_not():
    themes = (Theme("Grave", ("died",), points=3), Theme("Meeting", ("core group",), points=1), Theme("Injury", ("bruis*",), points=2))
    texts = ["x", "He died.", "Core group held.", "Core group: bruise discussed.", "A bruise.", "x"]
    review = safe(*(safe_event(number, "Police", "2019", text) for number, text in enumerate(texts, start=1)))
    drafting = replace(DRAFTING, themes=themes, points=Points())
    assert set(told(review, drafting)) == {"E0002", "E0004"}
    assert left_out(review, drafting) == {
        "E0001": "1 point of 3: first row of the agency",
        "E0003": "1 point of 3: theme: Meeting",
        "E0005": "2 points of 3: theme: Injury",
        "E0006": "1 point of 3: last row of the agency",
    }
    at_incident = replace(review, referral=SafeReferral(at_incident=("E0001",)))
    assert told(at_incident, drafting)["E0001"] == ("the incident", "first row of the agency")


def test_what_three_agencies_tell_earns_a_point_and_no_more_than_the_most_accounts_are_told():
    rows = [safe_event(n, agency, "2019", "Mother arrested.") for n, agency in enumerate(("A", "B", "C", "D"), start=1)]
    review = safe(*rows, findings=(finding("same-event", *(each.id for each in rows)),))
    two = replace(DRAFTING, phrases=Phrases(most_accounts=2))
    assert set(told(review, two)) == {"E0001", "E0002"}
    assert "three agencies or more" in told(review, two)["E0001"]
    assert left_out(review, two)["E0003"] == "2 accounts of what may be one event stand in the narrative: E0001, E0002"
    differ = finding("discrepancy", "E0001", "E0004")
    assert "E0004" in told(replace(review, findings=(*review.findings, differ)), two)


@given(st.lists(st.sampled_from(["Arrested.", "Bruise.", "Bruised, arrested.", "x", ""]), max_size=12), st.integers(1, 5))
def test_every_significant_row_is_told_or_left_out_with_the_reason(texts, most):
    review = safe(*(safe_event(number, "Police", "2019", text) for number, text in enumerate(texts, start=1)))
    rows = Rows(review, replace(DRAFTING, phrases=Phrases(most_rows=most), points=Points()))
    significant = {serial for rule in RULES for serial, _, _ in rule(rows)}
    found = ranks(rows)
    assert {*found.told, *found.left_out} == significant
    assert not {*found.told} & {*found.left_out}
    assert all(found.left_out.values())


def test_rows_say_all_that_drafts_ask_for_as_a_reading_of_every_list_has_it():
    rows, cues = Rows(SAFE, SHIPPED), SHIPPED.cues
    themes = [(kind, each) for kind in ("theme", "matter", "context") for each in getattr(SHIPPED, f"{kind}s")]
    kinds = {"matter": "known"}
    own = lexicon_of({own_name(kinds.get(kind, kind), each): each.words for kind, each in themes})
    asked = {name for name in cues.lexicon.names if name.partition(".")[0] in ASKED_FILES}.union(*(each.lists for _, each in themes))
    found = 0
    for serial, each in rows.sources.items():
        words, everything = cues.read(each.text)
        said = [*(cue for cue in everything if cue.name in asked), *cues.of(words, own)]
        assert rows.cues[serial] == tuple(sorted(said, key=lambda cue: (cue.start, cue.end)))
        assert rows.words[serial] == words
        found += len(said)
    assert found > len(rows.sources)


def test_every_list_that_a_document_names_is_among_those_that_rows_are_read_for():
    lists = SHIPPED.cues.lexicon.names
    named = set()
    for module in Path("reports").rglob("*.py"):
        if module.name != "clauses.py":  # reads clauses for itself
            named |= set(re.findall(r'"(\w+\.\w+)"', module.read_text(encoding="utf-8"))) & lists
    assert "voice.says" in named
    assert {name.partition(".")[0] for name in named} <= ASKED_FILES
