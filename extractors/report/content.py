"""What a reader sees of the author's document, block by block: the one source of what is published.

Tracked insertions are taken, deletions, comments, hidden words and field codes are not; fields show their last result; text boxes stand after the
paragraph that holds them. Page headers and footers are left to the new document. What cannot be shown as it was seen is an obstacle, never dropped
in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import get_args

from lxml import etree

from extractors.report.drawn import Drawings, Unshown
from extractors.report.looks import Ground, Styles, child, fill_of, is_on, styles_of, value
from extractors.report.numbering import Counting, Label, lists_of
from extractors.report.package import ReportPackage
from extractors.report.paragraph_shape import has_words, heading_level, is_contents_line, item_of
from extractors.report.shown_words import MC, NewPage, Piece, ShownWords, chosen
from extractors.report.table_shape import heading_rows, shares_of, whole
from extractors.word_styles import W
from extractors.word_text import cells_of_row, flag_deleted_mark, is_deleted_row, rows_of
from timeline.authored_content import (
    Block,
    Cell,
    Contents,
    Heading,
    Note,
    NoteKind,
    Obstacle,
    PageBreak,
    Paragraph,
    Picture,
    ReportContent,
    Row,
    Run,
    Table,
    all_blocks,
    words_of,
)

_ROLES = {"title": "title", "subtitle": "subtitle", "quote": "quote", "intense quote": "quote", "caption": "caption"}
_PASSED_OVER = frozenset(f"{W}{name}" for name in ("sectPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "tcPr", "trPr", "tblPr", "tblGrid"))
_INSERTED_FILES = (f"{W}altChunk", f"{W}subDoc")
_PROMPT = "prompt"  # the style of our drafts' notes for the author
_MOST_COLUMNS = 63  # of a Word table


def content_of(package: ReportPackage) -> ReportContent:
    """Everything that a reader sees of the report, in order."""
    return _Reader(package).content()


@dataclass(frozen=True, slots=True)
class _Where:
    """Where we are: the place in words for a person, and what colours the ground there."""

    place: str
    fills: tuple[str, ...] = ()
    is_coloured: bool = False


@dataclass(slots=True)
class _Found:
    """What is gathered while reading: notes, and what no new document can show."""

    notes: list[Note] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0


class _Reader:
    """Reads one report."""

    def __init__(self, package: ReportPackage) -> None:
        self._package, self._found = package, _Found()
        related = package.related(package.main)
        part_of = {kind: part for kind, part in reversed(list(related.values())) if part in package.parts}
        self._styles = styles_of(package.root(part_of["styles"])) if "styles" in part_of else Styles()
        lists = lists_of(package.root(part_of["numbering"])) if "numbering" in part_of else None
        self._counting = Counting(lists, self._styles) if lists else None
        parts: dict[NoteKind, str] = {kind: part_of[f"{kind}s"] for kind in get_args(NoteKind) if f"{kind}s" in part_of}
        self._note_nodes = {(kind, each.get(f"{W}id", "")): each for kind, part in parts.items() for each in package.root(part)}
        self._note_numbers: dict[tuple[NoteKind, str], int] = {}
        self._words = self._of_part(package.main)
        self._words_of_notes = {kind: self._of_part(part) for kind, part in parts.items()}

    def _of_part(self, part: str) -> ShownWords:
        related = self._package.related(part)

        def image(key: str) -> bytes | None:
            return self._package.parts.get(related.get(key, ("", ""))[1])

        return ShownWords(Drawings(image), self._note)

    def content(self) -> ReportContent:
        """The whole report."""
        body = self._package.root(self._package.main).find(f"{W}body")
        blocks = tuple(self._blocks(body, self._words, None)) if body is not None else ()
        content = ReportContent("", _numbered(blocks), tuple(self._found.notes), tuple(self._found.obstacles))
        return replace(content, title=_title(content))

    def _blocks(self, node: etree._Element, words: ShownWords, where: _Where | None) -> Iterator[Block]:
        """The blocks of a body, cell, note or text box; `where` is None in the body, whose paragraphs and tables are counted."""
        carried: list[Piece] = []
        in_contents = False
        for each, is_contents in _children(node):
            if each.tag == f"{W}tbl":
                yield from self._table(each, words, where)
                continue
            if each.tag in _INSERTED_FILES:
                place = (where or _Where(f"after paragraph {self._found.paragraphs}")).place
                self._found.obstacles.append(Obstacle(place, "a file inserted as a whole", "open the report in Word and save it again"))
                continue
            at = where or self._next_paragraph()
            style = value(each.find(f"{W}pPr/{W}pStyle"), self._styles.default)
            names = self._styles.names(style)
            if is_contents_line(names):
                if not in_contents:
                    yield Contents()
                in_contents = True
                continue
            in_contents = in_contents and is_contents
            carried += self._of_paragraph(each, style, words, at)
            if _PROMPT in names and has_words(carried):
                self._found.obstacles.append(Obstacle(at.place, "a note for the author", "write what it asks for, and delete it"))
            if not flag_deleted_mark(each):
                yield from self._finished(each, style, carried, words, at)
                carried = []
        if carried:
            yield from self._finished(etree.Element(f"{W}p"), self._styles.default, carried, words, where or _Where("the last paragraph"))

    def _next_paragraph(self) -> _Where:
        self._found.paragraphs += 1
        return _Where(f"paragraph {self._found.paragraphs}")

    def _of_paragraph(self, node: etree._Element, style: str, words: ShownWords, where: _Where) -> Iterator[Piece]:
        own = fill_of(child(node, "pPr"))
        styled = next((fill for each in self._styles.chain(style) if (fill := fill_of(each.paragraph))), "")
        yield from words.of(node, Ground(self._styles, style, (own, styled, *where.fills), where.is_coloured))

    def _finished(self, node: etree._Element, style: str, carried: list[Piece], words: ShownWords, where: _Where) -> Iterator[Block]:
        """The blocks that a paragraph gives: itself, in parts where a page ends in it, then its pictures and text boxes."""
        properties = child(node, "pPr")
        if is_on(child(properties, "pageBreakBefore")):
            yield PageBreak()
        runs: list[Run] = []
        after: list[Block] = []
        label = self._counting.label(properties, style) if self._counting and has_words(carried) else None
        for piece in carried:
            if isinstance(piece, Run):
                runs.append(piece)
            elif isinstance(piece, Picture):
                after.append(piece)
            elif isinstance(piece, Unshown):
                self._found.obstacles.append(Obstacle(where.place, piece.what, piece.mend))
            elif isinstance(piece, NewPage):
                yield from self._one(runs, style, properties, label)
                yield PageBreak()
                runs, label = [], None
            else:
                after += self._blocks(piece, words, replace(where, place=f"text box in {where.place}"))
        yield from self._one(runs, style, properties, label)
        yield from after
        if (section := child(properties, "sectPr")) is not None and value(child(section, "type"), "nextPage") != "continuous":
            yield PageBreak()

    def _one(self, runs: list[Run], style: str, properties: etree._Element | None, label: Label | None) -> Iterator[Block]:
        if not any(run.text.strip() or run.note is not None for run in runs):
            return
        names = self._styles.names(style)
        level = heading_level(names, child(properties, "outlineLvl") if child(properties, "outlineLvl") is not None else
                               self._styles.paragraph_property(style, "outlineLvl"))  # fmt: skip
        role = next((_ROLES[name] for name in names if name in _ROLES), "text")
        if label and role == "text" and not level and (item := item_of(runs, label)):
            yield item
            return
        if label:
            runs = [Run(f"{label.shown.rstrip()} ", runs[0].looks), *runs]
        yield Heading(level, tuple(runs)) if level and role == "text" else Paragraph(tuple(runs), role)  # type: ignore[arg-type]

    def _note(self, kind: NoteKind, key: str) -> int | None:
        """Reads a note where it is first referred to; gives its place among the notes."""
        node = self._note_nodes.get((kind, key))
        if node is None:
            return None
        if (kind, key) not in self._note_numbers:
            number = self._note_numbers[kind, key] = len(self._found.notes)
            self._found.notes.append(Note(kind, ()))
            count = sum(each.kind == kind for each in self._found.notes)
            blocks = tuple(self._blocks(node, self._words_of_notes[kind], _Where(f"{kind} {count}")))
            self._found.notes[number] = Note(kind, blocks)
        return self._note_numbers[kind, key]

    def _table(self, node: etree._Element, words: ShownWords, where: _Where | None) -> Iterator[Table]:
        if where is None:
            self._found.tables += 1
        place = f"table {self._found.tables}" if where is None else f"table in {where.place}"
        style = self._styles.by_id.get(value(node.find(f"{W}tblPr/{W}tblStyle")))
        outer = where or _Where("")
        around = _Where(place, (fill_of(child(node, "tblPr")), *outer.fills), outer.is_coloured or bool(style and style.shades))
        rows = []
        for number, row in enumerate(rows_of(node), start=1):
            if not is_deleted_row(row) and not is_on(row.find(f"{W}trPr/{W}hidden")):
                rows.append(self._row(row, words, replace(around, place=f"{place} row {number}")))
        rows = [row for row in rows if row.cells]
        if rows:
            heads = heading_rows(rows, style, node)
            yield Table(tuple(replace(row, is_heading=number < heads) for number, row in enumerate(rows)), shares_of(node, rows))

    def _row(self, node: etree._Element, words: ShownWords, where: _Where) -> Row:
        cells = []
        for number, cell in enumerate(cells_of_row(node), start=1):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            across = min(whole(value(child(properties, "gridSpan")), 1), _MOST_COLUMNS)
            if merge is not None and value(merge, "continue") == "continue":
                cells.append(Cell((), across, "goes on"))
            elif child(properties, "cellDel") is not None:
                cells.append(Cell((), across))
            else:
                at = replace(where, place=f"{where.place} cell {number}", fills=(fill_of(properties), *where.fills))
                cells.append(Cell(tuple(self._blocks(cell, words, at)), across, "begins" if merge is not None else ""))
        before = min(whole(value(node.find(f"{W}trPr/{W}gridBefore")), 0), _MOST_COLUMNS)
        return Row(tuple(cells), is_on(node.find(f"{W}trPr/{W}tblHeader")), before)


def _children(node: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The paragraphs and tables of a body, cell, note or box in order, and whether each stands in a table of contents."""
    for each in node:
        if each.tag in (f"{W}p", f"{W}tbl", *_INSERTED_FILES):
            yield each, False
        elif each.tag == f"{MC}AlternateContent":
            yield from _children(chosen(each))
        elif each.tag not in _PASSED_OVER:
            gallery = value(each.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
            yield from ((inner, is_contents or gallery == "Table of Contents") for inner, is_contents in _children(each))


def _numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without page breaks that follow one another, begin the document or end it: no reader turns an empty page."""
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, PageBreak) or (kept and not isinstance(kept[-1], PageBreak)):
            kept.append(block)
    if kept and isinstance(kept[-1], PageBreak):
        kept.pop()
    return tuple(kept)


def _title(content: ReportContent) -> str:
    """The document's title as it stands on its pages: the paragraph that is one, or the first heading."""
    blocks = tuple(all_blocks(content))
    titled = (words_of(each) for each in blocks if isinstance(each, Paragraph) and each.role == "title")
    headed = (words_of(each) for each in blocks if isinstance(each, Heading))
    return " ".join(next(titled, next(headed, "")).split())
