"""What a run tells at its end, in numbers and without a name; kept, so that a run that finds nothing new tells it again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTold:
    """What the board's review waits for: rows to decide on, conflicts among them, and what is to be told of its workbooks."""

    waiting: int = 0
    conflicts: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A file of an agency by its label: what became of it, how many of its rows are events, unread and set aside.

    `is_open` says that something of it must be settled as a whole: it is nearly the same as another, or corrects a part of one.
    """

    label: str
    status: str
    reason: str
    events: int
    unread: int
    ignored: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, in numbers, for the last message and the exit status. `to_check` are events with a problem.

    `is_new` is False where nothing had changed since the run that made the documents.
    """

    reference: str
    returns: tuple[Returned, ...]
    events: int
    findings: int
    to_check: int
    board: BoardTold = BoardTold()
    is_new: bool = True

    @property
    def refused(self) -> int:
        """Files that could not be read."""
        return sum(each.status == "rejected" for each in self.returns)

    @property
    def unsettled(self) -> int:
        """Files of which something must be settled as a whole."""
        return sum(each.is_open for each in self.returns)

    @property
    def to_mend(self) -> int:
        """Rows that no event was made of and that need a person."""
        return sum(each.unread for each in self.returns)

    @property
    def needs_a_person(self) -> bool:
        """Whether some file or row needs a person, one of the board's workbooks too."""
        return bool(self.refused or self.unsettled or self.to_mend or self.to_check or self.board.conflicts or self.board.notes)

    def with_notes(self, notes: tuple[str, ...]) -> "Outcome":
        """The outcome with more to tell of the board's workbooks: what holds at this moment, and is not kept."""
        return replace(self, board=replace(self.board, notes=(*self.board.notes, *notes))) if notes else self


def outcome_of(reference: str, timeline: Timeline, findings: int, board: BoardTold) -> Outcome:
    """The outcome of a run."""
    returns = tuple(
        Returned(
            label=each.source.label,
            status=each.status,
            reason=each.reason,
            events=len(each.entries),
            unread=len(each.unread),
            ignored=len(each.ignored),
            is_open=bool(each.problems),
        )
        for each in timeline.returns
    )
    to_check = sum(bool(event.problems) for event in timeline.events)
    return Outcome(reference=reference, returns=returns, events=len(timeline.events), findings=findings, to_check=to_check, board=board)


def as_record(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON holds it."""
    return asdict(outcome)


def from_record(told: Mapping[str, Any]) -> Outcome:
    """The outcome that a record holds, as one of a run that found nothing new; KeyError or TypeError for anything else."""
    board = BoardTold(**{**told["board"], "notes": tuple(told["board"]["notes"])})
    returns = tuple(Returned(**each) for each in told["returns"])
    return Outcome(**{**told, "returns": returns, "board": board, "is_new": False})
