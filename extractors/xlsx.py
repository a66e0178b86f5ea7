"""Excel workbooks (.xlsx, .xlsm), by our own walk over the XML, which meets each cell that exists once, whatever size the sheet claims.

Hidden sheets, rows and columns, merged cells, comments, links, struck text and number formats (which say how dates are shown) are kept.
"""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from lxml import etree

from extractors.bounds import Amount
from extractors.grid import HIDDEN_ROW, Sheet
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import moment_of, shown
from extractors.package import elements, notes_on, open_package, parse, relationships, targets
from extractors.sheet_parts import read_beside
from extractors.workbook_parts import RELATION, S, Style, Words, column_of, shared_texts, span_of, styles_of, tags, words_of
from timeline.errors import FileError

MAX_CELLS = 3_000_000  # blank ones, of which only the style is told, with them
MAX_CELLS_IN_ROW = 16_384
_DIGITS = "0123456789"
_PLAIN, _NO_BOX = Style(), Box()
_UNSAVED = "a cell of this row holds a formula whose result was not saved; open the file, save it and send it again"
_UNSEEN = "a cell of this row has a number format that shows nothing; its text was kept"
_TWICE = "two cells of this row stand in one place; the second is listed apart"
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


def recognises(content: Content) -> bool:
    """Whether the package's main part is an Excel workbook."""
    return "sheet.binary" not in content.main_type and ("spreadsheetml" in content.main_type or "ms-excel" in content.main_type)


def read(content: Content) -> Document:
    """Every worksheet as a table, in the workbook's order; page headers apart."""
    with open_package(content.data) as package:
        main = next((target for kind, target, _ in relationships(package, "") if kind == "officeDocument"), "xl/workbook.xml")
        root = parse(package, main)
        book = _book(package, main, root, content.parts)
        by_id, notes = targets(package, main), list(notes_on(package))
        tables: list[Table] = []
        apart: list[tuple[str, Aside]] = []
        for number, node in enumerate(root.iterfind(f"{S}sheets/{S}sheet"), start=1):
            kind, part, _ = by_id.get(node.get(RELATION, ""), ("", "", False))
            if kind != "worksheet" or part not in content.parts:
                notes.append(f"sheet {number} holds no cells (a chart or a macro sheet); it was not read")
                continue
            title = tidy(node.get("name", "")).replace("\n", " ")
            reader = _Reader(book)
            reader.read(package, part)
            notes += read_beside(package, part, reader.sheet, reader.links, number)
            tables.append(reader.sheet.table(title, number, is_hidden=node.get("state", "visible") != "visible"))
            apart += [(f'sheet "{title}" page header', Aside(text, "a page header, not part of the chronology")) for text in reader.headers]
    return Document(tuple(tables), tuple(apart), notes=tuple(notes))


@dataclass(slots=True)
class _Book:
    """What all sheets share; boxes are kept by what they were made of, because dates and words come again and again."""

    texts: tuple[Words, ...]
    styles: tuple[Style, ...]
    from_1904: bool
    plain: frozenset[str]
    cells: int = 0
    amount: Amount = field(default_factory=Amount)
    shared: dict[str, Box] = field(default_factory=dict)
    valued: dict[tuple[str, str, str], Box] = field(default_factory=dict)


def _book(package: zipfile.ZipFile, main: str, root: etree._Element, present: frozenset[str]) -> _Book:
    properties = root.find(f"{S}workbookPr")
    parts = {kind: target for kind, target, _ in relationships(package, main) if target in present}
    styles = styles_of(package, parts["styles"]) if "styles" in parts else ()
    return _Book(
        tuple(shared_texts(package, parts["sharedStrings"])) if "sharedStrings" in parts else (),
        styles,
        plain=frozenset(["", *(str(number) for number, style in enumerate(styles) if not (style.is_struck or style.is_unseen))]),
        from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )


