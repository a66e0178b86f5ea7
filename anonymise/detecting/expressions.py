"""A pattern's expression in its parts, as far as these tell what a text must hold: no search, and no more of the dialect than patterns need."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import regex  # type: ignore[import-untyped, unused-ignore]

# what an escape stands for: a letter, digit or underscore; anything else; one or the other; a place between characters
WORD_ESCAPES, MARK_ESCAPES, EITHER_ESCAPES, PLACE_ESCAPES = "dw", "sWntrfv", "SD", "KBAZ"
LETTER_ESCAPES = (r"\p{L}", r"\p{Lu}", r"\p{Ll}")
LONGEST_RANGE = 1_000


class UnreadableError(Exception):
    """Something stands in an expression of which nothing is known here."""


@dataclass(frozen=True, slots=True)
class Some:
    """Characters, so many: `in_word` is true where all can only be letters, digits or underscores, false where none can, None else."""

    source: str
    in_word: bool | None
    length: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two characters: the edge of a word, or without a source any other, of which nothing is asked."""

    source: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What must stand before or behind a place."""

    what: "Part"


@dataclass(frozen=True, slots=True)
class Row:
    """One part behind the other."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One of several parts."""

    branches: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Times:
    """A part `least` times or more often; `most` is written as in an expression, empty where there is no bound."""

    part: "Part"
    least: int
    most: str


type Part = Some | Place | Beside | Row | Either | Times

EDGE = Place(r"\b")
_FLAGS = regex.compile(r"\(\?([im]*)(?:-([im]+))?:")
_COUNT = regex.compile(r"(?:([?*+])|\{(\d*)(,?)(\d*)\})[?+]?")
_LETTERS = regex.compile(r"\w+(?![?*+{])")
_SET = regex.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", regex.DOTALL)
_GROUP = regex.compile(r"\((?:[^()\[\\]++|\\.|" + _SET.pattern + r"|(?R))*+\)", regex.DOTALL)
_MEMBER = regex.compile(r"\\p\{\w+\}|\\.|.", regex.DOTALL)
_OPENERS: tuple[tuple[str, Callable[["Part"], "Part"]], ...] = (
    ("(?=", Beside),
    ("(?<=", Beside),
    ("(?!", lambda _: Place()),
    ("(?<!", lambda _: Place()),
    ("(?>", lambda part: part),
    ("(", lambda part: part),
)
_OF_A_WORD, _OF_ASCII = regex.compile(r"\w"), regex.compile("[A-Za-z0-9]")
_NAMED = regex.compile(r"\(\?P?<\w+>")


def parts_of(expression: str) -> Part:
    """An expression of the `regex` dialect in its parts; UnreadableError where something is not understood."""
    return _whole(expression, fold=False)


@cache
def _whole(expression: str, *, fold: bool) -> Part:
    """An expression or the inside of a group; kept, since the same groups stand in many patterns."""
    reader = _Reader(expression)
    part = reader.either(fold=fold)
    if reader.at < len(expression):
        raise UnreadableError
    return part


class _Reader:
    """Goes over an expression once, from the left."""

    def __init__(self, expression: str) -> None:
        self.expression, self.at = expression, 0

    def _take(self, shape: "regex.Pattern[str]") -> "regex.Match[str] | None":
        found = shape.match(self.expression, self.at)
        self.at = found.end() if found else self.at
        return found

    def _sees(self, start: str) -> bool:
        return self.expression.startswith(start, self.at)

    def either(self, *, fold: bool) -> Part:
        """All branches; `fold` is whether small and capital letters are one."""
        branches = [self._row(fold=fold)]
        while self._sees("|"):
            self.at += 1
            branches.append(self._row(fold=fold))
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _row(self, *, fold: bool) -> Part:
        parts: list[Part] = []
        while self.at < len(self.expression) and self.expression[self.at] not in "|)":
            part = self._counted(self._one(fold=fold))
            parts += part.parts if isinstance(part, Row) else [part]
        return Row(tuple(parts))

    def _counted(self, part: Part) -> Part:
        found = self._take(_COUNT)
        if not found:
            if self._sees("{"):
                raise UnreadableError
            return part
        sign, least, comma, most = found.groups()
        if sign:
            return Times(part, int(sign == "+"), "1" if sign == "?" else "")
        if not least and not most:
            raise UnreadableError
        return Times(part, int(least or 0), most if comma else least)

    def _one(self, *, fold: bool) -> Part:
        if self._sees("("):
            return self._group(fold=fold)
        if self._sees("["):
            return self._set(fold=fold)
        if letters := self._take(_LETTERS):
            return Some(_folded(letters[0], fold=fold), in_word=True, length=len(letters[0]))
        found = self._take(_MEMBER)
        if not found or found[0] in "?*+{":
            raise UnreadableError
        source = found[0]
        if source in "^$" or (source[0] == "\\" and source[1:] in PLACE_ESCAPES):
            return Place()
        return EDGE if source == EDGE.source else Some(_folded(source, fold=fold), None if source == "." else _in_word(source))

    def _set(self, *, fold: bool) -> Part:
        found = self._take(_SET)
        if not found or "[:" in found[0][1:]:
            raise UnreadableError
        return Some(_folded(found[0], fold=fold), _set_in_word(found[0][1:-1]))

    def _group(self, *, fold: bool) -> Part:
        found = self._take(_GROUP)
        if not found:
            raise UnreadableError
        if start := _FLAGS.match(found[0]):
            return _whole(found[0][start.end() : -1], fold=(fold or "i" in start[1]) and "i" not in (start[2] or ""))
        opener, made = next(each for each in _OPENERS if found[0].startswith(each[0]))
        named = _NAMED.match(found[0])
        inside = found[0][named.end() if named else len(opener) : -1]
        if inside.startswith("?"):
            raise UnreadableError
        return made(_whole(inside, fold=fold))


def _folded(source: str, *, fold: bool) -> str:
    return f"(?i:{source})" if fold else source


@cache
def _in_word(member: str) -> bool | None:
    """Whether a character as written, or an escape, stands in words alone, in marks alone (false) or in either (None)."""
    escaped = member.removeprefix("\\") or member
    if escaped == member or not _OF_ASCII.match(escaped):
        return bool(_OF_A_WORD.match(escaped))
    if member in LETTER_ESCAPES:
        return True
    for escapes, answer in ((WORD_ESCAPES, True), (MARK_ESCAPES, False), (EITHER_ESCAPES, None)):
        if escaped in escapes:
            return answer
    raise UnreadableError


def _set_in_word(inside: str) -> bool | None:
    """The same of a set, from what stands between its brackets."""
    if inside.startswith("^"):
        return True if r"\W" in _MEMBER.findall(inside) else None
    answers = set(_members(inside))
    return answers.pop() if len(answers) == 1 else None


def _members(inside: str) -> Iterator[bool | None]:
    members = _MEMBER.findall(inside)
    while members:
        first = members.pop(0)
        if len(members) > 1 and members[0] == "-":
            yield from _range(first, members[1])
            del members[:2]
        else:
            yield _in_word(first)


def _range(first: str, last: str) -> Iterator[bool | None]:
    if not len(first) == len(last) == 1:  # what an escape means there is not worth the words
        raise UnreadableError
    yield from {_in_word(chr(each)) for each in range(ord(first), min(ord(last), ord(first) + LONGEST_RANGE) + 1)}
    if ord(last) - ord(first) > LONGEST_RANGE:
        yield None
