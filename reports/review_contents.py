"""What the board's review workbook shows: people, replacements, queued passages, what was left in, conflicts; and what was decided before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from timeline.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What leads a row back to what it is about: its id, the last line of the log on it, and what it holds, as keyed hashes."""

    thing: str
    seen: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was last written into a row; `whom` is a person's label."""

    verdict: str = ""
    whom: str = ""
    words: str = ""
    by: str = ""
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A mention in its context: whose row it stands in and when, the words before, the words, the words after."""

    where: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person with every form found and how often; `now` says what was done with them (merged, public …), "" where nothing was."""

    label: str
    pseudonym: str
    name: str
    role: str
    kind: str
    agency: str
    known_from: str
    forms: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]
    now: str
    is_open: bool
    said: Said
    keys: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementRow:
    """A written form of one person or thing: what stands for it in the drafts ("" where it was left in), whose it is, who else it may be.

    One without an id is the policy's own doing (dates, ages) and cannot be decided on here.
    """

    kind: str
    form: str
    becomes: tuple[str, ...]
    whose: str
    doubt: str
    found_by: str
    count: int
    examples: tuple[Example, ...]
    is_open: bool
    said: Said
    keys: Keys | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """A passage that waits for a decision; `becomes` is what stands in the drafts for it now, "" where it stays."""

    kind: str
    context: Example
    why: str
    risk: float
    becomes: str
    is_open: bool
    said: Said
    keys: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """Words that stand in the drafts as they were written, how often, and why; `decided` says by whom and when, where somebody decided it."""

    form: str
    why: str
    decided: str
    count: int
    examples: tuple[Example, ...]
    said: Said
    keys: Keys | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """Decisions that are not applied: on which sheet, on what, which, and why."""

    sheet: str
    what: str
    decisions: tuple[str, ...]
    why: str
    is_open: bool
    said: Said
    keys: Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContents:
    """All that the workbook holds; `book` tells this workbook from every other, `generalised` counts the dates and ages that the policy changed."""

    case: Case
    book: str
    people: tuple[PersonRow, ...] = ()
    replacements: tuple[ReplacementRow, ...] = ()
    passages: tuple[PassageRow, ...] = ()
    left: tuple[LeftRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    notes: tuple[str, ...] = ()

    def open_counts(self) -> Mapping[str, int]:
        """How many rows of each sheet wait for a decision."""
        return {
            "people": sum(each.is_open for each in self.people),
            "replacements": sum(each.is_open for each in self.replacements),
            "passages": sum(each.is_open for each in self.passages),
            "conflicts": sum(each.is_open for each in self.conflicts),
        }
