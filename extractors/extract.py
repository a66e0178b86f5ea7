"""A file on disk -> what it holds: the one way in."""

import os
import stat
from dataclasses import replace
from pathlib import Path

from extractors.formats import EXTRACTORS
from extractors.layout import read_document
from extractors.model import Content, Document, Extractor
from extractors.reading import Reading
from extractors.recognise import content_of, ignored_because
from extractors.through_office import notes_on_original
from extractors.wire import HandOver
from timeline.errors import FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile

MAX_FILE_BYTES = 250_000_000
_LINK = "the file is a link to somewhere else; ask the agency for the file itself"
_APART = "the file is read through LibreOffice, in a process apart; ask the agency for a .docx or .xlsx file"
_REWRITTEN = "the file was read through LibreOffice, which wrote it anew; where something looks odd, compare it with the original"
_DAMAGED = "open it in the program it comes from, save it again and send that"


def extract(path: Path, source: SourceFile, reading: Reading, password: str | None = None) -> Extraction:
    """Reads one file of an agency; a file that cannot be read comes back as rejected, or ignored, with the reason, and is never raised.

    Formats that LibreOffice opens are read by `extract_apart` alone.
    """
    answer = extract_or_hand_over(path, source, reading, password)
    return Extraction(source=source, status="rejected", reason=_APART) if isinstance(answer, HandOver) else answer


def extract_or_hand_over(path: Path, source: SourceFile, reading: Reading, password: str | None = None) -> Extraction | HandOver:
    """As `extract`; of a format that LibreOffice must write anew first, what it needs for that."""
    try:
        data = contents(path)
        if because := ignored_because(path.name, data):
            return Extraction(source=source, status="ignored", reason=because)
        content = content_of(data, password)
        extractor = _extractor(content)
        if extractor.through_office:
            return HandOver(content.data, extractor.endings[0], extractor.through_office, notes_on_original(content))
        document = _document(extractor, content)
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=str(error))
    return read_document(document, source, reading)


def extract_rewritten(data: bytes, source: SourceFile, reading: Reading, notes: tuple[str, ...] = ()) -> Extraction:
    """As `extract`, of the .docx or .xlsx that LibreOffice made of a file; `notes` tell of the original."""
    try:
        content = content_of(data)
        document = _document(_extractor(content), content)
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=str(error))
    notes = tuple(dict.fromkeys((*document.notes, *notes, _REWRITTEN)))
    return read_document(replace(document, notes=notes), source, reading)


def contents(path: Path) -> bytes:
    """The file's bytes; FileError for a link, a device, or a file larger than any chronology."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise FileError(_LINK if path.is_symlink() else f"the file cannot be opened ({error.strerror})") from None
    about = os.fstat(number)
    if not stat.S_ISREG(about.st_mode):
        os.close(number)
        raise FileError("it is no ordinary file; ask the agency what it is")
    with os.fdopen(number, "rb") as opened:
        if about.st_size > MAX_FILE_BYTES:
            raise FileError(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; ask the agency for the chronology alone")
        return opened.read()


def _extractor(content: Content) -> Extractor:
    extractor = next((each for each in EXTRACTORS if each.recognises(content)), None)
    if extractor is None:
        raise FileError("the file is of no format that is read here; `chronology formats` lists them, ask the agency what it is")
    return extractor


def _document(extractor: Extractor, content: Content) -> Document:
    try:
        return extractor.read(content)
    except (FileError, MemoryError):
        raise
    except Exception as error:
        # parsers of other people's formats fail in ways that they do not list; what they say may quote the file, so only its kind is told
        raise FileError(f"the file is damaged ({type(error).__name__}); {_DAMAGED}") from error
