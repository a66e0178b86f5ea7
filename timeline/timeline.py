"""The merged multi-agency timeline."""

from dataclasses import dataclass

from timeline.events import Analysis, Event
from timeline.extraction import Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Every agency's events in one order, the same whatever order the files came in.

    `returns` are the files as they were read, superseded ones marked so. The number of events is the sum of the entries of all
    returns that were read.
    """

    events: tuple[Event, ...]
    returns: tuple[Extraction, ...]
    analyses: tuple[Analysis, ...] = ()

    def __post_init__(self) -> None:
        if len({event.id for event in self.events}) != len(self.events):
            raise ValueError("two events share an id")
        if len({analysis.id for analysis in self.analyses}) != len(self.analyses):
            raise ValueError("two analyses share an id")
        if len(self.events) != sum(len(each.entries) for each in self.returns):
            raise ValueError("a row of a return is not in the timeline")
