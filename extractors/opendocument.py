"""OpenDocument spreadsheets (.ods): every sheet's rows as they are shown, with hidden ones, merged cells, comments, links and struck text told."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from lxml import etree

from extractors.bounds import Amount, refuse_too_wide
from extractors.grid import HIDDEN_ROW, Sheet
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import shown
from extractors.opendocument_changes import TRACKED, Tracked, changes_in, list_changes
from extractors.package import elements, open_package
from extractors.signs import has_signs, unsigned

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
T, X, OFFICE = f"{{{_SPACE}table:1.0}}", f"{{{_SPACE}text:1.0}}", f"{{{_SPACE}office:1.0}}"
_STYLE, _NUMBER, _DRAW = f"{{{_SPACE}style:1.0}}", f"{{{_SPACE}datastyle:1.0}}", f"{{{_SPACE}drawing:1.0}}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_HOURS = re.compile(r"PT(\d+)H(\d+)M")
_CODES = {"day": "d", "month": "m", "year": "y", "hours": "h", "minutes": "mm"}
_OUTSIDE = "the file refers to something outside itself; it was not fetched"


def recognises(content: Content) -> bool:
    """Whether the package is an OpenDocument spreadsheet."""
    return "opendocument.spreadsheet" in content.main_type


def read(content: Content) -> Document:
    """Every sheet as a table, in the file's order."""
    with open_package(content.data) as package:
        styles = _Styles()
        if "styles.xml" in content.parts:
            for node in elements(package, "styles.xml", _STYLE_TAGS):
                styles.take(node)
        reader = _Reader(styles)
        tables = tuple(reader.read(package))
    notes = ["the file holds macros; they were not run"] if any(name.startswith(("Basic/", "Scripts/")) for name in content.parts) else []
    notes += [_OUTSIDE] if styles.has_source else []
    notes += (
        [f"the file shows {styles.pictures} picture{'s' if styles.pictures > 1 else ''}; pictures are not read"] if styles.pictures else []
    )
    return Document(tables, tuple(reader.beside), tuple(notes))


_STYLE_TAGS = (f"{_STYLE}style", f"{_NUMBER}date-style", f"{_NUMBER}time-style")


@dataclass(slots=True)
class _Styles:
    """What the styles say that matters here: struck and hidden text, hidden sheets, and what a date style shows."""

    struck: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    hidden_sheets: set[str] = field(default_factory=set)
    formats: dict[str, str] = field(default_factory=dict)
    of_cells: dict[str, str] = field(default_factory=dict)
    has_source: bool = False
    pictures: int = 0

    def take(self, node: etree._Element) -> None:
        """Takes one style in."""
        name, parent = node.get(f"{_STYLE}name", ""), node.get(f"{_STYLE}parent-style-name", "")
        if node.tag != f"{_STYLE}style":
            codes = (_CODES.get(str(each.tag).rpartition("}")[2], " ") for each in node)
            self.formats[name] = "".join(codes)
            return
        text, table = node.find(f"{_STYLE}text-properties"), node.find(f"{_STYLE}table-properties")
        line = text.get(f"{_STYLE}text-line-through-style", "") if text is not None else ""
        if (line and line != "none") or (not line and parent in self.struck):
            self.struck.add(name)
        if (text is not None and text.get(f"{X}display") == "none") or parent in self.unseen:
            self.unseen.add(name)
        if table is not None and table.get(f"{T}display") == "false":
            self.hidden_sheets.add(name)
        if shown_as := node.get(f"{_STYLE}data-style-name") or self.of_cells.get(parent):
            self.of_cells[name] = shown_as

    def format_of(self, name: str) -> str:
        """Which parts of a moment a cell of this style shows: d, m, y, h."""
        return self.formats.get(self.of_cells.get(name, ""), "")


