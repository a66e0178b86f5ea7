"""The numbers and bullets that Word puts before paragraphs, as a reader sees them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from extractors.report.looks import Styles, child, value
from extractors.word_styles import W

_LEVELS = 9
_TENS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
         (4, "iv"), (1, "i"))  # fmt: skip
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_NUMBER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: where it starts, how its number and its label are written, and which style is numbered by it."""

    start: int
    format: str
    text: str
    style: str
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a document: number -> the definition that it follows, where it starts anew, and the levels of each definition."""

    followed: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its level from 0, how its number is written, the number, and the label with `%1` for it and in full."""

    level: int
    format: str
    number: int
    pattern: str
    shown: str


def lists_of(root: etree._Element) -> Lists:
    """The lists of a numbering part."""
    levels, linked, styles = {}, {}, {}
    for each in root.iter(f"{W}abstractNum"):
        key = each.get(f"{W}abstractNumId", "")
        levels[key] = _levels(each)
        linked[key] = value(child(each, "numStyleLink"))
        if named := value(child(each, "styleLink")):
            styles[named] = key
    followed, starts = {}, {}
    for each in root.iter(f"{W}num"):
        key, definition = each.get(f"{W}numId", ""), value(child(each, "abstractNumId"))
        definition = styles.get(linked.get(definition, ""), definition)
        overrides = {_whole(o.get(f"{W}ilvl"), 0): o for o in each.iter(f"{W}lvlOverride")}
        starts[key] = {level: _whole(value(s), 1) for level, o in overrides.items() if (s := child(o, "startOverride")) is not None}
        own = {level: found for level, o in overrides.items() for found in _levels(o).values()}
        if own:  # a list with levels of its own counts on its own
            levels[f"num {key}"] = {**levels.get(definition, {}), **own}
            definition = f"num {key}"
        followed[key] = definition
    return Lists(followed, starts, levels)


def _levels(node: etree._Element) -> dict[int, Level]:
    return {
        min(_whole(each.get(f"{W}ilvl"), 0), _LEVELS - 1): Level(
            start=_whole(value(child(each, "start")), 0 if child(each, "start") is None else 1),
            format=value(child(each, "numFmt"), "decimal"),
            text=value(child(each, "lvlText")),
            style=value(child(each, "pStyle")),
            restarts=value(child(each, "lvlRestart"), "1") != "0",
        )
        for each in node.findall(f"{W}lvl")
    }


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and written.isdigit() and len(written) < 7 else default


class Counting:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, lists: Lists, styles: Styles) -> None:
        self._lists, self._styles = lists, styles
        self._at: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, properties: etree._Element | None, style: str) -> Label | None:
        """What stands before the next paragraph, of these properties and style; None where nothing does."""
        number, level = self._place(properties, style)
        definition = self._lists.followed.get(number, "")
        of = self._lists.levels.get(definition, {})
        if level not in of:
            return None
        at = self._at.setdefault(definition, [None] * _LEVELS)
        own_starts = self._lists.starts.get(number, {})
        if number not in self._begun:
            self._begun.add(number)
            for each in own_starts:
                at[each] = None
        before = at[level]
        at[level] = own_starts.get(level, of[level].start) if before is None else before + 1
        for above in range(level):
            if at[above] is None and above in of:
                at[above] = own_starts.get(above, of[above].start)
        for deeper in range(level + 1, _LEVELS):
            if deeper not in of or of[deeper].restarts:
                at[deeper] = None
        return _label(of, level, at)

    def _place(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or its style's."""
        own = child(properties, "numPr")
        styled = self._styles.paragraph_property(style, "numPr")
        number = value(child(own, "numId")) or value(child(styled, "numId"))
        written = child(own, "ilvl") if child(own, "ilvl") is not None else child(styled, "ilvl")
        if written is not None:
            return number, min(_whole(value(written), 0), _LEVELS - 1)
        levels = self._lists.levels.get(self._lists.followed.get(number, ""), {})
        return number, next((level for level, each in levels.items() if each.style and each.style == style), 0)


def _label(levels: Mapping[int, Level], level: int, at: list[int | None]) -> Label | None:
    own = levels[level]
    number = at[level] or 0
    if own.format == "bullet":
        return Label(level, "bullet", 1, "", "•")
    if own.format == "none" and not own.text.strip():
        return None

    def outer(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        each = levels.get(place)
        return "%1" if place == level else written(at[place] or 0, each.format if each else "decimal")

    pattern = _NUMBER.sub(outer, own.text)
    return Label(level, own.format, number, pattern, pattern.replace("%1", written(number, own.format))) if pattern.strip() else None


def written(number: int, style: str) -> str:
    """A number as a list writes it: 4, d, IV, 04, 4th; in figures where the style is none of these."""
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman, left = "", number
        for tens, sign in _TENS:
            roman += sign * (left // tens)
            left %= tens
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalZero":
        return f"{number:02}"
    if style == "ordinal":
        return f"{number}{'th' if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, 'th')}"
    return "" if style == "none" else str(number)
