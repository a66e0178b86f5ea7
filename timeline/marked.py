"""What tracked changes, hiding and striking through did to the words of a file: every span of it, for a person to look at.

The timeline shows the final view, all changes accepted. An unaccepted deletion can be the most important sentence in a review, so each
span is kept with its row. Who made a change is personal data and is never read.
"""

from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["inserted", "deleted", "moved-here", "moved-away", "hidden", "struck"]
# the kinds whose words stand in the final view; those of the others were dropped from it
KEPT: frozenset[MarkKind] = frozenset({"inserted", "moved-here", "struck"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """Words of a row or paragraph that were inserted, deleted, moved, hidden or struck through, and its place (`where`, as in SourceRef).

    `start` and `end` are the words' place in their event's text; both are None where they do not stand in it: they were dropped, they stand
    in its date or time cell, in no event at all, or in one of several cells that say the same. `before` are the last words before them in
    their cell or paragraph. `whole_row` says that the row itself was inserted or deleted.
    """

    kind: MarkKind
    words: str
    where: str
    before: str = ""
    start: int | None = None
    end: int | None = None
    whole_row: bool = False

    def __post_init__(self) -> None:
        if not self.words or not self.where:
            raise ValueError("a marked span has words and a place")
        if (self.start is None) != (self.end is None) or (self.start is not None and self.kind not in KEPT):
            raise ValueError("a marked span begins and ends in the text, or does neither")

    def stands_in(self, text: str) -> bool:
        """Whether the words stand where the span says, in the text of its event; a span that says no place stands in any."""
        return self.start is None or self.end is None or (self.start >= 0 and text[self.start : self.end] == self.words)
