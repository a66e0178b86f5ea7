"""Each document is looked at once more before it takes its place: one that is not whole never replaces an earlier one."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from timeline.errors import OutputError

_CHUNK_BYTES = 1 << 20


def check_opens(path: Path) -> None:
    """Raises OutputError where a Word document, workbook or page that was just written is not whole."""
    try:
        whole = path.read_text("utf-8").rstrip().endswith("</html>") if path.suffix == ".html" else _is_whole_package(path)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError):
        whole = False
    if not whole:
        raise OutputError(f"{path.parent.name}/{path.name} was not written whole: run again; the earlier documents are as they were")


def _is_whole_package(path: Path) -> bool:
    """Whether every part can be unpacked, every XML part is well-formed, and every part that another names is there.

    The parts are read a piece at a time: ten thousand rows as a tree would take two hundred megabytes.
    """
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        for name in names:
            parser = _parser() if name.endswith((".xml", ".rels")) else None
            with package.open(name) as part:
                while piece := part.read(_CHUNK_BYTES):
                    if parser:
                        parser.feed(piece)
            if parser:
                parser.close()
        return "[Content_Types].xml" in names and all(target in names for name in names for target in _targets(package, name))


class _Nothing:
    """Keeps nothing of what is parsed."""

    def close(self) -> None:
        """There is nothing to give."""


def _parser() -> etree.XMLParser:
    nothing: Any = _Nothing()
    return etree.XMLParser(target=nothing, huge_tree=True, resolve_entities=False, no_network=True)


def _targets(package: zipfile.ZipFile, name: str) -> list[str]:
    """The parts that a part of relationships names."""
    if not name.endswith(".rels"):
        return []
    base = posixpath.dirname(posixpath.dirname(name))
    relations = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    inside = (each.get("Target", "") for each in relations if each.get("TargetMode") != "External")
    return [posixpath.normpath(posixpath.join(base, target)).lstrip("/") for target in inside]
