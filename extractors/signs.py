"""Signs that stand inside a text while it is put together, so that a span is still known when lines were joined, tidied and cut.

A sign is made of control characters, which XML cannot hold and `tidy` drops: wherever one is forgotten it is gone, and no file can forge it.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from extractors.model import LINE_ENDS, is_visible, tidy
from timeline.exchange import Exchange

_ZERO = 0x10
_OPEN, _CLOSE, _POINT, _END = "\x01", "\x02", "\x03", "\x04"
_SIGN = re.compile("[\x01-\x03][\x10-\x17]+\x04")
_LINES = re.compile(f"{LINE_ENDS.pattern}|\n")

Spans = dict[int, tuple[int, int]]


def between_signs(text: str, number: int) -> str:
    """The text with a sign before and behind it that say it is the span of this number."""
    return f"{_OPEN}{_digits(number)}{_END}{text}{_CLOSE}{_digits(number)}{_END}"


def point(number: int) -> str:
    """The sign of a place at which the words of this number were dropped."""
    return f"{_POINT}{_digits(number)}{_END}"


def has_signs(text: str) -> bool:
    """Whether any sign stands in the text."""
    return _END in text


def unsigned(text: str) -> str:
    """The text without its signs."""
    return _SIGN.sub("", text) if has_signs(text) else text


def signless(text: str) -> str:
    """A text from a file that can hold control characters, letter for letter, with none that could be taken for a sign."""
    return _EXCHANGE.in_text(text)


_HARMLESS = dict.fromkeys((*range(1, 5), *range(0x10, 0x18)), "\x7f")
_EXCHANGE = Exchange(_HARMLESS)


def settled(text: str) -> tuple[str, Spans]:
    """The tidied text without its signs, and first and last (exclusive) character of each span in it by number; a point is an empty span."""
    raw, signs, kept = _taken_apart(text)
    spans: Spans = {}
    for at, sign in signs:
        place, number = bisect_left(kept, at), _number(sign)
        start, end = spans.get(number, (place, place))
        spans[number] = (min(start, place), max(end, place))
    return tidy(raw), spans


def tidied(text: str) -> str:
    """The tidied text with its signs still in it."""
    if not has_signs(text):
        return tidy(text)
    raw, signs, kept = _taken_apart(text)
    clean, last = tidy(raw), 0
    parts: list[str] = []
    for at, sign in signs:
        place = bisect_left(kept, at)
        parts += (clean[last:place], sign)
        last = place
    return "".join((*parts, clean[last:]))


def _taken_apart(text: str) -> tuple[str, list[tuple[int, str]], list[int]]:
    """The text without signs, each sign with its place in that, and the places of the letters that `tidy` keeps."""
    signs: list[tuple[int, str]] = []
    parts, last, length = [], 0, 0
    for match in _SIGN.finditer(text):
        parts.append(text[last : match.start()])
        length += match.start() - last
        signs.append((length, match[0]))
        last = match.end()
    raw = "".join((*parts, text[last:]))
    return raw, signs, list(_kept(raw))


def _kept(text: str) -> Iterator[int]:
    """The places of the letters that `tidy` keeps, in the order of the text; a line end goes by its last character."""
    start, is_first = 0, True
    ends = [(match.start(), match.end()) for match in _LINES.finditer(text)]
    for end, next_start in (*ends, (len(text), len(text))):
        line = [at for at in range(start, end) if text[at] == "\t" or unicodedata.category(text[at]) != "Cc"]
        while line and text[line[0]].isspace():
            del line[0]
        while line and text[line[-1]].isspace():
            del line[-1]
        if is_visible("".join(text[at] for at in line)):
            if not is_first:
                yield start - 1
            is_first = False
            yield from line
        start = next_start


def _digits(number: int) -> str:
    return "".join(chr(_ZERO + int(digit)) for digit in f"{number:o}")


def _number(sign: str) -> int:
    return int("".join(str(ord(letter) - _ZERO) for letter in sign[1:-1]), 8)
