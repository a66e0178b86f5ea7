"""Work that may go on beside other work: each room says what, whoever starts a run says where (pipelines/beside.py)."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Beside[T](Protocol):
    """Work that was begun."""

    def result(self) -> T:
        """What the work gives, when it is done. Raises what the work raises."""


class Later[T]:
    """Work that is done here when its result is asked for."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Hold the work."""
        self._work = work

    def result(self) -> T:
        """As `Beside`."""
        return self._work()


class Side(Protocol):
    """Where work may go on while a block runs."""

    def __call__[T](self, work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
        """Begins the work; it has ended when the block has."""


def no_side[T](work: Callable[[], T]) -> AbstractContextManager[Beside[T]]:
    """The work in this process, when its result is asked for."""
    return nullcontext(Later(work))
