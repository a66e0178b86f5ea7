"""The blocks of a report as WordprocessingML in built-in styles alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from reports.colours import HEADING_FILL
from reports.printable import printable
from reports.published.lists import Lists
from reports.word_xml import bookmark, contents, paragraph, picture, words
from timeline.authored_content import (
    Block,
    Cell,
    Contents,
    Heading,
    ListItem,
    Look,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Run,
    Table,
    words_of,
)

TEXT_WIDTH_CM = 16.6
_TWENTIETHS_PER_CM = 567
_STYLES = {"text": "", "title": "Title", "subtitle": "Subtitle", "quote": "Quote", "caption": "Caption"}
# in the order in which a run's properties stand (ISO/IEC 29500-1, 17.3.2.28)
_LOOKS = (
    ("bold", "<w:b/>"),
    ("italic", "<w:i/>"),
    ("struck", "<w:strike/>"),
    ("white", '<w:color w:val="FFFFFF"/>'),
    ("underlined", '<w:u w:val="single"/>'),
    ("raised", '<w:vertAlign w:val="superscript"/>'),
    ("lowered", '<w:vertAlign w:val="subscript"/>'),
)
_NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


class Blocks:
    """Writes the blocks of one document; `pictures` are PNG by their number, `entries` the headings that a table of contents lists."""

    def __init__(self, notes: Sequence[Note], pictures: Mapping[int, bytes], entries: Mapping[int, str]) -> None:
        self.lists = Lists()
        self._notes, self._pictures, self._entries = notes, pictures, entries
        self._headings = 0
        self._tables = 0

    def xml(self, blocks: Iterable[Block], *, text_style: str = "", width_cm: float = TEXT_WIDTH_CM) -> Iterator[str]:
        """The blocks in order; `text_style` is the style of plain paragraphs, `width_cm` the room that there is for them."""
        for block in blocks:
            match block:
                case Heading():
                    yield self._heading(block)
                case Paragraph():
                    style = _STYLES[block.role] or text_style
                    yield paragraph(*self._runs(block.runs, "bold" if block.role == "title" else None), style=style)
                case ListItem():
                    yield self._item(block)
                case Table():
                    yield self._table(block, width_cm)
                case Picture():
                    across = min(block.width_cm or width_cm, width_cm)
                    yield picture(str(block.number), self._pictures[block.number], across, block.description, block.number)
                case PageBreak():
                    yield _NEW_PAGE
                case Contents():
                    listed = [(title, f"section_{number}") for number, title in self._entries.items()]
                    yield contents(listed) if listed else ""

    def notes(self, kind: str) -> str:
        """The footnotes or endnotes, each under the number that a reference has."""
        return "".join(
            f'<w:{kind} w:id="{number}">{self._note(note)}</w:{kind}>'
            for number, note in enumerate(self._notes, start=1)
            if note.kind == kind
        )

    def _note(self, note: Note) -> str:
        style = f"{note.kind.title()}Text"
        mark = f'<w:r><w:rPr><w:rStyle w:val="{note.kind.title()}Reference"/></w:rPr><w:{note.kind}Ref/></w:r>'
        first, rest = note.blocks[:1], note.blocks[1:]
        if first and isinstance(first[0], Paragraph):
            opening = paragraph(mark, *self._runs(first[0].runs), style=style)
        else:
            opening, rest = paragraph(mark, style=style), note.blocks
        return opening + "".join(self.xml(rest, text_style=style))

    def _heading(self, block: Heading) -> str:
        self._headings += 1
        runs = "".join(self._runs(block.runs, "bold"))
        if self._headings in self._entries:
            runs = bookmark(runs, f"section_{self._headings}", self._headings)
        return paragraph(runs, style=f"Heading{block.level}")

    def _item(self, block: ListItem) -> str:
        place = f'<w:numPr><w:ilvl w:val="{block.level}"/><w:numId w:val="{self.lists.number_of(block)}"/></w:numPr>'
        return f'<w:p><w:pPr><w:pStyle w:val="ListParagraph"/>{place}</w:pPr>{"".join(self._runs(block.runs))}</w:p>'

    def _runs(self, runs: Iterable[Run], by_style: Look | None = None, *, white: bool = False) -> Iterator[str]:
        """The runs; `by_style` is a look that the style gives already."""
        for run in runs:
            if run.note is not None:
                kind = self._notes[run.note].kind
                style = f'<w:rPr><w:rStyle w:val="{kind.title()}Reference"/></w:rPr>'
                yield f'<w:r>{style}<w:{kind}Reference w:id="{run.note + 1}"/></w:r>'
            if run.text:
                looks = {*run.looks, *(("white",) if white else ())} - {by_style}
                look = "".join(xml for name, xml in _LOOKS if name in looks)
                shown = words(run.text)
                yield shown.replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>", 1) if look else shown

    def _table(self, table: Table, width_cm: float) -> str:
        self._tables += 1
        room = round(width_cm * _TWENTIETHS_PER_CM)
        widths = [max(1, round(share * room)) for share in table.shares]
        shape = (
            f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(printable(_about(table, self._tables)))}/></w:tblPr>"
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._row(row, widths) for row in table.rows)
        return f"<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"

    def _row(self, row: Row, widths: Sequence[int]) -> str:
        look = f'<w:gridBefore w:val="{row.before}"/>' if row.before else ""
        look += "<w:cantSplit/><w:tblHeader/>" if row.is_heading else ""
        at, cells = row.before, []
        for cell in row.cells:
            cells.append(self._cell(cell, sum(widths[at : at + cell.across]), is_heading=row.is_heading))
            at += cell.across
        return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, width: int, *, is_heading: bool) -> str:
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        look += f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        look += {"begins": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}.get(cell.merge, "")
        look += f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADING_FILL}"/>' if is_heading else ""
        room = max(width / _TWENTIETHS_PER_CM - 0.3, 0.5)
        inside = self._heading_cell(cell.blocks, room) if is_heading else "".join(self.xml(cell.blocks, width_cm=room))
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside or '<w:p/>'}</w:tc>"

    def _heading_cell(self, blocks: Iterable[Block], room_cm: float) -> str:
        shown = ""
        for block in blocks:
            if isinstance(block, Heading | Paragraph | ListItem):
                runs = (Run(run.text, run.looks | {"bold"}, run.note) for run in block.runs)
                shown += paragraph(*self._runs(runs, white=True))
            else:
                shown += "".join(self.xml([block], width_cm=room_cm))
        return shown


def _about(table: Table, number: int) -> str:
    """What a table says of itself to whoever hears it read out: its headings."""
    heads = (words_of(block) for row in table.rows if row.is_heading for cell in row.cells for block in cell.blocks)
    return ", ".join(" ".join(each.split()) for each in heads if each.strip()) or f"Table {number}"
