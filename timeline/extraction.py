"""What was read of one file: every row of it is an entry, or unread, or ignored, and the counts add up."""

from dataclasses import dataclass
from typing import Literal

from timeline.errors import CountError
from timeline.events import Analysis, Entry
from timeline.marked import MarkedSpan
from timeline.sources import SourceFile

Status = Literal["read", "rejected", "superseded", "ignored"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is no event: where it stands, what it says, and in plain words why it is none."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a later return of an agency differs from this earlier one.

    `kind` says what was made of it: the later one replaced the earlier `whole`; it replaced `part` of it, and the rest stands; or it is `open`
    which of the two counts, and the rows that differ stand from both. `same` rows say the same in both; `changed` are pairs (earlier,
    later); `added` stand in the later one alone, `gone` in the earlier one alone (none where it was replaced in part).
    """

    earlier: SourceFile
    later: SourceFile
    kind: Literal["whole", "part", "open"]
    same: int
    changed: tuple[tuple[Entry, Entry], ...] = ()
    added: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()

    def __str__(self) -> str:
        numbers = {"the same": self.same, "changed": len(self.changed), "added": len(self.added), "gone": len(self.gone)}
        return ", ".join(f"{number} {'rows ' if what == 'the same' else ''}{what}" for what, number in numbers.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One file of an agency as it was read.

    `seen` is counted where rows are first met, apart from what becomes of them: seen = entries + unread + ignored always holds, or
    CountError is raised. `unread` rows need a person (a date that is none, text in no column); `ignored` ones do not (a heading
    row, a blank row, guidance, a total). A file that is not read gives its reason. `notes` are plain sentences about the
    whole file (an assumed encoding, a heading that no rule knows); they hold no text of a row. `problems` are what a person should check
    about the whole file. `marked` are inserted, deleted, hidden and struck words that stand in no entry: in a deleted row, a heading, a
    paragraph beside the tables. `differences` are those of later returns of the agency, once they were held against this one.
    """

    source: SourceFile
    status: Status
    reason: str = ""
    seen: int = 0
    entries: tuple[Entry, ...] = ()
    unread: tuple[SetAside, ...] = ()
    ignored: tuple[SetAside, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    notes: tuple[str, ...] = ()
    marked: tuple[MarkedSpan, ...] = ()
    problems: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    def __post_init__(self) -> None:
        if self.seen != len(self.entries) + len(self.unread) + len(self.ignored):
            raise CountError(
                f"{self.source.label}: {self.seen} rows were seen, but {len(self.entries)} became events, {len(self.unread)} are unread and "
                f"{len(self.ignored)} ignored: a row was lost, so the run was stopped; please report this as a fault of the program"
            )
        if any(span.start is not None for span in self.marked):
            raise ValueError("a marked span outside the entries stands in no event's text")
        if self.status != "read" and (not self.reason or self.entries):
            raise ValueError("a file that is not read says why and gives no entries")
