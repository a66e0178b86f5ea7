"""The random ids by which Prefect knows the reviews of a folder, and the local file that maps them to the reviews' folders.

The map is one file in the folder of reviews, 0600, written whole under a lock that several processes and machines may share. An entry stays
when its folder is gone, so an id is never given twice. A renamed folder is a new one and gets a new id: what waits under the old one ends
with an error, and the next look at the folder finds the review under its new id.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.locks import lock_file
from pipelines.whole_files import write_whole
from timeline.errors import CaseError, OutputError

FILE, LOCK = ".review-ids.json", ".review-ids.lock"


def id_of(folder: Path, review: Path) -> str:
    """The id of a review's folder, 32 hexadecimal digits; made when it is first asked for. CaseError where it does not lie in `folder`."""
    name = review.resolve().name
    if review.resolve().parent != folder.resolve():
        raise CaseError("the review does not lie in this folder of reviews")
    known = _names(folder)
    if found := _id_in(known, name):
        return found
    with _alone(folder):
        known = _names(folder)
        if found := _id_in(known, name):  # another process was quicker
            return found
        made = uuid.uuid4().hex
        _write(folder, {**known, made: name})
        return made


def review_of(folder: Path, review_id: str) -> Path:
    """The folder of the review of an id; CaseError where no review has it, or its folder is gone."""
    name = _names(folder).get(review_id)
    if name is None or not (folder / name / "case.toml").is_file():
        raise CaseError("no review in this folder has the id that was asked for: it was renamed, moved or deleted")
    return folder / name


def _id_in(known: dict[str, str], name: str) -> str | None:
    return next((review_id for review_id, each in known.items() if each == name), None)


def _names(folder: Path) -> dict[str, str]:
    """The names of folders by id. A damaged file counts as empty: ids mean nothing but what this file says, so new ones serve as well."""
    try:
        known = json.loads((folder / FILE).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    except OSError as error:
        raise OutputError(f"{FILE} in the folder of reviews cannot be read ({error.strerror}): let this account read it") from None
    return {key: name for key, name in known.items() if _is_a_name(name)} if isinstance(known, dict) else {}


def _is_a_name(name: object) -> bool:
    """Whether it names a folder in the folder of reviews, and nothing outside it."""
    return isinstance(name, str) and name not in ("", ".", "..") and "/" not in name and "\0" not in name


def _write(folder: Path, known: dict[str, str]) -> None:
    try:
        for left in folder.glob(f".building-{FILE}-*"):  # of a process that was killed
            left.unlink()
        write_whole(folder / FILE, (json.dumps(known, indent=1) + "\n").encode())
    except OSError as error:
        raise OutputError(f"{FILE} cannot be written ({error.strerror}): let this account write to the folder of reviews") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for the lock of the map, and holds it."""
    try:
        number = os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OutputError(f"{LOCK} cannot be written ({error.strerror}): let this account write to the folder of reviews") from None
    with os.fdopen(number, "w") as lock:
        lock_file(lock, fcntl.LOCK_EX)
        yield
