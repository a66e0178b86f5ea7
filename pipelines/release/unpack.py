"""A sealed archive opened again by one of the board's recipients, and every file in it held against its manifest."""

import hashlib
import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from pipelines.release.asking import Ask
from pipelines.release.keys import must_be_outside_reviews
from pipelines.release.packing import MANIFEST
from pipelines.release.sealing import open_sealed_file
from pipelines.whole_files import building_name
from timeline.errors import CaseError, OutputError

_PIECE = 1 << 20
_DAMAGED = "the archive opens, but what is in it is not what its manifest lists: take another copy of it"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """How many files were unpacked, each as the manifest lists it, and how many links were left out: where they lead may not be there."""

    files: int
    links: int


def unpack(archive: Path, folder: Path, identity: Path, ask: Ask) -> Unpacked:
    """Unpacks an archive into a new folder; where that fails nothing is left of it.

    CaseError where the folder would lie in a review, or the archive does not open or is not what its manifest lists; OutputError for a folder
    that is there, or cannot be written.
    """
    must_be_outside_reviews(folder, "what is unpacked")
    building = building_name(folder.absolute())
    try:
        if folder.exists():
            raise OutputError("there is such a folder already: name a new one; nothing was unpacked")
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        open_sealed_file(archive, building, identity, ask)
        folder.mkdir(mode=0o700)
        try:
            with tarfile.open(building) as found:
                return _unpacked(found, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except tarfile.TarError:
        raise CaseError("what the archive holds is no archive of a review: name one that `chronology archive` made") from None
    except OSError as error:
        raise OutputError(f"the archive cannot be unpacked ({error.strerror}): make room, or name another folder") from None
    finally:
        building.unlink(missing_ok=True)


def _unpacked(found: tarfile.TarFile, folder: Path) -> Unpacked:
    listed: dict[str, str] = {}
    files = links = 0
    for member in found:
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts:
            raise CaseError(_DAMAGED)
        if member.issym():
            links += 1
            continue
        source = found.extractfile(member)
        if source is None:
            raise CaseError(_DAMAGED)
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = _copied(source, path)
        if member.name == MANIFEST and not listed:
            listed = _listed(path)
        elif listed.get(member.name) == digest:
            files += 1
        else:
            raise CaseError(_DAMAGED)
    if files != len(listed):
        raise CaseError(_DAMAGED)
    return Unpacked(files, links)


def _listed(manifest: Path) -> dict[str, str]:
    """The sha256 of each file that a manifest lists."""
    try:
        return {str(each["path"]): str(each["sha256"]) for each in json.loads(manifest.read_bytes())["files"] if not each["link"]}
    except (ValueError, KeyError, TypeError):
        raise CaseError(_DAMAGED) from None


def _copied(source: IO[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("xb") as made:
        path.chmod(0o600)
        while piece := source.read(_PIECE):
            digest.update(piece)
            made.write(piece)
    return digest.hexdigest()
