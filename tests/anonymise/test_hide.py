import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymise.hiding.apply import applied, shifted
from anonymise.hiding.changes import Changes
from anonymise.hiding.hide import hide, texts_to_recognise
from anonymise.hiding.pseudonyms import pseudonyms_for, role_of
from anonymise.hiding.standing import standing_of
from anonymise.jigsaw.queue import NO_PASSAGES
from anonymise.recognising.names import tokens
from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from tests.anonymise.reviews import CAST, CHILD, MOTHER, POLICE, SOCIAL, WORKER, case, timeline
from timeline.errors import CaseError
from timeline.events import Cell
from timeline.findings.finding import Finding
from timeline.people import Mention, Person, Replacement

ROOT = Path(__file__).resolve().parents[2]


def hidden(rows, rules, policy, finder, cast=CAST, findings=(), **told):
    review, line = case(**told), timeline(rows)
    seen = recognise(texts_to_recognise(review, line), cast, review.agencies, finder, rules.recognition)
    return hide(review, line, findings, seen, policy, rules)


def change(start, text, words):
    return Replacement(
        text_id="t", start=start, end=start + len(text), text=text, kind="PERSON", person=None, replacement=words, found_by="x", score=1
    )


def test_putting_replacements_in_brings_no_model_along_and_hides_no_package_from_others():
    code = (
        "import sys; from anonymise.hiding.apply import applied; from timeline.people import Replacement\n"
        "one = Replacement(text_id='t', start=0, end=3, text='Ann', kind='PERSON', person=None, replacement='Parent', found_by='x', score=1)\n"
        "print(applied('Ann rang', [one]), 'spacy' in sys.modules, 'presidio_anonymizer' in sys.modules); import presidio_analyzer"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["Parent", "rang", "False", "True"]


def test_people_become_their_pseudonyms(hiding_rules, policy, nothing):
    done = hidden([("Eastshire Police", "2019-05-04", "Marisol and Deborah O'Dowd seen by T. de la Cour.")], hiding_rules, policy, nothing)
    assert done.review.events[0].text == "Child Z and Mother seen by Social Worker 1."
    assert done.review.events[0].date == "May 2019"
    assert done.review.events[0].agency == "Police"


def test_what_stands_for_a_place_stays_when_texts_are_added_that_name_another_of_its_kind(hiding_rules, policy):
    review, line = case(), timeline([("Eastshire Police", "2019-05-04", "At Acorn Nursery.")])
    place = Mention(text_id=line.events[0].id, start=3, end=16, kind="PLACE", person=None, found_by="x", score=1.0)
    stands = standing_of(review, None, ((), {}), policy, hiding_rules)
    changes = Changes(stands, [place], texts_to_recognise(review, line), NO_PASSAGES)
    asked = NamedText(id="f1/question", text="Was Acorn Nursery told of Beech Nursery, and ACORN NURSERY again?")
    more = [replace(place, text_id=asked.id, start=start, end=end) for start, end in ((4, 17), (26, 39), (45, 58))]
    (before,) = changes.of(NamedText(id=line.events[0].id, text="At Acorn Nursery."))
    for _ in range(2):  # told of a second time, it says no more
        changes.add(more, [asked])
        first, other, first_again = (each.replacement for each in changes.of(asked))
        assert (first, other, first_again) == (before.replacement, "Nursery 2", before.replacement)


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Collected from the Petit Phare Nursery today.", "Collected from the nursery today."),
        ("Attends Petit Phare Nursery.", "Attends a nursery."),
        ("Her Petit Phare Nursery place ends.", "Her nursery place ends."),
    ],
)
def test_what_stands_for_a_place_brings_no_second_article(said, wanted, hiding_rules, policy, detectors):
    done = hidden([("Eastshire Police", "2019-05-04", said)], hiding_rules, policy, detectors)
    assert done.review.events[0].text == wanted


def test_title_question_and_reference_are_hidden_too(hiding_rules, policy, nothing):
    asked = Finding(
        id="f1", kind="silence", events=("e1",), agencies=("Eastshire Police",), since=None, until=None, days=50, certainty="certain",
        rule="silence", standard="42 days", source="case.toml", question="Why did Eastshire Police not see Marisol?",
    )  # fmt: skip
    rows = [("Eastshire Police", "2019-05-04", "Marisol seen.")]
    done = hidden(rows, hiding_rules, policy, nothing, findings=[asked], title="Review of Marisol O'Dowd", reference="SCR-ODOWD")
    assert done.review.findings[0].question == "Why did Police not see Child Z?"
    assert "Dowd" not in done.review.title
    assert "ODOWD" not in done.review.reference
    assert done.review.findings[0].events == ("E0001",)


