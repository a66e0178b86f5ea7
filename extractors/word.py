"""Word documents (.docx, .docm): our own walk over the XML, because every library that was measured loses insertions, nested tables or text boxes."""

import zipfile
from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from extractors.bounds import MAX_PARAGRAPHS, Amount
from extractors.marks import ROW_DELETED, Marks, told_apart
from extractors.model import Aside, Block, Box, Content, Document, Extractor, Paragraph, Row, Table
from extractors.package import notes_on, open_package, parse, relationships, targets
from extractors.word_styles import NO_STYLES, W, styles_from
from extractors.word_text import WordText, cells_of_row, flag, flag_deleted_mark, rows_of
from timeline.errors import FileError

_PASSED_OVER = (f"{W}sectPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")


def recognises(content: Content) -> bool:
    """Whether the package's main part is a Word document."""
    return "wordprocessingml" in content.main_type or "ms-word" in content.main_type


def read(content: Content) -> Document:
    """Every table and paragraph of the body in order, headers and footers apart."""
    with open_package(content.data) as package:
        main = next((target for kind, target, _ in relationships(package, "") if kind == "officeDocument"), "word/document.xml")
        body = parse(package, main).find(f"{W}body")
        if body is None:
            raise FileError("the document has no body; open it in Word, save it again and send that")
        if sum(1 for _ in body.iter(f"{W}p", f"{W}tr")) > MAX_PARAGRAPHS:
            raise FileError("the document has more paragraphs or rows than a chronology; ask the agency for the rows alone")
        parts = [(kind, target) for kind, target, is_outside in relationships(package, main) if not is_outside and target in content.parts]
        styles = next((styles_from(parse(package, target)) for kind, target in parts if kind == "styles"), NO_STYLES)
        beside: list[tuple[str, Aside]] = []
        reader = WordText(
            comments=_by_id(package, parts, "comments", beside),
            footnotes=_by_id(package, parts, "footnotes", beside),
            endnotes=_by_id(package, parts, "endnotes", beside),
            styles=styles,
            links={key: target for key, (kind, target, is_outside) in targets(package, main).items() if kind == "hyperlink" and is_outside},
        )
        return Document(tuple(_blocks(body, reader, styles.levels)), (*beside, *_headers(package, parts)), notes_on(package))


def _by_id(package: zipfile.ZipFile, parts: list[tuple[str, str]], kind: str, beside: list[tuple[str, Aside]]) -> Mapping[str, str]:
    """The comments or notes by their ids; what was changed, hidden or struck in them goes to `beside`."""
    plain, found = WordText(), {}
    roots = [parse(package, target) for told, target in parts if told == kind]
    for each in (each for root in roots for each in root if each.get(f"{W}type", "normal") == "normal"):
        marks, number = Marks(), each.get(f"{W}id", "")
        found[number] = plain.cell(each, marks)
        beside += [(f"{kind.removesuffix('s')} {number}".strip(), aside) for aside in marks.asides if aside.mark]
    return found


def _headers(package: zipfile.ZipFile, parts: list[tuple[str, str]]) -> Iterator[tuple[str, Aside]]:
    plain, told = WordText(), set()
    for kind, target in parts:
        if kind in ("header", "footer"):
            marks = Marks()
            text = plain.cell(parse(package, target), marks)
            if text and not text.isdigit() and text not in told:
                told.add(text)
                yield f"page {kind}", Aside(text, f"a page {kind}, not part of the chronology")
            yield from ((f"page {kind}", aside) for aside in marks.asides if aside.mark)


def _blocks(body: etree._Element, reader: WordText, levels: Mapping[str, int]) -> Iterator[Block]:
    tables, paragraphs, amount = count(1), count(1), Amount()
    for node in _body(body):
        if node.tag == f"{W}tbl":
            number = next(tables)
            yield Table(f"table {number}", f"table {number}", _rows(node, reader, amount))
        else:
            paragraph = _paragraph(node, next(paragraphs), reader, levels)
            amount.add_paragraph(paragraph)
            yield paragraph


