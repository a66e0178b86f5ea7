"""One story of a Word document (its body, a header, its footnotes …): every paragraph with its place, and what stands in and behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from extractors.report.attached import BOX, attached, form_words, inside
from extractors.report.pieces import MC, Piece, State, pieces_of
from extractors.word_styles import W, WordStyles
from timeline.authored import Passage, What

_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote", f"{W}commentReference": "comment"}
# how a paragraph with deleted or hidden words is read: the states that are read, the one that is told apart, and what that is called
_APART: Sequence[tuple[tuple[State, ...], State, What]] = (
    (("plain", "deleted"), "deleted", "deletion"),
    (("plain", "inserted", "hidden"), "hidden", "hidden text"),
)
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Story:
    """Walks one story. `numbers` are the elements' numbers in the main part, empty for other parts; `references` lead a note or comment,
    as (kind, id), to the body's paragraph that refers to it, and are filled on the way.
    """

    what: What
    name: str  # "" for the body, else "header 1"
    styles: WordStyles
    links: Mapping[str, str]
    numbers: Mapping[etree._Element, int] = field(default_factory=dict)
    anchor: int | None = None
    references: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def passages(self, root: etree._Element) -> Iterator[Passage]:
        """Every passage of the story in order; their ids are given later."""
        yield from self._blocks(root, "", "plain")

    def _next(self, what: str) -> int:
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def _blocks(self, node: etree._Element, place: str, state: State) -> Iterator[Passage]:
        """The paragraphs and tables in a story, cell or text box; `place` is the cell's or box's, "" at the top."""
        for child in node:
            if child.tag == f"{W}p":
                here = place or self.name or f"paragraph {self._next('paragraph')}"
                yield from self._paragraph(child, here, state)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, place, state)
            elif child.tag in (f"{W}sdtPr", f"{W}tblPr"):
                yield from self._form(child, "form field in", place or self.name or "the body")
            elif child.tag not in (f"{W}sectPr", f"{W}tcPr", f"{W}trPr", f"{W}sdtEndPr"):
                yield from self._blocks(child, place, state)

    def _table(self, table: etree._Element, place: str, state: State) -> Iterator[Passage]:
        outer = place or (f"{self.name}, " if self.name else "") + f"table {self._next('table')}"
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            yield from self._form(properties, "description of", outer)
        for row_number, row in enumerate(_within(table, f"{W}tr"), start=1):
            of_row = row.find(f"{W}trPr")
            row_state: State = "deleted" if _has(of_row, "del") else "hidden" if _has(of_row, "hidden") else state
            for cell_number, cell in enumerate(_within(row, f"{W}tc"), start=1):
                here = place or f"{outer} row {row_number} cell {cell_number}"
                yield from self._blocks(cell, here, row_state)

    def _paragraph(self, paragraph: etree._Element, place: str, state: State) -> Iterator[Passage]:
        outer = self.anchor
        if self.anchor is None and paragraph in self.numbers:
            self.anchor = self.numbers[paragraph]
        for reference in paragraph.iter(*_NOTES):
            if self.anchor is not None:
                self.references.setdefault((_NOTES[reference.tag], reference.get(f"{W}id", "")), self.anchor)
        what: What = "table" if place.startswith("table ") and self.what == "text" else self.what
        pieces = pieces_of(paragraph, self.styles, state)
        yield from self._readings(pieces, place, what)
        yield from self._behind(paragraph, place)
        for number, box in enumerate(_boxes(paragraph), start=1):
            inner = self._inner("text box")
            where = f"text box {number if number > 1 else ''} in {place}".replace("  ", " ")
            yield from inner._blocks(box, where, state)
        yield from self._older_forms(paragraph, place)
        self.anchor = outer

    def _inner(self, what: What) -> "Story":
        """The same walk for a story inside this one: its counts, links and anchor are the same."""
        return Story(what, self.name, self.styles, self.links, {}, self.anchor, self.references, self.counts)

    def _readings(self, pieces: Sequence[Piece], place: str, what: What) -> Iterator[Passage]:
        """The paragraph as it is read, and as it was before changes and with hidden text where it has any."""
        spots: list[tuple[int, int]] = []
        at = 0
        for piece in pieces:
            if piece.state in ("plain", "inserted"):
                if piece.element in self.numbers:
                    spots.append((at, self.numbers[piece.element]))
                at += len(piece.text)
        text = "".join(piece.text for piece in pieces if piece.state in ("plain", "inserted"))
        if text.strip():
            yield self._passage(place, what, text, spots=tuple(spots))
        for kept, state, name in _APART:
            if any(piece.state == state and piece.text.strip() for piece in pieces):
                text, own = _reading([piece for piece in pieces if piece.state in kept], state)
                yield self._passage(f"{name} in {place}", name, text, visible=False, own=own)

    def _behind(self, paragraph: etree._Element, place: str) -> Iterator[Passage]:
        """What hangs on a paragraph, where it has words."""
        for where, what, text in attached(paragraph, self.links):
            if text.strip():
                yield self._passage(f"{where} {place}", what, text, visible=what == "text box")

    def _form(self, properties: etree._Element, where: str, place: str) -> Iterator[Passage]:
        if said := form_words(properties):
            yield self._passage(f"{where} {place}", "form field", said, visible=False)

    def _older_forms(self, paragraph: etree._Element, place: str) -> Iterator[Passage]:
        """What a shape says to older programs alone (mc:Fallback), where it is not what it says to newer ones."""
        newer = {_said(p) for choice in inside(paragraph, f"{MC}Choice") for p in choice.iter(f"{W}p")}
        for fallback in (each for each in paragraph.iter(f"{MC}Fallback")):
            for inner in fallback.iter(f"{W}p"):
                if (said := _said(inner)).strip() and said not in newer:
                    yield self._passage(f"older form of a shape in {place}", "hidden text", said, visible=False)

    def _passage(
        self,
        place: str,
        what: What,
        text: str,
        *,
        visible: bool = True,
        own: tuple[tuple[int, int], ...] = (),
        spots: tuple[tuple[int, int], ...] = (),
    ) -> Passage:
        seen = visible and self.what != "comment"
        return Passage(id="", place=place, what=what, text=text, visible=seen, anchor=self.anchor, own=own, spots=spots)


def _reading(pieces: Sequence[Piece], state: State) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of some pieces, and which characters of them are in this state."""
    own: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        if piece.state == state:
            own.append((at, at + len(piece.text)))
        at += len(piece.text)
    return "".join(piece.text for piece in pieces), tuple(own)


def _within(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, through content controls and the like, none of an inner table."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"):
            yield from _within(child, tag)


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes in a paragraph; those for older programs are left out."""
    for child in node:
        if child.tag == BOX:
            yield child
        elif child.tag != f"{MC}Fallback":
            yield from _boxes(child)


def _said(node: etree._Element) -> str:
    return "".join(each.text or "" for each in node.iter(f"{W}t"))


def _has(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and (found.get(f"{W}val") or "1") not in _OFF
