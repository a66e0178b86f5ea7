import tomllib
from pathlib import Path

import pytest

from anonymise.agencies import agency_rules_from
from anonymise.days import named_days_from
from anonymise.detectors import load_detectors
from anonymise.jigsaw.rules import jigsaw_from
from anonymise.policy import policy_from
from anonymise.rules import rules_from
from anonymise.standing import HidingRules

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
