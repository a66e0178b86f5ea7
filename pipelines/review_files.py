"""Where the board's review workbooks lie."""

import contextlib
import hashlib
from pathlib import Path

from pipelines.review import Review
from reports.checked.sheet import FILE as OF_THE_REPORT  # read by `chronology check` alone

MAIN = "anonymisation-review.xlsx"
ASIDE = "unreadable-"
_LOCKS = ("~$", ".~lock.")


def filled_workbooks(review: Review, staged: Path | None = None) -> list[Path]:
    """Every workbook in the review's folder for the board, by name; with `staged`, the new one in place of the earlier.

    Those that were kept aside, hidden ones and office programs' own are left out.
    """
    found = {path.name: path for path in _listed(review) if path.suffix.lower() == ".xlsx" and _may_be_filled(path.name)}
    if staged and (new := staged / "review" / MAIN).is_file():
        found[MAIN] = new
    return [found[name] for name in sorted(found)]


def _may_be_filled(name: str) -> bool:
    return name != OF_THE_REPORT and not name.startswith((ASIDE, "~$", "."))


def is_open_elsewhere(review: Review) -> bool:
    """Whether an office program says that it has the workbook open."""
    return any(path.name.startswith(_LOCKS) and MAIN[2:] in path.name for path in _listed(review))


def keep_aside(path: Path) -> str:
    """Keeps a copy of a workbook that cannot be read, before it is written anew; the copy's name, the same for the same bytes."""
    data = path.read_bytes()
    aside = path.with_name(f"{ASIDE}{hashlib.sha256(data).hexdigest()[:8]}.xlsx")
    aside.write_bytes(data)
    return aside.name


def _listed(review: Review) -> list[Path]:
    folder = review.output / "review"
    with contextlib.suppress(FileNotFoundError):
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    return []
