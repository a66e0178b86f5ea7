"""The shape of a Word table: which of its rows are headings, and how wide its columns are."""

from lxml import etree

from extractors.report.looks import Style
from extractors.word_styles import W
from timeline.authored_content import Paragraph, Row


def heading_rows(rows: list[Row], style: Style | None, node: etree._Element) -> int:
    """How many rows at the top are headings: those marked so, else a first row that looks like one."""
    marked = next((number for number, row in enumerate(rows) if not row.is_heading), len(rows))
    if marked or len(rows) == 1:
        return marked
    look = node.find(f"{W}tblPr/{W}tblLook")
    told = look is not None and (look.get(f"{W}firstRow") == "1" or bool(from_hex(look.get(f"{W}val")) & 0x20))
    if style and style.first_row and told:
        return 1
    runs = [
        run for cell in rows[0].cells for block in cell.blocks if isinstance(block, Paragraph) for run in block.runs if run.text.strip()
    ]
    return int(bool(runs) and all("bold" in run.looks for run in runs))


def shares_of(node: etree._Element, rows: list[Row]) -> tuple[float, ...]:
    """How wide the columns are, in shares of the table."""
    columns = max(row.before + sum(cell.across for cell in row.cells) for row in rows)
    widths = [max(whole(each.get(f"{W}w"), 0), 1) for each in node.findall(f"{W}tblGrid/{W}gridCol")][:columns]
    widths += [round(sum(widths) / len(widths)) if widths else 1] * (columns - len(widths))
    return tuple(width / sum(widths) for width in widths)


def whole(written: str | None, default: int) -> int:
    """A small whole number as an attribute writes it; the default where it writes none."""
    return int(written) if written and written.isdigit() and len(written) < 7 else default


def from_hex(written: str | None) -> int:
    """A number written in base sixteen, as older files keep their switches; nought where it is none."""
    try:
        return int(written or "0", 16)
    except ValueError:
        return 0
