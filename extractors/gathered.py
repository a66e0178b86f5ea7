"""What is gathered while a file is read: rows with their dates still as written, and what is set aside with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.bounds import Told
from extractors.model import Aside
from extractors.placing import Met
from timeline.dates import FuzzyDate
from timeline.events import Analysis, Entry, cells_of
from timeline.extraction import SetAside
from timeline.sources import SourceFile, SourceRef
from timeline.written_dates import WrittenDate, date_rows
from timeline.written_times import leading_time

Column = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row before its date is settled. Without `columns` it is a date that stands above rows and is inherited by them, and no row itself.

    `starts_anew` says that the rows before it have nothing to say about its date.
    """

    where: str
    position: int
    written: WrittenDate
    columns: tuple[Column, ...] | None
    problems: tuple[str, ...] = ()
    starts_anew: bool = False


@dataclass(slots=True)
class Gathered:
    """Everything that became of one file's rows, in their order; `seen` is counted where they are met."""

    source: SourceFile
    seen: int = 0
    position: int = 0
    drafts: list[Draft] = field(default_factory=list)
    unread: list[SetAside] = field(default_factory=list)
    ignored: list[SetAside] = field(default_factory=list)
    analyses: list[Analysis] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    met: Met = field(default_factory=Met)
    told: Told = field(default_factory=Told)

    def keep(self, draft: Draft) -> None:
        """A row, or a date above rows; FileError where a file tells more than a chronology: one text may stand in many rows."""
        if draft.columns is not None:
            self.told.add(text for _, _, text in draft.columns)
        self.drafts.append(draft)

    def next_position(self) -> int:
        """The rank of the place that is read now, from 1."""
        self.position += 1
        return self.position

    def keep_apart(self, where: str, asides: Sequence[Aside]) -> None:
        """Text beside a row or dropped from it: counted as seen, and ignored with its reason."""
        self.seen += len(asides)
        self.ignored += [SetAside(where, aside.text, aside.reason) for aside in asides]
        self.met.spans += [(where, aside.mark) for aside in asides if aside.mark is not None]

    def set_aside(self, fate: str, where: str, text: str, reason: str) -> None:
        """A row that is no event, for a person to look at (`unread`) or not (`ignored`)."""
        (self.unread if fate == "unread" else self.ignored).append(SetAside(where, text, reason))

    def analyse(self, where: str, heading: str, text: str) -> None:
        """Prose under a heading, kept as the agency's analysis."""
        ref = SourceRef(self.source, where, self.next_position())
        self.analyses.append(Analysis(id=f"{self.source.label}/analysis {len(self.analyses) + 1}", heading=heading, text=text, source=ref))

    def entries(self) -> tuple[Entry, ...]:
        """The rows as entries, dated together so that neighbours settle what a cell leaves open."""
        found: list[Entry] = []
        group: list[Draft] = []
        for draft in self.drafts:
            if draft.starts_anew:
                found += self._dated(group)
                group = []
            group.append(draft)
        return tuple(found + self._dated(group))

    def _dated(self, drafts: list[Draft]) -> list[Entry]:
        entries = []
        for draft, dated in zip(drafts, date_rows([draft.written for draft in drafts]), strict=True):
            if draft.columns is not None:
                text, cells = cells_of(iter(draft.columns))
                ref = SourceRef(self.source, draft.where, draft.position)
                problems = tuple(dict.fromkeys((*dated.problems, *draft.problems)))
                when = _as_written(dated.when, draft)
                time = dated.time or (_time_told(draft.columns) if when.width_days == 0 else None)
                entries.append(Entry(when=when, time=time, text=text, cells=cells, source=ref, problems=problems))
        return entries


def _time_told(columns: Sequence[Column]) -> str | None:
    """The time that the event's own words begin with ("1640hrs. Interviewed …"), where no cell gives one."""
    return next((leading_time(text) for meaning, _, text in columns if meaning == "event"), None)


def _as_written(when: FuzzyDate, draft: Draft) -> FuzzyDate:
    return when if when.as_written or not draft.written.text else replace(when, as_written=draft.written.text)
