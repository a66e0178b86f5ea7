"""The author's Word file once more, with a Word comment at every place where something was found; the file itself stays as it is."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reports.package import packed
from reports.printable import printable
from timeline.authored import Checked, Hit, Passage

AUTHOR, INITIALS = "Chronology check", "CC"
_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_NS}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OF_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[Content_Types].xml"
# stories in which Word shows no comment of the body: theirs stand at the body's paragraph that holds or refers to them
_IN_THE_BODY = ("text", "table")


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of the author's file by name, and the name of the part with its body."""

    main: str
    parts: Mapping[str, bytes]


def write_checked(document: Document, checked: Checked, numbers: Mapping[str, int], path: Path) -> None:
    """Write the copy with comments; `numbers` lead what a hit is about to its row in the sheet."""
    path.write_bytes(packed(_parts(document, checked, numbers).items()))


def _parts(document: Document, checked: Checked, numbers: Mapping[str, int]) -> dict[str, bytes]:
    """The parts of the copy, in an order that Word reads."""
    root = _parsed(document.parts[document.main])
    made = _Comments(document, root)
    passages = {passage.id: passage for passage in checked.passages}
    beside: dict[int | None, list[Hit]] = {}
    for hit in checked.hits:
        passage = passages.get(hit.passage)
        if passage is None or not made.at_words(passage, hit, _told(hit, numbers)):
            beside.setdefault(passage.anchor if passage else None, []).append(hit)
    for anchor, hits in beside.items():
        made.at_paragraph(anchor, [f"{hit.place}: {_told(hit, numbers)}" for hit in hits])
    parts = {**document.parts, document.main: _bytes(root), **made.parts()}
    return {name: parts[name] for name in sorted(parts, key=lambda name: (name != _TYPES_PART, name != "_rels/.rels", name))}


def _told(hit: Hit, numbers: Mapping[str, int]) -> str:
    proposal = f" Proposed: {hit.proposal}." if hit.proposal else " Please look."
    decided = "" if hit.decision is None else " Decided: it may stay." if hit.decision.verdict == "leave" else " Decided: replace it."
    return f"“{hit.words}” ({hit.kind}, row {numbers.get(hit.thing, 0)} of the sheet). {hit.why}{proposal}{decided}"


class _Comments:
    """Puts comments into one document."""

    def __init__(self, document: Document, root: etree._Element) -> None:
        self._document, self._root = document, root
        self._elements = list(root.iter())
        self._spots: dict[str, _Spots] = {}
        self._rels_part = _rels_of(document.main)
        self._part = self._existing() or f"{document.main.rpartition('/')[0]}/comments.xml".lstrip("/")
        self._comments = (
            _parsed(document.parts[self._part]) if self._part in document.parts else etree.Element(f"{W}comments", nsmap={"w": _NS})
        )
        taken = [int(each.get(f"{W}id", "0")) for each in self._comments if each.get(f"{W}id", "0").isdigit()]
        self._next = max(taken, default=-1) + 1

    def at_words(self, passage: Passage, hit: Hit, said: str) -> bool:
        """A comment on the very words, where they stand in the body; whether there was a place for it."""
        if passage.what not in _IN_THE_BODY or not passage.spots:
            return False
        if passage.id not in self._spots:
            self._spots[passage.id] = _Spots([(start, self._elements[number]) for start, number in passage.spots])
        runs = self._spots[passage.id].runs(hit.start, hit.end)
        if not runs:
            return False
        number = self._add([said])
        runs[0].addprevious(_marker("commentRangeStart", number))
        end = _marker("commentRangeEnd", number)
        runs[-1].addnext(end)
        end.addnext(_reference(number))
        return True

    def at_paragraph(self, anchor: int | None, lines: Sequence[str]) -> None:
        """A comment on a whole paragraph of the body, on its first where no other is known."""
        paragraph = self._elements[anchor] if anchor is not None else next(self._root.iter(f"{W}p"), None)
        if paragraph is None:
            return
        number = self._add(lines)
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, _marker("commentRangeStart", number))
        paragraph.append(_marker("commentRangeEnd", number))
        paragraph.append(_reference(number))

    def parts(self) -> dict[str, bytes]:
        """The parts that change beside the body: the comments, and what leads to them."""
        found = {self._part: _bytes(self._comments)}
        if self._part not in self._document.parts:
            rels = self._document.parts.get(self._rels_part)
            root = _parsed(rels) if rels else etree.Element(f"{{{_RELS}}}Relationships")
            taken = {each.get("Id") for each in root}
            key = next(f"rIdCheck{number}" for number in range(1, len(taken) + 2) if f"rIdCheck{number}" not in taken)
            etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=key, Type=_OF_COMMENTS, Target=f"/{self._part}")
            types = _parsed(self._document.parts[_TYPES_PART])
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{self._part}", ContentType=_COMMENTS_TYPE)
            found |= {self._rels_part: _bytes(root), _TYPES_PART: _bytes(types)}
        return found

    def _existing(self) -> str:
        rels = self._document.parts.get(self._rels_part)
        targets = [each.get("Target", "") for each in _parsed(rels) if each.get("Type", "").endswith("/comments")] if rels else []
        folder = self._document.main.rpartition("/")[0]
        return next((each.lstrip("/") if each.startswith("/") else f"{folder}/{each}".lstrip("/") for each in targets), "")

    def _add(self, lines: Iterable[str]) -> int:
        number, self._next = self._next, self._next + 1
        comment = etree.SubElement(self._comments, f"{W}comment")
        for key, value in (("id", str(number)), ("author", AUTHOR), ("initials", INITIALS)):
            comment.set(f"{W}{key}", value)
        for line in lines:
            run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
            _text(run, printable(line))
        return number


