"""What every file of board rules is checked for: its keys, its tables, and texts where texts belong; CaseError says what is wrong where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from timeline.errors import CaseError


def allow(where: str, table: Mapping[str, object], allowed: Iterable[str]) -> None:
    """CaseError where the table has a key that is not allowed."""
    allowed = sorted(allowed)
    if unknown := sorted(table.keys() - set(allowed)):
        raise CaseError(f"{where}: {', '.join(unknown)} is unknown; allowed: {', '.join(allowed)}")


def tables(file: str, given: Mapping[str, object], name: str, keys: Mapping[str, type]) -> Iterator[Mapping[str, Any]]:
    """Each table `[[name]]` with its keys; one whose default is False or that is a list may be left out."""
    found = given.get(name, [])
    if not isinstance(found, list):
        raise CaseError(f"{file}: {name} is a list of tables; write [[{name}]] above each")
    for number, table in enumerate(found, start=1):
        where = f"{file} [[{name}]] number {number}"
        if not isinstance(table, Mapping):
            raise CaseError(f"{where}: write [[{name}]] above it")
        allow(where, table, keys)
        for key, kind in keys.items():
            if kind is not bool and key not in table:
                raise CaseError(f"{where}: {key} is missing")
            if key in table and not _is(table[key], kind):
                raise CaseError(f"{where}: {key} is {_NAMES[kind]}")
        yield table


def number(file: str, given: Mapping[str, object], key: str, default: int) -> int:
    """A whole number above 0."""
    value = given.get(key, default)
    if type(value) is not int or value < 1:
        raise CaseError(f"{file}: {key} is a whole number above 0")
    return value


def texts(file: str, given: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts, none of them empty."""
    value = given.get(key, [])
    if not _is(value, list):
        raise CaseError(f"{file}: {key} is {_NAMES[list]}")
    return tuple(value) if isinstance(value, list) else ()


_NAMES = {str: "a text that is not empty", list: "a list of texts, none of them empty", bool: "true or false"}


def _is(value: object, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
    return isinstance(value, kind) and bool(not isinstance(value, str) or value.strip())
