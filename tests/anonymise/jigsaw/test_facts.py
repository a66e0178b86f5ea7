from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anonymise.jigsaw.facts import facts_in, facts_in_each
from anonymise.jigsaw.rules import jigsaw_from
from tests.anonymise.conftest import read
from timeline.errors import CaseError

RULES = jigsaw_from(read("quasi"))


def found(text, kind=None):
    return [text[each.start : each.end] for each in facts_in(text, RULES) if kind in (None, each.kind)]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("ethnicity", "Described as White British by the officer", "White British"),
        ("ethnicity", "A black male was seen running", "black"),
        ("ethnicity", "from the Irish Traveller community", "Irish Traveller"),
        ("nationality", "Polish gentleman shouting", "Polish"),
        ("nationality", "a polish lady at the door", "polish"),
        ("nationality", "Both parents are Portuguese.", "Portuguese"),
        ("nationality", "came here from Romania last year", "from Romania"),
        ("nationality", "Father is an asylum seeker", "asylum seeker"),
        ("language", "Mother speaks only Portuguese at home", "Portuguese"),
        ("language", "Grandmother has little English", "English"),
        ("language", "the letter was written in Polish", "Polish"),
        ("language", "Romanian interpreter booked", "Romanian interpreter"),
        ("faith", "The family are Jehovah's Witnesses.", "Jehovah's Witnesses"),
        ("faith", "They attend the mosque", "mosque"),
        ("faith", "a devout Christian", "Christian"),
        ("faith", "baptised in May", "baptised"),
        ("disability", "Brother is profoundly deaf.", "profoundly deaf"),
        ("disability", "She uses a wheelchair", "uses a wheelchair"),
        ("rare diagnosis", "Half-brother has cystic fibrosis", "cystic fibrosis"),
        ("rare diagnosis", "diagnosed with Duchenne muscular dystrophy", "muscular dystrophy"),
        ("occupation", "Father is a scaffolder", "scaffolder"),
        ("occupation", "Mother works as a nurse on the wards", "nurse"),
        ("occupation", "step-father, a taxi driver, rang", "taxi driver"),
        ("personal characteristic", "He came out as gay", "gay"),
        ("personal characteristic", "Mother is a care leaver", "care leaver"),
        ("multiple birth", "the twins are thriving", "twins"),
        ("multiple birth", "Her twin sister stayed", "twin sister"),
        ("multiple birth", "A twin pregnancy was confirmed", "twin pregnancy"),
        ("family shape", "She is the eldest of five.", "five"),
        ("family shape", "mother of six", "six"),
        ("family shape", "He has three older sisters", "three"),
        ("family shape", "pregnant with her seventh child", "seventh"),
        ("birthday", "It was her fourth birthday", "fourth birthday"),
        ("unusual event", "rescued by the air ambulance", "air ambulance"),
        ("unusual event", "the house fire in the autumn", "house fire"),
        ("cause of death", "Cause of death: bronchopneumonia.", "bronchopneumonia"),
        ("cause of death", "her brother died from a heroin overdose in custody", "a heroin overdose"),
        ("cause of death", "found hanging in the garage", "hanging"),
        ("court", "to appear at the Royal Court", "Royal Court"),
        ("court", "sentenced to four years and six months", "four years and six months"),
        ("media", "It was in the Evening Post", "Evening Post"),
        ("media", "a Facebook post named them", "Facebook post"),
        ("quotation", "He said “I want my daddy to go away”.", "I want my daddy to go away"),
        ("quotation", "said 'I don't want to go home now'", "I don't want to go home now"),
    ],
)
def test_a_fact_that_may_tell_who_is_meant_is_found(kind, text, words):
    straight = text.translate(str.maketrans("“”’", '""\''))
    assert words in found(straight, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Polish her shoes before school",
        "told to polish the table",
        "English lesson went well",
        "French windows at the back were open",
        "German shepherd in the yard",
        "Chinese takeaway on the floor",
        "immunised against German measles",
        "Christian name not known",
        "Mr Baker attended",
        "seen by Sarah Butcher",
        "The nurse attended and the teacher rang",
        "Social worker and police officer visited",
        "twin beds in the room",
        "All three visits were missed",
        "three children at the nursery door",
        "the only child protection plan",
        "birthday cake in the kitchen",
        "no hepatitis b vaccine given",
        "HIV test declined",
        "black mould in the bedroom",
        "white goods were missing",
        "St Mary's Church Street",
        "cot death leaflet given",
        "Cause of death not yet known",
        "the reporter rang 999",
        "watching television all day",
        "in role as a parent",
        "no stabbing took place",
        "said “go away”",
        "She remains at home with her mother",
        "in his boxer shorts",
        "spent the visit wrapped in newspaper",
        "dad's mum's nan's house",
        "",
    ],
)
def test_words_that_mean_something_else_are_let_go(text):
    assert found(text.translate(str.maketrans("“”’", '""\''))) == []


