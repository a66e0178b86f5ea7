import pytest

from anonymise.recognising.index import Index, habits_of, is_variant
from anonymise.recognising.names import Name, claims_of, parse_name
from anonymise.words.texts import clean
from timeline.people import Person


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ellen Le Brocq", Name((), ("Ellen",), ("Le", "Brocq"))),
        ("Dr A. de la Haye", Name(("dr",), ("A",), ("de", "la", "Haye"))),
        ("SMITH Jane", Name((), ("Jane",), ("SMITH",))),
        ("Smith, Jane Ann", Name((), ("Jane", "Ann"), ("Smith",))),
        ("PC 214 ARCHER", Name(("pc",), (), ("ARCHER",))),
        ("Donna", Name((), ("Donna",), ())),
        ("Mrs Khan", Name(("mrs",), (), ("Khan",))),
    ],
)
def test_a_name_is_taken_apart(written, name, rules):
    assert parse_name(written, rules) == name


LISTED = Person(id="P1", name="Anne-Marie Le Quellec", also_known_as=("AMLQ",), kind="family", role="Aunt")


def found(text, rules, *people):
    simple = clean(text)
    index = Index(people or (LISTED,), rules, habits_of([simple]))
    return [text[hit.start : hit.end] for hit in index.find(simple)]


@pytest.mark.parametrize(
    "form",
    [
        "Anne-Marie Le Quellec", "Anne Marie Le Quellec", "ANNE-MARIE LE QUELLEC", "anne-marie le quellec", "LE QUELLEC Anne-Marie",
        "Le Quellec, Anne-Marie", "A-M Le Quellec", "A. Le Quellec", "AM Le Quellec", "Anne-Marie", "Annemarie", "Le Quellec", "Quellec",
        "AMLQ", "Anne-Marie LQ", "Anne-Mary Le Quellec", "Anne-Marie Le Quelec", "Anne",
    ],
)  # fmt: skip
def test_every_form_of_a_listed_name_is_found(form, rules):
    assert found(f"Seen with {form} today.", rules)[:1] != []


def test_a_possessive_stays_outside_the_name(rules):
    assert found("Anne-Marie's view", rules) == ["Anne-Marie"]


def test_initials_count_in_capitals_alone(rules):
    assert found("amlq is no one", rules) == []


def test_two_names_over_a_full_stop_are_two(rules):
    people = (LISTED, Person(id="P2", name="Le Quellec Marie"))
    assert "Le Quellec. Anne-Marie" not in found("Told Mrs Le Quellec. Anne-Marie left.", rules, *people)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Will said no.", ["Will"]),
        ("Will attend on Monday.", []),
        ("Told Will to leave.", ["Will"]),
        ("He will attend.", []),
        ("Seen in May 2019 with May.", ["May"]),
        ("Referred under Grace's name", ["Grace"]),
        ("a period of grace", []),
    ],
)
def test_names_that_are_words_are_told_by_their_sentence(text, names, rules):
    people = [Person(id="P1", name="Will Arden"), Person(id="P2", name="May Arden"), Person(id="P3", name="Grace Arden")]
    assert found(text, rules, *people) == names


@pytest.mark.parametrize(("written", "name"), [("jaydon", "jayden"), ("shanon", "shannon"), ("touzell", "touzel"), ("elly", "ellie")])
def test_a_slip_is_a_variant(written, name):
    assert is_variant(written, name)


@pytest.mark.parametrize(
    ("written", "name"), [("helena", "helen"), ("carla", "carly"), ("louise", "louis"), ("hayden", "jayden"), ("martina", "martin")]
)
def test_another_name_is_no_variant(written, name):
    assert not is_variant(written, name)


@pytest.mark.parametrize("name", ["---", "- Arden", "Mara -", ".", "?, ?"])
def test_a_name_without_letters_names_no_one(name, rules):
    assert all(form and all(form) for form, _ in claims_of(Person(id="P1", name=name), rules))


def whose(text, rules, *names):
    simple = clean(text)
    people = [Person(id=name, name=name, kind="family") for name in names]
    return [sorted({claim.person for claim in hit.claims}) for hit in Index(people, rules, habits_of([simple])).find(simple)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jack Marchetti", "John Marchetti"), ("Katherine Marchetti", "Katie Marchetti"), ("Ellie Marchetti", "Ella Marchetti")],
)
def test_a_listed_name_means_its_bearer_whatever_others_are_called_for_short(one, other, rules):
    for name in (one, other):
        assert whose(f"{name} rang.", rules, one, other) == [[name]]
        assert whose(f"{name.split()[0]} rang.", rules, one, other) == [[name]]


def test_a_listed_form_is_not_a_nickname_of_someone_else(rules):
    assert whose("Katie came.", rules, "Katherine Marchetti", "Katie Arden") == [["Katie Arden"]]
    assert whose("Katie Marchetti came.", rules, "Katherine Marchetti", "Katie Arden") == [["Katherine Marchetti"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Will can talk. Will may visit. Will will go.", ["Will", "Will", "Will"]),
        ("Dawn to call.", ["Dawn"]),
        ("Hope not seen.", ["Hope"]),
        ("Joy at school today.", ["Joy"]),
        ("Will need to call. Will not attend.", []),
        ("He will call. At dawn to call.", []),
    ],
)
def test_a_word_name_that_begins_a_sentence_is_told_by_what_follows(text, names, rules):
    people = [Person(id=f"P{n}", name=f"{name} Arden", kind="family") for n, name in enumerate(("Will", "Dawn", "Hope", "Joy"))]
    assert found(text, rules, *people) == names


def test_a_title_with_a_stroke_in_it_is_no_name_of_its_own(rules):
    nurse = Person(id="P9", name="s/n Pinel", kind="professional")
    assert {form for form, _ in claims_of(nurse, rules)} <= {
        ("pinel",),
        ("pinel", "pinel"),
        ("pinelpinel",),
        ("pinel", "p"),
        ("p", "pinel"),
    }


def test_an_address_of_e_mail_or_of_a_page_makes_no_name_an_ordinary_word():
    habits = habits_of([clean("Send it to m.macdermott@example.org or https://example.org/macdermott now."), clean("PC Macdermott came.")])
    assert (habits.small["macdermott"], habits.capital["macdermott"]) == (0, 1)
    assert habits.small["now"] == 1
