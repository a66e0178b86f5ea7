"""Ids that survive a corrected return: a row that was changed goes by its predecessor's id, and the difference is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from timeline.events import Event
from timeline.timeline import Timeline

# how alike the texts of a row and its correction must be: of one date, and of two dates (the date itself was corrected)
_ALIKE = 70
_ALIKE_ELSEWHEN = 92


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
    """The timeline with inherited ids, and the memory with this timeline's rows.

    A new row inherits the id of a row of the same agency that is gone where their texts are alike, the likest first, one to one. Nothing
    known is ever forgotten, so a row that comes back has its id back.
    """
    named = _known_names(timeline, memory)
    present = set(named.values())
    fresh = [event for event in timeline.events if named[event.id] not in memory.rows]
    gone = {key: row for key, row in memory.rows.items() if key not in present}
    inherited = dict(_pairs(fresh, gone))
    named |= inherited
    events = tuple(replace(event, id=named[event.id]) for event in timeline.events)
    rows = dict(memory.rows) | {event.id: _row(event) for event in events}
    changes = (*memory.changes, *(Change(id=old, before=memory.rows[old]) for old in inherited.values()))
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


def _pairs(fresh: Sequence[Event], gone: Mapping[str, KnownRow]) -> Iterable[tuple[str, str]]:
    """(id of a new row's content, id of the gone row that it corrects), the likest first."""
    by_agency: defaultdict[str, list[tuple[str, KnownRow]]] = defaultdict(list)
    for key, row in gone.items():
        by_agency[row.agency].append((key, row))
    scored = []
    for event in fresh:
        for key, row in by_agency[event.agency]:
            same_day = row.date == event.when.edtf
            likeness = fuzz.ratio(row.text, event.text)
            if likeness >= (_ALIKE if same_day else _ALIKE_ELSEWHEN):
                scored.append((-likeness - 10 * same_day, event.id, key))
    taken: set[str] = set()
    for _, new, old in sorted(scored):
        if new not in taken and old not in taken:
            taken |= {new, old}
            yield new, old
