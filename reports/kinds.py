"""Findings under the names by which rules speak of them: a kind ("late"), or one matter of a kind ("pattern/missed-contacts")."""

from collections.abc import Mapping, Sequence

from timeline.errors import CaseError


def under[Under](named: Mapping[str, Under], kind: str, about: str) -> Under | None:
    """What stands under the most exact name of a finding; None where neither it nor its kind is named."""
    return named.get(f"{kind}/{about}") or named.get(kind)


def by_kind[Under](each_of: Sequence[tuple[Sequence[str], Under]], file: str) -> Mapping[str, Under]:
    """What stands under each name, from (names, what); CaseError where one name is given twice."""
    named: dict[str, Under] = {}
    for kinds, what in each_of:
        for kind in kinds:
            if kind in named:
                raise CaseError(f"{file}: the kind {kind} is named twice; name each once")
            named[kind] = what
    return named
