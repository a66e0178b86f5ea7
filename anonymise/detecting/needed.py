"""What a text cannot be without if a pattern stands in it: a quick look at its words, where a search would find nothing.

It is worked out from the pattern's own expression. What is not understood there needs nothing: such a pattern is looked for in every text.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, batched, groupby
from operator import or_

import regex  # type: ignore[import-untyped, unused-ignore]

from anonymise.detecting.expressions import EDGE, Beside, Either, Part, Place, Row, Some, Times, UnreadableError, parts_of

# a run of letters, digits and underscores, or one character of another sort: what no need goes beyond
_PIECES = regex.compile(r"\w+|\W")
_BATCH = 256
_LONGEST_LOOK_SECONDS = 5
# how rare a mark is in texts, in the letters of a word; white space stands in every text
_RARITY_OF_A_MARK = 3


@dataclass(frozen=True, slots=True)
class Need:
    """An expression that must be met within one piece of a text, and how rarely it is: by the letters that it takes at least."""

    source: str
    rarity: int


class Needed:
    """What some patterns need, asked of texts."""

    def __init__(self, expressions: Sequence[str]) -> None:
        """Work it out of each pattern's expression; patterns are known by their numbers in this order."""
        ways = [(number, _sources(way)) for number, each in enumerate(expressions) for way in _ways(each)]
        needs = sorted(set().union(*(way for _, way in ways)))
        bit = {need: 1 << place for place, need in enumerate(needs)}
        self._shapes = [(regex.compile(need), bit[need]) for need in needs]
        self._ways = [(number, sum(bit[need] for need in way)) for number, way in ways]

    def in_each(self, texts: Sequence[str]) -> Iterator[set[int]]:
        """For each text the patterns that may stand in it; none of the others does. A word is looked at once for all texts."""
        met: dict[str, int] = {}
        for batch in batched(texts, _BATCH):
            pieces = [set(_PIECES.findall(text)) for text in batch]
            met |= self._met_by(list(set().union(*pieces).difference(met)))
            for each in pieces:
                met_here = reduce(or_, map(met.__getitem__, each), 0)
                yield {number for number, way in self._ways if met_here & way == way}

    def _met_by(self, pieces: Sequence[str]) -> dict[str, int]:
        """The needs that each piece meets, as bits: all pieces in one go, between line ends, which no need goes beyond."""
        starts = list(accumulate((len(each) + 1 for each in pieces), initial=0))
        together = "\n".join(pieces)
        met = [0] * len(pieces)
        for shape, bit in self._shapes:
            try:
                for match in shape.finditer(together, timeout=_LONGEST_LOOK_SECONDS):
                    met[bisect(starts, match.start()) - 1] |= bit
            except TimeoutError:  # the pattern is looked for in all these texts, which says by its name that it is slow, if it is
                met = [each | bit for each in met]
        return dict(zip(pieces, met, strict=True))


def _sources(needs: Sequence[Need]) -> frozenset[str]:
    return frozenset(need.source for need in needs)


def _ways(expression: str) -> list[list[Need]]:
    """The needs of each branch of an expression: where it stands, all those of one branch are met."""
    try:
        whole = parts_of(expression)
    except UnreadableError:
        return [[]]
    return [_needs(each) for each in (whole.branches if isinstance(whole, Either) else (whole,))]


def _needs(part: Part) -> list[Need]:
    """What must each be met within one piece of a text in which this part stands."""
    match part:
        case Some(source, True, length):
            return [Need(source, length)]
        case Some(source, False) if _is_rare(source):
            return [Need(source, _RARITY_OF_A_MARK)]
        case Beside(what):
            return _needs(what)
        case Times(what, least, _):
            return _needs(what) if least else []
        case Either(branches):
            rarest = [max(needs, key=lambda need: need.rarity) for each in branches if (needs := _needs(each))]
            one_of = Need("|".join(dict.fromkeys(need.source for need in rarest)), min((need.rarity for need in rarest), default=0))
            return [one_of] if len(rarest) == len(branches) else []
        case Row(parts):
            return _needs_of_row(parts)
    return []


def _is_rare(mark: str) -> bool:
    return not regex.search(mark, " \n\t\xa0")


def _needs_of_row(parts: Sequence[Part]) -> list[Need]:
    """The needs of parts that stand one behind the other: each run of those that take letters and digits alone is one."""
    needs: list[Need] = []
    for in_word, group in groupby(_with_edges(parts), key=lambda part: _in_word(part) is not None):
        run = Row(tuple(group))
        least = _least(run)
        if in_word and least:
            needs.append(Need(_in_word(run) or "", least))
        for each in run.parts:
            if not in_word or isinstance(each, Beside):
                needs += _needs(each)
    return needs


def _with_edges(parts: Sequence[Part]) -> Iterator[Part]:
    """A row with an edge of a word wherever letters, if any stand there, meet a mark; branches take the edges around them into each."""
    row = [each for part in parts for each in (EDGE,) * _meets_a_mark(part, 0) + (part,) + (EDGE,) * _meets_a_mark(part, -1)]
    for before, part, after in zip([Place(), *row], row, [*row[1:], Place()], strict=False):
        if isinstance(part, Either):
            edges = [EDGE if each == EDGE else Place() for each in (before, after)]
            yield Either(tuple(Row((edges[0], each, edges[1])) for each in part.branches))
        else:
            yield part


def _meets_a_mark(part: Part, end: int) -> bool:
    """Whether a part begins (0) or ends (-1) with a mark wherever it stands."""
    match part:
        case Some(_, in_word):
            return in_word is False
        case Times(what, least, _):
            return least > 0 and _meets_a_mark(what, end)
        case Either(branches):
            return all(_meets_a_mark(each, end) for each in branches)
        case Row(parts):
            wide = [each for each in parts if not isinstance(each, Place | Beside)]
            return bool(wide) and _meets_a_mark(wide[end], end)
    return False


def _in_word(part: Part) -> str | None:
    """The expression of a part that takes letters, digits and underscores alone, without what must stand beside it; None for any other."""
    match part:
        case Some(source, in_word):
            return source if in_word else None
        case Place(source):
            return source
        case Times(what, least, most):
            inner = _in_word(what)
            return None if inner is None else f"(?:{inner}){{{least},{most}}}"
        case Either(parts) | Row(parts):
            inners = [_in_word(each) for each in parts]
            joined = [each for each in inners if each is not None]
            if len(joined) < len(inners):
                return None
            return "".join(joined) if isinstance(part, Row) else f"(?:{'|'.join(joined)})"
    return ""


def _least(part: Part) -> int:
    """How many characters a part takes at least."""
    match part:
        case Some(_, _, length):
            return length
        case Times(what, least, _):
            return least * _least(what)
        case Either(branches):
            return min(map(_least, branches))
        case Row(parts):
            return sum(map(_least, parts))
    return 0
