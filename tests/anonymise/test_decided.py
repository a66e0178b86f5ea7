"""Decisions of the board applied to a recognition: a pure function, whatever was decided."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymise.deciding.decided import Ground, decided
from anonymise.deciding.form_rows import LEFT_IN, with_lasting_ids
from anonymise.deciding.left_in import left_in
from anonymise.hiding.hide import texts_to_recognise
from anonymise.hiding.pseudonyms import RealNames, pseudonyms_for
from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from tests.anonymise.reviews import CAST, case, timeline
from timeline.people import Key, Person, Replacement
from timeline.review_decisions import VERDICTS, ReviewDecision, ReviewIds

IDS = ReviewIds(b"s" * 32)
ROWS = [
    ("Eastshire Police", "2019-03-04", "Marisol O'Dowd was seen with Mrs Farthingale. DC Ormerod took a statement."),
    ("Children's Social Care", "2019-03-05", "Deborah O'Dowd said Mrs Farthingale had rung Tamsin de la Cour. Marisol was well."),
    ("Eastshire Police", "2019-03-06", "Mr Penhallow told DC Ormerod that Deborah was out."),
]


class Small(tuple):
    """What a test of laws is given, without all its rules in every message."""

    __slots__ = ()

    def __repr__(self):
        return "a small review"


@pytest.fixture(scope="module")
def review(rules, nothing):
    """A small review: what is recognised in it, its texts, and what decisions are applied on."""
    given = timeline(ROWS)
    texts = texts_to_recognise(case(), given)
    found = with_lasting_ids(recognise(texts, CAST, case().agencies, nothing, rules), IDS)
    return Small((found, texts, Ground(ids=IDS, reference="R-1", rules=rules)))


def of(name, verdict, review, number=1, **more):
    person = next(each for each in review[0].people if name in each.name)
    return ReviewDecision(
        about="person", thing=IDS.person(person.id), verdict=verdict, by="AB", read=datetime(2031, 1, 1, 0, number, tzinfo=UTC),
        line=str(number), **more,
    )  # fmt: skip


def test_without_decisions_the_recognition_is_the_same(review):
    made = decided(review[0], review[1], (), review[2])
    assert made.recognition is review[0]
    assert made.to_hide is review[0]


def test_ids_of_proposed_people_hang_on_their_names_alone(review, rules, nothing):
    ids = {person.name: person.id for person in review[0].people}
    more = timeline([("Eastshire Police", "2019-01-01", "Mr Abernathy and Ms Zellweger rang."), *ROWS])
    again = with_lasting_ids(recognise(texts_to_recognise(case(), more), CAST, case().agencies, nothing, rules), IDS)
    assert {person.name: person.id for person in again.people if person.name in ids} == ids


def test_whoever_is_public_is_named_to_the_findings_and_not_hidden(review):
    made = decided(review[0], review[1], [of("Penhallow", "public", review)], review[2])
    assert any("Penhallow" in person.name for person in made.recognition.people)
    assert not any("Penhallow" in person.name for person in made.to_hide.people)


def test_no_decision_lets_out_what_the_last_check_found(review):
    ground = Ground(ids=IDS, reference="R-1", rules=review[2].rules, leaked=("PENHALLOW",))
    made = decided(review[0], review[1], [of("Penhallow", "public", review)], ground)
    assert any("Penhallow" in person.name for person in made.to_hide.people)
    assert "must not leave" in made.conflicts[0].why


def test_a_refused_pseudonym_never_leaves_two_people_with_one(review):
    people = {
        each.name: pseudonym
        for each in review[0].people
        for pseudonym in [pseudonyms_for(review[0].people, "R-1", review[2].rules)[each.id]]
    }
    swap = [
        of("Deborah", "rename", review, 1, words=people["Mr Penhallow"]),
        of("Penhallow", "rename", review, 2, words="Farthingale"),  # a real name: refused, so the first would share
    ]
    made = decided(review[0], review[1], swap, review[2])
    assert len(made.conflicts) == 2
    given = pseudonyms_for(made.to_hide.people, "R-1", review[2].rules)
    assert len(set(given.values())) == len(given)


def test_a_pseudonym_that_a_merge_brought_along_is_in_use(review):
    """Found by the law below: the merged person's own choice was given to somebody else, and the run could not go on."""
    known = {person.name: IDS.person(person.id) for person in review[0].people}
    log = [
        of("Deborah", "merge", review, 1, whom=known["Mr Penhallow"]),
        of("Farthingale", "rename", review, 2, words="Mother"),
    ]
    made = decided(review[0], review[1], log, review[2])
    given_names = pseudonyms_for(made.to_hide.people, "R-1", review[2].rules)
    assert sorted(given_names.values()).count("Mother") == 1
    assert "somebody else's" in made.conflicts[0].why


