"""What a file is, by its content and never by its name."""

import re

from extractors.model import Content
from extractors.package import open_package, parse, refuse_doctypes
from extractors.passwords import decrypted
from timeline.errors import FileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    "EncryptedPackage",
    "_VBA_PROJECT_CUR",
    "Workbook",
    "Book",
    "WordDocument",
    "Macros",
    "PowerPoint Document",
    "__substg1.0_",
    "Catalog",
)
_MAIN_TYPES = re.compile(
    r"application/(?:vnd\.(?:openxmlformats-officedocument|ms-word|ms-excel)\S*)\.main\+xml|application/vnd\.ms-excel\.sheet\.binary\S*main"
)
_PDF_BEGINS_WITHIN = 1024
_CLEAR_NUL_SHARE = 0.2

# (what the bytes begin with, what that is, what to do)
_REFUSED_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture; ask the agency for the document itself"),
    (b"\xff\xd8\xff", "a picture; ask the agency for the document itself"),
    (b"GIF8", "a picture; ask the agency for the document itself"),
    (b"II*\x00", "a picture; ask the agency for the document itself"),
    (b"MM\x00*", "a picture; ask the agency for the document itself"),
    (b"BM", "a picture; ask the agency for the document itself"),
    (b"Rar!", "an archive; unpack it and send the files themselves"),
    (b"7z\xbc\xaf", "an archive; unpack it and send the files themselves"),
    (b"\x1f\x8b", "an archive; unpack it and send the files themselves"),
    (b"MZ", "a program; it was not opened"),
    (b"\x7fELF", "a program; it was not opened"),
)
_REFUSED_OLE: tuple[tuple[str, str], ...] = (
    ("PowerPoint Document", "a presentation; ask the agency for its chronology as a table"),
    ("__substg1.0_", "an e-mail saved from Outlook; send what is attached to it"),
)
_REFUSED_PACKAGES: tuple[tuple[str, str], ...] = (("presentation", "a presentation; ask the agency for its chronology as a table"),)
_REFUSED_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s*(?:<!doctype html|<html|<table|<meta )", re.I), "a web page; open it in Excel or Word and save it as .xlsx or .docx"),
    (re.compile(r"\s*<\?xml"), "an XML file; open it in Excel or Word and save it as .xlsx or .docx"),
)
# what no return begins with -> why the file is passed over
_IGNORED_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut to a file elsewhere; the file itself was not sent"),
)
# (how a name begins or ends, why the file is passed over unless it holds a document, whether a text can be one here)
_IGNORED_NAMES: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile(r"^~\$|^\.~lock\.", re.I), "a lock file that an office program leaves while a document is open", False),
    (
        re.compile(r"^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|\.ds_store|\.directory|icon\r)$|^\._", re.I),
        "a file of the file manager (thumbnails, settings)",
        False,
    ),
    (re.compile(r"\.(?:url|website|webloc|desktop)$", re.I), "a shortcut to a file elsewhere; the file itself was not sent", False),
    (
        re.compile(r"^~wr[ldac]\d+\.tmp$|\.(?:tmp|part|partial|crdownload|download|filepart)$", re.I),
        "a temporary file, or one still being written",
        True,
    ),
)
_DOCUMENT_STREAMS = frozenset({"EncryptedPackage", "Workbook", "Book", "WordDocument"})


def ignored_because(name: str, data: bytes) -> str:
    """Why a file is no return at all (a lock file, thumbnails, a shortcut); empty where it may be one, whatever its name."""
    for beginning, reason in _IGNORED_BEGINNINGS:
        if data.startswith(beginning):
            return reason
    for named, reason, may_be_text in _IGNORED_NAMES:
        if named.search(name) and not _is_document(data, may_be_text=may_be_text):
            return reason
    return ""


