"""The formats that are read. A new one is a module with an EXTRACTOR, and a line here."""

from dataclasses import dataclass
from importlib.util import find_spec

from extractors import delimited, opendocument, pdf, through_office, word, xls, xlsx
from extractors.apart import office_program
from extractors.model import Extractor

EXTRACTORS: tuple[Extractor, ...] = (
    word.EXTRACTOR,
    xlsx.EXTRACTOR,
    xls.EXTRACTOR,
    opendocument.EXTRACTOR,
    pdf.EXTRACTOR,
    *through_office.EXTRACTORS,
    delimited.EXTRACTOR,
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format as this machine reads it: its endings, and why not where it does not."""

    name: str
    endings: tuple[str, ...]
    is_read: bool
    why_not: str = ""


def formats() -> tuple[Format, ...]:
    """Every format that is known, and whether this machine reads it."""
    return tuple(_format(each) for each in EXTRACTORS)


def _format(extractor: Extractor) -> Format:
    missing = next((name for name in extractor.libraries if find_spec(name) is None), "")
    why = f"the library {missing} is not installed" if missing else ""
    if extractor.through_office and office_program() is None:
        why = "LibreOffice, through which it is read, is not installed"
    return Format(extractor.title, extractor.endings, is_read=not why, why_not=why)
