"""What an author's report holds, passage by passage, and what a check of it found: values that cross the rooms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

What = Literal[
    "text",
    "table",
    "text box",
    "header",
    "footer",
    "footnote",
    "endnote",
    "chart or diagram",
    "comment",
    "deletion",
    "hidden text",
    "picture description",
    "link address",
    "field code",
    "form field",
    "bookmark",
    "author of changes",
    "property",
    "style name",
    "custom data",
    "embedded file",
    "part of the file",
]
HitKind = Literal["name", "stranger", "other review", "identifier", "place", "agency", "date", "age", "time", "passage"]
HitVerdict = Literal["leave", "replace", "undo"]
HIT_VERDICTS: tuple[HitVerdict, ...] = get_args(HitVerdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of text of a report and where it stands.

    `place` is what a person can open ("paragraph 31", "table 2 row 5 cell 1", "footnote 3", "deletion in paragraph 7"), all counted from 1
    as in the rest of the review; `visible` is whether a reader of the printed report sees it. `own` are the characters (start, end)
    of `text` that are this passage's own, where the rest only gives them their context; empty means all of them.

    `anchor` is the number of the body's paragraph at which a comment on it can stand; `spots` are (start, element): with which
    character the words of an element of the main part begin. Elements are numbered from 0 in document order, comments and processing
    instructions of the XML left out.
    """

    id: str
    place: str
    what: What
    text: str
    visible: bool
    anchor: int | None = None
    own: tuple[tuple[int, int], ...] = ()
    spots: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HitDecision:
    """What was decided on a hit: it may stay ("leave"), or other words must stand there ("replace", with the words where they are not the
    proposal). `undo` takes the last decision back. `on` is the day that was given, `line` its place in the log.
    """

    thing: str
    verdict: HitVerdict
    by: str
    on: date | None = None
    why: str = ""
    words: str = ""
    line: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in HIT_VERDICTS:
            raise ValueError(f"a decision on a hit is one of {', '.join(HIT_VERDICTS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Words of a report that may tell who somebody is: characters `start` to `end` of the text of the passage `passage`.

    `thing` is the same for the same words of the same kind in the same sort of place (seen by readers or not), so that a decision on them
    holds when the author saves the report again. `proposal` is what could stand there; "" where somebody must look. `person` is
    the id of who is meant, where the review knows; `why` says in a sentence why somebody should look.
    """

    thing: str
    passage: str
    place: str
    what: What
    visible: bool
    start: int
    end: int
    kind: HitKind
    words: str
    before: str
    after: str
    proposal: str
    why: str
    person: str | None = None
    decision: HitDecision | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Something that Word keeps behind the pages, or in the margin: what it is, and at which places."""

    what: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A report as it was checked: the SHA-256 (hex) of its bytes, its hits in the order of the report, and what stands behind its pages.

    `pages` are those that Word counted, or a count by words where it did not.
    """

    digest: str
    hits: tuple[Hit, ...]
    named: tuple[Behind, ...]
    pages: int
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def undecided(self) -> int:
        """Hits that nobody has decided on."""
        return sum(hit.decision is None for hit in self.hits)

    @property
    def to_mend(self) -> tuple[Hit, ...]:
        """Hits in whose place other words must stand, and which are still in the report."""
        return tuple(hit for hit in self.hits if hit.decision and hit.decision.verdict == "replace")
