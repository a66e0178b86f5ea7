"""What is new: the reviews of a folder, and whether anything that a run depends on differs from the last good run."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from importlib import metadata, resources
from pathlib import Path

from pipelines.case_file import read_case
from pipelines.intake import Dropped, intake
from pipelines.review import Review, open_review
from pipelines.review_files import filled_workbooks
from timeline.errors import ChronologyError

RECORD = "restricted/inputs.json"


def reviews_in(folder: Path) -> Iterator[Review]:
    """Each review of a folder (a folder in it with a case.toml), in order of name; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and os.path.isfile(path / "case.toml"):  # noqa: PTH113 - False where it may not be entered
            yield open_review(path)


def labels_in(folder: Path) -> Iterator[str]:
    """What messages call each file of each review of a folder; a review that cannot be run has none."""
    for review in reviews_in(folder):
        with contextlib.suppress(ChronologyError):
            yield from (each.source.label for each in intake(review, read_case(review.case_file)))


def has_something_new(review: Review) -> bool:
    """Whether anything that a run depends on differs from the last good run: files, case, cast, decisions, rules or the program itself."""
    try:
        last = json.loads((review.output / RECORD).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return True
    try:
        return bool(last.get("digest") != inputs_digest(review, intake(review, read_case(review.case_file))))
    except ChronologyError:
        return True  # the run itself says what is wrong


def inputs_digest(review: Review, dropped: Sequence[Dropped], staged: Path | None = None) -> str:
    """A hash of all that a run depends on; `staged` holds the board's new workbook, where the earlier one is about to be replaced."""
    digest = hashlib.sha256(metadata.version("chronology").encode())
    for each in dropped:
        digest.update(f"{each.source.path}\0{each.source.sha256}\0".encode())
    for path in (review.case_file, review.people_file, review.record / "decisions.jsonl"):
        digest.update(path.read_bytes() if path and path.is_file() else b"\0")
    for path in filled_workbooks(review, staged):
        digest.update(path.read_bytes())
    for rules in sorted(_rule_files(), key=str):
        digest.update(Path(str(rules)).read_bytes())
    return digest.hexdigest()


def write_inputs(output: Path, digest: str) -> None:
    """Writes down what this run depended on, for `has_something_new`."""
    (output / RECORD).write_text(json.dumps({"digest": digest}) + "\n", "utf-8")


def _rule_files() -> Iterator[Path]:
    yield from Path(str(resources.files("rules"))).rglob("*.toml")
