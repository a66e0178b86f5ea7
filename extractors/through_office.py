"""Formats that LibreOffice writes anew as .docx or .xlsx before they are read: other libraries print deleted text of them as live."""

from collections.abc import Callable

from extractors.model import Content, Document, Extractor
from timeline.errors import FileError


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
