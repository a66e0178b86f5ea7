"""A table of a PDF page that no lines are drawn round: its columns are told by where words begin, its rows by the dates in one of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from extractors.date_boxes import holds_date
from extractors.model import Box, Row
from extractors.pdf_text import Word, grouped, is_wide_gap, text_of

_SNAP = 4.0
_FEWEST_DATED = 2
_LEAST_SHARE = 0.3
_NEAR = 0.8  # of a line's height: what stands closer goes on from the line above

Segment = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Unruled:
    """The rows of such a table, where its first line begins (in points from the top), the words that it takes, and where its columns begin.

    `goes_on` says that its first row has no date and may go on from the page before.
    """

    rows: tuple[Row, ...]
    top: float
    words: frozenset[Word]
    lefts: tuple[float, ...]
    when: int
    goes_on: bool = False


def unruled(words: Sequence[Word], before: Unruled | None = None) -> Unruled | None:
    """The table that the words make; None where they are running text, or where a line between its rows stands in no column of it.

    `before` is the table that the page before ended with: this one may go on in its columns, with fewer dates or none.
    """
    lines = [_segments(line) for line in grouped(words)]
    dates = Counter(round(each[0].left) for line in lines if len(line) > 1 for each in line if _is_date(each)).most_common(1)
    at = dates[0][0] if dates else 0
    dated = [index for index, line in enumerate(lines) if len(line) > 1 and any(_is_date(each) and _at(each, at) for each in line)]
    if before and not dated:
        return _only_going_on(lines, before)
    lefts = _lefts([lines[index] for index in dated], before.lefts if before else ())
    if len(lefts) < 2 or len(dated) < (1 if before else _FEWEST_DATED):
        return None
    when = _of(at, lefts)
    first = dated[0]
    if first and len(lines[first - 1]) > 1 and _fits(lines[first - 1], lefts) and _column(lines[first - 1][0], lefts) == when:
        first -= 1
    starts = [*([first] if first < dated[0] else []), *dated]
    goes_on = False
    while before and first and _fits(lines[first - 1], lefts) and not any(_column(each, lefts) == when for each in lines[first - 1]):
        first, goes_on = first - 1, True
    last = _last(lines, dated, lefts)
    if last is None:
        return None
    starts = [first, *starts] if goes_on else starts
    taken = [word for line in lines[first : last + 1] for each in line for word in each]
    edges = _edges(taken, lefts)
    rows = [_row(number, lines[start:end], lefts, edges) for number, (start, end) in enumerate(pairwise([*starts, last + 1]), start=1)]
    return Unruled(tuple(rows), lines[first][0][0].top, frozenset(taken), lefts, when, goes_on)


def _only_going_on(lines: Sequence[tuple[Segment, ...]], before: Unruled) -> Unruled | None:
    """A page that holds no more than the rest of the last row of the page before, in its first lines."""
    own = list(takewhile(lambda line: _fits(line, before.lefts) and _column(line[0], before.lefts) != before.when, lines))
    if not own:
        return None
    taken = [word for line in own for each in line for word in each]
    edges = _edges(taken, before.lefts)
    return replace(before, rows=(_row(1, own, before.lefts, edges),), top=own[0][0][0].top, words=frozenset(taken), goes_on=True)


def _edges(words: Sequence[Word], lefts: Sequence[float]) -> list[float]:
    """How far to the right each column's words reach."""
    return [max((word.right for word in words if _of(word.left, lefts) == column), default=0.0) for column in range(len(lefts))]


def _row(number: int, lines: Sequence[tuple[Segment, ...]], lefts: Sequence[float], edges: Sequence[float]) -> Row:
    own = [word for line in lines for each in line for word in each]
    boxes = [[word for word in own if _of(word.left, lefts) == column] for column in range(len(lefts))]
    return Row(number, tuple(Box(text_of(box, (lefts[column], 0.0, edges[column], 0.0))) for column, box in enumerate(boxes)))


def _segments(line: Sequence[Word]) -> tuple[Segment, ...]:
    found: list[list[Word]] = []
    for word in line:
        if found and not is_wide_gap(found[-1][-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return tuple(map(tuple, found))


def _is_date(segment: Segment) -> bool:
    return holds_date(Box(" ".join(word.text for word in segment)))


def _at(segment: Segment, left: float) -> bool:
    return abs(segment[0].left - left) <= _SNAP


def _lefts(lines: Sequence[tuple[Segment, ...]], before: Sequence[float]) -> tuple[float, ...]:
    """Where the columns begin: places at which text begins in several of the dated lines, or the columns of the page before."""
    counts = Counter(round(each[0].left) for line in lines for each in line)
    often = sorted(left for left, count in counts.items() if count >= max(_FEWEST_DATED, _LEAST_SHARE * len(lines)))
    apart = [float(left) for index, left in enumerate(often) if not index or left - often[index - 1] > _SNAP]
    is_same = bool(before) and all(any(abs(left - other) <= _SNAP for other in before) for left in apart)
    return tuple(before) if is_same else tuple(apart)


def _fits(line: Sequence[Segment], lefts: Sequence[float]) -> bool:
    return all(_column(each, lefts) is not None for each in line)


def _column(segment: Segment, lefts: Sequence[float]) -> int | None:
    """The column that a segment begins in and does not reach out of; None where it is no part of one."""
    column = next((index for index, left in enumerate(lefts) if _at(segment, left)), None)
    if column is None:
        return None
    return column if column + 1 == len(lefts) or segment[-1].right < lefts[column + 1] else None


def _of(left: float, lefts: Sequence[float]) -> int:
    return max((index for index, each in enumerate(lefts) if each <= left + _SNAP), default=0)


def _last(lines: Sequence[tuple[Segment, ...]], dated: Sequence[int], lefts: Sequence[float]) -> int | None:
    """The last line of the table: None where one between the dated lines, or close below the last, stands in no column."""
    for index in range(dated[0] + 1, len(lines)):
        line, above = lines[index], lines[index - 1]
        is_near = line[0][0].top - above[0][0].bottom <= _NEAR * (line[0][0].bottom - line[0][0].top)
        if index > dated[-1] and not is_near:
            return index - 1
        if index not in dated and (_column(line[0], lefts) is None or any(_crosses(each, lefts) for each in line)):
            return None
    return len(lines) - 1


def _crosses(segment: Segment, lefts: Sequence[float]) -> bool:
    return any(segment[0].left < left - _SNAP and segment[-1].right > left + _SNAP for left in lefts)
