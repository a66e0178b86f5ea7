"""A file on disk -> what it holds, row by row. Knows formats and layouts."""

from extractors.apart import Limits, extract_apart
from extractors.extract import extract
from extractors.headings import Headings, headings_from
from extractors.reading import Reading

__all__ = ["Headings", "Limits", "Reading", "extract", "extract_apart", "headings_from"]
