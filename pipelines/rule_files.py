"""rules/ -> values: the one place that knows where the rules lie."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from timeline.errors import CaseError


@cache
def rule(name: str) -> dict[str, Any]:
    """The rules of `name` (`headings`, `policies/overview-report`) as TOML holds them; CaseError where there are none or they are malformed."""
    path = resources.files("rules").joinpath(*f"{name}.toml".split("/"))
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CaseError(f"rules/{name}.toml is missing; there {_those_there(name)}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"rules/{name}.toml cannot be read as TOML: {error}") from None


def rules_in(folder: str) -> dict[str, dict[str, Any]]:
    """Every file of rules in a folder of rules/, by name: `rules_in("cues")["seen"]`."""
    found = resources.files("rules").joinpath(*folder.split("/")).iterdir()
    names = sorted(each.name.removesuffix(".toml") for each in found if each.name.endswith(".toml"))
    return {name: rule(f"{folder}/{name}") for name in names}


def texts_of(rules: object) -> Iterator[str]:
    """Every text that rules hold, keys included."""
    if isinstance(rules, str):
        yield rules
    elif isinstance(rules, dict):
        for key, value in rules.items():
            yield key
            yield from texts_of(value)
    elif isinstance(rules, list):
        for value in rules:
            yield from texts_of(value)


def _those_there(name: str) -> str:
    folder = resources.files("rules").joinpath(*name.split("/")[:-1])
    there = sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))
    return f"are {', '.join(there)}" if there else "is none of its kind"