class _Reader:
    """Reads the content part, element by element, into one Sheet after another."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._table: etree._Element | None = None
        self._changes: tuple[Tracked, ...] = ()
        self.beside: list[tuple[str, Aside]] = []
        self._amount = Amount()
        self._sheet = Sheet(amount=self._amount)
        self._row = self._column = self._number = 0

    def read(self, package: zipfile.ZipFile) -> Iterator[Table]:
        """Every sheet as a table."""
        tags = (*_STYLE_TAGS, TRACKED, *(f"{T}{name}" for name in ("table-column", "table-row", "table", "shapes", "table-source")))
        for node in elements(package, "content.xml", tags):
            name = node.tag.rpartition("}")[2]
            if name in ("style", "date-style", "time-style"):
                self._styles.take(node)
                continue
            if name == "table":
                yield self._made(node)
                continue
            if node.tag == TRACKED:
                self._changes = tuple(changes_in(node))
                continue
            self._enter(node)
            if name == "table-column":
                self._read_column(node)
            elif name == "table-row":
                self._read_row(node)
            elif name == "shapes":
                self._drawn(node, 1)
            else:
                self._styles.has_source = True

    def _enter(self, node: etree._Element) -> None:
        table = next(node.iterancestors(f"{T}table"), None)
        if table is not self._table:
            self._table, self._sheet = table, Sheet(amount=self._amount)
            self._row = self._column = 0

    def _made(self, node: etree._Element) -> Table:
        if node is not self._table:
            self._sheet = Sheet(amount=self._amount)
        self._table = None
        self._number += 1
        title = tidy(node.get(f"{T}name", "")).replace("\n", " ")
        self.beside += list_changes([each for each in self._changes if each.sheet == self._number], self._sheet, title)
        return self._sheet.table(title, self._number, is_hidden=node.get(f"{T}style-name", "") in self._styles.hidden_sheets)

    def _read_column(self, node: etree._Element) -> None:
        first = self._column + 1
        self._column += _count(node, "number-columns-repeated")
        if _is_hidden(node):
            self._sheet.hide_columns(first, self._column)

    def _read_row(self, node: etree._Element) -> None:
        number, times = self._row + 1, _count(node, "number-rows-repeated")
        self._row += times
        own: dict[int, Box] = {}
        column = 1
        for cell in node:
            if cell.tag not in (f"{T}table-cell", f"{T}covered-table-cell"):
                continue
            wide = _count(cell, "number-columns-repeated")
            box = self._box(cell, number)
            if cell.tag == f"{T}covered-table-cell":
                if box.text:
                    self._sheet.of(number).hide(box.text, "text inside a merged cell, which the spreadsheet does not show")
            else:
                self._merge(cell, number, column)
                if box.text:
                    refuse_too_wide(len(own) + wide)
                    own.update(dict.fromkeys(range(column, column + wide), box))
            column += wide
        if own:
            self._keep(node, number, times, own)

    def _keep(self, node: etree._Element, number: int, times: int, own: dict[int, Box]) -> None:
        for row in range(number, number + times):
            self._sheet.keep(row, dict(own))
            if _is_hidden(node) or any(map(_is_hidden, node.iterancestors(f"{T}table-row-group"))):
                self._sheet.of(row).told.append(HIDDEN_ROW)

    def _merge(self, cell: etree._Element, row: int, column: int) -> None:
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            self._sheet.merge(row, row + down - 1, column, column + across - 1)

    def _box(self, cell: etree._Element, row: int) -> Box:
        lines = [self._inline(child, row) for child in cell if child.tag in (f"{X}p", f"{X}h")]
        for child in cell:
            if child.tag == f"{OFFICE}annotation":
                self._sheet.of(row).comment(tidy("\n".join("".join(map(str, each.itertext())) for each in child.iter(f"{X}p"))))
            elif child.tag not in (f"{X}p", f"{X}h"):
                self._drawn(child, row)
        text, style = "\n".join(lines), cell.get(f"{T}style-name", "")
        text = self._sheet.of(row).settle(text) if has_signs(text) else tidy(text)
        box = _valued(cell, text, self._styles.format_of(style))
        if box.text and style in self._styles.struck:
            marks = self._sheet.of(row)
            marks.settle(marks.strike(box.text))
        return box

    def _inline(self, node: etree._Element, row: int) -> str:
        parts = [node.text or ""]
        for child in node:
            parts += (self._part(child, row), child.tail or "")
        return "".join(parts)

    def _part(self, child: etree._Element, row: int) -> str:
        if child.tag == f"{X}s":
            return " " * min(_count(child, "c", X), 100)
        if child.tag in (f"{X}tab", f"{X}line-break"):
            return "\t" if child.tag == f"{X}tab" else "\n"
        if child.tag == f"{X}ruby-text" or str(child.tag).startswith((OFFICE, _DRAW)):
            return ""
        text, style = self._inline(child, row), child.get(f"{X}style-name", "")
        if style in self._styles.unseen and text.strip():
            return self._sheet.of(row).hide(text)
        if child.tag == f"{X}a" and (target := child.get(_LINK, "")) != unsigned(text).strip():
            self._sheet.of(row).link(tidy(target))
        return self._sheet.of(row).strike(text) if style in self._styles.struck else text

    def _drawn(self, node: etree._Element, row: int) -> None:
        """Keeps the words of shapes apart, by the row that they are fixed to."""
        self._styles.pictures += sum(1 for _ in node.iter(f"{_DRAW}image"))
        if text := tidy("\n".join("".join(map(str, each.itertext())) for each in node.iter(f"{X}p"))):
            self._sheet.of(row).drawn(text)


def _valued(cell: etree._Element, text: str, number_format: str) -> Box:
    """The cell's box: what it shows, and beside that the real date or time that it holds."""
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "date" and (written := cell.get(f"{OFFICE}date-value", "")):
        moment = datetime.fromisoformat(written.removesuffix("Z"))
        at = "" if moment.time() == time() else f"{moment:%H:%M}"
        return Box(text or shown(moment, "dd/mm/yyyy"), real=moment.date(), real_time=at, shown_as=number_format)
    if kind == "time" and (match := _HOURS.match(cell.get(f"{OFFICE}time-value", ""))):
        at = f"{int(match[1]):02d}:{int(match[2]):02d}"
        return Box(text or at, real_time=at, shown_as=number_format)
    if not text and kind in ("float", "percentage", "currency"):
        return Box(shown(float(cell.get(f"{OFFICE}value", "0")), "General"))
    return Box(text or tidy(cell.get(f"{OFFICE}string-value", "") or cell.get(f"{OFFICE}boolean-value", "")))


def _count(node: etree._Element, name: str, space: str = T) -> int:
    written = node.get(f"{space}{name}", "1")
    return max(1, int(written)) if written.isdigit() and len(written) < 8 else 1


def _is_hidden(node: etree._Element) -> bool:
    return node.get(f"{T}visibility", "visible") in ("collapse", "filter") or node.get(f"{T}display") == "false"


EXTRACTOR = Extractor("ods", recognises, read, "OpenDocument spreadsheet", (".ods",))
