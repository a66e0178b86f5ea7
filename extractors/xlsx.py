"""Excel workbooks (.xlsx, .xlsm), read by our own walk over the XML: hidden sheets, rows and columns, merged cells, comments, links, struck text
and number formats are kept, and each cell that exists is met once, whatever size the sheet claims.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from lxml import etree

from extractors.grid import HIDDEN_ROW, Sheet
from extractors.model import Aside, Box, Content, Document, Extractor, Table, tidy
from extractors.number_formats import moment_of, shown
from extractors.package import elements, notes_on, open_package, parse, relationships, targets
from extractors.sheet_parts import beside_sheet, read_beside
from extractors.workbook_parts import STRICT, S, Style, Words, shared_texts, styles_of, tags, words_of
from timeline.errors import FileError

MAX_CELLS = 3_000_000
_R = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "{http://purl.oclc.org/ooxml/officeDocument/relationships}id")
_DIGITS = "0123456789"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_PLAIN = Style()
_UNSAVED = "a cell of this row holds a formula whose result was not saved; open the file, save it and send it again"
_UNSEEN = "a cell of this row has a number format that shows nothing; its text was kept"
_TWICE = "two cells of this row stand in one place; the first is listed apart"
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')


def recognises(content: Content) -> bool:
    """Whether the package's main part is an Excel workbook."""
    is_binary = "sheet.binary" in content.main_type
    return not is_binary and ("spreadsheetml" in content.main_type or "ms-excel" in content.main_type)


def read(content: Content) -> Document:
    """Every worksheet as a table, in the workbook's order."""
    with open_package(content.data) as package:
        main = next((target for kind, target, _ in relationships(package, "") if kind == "officeDocument"), "xl/workbook.xml")
        root = parse(package, main)
        properties = root.find(f"{S}workbookPr")
        parts = {kind: target for kind, target, _ in relationships(package, main) if target in content.parts}
        book = _Book(
            tuple(shared_texts(package, parts["sharedStrings"])) if "sharedStrings" in parts else (),
            styles_of(package, parts["styles"]) if "styles" in parts else (),
            from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
        )
        notes, apart, tables = list(notes_on(package)), [], []
        by_id = targets(package, main)
        for number, node in enumerate(root.iterfind(f"{S}sheets/{S}sheet"), start=1):
            kind, part = by_id.get(next((node.get(name) for name in _R if node.get(name)), ""), ("", ""))
            if kind != "worksheet" or part not in content.parts:
                notes.append(f"sheet {number} holds no cells (a chart or a macro sheet); it was not read")
                continue
            reader = _Reader(book)
            reader.read(package, part)
            notes += read_beside(package, beside_sheet(package, part), reader.sheet, number)
            title = tidy(node.get("name", "")).replace("\n", " ")
            tables.append(reader.sheet.table(title, number, is_hidden=node.get("state", "visible") != "visible"))
            apart += [(f'sheet "{title}" page header', Aside(text, "a page header, not part of the chronology")) for text in reader.headers]
    return Document(tuple(tables), tuple(apart), notes=tuple(notes))
