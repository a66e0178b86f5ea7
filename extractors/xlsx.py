"""Excel workbooks (.xlsx, .xlsm), by our own walk over the XML, which meets each cell that exists once, whatever size the sheet claims.

Hidden sheets, rows and columns, merged cells, comments, links, struck text and number formats (which say how dates are shown) are kept.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from lxml import etree

from extractors.bounds import Amount
from extractors.grid import HIDDEN_ROW, Sheet
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import moment_of, shown
from extractors.package import notes_on, open_package, parse, relationships, targets
from extractors.plain_xml import elements_or_matches
from extractors.sheet_parts import read_beside
from extractors.workbook_parts import (
    OF_ROW,
    PLAIN_CELL,
    PLAIN_ROW,
    RELATION,
    S,
    Style,
    column_of,
    shared_texts,
    span_of,
    styles_of,
    tags,
    words_of,
)
from timeline.errors import FileError

MAX_CELLS = 3_000_000  # blank ones, of which only the style is told, with them
MAX_CELLS_IN_ROW = 16_384
_DIGITS = "0123456789"
_OF_ROW = ("r", "ht", "hidden")
_TAGS = tags("row", "mergeCell", "col", "hyperlink", "oddHeader", "oddFooter")
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
    """What all sheets share. `shared` are the boxes of the shared texts and `struck` the struck passages of those that have some, by the number
    that cells write; boxes of other values are kept by what they were made of, because dates come again and again.
    """

    shared: list[Box]
    struck: dict[int, tuple[str, ...]]
    styles: tuple[Style, ...]
    from_1904: bool
    plain: frozenset[str]
    cells: int = 0
    amount: Amount = field(default_factory=Amount)
    valued: dict[tuple[str, str, str], Box] = field(default_factory=dict)


def _book(package: zipfile.ZipFile, main: str, root: etree._Element, present: frozenset[str]) -> _Book:
    properties = root.find(f"{S}workbookPr")
    parts = {kind: target for kind, target, _ in relationships(package, main) if target in present}
    styles = styles_of(package, parts["styles"]) if "styles" in parts else ()
    shared: list[Box] = []
    struck = {}
    for text, passages in shared_texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else ():
        if passages:
            struck[len(shared)] = passages
        shared.append(Box(text))
    return _Book(
        shared,
        struck,
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
        for found in elements_or_matches(package, part, _TAGS, PLAIN_ROW):
            if isinstance(found, re.Match):
                cells = PLAIN_CELL.findall(found[2])
                self._read_row(dict(OF_ROW.findall(found[1])), len(cells), self._plain_boxes(cells))
            elif len(found):  # of all these only rows with cells have parts
                self._read_row({name: found.get(name, "") for name in _OF_ROW}, len(found), self._boxes(found))
            else:
                self._read_other(found, found.tag[found.tag.index("}") + 1 :])

    def _read_other(self, node: etree._Element, name: str) -> None:
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

    def _read_row(self, about: Mapping[str, str], count: int, boxes: Iterable[tuple[int, Box]]) -> None:
        number = self._row = int(about.get("r") or self._row + 1)
        self._book.cells += count
        if self._book.cells > MAX_CELLS or count > MAX_CELLS_IN_ROW:
            raise FileError("the workbook has more cells than a chronology; it was not opened, ask the agency for the rows alone")
        own = self.sheet.cells.get(number, {})
        for column, box in boxes:
            if column not in own:
                own[column] = box
            else:
                self.sheet.of(number).hide(box.text, "stands in a place that another cell has")
                self.sheet.of(number).told.append(_TWICE)
        if own:
            self.sheet.keep(number, own)
            if about.get("hidden") in ("1", "true") or about.get("ht") == "0":
                self.sheet.of(number).told.append(HIDDEN_ROW)

    def _plain_boxes(self, cells: Sequence[tuple[str, str, str, str]]) -> Iterator[tuple[int, Box]]:
        """The boxes with text, and their columns, of a row that was cut out whole."""
        columns, shared, struck, plain = self._columns, self._book.shared, self._book.struck, self._book.plain
        # met once for each cell of the file: a shared text in a plain style, as most are, is told first
        for letters, style, kind, value in cells:
            if kind == "s" and style in plain and value and (place := int(value)) not in struck:
                box = shared[place]
            else:
                box = self._valued(kind or "n", value, style) if value else _NO_BOX
            if box.text:
                yield columns.get(letters) or self._column(letters), box

    def _boxes(self, row: etree._Element) -> Iterator[tuple[int, Box]]:
        """The boxes with text, and their columns, of a row that was parsed."""
        column = 0
        for cell in row:
            letters = cell.get("r", "").rstrip(_DIGITS)
            column = (self._columns.get(letters) or self._column(letters)) if letters else column + 1
            box = self._box(cell, cell.get("t", "n"), cell.get("s", ""))
            if box.text:
                yield column, box

    def _column(self, letters: str) -> int:
        number = self._columns[letters] = column_of(letters)
        return number

    def _box(self, cell: etree._Element, kind: str, style: str) -> Box:
        parts = {part.tag.rpartition("}")[2]: part for part in cell}
        if "is" in parts:
            text, struck = words_of(parts["is"])
            self._look(text, style, struck)
            return Box(text)
        value = parts["v"].text if "v" in parts else None
        if value:
            return self._valued(kind, value, style)
        return self._unsaved(parts["f"]) if "f" in parts and kind != "str" else _NO_BOX

    def _valued(self, kind: str, value: str, style: str) -> Box:
        if kind == "s":
            box, struck = self._book.shared[int(value)], self._book.struck.get(int(value), ())
        else:
            key, struck = (kind, value, style), ()
            known = self._book.valued.get(key)
            box = self._book.valued[key] = known or box_of(kind, value, self._style(style), from_1904=self._book.from_1904)
        if struck or style not in self._book.plain:
            self._look(box.text, style, struck)
        return box

    def _look(self, text: str, style: str, struck: tuple[str, ...]) -> None:
        look = self._style(style)
        for passage in (text,) if look.is_struck else struck:
            self.sheet.of(self._row).strike(passage)
        if look.is_unseen and text:
            self.sheet.of(self._row).told.append(_UNSEEN)

    def _style(self, number: str) -> Style:
        return self._book.styles[int(number)] if number and int(number) < len(self._book.styles) else _PLAIN

    def _unsaved(self, formula: etree._Element) -> Box:
        self.sheet.of(self._row).told.append(_UNSAVED)
        return Box(tidy(f"={formula.text or '(as in the cell above)'}"))


def box_of(kind: str, value: str, style: Style, *, from_1904: bool) -> Box:
    """The box of a cell that holds a value: `kind` as the file writes it (n number, b truth, d date, str and e words)."""
    if kind == "n":
        if style.is_date:
            return dated_box(float(value), style.number_format, from_1904=from_1904)
        return Box(shown(int(value) if value.lstrip("-").isdigit() else float(value), style.number_format))
    if kind == "b":
        return Box(shown(value in ("1", "true"), ""))
    if kind == "d":
        return moment_box(datetime.fromisoformat(value.removesuffix("Z")), style.number_format)
    return Box(tidy(value))


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
