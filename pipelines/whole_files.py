"""A file on the disk whole or not at all: written beside its place, flushed, then put there."""

import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Puts a file with these bytes in its place, over an earlier one. OSError leaves what was there."""
    building = _built(path, data, mode)
    try:
        building.replace(path)
    except OSError:
        building.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(path: Path, data: bytes, mode: int = 0o600) -> None:
    """As `write_whole`, and FileExistsError where something of that name is there already."""
    building = _built(path, data, mode)
    try:
        os.link(building, path)
    finally:
        building.unlink(missing_ok=True)
    sync_folder(path.parent)


def building_name(path: Path) -> Path:
    """A name beside a file's place that nothing else has; what a killed process leaves under such a name may be deleted."""
    return path.with_name(f".building-{path.name}-{secrets.token_hex(4)}")


def sync_folder(folder: Path) -> None:
    """Flushes a folder's list of names to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _built(path: Path, data: bytes, mode: int) -> Path:
    building = building_name(path)
    number = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(number, "wb") as new:
            os.fchmod(new.fileno(), mode)
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
    except OSError:
        building.unlink(missing_ok=True)
        raise
    return building