def _body(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _body(child)


def _paragraph(node: etree._Element, number: int, reader: WordText, levels: Mapping[str, int]) -> Paragraph:
    marks = Marks()
    text = marks.settle(reader.paragraph(node, marks))
    properties = node.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    outline = properties.find(f"{W}outlineLvl") if properties is not None else None
    level = levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0
    if outline is not None and outline.get(f"{W}val", "9") < "9":
        level = int(outline.get(f"{W}val", "0")) + 1
    runs = [run for run in node.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
    is_bold = bool(runs) and all(flag(run.find(f"{W}rPr"), "b") for run in runs)
    if flag_deleted_mark(node) and text:
        marks.deleted += 1
    return Paragraph(f"paragraph {number}", text, level, is_bold, marks.problems("paragraph"), tuple(marks.asides))


def _rows(table: etree._Element, reader: WordText, amount: Amount) -> tuple[Row, ...]:
    read = []
    for number, row in enumerate(rows_of(table), start=1):
        read.append(_row(row, number, reader))
        amount.add_row(read[-1])
    counts = {sum(not box.covered for box in row.boxes) for row in read} - {1}
    if len(counts) == 1:  # every row has the same number of cells: their order is the column, however the author dragged the borders
        width = counts.pop()
        read = [_by_order(row, width) for row in read]
    return tuple(read)


def _by_order(row: Row, width: int) -> Row:
    boxes = tuple(box for box in row.boxes if not box.covered)
    if len(boxes) == 1:
        boxes += (Box(covered=True),) * (width - 1)
    return Row(row.number, boxes, row.is_heading, row.gone, row.problems, row.asides)


def _row(row: etree._Element, number: int, reader: WordText) -> Row:
    of_row = _properties(row, "trPr")
    marks, boxes, met_in = Marks(), [Box()] * _number(of_row.get("gridBefore"), 0), list[int]()
    for cell in cells_of_row(row):
        of_cell = _properties(cell, "tcPr")
        box = _box(cell, of_cell, reader, marks)
        met_in += [len(boxes)] * (len(marks.asides) - len(met_in))
        boxes += [box] + [Box(covered=True, continues=box.continues)] * (_number(of_cell.get("gridSpan"), 1) - 1)
    is_heading = "tblHeader" in of_row and flag(row.find(f"{W}trPr"), "tblHeader")
    gone = ROW_DELETED if "del" in of_row else ""
    if "ins" in of_row and not marks.inserted:
        marks.insert("\n".join(box.text for box in boxes if box.text))
        met_in += [len(boxes)] * (len(marks.asides) - len(met_in))
    asides = told_apart(marks.asides, met_in, [box.text for box in boxes], is_row="ins" in of_row or "del" in of_row)
    return Row(number, tuple(boxes), is_heading, gone, marks.problems("row"), asides)


def _box(cell: etree._Element, of_cell: Mapping[str, etree._Element], reader: WordText, marks: Marks) -> Box:
    merge = of_cell.get("vMerge")
    is_merged = merge is not None and merge.get(f"{W}val", "continue") == "continue"
    if not is_merged and "cellDel" not in of_cell:
        return Box(reader.cell(cell, marks))
    inner = Marks()
    text = reader.cell(cell, inner)
    marks.take_dropped(inner)
    if is_merged:
        marks.hide(text, "text inside a merged cell, which Word does not show")
        return Box(continues=True)
    marks.delete(text, "a cell that was deleted under tracked changes, dropped from the row")
    return Box()


def _properties(node: etree._Element, name: str) -> dict[str, etree._Element]:
    found = node.find(f"{W}{name}")
    return {each.tag.removeprefix(W): each for each in found} if found is not None else {}


def _number(property_: etree._Element | None, default: int) -> int:
    written = property_.get(f"{W}val", "") if property_ is not None else ""
    return min(int(written), 200) if written.isdigit() else default


EXTRACTOR = Extractor("docx", recognises, read, "Word document", (".docx", ".docm"))
