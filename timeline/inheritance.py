"""Ids that survive a corrected return: a row that was changed goes by its predecessor's id, and the difference is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from timeline.corresponding import Row, correspond
from timeline.dates import FuzzyDate
from timeline.events import EarlierRow, Event
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """An event as an earlier run knew it."""

    agency: str
    date: str
    time: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of a corrected return that took the place of another: what it was before; `id` is what both go by."""

    id: str
    before: KnownRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a review remembers of its rows.

    `rows` are all rows ever known, by id; `inherits` leads from the id that a changed row's content gives to the id that it goes by;
    `changes` are in the order in which they were met.
    """

    rows: Mapping[str, KnownRow] = field(default_factory=dict)
    inherits: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def remember(timeline: Timeline, memory: Memory) -> tuple[Timeline, Memory]:
    """The timeline with inherited ids and with what each changed row said before, and the memory with this timeline's rows.

    A new row inherits the id of a row of the same agency that is gone where one corresponds to the other (timeline/corresponding.py). Nothing
    known is ever forgotten, so a row that comes back has its id back.
    """
    named = _known_names(timeline, memory)
    present = set(named.values())
    fresh = [event for event in timeline.events if named[event.id] not in memory.rows]
    gone = {key: row for key, row in memory.rows.items() if key not in present}
    inherited = _inherited(fresh, gone)
    named |= inherited
    changes = (*memory.changes, *(Change(id=old, before=memory.rows[old]) for old in inherited.values()))
    by_id: defaultdict[str, list[KnownRow]] = defaultdict(list)
    for change in changes:
        by_id[change.id].append(change.before)
    renamed = (replace(event, id=named[event.id]) for event in timeline.events)
    events = tuple(replace(event, changed_from=_changed_from(event, by_id)) for event in renamed)
    rows = dict(memory.rows) | {event.id: _row(event) for event in events}
    return replace(timeline, events=events), Memory(rows=rows, inherits={**memory.inherits, **inherited}, changes=changes)


def _known_names(timeline: Timeline, memory: Memory) -> dict[str, str]:
    """The id that each row's content goes by so far; a row and its correction that stand side by side again go by ids of their own."""
    own = {event.id for event in timeline.events}
    named: dict[str, str] = {}
    for event in timeline.events:
        heir = memory.inherits.get(event.id, event.id)
        named[event.id] = event.id if heir in own else heir
        own.add(named[event.id])
    return named


def _row(event: Event) -> KnownRow:
    return KnownRow(agency=event.agency, date=event.when.edtf, time=event.time, text=event.text)


def _inherited(fresh: Iterable[Event], gone: Mapping[str, KnownRow]) -> dict[str, str]:
    """The id of a new row's content -> the id of the gone row of the same agency that it corrects."""
    by_agency: defaultdict[str, tuple[list[Event], list[str]]] = defaultdict(lambda: ([], []))
    for event in fresh:
        by_agency[event.agency][0].append(event)
    for key in sorted(gone, key=lambda key: (gone[key].date, gone[key].time or "", gone[key].text)):  # never by ids, which are chance
        by_agency[gone[key].agency][1].append(key)
    inherited: dict[str, str] = {}
    for events, keys in by_agency.values():
        old = [Row(gone[key].date, gone[key].time, gone[key].text) for key in keys]
        found = correspond(old, [Row(event.when.edtf, event.time, event.text) for event in events])
        inherited |= {events[new].id: keys[one] for one, new in (*found.same, *found.changed)}
    return inherited


def _changed_from(event: Event, changes: Mapping[str, Sequence[KnownRow]]) -> EarlierRow | None:
    """What the row said before: as the earlier return has it, or as the last run knew it that had it otherwise."""
    if event.changed_from:
        return event.changed_from
    before = next((row for row in reversed(changes.get(event.id, ())) if row != _row(event)), None)
    return EarlierRow(when=FuzzyDate(before.date), time=before.time, text=before.text) if before else None
