"""A file on disk -> what it holds: the one way in."""

import os
import stat
from pathlib import Path

from extractors.formats import EXTRACTORS
from extractors.layout import read_document
from extractors.model import Content, Document
from extractors.reading import Reading
from extractors.recognise import content_of, ignored_because
from timeline.errors import FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile

MAX_FILE_BYTES = 250_000_000
_LINK = "the file is a link to somewhere else; ask the agency for the file itself"


def extract(path: Path, source: SourceFile, reading: Reading) -> Extraction:
    """Reads one file of an agency; a file that cannot be read comes back as rejected, or ignored, with the reason, and is never raised."""
    try:
        data = contents(path)
        if because := ignored_because(path.name, data):
            return Extraction(source=source, status="ignored", reason=because)
        document = _document(content_of(data))
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=str(error))
    return read_document(document, source, reading)


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


def _document(content: Content) -> Document:
    extractor = next((each for each in EXTRACTORS if each.recognises(content)), None)
    if extractor is None:
        raise FileError(
            "the file is of no format that is read here (.docx, .docm, .xlsx, .xlsm, .xls, .csv, .txt); ask the agency what it is"
        )
    try:
        return extractor.read(content)
    except (FileError, MemoryError):
        raise
    except Exception as error:
        # parsers of other people's formats fail in ways that they do not list; what they say may quote the file, so only its kind is told
        raise FileError(
            f"the file is damaged ({type(error).__name__}); open it in the program it comes from, save it again and send that"
        ) from error
