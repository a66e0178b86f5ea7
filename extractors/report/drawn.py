"""What is drawn in an author's document: pictures, text boxes, and what no new document can show."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from extractors.word_styles import W
from timeline.authored_content import Picture

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ANCHOR = f"{_WP}anchor"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU_PER_CM = 360_000
_CM_PER_POINT = 2.54 / 72
_THOUSANDTHS = 100_000  # of a share, in which Word says what is cut off
TEXT_BOX = f"{W}txbxContent"
_PLAIN_SHAPES = ("rect", "roundRect", "")
_LINES = ("line", "straightConnector1", "bentConnector2", "bentConnector3", "curvedConnector3")
_VML_SHAPES = tuple(f"{_V}{each}" for each in ("rect", "roundrect", "oval", "shape", "polyline", "arc", "curve"))
_AS_PICTURE = "put it in as a picture (copy it, paste special, picture PNG)"
_OTHERS = {"chart": "a chart", "chartex": "a chart", "diagram": "a SmartArt drawing", "lockedCanvas": "a drawing", "ink": "handwriting"}


@dataclass(frozen=True, slots=True)
class Unshown:
    """Something drawn that a new document cannot show: what it is, and what the author does about it."""

    what: str
    mend: str


Drawn = Picture | Unshown | etree._Element  # a picture, an obstacle, or the content of a text box


class Drawings:
    """Reads drawings one after another; `image` gives the bytes of a picture by its relationship, None where they are not in the file."""

    def __init__(self, image: Callable[[str], bytes | None]) -> None:
        self._image, self._number = image, 0

    def drawn(self, node: etree._Element) -> Iterator[Drawn]:
        """What a `w:drawing` shows, in its order; nothing where it is hidden."""
        about = node.find(f"*/{_WP}docPr")
        over = any(each.get("behindDoc") not in ("1", "true") and each.find(f"{_WP}wrapNone") is not None for each in node.iter(_ANCHOR))
        says: Mapping[str, str] = dict(about.attrib) if about is not None else {}  # type: ignore[arg-type]
        if says.get("hidden") in ("1", "true"):
            return
        extent = node.find(f"*/{_WP}extent")
        across = int(extent.get("cx", "0")) / _EMU_PER_CM if extent is not None else 0.0
        data = next(node.iter(f"{_A}graphicData"), None)
        kind = data.get("uri", "").rsplit("/", 1)[-1] if data is not None else ""
        if kind in _OTHERS:
            yield Unshown(_OTHERS[kind], _AS_PICTURE)
        elif data is not None:
            for each in self._shapes(data, across, says.get("descr", "")):
                yield _OVER_WORDS if over and isinstance(each, Picture) else each

    def _shapes(self, node: etree._Element, across: float, says: str) -> Iterator[Drawn]:
        for each in node:
            if each.tag == f"{_PIC}pic":
                yield self._picture(each, across, says)
            elif each.tag == f"{_WPS}wsp":
                yield from _shape(each)
            else:
                yield from self._shapes(each, across, says)

    def _picture(self, node: etree._Element, across: float, says: str) -> Drawn:
        self._number += 1
        fill, shape = node.find(f"{_PIC}blipFill"), node.find(f"{_PIC}spPr")
        blip = fill.find(f"{_A}blip") if fill is not None else None
        if (why := _changed(blip, shape)) is not None:
            return why
        own = node.find(f"{_PIC}nvPicPr/{_PIC}cNvPr")
        said = says or (own.get("descr", "") if own is not None else "")
        cut = fill.find(f"{_A}srcRect") if fill is not None else None
        edges = [max(0, int((cut.get(side) if cut is not None else None) or 0)) / _THOUSANDTHS for side in "ltrb"]
        if edges[0] + edges[2] >= 1 or edges[1] + edges[3] >= 1:
            return Unshown("a picture of which nothing is shown", "delete it")
        key = blip.get(f"{_R}embed", "") if blip is not None else ""
        return self._with_bytes(key, across, said, (edges[0], edges[1], edges[2], edges[3]))

    def _with_bytes(self, key: str, across: float, says: str, shown: tuple[float, float, float, float]) -> Drawn:
        data = self._image(key)
        if data is None:
            return Unshown(f"picture {self._number} is not in the file, only an address of it", "put the picture itself in")
        return Picture(self._number, data, across, says, shown)

    def drawn_of_old(self, node: etree._Element) -> Iterator[Drawn]:
        """What a `w:pict` or `w:object` shows: drawings as Word kept them before 2010, and the picture of an embedded object."""
        for each in node.iter(f"{_V}imagedata", TEXT_BOX, *_VML_SHAPES):
            holder = each.getparent()
            if any(above.tag == TEXT_BOX for above in each.iterancestors() if above is not node):
                continue  # read with its box
            if each.tag == TEXT_BOX:
                yield each if _holds_something(each) else _DRAWN_SHAPE
            elif each.tag == f"{_V}imagedata":
                self._number += 1
                look = dict(
                    part.split(":", 1) for part in (holder.get("style", "") if holder is not None else "").split(";") if ":" in part
                )
                if _is_over_words(holder, look):
                    yield _OVER_WORDS
                    continue
                across = _points(look.get("width", "")) * _CM_PER_POINT
                says = (holder.get("alt", "") if holder is not None else "") or each.get("title", "")
                yield self._with_bytes(each.get(f"{_R}id", ""), across, says, (0.0, 0.0, 0.0, 0.0))
            elif next(each.iter(f"{_V}imagedata", TEXT_BOX), None) is None and "ole" not in each.get("id", "").lower():
                yield _DRAWN_SHAPE


_DRAWN_SHAPE = Unshown("a drawn shape", "delete it, and any words that it was meant to cover")
_OVER_WORDS = Unshown("a picture that lies over the text", "set it in line with the text, and delete any words that it was meant to cover")


def _is_over_words(shape: etree._Element | None, look: Mapping[str, str]) -> bool:
    """Whether an older picture lies free on the page, before the words and with none running round it."""
    is_free = look.get("position") == "absolute" and not look.get("z-index", "").startswith("-")
    return shape is not None and is_free and shape.find("{urn:schemas-microsoft-com:office:word}wrap") is None


def _holds_something(box: etree._Element) -> bool:
    """Whether a text box shows words or a drawing; an empty one can only cover what lies under it."""
    shown = (f"{W}t", f"{W}sym", f"{W}fldChar", f"{W}drawing", f"{W}pict", f"{W}object")
    return any(each.tag != f"{W}t" or (each.text or "").strip() for each in box.iter(*shown))


def _points(written: str) -> float:
    number = written.strip().removesuffix("pt")
    return float(number) if number.replace(".", "", 1).isdigit() else 0.0


def _shape(node: etree._Element) -> Iterator[Drawn]:
    box = node.find(f"{_WPS}txbx/{TEXT_BOX}")
    if box is not None and _holds_something(box):
        yield box
        return
    geometry = node.find(f"{_WPS}spPr/{_A}prstGeom")
    if geometry is None or geometry.get("prst") not in _LINES:
        yield _DRAWN_SHAPE


def _changed(blip: etree._Element | None, shape: etree._Element | None) -> Unshown | None:
    """Why the picture that is shown is not the picture that the file holds, beyond being cut: then the file's own could show more."""
    if blip is not None and any(each.tag != f"{_A}extLst" for each in blip):
        return Unshown("a picture whose colours were changed in Word", "change the picture itself and put it in anew")
    if blip is not None and any(str(each.tag).endswith("}imgProps") for each in blip.iter()):
        return Unshown("a picture with an effect of Word's", "change the picture itself and put it in anew")
    geometry = shape.find(f"{_A}prstGeom") if shape is not None else None
    if geometry is not None and geometry.get("prst", "") not in _PLAIN_SHAPES:
        return Unshown("a picture cut to a shape in Word", "cut the picture itself and put it in anew")
    turned = shape.find(f"{_A}xfrm") if shape is not None else None
    if turned is not None and (turned.get("rot", "0") != "0" or turned.get("flipH") == "1" or turned.get("flipV") == "1"):
        return Unshown("a picture that was turned in Word", "turn the picture itself and put it in anew")
    return None
