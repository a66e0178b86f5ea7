"""The document that leaves the board, built new from what a reader sees of the signed one: nothing else of that file comes along."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from reports.package import packed
from reports.printable import printable
from reports.published.blocks import TEXT_WIDTH_CM, Blocks
from reports.published.pictures import bare_png
from timeline.authored_content import Heading, ReportContent, all_blocks, words_of

# part of the package -> the file in templates/ that it is made of
_PARTS = {
    "[Content_Types].xml": "published/content-types.xml",
    "_rels/.rels": "package-rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "published/document.xml",
    "word/_rels/document.xml.rels": "published/document-rels.xml",
    "word/styles.xml": "published/styles.xml",
    "word/numbering.xml": "published/numbering.xml",
    "word/settings.xml": "published/settings.xml",
    "word/footnotes.xml": "published/footnotes.xml",
    "word/endnotes.xml": "published/endnotes.xml",
    "word/footer.xml": "footer.xml",
}
_PICTURE = (
    '<Relationship Id="picture_{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="media/{0}.png"/>'
)
_TWENTIETHS_PER_CM = 567
_LAST_PARAGRAPH = "<w:p/>"  # Word wants one after a table


def write_published(content: ReportContent, title: str, path: Path) -> None:
    """Writes the content as a .docx under a title: built-in styles, en-GB, no author, no times, the same bytes for the same content.

    ReportError names a picture that cannot be read. Nothing touches the disk before the whole is made.
    """
    path.write_bytes(published(content, title))


def published(content: ReportContent, title: str) -> bytes:
    """The bytes of the document."""
    pictures = {each.number: bare_png(each) for each in content.pictures}
    blocks = Blocks(content.notes, pictures, dict(_entries(content)))
    values = {
        "title": escape(printable(title)),
        "reference": escape(printable(title)),
        "text_width": str(round(TEXT_WIDTH_CM * _TWENTIETHS_PER_CM)),
        "body": "".join(blocks.xml(content.blocks)) + _LAST_PARAGRAPH,
        "footnotes": blocks.notes("footnote"),
        "endnotes": blocks.notes("endnote"),
        "pictures": "".join(_PICTURE.format(number) for number in pictures),
    }
    values["lists"] = blocks.lists.xml()  # known when every block is written
    templates = files("reports") / "templates"
    parts = [(part, _filled((templates / name).read_text("utf-8"), values).encode()) for part, name in _PARTS.items()]
    return packed([*parts, *((f"word/media/{number}.png", png) for number, png in pictures.items())])


def _entries(content: ReportContent) -> Iterator[tuple[int, str]]:
    """The headings of the highest level that there is, each under its number among all headings."""
    headings = [each for each in all_blocks(content) if isinstance(each, Heading)]
    highest = min((each.level for each in headings), default=1)
    for number, each in enumerate(headings, start=1):
        if each.level == highest and each in content.blocks:
            yield number, " ".join(words_of(each).split())


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{ name }}` in it replaced, once: what stands in a value is never read as a template."""
    parts = template.split("{{ ")
    return parts[0] + "".join(values[name] + rest for name, rest in (part.split(" }}", 1) for part in parts[1:]))