def test_the_words_that_a_finding_rests_on_are_pointed_at_in_the_hidden_text(hiding_rules, policy, nothing):
    one, other = "Marisol O'Dowd had a bruise on the left cheek.", "Tamsin de la Cour saw Marisol: right cheek."
    phrases = [{"event": f"e{n}", "start": text.index(said), "end": text.index(said) + len(said)} for n, text, said in
               ((1, one, "left cheek"), (2, other, "right cheek"))]  # fmt: skip
    differ = Finding(
        id="f1", kind="discrepancy", events=("e1", "e2"), agencies=(), since=None, until=None, days=None, certainty="possible", rule="", standard="",
        source="", question="Which?", more={"about": "injury", "phrases": phrases},
    )  # fmt: skip
    told = replace(differ, id="f2", kind="unanswered-handover", more={"start": 0, "end": 7})
    rows = [("Eastshire Police", "2019-05-04", one), ("Children's Social Care", "2019-05-05", other)]
    review = hidden(rows, hiding_rules, policy, nothing, findings=[differ, told]).review
    texts = {event.id: event.text for event in review.events}
    assert [(found.about, [texts[event][start:end] for event, start, end in found.phrases]) for found in review.findings] == [
        ("injury", ["left cheek", "right cheek"]),
        ("", ["Child Z"]),
    ]


def test_cells_point_at_the_same_words_afterwards(hiding_rules, policy, nothing):
    text = "Marisol O'Dowd seen\nNo action by Tamsin"
    rows = [("Children's Social Care", "2019-05-04", text, [Cell("event", "Event", 0, 19), Cell("action", "Action", 20, 39)])]
    event = hidden(rows, hiding_rules, policy, nothing).review.events[0]
    assert {meaning: event.text[start:end] for meaning, start, end in event.cells} == {
        "event": "Child Z seen",
        "action": "No action by Social Worker 1",
    }


def test_replacements_applied_give_the_anonymised_text(hiding_rules, policy, nothing):
    rows = [
        ("Eastshire Police", "2019-05-04", "D O\u2019Dowd (MOD\u200b) on 4 May 2019.\n07700 900123"),
        ("Children's Social Care", "XXXX", ""),
    ]
    done = hidden(rows, hiding_rules, policy, nothing)
    serials = dict(done.serials)
    texts = {f"e{i}": row[2] for i, row in enumerate(rows, 1)}
    for event in done.review.events:
        mine = [r for r in done.replacements if r.text_id == serials[event.id]]
        assert applied(texts[serials[event.id]], mine) == event.text


FORMS = [
    "Marisol O'Dowd", "MARISOL O'DOWD", "O'Dowd, Marisol", "Marisol", "marisol", "M O'Dowd", "Mari\u200bsol", "M\u0430risol", "Marisol O\u2019Dowd",
    "Deborah", "Debbie", "Mrs O'Dowd", "DEBORAH O'DOWD", "Deborah\u00a0O'Dowd", "Tamsin", "T. de la Cour", "Tamsin De La Cour", "de la Cour", "MOD",
]  # fmt: skip
ORDINARY = [
    "was seen at", "told the", "and then", "\n", "home visit.", "no access;", "said \u201cgo away\u201d to", "\u00bd hour later", "42", "(",
    ")", "é", "🙂",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(FORMS) | st.sampled_from(ORDINARY), min_size=1, max_size=12))
def test_no_name_of_the_cast_survives_hiding(parts, hiding_rules, policy, nothing):
    done = hidden([("Eastshire Police", "2019-05-04", " ".join(parts))], hiding_rules, policy, nothing)
    left = set(tokens(done.review.events[0].text))
    assert not left & {"marisol", "dowd", "odowd", "deborah", "debbie", "tamsin", "cour"}


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 8), st.text(max_size=5)), max_size=6))
def test_bounds_move_with_the_text(text, wanted):
    made, last = [], 0
    for start, length, words in sorted(wanted):
        if last <= start and start + length <= len(text):
            made.append(change(start, text[start : start + length], words))
            last = start + length
    new = applied(text, made)
    for at in range(len(text) + 1):
        start, end = shifted(0, at, made)
        assert 0 == start <= end <= len(new)
    assert shifted(0, len(text), made) == (0, len(new))


