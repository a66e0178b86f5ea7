"""The words of one Word paragraph, piece by piece: which a reader sees, which were deleted, inserted or hidden, and at which element each stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from extractors.word_styles import W, WordStyles

State = Literal["plain", "inserted", "deleted", "hidden"]
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = (f"{W}del", f"{W}moveFrom")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_WORDS = (f"{W}t", f"{W}delText", f"{MATH}t")
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# what holds no words of this paragraph: properties, the code of a field, another story, the older form of what stands beside it
_APART = frozenset(
    [
        *(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "fldChar", "txbxContent", "tbl")),
        f"{MC}Fallback",
        f"{W}p",
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in one element."""

    text: str
    element: etree._Element
    state: State


def pieces_of(paragraph: etree._Element, styles: WordStyles, state: State = "plain") -> list[Piece]:
    """The pieces of a paragraph in order; those of text boxes in it, and of fields' codes, are not among them.

    `state` is that of the row in which the paragraph stands.
    """
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    by_style = style.get(f"{W}val", "") if style is not None else ""
    return [each for each in _pieces(paragraph, styles, by_style, state) if each.text]


def _pieces(node: etree._Element, styles: WordStyles, by_style: str, state: State) -> Iterator[Piece]:
    for child in node:
        tag = child.tag
        if tag in _APART:
            continue
        if tag in _WORDS:
            yield Piece(child.text or "", child, "deleted" if tag == f"{W}delText" else state)
        elif tag in _SIGNS:
            yield Piece(_SIGNS[tag], child, state)
        elif tag == f"{W}sym":
            yield Piece(_symbol(child), child, state)
        else:
            yield from _pieces(child, styles, by_style, _state(child, styles, by_style, state))


def _state(node: etree._Element, styles: WordStyles, by_style: str, state: State) -> State:
    if node.tag in _DELETED:
        return "deleted"
    if node.tag in _INSERTED and state == "plain":
        return "inserted"
    if node.tag == f"{W}r" and state != "deleted" and "hidden" in styles.look(by_style, node.find(f"{W}rPr")):
        return "hidden"
    return state


def _symbol(node: etree._Element) -> str:
    """A letter that was written in a symbol font; a space where the font keeps its own signs."""
    code = int(node.get(f"{W}char", "20"), 16) & 0xFFFF
    code -= 0xF000 if 0xF020 <= code <= 0xF0FF else 0
    return chr(code) if 0x20 <= code < 0xD800 else " "
