"""What is new: the reviews of a folder, and whether anything that a run depends on differs from the run that made the documents."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.case_file import read_case
from pipelines.intake import Dropped, files_by_folder, intake
from pipelines.outcome import Outcome, as_record, from_record
from pipelines.passwords import NO_PASSWORDS, Passwords
from pipelines.program import code_digest, rules_digest
from pipelines.release.closing import closing_line
from pipelines.review import Review, open_review
from pipelines.review_files import MAIN, read_workbooks, templates_in
from timeline.errors import ChronologyError

RECORD = "restricted/inputs.json"
STAGING = ".building-"  # new documents that are not whole yet
SWITCHING = ".switching"  # new documents that are whole, of which some may be in their place already


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


def has_something_new(review: Review, passwords: Passwords = NO_PASSWORDS) -> bool:
    """Whether a run would make anything new: files, case, cast, decisions, rules, the program, or documents that are no longer as they were made.

    A file that could not be read for want of time, of memory or of a password that is given now counts as new, and so does what a killed run
    left. A closed review has nothing new, nor has a new one that nobody has sent anything to.
    """
    with contextlib.suppress(ChronologyError):  # a damaged log: the run itself says so
        if closing_line(review.decisions_file) is not None:
            return False
    if _was_cut_short(review):
        return True
    try:
        case = read_case(review.case_file)
        if read_last(review) is None:
            return bool(files_by_folder(review))
        return last_outcome(review, Inputs.of(review, intake(review, case)), passwords) is None
    except ChronologyError:
        return True  # the run itself says what is wrong


def _was_cut_short(review: Review) -> bool:
    """Whether a killed run left something that the next one puts right: a switch to complete, half-built documents, agencies' texts."""
    left = (review.scratch, review.output / SWITCHING, *review.output.glob(f"{STAGING}*"))
    return any(os.path.lexists(each) for each in left) and not review.is_at_work()


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a run depends on, part by part, as keyed hashes."""

    parts: Mapping[str, str]

    @classmethod
    def of(cls, review: Review, dropped: Sequence[Dropped]) -> "Inputs":
        """The inputs as they are now; take them before they are read, so that what changes meanwhile counts as new."""
        key = review.secret()
        files = [f"{each.source.path}\0{each.source.label}\0{each.source.sha256}\0{each.refused}" for each in dropped]
        return cls(
            {
                "program": _hash(key, code_digest().encode()),
                "rules": _hash(key, rules_digest().encode()),
                "files": _hash(key, *(each.encode() for each in files)),
                "case": _hash(key, *_contents(review.case_file, review.people_file, *_templates(review))),
                **_of_the_board(review, key),
                "memory": _hash(key, *_contents(review.ids_file)),
            }
        )

    def as_a_run_leaves_them(self, review: Review, taken_in: Mapping[str, bytes], staged: Path) -> "Inputs":
        """The inputs of the run that follows, if nothing changes: the review's memory as it was written, the workbooks as they were taken in.

        Of these the board's own is replaced by the new one in `staged`. What was saved after it was taken in so counts as new.
        """
        key = review.secret()
        books = _hash_of_workbooks(key, {**taken_in, MAIN: (staged / "review" / MAIN).read_bytes()})
        return Inputs({**self.parts, "memory": _hash(key, *_contents(review.ids_file)), "workbooks": books})

    def with_the_log(self, review: Review) -> "Inputs":
        """The inputs with the log of decisions as it is now, after the filled workbooks were taken in."""
        return Inputs({**self.parts, "decisions": _hash(review.secret(), *_contents(review.decisions_file))})


def _of_the_board(review: Review, key: bytes) -> dict[str, str]:
    return {
        "decisions": _hash(key, *_contents(review.decisions_file)),
        "workbooks": workbooks_digest(review),
    }


def workbooks_digest(review: Review) -> str:
    """One hash of the board's workbooks as they are now."""
    return _hash_of_workbooks(review.secret(), read_workbooks(review))


def _hash_of_workbooks(key: bytes, books: Mapping[str, bytes]) -> str:
    return _hash(key, *(books[name] for name in sorted(books)))


def workbooks_left(review: Review) -> str | None:
    """The same of the workbooks as the last good run left them; None where there was none."""
    last = read_last(review)
    try:
        return str(last["inputs"]["workbooks"]) if last else None
    except (KeyError, TypeError):  # of another version of the program
        return None


def inputs_digest(review: Review, dropped: Sequence[Dropped]) -> str:
    """One hash of all that a run depends on."""
    return _hash(review.secret(), json.dumps(dict(Inputs.of(review, dropped).parts), sort_keys=True).encode())


def read_last(review: Review) -> Mapping[str, Any] | None:
    """What the run that made the documents wrote down of itself; None where there is none that can be read."""
    try:
        last = json.loads((review.output / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return last if isinstance(last, dict) else None


def last_outcome(review: Review, inputs: Inputs, passwords: Passwords = NO_PASSWORDS) -> Outcome | None:
    """What the last run told, where a run now would make the same documents; None where something is new."""
    last = read_last(review)
    try:
        if last is None or last["inputs"] != inputs.parts or last["again"]:
            return None
        if (passwords.asks and last["locked"]) or any(passwords.of(label) for label in last["locked"]):
            return None
        if any(_hash_of(review, review.output / name) != made for name, made in last["made"].items()):
            return None
        return from_record(last["outcome"])
    except (KeyError, TypeError, AttributeError, OSError):  # of another version of the program, damaged, or a document is gone
        return None


def may_hold_new_texts(review: Review, inputs: Inputs) -> bool:
    """Whether a run now may meet a text that the last one did not; decisions of the board alone bring none."""
    last = read_last(review)
    try:
        return last is None or any(last["inputs"][part] != inputs.parts[part] for part in ("program", "rules", "files", "case"))
    except (KeyError, TypeError):  # of another version of the program
        return True


def write_last(review: Review, staged: Path, inputs: Inputs, outcome: Outcome, *, again: Sequence[str], locked: Sequence[str]) -> None:
    """Writes down what the run that made `staged` depended on, made and told; `again` and `locked` are labels of files that it could not read.

    Those `again` may be read another time, those `locked` with a password.
    """
    made = {str(path.relative_to(staged)): _hash_of(review, path) for path in _documents(staged)}
    told = {"inputs": dict(inputs.parts), "made": made, "outcome": as_record(outcome), "again": list(again), "locked": list(locked)}
    (staged / RECORD).write_text(json.dumps(told) + "\n", "utf-8")


def _documents(staged: Path) -> Iterator[Path]:
    """What a run made; caches are no documents."""
    yield from (path for path in sorted(staged.rglob("*")) if path.is_file() and not path.parent.name.startswith("."))


def _hash_of(review: Review, path: Path) -> str:
    return _hash(review.secret(), path.read_bytes())


def _contents(*paths: Path | None) -> Iterator[bytes]:
    """What each file holds; nothing for one that is not there."""
    for path in paths:
        yield path.read_bytes() if path and path.is_file() else b""


def _templates(review: Review) -> list[Path]:
    folder = read_case(review.case_file).templates
    return templates_in(review.folder / folder) if folder and (review.folder / folder).is_dir() else []


def _hash(key: bytes, *parts: bytes) -> str:
    digest = hashlib.blake2b(key=key, digest_size=20)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
