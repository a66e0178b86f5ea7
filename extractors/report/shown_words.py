"""The words of a paragraph as a reader sees them, run by run, with its notes, pictures, text boxes and page breaks in their places."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from extractors.report.drawn import Drawings, Drawn, Unshown
from extractors.report.looks import Ground, Seen, child, seen_as
from extractors.word_styles import W
from extractors.word_text import SYMBOLS, form_field
from timeline.authored_content import NoteKind, Run

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NO_BREAK_HYPHEN = "\u2011"
_DELETED = (f"{W}del", f"{W}moveFrom")
_GONE = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr", "rt", "delText"))


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page ends here."""


Piece = Run | Drawn | NewPage  # an element is the content of a text box
UNREADABLE = Unshown("words in the colour of the paper, under a black marker, or too small to read", "delete them, or let them be read")
_FORMULA = Unshown("a formula", "write it in words, or put it in as a picture")
_SIGN = Unshown("a sign of a symbol font", "write it as an ordinary letter or sign")
_TORN = Unshown("a field whose end is missing", "delete it and write the words themselves")
_NO_NOTE = Unshown("a note that is not in the file", "delete its mark, or open the report in Word and save it again")
_READING_AID = Unshown("words with a reading aid above them", "take the aid off, so that the words stand by themselves")
_HANDWRITING = Unshown("handwriting", "write it in words, or put it in as a picture")
_TURNED = Unshown("words that a hidden sign turns round", "write them anew")
_TURNS = re.compile("[\u202d\u202e]")
_OF_SYMBOL_FONTS = re.compile("([\uf000-\uf0ff])")


class ShownWords:
    """Reads the paragraphs of one part. `note` gives the number under which a note is kept, by its kind and id."""

    def __init__(self, drawings: Drawings, note: Callable[[NoteKind, str], int | None]) -> None:
        self._drawings, self._note = drawings, note
        self._fields: list[bool] = []  # of each field that we are in, whether we have come to its shown result
        self._reads: Mapping[str, Callable[[etree._Element], Iterator[str | Piece]]] = {
            f"{W}t": _text,
            f"{W}tab": lambda _: iter(["\t"]),
            f"{W}ptab": lambda _: iter(["\t"]),
            f"{W}cr": lambda _: iter(["\n"]),
            f"{W}noBreakHyphen": lambda _: iter([_NO_BREAK_HYPHEN]),
            f"{W}br": lambda node: iter([NewPage() if node.get(f"{W}type") == "page" else "\n"]),
            f"{W}sym": _symbol,
            f"{W}ruby": lambda _: iter([_READING_AID]),
            f"{W}contentPart": lambda _: iter([_HANDWRITING]),
            f"{W}drawing": drawings.drawn,
            f"{W}pict": drawings.drawn_of_old,
            f"{W}object": drawings.drawn_of_old,
            f"{W}footnoteReference": lambda node: self._noted(node, "footnote"),
            f"{W}endnoteReference": lambda node: self._noted(node, "endnote"),
        }

    def of(self, paragraph: etree._Element, ground: Ground) -> Iterator[Piece]:
        """The pieces of a paragraph in order; runs that look alike and stand side by side are one."""
        last: Run | None = None
        for piece in self._inline(paragraph, ground):
            if isinstance(piece, Run) and last and piece.note is None and last.note is None and piece.looks == last.looks:
                last = replace(last, text=last.text + piece.text)
                continue
            if last:
                yield last
            last = piece if isinstance(piece, Run) else None
            if last is None:
                yield piece
        if last:
            yield last
        if not all(self._fields):
            self._fields.clear()  # what follows is read, whatever this field was to be
            yield _TORN

    def _inline(self, node: etree._Element, ground: Ground) -> Iterator[Piece]:
        for each in node:
            if each.tag in _GONE:
                continue
            if each.tag in _DELETED:
                for sign in each.iter(f"{W}fldChar"):  # the other end of a field may have stayed
                    self._step(sign.get(f"{W}fldCharType", ""))
            elif each.tag == f"{W}r":
                yield from self._run(each, ground)
            elif each.tag == f"{MC}AlternateContent":
                yield from self._inline(chosen(each), ground)
            elif str(each.tag).startswith(_MATHS):
                yield _FORMULA
            else:
                if each.tag == f"{W}bdo":
                    yield _TURNED
                yield from self._inline(each, ground)

    def _run(self, run: etree._Element, ground: Ground) -> Iterator[Piece]:
        look = seen_as(child(run, "rPr"), ground)
        for each in _children(run):
            if each.tag == f"{W}fldChar":
                yield from self._field(each, look)
            elif look.seen != "hidden" and all(self._fields) and each.tag in self._reads:
                for piece in self._reads[each.tag](each):
                    yield from _looking(piece, look)

    def _field(self, node: etree._Element, look: Seen) -> Iterator[Piece]:
        kind = node.get(f"{W}fldCharType", "")
        if kind == "begin" and all(self._fields) and look.seen == "yes" and (filled := form_field(node)):
            yield Run(filled, look.looks)
        self._step(kind)

    def _step(self, kind: str) -> None:
        """Goes into a field, to its result, or out of it."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _noted(self, node: etree._Element, kind: NoteKind) -> Iterator[Run | Unshown]:
        number = self._note(kind, node.get(f"{W}id", ""))
        yield _NO_NOTE if number is None else Run("", frozenset(), number)


def _children(run: etree._Element) -> Iterator[etree._Element]:
    for each in run:
        yield from (chosen(each) if each.tag == f"{MC}AlternateContent" else (each,))


def _looking(piece: str | Piece, look: Seen) -> Iterator[Piece]:
    if not isinstance(piece, str):
        yield piece
    elif look.seen == "unreadable" and piece.strip():
        yield UNREADABLE
    elif piece:
        yield Run(piece, look.looks)


def chosen(node: etree._Element) -> etree._Element:
    """One of the alternatives of a drawing, so that it is read once."""
    chosen = node.find(f"{MC}Choice")
    fallback = node.find(f"{MC}Fallback")
    return chosen if chosen is not None else fallback if fallback is not None else etree.Element("nothing")


def _text(node: etree._Element) -> Iterator[str | Piece]:
    if _TURNS.search(node.text or ""):
        yield _TURNED
    for part in _OF_SYMBOL_FONTS.split(node.text or ""):
        yield SYMBOLS.get(f"{ord(part):04X}", _SIGN) if _OF_SYMBOL_FONTS.match(part) else part


def _symbol(node: etree._Element) -> Iterator[str | Piece]:
    code = node.get(f"{W}char", "").upper()
    if code in SYMBOLS:
        yield SYMBOLS[code]
    elif code.isalnum() and len(code) == 4 and code < "D800":
        yield chr(int(code, 16))
    else:
        yield _SIGN