class _Spots:
    """The words of one passage, each element of them in a run of its own, cut where a comment begins or ends."""

    def __init__(self, spots: Sequence[tuple[int, etree._Element]]) -> None:
        self._spots = [(start, element) for start, element in spots if _in_a_run(element)]
        for _, element in self._spots:
            _set_apart(element)

    def runs(self, start: int, end: int) -> list[etree._Element]:
        """The runs that hold the characters start to end and nothing else."""
        self._cut(start)
        self._cut(end)
        return [run for at, element in self._spots if start <= at < end and (run := element.getparent()) is not None]

    def _cut(self, at: int) -> None:
        for place, (start, element) in enumerate(self._spots):
            text = element.text or ""
            if start < at < start + len(text) and element.tag in (f"{W}t", f"{W}delText"):
                run = element.getparent()
                if run is not None:
                    self._spots.insert(place + 1, (at, _parted(run, element, at - start)))
                return


def _in_a_run(element: etree._Element) -> bool:
    run = element.getparent()
    return run is not None and run.tag == f"{W}r"


def _set_apart(element: etree._Element) -> None:
    """Gives an element a run of its own, with the looks of the one that it stands in."""
    run = element.getparent()
    if run is None:
        return
    content = [child for child in run if child.tag != f"{W}rPr"]
    at = content.index(element)
    if content[:at]:
        run.addprevious(_like(run, content[:at]))
    if content[at + 1 :]:
        run.addnext(_like(run, content[at + 1 :]))


def _like(run: etree._Element, children: Sequence[etree._Element]) -> etree._Element:
    """A run with the looks of another, to which these children move."""
    new = etree.Element(f"{W}r")
    looks = run.find(f"{W}rPr")
    if looks is not None:
        new.append(copy.deepcopy(looks))
    new.extend(children)
    return new


def _parted(run: etree._Element, element: etree._Element, at: int) -> etree._Element:
    """The second part of a run's words, from this character on, in a run of its own; the first part stays."""
    text = element.text or ""
    second = etree.Element(element.tag)
    element.text, second.text = text[:at], text[at:]
    for each in (element, second):
        each.set(_SPACE, "preserve")
    run.addnext(_like(run, [second]))
    return second


def _marker(name: str, number: int) -> etree._Element:
    marker = etree.Element(f"{W}{name}")
    marker.set(f"{W}id", str(number))
    return marker


def _reference(number: int) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.append(_marker("commentReference", number))
    return run


def _text(run: etree._Element, said: str) -> None:
    text = etree.SubElement(run, f"{W}t")
    text.text = said
    text.set(_SPACE, "preserve")


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _parsed(xml: bytes) -> etree._Element:
    """The root of a part that was vetted when the report was opened, its elements numbered as there."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(xml, parser)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
