"""Every text of every part of an author's Word file, with its place, what it is, and whether a reader sees it."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from extractors.report.behind import behind, embedded_files
from extractors.report.package import ReportPackage
from extractors.report.story import Story
from extractors.word_styles import NO_STYLES, W, WordStyles, styles_from
from timeline.authored import Behind, Passage, What

_WORDS_A_PAGE = 450
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# what of a file's passages stands behind its pages, in the words in which it is named
_NAMED = {
    "deletion": "text deleted under tracked changes",
    "comment": "comments",
    "hidden text": "hidden text",
    "property": "properties of the document",
    "author of changes": "names of those who changed or commented",
    "picture description": "descriptions of pictures",
    "custom data": "custom data",
}


def passages_of(package: ReportPackage) -> tuple[Passage, ...]:
    """The passages in the order of the pages: the body, then headers and footers, notes, comments, and what lies behind."""
    found = [*_stories(package), *behind(package)]
    return tuple(replace(each, id=f"T{number:05}") for number, each in enumerate(_each_once(found), start=1))


def _each_once(found: list[Passage]) -> Iterator[Passage]:
    """What is said behind the pages in many places ("Date" in a hundred forms) is one passage there, at the first of them."""
    told: set[tuple[str, str]] = set()
    for each in found:
        key = (each.what, each.text)
        if each.visible or each.what in ("comment", "deletion", "hidden text") or key not in told:
            told.add(key)
            yield each


def named(package: ReportPackage, passages: tuple[Passage, ...]) -> tuple[Behind, ...]:
    """What must be known before the document leaves: tracked changes, comments, hidden text, properties, embedded files …, with places."""
    places: dict[str, dict[str, None]] = {}
    for passage in passages:
        if name := _NAMED.get(passage.what):
            places.setdefault(name, {})[passage.place] = None
    kinds = package.related(package.main).values()
    beside = {target for kind, target in kinds if kind in _BESIDE and target in package.parts}
    for where, parts in (("the body", {package.main}), ("headers, footers, notes or comments", beside)):
        changes = sum(1 for part in parts for _ in package.root(part).iter(*_CHANGES))
        if changes:
            places.setdefault("tracked changes", {})[f"{changes} in {where}"] = None
    for number, _ in enumerate(embedded_files(package), start=1):
        places.setdefault("embedded files", {})[f"embedded file {number}"] = None
    return tuple(Behind(what, tuple(where)) for what, where in sorted(places.items()))


def pages_of(package: ReportPackage, passages: tuple[Passage, ...]) -> int:
    """How many pages Word counted when it last saved; by the number of words where it did not, or where its count cannot be."""
    by_words = math.ceil(sum(len(each.text.split()) for each in passages if each.visible) / _WORDS_A_PAGE)
    counted = re.search(rb"<Pages>(\d{1,5})</Pages>", package.parts.get("docProps/app.xml", b""))
    return max(1, int(counted[1]) if counted and int(counted[1]) * 4 > by_words else by_words)


def _stories(package: ReportPackage) -> Iterator[Passage]:
    about = dict(package.related(package.main))
    styles_part = next((target for kind, target in about.values() if kind == "styles" and target in package.parts), "")
    styles = styles_from(package.root(styles_part)) if styles_part else NO_STYLES
    root = package.root(package.main)
    elements = list(root.iter())  # held, so that each stays the same object
    body = root.find(f"{W}body")
    main = Story("text", "", styles, _links(about), {element: number for number, element in enumerate(elements)})
    yield from main.passages(body if body is not None else root)
    counts: dict[str, int] = {}
    for kind, target in sorted(set(about.values())):
        if target not in package.parts or kind not in (*_BESIDE, "glossaryDocument"):
            continue
        counts[kind] = counts.get(kind, 0) + 1
        yield from _beside(package, (kind, target, counts[kind]), styles, main.references)


def _beside(
    package: ReportPackage, part: tuple[str, str, int], styles: WordStyles, references: Mapping[tuple[str, str], int]
) -> Iterator[Passage]:
    """The passages of a header, of a footer, of the notes or comments, or of Word's store of building blocks."""
    kind, target, number = part
    root, links = package.root(target), _links(package.related(target))
    if kind in ("header", "footer"):
        what: What = "header" if kind == "header" else "footer"
        yield from Story(what, f"{kind} {number}", styles, links).passages(root)
    elif kind == "glossaryDocument":
        for passage in Story("text", f"building block {number}", styles, links).passages(root):
            yield replace(passage, what="hidden text", visible=False)
    else:
        name = kind.removesuffix("s")
        for note_number, note in enumerate(_notes(root), start=1):
            anchor = references.get((name, note.get(f"{W}id", "")))
            of_note: What = "footnote" if name == "footnote" else "endnote" if name == "endnote" else "comment"
            yield from Story(of_note, f"{name} {note_number}", styles, links, {}, anchor).passages(note)


def _notes(root: etree._Element) -> Iterator[etree._Element]:
    return (each for each in root if each.get(f"{W}type", "normal") == "normal")


def _links(related: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {key: target for key, (kind, target) in related.items() if kind == "hyperlink"}
