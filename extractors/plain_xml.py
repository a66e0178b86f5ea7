"""Large XML parts read faster than a parser gives their elements: those in one plain form are cut out by a pattern, all else is parsed."""

import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from extractors.package import DAMAGED, elements
from timeline.errors import FileError

# characters that stand for themselves, without those that XML cannot hold
WORDS = r"[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*+"
_HEAD = re.compile(
    r'\ufeff?<\?xml version="1\.0" encoding="UTF-8"(?: standalone="(?:yes|no)")?\s*\?>\s*<\w+ (?:[^<>]* )?xmlns="([^<>"]+)"', re.I
)
_PIECE = 1 << 16


def elements_or_matches(
    package: zipfile.ZipFile, name: str, tags: tuple[str, ...], plain: re.Pattern[str]
) -> Iterator[etree._Element | re.Match[str]]:
    """As `elements`, but the match instead of an element that `plain` matches whole; in the part's order.

    Everything is parsed where a pattern could be led astray: by another encoding, by prefixes, comments or instructions.
    """
    text = _text(package, name)
    head = _HEAD.match(text)
    if head is None or not any(tag.startswith(f"{{{head[1]}}}") for tag in tags) or "<!" in text or "<?" in text[head.end() :]:
        yield from elements(package, name, tags)
        return
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    last = 0
    try:
        for match in plain.finditer(text):
            if last < match.start():
                yield from _parsed(parser, text[last : match.start()])
            yield match
            last = match.end()
        yield from _parsed(parser, text[last:])
        parser.close()
    except etree.XMLSyntaxError as error:
        raise FileError(DAMAGED) from error


def _text(package: zipfile.ZipFile, name: str) -> str:
    """The part's text; empty where it is not UTF-8, or damaged as the parser will tell."""
    try:
        return package.read(name).decode("utf-8")
    except (UnicodeDecodeError, zipfile.BadZipFile, EOFError, zlib.error):
        return ""


def _parsed(parser: etree.XMLPullParser, text: str) -> Iterator[etree._Element]:
    """The elements that end in this piece of the part; those that were met are let go of."""
    for at in range(0, len(text), _PIECE):
        parser.feed(text[at : at + _PIECE].encode())
        ended = [element for _, element in parser.read_events() if isinstance(element, etree._Element)]
        yield from ended
        if ended and (above := ended[-1].getparent()) is not None:
            del above[: above.index(ended[-1])]
