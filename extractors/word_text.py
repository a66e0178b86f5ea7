"""The words of a Word paragraph or cell as a reader sees them once all changes are accepted, and a mark for everything that was kept apart."""

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from extractors.marks import Marks
from extractors.signs import tidied, unsigned
from extractors.word_styles import NO_STYLES, W, WordStyles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V, _O = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"', re.I)
_NONE: Mapping[str, str] = {}
_OFF = ("0", "false", "off", "none")
# private-use code points of symbol fonts that forms use for ticks and boxes
SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F0FD": "☒", "F078": "☒", "F0FC": "✓", "F0B7": "•", "F0E0": "→"}


def flag(properties: etree._Element | None, name: str) -> bool:
    """Whether a toggle property (`w:vanish`, `w:strike`, `w:b`) is set and not switched off."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and (found.get(f"{W}val") or "1") not in _OFF


class WordText:
    """Reads paragraphs and cells of one document; comments, notes and the targets of links are given by their ids."""

    def __init__(
        self,
        *,
        comments: Mapping[str, str] = _NONE,
        footnotes: Mapping[str, str] = _NONE,
        endnotes: Mapping[str, str] = _NONE,
        styles: WordStyles = NO_STYLES,
        links: Mapping[str, str] = _NONE,
    ) -> None:
        self._beside = {"footnoteReference": footnotes, "endnoteReference": endnotes}
        self._comments, self._styles, self._links = comments, styles, links
        self._paragraph_style = ""
        # the last run that was hidden or struck, and which of the two
        self._last: tuple[etree._Element | None, str] = (None, "")
        self._leaf: Mapping[str, Callable[[etree._Element, Marks], str]] = {
            f"{W}t": lambda node, _: node.text or "",
            f"{W}tab": lambda _, __: "\t",
            f"{W}ptab": lambda _, __: "\t",
            f"{W}br": lambda _, __: "\n",
            f"{W}cr": lambda _, __: "\n",
            f"{W}noBreakHyphen": lambda _, __: "-",
            f"{W}sym": _symbol,
            f"{W}r": self._run,
            f"{W}del": lambda node, marks: marks.delete(_all_words(node)),
            f"{W}moveFrom": lambda node, marks: marks.move_away(_all_words(node)),
            f"{W}ins": lambda node, marks: marks.insert(self.inline(node, marks)),
            f"{W}moveTo": lambda node, marks: marks.move_here(self.inline(node, marks)),
            f"{_MC}AlternateContent": self._alternate,
            f"{W}txbxContent": self._text_box,
            f"{W}fldChar": lambda node, _: form_field(node),
            f"{_PICTURE}": _picture,
            f"{_V}imagedata": _picture,
            f"{_O}OLEObject": _picture,
            _MATH_TEXT: lambda node, _: node.text or "",
            f"{W}commentReference": self._commented,
            f"{W}footnoteReference": self._noted,
            f"{W}endnoteReference": self._noted,
            f"{W}hyperlink": self._link,
            f"{W}instrText": self._field_code,
            **{f"{W}{name}": lambda _, __: "" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "tcPr", "trPr", "tblPr", "rt")},
        }

    def paragraph(self, node: etree._Element, marks: Marks) -> str:
        """The words of a paragraph, of which its style may hide or strike some, with the signs of what was marked (`Marks.settle`)."""
        if not self._styles.looks:
            return self.inline(node, marks)
        outer = self._paragraph_style
        style = node.find(f"{W}pPr/{W}pStyle")
        self._paragraph_style = style.get(f"{W}val", "") if style is not None else ""
        text = self.inline(node, marks)
        self._paragraph_style = outer
        return text

    def inline(self, node: etree._Element, marks: Marks) -> str:
        """The words of everything inside a paragraph, run or inline element, with signs."""
        parts = []
        for child in node:
            read = self._leaf.get(child.tag)
            parts.append(read(child, marks) if read else self.inline(child, marks))
        return "".join(parts)

    def lines(self, node: etree._Element, marks: Marks) -> Iterator[str]:
        """The paragraphs and nested tables of a cell, text box or note, one text each, with signs."""
        paragraph = ""
        for child in node:
            if child.tag == f"{W}p":
                paragraph += self.paragraph(child, marks)
                if not flag_deleted_mark(child):
                    yield paragraph
                    paragraph = ""
            elif child.tag == f"{W}tbl":
                yield self._nested(child, marks)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._leaf[child.tag](child, marks)
            elif child.tag not in (f"{W}tcPr", f"{W}sdtPr", f"{W}sdtEndPr"):
                yield from self.lines(child, marks)
        if paragraph:
            yield paragraph

    def cell(self, node: etree._Element, marks: Marks) -> str:
        """A cell's text: paragraphs and list items joined by newlines."""
        return marks.settle("\n".join(self.lines(node, marks)))

    def _inner(self, node: etree._Element, marks: Marks) -> str:
        """The text of a cell or box that stands inside another, with signs."""
        return tidied("\n".join(self.lines(node, marks)))

    def _nested(self, table: etree._Element, marks: Marks) -> str:
        rows = []
        for row in rows_of(table):
            cells = [" ".join(self._inner(cell, marks).split("\n")) for cell in cells_of_row(row)]
            if is_deleted_row(row):
                rows.append(marks.delete("\t".join(cells), "a row of a nested table that was deleted under tracked changes"))
            elif any(cells):
                rows.append("\t".join(cells))
        return "\n".join(rows)  # of a deleted row its sign alone, which leaves no line behind

    def _run(self, run: etree._Element, marks: Marks) -> str:
        text = self.inline(run, marks)
        properties = run[0] if len(run) and run[0].tag == f"{W}rPr" else None
        if (properties is None and not self._paragraph_style) or not text.strip():
            return text
        looks = self._styles.look(self._paragraph_style, properties)
        if "hidden" in looks:
            return self._mark(run, text, marks.hide, marks)
        return self._mark(run, text, marks.strike, marks) if "struck" in looks else text

    def _mark(self, run: etree._Element, text: str, mark: Callable[[str], str], marks: Marks) -> str:
        """Lists what a run says; runs that stand side by side are one passage, however often the program cut it."""
        before, kind = self._last
        goes_on = before is not None and run.getprevious() is before and kind == mark.__name__
        self._last = (run, mark.__name__)
        return marks.lengthen(text) if goes_on else mark(text)

    def _link(self, node: etree._Element, marks: Marks) -> str:
        text = self.inline(node, marks)
        target, shown = self._links.get(node.get(_RELATION, ""), ""), unsigned(text).strip()
        if target not in (shown, f"mailto:{shown}"):
            marks.link(target)
        return text

    def _field_code(self, node: etree._Element, marks: Marks) -> str:
        if found := _FIELD_LINK.search(node.text or ""):
            marks.link(found[1])
        return ""

    def _alternate(self, node: etree._Element, marks: Marks) -> str:
        """One of the alternatives, so that a text box is read once."""
        chosen = node.find(f"{_MC}Choice")
        chosen = chosen if chosen is not None else node.find(f"{_MC}Fallback")
        return self.inline(chosen, marks) if chosen is not None else ""

    def _text_box(self, node: etree._Element, marks: Marks) -> str:
        text = self._inner(node, marks)
        return f"\n{text}\n" if unsigned(text) else text

    def _commented(self, node: etree._Element, marks: Marks) -> str:
        marks.comment(self._comments.get(node.get(f"{W}id", ""), ""))
        return ""

    def _noted(self, node: etree._Element, marks: Marks) -> str:
        marks.note(self._beside[node.tag.removeprefix(W)].get(node.get(f"{W}id", ""), ""))
        return ""


