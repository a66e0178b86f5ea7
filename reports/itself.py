"""Keys for what is worked out once for all documents of a review."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Itself[T]:
    """A review, rows or rules that are the same where their fields hold the same objects, so that they can be a key without texts being compared.

    What was decided on quotations is no part of it: it changes how a row is told, not what it says.
    """

    held: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @property
    def _parts(self) -> tuple[int, ...]:
        held: Any = self.held
        return tuple(id(getattr(held, each.name)) for each in fields(held) if each.name != "quotations")
