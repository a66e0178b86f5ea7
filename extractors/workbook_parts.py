"""What the sheets of an Excel workbook refer to: shared texts with their struck passages, and what the styles of cells show."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.model import tidy
from extractors.number_formats import is_date_format
from extractors.package import parse
from extractors.plain_xml import WORDS, elements_or_matches

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# how Office and most libraries write what is nothing special: a text without runs, a row, and each of its cells (letters, style, kind, value)
_PLAIN_TEXT = re.compile(rf'<si><t(?: xml:space="preserve")?>({WORDS})</t></si>')
_CELL = r'<c r="({0}[A-Z]{{1,3}})[0-9]+"(?: s="({0}[0-9]+)")?(?: t="({0}[a-z]+)")?(?:/>|><v>({0}' + WORDS + r")</v></c>)"
PLAIN_ROW = re.compile(r'<row((?: [\w:]+="[^<>&"]*")*)>((?:' + _CELL.format("?:") + r")*+)</row>")
PLAIN_CELL = re.compile(_CELL.format(""))
OF_ROW = re.compile(r' (r|ht|hidden)="([^"]*)"')
_OFF = ("0", "false")
# formats that the file only counts; 14 and 22 follow the reader's country, whose days come first
_DATES = (14, *range(27, 32), 36, *range(50, 59))
BUILT_IN = (
    {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 49: "@"}
    | {15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"}
    | {22: "dd/mm/yyyy hh:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"}
    | dict.fromkeys(_DATES, "dd/mm/yyyy")
    | dict.fromkeys((32, 33, 34, 35), "hh:mm")
)


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell's style says of its value: the number format, whether that is a date's, and whether the text is struck or shown as nothing."""

    number_format: str = "General"
    is_date: bool = False
    is_struck: bool = False
    is_unseen: bool = False


# a text, and those passages of it that are struck through
Words = tuple[str, tuple[str, ...]]


def tags(*names: str) -> tuple[str, ...]:
    """The tags of these names, as the usual and the strict form of the format write them."""
    return tuple(f"{space}{name}" for space in (S, STRICT) for name in names)


def span_of(reference: str) -> tuple[int, int, int, int] | None:
    """Top and bottom row, left and right column of a reference (`B2:D4`, `B2`), counted from 1 and inclusive; None where it is none."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match[1], match[2], match[3] or match[1], match[4] or match[2]
    return int(top), int(bottom), column_of(left), column_of(right)


def column_of(letters: str) -> int:
    """The number of a column, counted from 1, by its letters."""
    number = 0
    for letter in letters[:3]:
        number = number * 26 + ord(letter) - 64
    return number


def styles_of(package: zipfile.ZipFile, part: str) -> tuple[Style, ...]:
    """The cell styles in their order, to which cells refer by number."""
    root = parse(package, part)
    formats = {_number(each, "numFmtId"): each.get("formatCode", "General") for each in root.iterfind(f"{S}numFmts/{S}numFmt")}
    struck = [_is_on(font.find(f"{S}strike")) for font in root.iterfind(f"{S}fonts/{S}font")]
    return tuple(_style(each, formats, struck) for each in root.iterfind(f"{S}cellXfs/{S}xf"))


def _style(node: etree._Element, formats: dict[int, str], struck: list[bool]) -> Style:
    number, font = _number(node, "numFmtId"), _number(node, "fontId")
    shown_as = formats.get(number) or BUILT_IN.get(number, "General")
    return Style(shown_as, is_date_format(shown_as), font < len(struck) and struck[font], re.fullmatch(r";;;+@?", shown_as) is not None)


def shared_texts(package: zipfile.ZipFile, part: str) -> Iterator[Words]:
    """The shared texts in their order, to which cells refer by number."""
    for found in elements_or_matches(package, part, tags("si"), _PLAIN_TEXT):
        yield (_tidied(found[1]), ()) if isinstance(found, re.Match) else words_of(found)


def words_of(node: etree._Element) -> Words:
    """The text of a shared or inline string: its runs joined, without the readings (phonetic) that stand above them."""
    space = node.tag[: node.tag.index("}") + 1]
    texts, struck = [], []
    for child in node:
        if child.tag == f"{space}t":
            texts.append(child.text or "")
        elif child.tag == f"{space}r":
            text = "".join(each.text or "" for each in child.iterfind(f"{space}t"))
            texts.append(text)
            if text.strip() and _is_on(child.find(f"{space}rPr/{space}strike")):
                struck.append(_tidied(text))
    return _tidied("".join(texts)), tuple(struck)


def _tidied(text: str | None) -> str:
    if not text:
        return ""
    return tidy(_ESCAPED.sub(_unescaped, text) if "_x" in text else text)


def _unescaped(code: re.Match[str]) -> str:
    number = int(code[1], 16)
    return code[0] if 0xD800 <= number < 0xE000 else chr(number)


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get("val", "1") not in _OFF


def _number(node: etree._Element, name: str) -> int:
    written = node.get(name, "")
    return int(written) if written.isdigit() and len(written) < 10 else 0
