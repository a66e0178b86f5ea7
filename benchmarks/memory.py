"""The memory of a process and of all that it started, which readers and detectors at work side by side take together (Linux)."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

EVERY_SECONDS = 0.2


class Watched:
    """Looks at a process five times a second while the block lasts; `megabytes` is the most that it and all that it started took at once."""

    def __init__(self, process: int) -> None:
        self.megabytes = 0.0
        self._process, self._over = process, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, together(self._process))
            if self._over.wait(EVERY_SECONDS):
                return


def together(process: int) -> float:
    """Megabytes that a process and all that it started take now: their proportional shares, so that what several share counts once."""
    return sum(map(_share, _family(process))) / 1024


def _family(process: int) -> set[int]:
    """The process and whatever descends from it."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        # "12 (a name) S 7 …": the name may hold anything, the parent is the second word after it
        if words := _text(place / "stat").rpartition(")")[2].split():
            children.setdefault(int(words[1]), []).append(int(place.name))
    family, found = set[int](), [process]
    while found:
        each = found.pop()
        family.add(each)
        found += children.get(each, ())
    return family


def _share(process: int) -> int:
    """Kilobytes; 0 where the process has ended."""
    return next((int(line.split()[1]) for line in _text(Path(f"/proc/{process}/smaps_rollup")).splitlines() if line.startswith("Pss:")), 0)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return ""
