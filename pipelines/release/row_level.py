"""The row-level timeline in a report: its rows are the agencies' own, so whoever holds these finds every one; it is never published."""

import re
from collections.abc import Iterator, Mapping

from timeline.authored_content import Block, Row, Table, all_blocks, words_of
from timeline.authored_content import ReportContent as Content
from timeline.safe import SafeReview

_BLANKS = re.compile(r"[\W_]+")


def row_level_tables(content: Content, draft: SafeReview, rules: Mapping[str, int]) -> tuple[str, ...]:
    """Each table of the report that is the timeline row by row, and how many of its rows are; `rules` as in rules/publishing.toml."""
    serials = {event.id.casefold() for event in draft.events}
    texts = {said for event in draft.events if len(said := _plain(event.text)) >= rules["shortest_text"]}
    found = []
    for number, table in enumerate((block for block in all_blocks(content) if isinstance(block, Table)), start=1):
        rows = sum(_is_of_the_timeline(row, serials, texts) for row in table.rows)
        if rows >= rules["rows"]:
            found.append(f"table {number} ({rows} rows)")
    return tuple(found)


def _is_of_the_timeline(row: Row, serials: set[str], texts: set[str]) -> bool:
    cells = [" ".join(_words(cell.blocks)) for cell in row.cells]
    if any(cell.strip().casefold() in serials for cell in cells):
        return True
    whole = " ".join(_plain(cell) for cell in cells)
    return any(text in whole for text in texts)


def _words(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (word for row in block.rows for cell in row.cells for word in _words(cell.blocks))
        else:
            yield words_of(block)


def _plain(text: str) -> str:
    return " ".join(_BLANKS.sub(" ", text.casefold()).split())
