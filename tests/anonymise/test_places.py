import pytest

from anonymise.hiding.agencies import agency_rules_from, types_of
from anonymise.hiding.places import place_words
from tests.anonymise.conftest import read
from timeline.case import Agency

WORDS = {"ORGANISATION": "[organisation]", "PLACE": "[place]"}


def shown(names, rules):
    types = types_of((), agency_rules_from(read("agency_types")))
    return [words for _, words in place_words([("ORGANISATION", name) for name in names], WORDS, types, rules).items()]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["Dunmore Primary School"], ["a primary school"]),
        (["Dunmore Primary School", "Hatherley Primary School"], ["Primary School 1", "Primary School 2"]),
        (["Dunmore Primary School", "Hatherley Children's Home"], ["a primary school", "a children's home"]),
        (["Alder Children's Home", "Birch Children's Home"], ["Children's Home 1", "Children's Home 2"]),
        (["Corvette Ossifer"], ["[organisation]"]),
        ([], []),
    ],
)
def test_places_go_by_kind_and_by_number_where_there_are_several(names, wanted, rules):
    assert shown(names, rules) == wanted


def test_a_name_of_three_common_words_is_one_bodys_own_and_a_shorter_one_is_not():
    agencies = (
        Agency(name="Family Nursing & Home Care", folder="fnhc", aliases=("HV service",)),
        Agency(name="GP Surgery", folder="gp"),
        Agency(name="Children's Social Care", folder="csc"),
    )
    types = types_of(agencies, agency_rules_from(read("agency_types")))
    assert types.stands_for("Family Nursing & Home Care") == types.by_name["Family Nursing & Home Care"]
    assert types.stands_for("GP Surgery") is None
    assert types.stands_for("Children's Social Care") is None
