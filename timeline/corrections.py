"""What becomes of the returns of one agency that hold each other's rows: copies, corrected returns, and those that a person must settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

from timeline.corresponding import Correspondence, Row, correspond, words_of
from timeline.dates import UNKNOWN
from timeline.events import Entry
from timeline.extraction import Difference, Extraction, SetAside
from timeline.return_names import later_by_name

# the share of a return's rows that must stand in another for the two to be versions of one return
_MOST = 0.6


def settle(returns: Sequence[Extraction], keep: AbstractSet[str] = frozenset()) -> list[Extraction]:
    """The returns in the order given, each row of them an event in one return alone.

    `keep` are paths of files that a person said stand on their own: they are read in full, and replace nothing. Between the others of one agency:

    - all rows the same: one is set aside as a copy, the one that holds less beside its rows, or the later by path;
    - most rows of the earlier one there again: the later one replaces it, and rows that it no longer has are left for a person;
    - most rows of the later one there already, but few of the earlier: it replaces the rows that it matches, and a person is asked;
    - most rows alike and nothing tells which is later: rows that are the same are read once, those that differ stand from both, and a person is asked.

    Which is later is told by their names (`later_by_name`), or by one holding every row of the other and more.
    """
    by_agency: defaultdict[str, list[_Draft]] = defaultdict(list)
    drafts = [_Draft(each) for each in returns]
    for draft in drafts:
        read = draft.read
        if read.status == "read" and read.source.path not in keep and not read.differences and not read.problems:
            by_agency[read.source.agency].append(draft)
    for own in by_agency.values():
        _settle_agency(own)
    return [draft.finished() for draft in drafts]


@dataclass(slots=True)
class _Draft:
    """A return while it is settled what becomes of its rows; entries go by their number in it."""

    read: Extraction
    replaced_by: "_Draft | None" = None
    copy_of: "_Draft | None" = None
    asked: set[int] = field(default_factory=set)  # entries that no return has any more
    aside: dict[int, str] = field(default_factory=dict)  # entry -> why it is no event
    doubts: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.read.source.label

    @property
    def size(self) -> int:
        return len(self.read.entries)

    def entries(self, numbers: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(self.read.entries[number] for number in numbers)

    def rows(self) -> list[Row]:
        return [_row(entry) for entry in self.read.entries]

    def richest_first(self) -> tuple[int, str]:
        """What stands beside the rows would be lost with a copy, so the file that has more of it comes first; then by path."""
        read = self.read
        beside = len(read.analyses) + len(read.unread) + len(read.marked) + sum(len(entry.marked) for entry in read.entries)
        return -beside, read.source.path

    def finished(self) -> Extraction:
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


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions of one return: what the later one is to the earlier, and how their rows correspond."""

    kind: Literal["whole", "part", "open"]
    earlier: _Draft
    later: _Draft
    rows: Correspondence

    def difference(self) -> Difference:
        rows, earlier, later = self.rows, self.earlier, self.later
        return Difference(
            earlier=earlier.read.source,
            later=later.read.source,
            kind=self.kind,
            same=len(rows.same),
            changed=tuple((earlier.read.entries[i], later.read.entries[j]) for i, j in rows.changed),
            added=later.entries(rows.only_other),
            gone=() if self.kind == "part" else earlier.entries(rows.only_one),
        )


def _settle_agency(drafts: list[_Draft]) -> None:
    _find_copies(drafts)
    left = sorted((draft for draft in drafts if not draft.copy_of and draft.read.entries), key=_Draft.richest_first)
    pairs = [pair for one, other in combinations(left, 2) if (pair := _pair(one, other))]
    for pair in pairs:
        if pair.kind == "whole" and not _leads_to(pair.later, pair.earlier):
            _replace_whole(pair)
    for pair in pairs:
        if pair.earlier.replaced_by or pair.later.replaced_by:
            continue
        if pair.kind == "part":
            _replace_part(pair)
        elif pair.kind == "open":
            _leave_open(pair)
    _ask_for_gone(left, {(pair.earlier.label, pair.later.label): pair for pair in pairs})


def _find_copies(drafts: list[_Draft]) -> None:
    first: dict[object, _Draft] = {}
    for draft in sorted(drafts, key=_Draft.richest_first):
        rows = tuple(sorted(str(_compared(entry)) for entry in draft.read.entries))
        for told_by in filter(None, (rows, draft.read.source.sha256)):
            kept = first.setdefault(told_by, draft)
            if kept is not draft:
                draft.copy_of = kept
                break


def _compared(entry: Entry) -> Row:
    row = _row(entry)
    return row._replace(text=words_of(row.text))


def _row(entry: Entry) -> Row:
    """What the row is compared by; a date that could not be read is what was written."""
    date = f"{UNKNOWN} {words_of(entry.when.as_written)}".strip() if entry.when.edtf == UNKNOWN else entry.when.edtf
    return Row(date, entry.time, entry.text)


