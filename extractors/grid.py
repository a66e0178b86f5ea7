"""Rows of a spreadsheet or delimited file from the cells that exist, never from the size that the file claims."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

from extractors.bounds import LONGEST_TITLE, MAX_COLUMNS, TOO_MANY_COLUMNS, Amount, refuse_too_wide
from extractors.marks import Marks
from extractors.model import Aside, Box, Mark, Row, Table
from timeline.errors import FileError

MAX_BLANK_RUN = 20
MAX_MERGED_CELLS = 500_000
_MOST_LISTED_COLUMNS = 16_384
HIDDEN_ROW = "this row is hidden in the spreadsheet"
HIDDEN_SHEET = "this row stands on a hidden sheet"
GOES_ON = "the first row of a page; it may go on from the last row of the page before, please check"
_NO_BOX = Box()
_MOST_SOUGHT = 200  # passages of one row

Cells = Mapping[int, Mapping[int, Box]]


@dataclass(slots=True)
class Sheet:
    """What is gathered while a sheet is read; rows and columns are counted from 1, spans are first and last, both inclusive.

    `amount` is what all sheets of the file hold so far.
    """

    amount: Amount = field(default_factory=Amount)
    cells: dict[int, dict[int, Box]] = field(default_factory=dict)
    marks: dict[int, Marks] = field(default_factory=dict)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged_cells: int = 0

    def of(self, row: int) -> Marks:
        """What a person should know of the row."""
        found = self.marks.get(row)
        if found is None:
            found = self.marks[row] = Marks()
        return found

    def keep(self, row: int, boxes: dict[int, Box]) -> None:
        """A row with text; FileError where the file holds more than a chronology."""
        self.cells[row] = boxes
        self.amount.add(rows=1, cells=len(boxes), letters=sum(len(box.text) for box in boxes.values()))  # one text may stand in every cell

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that the program does not show; FileError where more are listed than a sheet can have."""
        self.hidden_columns.append((first, last))
        if len(self.hidden_columns) > _MOST_LISTED_COLUMNS:
            raise FileError(TOO_MANY_COLUMNS)

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """A merged range; FileError where merged ranges would fill the memory."""
        self.merged_cells += max(0, bottom - top + 1) * max(0, right - left + 1)
        if self.merged_cells > MAX_MERGED_CELLS:
            raise FileError("the workbook has more merged cells than a chronology; it was not opened, ask the agency for the rows alone")
        self.merged.append((top, bottom, left, right))

    def table(self, title: str, number: int, *, is_hidden: bool) -> Table:
        """The sheet as a table; `number` is its place in the workbook."""
        for top, bottom, left, right in self.merged:
            self._cover(top, bottom, left, right)
        title = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"
        columns = columns_of(self.cells)
        problems = {row: marks.problems("row") for row, marks in self.marks.items()}
        asides = {row: located(marks.asides, self.cells.get(row, {})) for row, marks in self.marks.items() if marks.asides}
        return Table(
            place=f'sheet "{title}"',
            label=f"sheet {number}",
            rows=rows_from(self.cells, columns, problems, asides),
            title=title,
            problems=(HIDDEN_SHEET,) if is_hidden else (),
            hidden_columns=frozenset(
                index for index, column in enumerate(columns) if any(low <= column <= high for low, high in self.hidden_columns)
            ),
        )

    def _cover(self, top: int, bottom: int, left: int, right: int) -> None:
        for row in range(top, bottom + 1):
            own = self.cells.setdefault(row, {})
            for column in range(left, right + 1):
                if (row, column) != (top, left) and not own.get(column, _NO_BOX).text:
                    own[column] = Box(continues=row > top, covered=column > left)


def located(asides: Sequence[Aside], boxes: Mapping[int, Box]) -> tuple[Aside, ...]:
    """The asides of a row, struck passages with their place where the row's cells leave no doubt: the words stand nowhere else in it, or are
    struck wherever they stand.
    """
    texts = [boxes[column].text for column in sorted(boxes) if boxes[column].text]
    struck = Counter(aside.text for aside in asides if aside.mark is not None and aside.mark.kind == "struck")
    met: Counter[str] = Counter()
    found = []
    for aside in asides:
        mark = aside.mark
        if mark is not None and mark.kind == "struck":
            places = _places(aside.text, texts) if len(struck) <= _MOST_SOUGHT else []
            if len(places) == struck[aside.text]:
                mark = _at(aside, *places[met[aside.text]], texts)
                met[aside.text] += 1
            elif texts.count(mark.within) > 1:
                mark = replace(mark, within="")
        found.append(replace(aside, mark=mark))
    return tuple(found)


def _places(words: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the cells: (which, counted from 0, and the first letter)."""
    return [(number, match.start()) for number, text in enumerate(texts) for match in re.finditer(re.escape(words), text)]


def _at(aside: Aside, number: int, start: int, texts: Sequence[str]) -> Mark:
    again = texts[number + 1 :].count(texts[number])
    return Mark("struck", aside.text, within=texts[number], start=start, end=start + len(aside.text), again=again)


def columns_of(cells: Cells) -> list[int]:
    """The columns, counted from 1, of the grid: all up to the last that holds text, or where cells lie far apart only those that do."""
    with_text = {column for row in cells.values() for column, box in row.items() if box.text}
    refuse_too_wide(len(with_text))
    last = max(with_text, default=0)
    return list(range(1, last + 1)) if last <= MAX_COLUMNS else sorted(with_text)


def rows_from(
    cells: Cells, columns: list[int], problems: Mapping[int, tuple[str, ...]], asides: Mapping[int, tuple[Aside, ...]]
) -> tuple[Row, ...]:
    """Rows 1 to the last one with text; a blank row between them is a Row, a run of more than 20 is one Row at the first of them.

    `cells` are boxes by row and column, `problems` and `asides` belong to rows; all are counted from 1.
    """
    used = {number for number, row in cells.items() if any(box.text for box in row.values())} | asides.keys()
    none: Mapping[int, Box] = {}
    return tuple(
        Row(
            number,
            tuple(map(cells.get(number, none).get, columns, repeat(_NO_BOX))),
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
