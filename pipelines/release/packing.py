"""A folder as one tar, always the same for the same files, read as a stream while it is sealed."""

import hashlib
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline.errors import CaseError, OutputError

MANIFEST = "manifest.json"
_PIECE = 1 << 20  # bytes read at once
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Packed:
    """A file or link of the folder: its path in it, the sha256 (hex) of its bytes or of where the link leads, and its size in bytes."""

    path: str
    sha256: str
    size: int
    is_link: bool = False


def packed(folder: Path, wanted: Callable[[str], bool]) -> tuple[Packed, ...]:
    """Every file and link of a folder whose path in it is wanted, in order of path; what is being built is none.

    CaseError where something is a device, a socket or a pipe, or cannot be read.
    """
    return tuple(_packed(folder / name, name) for name in sorted(_names(folder)) if wanted(name))


def _names(folder: Path) -> Iterator[str]:
    """The path in the folder of everything that is no folder; links are not followed. CaseError where a folder cannot be read."""

    def stop(error: OSError) -> None:
        raise CaseError(f"a folder of the review cannot be read ({error.strerror}): let this account read it") from None

    for place, folders, files in os.walk(folder, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(_BUILDING)]
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*files, *links):
            if not name.startswith(_BUILDING):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _packed(path: Path, name: str) -> Packed:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        target = str(path.readlink()).encode("utf-8", "surrogateescape")
        return Packed(name, hashlib.sha256(target).hexdigest(), 0, is_link=True)
    if stat.S_ISREG(mode):
        return _file(path, name)
    raise CaseError("the review's folder holds a device, a socket or a pipe: take it away, then try again")


def manifest(files: Sequence[Packed], **said: object) -> bytes:
    """The list of all files with their hashes, and what else is said of them, as JSON."""
    listed = [{"path": each.path, "sha256": each.sha256, "size": each.size, "link": each.is_link} for each in files]
    return (json.dumps({**said, "files": listed}, indent=1, sort_keys=True) + "\n").encode()


def tar(folder: Path, files: Sequence[Packed], first: bytes) -> Iterator[bytes]:
    """The bytes of a tar of these files, the manifest first: no time, owner or mode of the machine in it.

    OutputError where a file is no longer what `packed` found.
    """
    yield _head(MANIFEST, len(first)) + _filled(first)
    for each in files:
        path = folder / each.path
        if each.is_link:
            yield _head(each.path, 0, leads_to=str(path.readlink()))
            continue
        yield _head(each.path, each.size)
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                yield piece
        if (digest.hexdigest(), size) != (each.sha256, each.size):
            raise OutputError("a file of the review was changed while it was packed: nothing was closed; try again when nobody works on it")
        yield b"\0" * (-size % tarfile.BLOCKSIZE)
    yield b"\0" * (2 * tarfile.BLOCKSIZE)


class Stream(io.RawIOBase):
    """Pieces of bytes, read one after the other as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, no more than `size`; empty at the end."""
        if size < 0:
            left, self._left = self._left, b""
            return left + b"".join(self._pieces)
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def _file(path: Path, name: str) -> Packed:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Packed(name, digest, file.tell())
    except OSError as error:
        raise CaseError(f"a file of the review cannot be read ({error.strerror}): let this account read it") from None


def _head(name: str, size: int, leads_to: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    if leads_to:
        info.type, info.linkname = tarfile.SYMTYPE, leads_to
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _filled(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % tarfile.BLOCKSIZE)