def _pair(one: _Draft, other: _Draft) -> _Pair | None:
    """What two returns are to each other; None where they are different chronologies."""
    sign = later_by_name(one.read.source.path, other.read.source.path)
    earlier, later = (other, one) if sign > 0 else (one, other)
    rows = correspond(earlier.rows(), later.rows())
    if sign:
        if rows.alike >= _MOST * earlier.size:
            return _Pair("whole", earlier, later, rows)
        return _Pair("part", earlier, later, rows) if rows.alike >= _MOST * later.size else None
    if not rows.changed and not rows.only_one:
        return _Pair("whole", earlier, later, rows)
    if not rows.changed and not rows.only_other:
        return _Pair("whole", later, earlier, rows.turned())
    return _Pair("open", earlier, later, rows) if rows.alike >= _MOST * min(earlier.size, later.size) else None


def _leads_to(draft: _Draft, end: _Draft) -> bool:
    """Whether the return, or what replaces it, and so on, is replaced by the other: then the other cannot be replaced by it."""
    while draft is not end and draft.replaced_by:
        draft = draft.replaced_by
    return draft is end


def _replace_whole(pair: _Pair) -> None:
    """Of several later returns the last one counts."""
    before = pair.earlier.replaced_by
    if before and (before is pair.later or later_by_name(pair.later.read.source.path, before.read.source.path) <= 0):
        return
    pair.earlier.replaced_by = pair.later
    pair.earlier.differences = [pair.difference()]


def _ask_for_gone(drafts: list[_Draft], pairs: Mapping[tuple[str, str], _Pair]) -> None:
    """A row that a corrected return no longer has is asked about once, and only where no other return of the agency has it."""
    there = Counter(
        _compared(entry)
        for draft in drafts
        if not draft.replaced_by
        for number, entry in enumerate(draft.read.entries)
        if number not in draft.aside
    )
    for draft in sorted(drafts, key=lambda draft: draft.read.source.path, reverse=True):
        if draft.replaced_by:
            compared = [_compared(entry) for entry in draft.read.entries]
            own = Counter(compared)
            for number in pairs[draft.label, draft.replaced_by.label].rows.only_one:
                if own[compared[number]] > there[compared[number]]:
                    draft.asked.add(number)
                    there[compared[number]] += 1


def _replace_part(pair: _Pair) -> None:
    earlier, later = pair.earlier, pair.later
    for i, j in (*pair.rows.same, *pair.rows.changed):
        if i not in earlier.aside and j not in later.aside:
            earlier.aside[i] = f"replaced by a row of the later return {later.label}"
    earlier.differences.append(pair.difference())
    what = f"{pair.rows.alike} of the {earlier.size} rows of {earlier.label}"
    ask = "ask the agency whether the others still hold, or were meant to be withdrawn"
    earlier.problems.append(f"the later return {later.label} holds only {what} and replaces these alone; the others still stand: {ask}")
    later.problems.append(f"it holds only {what} and replaces these alone; the others of {earlier.label} still stand: {ask}")


def _leave_open(pair: _Pair) -> None:
    one, other = pair.earlier, pair.later
    for i, j in pair.rows.same:
        if i not in one.aside and j not in other.aside:
            other.aside[j] = f"the same row stands in {one.label}, and was read from there"
    for draft, beside, changed, alone in (
        (one, other, [i for i, _ in pair.rows.changed], pair.rows.only_one),
        (other, one, [j for _, j in pair.rows.changed], pair.rows.only_other),
    ):
        nearly = f"{beside.label} is nearly the same return and"
        for number in changed:
            draft.doubts[number].append(f"{nearly} says this otherwise: which of the two counts?")
        if pair.rows.alike >= _MOST * max(one.size, other.size):
            for number in alone:
                draft.doubts[number].append(f"{nearly} does not have this row: which of the two counts?")
        draft.problems.append(
            f"{nearly} nothing tells which is the later: rows that are the same were read once, and those that differ stand from both; "
            "ask the agency which one counts, and name that one v2 or FINAL"
        )
    other.differences.append(pair.difference())


def _copied(copy: Extraction, kept: Extraction) -> Extraction:
    """The copy set aside; an unread row and prose that the other does not have stay."""
    same = "the same file as" if copy.source.sha256 == kept.source.sha256 else "it holds the same rows as"
    reason = f"{same} {kept.source.label}, which was read"
    known = {words_of(row.text) for row in (*kept.entries, *kept.unread, *kept.ignored)}
    unread = tuple(row for row in copy.unread if words_of(row.text) not in known)
    rows = (*(_set_aside(entry, reason) for entry in copy.entries), *(replace(row, reason=reason) for row in copy.unread if row not in unread))
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