def _all_words(node: etree._Element) -> str:
    """Every word inside an element that was deleted or moved away."""
    return "".join(each.text or "" for each in node.iter(f"{W}delText", f"{W}t"))


def flag_deleted_mark(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph was deleted under tracked changes, so that it runs on into the next."""
    if len(paragraph) == 0 or paragraph[0].tag != f"{W}pPr":
        return False
    mark = paragraph[0].find(f"{W}rPr")
    return mark is not None and mark.find(f"{W}del") is not None


def is_deleted_row(row: etree._Element) -> bool:
    """Whether the row was deleted under tracked changes."""
    return row.find(f"{W}trPr/{W}del") is not None


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The table's own rows, those inside content controls too, never a nested table's."""
    yield from _own(table, f"{W}tr")


def cells_of_row(row: etree._Element) -> Iterator[etree._Element]:
    """The row's own cells, those inside content controls too."""
    yield from _own(row, f"{W}tc")


def _own(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _own(child, tag)


def _symbol(node: etree._Element, _: Marks) -> str:
    code = node.get(f"{W}char", "").upper()
    return SYMBOLS.get(code, "•" if code else "")


def _picture(_: etree._Element, marks: Marks) -> str:
    marks.pictures += 1
    return ""


def form_field(node: etree._Element) -> str:
    """What a drop-down or tick box of a form shows; its words stand in no run."""
    options = node.find(f"{W}ffData/{W}ddList")
    if options is not None:
        listed = [each.get(f"{W}val", "") for each in options.findall(f"{W}listEntry")]
        chosen = options.find(f"{W}result")
        index = int(chosen.get(f"{W}val", "0")) if chosen is not None else 0
        return listed[index] if index < len(listed) else ""
    tick = node.find(f"{W}ffData/{W}checkBox")
    if tick is None:
        return ""
    return "☒" if flag(tick, "checked") or (tick.find(f"{W}checked") is None and flag(tick, "default")) else "☐"
