"""What a person sees while a review runs: a bar on a terminal, a plain line a step elsewhere; both on standard error, without names."""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import TaskID

STEPS = ("intake", "extract", "merge", "recognise", "find", "hide", "check", "report")


class Progress(Protocol):
    """Told when a step begins, when one of its items is done, and when it ends."""

    def begins(self, name: str, items: int = 1) -> None:
        """A step begins."""

    def advances(self, name: str) -> None:
        """One of a step's items is done."""

    def ends(self, name: str) -> None:
        """A step is done."""


class Lines:
    """A plain line for each step, for logs and schedulers."""

    def __init__(self, reference: str, stream: TextIO | None = None) -> None:
        """Begin each line with the review's reference."""
        self._reference = reference
        self._stream = stream or sys.stderr

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def aside[T](self, question: Callable[[], T]) -> T:
        """What a person answers to a question that is asked in between."""
        return question()

    def begins(self, name: str, items: int = 1) -> None:
        """One line with the step's name."""
        print(f"{self._reference}: {name}" + (f" ({items} files)" if items > 1 else ""), file=self._stream)

    def advances(self, name: str) -> None:
        """Nothing: a line a file is printed with its result at the end."""

    def ends(self, name: str) -> None:
        """Nothing."""


class Bar:
    """A progress bar over all steps, gone when the run ends."""

    def __init__(self, reference: str) -> None:
        """Name the bar by the review's reference."""
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
        )
        self._reference = reference
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None
        self._part = 1.0

    def __enter__(self) -> Self:
        self._bar.start()
        self._task = self._bar.add_task(self._reference, total=len(STEPS))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def aside[T](self, question: Callable[[], T]) -> T:
        """What a person answers to a question that is asked in between; the bar makes room for it."""
        self._bar.stop()
        try:
            return question()
        finally:
            self._bar.start()

    def begins(self, name: str, items: int = 1) -> None:
        """Shows the step's name."""
        self._part = 1.0 / max(1, items)
        self._move(f"{self._reference}: {name}")

    def advances(self, name: str) -> None:
        """Moves by one item's share of the step."""
        self._move(f"{self._reference}: {name}", self._part)

    def ends(self, name: str) -> None:
        """Moves to the end of the step."""
        if self._task is not None and name in STEPS:
            self._bar.update(self._task, completed=STEPS.index(name) + 1)

    def _move(self, said: str, by: float = 0.0) -> None:
        if self._task is not None:
            self._bar.update(self._task, description=said, advance=by)


def progress_for(reference: str) -> Lines | Bar:
    """A bar where standard error is a terminal, lines elsewhere."""
    return Bar(reference) if sys.stderr.isatty() else Lines(reference)
