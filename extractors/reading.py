"""What a reader needs to be told beside the file: the rules for headings, the agency's own headings, the period under review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from extractors.headings import Headings, meaning_of, share_known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read one agency's files. `own_headings` are heading -> meaning from case.toml; `period` is first and last day, both inclusive."""

    headings: Headings
    own_headings: Mapping[str, str] = field(default_factory=dict)
    period: tuple[date, date] | None = None

    def meaning(self, heading: str) -> str | None:
        """What a column's heading means for this agency; None where no rule knows it."""
        return meaning_of(heading, self.headings, self.own_headings)

    def share_known(self, heading: str) -> float:
        """How much of the heading a rule knows, 0 to 1."""
        return share_known(heading, self.headings, self.own_headings)
