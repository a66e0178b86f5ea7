"""Cues and their scope: the words around a phrase decide whether it was so."""

import pytest

from tests.timeline.findings.evidence import toml
from timeline.case import Agency
from timeline.wording.agencies import agency_names, roles_from
from timeline.wording.cues import cues_from
from timeline.wording.words import quoted, words_of

CUES = cues_from({"scope": toml("cues/scope"), "seen": {"it": ["seen", "saw"], "hurt": ["bruis*", "swelling"], "call": ["t/c", "rec'd"]}})


def said(text):
    """The cues of a text as `words` and the letters d, h, p for denied, hearsay, planned."""
    _, cues = CUES.read(text)
    return [(text[c.start : c.end], "d" * c.denied + "h" * c.hearsay + "p" * c.planned) for c in cues]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Child seen.", [("seen", "")]),
        ("Child not seen.", [("seen", "d")]),
        ("Neither child was seen.", [("seen", "d")]),
        ("Child wasn’t seen", [("seen", "d")]),
        ("Not at home. Child seen later.", [("seen", "")]),
        ("Not at home but child seen at nursery", [("seen", "")]),
        ("No reply, child seen through window", [("seen", "")]),
        ("No marks, bruises or swelling", [("bruises", "d"), ("swelling", "d")]),
        ("No bruising seen", [("bruising", "d"), ("seen", "d")]),
        ("Mother says child seen by GP", [("seen", "h")]),
        ("Mother says. Child seen.", [("seen", "")]),
        ("Child seen, she said", [("seen", "h")]),
        ("Child seen, according to the caller", [("seen", "h")]),
        ("Child to be seen next week", [("seen", "p")]),
        ("Spoke to mother and saw child", [("saw", "")]),
        ("Review to be arranged, T/C to be made to GP", [("T/C", "p")]),
        ("Crew to the flat saw EM", [("saw", "")]),
        ("Said to have been seen", [("seen", "h")]),
        ("T/C to be considered in the morning", [("T/C", "p")]),
        ("T/C is planned for Monday", [("T/C", "p")]),
        ("T/C to mother. To be followed by a letter", [("T/C", "")]),
        ("T/C to GP", [("T/C", "")]),
        ("Rec'd today", [("Rec'd", "")]),
        ("T C", []),
        ("No doubt she was seen", [("seen", "")]),
        ("Bruising chart not needed", [("Bruising", "d")]),
        ("", []),
    ],
)
def test_the_words_around_a_phrase_decide_whether_it_was_so(text, expected):
    assert said(text) == expected


def test_words_stand_where_the_text_has_them():
    text = "Dr. Pallot saw EM. “Seen” at 10.30; d/c’d – home\nNext"
    for word in words_of(text):
        assert text[word.start : word.end].casefold() == word.text
    assert [w.sentence for w in words_of("Dr. Pallot came. Went")] == [0, 0, 0, 1]


NAMES = agency_names(
    (
        Agency(name="Children's Social Care", folder="csc", aliases=("CSC", "MASH")),
        Agency(name="Jersey General Hospital", folder="hospital", aliases=("ED",)),
        Agency(name="GP Surgery", folder="gp"),
    ),
    roles_from(toml("roles")),
)


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Letter to CSC and the GP", ["Children's Social Care", "GP Surgery"]),
        ("children’s social care told", ["Children's Social Care"]),
        ("D/W SW", ["Children's Social Care"]),
        ("Ed fixed the door", []),
        ("ED rang", ["Jersey General Hospital"]),
        ("the surgeryman", []),
    ],
)
def test_an_agency_is_named_by_name_alias_or_role(text, agencies):
    assert [each.agency for each in NAMES.named(text, words_of(text))] == agencies


def test_a_role_that_two_agencies_could_have_names_neither():
    two = (Agency(name="Children's Social Care", folder="csc"), Agency(name="Adult Social Care", folder="asc"))
    text = "Rang the social worker"
    assert not list(agency_names(two, roles_from(toml("roles"))).named(text, words_of(text)))


MANY = agency_names(
    (
        Agency(name="Riverside Surgery", folder="gp"),
        Agency(name="Oak Primary School", folder="school"),
        Agency(name="County Hospital", folder="hospital", aliases=("ED",)),
        Agency(name="Public Health Nursing", folder="phn"),
        Agency(name="Rosehill Homecare", folder="care", aliases=("Rosehill",)),
        Agency(name="Children's Social Care", folder="csc"),
    ),
    roles_from(toml("roles")),
)


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("school nurse rang", ["Public Health Nursing"]),  # never the school
        ("adult social care closed the case", []),  # no agency of the review, though "social care" is one's
        ("the midwife came", ["County Hospital"]),  # where there is no midwifery service of its own
        ("sent to office@rosehillhomecare.example", ["Rosehill Homecare"]),
        ("sent to j.smith@mail.rosehill.example", ["Rosehill Homecare"]),
        ("sent to j.smith@council.example", []),
        ("ed told us", []),
        ("the ED told us", ["County Hospital"]),
    ],
)
def test_a_role_names_the_one_agency_that_can_have_it(text, agencies):
    assert [each.agency for each in MANY.named(text, words_of(text))] == agencies


def test_an_underline_parts_words_and_moves_none():
    text = "Form CP_2 seen; _urgent_"
    assert [word.text for word in words_of(text)] == ["form", "cp", "2", "seen", "urgent"]
    assert all(text[word.start : word.end].casefold() == word.text for word in words_of(text))


def test_a_cue_tells_the_words_that_it_stands_at():
    words, cues = CUES.read("T/C to school, EM seen")
    assert [[word.text for word in words[cue.first : cue.last + 1]] for cue in cues] == [["t", "c"], ["seen"]]


def test_what_stands_in_quotation_marks_is_told_by_its_places():
    text = 'Said "no" and “seen today”, and 5" of snow'
    assert [text[start:end] for start, end in quoted(text)] == ['"no"', "“seen today”"]
    assert not quoted("Said no")
