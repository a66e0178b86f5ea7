"""A return while it is settled what becomes of its rows, and the return that comes of it: read, replaced, or set aside as a copy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from timeline.corresponding import Row, words_of
from timeline.dates import UNKNOWN
from timeline.events import Entry
from timeline.extraction import Difference, Extraction, SetAside
from timeline.return_names import original_first


@dataclass(kw_only=True, eq=False)
class Draft:
    """A return while it is settled what becomes of its rows; entries go by their number in it."""

    read: Extraction
    replaced_by: "Draft | None" = None
    copy_of: "Draft | None" = None
    asked: set[int] = field(default_factory=set)  # entries that no return has any more
    aside: dict[int, str] = field(default_factory=dict)  # entry -> why it is no event
    heirs: "dict[int, tuple[Draft, int]]" = field(default_factory=dict)  # entry -> the row of a later return that replaces it alone
    doubts: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The entries as they are held against those of another return."""
        return tuple(_row(entry) for entry in self.read.entries)

    @cached_property
    def compared(self) -> tuple[Row, ...]:
        """The same, equal where two rows are the same."""
        return tuple(row._replace(text=words_of(row.text)) for row in self.rows)

    @property
    def label(self) -> str:
        """What messages call the file."""
        return self.read.source.label

    @property
    def size(self) -> int:
        """How many rows could be events."""
        return len(self.read.entries)

    def entries(self, numbers: Iterable[int]) -> tuple[Entry, ...]:
        """The entries of these numbers."""
        return tuple(self.read.entries[number] for number in numbers)

    def richest_first(self) -> tuple[int, tuple[int, int, str]]:
        """What stands beside the rows would be lost with a copy, so the file that has more of it comes first; then the one that is the original."""
        read = self.read
        beside = len(read.analyses) + len(read.unread) + len(read.marked) + sum(len(entry.marked) for entry in read.entries)
        return -beside, original_first(read.source.path)

    def finished(self) -> Extraction:
        """The return as it was settled: every row that was seen stands in it once."""
        if self.copy_of:
            return _copied(self.read, self.copy_of.read)
        if self.replaced_by:
            return self._replaced(self.replaced_by.read)
        if not (self.aside or self.problems or self.differences):
            return self.read
        numbered = list(enumerate(self.read.entries))
        entries = tuple(
            replace(entry, problems=(*entry.problems, *dict.fromkeys(self.doubts[number]))) if number in self.doubts else entry
            for number, entry in numbered
            if number not in self.aside
        )
        ignored = tuple(_set_aside(entry, self.aside[number]) for number, entry in numbered if number in self.aside)
        return replace(
            self.read,
            entries=entries,
            ignored=(*ignored, *self.read.ignored),
            problems=tuple(dict.fromkeys(self.problems)),
            differences=tuple(self.differences),
        )

    def _replaced(self, later: Extraction) -> Extraction:
        """Set aside as a whole; rows that no return has any more are left for a person: were they withdrawn, or lost?"""
        read = self.read
        reason = f"replaced by the corrected return {later.source.label} ({self.differences[0]})"
        withdrawn = f"not in the corrected return {later.source.label}: ask the agency whether it was withdrawn"
        rows = (entry for number, entry in enumerate(read.entries) if number not in self.asked)
        return replace(
            read,
            status="superseded",
            reason=reason,
            entries=(),
            unread=tuple(_set_aside(read.entries[number], withdrawn) for number in sorted(self.asked)),
            ignored=(*(_set_aside(row, reason) for row in rows), *(replace(row, reason=reason) for row in read.unread), *read.ignored),
            analyses=() if later.analyses else read.analyses,
            marked=(),
            differences=tuple(self.differences),
        )


def _row(entry: Entry) -> Row:
    """What the row is compared by; a date that could not be read is what was written."""
    date = f"{UNKNOWN} {words_of(entry.when.as_written)}".strip() if entry.when.edtf == UNKNOWN else entry.when.edtf
    return Row(date, entry.time, entry.text)


def _copied(copy: Extraction, kept: Extraction) -> Extraction:
    """The copy set aside; an unread row and prose that the other does not have stay."""
    same = "the same file as" if copy.source.sha256 == kept.source.sha256 else "it holds the same rows as"
    reason = f"{same} {kept.source.label}, which was read"
    known = {words_of(row.text) for row in (*kept.unread, *kept.ignored)} | {words_of(entry.text) for entry in kept.entries}
    unread = tuple(row for row in copy.unread if words_of(row.text) not in known)
    rows = (
        *(_set_aside(entry, reason) for entry in copy.entries),
        *(replace(row, reason=reason) for row in copy.unread if row not in unread),
    )
    return replace(
        copy,
        status="superseded",
        reason=reason,
        entries=(),
        unread=unread,
        ignored=(*rows, *copy.ignored),
        analyses=() if kept.analyses else copy.analyses,
        marked=(),
    )


def _set_aside(entry: Entry, reason: str) -> SetAside:
    return SetAside(entry.source.where, "\n".join(part for part in (entry.when.as_written, entry.text) if part), reason)
