"""Voice missing: the person was seen, and said nothing that anybody wrote down."""

from datetime import date

import pytest

from tests.timeline.findings.reviews import ADULT, CHILD, OWEN, review, rows
from timeline.findings.seeing.voice import voice_missing

BOY = (OWEN, *CHILD[1:])
DAYS = ("1 February 2019", "1 March 2019", "1 April 2019", "1 May 2019", "1 June 2019")


def missing(texts, people=BOY, **settings):
    return list(
        voice_missing(review(rows("Social Care", *zip(DAYS, texts, strict=True)), people=people, **{"end": date(2019, 6, 1), **settings}))
    )


def told(text, people=BOY):
    """Whether a row in the middle of five holds the person's voice."""
    name = people[0].name.split()[0]
    quiet = f"{name} seen at home."
    return not any(each.since < date(2019, 4, 1) < each.until for each in missing([quiet, quiet, text, quiet, quiet], people))


def test_a_long_stretch_with_the_person_seen_and_not_heard_is_asked_about():
    (each,) = missing(["Owen seen at home."] * 5)
    assert (each.kind, each.more["person"], each.certainty, each.days) == ("voice-missing", "S2", "possible", 151)
    assert "our own number" in each.source


@pytest.mark.parametrize(
    "text",
    [
        "Owen said that he likes school.",
        "Owen told his teacher “Daddy shouts”.",
        "Seen at school. Owen wants to live with his nan.",
        "Owen drew a picture of his house.",
        "Wishes and feelings work with Owen.",
        {"event": "Owen seen at home.", "voice": "“I like my new room”"},
    ],
)
def test_the_childs_own_words_are_voice(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Owen seen. Mother said that Owen is happy at school.",
        "Carol wants Owen to move school.",
        "Owen was not asked about his wishes, the social worker said.",
        {"event": "Owen seen at home.", "voice": "Not recorded"},
        {"event": "Owen seen at home.", "voice": "N/A"},
        "Owen smiled and hid behind the sofa.",
    ],
)
def test_anothers_words_are_not(text):
    assert not told(text)


def test_what_a_small_child_does_is_its_voice():
    assert told("Tilly flinched when a man came in.", CHILD)
    assert told("Tilly clung to her key person.", CHILD)


def test_an_adults_words_are_voice():
    assert told("Frank said he would rather be at home.", ADULT)
    assert not told("Peter said that Frank would rather be at home.", ADULT)


def test_where_the_person_was_not_seen_there_is_no_voice_to_miss():
    assert not missing(["T/C to mother."] * 5)
    assert not missing(["Owen seen at home."] * 5, voice_days=200)


@pytest.mark.parametrize("given", [[], [("", "Owen seen")], [("2019", "Owen seen")]])
def test_poor_reviews_are_no_fault(given):
    assert list(voice_missing(review(rows("Police", *given), people=BOY))) == []
    assert list(voice_missing(review(rows("Police", *given), people=()))) == []
