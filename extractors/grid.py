"""Rows of a spreadsheet or delimited file from the cells that exist, never from the size that the file claims."""

from collections.abc import Iterator, Mapping

from extractors.model import Aside, Box, Row
from timeline.errors import FileError

MAX_BLANK_RUN = 20
MAX_COLUMNS = 500
_NO_BOX = Box()

Cells = Mapping[int, Mapping[int, Box]]


def columns_of(cells: Cells) -> list[int]:
    """The columns, counted from 1, of the grid: all up to the last that holds text, or where cells lie far apart only those that do."""
    with_text = {column for row in cells.values() for column, box in row.items() if box.text}
    if len(with_text) > MAX_COLUMNS:
        raise FileError(f"a sheet has more than {MAX_COLUMNS} columns of text; that is no chronology, ask the agency what it is")
    last = max(with_text, default=0)
    return list(range(1, last + 1)) if last <= MAX_COLUMNS else sorted(with_text)


def rows_from(
    cells: Cells, columns: list[int], problems: Mapping[int, tuple[str, ...]], asides: Mapping[int, tuple[Aside, ...]]
) -> tuple[Row, ...]:
    """Rows 1 to the last one with text; a blank row between them is a Row, a run of more than 20 is one Row at the first of them.

    `cells` are boxes by row and column, `problems` and `asides` belong to rows; all are counted from 1.
    """
    used = {number for number, row in cells.items() if any(box.text for box in row.values())} | asides.keys()
    return tuple(
        Row(
            number,
            tuple(cells.get(number, {}).get(column, _NO_BOX) for column in columns),
            problems=problems.get(number, ()),
            asides=asides.get(number, ()),
        )
        for number in _with_blanks(sorted(used))
    )


def _with_blanks(used: list[int]) -> Iterator[int]:
    last = 0
    for number in used:
        blank = range(last + 1, number)
        yield from blank if len(blank) <= MAX_BLANK_RUN else blank[:1]
        yield number
        last = number
