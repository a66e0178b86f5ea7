"""The rules of patterns that no single row shows, as rules/patterns.toml holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_OUR_OWN = "our own rule, rules/patterns.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule:
    """A rule of rules/patterns.toml; days are counted whole, both ends included."""

    id: str
    cues: tuple[str, ...]
    question: str
    at_least: int
    within_days: int
    beside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_days: int = 0
    fields: tuple[str, ...] = ()
    hearsay: bool = False
    each_agency: bool = False
    source: str = _OUR_OWN


def patterns_from(given: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[PatternRule, ...]:
    """The rules of rules/patterns.toml; KeyError or TypeError where a key is missing or unknown."""
    return tuple(_rule(each) for each in given["pattern"])


def _rule(given: Mapping[str, Any]) -> PatternRule:
    names = {"with": "beside"}
    values: dict[str, Any] = {
        names.get(key, key): tuple(value) if isinstance(value, list) else value for key, value in given.items() if key != "each"
    }
    return PatternRule(**values, each_agency=given.get("each") == "agency")
