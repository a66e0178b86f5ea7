"""The narrative as episodes: which pieces of which rows are told, and which rows stand together because they may tell one event."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from reports.rows import Rows
from reports.significance import Ranks
from timeline.safe import SafeEvent, SafeFinding

# the columns that tell what happened, each set in the phrase of its name
_TOLD = ("event", "action", "rationale", "voice")
type Place = tuple[int, int]  # characters start to end (exclusive) of a row's text
_HIDDEN = re.compile(r"\[[^\[\]]*\]")
_TOGETHER = frozenset({"same-event", "discrepancy"})


class Passage(NamedTuple):
    """An unbroken piece of a row: characters start to end (exclusive) of its text, inside the cell (start, end); `meaning` is its column's."""

    meaning: str
    start: int
    end: int
    cell: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of one row, in the row's order; `differing` are the places of the words in which it differs from another account."""

    event: SafeEvent
    passages: tuple[Passage, ...]
    differing: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Episode:
    """A paragraph of the narrative: one row, or several that may tell one event, the findings that say how they differ, and the serials of
    further rows that may tell of it and are not told.
    """

    accounts: tuple[Account, ...]
    differences: tuple[SafeFinding, ...] = ()
    also: tuple[str, ...] = ()


def episodes(rows: Rows, ranks: Ranks) -> tuple[Episode, ...]:
    """The rows that are told, in the order of the timeline, those that may tell one event together where the first of them stands."""
    groups = _groups(rows, ranks)
    differences: dict[str, list[SafeFinding]] = {}
    for finding in rows.safe.findings:
        homes = {groups.get(serial, "") for serial in finding.events} if finding.kind == "discrepancy" else {""}
        if len(homes) == 1 and (home := homes.pop()):
            differences.setdefault(home, []).append(finding)
    members: dict[str, list[str]] = {}
    for serial in rows.by_serial:
        if serial in ranks.told:
            members.setdefault(groups.get(serial, serial), []).append(serial)
    pointed, also = _pointed_at(rows), _also(rows, ranks, groups)
    return tuple(
        Episode(
            tuple(_account(rows, rows.by_serial[serial], pointed.get(serial, ()), differences.get(first, ())) for serial in together),
            tuple(differences.get(first, ())),
            tuple(serial for serial in rows.by_serial if serial in also.get(first, ())),
        )
        for first, together in members.items()
    )


def _also(rows: Rows, ranks: Ranks, groups: Mapping[str, str]) -> Mapping[str, set[str]]:
    """For the first row of each paragraph those rows that may tell the same event and are not told."""
    found: dict[str, set[str]] = {}
    for finding in rows.safe.findings:
        told = [serial for serial in finding.events if serial in ranks.told] if finding.kind == "same-event" else []
        if told:
            first = groups.get(told[0], told[0])
            found.setdefault(first, set()).update(serial for serial in finding.events if serial not in ranks.told)
    return found


def passages(rows: Rows, event: SafeEvent, places: Sequence[Place], needed: Sequence[Place] = ()) -> tuple[Passage, ...]:
    """What is quoted of a row: of each column that tells what happened a short cell whole, of a long one the clause that it begins with and
    those that hold the places. A cell that holds a `needed` place is told whatever its column; a row with no column that tells is one cell.
    """
    longest = rows.drafting.phrases.whole_cell_characters
    found = []
    for meaning, start, end in _telling_cells(event, needed):
        if end - start <= longest:
            found.append(Passage(meaning, start, end, (start, end)))
            continue
        inside = [(max(0, first - start), last - start) for first, last in (*places, *needed) if last > start and first < end]
        pieces = rows.clauses_at(event.text[start:end], [(0, 1), *inside])
        found += [Passage(meaning, start + each.start, start + each.end, (start, end)) for each in pieces]
    return tuple(found)


def _telling_cells(event: SafeEvent, needed: Sequence[Place]) -> Sequence[tuple[str, int, int]]:
    """(meaning, start, end) of the cells that are told, without blanks at their ends; a cell that is blank or all hidden is left out."""
    trimmed = map(_trimmed, repeat(event.text), event.cells)
    filled = [each for each in trimmed if each[1] < each[2] and not _HIDDEN.fullmatch(event.text, each[1], each[2])]
    main = "event" if any(meaning == "event" for meaning, _, _ in filled) else "other"
    told = []
    for meaning, start, end in filled:
        if meaning == main or any(start < last and first < end for first, last in needed if first < last):
            told.append((meaning if meaning in _TOLD else "event", start, end))
        elif meaning in _TOLD:
            told.append((meaning, start, end))
    whole = _trimmed(event.text, ("event", 0, len(event.text)))
    return told or ([whole] if whole[1] < whole[2] else [])


def _trimmed(text: str, cell: tuple[str, int, int]) -> tuple[str, int, int]:
    meaning, start, end = cell
    piece = text[start:end]
    return meaning, start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _account(rows: Rows, event: SafeEvent, pointed: Sequence[Place], differences: Sequence[SafeFinding]) -> Account:
    said = [(cue.start, cue.end) for theme in rows.drafting.themes for cue in rows.says(event.id, "theme", theme)]
    differing = [(start, end) for each in differences for serial, start, end in each.phrases if serial == event.id]
    return Account(event, passages(rows, event, [*said, *pointed], differing), tuple(sorted(set(differing))))


def _pointed_at(rows: Rows) -> Mapping[str, list[Place]]:
    """The places that findings name, by row."""
    found: dict[str, list[Place]] = {}
    for finding in rows.safe.findings:
        for serial, start, end in finding.phrases:
            found.setdefault(serial, []).append((start, end))
    return found


def _groups(rows: Rows, ranks: Ranks) -> Mapping[str, str]:
    """For each told row that stands with others the first of them: rows of one proposal of sameness, and two accounts that differ."""
    place = {serial: number for number, serial in enumerate(rows.by_serial)}
    first: dict[str, str] = {}
    for serials in _pairs_told(rows, ranks):
        heads = {first.get(serial, serial) for serial in serials}
        head = min(heads, key=place.__getitem__)
        joined = {serial for serial, of in first.items() if of in heads} | set(serials) | heads
        first |= dict.fromkeys(joined, head)
    return first


def _pairs_told(rows: Rows, ranks: Ranks) -> Iterator[Sequence[str]]:
    for finding in rows.safe.findings:
        if finding.kind in _TOGETHER:
            told = [serial for serial in finding.events if serial in ranks.told]
            if len(told) > 1:
                yield told
