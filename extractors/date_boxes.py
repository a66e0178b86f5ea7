"""What one box says of a date: nothing else, or more words after it ("04/03/2019, J Brehaut"), or only the day of a month told above."""

import re
from functools import lru_cache

from extractors.model import Box
from timeline.date_cells import read_cell
from timeline.dates_in_text import leading_date
from timeline.written_dates import is_date

_LONGEST_DATE = 80
_DAY_NUMBER = re.compile(r"(\d{1,2})\.?")
_LETTER = re.compile(r"[^\W\d_]")
_NEAR = 40  # characters, within which a date at the beginning has its first figure


def holds_date(box: Box) -> bool:
    """Whether the box holds a date and nothing else."""
    return box.real is not None or (0 < len(box.text) <= _LONGEST_DATE and is_date(box.text))


def opens_with_day(box: Box) -> bool:
    """Whether the box begins with the date of a day, and words follow."""
    point = read_cell(parted(box)[0]).first
    return point is not None and point.day is not None


def parted(box: Box) -> tuple[str, str]:
    """The date that the box begins with and the words after it; two empty texts where it holds a date alone, or begins with none."""
    return _parted(box.text) if box.real is None else ("", "")


def is_day_number(box: Box) -> bool:
    """Whether the box holds a number from 1 to 31 and nothing else."""
    number = _DAY_NUMBER.fullmatch(box.text) if box.real is None else None
    return number is not None and 1 <= int(number[1]) <= 31


@lru_cache(maxsize=4096)
def _parted(text: str) -> tuple[str, str]:
    if not any(letter.isdigit() for letter in text[:_NEAR]) or not _LETTER.search(text) or holds_date(Box(text)):
        return "", ""
    found = leading_date(text)
    return (found[0], found[1].strip()) if found and _LETTER.search(found[1]) else ("", "")
