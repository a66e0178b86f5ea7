"""rules/ -> values: the one place that knows where the rules lie."""

import tomllib
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


def _those_there(name: str) -> str:
    folder = resources.files("rules").joinpath(*name.split("/")[:-1])
    there = sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))
    return f"are {', '.join(there)}" if there else "is none of its kind"
