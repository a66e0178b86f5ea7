"""Text PDFs: ruled tables row by row, and the lines beside them as paragraphs; a PDF that holds pictures of pages alone is refused."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from extractors.grid import GOES_ON
from extractors.model import Aside, Block, Box, Content, Document, Extractor, Paragraph, Row, Table, tidy
from extractors.passwords import NEEDED, WRONG
from extractors.pdf_columns import Unruled, unruled
from extractors.pdf_text import Line, Span, Word, joined, lines_of, text_of, words_in
from timeline.errors import FileError

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

MAX_PAGES = 400
MAX_DRAWN = 10_000  # lines, rectangles and curves of a page
MAX_PAGE_BYTES = 2_000_000  # of what draws a page: reading a page of so much takes ten seconds
TOO_MUCH_DRAWN = "the PDF is drawn with more lines than a chronology; ask the agency for it as Word or Excel"
_NO_TEXT = "the PDF holds no readable text, only pictures of pages; ask the agency for the Word or Excel file that it was made from"
_SCAN_SHARE = 0.7
_NEAR_EDGE_LINES = 2
_SNAP = 2.0
_SAME_HEIGHT = 4
_PAGE_NUMBER = re.compile(r"(?i)(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|^\W*\d+(?:\s*(?:of|/)\s*\d+)?\W*$")


def recognises(content: Content) -> bool:
    """Whether the file is a PDF."""
    return content.main_type == "application/pdf"


def read(content: Content) -> Document:
    """Every page's tables and lines from top to bottom; what repeats on the pages' edges, comments, links and form fields apart."""
    import pdfplumber  # heavy: only a child that reads a PDF pays for it
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        opened = pdfplumber.open(io.BytesIO(content.data), password=content.password or "")
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise FileError(WRONG if content.password else NEEDED) from error
        raise FileError("the PDF is damaged or cut short; ask the agency to send it again") from error
    with opened as pdf:
        return _document(pdf)


def _document(pdf: "PDF") -> Document:
    if len(pdf.pages) > MAX_PAGES:
        raise FileError(f"the PDF has more than {MAX_PAGES} pages; ask the agency for the chronology alone, as Word or Excel")
    pages: list[list[Line | Table]] = []
    apart: list[tuple[str, Aside]] = []
    scans, unread = [], []
    table: Unruled | None = None
    for number, page in enumerate(pdf.pages, start=1):
        _refuse_overdrawn(page)
        blocks, table = _blocks(page, number, previous=pages[-1] if pages else [], before=table)
        is_picture = any(_share(image, page) > _SCAN_SHARE for image in page.images)
        if not blocks and page.images:
            unread.append(number)
        elif is_picture and blocks:
            scans.append(number)
        pages.append(blocks)
        apart += _beside(page, number)
        page.close()
    if not any(pages) and not apart:
        raise FileError(_NO_TEXT)
    notes = []
    if unread:
        notes.append(f"page {_listed(unread)}: a picture without readable text; it was not read")
    if scans:
        notes.append(f"page {_listed(scans)}: a scan; its text is what a program made out of the picture, please check it")
    if _has_files(pdf):
        notes.append("another file is embedded in this one; it was not opened, ask for it on its own")
    edges = _repeated(pages)
    return Document(tuple(_in_order(pages, edges)), (*_told_once(pages, edges), *apart), tuple(notes))


def _refuse_overdrawn(page: "Page") -> None:
    """FileError for a page that takes more to draw than one of text and tables, before any of it is drawn."""
    from pdfminer.pdftypes import PDFStream, resolve1

    parts = map(resolve1, page.page_obj.contents)
    if sum(len(each.get_data()) for each in parts if isinstance(each, PDFStream)) > MAX_PAGE_BYTES:
        raise FileError(TOO_MUCH_DRAWN)


def _has_files(pdf: "PDF") -> bool:
    from pdfminer.pdftypes import resolve1

    names = resolve1(pdf.doc.catalog.get("Names"))
    return isinstance(names, dict) and "EmbeddedFiles" in names


def _share(image: dict[str, Any], page: "Page") -> float:
    return float(abs(image["x1"] - image["x0"]) * abs(image["bottom"] - image["top"]) / max(1.0, float(page.width) * float(page.height)))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")


def _blocks(page: "Page", number: int, previous: list[Line | Table], before: Unruled | None) -> tuple[list[Line | Table], Unruled | None]:
    """The page's tables and the lines outside them, by where they begin, and the one of them that no lines are drawn round."""
    if len(page.lines) + len(page.rects) + len(page.curves) > MAX_DRAWN:
        raise FileError(TOO_MUCH_DRAWN)
    words = words_in(page)
    placed: list[tuple[float, Line | Table]] = []
    taken: set[int] = set()
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    for count, found in enumerate(tables, start=1):
        grid = _grid(found.cells)
        rows, used = _rows(grid, [(index, word) for index, word in enumerate(words) if index not in taken])
        if not any(box.text for row in rows for box in row.boxes):
            continue
        taken |= used
        if count == 1 and previous and isinstance(previous[-1], Table) and rows[0].boxes and not rows[0].boxes[0].text:
            rows = (Row(rows[0].number, rows[0].boxes, problems=(GOES_ON,)), *rows[1:])
        placed.append((found.bbox[1], Table(f"page {number} table {count}", f"page {number}, table {count}", rows)))
    outside = [word for index, word in enumerate(words) if index not in taken]
    table = unruled(outside, before) if not placed else None
    if table:
        first = Row(table.rows[0].number, table.rows[0].boxes, problems=(GOES_ON,) if table.goes_on else ())
        placed.append((table.top, Table(f"page {number} table 1", f"page {number}, table 1", (first, *table.rows[1:]))))
        outside = [word for word in outside if word not in table.words]
    placed += [(line.top, line) for line in lines_of(outside, number)]
    return [block for _, block in sorted(placed, key=lambda each: each[0])], table