def test_only_the_words_that_tell_are_replaced_by_a_word_of_their_kind():
    text = "Polish gentleman, a scaffolder, with the twins and three children."
    for fact in sorted(facts_in(text, RULES), key=lambda each: -each.start):
        text = text[: fact.start] + fact.becomes + text[fact.end :]
    assert text == "[nationality] gentleman, a [occupation], with the siblings and several children."


def test_the_longer_of_two_facts_stays_and_a_quotation_may_hold_others():
    assert found("the non-identical twins") == ["non-identical twins"]
    assert found('"my dad is Polish and he drives"') == ["my dad is Polish and he drives", "Polish"]


@given(st.text(max_size=200))
def test_facts_lie_in_the_text_and_only_quotations_hold_others(text):
    facts = facts_in(text, RULES)
    assert all(0 <= each.start < each.end <= len(text) for each in facts)
    plain = [each for each in facts if each.kind != "quotation"]
    assert all(a.end <= b.start for a, b in pairwise(plain))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda d: d.pop("risk"), "risk"),
        (lambda d: d["kind"].pop(0), "ethnicity"),
        (lambda d: d["kind"][0].update(name="shoe"), "shoe"),
        (lambda d: d["kind"][0].update(weight=3), "between 0 and 1"),
        (lambda d: d["kind"][0].update(becomes=" "), "general word"),
        (lambda d: d["fact"][0].update(colour="red"), "colour"),
        (lambda d: d["fact"][0].update(kind="shoe"), "shoe"),
        (lambda d: d["fact"][0].update(words=["…"]), "needs a word"),
        (lambda d: d["pattern"][0].update(regex="(unclosed"), "quasi.toml"),
        (lambda d: d["pattern"][0].update(regex="no group"), "named hide"),
    ],
)
def test_rules_that_cannot_be_are_refused_in_plain_words(change, wanted):
    given_rules = read("quasi")
    change(given_rules)
    with pytest.raises(CaseError, match=wanted):
        jigsaw_from(given_rules)


PIECES = [
    "Polish", "lady", "has ", "with ", "three", "4", "other", "children", "found ", "hanging", "cause of death", ": ", "pneumonia", ".",
    "died of ", "a rare cancer", "twins", "cot death", "only child", "sentenced to ", "six months", " ", "fifth", "baby", "mother of ",
    "seven", "\n", "speaks", "English", "SIDS", "HAS", "ſids", "chıld",
]  # fmt: skip
SAID = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12)


@example(["He was found hanging\u0903.", "three other children\u0903"])  # a mark that is a letter to one library and none to the other
@given(st.lists(st.one_of(SAID.map(" ".join), SAID.map("".join)), max_size=5))
def test_texts_together_hold_the_facts_that_each_holds(texts):
    assert list(facts_in_each(texts, RULES)) == [facts_in(text, RULES) for text in texts]


def test_shapes_are_found_among_many_texts():
    texts = ["Nothing of note.", "She has three other children.", "He was found hanging.", "Seen at home."]
    shaped = [[each.kind for each in facts] for facts in facts_in_each(texts, RULES)]
    assert shaped[0] == shaped[3] == []
    assert shaped[1] == ["family shape"]
    assert shaped[2] == ["cause of death"]
