"""What kind of agency each one is, and which of its names may stay in a text."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anonymise.recognising.names import Tokens, tokens
from anonymise.words.texts import plain
from timeline.case import Agency
from timeline.errors import CaseError

_OWN_NAME = 3  # words


@dataclass(frozen=True, slots=True)
class AgencyRules:
    """Types with the words that tell them, first wins; and words that any area's agencies are called by."""

    types: tuple[tuple[str, tuple[str, ...]], ...]
    generic: frozenset[str]


def agency_rules_from(given: Mapping[str, Any]) -> AgencyRules:
    """The rules out of agency_types.toml; CaseError names a key that is missing."""
    try:
        types = tuple((each["name"], tuple(plain(word) for word in each["words"])) for each in given["type"])
        return AgencyRules(types, frozenset(part for word in given["generic"]["words"] for part in tokens(word)) | {"s"})
    except KeyError as missing:
        raise CaseError(
            f"rules/agency_types.toml: the key {missing} is missing; compare with the rules that came with the program"
        ) from None


@dataclass(frozen=True, slots=True)
class AgencyTypes:
    """Each agency's type, numbered where several are of one type, and the type that stands for a name in a text."""

    by_name: Mapping[str, str]
    by_form: Mapping[Tokens, str]
    generic: frozenset[str]

    def stands_for(self, written: str) -> str | None:
        """The type to write for an agency's name in a text; None where the name says no more than the type does.

        A short name of words that any area has ("GP Surgery") says no more; three such words together can be one body's own name ("Family
        Nursing & Home Care").
        """
        form = tokens(written)
        kind = self.by_form.get(form)
        if kind is None or tokens(kind) == form:
            return None
        return None if len(form) < _OWN_NAME and all(word in self.generic for word in form) else kind

    def within(self, written: str) -> str | None:
        """The type of the agency whose own name is a part of a longer name ("Petit Phare" in "Petit Phare Nursery School")."""
        form = tokens(written)
        for name, kind in self.by_form.items():
            own = tuple(word for word in name if word not in self.generic)
            if own and any(form[i : i + len(own)] == own for i in range(len(form))):
                return kind
        return None


def types_of(agencies: Sequence[Agency], rules: AgencyRules) -> AgencyTypes:
    """The type of every agency of a review."""
    plain_types = {agency.name: _type_of(agency, rules) for agency in agencies}
    many = {kind for kind, count in Counter(plain_types.values()).items() if count > 1}
    numbers: Counter[str] = Counter()
    by_name: dict[str, str] = {}
    for name, kind in plain_types.items():
        numbers[kind] += 1
        by_name[name] = f"{kind} {numbers[kind]}" if kind in many else kind
    by_form = {tokens(form): by_name[agency.name] for agency in agencies for form in (*agency.aliases, agency.name)}
    return AgencyTypes(by_name, by_form, rules.generic)


def _type_of(agency: Agency, rules: AgencyRules) -> str:
    for names in ((agency.name,), agency.aliases, (agency.folder,)):
        said = " | ".join(plain(name) for name in names)
        for kind, words in rules.types:
            if any(re.search(rf"(?<!\w){re.escape(word)}", said) for word in words):
                return kind
    return "Agency"
