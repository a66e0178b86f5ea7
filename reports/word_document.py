"""A Word document on a clean template of our own: no author, no thumbnail, no custom XML, and the same bytes for the same input."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from reports import colours
from reports.package import packed
from reports.printable import printable

# part of the package -> the file in templates/ that it is made of
_PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document-rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/header.xml": "header.xml",
    "word/footer.xml": "footer.xml",
}
_TWENTIETHS_PER_CM = 567
_PICTURE = (
    '<Relationship Id="picture_{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="media/{0}.png"/>'
)
# Word wants a paragraph after a table; it is as good as without height, so that it never begins a page of its own
_LAST_PARAGRAPH = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)
_UPRIGHT = 'w:w="11906" w:h="16838"'
_LANDSCAPE = 'w:w="16838" w:h="11906" w:orient="landscape"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on every page: the banner with its colours, the reference, and the paper (A4, upright or landscape) with its side margins."""

    title: str
    reference: str
    banner: str
    landscape: bool = False
    side_margin_cm: float = 2.2
    ink: str = colours.WARNING_INK
    fill: str = colours.WARNING_FILL

    @property
    def text_width_cm(self) -> float:
        """The width between the side margins."""
        return (29.7 if self.landscape else 21.0) - 2 * self.side_margin_cm


def write_document(path: Path, page: Page, pieces: Iterable[str], pictures: Mapping[str, bytes] | None = None) -> None:
    """Write the pieces (paragraphs and tables as XML, in order) as a .docx file; nothing touches the disk before the whole is made.

    `pictures` are PNG by the name under which a piece (`word_xml.picture`) shows them.

    The package is put together from the parts in templates/: python-docx's own template brings an author, a thumbnail and custom XML,
    and moving 10,000 rows into it takes 20 seconds.
    """
    pictures = pictures or {}
    values = {name: escape(printable(value)) for name, value in _values(page).items()}
    values |= {"body": "".join(pieces) + _LAST_PARAGRAPH, "pictures": "".join(map(_PICTURE.format, pictures))}
    templates = files("reports") / "templates"
    parts = [(part, _filled((templates / name).read_text("utf-8"), values).encode()) for part, name in _PARTS.items()]
    path.write_bytes(packed([*parts, *((f"word/media/{name}.png", png) for name, png in pictures.items())]))


def _values(page: Page) -> dict[str, str]:
    return {
        "title": page.title,
        "reference": page.reference,
        "banner": page.banner,
        "ink": page.ink,
        "fill": page.fill,
        "paper": _LANDSCAPE if page.landscape else _UPRIGHT,
        "margin": str(round(page.side_margin_cm * _TWENTIETHS_PER_CM)),
        "text_width": str(round(page.text_width_cm * _TWENTIETHS_PER_CM)),
    }


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{ name }}` in it replaced, once: what stands in a value is never read as a template."""
    parts = template.split("{{ ")
    filled = [parts[0]]
    for part in parts[1:]:
        name, rest = part.split(" }}", 1)
        filled += [values[name], rest]
    return "".join(filled)
