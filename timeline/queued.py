"""Passages that a person decides on before anything is published: words that may tell who is meant to somebody who knows the family."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["hide", "keep", "replace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedPassage:
    """Words of one text that board staff decide on.

    `id` is the same on every run while the row and the words are; it holds neither. `text_id` is an event's or analysis's id, `start` and
    `end` (exclusive) count characters of its text as read. `kind` is the kind of fact ("ethnicity", "occupation", "quotation", "unknown
    name" …), `why` a plain sentence, `replacement` what would stand for the words, `risk` from 0 to 1. `hidden` says whether the drafts
    hide it until somebody decides.
    """

    id: str
    text_id: str
    start: int
    end: int
    kind: str
    why: str
    replacement: str
    risk: float
    hidden: bool

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a queued passage holds at least one character")
        if not 0 <= self.risk <= 1:
            raise ValueError("a risk lies between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageVerdict:
    """What was decided on a queued passage: it stays, it is hidden by its kind's words, or `words` stand for it."""

    passage: str
    verdict: Verdict
    words: str = ""

    def __post_init__(self) -> None:
        if (self.verdict == "replace") != bool(self.words.strip()):
            raise ValueError("words stand with the verdict replace, and with no other")
