"""Many agencies' files into one timeline: copies read once, corrected returns in place of the first, one order, lasting ids."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, replace
from datetime import date

from timeline.corrections import settle
from timeline.events import Analysis, EarlierRow, Entry, Event
from timeline.extraction import Extraction
from timeline.timeline import Timeline

type _Place = tuple[str, int, str]


def merge(extractions: Sequence[Extraction], secret: bytes, keep: AbstractSet[str] = frozenset()) -> Timeline:
    """One timeline of all files; the same whatever order they come in, and merging twice is merging once.

    `secret` keys the ids (16 bytes or more, the review's own), so that an id tells nothing of its text. Rows of a file that is a copy
    of another, or that a corrected return of the same agency replaces, are set aside with that reason; the files whose paths are in `keep`
    are read in full (timeline/corrections.py).
    """
    returns = settle(sorted(extractions, key=lambda each: (each.source.agency, each.source.path)), keep)
    earlier = _earlier_rows(returns)
    events = _identified([entry for each in returns for entry in each.entries], earlier, secret)
    analyses = _identified_analyses([analysis for each in returns for analysis in each.analyses], secret)
    return Timeline(events=tuple(sorted(events, key=_order)), returns=tuple(returns), analyses=tuple(analyses))


def _order(event: Event) -> tuple[date, date, str, str, str, int]:
    """By the first day it can mean, then the last, then the time; undated rows at the end, each file's in its own order."""
    when = event.when
    return (
        when.earliest or date.max,
        when.latest or date.max,
        event.time or "",
        event.agency,
        event.source.file.path,
        event.source.position,
    )


def _earlier_rows(returns: Iterable[Extraction]) -> dict[_Place, EarlierRow]:
    """What each row said that a corrected return changed, by the place of the corrected row; of several earlier returns the last by path."""
    return {
        _place(after): EarlierRow(
            when=before.when, time=before.time, text=before.text, file=before.source.file.path, where=before.source.where
        )
        for each in returns
        for difference in each.differences
        if difference.kind != "open"
        for before, after in difference.changed
    }


def _place(entry: Entry) -> _Place:
    return entry.source.file.path, entry.source.position, entry.text


def _identified(entries: list[Entry], earlier: dict[_Place, EarlierRow], secret: bytes) -> list[Event]:
    seen: Counter[bytes] = Counter()
    events = []
    for entry in entries:
        content = "\0".join((entry.agency, entry.when.as_written, entry.when.edtf, entry.time or "", entry.text)).encode()
        seen[content] += 1
        values = {field.name: getattr(entry, field.name) for field in fields(Entry)}
        number = b"\0%d" % seen[content]
        events.append(Event(id=_keyed(content + number, secret), changed_from=earlier.get(_place(entry)), **values))
    return events


def _identified_analyses(analyses: list[Analysis], secret: bytes) -> list[Analysis]:
    seen: Counter[bytes] = Counter()
    identified = []
    for analysis in analyses:
        content = "\0".join((analysis.source.file.agency, analysis.source.where, analysis.heading, analysis.text)).encode()
        seen[content] += 1
        identified.append(replace(analysis, id="a" + _keyed(content + b"\0%d" % seen[content], secret)))
    return identified


def _keyed(content: bytes, secret: bytes) -> str:
    return hashlib.blake2b(content, key=secret[:64], digest_size=8).hexdigest()
