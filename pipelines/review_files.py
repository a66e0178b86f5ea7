"""Where the board's own workbooks and templates lie, without what office programs put beside them."""

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

from pipelines.review import Review
from reports.checked.sheet import FILE as OF_THE_REPORT  # read by `chronology check` alone

MAIN = "anonymisation-review.xlsx"
ASIDE = "unreadable-"
_LOCKS = ("~$", ".~lock.")


def read_workbooks(review: Review) -> Mapping[str, bytes]:
    """What every workbook in the review's folder for the board holds, by name and in that order.

    Those that were kept aside, hidden ones and office programs' own are left out.
    """
    found = (path for path in _listed(review) if path.suffix.lower() == ".xlsx" and _may_be_filled(path.name))
    return {path.name: path.read_bytes() for path in found}


def templates_in(folder: Path) -> list[Path]:
    """The Word documents in the board's folder of templates, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".docx" and not path.name.startswith(_LOCKS))


def _may_be_filled(name: str) -> bool:
    return name != OF_THE_REPORT and not name.startswith((ASIDE, "~$", "."))


def is_open_elsewhere(review: Review) -> bool:
    """Whether an office program says that it has the workbook open."""
    return any(path.name.startswith(_LOCKS) and MAIN[2:] in path.name for path in _listed(review))


def open_notes(review: Review) -> tuple[str, ...]:
    """What is to be told while an office program has the workbook open; nothing else of the review hangs on that."""
    if not is_open_elsewhere(review):
        return ()
    return (f"output/review/{MAIN} is open in an office program: what is not saved is not read; save and close it, then run again",)


def keep_aside(data: bytes, folder: Path) -> str:
    """Keeps a workbook that cannot be read, before it is written anew; the copy's name, the same for the same bytes."""
    aside = folder / f"{ASIDE}{hashlib.sha256(data).hexdigest()[:8]}.xlsx"
    aside.write_bytes(data)
    return aside.name


def _listed(review: Review) -> list[Path]:
    folder = review.output / "review"
    with contextlib.suppress(FileNotFoundError):
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    return []
