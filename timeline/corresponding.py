"""How the rows of two returns correspond: which say the same, which say it otherwise, and which stand in one of them alone.

Merging, the difference that is shown of two returns, and the inheriting of ids all go by this.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from timeline.exchange import Exchange

# how alike two rows must be to be one row changed (0 to 100): of one date, and of two dates (the date itself was changed)
_ALIKE = 75
_ALIKE_ELSEWHEN = 92
_SAME_DAY = 10  # what one date weighs when the likest are paired first
_WITH_MORE = 99  # every cell of the one stands in the other: a column was added
_TELLING_WORDS = 4  # fewer words than these that stand in another row say nothing of it
# so many rows of one date are compared one by one; where there are more, and for other dates, only rows that share a run of words are
_FEW = 40
_RUN_WORDS = 4
_COMMON_RUN = 20
_LIKELIEST = 5
_NUMBER = re.compile(r"\d+")
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": "", "\ufeff": ""}
)
_EXCHANGE = Exchange(_SIGNS)


class Row(NamedTuple):
    """What tells a row from another: its date as EDTF, its time (`HH:MM` or None), and its text, a cell a line."""

    date: str
    time: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Rows by their number in each sequence, from 0: pairs that are the same, pairs of which one is the other changed, and the rest of each."""

    same: tuple[tuple[int, int], ...]
    changed: tuple[tuple[int, int], ...]
    only_one: tuple[int, ...]
    only_other: tuple[int, ...]

    @property
    def alike(self) -> int:
        """How many rows of the one stand in the other, the same or changed."""
        return len(self.same) + len(self.changed)

    def turned(self) -> "Correspondence":
        """The same, seen from the other side."""
        same, changed = (tuple(sorted((other, one) for one, other in pairs)) for pairs in (self.same, self.changed))
        return Correspondence(same, changed, self.only_other, self.only_one)


def words_of(text: str) -> str:
    """The text as rows are compared by it: in small letters, one blank between words, quotes and dashes of one kind."""
    return " ".join(_EXCHANGE.in_text(unicodedata.normalize("NFKC", text)).casefold().split())


def correspond(one: Sequence[Row], other: Sequence[Row]) -> Correspondence:
    """Which row of the one is which of the other, one to one: rows that say the same first, then the likest.

    Rows are the same where date, time and words are. A row was changed where its words, or all its cells with further ones beside them, are
    much alike under its date, or nearly the same, every number too, under another. The time that it takes grows with the rows, not with their square.
    """
    if not one or not other:
        return Correspondence((), (), tuple(range(len(one))), tuple(range(len(other))))
    mine, theirs = [_told(row) for row in one], [_told(row) for row in other]
    same = _paired(((row.date, row.time, row.words) for row in mine), ((row.date, row.time, row.words) for row in theirs))
    left, right = _rest(mine, (i for i, _ in same)), _rest(theirs, (j for _, j in same))
    changed = _likest(mine, theirs, left, right)
    left, right = _without(left, (i for i, _ in changed)), _without(right, (j for _, j in changed))
    moved = _paired((mine[i].words for i in left), (theirs[j].words for j in right))  # the same words under another date
    changed += [(left[i], right[j]) for i, j in moved]
    left, right = _without(left, (i for i, _ in changed)), _without(right, (j for _, j in changed))
    return Correspondence(tuple(sorted(same)), tuple(sorted(changed)), tuple(left), tuple(right))


class _Told(NamedTuple):
    date: str
    time: str | None
    words: str
    cells: frozenset[str]
    number_of_words: int


def _told(row: Row) -> _Told:
    words = words_of(row.text)
    cells = frozenset(cell for line in row.text.split("\n") if (cell := words_of(line)))
    return _Told(row.date, row.time, words, cells, words.count(" ") + 1)


def _paired(mine: Iterable[object], theirs: Iterable[object]) -> list[tuple[int, int]]:
    """Equal ones, in order, one to one."""
    waiting: defaultdict[object, list[int]] = defaultdict(list)
    for number, each in enumerate(theirs):
        waiting[each].append(number)
    taken: Counter[object] = Counter()
    pairs = []
    for number, each in enumerate(mine):
        if taken[each] < len(waiting.get(each, ())):
            pairs.append((number, waiting[each][taken[each]]))
            taken[each] += 1
    return pairs


def _rest(rows: Sequence[object], taken: Iterable[int]) -> list[int]:
    return _without(list(range(len(rows))), taken)


def _without(numbers: list[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [number for number in numbers if number not in gone]


def _likest(mine: Sequence[_Told], theirs: Sequence[_Told], left: list[int], right: list[int]) -> list[tuple[int, int]]:
    scored = sorted((-score, i, j) for i, j in _candidates(mine, theirs, left, right) if (score := _score(mine[i], theirs[j])))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((i, j))
    return pairs


def _candidates(mine: Sequence[_Told], theirs: Sequence[_Told], left: list[int], right: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: rows of one date where these are few, and rows that share the most of the less common runs of words."""
    if not left:
        return
    by_date: defaultdict[str, list[int]] = defaultdict(list)
    by_run: defaultdict[str, list[int]] = defaultdict(list)
    for j in right:
        by_date[theirs[j].date].append(j)
        for run in _runs(theirs[j].words):
            by_run[run].append(j)
    for i in left:
        of_the_day = by_date.get(mine[i].date, ())
        found = dict.fromkeys(of_the_day if len(of_the_day) <= _FEW else ())
        shared: Counter[int] = Counter()
        for run in _runs(mine[i].words):
            if len(rows := by_run.get(run, ())) <= _COMMON_RUN:
                shared.update(rows)
        found |= dict.fromkeys(j for j, _ in shared.most_common(_LIKELIEST))
        yield from ((i, j) for j in found)


def _runs(words: str) -> Iterable[str]:
    split = words.split()
    return dict.fromkeys(" ".join(split[start : start + _RUN_WORDS]) for start in range(max(1, len(split) - _RUN_WORDS + 1)))


def _score(one: _Told, other: _Told) -> float:
    """How alike two rows are, 0 where they are not alike enough to be one."""
    if one.date != other.date:
        if _NUMBER.findall(one.words) != _NUMBER.findall(other.words):
            return 0.0  # "dose 2 given" a month later is no correction of "dose 1 given"
        return fuzz.ratio(one.words, other.words, score_cutoff=_ALIKE_ELSEWHEN)
    likeness = fuzz.ratio(one.words, other.words, score_cutoff=_ALIKE)
    if likeness < _WITH_MORE and one.cells and other.cells and (one.cells <= other.cells or other.cells <= one.cells):
        likeness = _WITH_MORE
    if not likeness and min(one.number_of_words, other.number_of_words) >= _TELLING_WORDS:
        likeness = fuzz.token_set_ratio(one.words, other.words, score_cutoff=_ALIKE)
    return likeness + _SAME_DAY if likeness else 0.0
