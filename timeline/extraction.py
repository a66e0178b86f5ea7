"""What was read of one file: every row of it is an entry, or unread, or ignored, and the counts add up."""

from dataclasses import dataclass
from typing import Literal

from timeline.errors import CountError
from timeline.events import Analysis, Entry
from timeline.sources import SourceFile

Status = Literal["read", "rejected", "superseded", "ignored"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is no event: where it stands, what it says, and in plain words why it is none."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One file of an agency as it was read.

    `seen` is counted where rows are first met, apart from what becomes of them: seen = entries + unread + ignored always holds, or
    CountError is raised. `unread` rows need a person (a date that is none, text in no column); `ignored` ones do not (a heading
    row, a blank row, guidance, a total). A file that is not read gives its reason. `notes` are plain sentences about the
    whole file (an assumed encoding, a heading that no rule knows); they hold no text of a row.
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

    def __post_init__(self) -> None:
        if self.seen != len(self.entries) + len(self.unread) + len(self.ignored):
            raise CountError(
                f"{self.source.label}: {self.seen} rows were seen, but {len(self.entries)} became events, {len(self.unread)} are unread and "
                f"{len(self.ignored)} ignored; the file was set apart, please report this as a fault of the program"
            )
        if self.status != "read" and (not self.reason or self.entries):
            raise ValueError("a file that is not read says why and gives no entries")
