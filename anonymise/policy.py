"""What becomes of each kind of what is found: a policy as data, out of rules/policies/<name>.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from timeline.errors import CaseError

DateStyle = Literal["month", "season", "year", "none"]
AgeStyle = Literal["keep", "years", "stage", "none"]
AgencyStyle = Literal["type", "keep"]
KINDS = (
    "PERSON",
    "DATE_OF_BIRTH",
    "PHONE",
    "EMAIL",
    "URL",
    "HANDLE",
    "IDENTIFIER",
    "VEHICLE",
    "ADDRESS",
    "PLACE",
    "ORGANISATION",
    "AGENCY",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a review is hidden. `hidden` are the kinds that are replaced, `words` what stands for a kind that has no better word."""

    name: str
    dates: DateStyle
    ages: AgeStyle
    agencies: AgencyStyle
    hidden: frozenset[str]
    words: Mapping[str, str]


def policy_from(given: Mapping[str, Any]) -> Policy:
    """The policy that a TOML file holds; CaseError names a key or value that is none, and what is allowed. What is not said is hidden."""
    name = str(given.get("name", "without a name"))
    _known(name, given, ("name", "dates", "ages", "agencies", "kinds", "words"))
    kinds, words = given.get("kinds", {}), given.get("words", {})
    _known(f"{name}, [kinds]", kinds, KINDS)
    _known(f"{name}, [words]", words, KINDS)
    for kind, value in kinds.items():
        _one_of(name, kind, value, ("hide", "keep"))
    for kind, word in words.items():
        if not isinstance(word, str) or not word.strip():
            raise CaseError(f"policy {name}: the word for {kind} is empty; give what shall stand in its place")
    return Policy(
        name=name,
        dates=cast(DateStyle, _one_of(name, "dates", given.get("dates", "month"), get_args(DateStyle))),
        ages=cast(AgeStyle, _one_of(name, "ages", given.get("ages", "years"), get_args(AgeStyle))),
        agencies=cast(AgencyStyle, _one_of(name, "agencies", given.get("agencies", "type"), get_args(AgencyStyle))),
        hidden=frozenset(kind for kind in KINDS if kinds.get(kind, "hide") == "hide"),
        words={kind: words.get(kind, f"[{kind.replace('_', ' ').lower()}]") for kind in KINDS},
    )


def _known(where: str, given: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for key in given:
        if key not in allowed:
            raise CaseError(f"policy {where}: the key {key} is unknown; allowed are {', '.join(allowed)}")


def _one_of(name: str, key: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise CaseError(f"policy {name}: {key} is {value!r}; allowed are {', '.join(allowed)}")
    return str(value)
