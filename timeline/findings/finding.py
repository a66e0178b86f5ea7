"""What a reviewer would ask about: a gap, an overlap or a pattern, with its rows and the rule behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Certainty = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A question for the author. It rests on rows (`events`, ids) and holds no text of them.

    `since` and `until` are the first and last day it is about, `days` the days between them; `rule` names the rule, `standard` the number it
    was held against, `source` where that number comes from; `more` is what the kind adds (values that JSON can hold).
    """

    id: str
    kind: str
    events: tuple[str, ...]
    agencies: tuple[str, ...]
    since: date | None
    until: date | None
    days: int | None
    certainty: Certainty
    rule: str
    standard: str
    source: str
    question: str
    more: Mapping[str, object] = field(default_factory=dict)
