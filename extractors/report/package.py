"""The author's Word file, opened warily: every part in memory, after all that is no plain Word document was refused by name."""

import hashlib
import os
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from extractors.package import open_package, parse, refuse_doctypes, relationships, transitional
from timeline.errors import FileError, ReportError

MAX_FILE_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 250_000_000
MAX_XML_BYTES = 60_000_000  # of all parts: a report of 500 pages with every change tracked has some 20 MB
XML_ENDINGS = (".xml", ".rels", ".vml")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_WORD = "open it in Word, save it as “Word Document (.docx)” and give that"
_AGAIN = "open it in Word, save it again under another name and give that"
# what the main part's type says of a package that is no plain Word document, and what to do about it
_OTHER_TYPES = (
    ("macroEnabled", f"the report is a Word file with macros (.docm or .dotm): {_SAVE_AS_WORD}"),
    ("wordprocessingml.template", f"the report is a Word template (.dotx): {_SAVE_AS_WORD}"),
    ("spreadsheetml", "the report is an Excel workbook: give the Word document (.docx)"),
    ("presentationml", "the report is a PowerPoint file: give the Word document (.docx)"),
)
_BEGINNINGS = (
    (b"%PDF-", "the report is a PDF: give the Word document (.docx) that it was made from"),
    (b"{\\rtf", f"the report is a rich text file (.rtf): {_SAVE_AS_WORD}"),
)
_MAIN = re.compile(r"wordprocessingml\.document\.main\+xml$")
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class ReportPackage:
    """A Word document: its parts by name, the name of the part with its body, and the SHA-256 (hex) of the file's bytes.

    XML parts are well formed, declare no DOCTYPE, and name their elements as transitional Open XML does.
    """

    digest: str
    main: str
    parts: Mapping[str, bytes] = field(repr=False)

    def root(self, name: str) -> etree._Element:
        """The root of an XML part, without comments and processing instructions, so that its elements are numbered alike for every reader."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(self.parts[name], parser)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by its id: the kind (last word of its type), and the name of the part or the address outside the file."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self.parts:
            return {}
        found = {}
        for each in self.root(rels):
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[each.get("Id", "")] = (each.get("Type", "").rsplit("/", 1)[-1], target)
        return found


def open_report(report: Path | bytes) -> ReportPackage:
    """The report's parts; ReportError, saying what it is and what to do, for anything but a whole Word document (.docx) without macros."""
    data = report if isinstance(report, bytes) else contents(report)
    _refuse_other_files(data)
    try:
        with open_package(data) as package:
            return _package(package, hashlib.sha256(data).hexdigest())
    except FileError as error:
        raise ReportError(f"the report: {_to_the_author(str(error))}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise ReportError(f"the report is damaged ({type(error).__name__}): {_AGAIN}") from None


def contents(path: Path) -> bytes:
    """The file's bytes; ReportError for what is no ordinary file, cannot be read, or is larger than any report."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise ReportError("there is no such report: give the path of the author's Word document (.docx)") from None
    except OSError as error:
        raise ReportError(
            f"the report cannot be opened ({error.strerror}): give the Word document itself, readable by this account"
        ) from None
    about = os.fstat(number)
    if not stat.S_ISREG(about.st_mode):
        os.close(number)
        raise ReportError("the report is no ordinary file: give the path of the author's Word document (.docx)")
    with os.fdopen(number, "rb") as opened:
        if about.st_size > MAX_FILE_BYTES:
            raise ReportError(
                f"the report is larger than {MAX_FILE_BYTES // 1_000_000} MB: make its pictures smaller in Word and save it again"
            )
        return opened.read()


def _refuse_other_files(data: bytes) -> None:
    if not data.strip(b"\0 \r\n\t"):
        raise ReportError(f"the report is empty: {_AGAIN}")
    for beginning, why in _BEGINNINGS:
        if beginning in data[:1024]:
            raise ReportError(why)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReportError(
                "the report is encrypted with a password: open it in Word, take the password off (File, Info, Protect) and save it"
            )
        raise ReportError(f"the report is an old Word file (.doc), or no Word file at all: {_SAVE_AS_WORD}")
    if not data.startswith(_ZIP):
        raise ReportError("the report is no Word document (.docx), or it is damaged: open it in Word, save it again and give that")


def _package(package: zipfile.ZipFile, digest: str) -> ReportPackage:
    names = [entry.filename for entry in package.infolist() if not entry.is_dir()]
    if _CONTENT_TYPES not in names:
        raise ReportError("the report is an archive and no Word document: give the Word document (.docx) itself")
    total = sum(entry.file_size for entry in package.infolist())
    of_xml = sum(entry.file_size for entry in package.infolist() if entry.filename.lower().endswith(XML_ENDINGS))
    if total > MAX_UNPACKED_BYTES or of_xml > MAX_XML_BYTES:
        raise ReportError("the report unpacks to far more than a report holds; it was not opened: save it again in Word, or split it")
    refuse_doctypes(package)
    _refuse_other_types(package, names)
    main = next((target for kind, target, _ in relationships(package, "") if kind == "officeDocument"), "")
    if main not in names:
        raise ReportError(f"the report is damaged (its body is missing): {_AGAIN}")
    parts = {name: _checked(package, name) for name in names}
    return ReportPackage(digest, main, parts)


def _refuse_other_types(package: zipfile.ZipFile, names: list[str]) -> None:
    types = [each.get("ContentType", "") for each in parse(package, _CONTENT_TYPES)]
    for sign, why in _OTHER_TYPES:
        if any(sign in each and "main+xml" in each for each in types):
            raise ReportError(why)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ReportError(f"the report holds macros: {_SAVE_AS_WORD}")
    if not any(_MAIN.search(each) for each in types):
        raise ReportError("the report is no Word document (.docx): give the Word document itself")


def _checked(package: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes; of an XML part such as parse, in transitional Open XML."""
    if not name.lower().endswith(XML_ENDINGS):
        return package.read(name)
    parse(package, name)
    return transitional(package.read(name))


def _to_the_author(said: str) -> str:
    """What is said of an agency's file, said of the author's."""
    return (
        said.replace("ask the agency to send it again", _AGAIN)
        .replace("ask the agency for a copy without a password", "take the password off in Word and save it")
        .replace("ask the agency what it is", _AGAIN)
        .replace("ask the agency for a fresh copy", _AGAIN)
        .replace("ask for a fresh copy", _AGAIN)
    )
