"""Each changed, hidden or struck span found again in the text of its event, after rows were cut, joined and put in order.

A span knows the cell or paragraph that it was met in. In an event's text it is looked for where everything around it agrees with that, as far
as the cell was taken over; a place that is a guess is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.marks import ROW_DELETED
from extractors.model import Mark
from timeline.events import Entry
from timeline.extraction import SetAside
from timeline.marked import KEPT, MarkedSpan

_MOST_TRIED = 200
_BEFORE = 60


@dataclass(slots=True)
class Met:
    """The spans of one file as they were met, each with its place, and the places of paragraphs that go on with the entry of another."""

    spans: list[tuple[str, Mark]] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)


def place(entries: Sequence[Entry], ignored: Iterable[SetAside], met: Met) -> tuple[tuple[Entry, ...], tuple[MarkedSpan, ...]]:
    """The entries with their marked spans, and the spans that belong to none."""
    gone = {row.where: row.text for row in ignored if row.reason == ROW_DELETED}
    if not met.spans and not gone:
        return tuple(entries), ()
    at: defaultdict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        at[entry.source.where].append(index)
    own: defaultdict[int, list[MarkedSpan]] = defaultdict(list)
    rest: list[MarkedSpan] = []
    for where, marks in _by_place(met.spans, gone).items():
        candidates = {index: entries[index] for index in at[where] or at[met.joined.get(where, where)]}
        for belongs_to, span in _spans(where, marks, candidates, gone.get(where, "")):
            (rest if belongs_to is None else own[belongs_to]).append(span)
    return tuple(replace(entry, marked=tuple(own[index])) if index in own else entry for index, entry in enumerate(entries)), tuple(rest)


def _by_place(spans: Sequence[tuple[str, Mark]], gone: Mapping[str, str]) -> dict[str, list[Mark]]:
    """The spans of each place in their order, those that stand side by side as one; a deleted row stands here even if no span does."""
    found: dict[str, list[Mark]] = {}
    for where, mark in spans:
        marks = found.setdefault(where, [])
        if marks and (joined := _joined(marks[-1], mark)):
            marks[-1] = joined
        else:
            marks.append(mark)
    return found | {where: [] for where in gone if where not in found}


def _joined(one: Mark, other: Mark) -> Mark | None:
    if not one.within or (one.kind, one.within, one.again, one.end) != (other.kind, other.within, other.again, other.start):
        return None
    return replace(one, words=one.words + other.words, end=other.end)


def _spans(where: str, marks: Sequence[Mark], entries: Mapping[int, Entry], gone: str) -> Iterator[tuple[int | None, MarkedSpan]]:
    """(which entry, or None, and the span) for everything that was met in one place."""
    inserted = [mark for mark in marks if mark.of_row and mark.kind in KEPT]
    deleted = [mark for mark in marks if mark.of_row and mark.kind not in KEPT]
    if gone or (deleted and not entries):
        words = "\n".join(filter(None, (gone, *(mark.words.strip() for mark in deleted))))
        yield None, MarkedSpan(kind="deleted", words=words, where=where, whole_row=True)
    elif deleted:
        yield from _each(where, deleted, entries)
    if inserted and entries:
        for index, entry in entries.items():
            text = entry.text
            yield index, MarkedSpan(kind="inserted", words=text, where=where, start=0, end=len(text), whole_row=True)
    elif inserted:
        words = "\n".join(mark.words.strip() for mark in inserted)
        yield None, MarkedSpan(kind="inserted", words=words, where=where, whole_row=True)
    yield from _each(where, [mark for mark in marks if not mark.of_row], entries)


def _each(where: str, marks: Sequence[Mark], entries: Mapping[int, Entry]) -> Iterator[tuple[int | None, MarkedSpan]]:
    for mark in marks:
        words = mark.words.strip()
        if not words:
            continue
        span = MarkedSpan(kind=mark.kind, words=words, where=where, before=_before(mark))
        places = [(index, found) for index, entry in entries.items() if (found := _found(mark, entry))]
        whole = [(index, found) for index, found in places if found.is_whole]
        for index, found in whole or places[:1]:
            start, end = _trimmed(entries[index].text, found.start, found.end)
            is_kept = mark.kind in KEPT and entries[index].text[start:end] == words
            yield index, replace(span, start=start, end=end) if is_kept else span
        if not places:
            yield next(iter(entries), None), span


def _before(mark: Mark) -> str:
    """The last words before the span in its cell or paragraph."""
    before = " ".join(mark.within[: mark.start].split())
    return before if len(before) <= _BEFORE else "… " + before[-_BEFORE:].partition(" ")[2]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a span stands in an entry's text, and whether the cell there says all that its own cell did."""

    start: int
    end: int
    is_whole: bool


def _found(mark: Mark, entry: Entry) -> _Found | None:
    """The span's place in the entry: in the cell that says the same as its own, else where everything round it agrees."""
    if not mark.within:
        return None
    cells = [(cell.start, entry.text[cell.start : cell.end]) for cell in entry.cells]
    same = [start for start, text in cells if text == mark.within]
    if same and mark.again >= len(same):  # its own cell, such as that of the date, stands before those
        return None
    if same:
        start = same[len(same) - 1 - mark.again]
        return _Found(start + mark.start, start + mark.end, is_whole=True)
    bare_start, bare_end = _trimmed(mark.within, mark.start, mark.end)
    bare = replace(mark, start=bare_start, end=bare_end)
    for start, text in cells:
        if (found := _agreeing(bare, text)) is not None:
            return _Found(start + found, start + found + bare_end - bare_start, is_whole=False)
    return None


def _agreeing(mark: Mark, text: str) -> int | None:
    """Where in a cell's text the span stands: on both sides they agree until the cell, or the span's own text at a line's end, is at an end."""
    words, before, after = mark.within[mark.start : mark.end], mark.within[: mark.start], mark.within[mark.end :]
    if not words:  # dropped words: what stands round their place is looked for
        return _agreeing_point(before, after, text)
    at = -1
    for _ in range(_MOST_TRIED):
        at = text.find(words, at + 1)
        if at < 0:
            return None
        if _agrees_before(before, text[:at]) and _agrees_after(after, text[at + len(words) :]):
            return at
    return None


def _agreeing_point(before: str, after: str, text: str) -> int | None:
    line_before, line_after = before.rpartition("\n")[2].lstrip(), after.partition("\n")[0].rstrip()
    for cut in range(min(len(line_before), _BEFORE), -1, -1):
        near = line_before[len(line_before) - cut :]
        if (near or line_after) and (at := text.find(near + line_after)) >= 0:
            return at + len(near)
    return None


def _agrees_before(own: str, there: str) -> bool:
    shared = _shared(own[::-1], there[::-1])
    left = there[: len(there) - shared]
    return not left or (shared == len(own) and left.endswith("\n"))


def _agrees_after(own: str, there: str) -> bool:
    shared = _shared(own, there)
    left = there[shared:]
    return not left or (shared == len(own) and left.startswith("\n"))


def _shared(one: str, other: str) -> int:
    """How many letters both begin with alike."""
    if one.startswith(other):
        return len(other)
    return next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
