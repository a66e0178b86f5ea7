"""Paragraphs, tables and references as WordprocessingML: each function gives a piece of XML, its texts made printable and escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reports.colours import HEADING_FILL
from reports.printable import printable

_TWENTIETHS_PER_CM = 567
_EMU_PER_CM = 360_000
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PIC = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_LONGEST_WHOLE_ROW = 12_000  # characters of XML: a longer row may fill a page, so it may break across pages
_W14, _SIGNS = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"', "MS Gothic"  # Word's own font for boxes
_BLANKS = "\u2002" * 5  # en spaces, as wide as a word to click on


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs as XML, and its tint (six hex digits) or none."""

    paragraphs: str
    tint: str = ""


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A column of a Word table: its heading and its width in centimetres."""

    heading: str
    width_cm: float


def words(text: str, style: str = "") -> str:
    """A run of text in a character style; its newlines and tabs stay line breaks and tabs."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    shown = escape(printable(text)).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    shown = shown.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", keep_next: bool = False) -> str:
    """A paragraph of runs (made by `words`, `link` …) in a paragraph style; `keep_next`: on one page with what follows."""
    shown = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:keepNext/>" if keep_next else "")
    look = f"<w:pPr>{shown}</w:pPr>" if shown else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def text(words_of_it: str, style: str = "") -> str:
    """A paragraph of plain text in a paragraph style."""
    return paragraph(words(words_of_it), style=style)


def heading(title: str, level: int, name: str = "", number: int = 0, *, new_page: bool = False) -> str:
    """A heading in Word's own heading style, with a bookmark where it has a name."""
    look = f'<w:pPr><w:pStyle w:val="Heading{level}"/>{"<w:pageBreakBefore/>" if new_page else ""}</w:pPr>'
    run = words(title)
    return f"<w:p>{look}{bookmark(run, name, number) if name else run}</w:p>"


def picture(name: str, png: bytes, width_cm: float, says: str, number: int = 1) -> str:
    """A paragraph with a picture as wide as given, and what it shows in words; the document is handed the PNG under the same name."""
    across, down = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))  # the first chunk of a PNG
    width = round(width_cm * _EMU_PER_CM)
    size = f'cx="{width}" cy="{round(width * down / across)}"'
    about = f'id="{number}" name={quoteattr(name)} descr={quoteattr(printable(says))}'
    shape = f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    fill = f'<pic:blipFill><a:blip r:embed="picture_{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    shown = f"<pic:pic {_PIC}><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr>{fill}{shape}</pic:pic>"
    drawn = f'<a:graphic {_A}><a:graphicData uri="{_PIC[11:-1]}">{shown}</a:graphicData></a:graphic>'
    inline = f'<wp:inline {_WP} distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {about}/>{drawn}</wp:inline>'
    return paragraph(f"<w:r><w:drawing>{inline}</w:drawing></w:r>")


def bookmark(runs: str, name: str, number: int) -> str:
    """The runs as a place that a reference can lead to; `number` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def link(shown: str, name: str) -> str:
    """A reference that leads to the bookmark `name` in the same document."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{words(shown, "Hyperlink")}</w:hyperlink>'


def link_to_page(shown: str, file: str, name: str) -> str:
    """A reference that leads to the place `name` of a page in the same folder: a field, so that the document has no relationship to the outside."""
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    field = escape(f' HYPERLINK "{file}" \\l "{name}" ')
    return f'{begin}<w:r><w:instrText xml:space="preserve">{field}</w:instrText></w:r>{between}{words(shown, "Hyperlink")}{end}'


def table(columns: Sequence[WordColumn], rows: Iterable[Sequence[Cell]], about: str, head_style: str = "CellHeading") -> str:
    """A table whose header row is marked as one and repeats on each page, and which says what it is about.

    Its rows stay whole on a page, unless one could fill a page.
    """
    widths = [round(column.width_cm * _TWENTIETHS_PER_CM) for column in columns]
    shape = (
        f'<w:tblPr><w:tblStyle w:val="Rows"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(about))}/></w:tblPr>"
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [Cell(text(column.heading, head_style), HEADING_FILL) for column in columns]
    body = "".join(_row(cells, widths, "") for cells in rows)
    return f"<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{_row(heads, widths, '<w:tblHeader/>')}{body}</w:tbl>"


def _row(cells: Sequence[Cell], widths: Sequence[int], more: str) -> str:
    shown = "".join(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
    whole = "<w:cantSplit/>" if len(shown) < _LONGEST_WHOLE_ROW else ""
    return f"<w:tr><w:trPr>{whole}{more}</w:trPr>{shown}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.tint}"/>' if cell.tint else ""
    last = "" if cell.paragraphs.endswith(("</w:p>", "<w:p/>")) else "<w:p/>"  # Word wants a paragraph last
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{cell.paragraphs}{last}</w:tc>'


def choice(number: int, about: str, choices: Sequence[str], *, free: bool) -> str:
    """A paragraph with an empty drop-down of choices, one's own words allowed or not; `number` is unique in the document.

    Blanks hold its place, so that it reads as empty until something is chosen.
    """
    kind = "comboBox" if free else "dropDownList"
    items = "".join(f"<w:listItem w:displayText={quoteattr(each)} w:value={quoteattr(each)}/>" for each in choices)
    about = quoteattr(printable(about))
    look = f'<w:sdtPr><w:alias w:val={about}/><w:id w:val="{number}"/><w:{kind}>{items}</w:{kind}></w:sdtPr>'
    return paragraph(f"<w:sdt>{look}<w:sdtContent>{words(_BLANKS)}</w:sdtContent></w:sdt>", style="FormText")


def check_box(number: int, label: str) -> str:
    """A paragraph with a box to tick, empty, and what it is for; `number` is unique in the document."""
    states = "".join(
        f'<w14:{state} w14:val="{sign}" w14:font="{_SIGNS}"/>' for state, sign in (("checkedState", "2612"), ("uncheckedState", "2610"))
    )
    about = f'<w:alias w:val={quoteattr(printable(label))}/><w:id w:val="{number}"/>'
    box = f'<w14:checkbox {_W14}><w14:checked w14:val="0"/>{states}</w14:checkbox>'
    sign = f'<w:r><w:rPr><w:rFonts w:ascii="{_SIGNS}" w:hAnsi="{_SIGNS}" w:eastAsia="{_SIGNS}" w:hint="eastAsia"/></w:rPr><w:t>\u2610</w:t></w:r>'
    return paragraph(f"<w:sdt><w:sdtPr>{about}{box}</w:sdtPr><w:sdtContent>{sign}</w:sdtContent></w:sdt>", words(f"\u2002{label}"))


def contents(entries: Sequence[tuple[str, str]]) -> str:
    """A table of contents of (title, bookmark): filled in already with links, and a field of Word's own.

    It shows no page numbers until the author brings the field up to date (F9, which also happens on printing): only the program that lays the
    pages out knows them, and a wrong number is worse than none.
    """
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    lines = [link(title, name) for title, name in entries]
    lines[0] = begin + lines[0]
    lines[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return "".join(paragraph(line, style="TOC1") for line in lines)