def _is_document(data: bytes, *, may_be_text: bool) -> bool:
    """Whether the content is a document that may be read, apart from a mere text where that is no sign of one."""
    if data.startswith(_OLE):
        return bool(_streams(data) & _DOCUMENT_STREAMS)
    try:
        return not content_of(data).text or may_be_text
    except FileError:
        return False


def content_of(data: bytes, password: str | None = None) -> Content:
    """The file's content and what tells its format; FileError, saying what it is and what to do, for a format that is not read.

    A file of Office that was encrypted is opened with the password given for it.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise FileError("the file is empty; ask the agency to send it again")
    for beginning, what in _REFUSED_BEGINNINGS:
        if data.startswith(beginning):
            raise FileError(f"the file is {what}")
    if b"%PDF-" in data[:_PDF_BEGINS_WITHIN]:
        return Content(data, main_type="application/pdf", password=password)
    if data.startswith(b"{\\rtf"):
        return Content(data, main_type="application/rtf")
    if data.startswith(_OLE):
        return _ole(data, password)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    return _text(data)


def _ole(data: bytes, password: str | None) -> Content:
    streams = _streams(data)
    for name, what in _REFUSED_OLE:
        if name in streams:
            raise FileError(f"the file is {what}")
    opened = decrypted(data, password, is_package="EncryptedPackage" in streams)
    if opened is not None and not opened.startswith(_OLE):
        return content_of(opened)
    return Content(data if opened is None else opened, streams=streams)


def _streams(data: bytes) -> frozenset[str]:
    """The names at the top of an OLE container, those of another document embedded in it left out; of a damaged one those that stand anywhere."""
    import olefile  # type: ignore[import-untyped]  # only a child that meets such a container pays for it

    try:
        with olefile.OleFileIO(data) as container:
            top = {path[0] for path in container.listdir(storages=True) if len(path) == 1}
    except Exception:  # noqa: BLE001 - it fails in ways that it does not list
        top = {name for name in _STREAMS if name.encode("utf-16-le") in data}
    return frozenset(name for name in _STREAMS if any(each.startswith(name) for each in top))


def _package(data: bytes) -> Content:
    with open_package(data) as package:
        refuse_doctypes(package)
        parts = frozenset(package.namelist())
        main_type = ""
        if "[Content_Types].xml" in parts:
            types = [each.get("ContentType", "") for each in parse(package, "[Content_Types].xml")]
            main_type = next(
                (each for each in types if _MAIN_TYPES.search(each)), next((each for each in types if "presentation" in each), "")
            )
        elif "mimetype" in parts:
            main_type = package.read("mimetype")[:200].decode("ascii", "replace")
            if "META-INF/manifest.xml" in parts and b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise FileError(
                    "the file is password protected, and OpenDocument is opened without one alone; ask for a copy without a password"
                )
    for sign, what in _REFUSED_PACKAGES:
        if sign in main_type:
            raise FileError(f"the file is {what}")
    if not main_type:
        raise FileError("the file is an archive; unpack it and send the files themselves")
    return Content(data, parts=parts, main_type=main_type)


def _text(data: bytes) -> Content:
    text, notes = decoded(data)
    unreadable = sum(letter < " " and letter not in "\t\n\r\x0b\x0c" for letter in text[:20_000])
    if unreadable > max(3, len(text[:20_000]) // 50):
        raise FileError("the file is of no format that is read here; `chronology formats` lists them, ask the agency what it is")
    for pattern, what in _REFUSED_TEXTS:
        if pattern.match(text):
            raise FileError(f"the file is {what}")
    return Content(data, text=text, text_notes=notes)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a plain file, and a note where its encoding had to be assumed: marks first, then UTF-8, then Windows-1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace"), ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ()
    head = data[:4000]
    for odd, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[odd::2].count(0) > _CLEAR_NUL_SHARE * len(head) and not head[1 - odd :: 2].count(0):
            return data.decode(coding, "replace"), ("the encoding was not stated; read as UTF-16",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), (
            "the encoding was not stated; read as Windows-1252, please check accents, pound signs and quotes",
        )
