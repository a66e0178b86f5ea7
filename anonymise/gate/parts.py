"""Everything that a written file holds as text: its name, every part of an Office package, attributes, properties, comments, escapes decoded."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from anonymise.gate.picture_words import words_beside_pixels

# tags at whose end a reader sees a new line or cell; all others stand inside a run of text and join it
_BLOCK_END = re.compile(
    r"</(?:\w+:)?(?:p|tc|tr|si|c|row|td|th|li|h\d|div|title|subject|creator|keywords|description|lastModifiedBy|lpwstr|option|caption|text|tspan)>"
    r"|</?(?:\w+:)?(?:br|cr|tab|ptab|label|select|button|lpstr)\b[^>]*>"
)
_HYPHEN = re.compile(r"<w:noBreakHyphen\s*/?>")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
# the same in the parts of Office's own that hold rows and pages: none where it is a number or the name of a cell in one of their measures and
# counters, "16838" being the height of A4 and "J1234" the place of a cell
_MEASURES = (
    *("w:id", "r", "ref", "sqref", "activeCell", "topLeftCell", "cx", "cy", "w:w", "w:h", "ht", "width", "count", "uniqueCount", "calcId"),
    *("defaultThemeVersion", "windowWidth", "windowHeight"),
)
_MEASURED = "|".join(rf"(?<=\s{name}=)" for name in _MEASURES)
_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_NUMBER_OR_CELL = rf"-?\d{{1,8}}(?:\.\d+)?|{_CELL}(?:[: ]{_CELL})*"
_OFFICE_ATTRIBUTE = re.compile(
    rf"""=(?:(?=["'][-\d.A-Z$])(?:{_MEASURED})(?:"(?:{_NUMBER_OR_CELL})"|'(?:{_NUMBER_OR_CELL})')|\s*(?:"([^"]*)"|'([^']*)'))"""
)
_OFFICE_PART = re.compile(r"(?:word|xl|ppt)/")
_THEME = "theme/theme"  # the part of a package that holds colours and measures alone
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# what Word and Excel show or read out to a reader, though it stands in an attribute: alternative texts, names of sheets, labels of lists
_SHOWN_VALUE = re.compile(
    r"""<(?:\w+:)?(?:(?:docPr|cNvPr)\b[^>]*?\s(?:descr|title)|sheet\b[^>]*?\sname|"""
    r"""(?:tblCaption|tblDescription|alias|lvlText)\b[^>]*?\s(?:\w+:)?val)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_SPELT_OUT = re.compile(rb"[\x20-\x7e\xc0-\xf6]{5,}")
_LETTERS_IN_A_ROW = re.compile(r"[^\W_][\w\s.,:;'’@/()+-]{2,}")
_SPELT_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){5,}")
# numbers of a file's own making, by which no person can be known: shares of a page's width, and which of its shared strings a cell shows
_SHARE = re.compile(r"-?\d{1,3}(?:\.\d+)?%")
_SHARED_STRING = re.compile(r"""(<c\b[^>]*\bt=(?:"s"|'s')[^>]*>\s*<v>)\d+(?=</v>)""")
# attributes are apart from each other: no form begins in one and ends in the next
_APART = "\n\n"
MARKUP = (".xml", ".rels", ".vml", ".html", ".htm", ".svg", ".xhtml")
DEEPEST = 3
# a number below it in our own record is a count or a place in a text, and two of them side by side are nobody's number: what identifies is text there
OWN_RECORD = "anonymised.json"
A_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Text of one part of a file; `shown` is whether a reader sees it (text, names, properties) rather than markup's values."""

    name: str
    text: str
    shown: bool


def parts_of(name: str, data: bytes, depth: int = 0) -> Iterator[Part]:
    """Every part of a file. A package's parts are opened, and packages inside it too."""
    yield Part(name, name, shown=True)
    if data[:2] == b"PK" and depth < DEEPEST:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.comment:
                yield Part(name, package.comment.decode("utf-8", "replace"), shown=True)
            for entry in package.infolist():
                if entry.comment:
                    yield Part(entry.filename, entry.comment.decode("utf-8", "replace"), shown=True)
                yield from parts_of(entry.filename, package.read(entry), depth + 1)
    elif name.lower().endswith(MARKUP) or data.lstrip()[:5] == b"<?xml":
        yield from _of_markup(name, _decoded(data))
    elif name.lower().endswith((".json", ".jsonl")):
        yield from _of_json(name, _decoded(data))
    elif (beside := words_beside_pixels(data)) is not None:
        yield from _of_picture(name, beside)
    elif _is_text(data):
        yield Part(name, _unescaped(_decoded(data)), shown=True)
    else:
        yield Part(name, "\n".join(run.decode("latin-1") for run in _SPELT_OUT.findall(data)), shown=False)
        yield Part(name, "\n".join(run.decode("utf-16-le") for run in _SPELT_WIDE.findall(data)), shown=False)


def _of_markup(name: str, text: str) -> Iterator[Part]:
    text = _CDATA.sub(lambda match: html.escape(match[1]), text)
    joined = _TAG.sub("", _BLOCK_END.sub("\n", _HYPHEN.sub("-", _SHARED_STRING.sub(r"\1", text))))
    yield Part(name, _unescaped(joined), shown=True)
    yield Part(name, _APART.join(unquote(_unescaped(value)) for value in sorted(_telling_values(name, text))), shown=False)
    if read_out := [match[1] or match[2] or "" for match in _SHOWN_VALUE.finditer(text)]:
        yield Part(name, _unescaped("\n".join(read_out)), shown=True)
    if notes := _COMMENT.findall(text):
        yield Part(name, _unescaped("\n".join(notes)), shown=True)


def _telling_values(name: str, text: str) -> Iterator[str]:
    """The values of attributes by which somebody may be known."""
    attribute = _OFFICE_ATTRIBUTE if _OFFICE_PART.match(name) else _ATTRIBUTE
    for value in {one or other for one, other in attribute.findall(text)}:
        if any(c.isalpha() for c in value) or (len(value) > 4 and _THEME not in name and not _SHARE.fullmatch(value)):
            yield value


def _of_picture(name: str, beside: bytes) -> Iterator[Part]:
    """What a picture's file says, in the ways in which cameras and programs write: UTF-8, and two bytes a letter either way round."""
    for said in (
        beside.decode("utf-8", "replace"),
        *(beside[at:].decode(way, "replace") for way in ("utf-16-le", "utf-16-be") for at in (0, 1)),
    ):
        yield Part(name, "\n".join(_LETTERS_IN_A_ROW.findall(said)), shown=True)


def _of_json(name: str, text: str) -> Iterator[Part]:
    found: list[str] = []
    least = A_MILLION if name.endswith(OWN_RECORD) else 0
    for document in [text] if not name.endswith(".jsonl") else text.splitlines():
        try:
            _strings(json.loads(document), found, least)
        except ValueError:  # no JSON after all: what it says is looked at as it stands
            found.append(_unescaped(document))
    yield Part(name, "\n".join(found), shown=True)


def _strings(value: Any, found: list[str], least: int) -> None:
    if isinstance(value, dict):
        for key, each in value.items():
            found.append(str(key))
            _strings(each, found, least)
    elif isinstance(value, list):
        for each in value:
            _strings(each, found, least)
    elif isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= least):
        found.append(str(value))


def _unescaped(text: str) -> str:
    """Entities and backslash-u escapes as the characters that they stand for."""
    if "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return html.unescape(text) if "&" in text else text


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _is_text(data: bytes) -> bool:
    return b"\x00" not in data[:4096] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
