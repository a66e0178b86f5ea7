"""What becomes of the returns of one agency that hold each other's rows: copies, corrected returns, and those that a person must settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from timeline.corresponding import Correspondence, correspond
from timeline.extraction import Difference, Extraction
from timeline.return_drafts import Draft
from timeline.return_names import later_by_name, original_first

# the share of a return's rows that must stand in another for the two to be versions of one return
_MOST = 0.6


def settle(returns: Sequence[Extraction], keep: AbstractSet[str] = frozenset()) -> list[Extraction]:
    """The returns in the order given, each row of them an event in one return alone.

    `keep` are paths of files that a person said stand on their own: they are read in full, and replace nothing. Between the others of one agency:

    - all rows the same: one is set aside as a copy, the one that holds less beside its rows, or the later by path;
    - most rows of the earlier one there again: the later one replaces it, and rows that it no longer has are left for a person;
    - most rows of the later one there already, but few of the earlier: it replaces the rows that it matches, and a person is asked;
    - most rows alike and nothing tells which is later: the same rows are read once, those that differ stand from both, and a person is asked.

    Which is later is told by their names (`later_by_name`), or by one holding every row of the other and more.
    """
    by_agency: defaultdict[str, list[Draft]] = defaultdict(list)
    drafts = [Draft(read=each) for each in returns]
    for draft in drafts:
        read = draft.read
        if read.status == "read" and read.source.path not in keep and not read.differences and not read.problems:
            by_agency[read.source.agency].append(draft)
    for own in by_agency.values():
        if len(own) > 1:
            _settle_agency(own)
    return [draft.finished() for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions of one return: what the later one is to the earlier, and how their rows correspond."""

    kind: Literal["whole", "part", "open"]
    earlier: Draft
    later: Draft
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


def _settle_agency(drafts: list[Draft]) -> None:
    _find_copies(drafts)
    left = sorted((draft for draft in drafts if not draft.copy_of and draft.read.entries), key=Draft.richest_first)
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


def _find_copies(drafts: Iterable[Draft]) -> None:
    groups: defaultdict[object, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=Draft.richest_first):
        groups[tuple(sorted(map(str, draft.compared))) or draft.read.source.sha256].append(draft)
    for group in groups.values():
        kept = group[0]
        for draft in group[1:]:
            kept = (
                draft
                if _is_later(draft, kept) and original_first(draft.read.source.path)[:2] <= original_first(kept.read.source.path)[:2]
                else kept
            )
        for draft in group:
            draft.copy_of = kept if draft is not kept else None


def _is_later(one: Draft, other: Draft) -> bool:
    return later_by_name(one.read.source.path, other.read.source.path) > 0


def _pair(one: Draft, other: Draft) -> _Pair | None:
    """What two returns are to each other; None where they are different chronologies."""
    sign = later_by_name(one.read.source.path, other.read.source.path)
    earlier, later = (other, one) if sign > 0 else (one, other)
    rows = correspond(earlier.rows, later.rows)
    if sign:
        if rows.alike >= _MOST * earlier.size:
            return _Pair("whole", earlier, later, rows)
        return _Pair("part", earlier, later, rows) if rows.alike >= _MOST * later.size else None
    if not rows.changed and not rows.only_one:
        return _Pair("whole", earlier, later, rows)
    if not rows.changed and not rows.only_other:
        return _Pair("whole", later, earlier, rows.turned())
    return _Pair("open", earlier, later, rows) if rows.alike >= _MOST * min(earlier.size, later.size) else None


def _leads_to(draft: Draft, end: Draft) -> bool:
    """Whether the return, or what replaces it, and so on, is replaced by the other: then the other cannot be replaced by it."""
    while draft is not end and draft.replaced_by:
        draft = draft.replaced_by
    return draft is end


def _replace_whole(pair: _Pair) -> None:
    """Of several later returns the last one counts."""
    before = pair.earlier.replaced_by
    if before and not _is_later(pair.later, before):
        return
    pair.earlier.replaced_by = pair.later
    pair.earlier.differences = [pair.difference()]


def _ask_for_gone(drafts: list[Draft], pairs: Mapping[tuple[str, str], _Pair]) -> None:
    """A row that a corrected return no longer has is asked about once, and only where no other return of the agency has it."""
    there = Counter(
        row for draft in drafts if not draft.replaced_by for number, row in enumerate(draft.compared) if number not in draft.aside
    )
    for draft in sorted(drafts, key=lambda draft: draft.read.source.path, reverse=True):
        if draft.replaced_by:
            own = Counter(draft.compared)
            for number in pairs[draft.label, draft.replaced_by.label].rows.only_one:
                row = draft.compared[number]
                if own[row] > there[row]:
                    draft.asked.add(number)
                    there[row] += 1


def _replace_part(pair: _Pair) -> None:
    earlier, later = pair.earlier, pair.later
    for i, j in (*pair.rows.same, *pair.rows.changed):
        if j not in later.aside:
            _inherit(earlier, i, later, j)
    earlier.differences.append(pair.difference())
    what = f"{pair.rows.alike} of the {earlier.size} rows"
    ask = "ask the agency whether the others still hold, or were meant to be withdrawn"
    earlier.problems.append(
        f"the later return {later.label} holds only {what} of this one and replaces these alone; the others still stand: {ask}"
    )
    later.problems.append(f"it holds only {what} of {earlier.label} and replaces these alone; the others there still stand: {ask}")


def _inherit(earlier: Draft, i: int, later: Draft, j: int) -> None:
    """The later return's row takes the place of the earlier one's; of two that do, the last counts, or a person is asked."""
    other, other_row = earlier.heirs.get(i, (None, 0))
    if other is None:
        if i not in earlier.aside:
            earlier.aside[i] = f"replaced by a row of the later return {later.label}"
            earlier.heirs[i] = later, j
    elif other_row in other.aside:
        earlier.heirs[i] = later, j
    elif _is_later(later, other):
        other.aside[other_row] = f"replaced by a row of the later return {later.label}"
        earlier.heirs[i] = later, j
    elif _is_later(other, later):
        later.aside[j] = f"replaced by a row of the later return {other.label}"
    else:
        later.doubts[j].append(f"{other.label} corrects the same row of {earlier.label}: which of the two counts?")
        other.doubts[other_row].append(f"{later.label} corrects the same row of {earlier.label}: which of the two counts?")


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
