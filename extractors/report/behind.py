"""What a Word file says outside its stories: properties, names of styles, authors of changes, charts, custom data, what is embedded in it."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from extractors.package import check_directory
from extractors.report.looks import child, value
from extractors.report.package import XML_ENDINGS, ReportPackage
from extractors.word_styles import W
from timeline.authored import Passage, What
from timeline.errors import FileError

_EMBEDDED = re.compile(
    r"(?:^|/)(?:embeddings|activex|ctrlprops)/|/afchunk|\.(?:docx?|xlsx?|pptx?|rtf|html?|mht|msg|eml|pdf|txt|csv|bin)$", re.IGNORECASE
)
_NOT_EMBEDDED = re.compile(r"printerSettings|vbaProject", re.IGNORECASE)
_CHARTS = ("charts/", "diagrams/", "drawings/")
_CHART_WORDS = ("t", "v", "f")
_DATES = ("created", "modified", "lastPrinted")
# what Word itself counts and says of a document
_COUNTED = frozenset(
    [
        *("Application", "AppVersion", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "Pages", "Words"),
        *("Characters", "CharactersWithSpaces", "Lines", "Paragraphs", "TotalTime", "Template", "language", "revision"),
    ]
)
_WORDS_OWN_TEMPLATE = re.compile(r"Normal(?:\.dotm?)?|", re.IGNORECASE)
_LONGEST = 200_000  # letters of one embedded part that are read
_LINKED = " Char"  # how Word itself names the letters of a paragraph style


def behind(package: ReportPackage) -> Iterator[Passage]:
    """The passages of every part that is no story; their ids are given later."""
    yield from _properties(package)
    yield from _authors(package)
    yield from _settings_and_styles(package)
    yield from _labels(package)
    yield from _charts(package)
    yield from _custom_data(package)
    yield from _outside(package)
    yield from _embedded(package)


def embedded_files(package: ReportPackage) -> tuple[str, ...]:
    """The names of the parts that hold another file, in order."""
    return tuple(name for name in sorted(package.parts) if _EMBEDDED.search(name) and not _NOT_EMBEDDED.search(name))


def _passage(place: str, what: What, text: str) -> Passage:
    return Passage(id="", place=place, what=what, text=text, visible=what == "chart or diagram")


def _xml(package: ReportPackage, *beginnings: str) -> Iterator[tuple[str, etree._Element]]:
    for name in sorted(package.parts):
        if name.lower().endswith(".xml") and name.startswith(beginnings):
            yield name, package.root(name)


def _texts(node: etree._Element) -> list[str]:
    return [said for each in node.itertext() if (said := str(each).strip())]


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname


def _properties(package: ReportPackage) -> Iterator[Passage]:
    for _, root in _xml(package, "docProps/"):
        for node in root:
            said = "\n".join(_texts(node))
            name = node.get("name") or _name(node)
            if _name(node) in _COUNTED | {*_DATES} and not (_name(node) == "Template" and not _WORDS_OWN_TEMPLATE.fullmatch(said)):
                continue
            if node.get("name"):  # one that somebody made: its name is their word too
                said = f"{name}\n{said}"
            if said:
                yield _passage(f"property {_name(node) if not node.get('name') else 'made by the author'}", "property", said)


def _authors(package: ReportPackage) -> Iterator[Passage]:
    """Who made tracked changes and comments, each once."""
    found: dict[str, None] = {}
    for _, root in _xml(package, "word/"):
        for node in root.iter():
            for key, author in node.attrib.items():
                if str(key).endswith("}author") and author.strip():
                    found[str(author).strip()] = None
    for author in found:
        yield _passage("author of a change or comment", "author of changes", author)


def _settings_and_styles(package: ReportPackage) -> Iterator[Passage]:
    for _, root in _xml(package, "word/styles", "word/settings", "word/glossary/styles", "word/glossary/settings"):
        named = {value(child(each, "name")): each.get(f"{W}customStyle") in ("1", "true") for each in root.iter(f"{W}style")}
        words_own = {name.casefold() for name, is_custom in named.items() if not is_custom}
        for name, is_custom in named.items():
            if is_custom and name.removesuffix(_LINKED).casefold() not in words_own:
                yield _passage("name of a style", "style name", name)
        for variable in root.iter(f"{W}docVar"):
            yield _passage("document variable", "property", f"{variable.get(f'{W}name', '')}\n{variable.get(f'{W}val', '')}")
        for merge in root.iter(f"{W}query", f"{W}connectString", f"{W}dataSource"):
            yield _passage("mail merge", "property", merge.get(f"{W}val", ""))


def _labels(package: ReportPackage) -> Iterator[Passage]:
    """What stands before the items of lists beside their numbers, for every list that the file defines."""
    for _, root in _xml(package, "word/numbering"):
        for each in root.iter(f"{W}lvlText"):
            said = re.sub("%[1-9]", " ", value(each)).strip()
            if re.search(r"[^\W\d_]{2}", said):
                yield Passage(id="", place="label of a list", what="text", text=said, visible=True)


def _charts(package: ReportPackage) -> Iterator[Passage]:
    for folder in _CHARTS:
        for number, (_, root) in enumerate(_xml(package, f"word/{folder}"), start=1):
            said = "\n".join((node.text or "").strip() for node in root.iter() if _name(node) in _CHART_WORDS and (node.text or "").strip())
            if any(letter.isalpha() for letter in said):
                yield _passage(f"{folder.rstrip('s/')} {number}", "chart or diagram", said)


def _custom_data(package: ReportPackage) -> Iterator[Passage]:
    for number, (_, root) in enumerate(_xml(package, "customXml/item"), start=1):
        said = _texts(root)
        if said:
            yield _passage(f"custom data {number}", "custom data", "\n".join(said))


def _outside(package: ReportPackage) -> Iterator[Passage]:
    """What the document refers to outside itself, links of its stories' paragraphs aside: templates, pictures, data."""
    # relationships wants a zip's manner of reading; a report's parts are in memory
    for name in sorted(package.parts):
        if name.endswith(".rels"):
            for node in package.root(name):
                kind = node.get("Type", "").rsplit("/", 1)[-1]
                if node.get("TargetMode") == "External" and kind != "hyperlink":
                    yield _passage(f"address of something outside ({kind})", "link address", node.get("Target", ""))


def _embedded(package: ReportPackage) -> Iterator[Passage]:
    """The words of each embedded file, as far as it is a package of Office or plain text."""
    for number, name in enumerate(embedded_files(package), start=1):
        said = _words_in(package.parts[name], name)
        yield _passage(f"embedded file {number}", "embedded file", "\n".join((name.rsplit("/", 1)[-1], said)))


def _words_in(data: bytes, name: str) -> str:
    if data[:2] != b"PK":
        is_text = name.lower().endswith((".txt", ".csv", ".html", ".htm", ".mht", ".rtf", ".eml"))
        return re.sub(r"<[^>]*>", " ", data.decode("utf-8", "replace"))[:_LONGEST] if is_text else ""
    found: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            check_directory(inner)
            for entry in inner.infolist():
                if entry.filename.lower().endswith(XML_ENDINGS):
                    found += re.findall(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]+)<", inner.read(entry).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, FileError, EOFError, OSError, NotImplementedError):
        return "\n".join(found)  # it is named as embedded all the same, and never published
    return "\n".join(found)[:_LONGEST]