def test_a_replacement_that_does_not_hold_its_text_is_refused():
    wrong = change(0, "abd", "x")
    with pytest.raises(ValueError, match="does not hold"):
        applied("abc", [wrong])


def test_dates_are_gone_under_the_learning_policy(hiding_rules, learning_policy, nothing):
    done = hidden([("Eastshire Police", "2019-05-04", "Seen 4 May 2019 at school.")], hiding_rules, learning_policy, nothing)
    assert done.review.events[0].text == "Seen [date] at school."
    assert done.review.events[0].date == ""


def test_two_agencies_of_one_type_are_numbered(hiding_rules, policy, nothing):
    other = replace(POLICE, name="Westshire Police", folder="other", aliases=())
    done = hidden(
        [("Eastshire Police", "2019", "Passed to Westshire Police.")], hiding_rules, policy, nothing, agencies=(POLICE, other, SOCIAL)
    )
    assert done.review.events[0].text == "Passed to Police 2."
    assert done.review.agencies == ("Police 1", "Police 2", "Children's social care")


def test_no_two_people_share_a_pseudonym(rules):
    people = [Person(id=f"P{i}", name=f"Alba Nother{i}", role="Health visitor", kind="professional") for i in range(5)]
    given = pseudonyms_for(people, "R-1", rules)
    assert sorted(given.values()) == [f"Health Visitor {n}" for n in range(1, 6)]
    assert given == pseudonyms_for(list(reversed(people)), "R-1", rules)


def test_a_role_that_names_someone_is_not_used(rules):
    friend = Person(id="P9", name="Ola Brandt", role="Deborah's friend", kind="associate")
    assert "Deborah" not in pseudonyms_for([*CAST, friend], "R-1", rules)["P9"]


@pytest.mark.parametrize(
    "pseudonym", ["Deborah", "O'Dowd", "de la cour", "Baby O'Dowd", "Little Marisol", "Baby Debbie", "MOD", "Child DD", "T. C."]
)
def test_a_pseudonym_that_is_a_real_name_is_refused(pseudonym, rules):
    with pytest.raises(CaseError, match="P1"):
        pseudonyms_for([replace(CHILD, pseudonym=pseudonym), MOTHER, WORKER], "R-1", rules)


def test_a_pseudonym_given_twice_is_refused(rules):
    with pytest.raises(CaseError, match="same pseudonym"):
        pseudonyms_for([CHILD, replace(MOTHER, pseudonym="child z")], "R-1", rules)


@pytest.mark.parametrize("pseudonym", ["Child Z", "Baby A", "Mother", "Adult 1", "GP 2", "Older sibling"])
def test_a_pseudonym_of_roles_and_letters_is_taken(pseudonym, rules):
    assert pseudonyms_for([replace(CHILD, pseudonym=pseudonym)], "R-1", rules)["P1"] == pseudonym


def test_pseudonyms_alike_but_for_case_are_never_shared(rules):
    given = pseudonyms_for([replace(CHILD, pseudonym="mother"), replace(MOTHER, pseudonym="")], "R-1", rules)
    assert len({each.lower() for each in given.values()}) == 2


@pytest.mark.parametrize(
    ("role", "kind", "shown"),
    [
        ("Father of Jayden", "family", "Father"),
        ("Jayden's father", "family", "Father"),
        ("Carer to Jayden Arden", "associate", "Carer"),
        ("Jayden", "family", "Family Member"),
        ("Father of half-brother", "family", "Father of Half-brother"),
        ("Mother's friend", "associate", "Mother's Friend"),
        ("Maternal grandmother", "family", "Maternal Grandmother"),
        ("Elder son", "family", "Elder Son"),
        ("Jayden's key worker", "professional", "Key Worker"),
        ("Befriender of Jayden", "professional", "Professional"),
    ],
)
def test_a_role_that_names_someone_unlisted_keeps_its_role_words_alone(role, kind, shown, rules):
    assert role_of(Person(id="P9", name="Ola Brandt", role=role, kind=kind), set(), rules) == shown
