"""What an Excel file keeps beside a sheet's cells: comments, links, and words and pictures drawn over them."""

import zipfile
from collections.abc import Iterator

from lxml import etree

from extractors.grid import Sheet
from extractors.model import tidy
from extractors.package import parse, targets
from extractors.workbook_parts import S, span_of, words_of

_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_beside(package: zipfile.ZipFile, part: str, sheet: Sheet, links: list[tuple[int, str]], number: int) -> Iterator[str]:
    """Reads what stands beside the cells into `sheet`; yields notes. `links` are the rows of the sheet's links and the ids of their targets."""
    present = set(package.namelist())
    by_id = targets(package, part)
    parts = [(kind, target) for kind, target, is_outside in by_id.values() if not is_outside and target in present]
    threaded = {row for kind, target in parts if kind == "threadedComment" for row in _threads(parse(package, target), sheet)}
    for kind, target in parts:
        if kind == "comments":
            _comments(parse(package, target), sheet, threaded)
        elif kind == "drawing" and (pictures := _drawn(parse(package, target), sheet)):
            yield f"sheet {number} shows {pictures} picture{'s' if pictures > 1 else ''}; pictures are not read"
    shown: dict[int, frozenset[str]] = {}
    for row, link in links:
        target = by_id.get(link, ("", "", True))[1]
        if row not in shown:
            shown[row] = frozenset(box.text for box in sheet.cells.get(row, {}).values())
        if shown[row] and target and target not in shown[row]:
            sheet.of(row).link(target)


def _threads(root: etree._Element, sheet: Sheet) -> Iterator[str]:
    """Comments that people answered; yields the cells that have such, whose plain comments only repeat them."""
    for node in root.iterfind(f"{_THREADED}threadedComment"):
        place, text = node.get("ref", ""), tidy(node.findtext(f"{_THREADED}text", ""))
        if span := span_of(place):
            sheet.of(span[0]).comment(text)
            yield place


def _comments(root: etree._Element, sheet: Sheet, threaded: set[str]) -> None:
    for node in root.iterfind(f"{S}commentList/{S}comment"):
        words, span = node.find(f"{S}text"), span_of(node.get("ref", ""))
        if words is not None and span and node.get("ref") not in threaded:
            sheet.of(span[0]).comment(words_of(words)[0])


def _drawn(root: etree._Element, sheet: Sheet) -> int:
    """Keeps the words of shapes apart with the row that they begin on; returns how many pictures there are."""
    for anchor in root:
        row = anchor.findtext(f"{_DRAWN}from/{_DRAWN}row", "0")
        paragraphs = ["".join(each.text or "" for each in node.iter(f"{_A}t")) for node in anchor.iter(f"{_A}p")]
        if text := tidy("\n".join(paragraphs)):
            sheet.of(int(row) + 1).drawn(text)
    return sum(1 for _ in root.iter(f"{_DRAWN}pic"))
