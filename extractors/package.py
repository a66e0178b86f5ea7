"""A zip package opened warily: its directory is checked before any parser sees it, and no part with a DOCTYPE is let through."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from timeline.errors import FileError

MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 10_000
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 1_000_000
_SCAN_BYTES = 1 << 20
_LET_GO_EVERY = 256
MACROS = "the file holds macros; they were not run"
OUTSIDE = "the file refers to something outside itself; it was not fetched"
EMBEDDED = "another file is embedded in this one; it was not opened, ask for it on its own"
DAMAGED = "the file is damaged; open it in the program it comes from, save it again and send that"
_DOCTYPE = "a part of the file declares a DOCTYPE, as no office program writes it; it was not opened, ask for a fresh copy"
_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict Open XML names the same things by other addresses
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml|spreadsheetml)")


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, after its directory was checked; FileError where it is damaged or looks hostile."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileError("the file is damaged or cut short; ask the agency to send it again") from error
    check_directory(package)
    return package


def check_directory(package: zipfile.ZipFile) -> None:
    """Refuse what a document from an office program never has: encrypted, duplicate or wandering parts, too many, or far too well packed."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileError("the file is password protected; ask the agency for a copy without a password")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise FileError("the file unpacks to far more than a chronology holds; it was not opened, ask the agency what it is")
    if len({name.casefold() for name in names}) != len(names) or any(wanders(name) for name in names):
        raise FileError("the file's parts are named as no office program names them; it was not opened, ask the agency for a fresh copy")
    if any(part.file_size > RATIO_COUNTS_FROM_BYTES and part.file_size > MAX_RATIO * max(1, part.compress_size) for part in parts):
        raise FileError("the file unpacks to far more than its size; it was not opened, ask the agency what it is")


def wanders(name: str) -> bool:
    """Whether a part's name is absolute or leads out of the package."""
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0] or "\0" in name


def refuse_doctypes(package: zipfile.ZipFile) -> None:
    """Refuse a package of which an XML part declares a DOCTYPE: entities can hide text or swell to any size."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels", ".vml")) and any(mark in chunk for chunk in _chunks(package, name) for mark in _DOCTYPES):
            raise FileError(_DOCTYPE)


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    tail = b""
    try:
        with package.open(name) as part:
            while chunk := part.read(_SCAN_BYTES):
                yield tail + chunk
                tail = chunk[-20:]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileError("the file is damaged or cut short; ask the agency to send it again") from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base
        if type(error).__name__ not in {"error", "LZMAError"}:
            raise
        raise FileError("the file is damaged or cut short; ask the agency to send it again") from error


def parse(package: zipfile.ZipFile, name: str) -> etree._Element:
    """The root of an XML part; entities are not resolved and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(transitional(package.read(name)), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError) as error:
        raise FileError(DAMAGED) from error
    _refuse_own_entities(root)
    return root


def elements(package: zipfile.ZipFile, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements of these tags in an XML part, one after another, for parts too large to hold whole: those that were met are let go of."""
    with package.open(name) as part:
        found = etree.iterparse(
            part,
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for number, (_, element) in enumerate(found):
                if number == 0:
                    _refuse_own_entities(element)
                yield element
                if number % _LET_GO_EVERY == 0 and (above := element.getparent()) is not None:
                    del above[: above.index(element)]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise FileError(DAMAGED) from error


def _refuse_own_entities(element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise FileError(_DOCTYPE)


def transitional(xml: bytes) -> bytes:
    """An XML part that names its elements as transitional Open XML does, whichever way the file was written."""
    if b"purl.oclc.org/ooxml" not in xml[:4000]:
        return xml
    return _STRICT.sub(lambda match: _TRANSITIONAL[match[1]], xml)


_TRANSITIONAL = {
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006",
    b"wordprocessingml": b"http://schemas.openxmlformats.org/wordprocessingml/2006",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006",
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006",
}


def relationships(package: zipfile.ZipFile, part: str) -> list[tuple[str, str, bool]]:
    """What a part refers to: the kind (last word of its type), the target part's name, and whether it lies outside the package."""
    return list(targets(package, part).values())


def targets(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str, bool]]:
    """As `relationships`, by the id under which the part names each."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    if rels not in package.namelist():
        return {}
    found = {}
    for number, each in enumerate(parse(package, rels).iter(_RELATIONSHIP)):
        target, is_outside = each.get("Target", ""), each.get("TargetMode") == "External"
        if not is_outside:
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[each.get("Id") or f"#{number}"] = (each.get("Type", "").rsplit("/", 1)[-1], target, is_outside)
    return found


def notes_on(package: zipfile.ZipFile) -> tuple[str, ...]:
    """What a person should know of the package: macros that were not run, addresses that were not followed, parts that were not opened."""
    names, notes = package.namelist(), []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        notes.append(MACROS)
    if any(is_outside and kind != "hyperlink" for name in _sources(names) for kind, _, is_outside in relationships(package, name)):
        notes.append(OUTSIDE)
    if any("/embeddings/" in name or "/afchunk" in name.lower() for name in names):
        notes.append(EMBEDDED)
    return tuple(notes)


def _sources(names: list[str]) -> Iterator[str]:
    for name in names:
        if name.endswith(".rels"):
            folder, own = posixpath.split(name)
            yield posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
