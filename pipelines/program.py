"""What the program is: a hash of its code, its rules, its models and the libraries under it, so that a new one counts as something new."""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from extractors.apart import office_program

_ROOMS = ("timeline", "extractors", "anonymise", "reports", "pipelines")
_LEFT_OUT = (".pyc", ".onnx")  # of a model the list of its hashes counts, which is checked when it is loaded


@cache
def code_digest() -> str:
    """A hash of the program's code, models, templates and libraries; LibreOffice counts where it is installed. Rules are not in it."""
    digest = hashlib.sha256(sys.version.encode())
    for library in _libraries():
        digest.update(f"{library}\0{metadata.version(library)}\0".encode())
    for room in _ROOMS:
        _add(digest, Path(str(resources.files(room))))
    office = office_program()
    program = Path(office).resolve() if office else None
    digest.update(f"{program}\0{program.stat().st_mtime_ns if program else ''}".encode())
    return digest.hexdigest()


@cache
def rules_digest() -> str:
    """A hash of every file of rules/."""
    digest = hashlib.sha256()
    _add(digest, Path(str(resources.files("rules"))))
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _LEFT_OUT:
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())


def _libraries() -> Iterator[str]:
    """The libraries that the program asks for itself, without extras."""
    for line in metadata.requires("chronology") or ():
        if "extra ==" not in line:
            name = line.partition(";")[0]
            for sign in "[<>=!~ ":
                name = name.partition(sign)[0]
            yield name
