import tomllib
from pathlib import Path

import pytest

from anonymise.detecting.detectors import Found, load_detectors
from anonymise.gate.leak_forms import leak_forms
from anonymise.hiding.agencies import agency_rules_from
from anonymise.hiding.days import named_days_from
from anonymise.hiding.hide import hide, texts_to_recognise
from anonymise.hiding.standing import HidingRules
from anonymise.jigsaw.rules import jigsaw_from
from anonymise.policy import policy_from
from anonymise.recognising.recognise import recognise
from anonymise.rules import rules_from
from tests.anonymise.reviews import CAST, case, timeline
from timeline.people import Person

RULES = Path(__file__).resolve().parents[2] / "rules"


def read(name):
    return tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def rules():
    return rules_from(read("recognisers"), read("names"), read("places"), read("harmless"))


@pytest.fixture(scope="session")
def hiding_rules(rules):
    return HidingRules(
        recognition=rules,
        agencies=agency_rules_from(read("agency_types")),
        named_days=named_days_from(read("named_days")),
        jigsaw=jigsaw_from(read("quasi")),
    )


@pytest.fixture(scope="session")
def policy():
    return policy_from(read("policies/overview-report"))


@pytest.fixture(scope="session")
def learning_policy():
    return policy_from(read("policies/learning-report"))


class Nothing:
    """Detectors that find nothing: what is left is the cast list and what the rules know."""

    def find(self, texts, doubtful=None):
        return [[] for _ in texts]


@pytest.fixture(scope="session")
def nothing():
    return Nothing()


@pytest.fixture(scope="session")
def detectors(rules):
    return load_detectors(rules.patterns)


WILL = Person(id="P4", name="Will Arden", role="Neighbour", kind="associate")
ROWS = [
    (
        "Eastshire Police",
        "2019-05-04",
        "Marisol, Deborah and Tamsin seen; will visit. Will Arden rang from 07700 900123. Plan at 4 Elm Road.",
    )
]


@pytest.fixture(scope="session")
def forms(hiding_rules, policy):
    """The forms that must not leave a review of three people and a neighbour whose name is a word."""

    class Phone:
        def find(self, texts, doubtful=None):
            return [[Found(t.index("07700"), t.index("07700") + 12, "PHONE", 0.9, "uk-phone")] if "07700" in t else [] for t in texts]

    review, line = case(), timeline(ROWS)
    seen = recognise(texts_to_recognise(review, line), (*CAST, WILL), review.agencies, Phone(), hiding_rules.recognition)
    done = hide(review, line, [], seen, policy, hiding_rules)
    return leak_forms(seen, done.review, policy, hiding_rules.recognition)