class _Reader:
    """Reads one sheet's XML, element by element, into a Sheet."""

    def __init__(self, book: _Book) -> None:
        self.sheet = Sheet(amount=book.amount)
        self.links: list[tuple[int, str]] = []
        self.headers: list[str] = []
        self._book = book
        self._row = 0
        self._columns: dict[str, int] = {}

    def read(self, package: zipfile.ZipFile, part: str) -> None:
        """Reads the whole part."""
        for node in elements(package, part, tags("row", "mergeCell", "col", "hyperlink", "oddHeader", "oddFooter")):
            if len(node):  # of all these only rows with cells have parts
                self._read_row(node)
                continue
            name = node.tag[node.tag.index("}") + 1 :]
            if name == "row":
                self._row = int(node.get("r") or self._row + 1)
            elif name == "mergeCell" and (span := span_of(node.get("ref", ""))):
                self.sheet.merge(*span)
            elif name == "col":
                if node.get("hidden") in ("1", "true") or node.get("width") == "0":
                    self.sheet.hide_columns(int(node.get("min", "1")), int(node.get("max", "1")))
            elif name == "hyperlink" and (span := span_of(node.get("ref", ""))):
                self._book.amount.add(beside=1)
                self.links.append((span[0], node.get(RELATION, "")))
            elif name in ("oddHeader", "oddFooter") and (text := tidy(_HEADER_CODE.sub(" ", node.text or ""))):
                self.headers.append(text)

    def _read_row(self, node: etree._Element) -> None:
        number = self._row = int(node.get("r") or self._row + 1)
        self._book.cells += len(node)
        if self._book.cells > MAX_CELLS or len(node) > MAX_CELLS_IN_ROW:
            raise FileError("the workbook has more cells than a chronology; it was not opened, ask the agency for the rows alone")
        own = self.sheet.cells.get(number, {})
        columns, shared, plain = self._columns, self._book.shared, self._book.plain
        column = 0
        for cell in node:  # met once for each cell of the file: the common cell, a shared text in a plain style, is told first
            reference = cell.get("r")
            letters = reference.rstrip(_DIGITS) if reference else ""
            column = (columns.get(letters) or self._column(letters)) if letters else column + 1
            style = cell.get("s", "")
            kind = cell.get("t", "n")
            box = shared.get(cell[0].text or "") if kind == "s" and style in plain and len(cell) == 1 else None
            if box is None:
                box = self._box(cell, kind, style, number)
            if not box.text:
                continue
            if column in own:
                self.sheet.of(number).hide(box.text, "stands in a place that another cell has")
                self.sheet.of(number).told.append(_TWICE)
            else:
                own[column] = box
        if own:
            self.sheet.keep(number, own)
            if node.get("hidden") in ("1", "true") or node.get("ht") == "0":
                self.sheet.of(number).told.append(HIDDEN_ROW)

    def _column(self, letters: str) -> int:
        number = self._columns[letters] = column_of(letters)
        return number

    def _box(self, cell: etree._Element, kind: str, style: str, row: int) -> Box:
        value = formula = inline = None
        for part in cell:
            name = part.tag
            if name.endswith("}v"):
                value = part.text
            elif name.endswith("}f"):
                formula = part
            elif name.endswith("}is"):
                inline = part
        if inline is not None:
            return self._worded(words_of(inline), style, row)
        if kind == "s" and value:
            words = self._book.texts[int(value)]
            if words[1] or style not in self._book.plain:
                return self._worded(words, style, row)
            box = self._book.shared[value] = Box(words[0])
            return box
        if value is None:
            return self._unsaved(formula, row) if formula is not None and kind != "str" else _NO_BOX
        return self._valued(kind, value, style, row)

    def _worded(self, words: Words, style: str, row: int) -> Box:
        text, struck = words
        self._look(text, style, row, struck)
        return Box(text)

    def _look(self, text: str, style: str, row: int, struck: tuple[str, ...] = ()) -> None:
        look = self._style(style)
        for passage in (text,) if look.is_struck else struck:
            self.sheet.of(row).strike(passage)
        if look.is_unseen and text:
            self.sheet.of(row).told.append(_UNSEEN)

    def _valued(self, kind: str, value: str, style: str, row: int) -> Box:
        key = (kind, value, style)
        found = self._book.valued.get(key)
        if found is None:
            found = self._book.valued[key] = box_of(kind, value, self._style(style), from_1904=self._book.from_1904)
        if style not in self._book.plain:
            self._look(found.text, style, row)
        return found

    def _style(self, number: str) -> Style:
        return self._book.styles[int(number)] if number and int(number) < len(self._book.styles) else _PLAIN

    def _unsaved(self, formula: etree._Element, row: int) -> Box:
        self.sheet.of(row).told.append(_UNSAVED)
        return Box(tidy(f"={formula.text or '(as in the cell above)'}"))


def box_of(kind: str, value: str, style: Style, *, from_1904: bool) -> Box:
    """The box of a cell that holds a value: `kind` as the file writes it (n number, b truth, d date, str and e words)."""
    if kind == "b":
        return Box(shown(value in ("1", "true"), ""))
    if kind == "d":
        return moment_box(datetime.fromisoformat(value.removesuffix("Z")), style.number_format)
    if kind != "n":
        return Box(tidy(value))
    number = float(value)
    if style.is_date:
        return dated_box(number, style.number_format, from_1904=from_1904)
    return Box(shown(int(value) if value.lstrip("-").isdigit() else number, style.number_format))


def dated_box(number: float, number_format: str, *, from_1904: bool = False) -> Box:
    """The box of a number that its format shows as a date, a time of day, or hours passed."""
    if "[h" in number_format.lower() and number >= 0:
        hours = shown(timedelta(days=number), number_format)
        return Box(hours, real_time=hours, shown_as=number_format)
    moment = moment_of(number, from_1904=from_1904)
    if moment is None:
        return Box(shown(number, number_format), shown_as=number_format)
    return moment_box(moment, number_format)


def moment_box(moment: datetime | time, number_format: str) -> Box:
    """The box of a moment; midnight is no time of day."""
    written = shown(moment, number_format)
    if isinstance(moment, time):
        return Box(written, real_time=f"{moment:%H:%M}", shown_as=number_format)
    at = "" if moment.time() == time() else f"{moment:%H:%M}"
    return Box(written, real=moment.date(), real_time=at, shown_as=number_format)


EXTRACTOR = Extractor("xlsx", recognises, read, "Excel workbook", (".xlsx", ".xlsm"))
