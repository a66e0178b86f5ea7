"""Rows of one text: what names the rows below it, and what tells at length what the dated row above it only heads."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.columns import OTHER, Columns
from extractors.date_boxes import holds_date
from extractors.model import Box, Row
from extractors.phrases import is_declared_silence, is_guidance, is_note, is_period_banner, is_total


def label_of(row: Row, columns: Columns) -> str:
    """The row's one text, where it stands in the date column or an opening column that tells no event, or is merged across the row."""
    filled = [(index, box) for index, box in enumerate(row.boxes) if box.text]
    if len({box.text for _, box in filled}) != 1:
        return ""
    index, box = filled[0]
    is_across = len(row.boxes) > 1 and sum(not each.covered for each in row.boxes) == 1
    is_opening = index == columns.when or (index == 0 and columns.meanings[0] != "event")
    is_under_merged_date = any(each.continues for each in row.boxes)
    return box.text if is_across or len(filled) > 1 or (is_opening and not is_under_merged_date) else ""


def with_told_below(columns: Columns, rows: tuple[Row, ...], dated: Sequence[int]) -> tuple[Columns, tuple[Row, ...]]:
    """Columns and rows where each dated row (`dated` are their ranks) only heads a row of one text below it: that text then stands in a
    column of its own. Both as they were where it is not so.
    """
    if len(dated) < 2 or not all(index + 1 < len(rows) and _is_told(rows[index + 1], columns) for index in dated):
        return columns, rows
    told = [index + 1 for index in dated]
    width = max(len(columns.meanings), *(len(row.boxes) for row in rows))
    filler = ("",) * (width - len(columns.meanings))
    wider = replace(columns, meanings=(*columns.meanings, *(OTHER for _ in filler), "event"), headings=(*columns.headings, *filler, ""))
    apart = {index: replace(rows[index], boxes=(*[Box()] * width, Box(label_of(rows[index], columns)))) for index in told}
    return wider, tuple(apart.get(index, row) for index, row in enumerate(rows))


def _is_told(row: Row, columns: Columns) -> bool:
    label = label_of(row, columns)
    is_other = is_period_banner(label) or is_total(label) or is_note(label) or is_guidance(label) or is_declared_silence(label)
    return bool(label) and not row.gone and not is_other and not holds_date(Box(label))
