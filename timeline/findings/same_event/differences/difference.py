"""What two accounts of one event say differently: about what, and the two phrases by their places."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.same_event.differences.actors import Actor, actors
from timeline.findings.same_event.tellings import Telling
from timeline.wording.cues import Cue

type About = Literal["date", "time", "who", "injury", "seen", "outcome", "decision"]


class Span(NamedTuple):
    """Characters start to end (exclusive) of a row's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A matter on which two rows differ. `matter` says it in neutral words; `topic` is the same for the same difference between other rows."""

    about: About
    topic: str
    matter: str
    one: Span
    other: Span


@dataclass(frozen=True, slots=True)
class Reader:
    """The evidence that rows are read by; what is read of a row is kept, for a row stands in many pairs."""

    evidence: Evidence
    _kept: dict[tuple[object, str], Any] = field(default_factory=dict, repr=False, compare=False)

    def once[T](self, read: Callable[[Telling, "Reader"], T], telling: Telling) -> T:
        """What `read` gives for a row."""
        key = read, telling.event.id
        if key not in self._kept:
            self._kept[key] = read(telling, self)
        kept: T = self._kept[key]
        return kept

    def present(self, telling: Telling) -> tuple[Actor, ...]:
        """Who is named or meant in a row."""
        return self.once(_present, telling)


def _present(telling: Telling, reader: Reader) -> tuple[Actor, ...]:
    return actors(telling.account, reader.evidence.people)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings of one event, and what they are read by. `together`: they are in one group, not only linked."""

    one: Telling
    other: Telling
    reader: Reader
    together: bool

    @property
    def sides(self) -> tuple[Telling, Telling]:
        """Both tellings."""
        return self.one, self.other

    @property
    def present(self) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """Who is named or meant in each."""
        return self.reader.present(self.one), self.reader.present(self.other)

    def both(self, *names: str) -> bool:
        """Whether each has a cue of these lists."""
        return self.one.account.holds(*names) and self.other.account.holds(*names)

    def kinds(self) -> frozenset[str]:
        """The kinds of event that both tell."""
        return frozenset(self.one.kinds.keys() & self.other.kinds.keys())


def span(cue: Cue | Span) -> Span:
    """The place of a cue."""
    return Span(cue.start, cue.end)


def words_between(account: Account, start: int, end: int) -> int:
    """How many words stand between two places of a row."""
    return max(0, bisect_left(account.starts, end) - bisect_left(account.starts, start))


def people_in(account: Account, cue: Cue) -> frozenset[str]:
    """The people named in the clause of a cue."""
    inside = [word for word in account.words if word.clause == cue.clause]
    return frozenset(each.person for each in account.mentions if each.person and inside[0].start <= each.start < inside[-1].end)
