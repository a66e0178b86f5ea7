"""What a Word paragraph is: a heading of a level, an item of a list, a line of a table of contents, or plain words."""

from collections.abc import Iterable
from itertools import pairwise

from lxml import etree

from extractors.report.looks import value
from extractors.report.numbering import Label
from extractors.report.shown_words import Piece
from timeline.authored_content import ListItem, NumberFormat, Run

_DEEPEST_HEADING = 6
_LISTED: tuple[NumberFormat, ...] = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")


def is_contents_line(names: tuple[str, ...]) -> bool:
    """Whether a paragraph of a style of these names is a line of a table of contents."""
    return any(name.startswith("toc ") and name[4:].isdigit() for name in names)


def has_words(pieces: Iterable[Piece]) -> bool:
    """Whether a reader sees words or a note in these pieces."""
    return any(isinstance(each, Run) and (each.text.strip() or each.note is not None) for each in pieces)


def heading_level(names: tuple[str, ...], outline: etree._Element | None) -> int:
    """The level of a heading, from 1; 0 for what is none."""
    written = value(outline)
    if written.isdigit() and int(written) < 9:
        return min(int(written) + 1, _DEEPEST_HEADING)
    numbers = (name.removeprefix("heading ") for name in names if name.startswith("heading "))
    return next((min(int(number), _DEEPEST_HEADING) for number in numbers if number.isdigit() and int(number)), 0)


def item_of(runs: list[Run], label: Label) -> ListItem | None:
    """The paragraph as an item of a list; None where its label is more than a bullet or a number, so that its words are read as words."""
    if label.format == "bullet":
        return ListItem(tuple(runs), label.level, "bullet")
    own = label.pattern.replace("%1", "")
    words = any(one.isalpha() and other.isalpha() for one, other in pairwise(own))
    form = next((each for each in _LISTED if each == label.format), None)
    if form is None or words or label.pattern.count("%1") != 1 or "%" in own:
        return None
    return ListItem(tuple(runs), label.level, form, label.number, label.pattern.strip())