def _grid(cells: Sequence[tuple[float, float, float, float]]) -> list[list[Span | None]]:
    """The cells (left, top, right, bottom) by row and column; None where a cell of another row or column reaches over the place."""
    lefts, tops = _levels(cell[0] for cell in cells), _levels(cell[1] for cell in cells)
    grid: list[list[Span | None]] = [[None] * len(lefts) for _ in tops]
    for left, top, right, bottom in cells:
        grid[_level(tops, top)][_level(lefts, left)] = (left, top, right, bottom)
    return grid


def _levels(values: Iterator[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _SNAP:
            levels.append(value)
    return levels


def _level(levels: list[float], value: float) -> int:
    return max((index for index, level in enumerate(levels) if level <= value + _SNAP), default=0)


def _rows(grid: list[list[Span | None]], words: list[tuple[int, Word]]) -> tuple[tuple[Row, ...], set[int]]:
    """The rows of a table, and which words stand in it."""
    used: set[int] = set()
    rows: list[Row] = []
    above: list[Span | None] = [None] * (len(grid[0]) if grid else 0)
    for number, spans in enumerate(grid, start=1):
        boxes: list[Box] = []
        left: Span | None = None
        for column, span in enumerate(spans):
            over = above[column]
            if span is not None:
                inside = [(index, word) for index, word in words if word.is_in(span)]
                used.update(index for index, _ in inside)
                boxes.append(Box(text_of([word for _, word in inside], span)))
                left = above[column] = span
            elif over is not None and rows and over[3] > _top(spans) + _SNAP:
                boxes.append(Box(continues=True, covered=bool(column) and over is above[column - 1]))
            else:
                boxes.append(Box(covered=left is not None))
                above[column] = left
        rows.append(Row(number, tuple(boxes)))
    return tuple(rows), used


def _top(spans: Sequence[Span | None]) -> float:
    return min((span[1] for span in spans if span is not None), default=0.0)


def _repeated(pages: list[list[Line | Table]]) -> set[str]:
    """Lines that stand at the same place at the top or foot of most pages."""
    counts: Counter[str] = Counter()
    for blocks in pages:
        lines = [block for block in blocks if isinstance(block, Line)]
        counts.update({_key(line) for line in (*lines[:_NEAR_EDGE_LINES], *lines[-_NEAR_EDGE_LINES:])})
    return {key for key, count in counts.items() if count > 1 and count >= 0.6 * len(pages)}


def _key(line: Line) -> str:
    """What a line that repeats on every page has in common: its height on the page, and its words without the page's number."""
    return f"{round(line.top / _SAME_HEIGHT)} {_PAGE_NUMBER.sub('#', line.text)}"


def _told_once(pages: list[list[Line | Table]], edges: set[str]) -> Iterator[tuple[str, Aside]]:
    told: set[str] = set()
    for block in (block for blocks in pages for block in _edge_lines(blocks, edges)):
        if _key(block) not in told:
            told.add(_key(block))
            yield block.where, Aside(block.text, "a page header or footer, not part of the chronology")


def _edge_lines(blocks: list[Line | Table], edges: set[str]) -> list[Line]:
    lines = [block for block in blocks if isinstance(block, Line)]
    near = {id(line) for line in (*lines[:_NEAR_EDGE_LINES], *lines[-_NEAR_EDGE_LINES:])}
    return [line for line in lines if id(line) in near and _key(line) in edges]


def _in_order(pages: list[list[Line | Table]], edges: set[str]) -> Iterator[Block]:
    size = _usual_size(pages)
    for blocks in pages:
        passed = {id(line) for line in _edge_lines(blocks, edges)}
        lines: list[Line] = []
        for block in blocks:
            if isinstance(block, Table):
                yield from _paragraphs(lines, size)
                lines = []
                yield block
            elif id(block) not in passed:
                lines.append(block)
        yield from _paragraphs(lines, size)


def _usual_size(pages: list[list[Line | Table]]) -> float:
    sizes = Counter(round(line.size) for blocks in pages for line in blocks if isinstance(line, Line))
    return float(sizes.most_common(1)[0][0]) if sizes else 0.0


def _paragraphs(lines: list[Line], size: float) -> Iterator[Paragraph]:
    for group in joined(lines):
        first = group[0]
        level = 1 if size and first.size > 1.15 * size and len(group) == 1 else 0
        yield Paragraph(first.where, tidy(" ".join(line.text for line in group)), level, all(line.is_bold for line in group))


def _beside(page: "Page", number: int) -> Iterator[tuple[str, Aside]]:
    """Comments, links and form fields of the page, which stand in no line of it."""
    for annotation in page.annots:
        kind = str(annotation["data"].get("Subtype", ""))
        if annotation.get("uri"):
            yield f"page {number}", Aside(tidy(annotation["uri"]), "the address that a link leads to; it was not followed")
        elif "Widget" in kind:
            value = annotation["data"].get("V")
            if isinstance(value, bytes) and (text := tidy(_decoded(value))):
                yield f"page {number}", Aside(text, "what a form field holds, kept apart from the text")
        elif annotation.get("contents") and (text := tidy(annotation["contents"])):
            yield f"page {number}", Aside(text, "a comment, kept apart from the text")


def _decoded(value: bytes) -> str:
    return value.decode("utf-16", "replace") if value.startswith((b"\xfe\xff", b"\xff\xfe")) else value.decode("latin-1")


EXTRACTOR = Extractor("pdf", recognises, read, "PDF with text", (".pdf",), ("pdfplumber",))
