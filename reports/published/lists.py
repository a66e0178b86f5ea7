"""Real Word lists, numbered anew so that each item shows the very label that it had."""

from xml.sax.saxutils import quoteattr

from reports.printable import printable
from timeline.authored_content import ListItem

_BULLETS = 1
_STEP, _HANGING, _WIDE_HANGING = 397, 397, 680  # twentieths of a point
_WIDE_LABEL = 4  # characters of a label
_LEVELS = 9


class Lists:
    """Gives every item its list; items of one level and look that count on are one list."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._made: list[str] = []

    def number_of(self, item: ListItem) -> int:
        """The number of the list that an item belongs to."""
        if item.format == "bullet":
            return _BULLETS
        key = item.level, item.format, item.pattern
        number, expected = self._next.get(key, (0, -1))
        if item.number != expected:
            self._made.append(_level(item.level, item.format, item.pattern.replace("%1", f"%{item.level + 1}"), item.number))
            number = _BULLETS + len(self._made)
        self._next[key] = number, item.number + 1
        return number

    def xml(self) -> str:
        """The definitions of all lists."""
        bullets = "".join(_level(level, "bullet", "•", 1) for level in range(_LEVELS))
        all_of_them = list(enumerate([bullets, *self._made], start=1))
        defined = "".join(
            f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            for n, levels in all_of_them
        )
        return defined + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in all_of_them)


def _level(level: int, style: str, text: str, start: int) -> str:
    hanging = _WIDE_HANGING if len(text) > _WIDE_LABEL else _HANGING
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val={quoteattr(printable(text))}/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_STEP * level + hanging}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
