"""The words of a PDF page put back into lines, and lines that only wrapped back into one: a PDF knows where words stand and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.model import tidy
from timeline.dates_in_text import leading_date

if TYPE_CHECKING:
    from pdfplumber.page import Page

# left, top, right, bottom, in points from the page's upper left corner
Span = tuple[float, float, float, float]
_SAME_LINE = 3.0
_WIDE_GAP = 1.5
_TOLERANCE = 3.0
_WIDEST_MARGIN = 10.0
_COLUMN_GAP_SPACES = 4.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: str = ""
    size: float = 0.0

    def is_in(self, span: Span) -> bool:
        """Whether its middle lies in the span."""
        across, down = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return span[0] <= across < span[2] and span[1] <= down < span[3]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page; `first_width` is how much room its first word takes."""

    where: str
    text: str
    left: float
    top: float
    right: float
    bottom: float
    first_width: float
    size: float
    is_bold: bool

    @property
    def height(self) -> float:
        """From its top to its bottom, in points."""
        return self.bottom - self.top


def words_in(page: "Page") -> list[Word]:
    """The page's words from top to bottom and left to right."""
    found = page.extract_words(keep_blank_chars=False, use_text_flow=False, extra_attrs=["fontname", "size"])
    return [Word(each["text"], each["x0"], each["top"], each["x1"], each["bottom"], each["fontname"], each["size"]) for each in found]


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The words as lines, counted from 1 on their page."""
    return [_line(group, f"page {page} line {number}") for number, group in enumerate(grouped(words), start=1)]


def text_of(words: Sequence[Word], span: Span) -> str:
    """A cell's text: lines that wrapped at the cell's right edge joined by a space, the others by a newline."""
    lines = [_line(group, "") for group in grouped(words)]
    margin = min((line.left - span[0] for line in lines), default=0.0)  # the right one is taken to be as wide
    groups = joined(lines, right_edge=span[2] - min(max(margin, 0.0), _WIDEST_MARGIN))
    return tidy("\n".join(" ".join(line.text for line in group) for group in groups))


def joined(lines: Sequence[Line], right_edge: float = 0.0) -> Iterator[list[Line]]:
    """Lines in groups, each of which only wrapped: the next line's first word had no room left, and it begins with no date."""
    edge = right_edge or max((line.right for line in lines), default=0.0)
    group: list[Line] = []
    for line in lines:
        if group and not _wrapped(group[-1], line, edge):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _wrapped(line: Line, following: Line, edge: float) -> bool:
    space = line.size * 0.25
    had_room = line.right + space + following.first_width <= edge - _TOLERANCE
    is_near = following.top - line.bottom <= _WIDE_GAP * line.height / 2 and abs(following.size - line.size) < 1
    return is_near and not had_room and leading_date(following.text) is None


def is_wide_gap(before: Word, word: Word) -> bool:
    """Whether the gap between two words of a line is that between columns."""
    return word.left - before.right > _COLUMN_GAP_SPACES * 0.28 * max(word.size, 1)


def grouped(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words line by line, each from left to right."""
    group: list[Word] = []
    for word in sorted(words, key=lambda each: (each.bottom, each.left)):
        if group and word.bottom - group[0].bottom > _SAME_LINE:
            yield sorted(group, key=lambda each: each.left)
            group = []
        group.append(word)
    if group:
        yield sorted(group, key=lambda each: each.left)


def _line(words: Sequence[Word], where: str) -> Line:
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.left - before.right
        is_one_word = gap < 0.1 * max(word.size, 1)  # cut only because the font changed
        text += ("" if is_one_word else "\t" if is_wide_gap(before, word) else " ") + word.text
    first = words[0]
    return Line(
        where,
        text,
        first.left,
        min(word.top for word in words),
        words[-1].right,
        max(word.bottom for word in words),
        first.right - first.left,
        max(word.size for word in words),
        all("bold" in word.font.lower() for word in words),
    )
