"""Two people of one whole name: the row tells which of them is meant, or the mention is queued; they never share a pseudonym."""

from datetime import date

import pytest

from anonymise.hiding.pseudonyms import pseudonyms_for
from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from timeline.people import Person

FATHER = Person(id="old", name="Arthur Quenault", date_of_birth=date(1951, 4, 2), role="Subject adult", kind="subject")
SON = Person(id="son", name="Arthur Quenault", date_of_birth=date(1979, 8, 30), role="Son", kind="family")
GRANDCHILD = Person(id="girl", name="Sofia Quenault", date_of_birth=date(2014, 1, 5), role="Granddaughter", kind="family")
GRANDMOTHER = Person(id="gran", name="Elsie Noel", role="Maternal grandmother", kind="family")
CHILD = Person(id="kid", name="Elsie Noel", role="Subject child", kind="subject", pseudonym="Child A")
DAY = date(2023, 3, 6)


def meant(text, cast, nothing, rules, agency="Police"):
    """(who is hidden, who is queued) in one row."""
    seen = recognise([NamedText(id="t", text=text, agency=agency, day=DAY)], cast, (), nothing, rules)
    return [m.person for m in seen.mentions if m.kind == "PERSON"], {each for d in seen.doubts for each in d.candidates}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Arthur Quenault (dob 02/04/1951) admitted.", "old"),
        ("Arthur Quenault (dob 30/08/1979) arrested.", "son"),
        ("Arthur Quenault, 71, was on the floor.", "old"),
        ("Arthur Quenault (43) answered the door.", "son"),
        ("Arthur Quenault aged 43 answered the door.", "son"),
        ("ARTHUR QUENAULT 71M fall from standing.", "old"),
        ("43 year old Arthur Quenault answered the door.", "son"),
        ("Arthur Quenault jnr collected the prescription.", "son"),
        ("Arthur Quenault Snr was confused.", "old"),
        ("Young Arthur Quenault took the keys.", "son"),
        ("The patient's son Arthur Quenault rang.", "son"),
        ("Arthur Quenault, his son, rang.", "son"),
    ],
)
def test_a_row_that_tells_which_namesake_is_meant_is_not_queued(text, who, nothing, rules):
    assert meant(text, (FATHER, SON), nothing, rules) == ([who], set())


@pytest.mark.parametrize(
    ("text", "who", "agency"),
    [
        ("Elsie Noel settled at playgroup, bottle given.", "kid", "Little Acorns Nursery"),
        ("Elsie Noel seen by carers, frail, falls since Monday.", "gran", "Adult Services"),
    ],
)
def test_what_a_row_is_about_tells_a_grandmother_from_a_granddaughter(text, who, agency, nothing, rules):
    assert meant(text, (CHILD, GRANDMOTHER), nothing, rules, agency)[0] == [who]


def test_where_nothing_tells_both_are_queued(nothing, rules):
    who, queued = meant("Arthur Quenault rang.", (FATHER, SON), nothing, rules)
    assert who == ["old"]
    assert queued == {"old", "son"}


def test_a_mister_is_no_granddaughter(nothing, rules):
    who, _ = meant("Mr Quenault rang.", (GRANDCHILD, FATHER), nothing, rules)
    assert who == ["old"]


def test_a_grown_son_of_an_adult_may_be_a_mister(nothing, rules):
    mother = Person(id="s", name="Olive Quenault", role="Subject adult, female", kind="subject")
    assert meant("Mr Quenault rang.", (SON, mother), nothing, rules)[0] == ["son"]


@pytest.mark.parametrize("cast", [(FATHER, SON), (CHILD, GRANDMOTHER)])
def test_namesakes_never_share_a_pseudonym(cast, rules):
    given = pseudonyms_for(cast, "R-1", rules)
    assert len(set(given.values())) == len(cast)


@pytest.mark.parametrize("line", ["Doctor to ring.", "Mrs Figueira to ring.", "Asked to drop it.", "Advocate to D office."])
def test_a_little_word_is_nobody_whatever_a_short_form_is_without_its_accent(line, nothing, rules):
    cast = (
        Person(id="t", name="António Drumond", also_known_as=("Tó",), role="Son", kind="family"),
        Person(id="f", name="Rosa Figueira", role="Sister", kind="family"),
    )
    seen = recognise([NamedText(id="t", text=line)], cast, (), nothing, rules)
    assert not [m for m in seen.mentions if m.person == "t"]
    assert not seen.doubts
