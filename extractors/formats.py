"""The formats that are read. A new one is a module with an EXTRACTOR, and a line here."""

from extractors import delimited, word, xls, xlsx
from extractors.model import Extractor

EXTRACTORS: tuple[Extractor, ...] = (
    word.EXTRACTOR,
    xlsx.EXTRACTOR,
    xls.EXTRACTOR,
    delimited.EXTRACTOR,
)