@settings(max_examples=200)
@given(st.data())
def test_whatever_is_decided_everyone_has_one_pseudonym_and_no_mention_overlaps(review, data):
    base, texts, ground = review
    things = [IDS.person(person.id) for person in base.people]
    words = st.sampled_from(["", "Anya", "Mother", "Penhallow", "Adult B"])
    log = []
    for number in range(data.draw(st.integers(0, 6))):
        verdict = data.draw(st.sampled_from([each for each in VERDICTS["person"] if each != "split"]))
        log.append(
            ReviewDecision(
                about="person", thing=data.draw(st.sampled_from(things)), verdict=verdict, by="AB",
                read=datetime(2031, 1, 1, 0, data.draw(st.integers(0, 2)), tzinfo=UTC), line=str(number + 1),
                whom=data.draw(st.sampled_from(things)) if verdict == "merge" else "", words=data.draw(words) if verdict == "rename" else "",
                follows=data.draw(st.sampled_from(["", str(number) if number else ""])),
            )
        )  # fmt: skip
    made = decided(base, texts, log, ground)
    given_names = pseudonyms_for(made.to_hide.people, "R-1", ground.rules)
    Key(people=made.to_hide.people, pseudonyms=tuple(given_names.items()), forms=made.to_hide.forms)
    listed = {person.id for person in made.recognition.people}
    assert {each.person for each in made.recognition.mentions if each.person} <= listed
    assert {person.id for person in base.people if person.in_cast} <= listed | made.persons.merged.keys()
    spans = sorted((each.text_id, each.start, each.end) for each in made.recognition.mentions)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))
    told = {conflict.thing for conflict in made.conflicts}
    assert all(each.thing in told or made.counting.get(each.thing) or each is not log[-1] or each.verdict == "undo" for each in log)


def test_words_with_a_capital_that_are_left_in_are_listed_with_their_reason(rules):
    texts = [NamedText(id="e1", text="The Zumba class at Acorn was run by Will. A MARAC was held and Police came. Zumba ended.")]
    hidden = [
        Replacement(text_id="e1", start=19, end=24, text="Acorn", kind="PLACE", person=None, replacement="[place]", found_by="x", score=1)
    ]
    found = {each.form: (each.why, len(each.places)) for each in left_in(texts, hidden, rules, ["Police"])}
    assert found["Zumba"] == ("unknown", 1)
    assert found["Will"] == ("also a name", 1)
    assert found["MARAC"][0] == "of the field"
    assert found["Police"][0] == "of the field"
    assert "Acorn" not in found
    assert "The" not in found


def test_words_that_were_left_in_are_told_with_their_places_in_the_text_as_read(rules):
    said = "Zumba at Acorn, and Zu\u00admba by Anya Hart Zumba"
    hidden = [
        Replacement(text_id="e1", start=at, end=at + len(form), text=form, kind="X", person=None, replacement="x", found_by="x", score=1)
        for form in ("Anya Hart", "Acorn")
        for at in [said.index(form)]
    ]
    (zumba,) = left_in([NamedText(id="e1", text=said)], hidden, rules, [])
    assert [said[start:end] for _, start, end in zumba.places] == ["Zu\u00admba", "Zumba"]


@pytest.mark.parametrize(
    "said", ["Rang Quillfeather-\nAnya went home.", "Seen. Will-\nAnya went home.", "Rang Will-Anya\nwent home, Br-\noken."]
)
def test_a_word_at_a_lines_end_does_not_go_on_behind_what_is_hidden(rules, said):
    at = said.index("Anya")
    hidden = [Replacement(text_id="e1", start=at, end=at + 4, text="Anya", kind="X", person=None, replacement="x", found_by="x", score=1)]
    found = [said[start:end] for each in left_in([NamedText(id="e1", text=said)], hidden, rules, []) for _, start, end in each.places]
    assert found[:1] in (["Quillfeather"], ["Will"], ["Rang Will"])
    assert not any("went" in each or "Anya" in each for each in found)


