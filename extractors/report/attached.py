"""What hangs on a Word paragraph without being its words: descriptions of pictures, addresses of links, codes of fields, forms, bookmarks."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from extractors.report.pieces import MC
from extractors.report.words_own import FIELD_CODE, OWN_BOOKMARK, OWN_PICTURE
from extractors.word_styles import W
from timeline.authored import What

BOX = f"{W}txbxContent"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_PICTURES = (
    *(
        "docPr",
        "cNvPr",
        "shape",
        "rect",
        "oval",
        "line",
        "group",
        "roundrect",
        "shapetype",
        "arc",
        "curve",
        "polyline",
        "image",
        "imagedata",
    ),
)
_DESCRIPTIONS = ("descr", "title", "alt", "name", f"{_OFFICE}title")
_FORM = tuple(
    f"{W}{name}"
    for name in (
        *("name", "default", "helpText", "statusText", "listEntry", "alias", "tag", "listItem", "result", "caption"),
        *("tblCaption", "tblDescription"),
    )
)


def attached(paragraph: etree._Element, links: Mapping[str, str]) -> Iterator[tuple[str, What, str]]:
    """(what to call its place, what it is, its words) of all that hangs on a paragraph; `links` lead ids to addresses."""
    for node in inside(paragraph):
        name = etree.QName(node).localname
        if name in _PICTURES:
            yield "description of a picture in", "picture description", _described(node)
        elif name == "textpath":
            yield "word art in", "text box", node.get("string", "")
        elif name in ("hyperlink", "hlinkClick"):
            yield "address of a link in", "link address", _address(node, links)
        elif name == "fldSimple":
            yield "field in", "field code", field_words(node.get(f"{W}instr", ""))
        elif name == "bookmarkStart" and not OWN_BOOKMARK.fullmatch(node.get(f"{W}name", "_Toc")):
            yield "bookmark in", "bookmark", node.get(f"{W}name", "").replace("_", " ")
        elif name in ("ffData", "sdtPr"):
            yield "form field in", "form field", form_words(node)
    codes = (each.text or "" for each in inside(paragraph) if each.tag in (f"{W}instrText", f"{W}delInstrText"))
    yield "field in", "field code", field_words("".join(codes))


def inside(node: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements inside a paragraph, without those of text boxes and of the older forms of shapes."""
    for child in node:
        if child.tag in (BOX, f"{MC}Fallback"):
            continue
        if not tags or child.tag in tags:
            yield child
        yield from inside(child, *tags)


def form_words(properties: etree._Element) -> str:
    """The words of a form field, content control or table's description: its name, help, choices."""
    said = (
        value
        for each in properties.iter(*_FORM)
        for value in (each.get(f"{W}val", ""), each.get(f"{W}displayText", ""), each.get(f"{W}value", ""))
    )
    return "\n".join(dict.fromkeys(each for each in said if any(letter.isalpha() for letter in each)))


def field_words(code: str) -> str:
    """What the code of a field says beside its own words: a path, an address, a name of a property."""
    said = " ".join(FIELD_CODE.sub(" ", code).split())
    return said if any(letter.isalpha() for letter in said) else ""


def _described(node: etree._Element) -> str:
    said = (node.get(each, "") for each in _DESCRIPTIONS)
    return "\n".join(dict.fromkeys(each for each in said if each and not OWN_PICTURE.fullmatch(each)))


def _address(node: etree._Element, links: Mapping[str, str]) -> str:
    target = links.get(node.get(f"{_R}id", ""), "")
    tip = node.get(f"{W}tooltip", "") or node.get("tooltip", "")
    return "\n".join(each for each in (target, _in_words(target), tip, node.get(f"{W}docLocation", "")) if each)


def _in_words(address: str) -> str:
    """The words of an address: those of a path to a file in somebody's folder, say, which name who is meant."""
    decoded = unquote(address)
    path = re.sub(r"^[a-z]+://[^/]*|^mailto:", "", decoded)
    said = " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", path))
    return said if said != decoded else ""
