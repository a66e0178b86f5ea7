"""How the words of an author's document look, as far as it matters: set apart, hidden, or of no colour that can be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from lxml import etree

from extractors.word_styles import W
from timeline.authored_content import Look

_OFF = ("0", "false", "off", "none")
# properties that a style may switch on and a run off again (ISO/IEC 29500-1, 17.7.3), and what they show
_TOGGLES = {"b": "bold", "i": "italic", "strike": "struck", "dstrike": "struck", "vanish": "hidden", "specVanish": "hidden"}
_RAISED = {"superscript": "raised", "subscript": "lowered"}
_LOOKS = frozenset(get_args(Look))
_HIGHLIGHTS = {"black": "000000", "darkBlue": "00008B", "darkGray": "808080", "white": "FFFFFF"}
_PAPER = "FFFFFF"
_FILLED = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_NO_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}noFill"
SMALLEST_HALF_POINTS = 6  # type of under three points is read by nobody
LEAST_CONTRAST = 1.3  # of two luminances, 1 to 21 (WCAG 2): under it words are of the colour of their ground


@dataclass(frozen=True, slots=True)
class Style:
    """What a style itself says: its name in small letters, its kind, what it is based on, and its properties."""

    name: str
    based_on: str
    paragraph: etree._Element | None
    run: etree._Element | None
    shades: bool = False
    first_row: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""

    def chain(self, style: str) -> Iterator[Style]:
        """A style and those that it is based on, nearest first."""
        met: set[str] = set()
        while style in self.by_id and style not in met:
            met.add(style)
            yield self.by_id[style]
            style = self.by_id[style].based_on

    def names(self, style: str) -> tuple[str, ...]:
        """The names of a style and of those that it is based on, in small letters."""
        return tuple(each.name for each in self.chain(style))

    def paragraph_property(self, style: str, name: str) -> etree._Element | None:
        """The nearest paragraph property of a style."""
        return next((p for each in self.chain(style) if (p := child(each.paragraph, name)) is not None), None)


def styles_of(root: etree._Element) -> Styles:
    """The styles of a styles part."""
    found: dict[str, Style] = {}
    default = ""
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        conditions = {each.get(f"{W}type", "") for each in style.iter(f"{W}tblStylePr")}
        found[key] = Style(
            name=value(child(style, "name")).lower(),
            based_on=value(child(style, "basedOn")),
            paragraph=child(style, "pPr"),
            run=child(style, "rPr"),
            shades=next(style.iter(f"{W}shd"), None) is not None,
            first_row="firstRow" in conditions,
        )
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            default = key
    return Styles(found, default)


def child(node: etree._Element | None, name: str) -> etree._Element | None:
    """The child of a name in Word's namespace."""
    return node.find(f"{W}{name}") if node is not None else None


def value(node: etree._Element | None, default: str = "") -> str:
    """An element's value; the default where there is no element or value."""
    return (node.get(f"{W}val") or default) if node is not None else default


def is_on(node: etree._Element | None) -> bool:
    """Whether a switch is there and not off."""
    return node is not None and value(node, "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Ground:
    """What a run stands on: its paragraph's style, whether a table colours cells in its own way, and the fills around it, nearest first."""

    styles: Styles
    style: str
    fills: Sequence[str] = ()
    is_coloured: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """How a run looks, and whether a reader sees it: `yes`, `hidden`, or `unreadable` for want of colour or size."""

    looks: frozenset[Look]
    seen: str


def seen_as(properties: etree._Element | None, ground: Ground) -> Seen:
    """How a run with these properties looks to a reader."""
    looks = set(_toggled(properties, ground))
    sources = list(_sources(properties, ground))
    underline = next((each for source in sources if (each := child(source, "u")) is not None), None)
    if underline is not None and value(underline, "single") not in _OFF:
        looks.add("underlined")
    raised = next((each for source in sources if (each := child(source, "vertAlign")) is not None), None)
    looks.add(_RAISED.get(value(raised), ""))
    shown: frozenset[Look] = frozenset(each for each in looks if each in _LOOKS)  # type: ignore[misc]
    if "hidden" in looks:
        return Seen(shown, "hidden")
    return Seen(shown, "yes" if _is_readable(properties, sources, ground) else "unreadable")


def _sources(properties: etree._Element | None, ground: Ground) -> Iterator[etree._Element]:
    """Where a run's properties stand: its own, those of its style, those of its paragraph's style; nearest first."""
    if properties is not None:
        yield properties
    for style in (value(child(properties, "rStyle")), ground.style):
        # the address of a link does not come along, so it does not look like one
        yield from (each.run for each in ground.styles.chain(style) if each.run is not None and "hyperlink" not in each.name)


def _toggled(properties: etree._Element | None, ground: Ground) -> Iterator[str]:
    character = value(child(properties, "rStyle"))
    for name, look in _TOGGLES.items():
        own = child(properties, name)
        if own is not None:
            if is_on(own):
                yield look
        elif _by_style(ground.styles, ground.style, name) != _by_style(ground.styles, character, name):
            yield look


def _by_style(styles: Styles, style: str, name: str) -> bool:
    return is_on(next((each for link in styles.chain(style) if (each := child(link.run, name)) is not None), None))


def _is_readable(properties: etree._Element | None, sources: Sequence[etree._Element], ground: Ground) -> bool:
    size = next((value(each) for source in sources if (each := child(source, "sz")) is not None), "")
    if size.isdigit() and int(size) < SMALLEST_HALF_POINTS:
        return False
    filled = next((each for source in sources if (each := source.find(_FILLED)) is not None), None)
    if filled is not None and filled.find(_NO_FILL) is not None:
        return False
    colour = next((value(each) for source in sources if (each := child(source, "color")) is not None), "auto")
    highlight = value(child(properties, "highlight"))
    fills = [_HIGHLIGHTS.get(highlight, ""), *(fill_of(source) for source in sources), *ground.fills]
    fill = next((each for each in fills if _is_colour(each)), "")
    if not _is_colour(colour):  # Word writes black or white itself, except on a marker's colour
        return highlight != "black"
    if not fill:
        return ground.is_coloured or _contrast(colour, _PAPER) >= LEAST_CONTRAST
    return _contrast(colour, fill) >= LEAST_CONTRAST


def fill_of(properties: etree._Element | None) -> str:
    """The colour with which properties of a run, paragraph or cell fill their ground; "" where they do not."""
    shading = child(properties, "shd")
    if shading is None:
        return ""
    solid = value(shading) == "solid"
    return shading.get(f"{W}color" if solid else f"{W}fill", "")


def _is_colour(written: str) -> bool:
    return len(written) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in written)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