@pytest.mark.parametrize(
    ("said", "names"),
    [("Anya", False), ("Child Z", False), ("Deborah", True), ("Aunt Deborah", True), ("DOD", True), ("Mrs de la Cour", True)],
)
def test_words_that_are_to_stand_for_somebody_are_held_against_every_real_name(rules, said, names):
    assert RealNames(CAST, rules).stand_in(said) is names


FAMILY = (
    Person(id="P1", name="Hope Quenault", role="Subject child", kind="subject", pseudonym="Child Z"),
    Person(id="P2", name="Miriam Quenault", role="Mother", kind="family"),
)
IN_DOUBT = [
    ("Eastshire Police", "2019-03-04", "MQ visited. Message left for hope to ring. Grace Tidewell rang. told grace to wait."),
    ("Eastshire Police", "2019-03-05", "Hope was seen. There is hope of a new flat. told grace to go."),
]


@pytest.fixture
def doubted(rules, nothing):
    """A review with words that may be names: hidden where the cast list has them, left in where it does not."""
    texts = texts_to_recognise(case(), timeline(IN_DOUBT))
    found = with_lasting_ids(recognise(texts, FAMILY, case().agencies, nothing, rules), IDS)
    return found, texts, Ground(ids=IDS, reference="R-1", rules=rules)


def rows_of(made, form):
    return [row for row in made.rows if row.form == form]


def on_form(row, verdict, **more):
    return ReviewDecision(about="form", thing=row.thing, verdict=verdict, by="AB", read=datetime(2031, 1, 1, tzinfo=UTC), line="1", **more)


def hidden_words(made, texts):
    said = {each.id: each.text for each in texts}
    return sorted(said[m.text_id][m.start : m.end] for m in made.to_hide.mentions if m.kind == "PERSON")


def test_a_word_that_may_be_a_name_and_was_left_in_has_one_row_for_all_its_places(doubted):
    made = decided(doubted[0], doubted[1], (), doubted[2])
    (row,) = rows_of(made, "grace")
    assert (row.kind, row.why, len(row.mentions)) == (LEFT_IN, "word", 2)
    assert "grace" not in hidden_words(made, doubted[1])


def test_a_word_that_was_left_in_is_hidden_by_decision_on_every_run(doubted):
    (row,) = rows_of(decided(doubted[0], doubted[1], (), doubted[2]), "grace")
    made = decided(doubted[0], doubted[1], [on_form(row, "hide")], doubted[2])
    assert hidden_words(made, doubted[1]).count("grace") == 2
    assert row.thing in made.counting
    assert not made.conflicts


def test_a_word_that_was_left_in_can_be_given_to_somebody_else(doubted):
    (row,) = rows_of(decided(doubted[0], doubted[1], (), doubted[2]), "grace")
    made = decided(doubted[0], doubted[1], [on_form(row, "belongs", whom=IDS.person("P2"))], doubted[2])
    assert [m.person for m in made.to_hide.mentions].count("P2") >= 2


def test_a_word_that_stays_in_by_decision_waits_no_more(doubted):
    (row,) = rows_of(decided(doubted[0], doubted[1], (), doubted[2]), "grace")
    made = decided(doubted[0], doubted[1], [on_form(row, "keep")], doubted[2])
    assert "grace" not in hidden_words(made, doubted[1])
    assert [each.form for each, _ in made.let_go] == ["grace"]


def test_a_doubtful_word_is_decided_on_apart_from_the_surely_meant_name(doubted):
    made = decided(doubted[0], doubted[1], (), doubted[2])
    (small,) = rows_of(made, "hope")
    (capital,) = rows_of(made, "Hope")
    assert (small.why, capital.why) == ("word", "")
    kept = decided(doubted[0], doubted[1], [on_form(small, "keep")], doubted[2])
    assert "hope" not in hidden_words(kept, doubted[1])
    assert "Hope" in hidden_words(kept, doubted[1])


def test_no_doubt_is_lost_on_the_way_to_the_board(doubted):
    """Every mention belongs to somebody or is queued: what was in doubt as it was recognised is in doubt after decisions on other things."""
    other = ReviewDecision(
        about="person", thing=IDS.person("P2"), verdict="confirm", by="AB", read=datetime(2031, 1, 1, tzinfo=UTC), line="1"
    )
    made = decided(doubted[0], doubted[1], [other], doubted[2])
    assert made.recognition.doubts == doubted[0].doubts
    assert doubted[0].doubts
