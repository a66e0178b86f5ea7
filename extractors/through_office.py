"""Formats that LibreOffice writes anew as .docx or .xlsx before they are read: other libraries print deleted text of them as live."""

import re
from collections.abc import Callable

from extractors.model import Content, Document, Extractor
from extractors.package import EMBEDDED, MACROS, OUTSIDE, notes_on, open_package
from timeline.errors import FileError

_MACRO_STREAMS = frozenset({"Macros", "_VBA_PROJECT_CUR"})
# what a program fetches when it opens the file: fields of Word in their two codings, links of rich text, addresses of OpenDocument
_FETCHED = re.compile(
    rb"INCLUDE(?:PICTURE|TEXT)|I\0N\0C\0L\0U\0D\0E\0(?:P\0I\0C|T\0E\0X)|DDEAUTO|D\0D\0E\0A\0U\0T\0O|"
    rb"\\objautlink|\\objlink|\\\*\\template"
)
_FETCHED_BY_ODF = re.compile(
    rb"<(?:draw:(?:image|object|object-ole|floating-frame|plugin)|text:section-source|table:table-source|script:event-listener)"
    rb"[^>]{0,2000}?xlink:href=.(?:[a-z]{2,8}:|//|\.\./)"
)
_EMBEDDED = re.compile(rb"\\objemb|ObjectPool|O\0b\0j\0e\0c\0t\0P\0o\0o\0l")


def notes_on_original(content: Content) -> tuple[str, ...]:
    """What a person should know of a file that LibreOffice writes anew, which the new one does not tell: macros, what lies outside."""
    if not content.parts:
        found = (
            (bool(content.streams & _MACRO_STREAMS), MACROS),
            (_FETCHED.search(content.data) is not None, OUTSIDE),
            (_EMBEDDED.search(content.data) is not None, EMBEDDED),
        )
        return tuple(note for is_so, note in found if is_so)
    with open_package(content.data) as package:
        if "opendocument" not in content.main_type:
            return notes_on(package)
        has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in content.parts)
        texts = [package.read(name) for name in ("content.xml", "styles.xml") if name in content.parts]
        refers = any(_FETCHED_BY_ODF.search(text) for text in texts)
    return (*([MACROS] if has_macros else []), *([OUTSIDE] if refers else []))


def _read(_: Content) -> Document:
    raise FileError("the file is read through LibreOffice, in a process apart; ask the agency for a .docx or .xlsx file")


def _extractor(title: str, ending: str, wanted: str, recognises: Callable[[Content], bool]) -> Extractor:
    return Extractor(ending[1:], recognises, _read, title, (ending,), through_office=wanted)


EXTRACTORS: tuple[Extractor, ...] = (
    _extractor("Word 97 to 2003", ".doc", "docx", lambda content: "WordDocument" in content.streams),
    _extractor("rich text", ".rtf", "docx", lambda content: content.main_type == "application/rtf"),
    _extractor("OpenDocument text", ".odt", "docx", lambda content: "opendocument.text" in content.main_type),
    _extractor("Excel binary workbook", ".xlsb", "xlsx", lambda content: "sheet.binary" in content.main_type),
)
