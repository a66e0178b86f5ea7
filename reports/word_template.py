"""Filling a Word template of the board's: its own words stay, its places are filled with what the rows give."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from reports.package import repacked
from reports.printable import printable
from reports.word_xml import bookmark, contents
from timeline.errors import CaseError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIXES = {"w": _W, "r": _R}  # what pieces of XML use and do not bind themselves
_MARK = "\ue000place "  # a private character: no template and no text of a document has it
_CONTENTS, _PLACE = "contents", "chronology-place"
# what a template may bring of the person who made it, and stays out
_NOT_KEPT = re.compile(r"thumbnail|custom-properties|customXml|extended-properties")


class Place:
    """Where paragraphs and tables go: a template names it as `{{p narrative }}` in a paragraph of its own.

    The template is filled with a mark, and the mark replaced by the pieces afterwards, so that no step of the template engine ever touches
    the text of a row (docxtpl would read `{_{` in it as braces).
    """

    def __init__(self, name: str, pieces: Iterable[str]) -> None:
        """Hold the pieces, paragraphs and tables as XML in order."""
        self.name, self.mark, self._pieces = name, f"{_MARK}{name}", pieces

    def __html__(self) -> str:
        """The mark as a paragraph."""
        return f"<w:p><w:r><w:t>{self.mark}</w:t></w:r></w:p>"

    def text(self) -> str:
        """The pieces as XML, some prefixes in them bound by the document that they stand in."""
        return "".join(self._pieces)


def fill(
    template: bytes,
    name: str,
    words: Mapping[str, str],
    places: Mapping[str, Iterable[str]],
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The document that a template gives. `words` are texts for `{{ title }}`, `places` pieces for `{{p narrative }}`, `pictures` PNG by the
    name under which a piece shows them.

    `{{p contents }}` becomes a table of contents of the template's headings of the first level. CaseError names the template and what is
    wrong with it: it is no Word document, its tags are wrong, or it asks for what there is not. The template runs in a sandbox and reaches
    nothing but these values. What it brings of author, thumbnail and custom XML stays out.
    """
    held = {place: Place(place, pieces) for place, pieces in {**places, _CONTENTS: ()}.items()}
    filled = _rendered(template, name, {**{key: printable(value) for key, value in words.items()}, **held})
    part = filled.docx.part
    headings = _with_bookmarks(filled.docx.element.body)
    held[_CONTENTS] = Place(_CONTENTS, [contents(headings)] if headings else [])
    placed = _placed(part.element, held)
    for its_name, png in (pictures or {}).items():
        named = f'<a:blip r:embed="picture_{its_name}"/>'  # as `picture` writes it: no text of a row has a "<"
        if any(named in text for text in placed):
            shown = f'<a:blip r:embed="{part.get_or_add_image(io.BytesIO(png))[0]}"/>'
            placed = [text.replace(named, shown) for text in placed]
    prefixes = {prefix for each in part.element.iter() for prefix in each.nsmap if prefix}  # what an attribute says may name one
    etree.cleanup_namespaces(part.element, top_nsmap=_PREFIXES, keep_ns_prefixes=prefixes | _PREFIXES.keys())
    _without_its_maker(filled.docx)
    saved = io.BytesIO()
    filled.docx.save(saved)
    return repacked(saved.getvalue(), {part.partname.membername: lambda xml: _with_places(xml, placed)})


def _rendered(template: bytes, name: str, values: Mapping[str, Any]) -> DocxTemplate:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(dict(values), environment, autoescape=True)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise CaseError(f"the template {name} is no Word document that can be opened: save it in Word as .docx again") from None
    except UndefinedError as error:
        allowed = ", ".join(sorted(values))
        raise CaseError(f"the template {name} asks for something that there is not ({error.message}); there are {allowed}") from None
    except SecurityError:
        raise CaseError(f"the template {name} asks for more than values: use only tags such as {{{{ title }}}}") from None
    except TemplateError as error:
        raise CaseError(
            f"the template {name} has a tag that is not whole ({error.message}): compare with the template that came along"
        ) from None
    return filled


def _with_bookmarks(body: etree._Element) -> Sequence[tuple[str, str]]:
    """The headings of the first level, (title, bookmark), each given its bookmark."""
    found: list[tuple[str, str]] = []
    for paragraph in body.iter(f"{{{_W}}}p"):
        style = paragraph.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
        if style is not None and style.get(f"{{{_W}}}val") == "Heading1":
            number = len(found) + 1
            start, end = _elements(bookmark("", f"section_{number}", 1_000_000 + number))  # rows have the numbers from 1
            paragraph.insert(1, start)
            paragraph.append(end)
            found.append((_text_of(paragraph), f"section_{number}"))
    return found


def _text_of(paragraph: etree._Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{{{_W}}}t"))


def _placed(document: etree._Element, held: Mapping[str, Place]) -> Sequence[str]:
    """What goes into each place of the document, in order; an instruction marks the places until `_with_places`.

    It stays text, which takes little more than the document does: ten thousand rows as elements take 300 MB.
    """
    marked = {each.mark: each for each in held.values()}
    marks: set[etree._Element] = set()
    for paragraph in list(document.iter(f"{{{_W}}}p")):
        place, above = marked.get(_text_of(paragraph)), paragraph.getparent()
        if place and above is not None:
            mark = etree.ProcessingInstruction(_PLACE, place.name)
            above.replace(paragraph, mark)
            marks.add(mark)
    # in the order of the document, and without those in a paragraph that was replaced itself
    placed = {mark: held[mark.text or ""].text() for mark in document.iter(etree.PI) if mark in marks}
    for cell in document.iter(f"{{{_W}}}tc"):
        last = next((each for each in reversed(cell) if placed.get(each) != ""), None)
        ends = placed[last].endswith(("</w:p>", "<w:p/>")) if last in placed else last is not None and last.tag == f"{{{_W}}}p"
        if not ends:  # a place in a cell that gave nothing, or a table: Word wants a paragraph last
            cell.append(cell.makeelement(f"{{{_W}}}p"))
    return tuple(placed.values())


def _with_places(document: bytes, placed: Sequence[str]) -> bytes:
    """The document with its places filled."""
    whole = re.split(rb"<\?%b \w+\?>" % _PLACE.encode(), document)
    return b"".join(each for both in zip(whole, (*(text.encode() for text in placed), b""), strict=True) for each in both)


def _elements(xml: str) -> list[etree._Element]:
    return list(_parsed(f'<w:body xmlns:w="{_W}" xmlns:r="{_R}">{xml}</w:body>'))


def _parsed(xml: str) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))


def _without_its_maker(document: Any) -> None:
    """Takes out who made the template and when, its thumbnail and its custom XML."""
    for held in (document.part.package, document.part):
        for key, relation in list(held.rels.items()):
            if _NOT_KEPT.search(relation.reltype):
                del held.rels[key]
    core = document.core_properties
    for child in list(core._element):
        if etree.QName(child).localname not in ("title", "language"):
            core._element.remove(child)
