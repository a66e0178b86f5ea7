"""Duplicates: one agency's rows that are the same entry twice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding

_ALIKE = 92  # rapidfuzz ratio of the two texts in lower case, out of 100
_TOO_SHORT = 20  # characters: shorter texts that differ at all are different entries
_NEGATIONS = re.compile(r"\b(?:not?|never|nil|without|declined|refused)\b|n't\b")
_NUMBERS = re.compile(r"\d+(?:[.:/]\d+)*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row and its text in lower case."""

    text: str
    event: Event


def duplicates(evidence: Evidence) -> Iterator[Finding]:
    """Two rows of one agency on the same date that say the same thing in (nearly) the same words.

    Two rows whose times or numbers differ, or of which one says "not" where the other does not, are look-alikes and no duplicates.
    Nothing is removed: both rows stay in the timeline.
    """
    by_day: defaultdict[tuple[object, ...], list[_Entry]] = defaultdict(list)
    for event in evidence.timeline.events:
        if text := event.text.casefold():
            said = tuple(_NUMBERS.findall(text)), len(_NEGATIONS.findall(text))
            by_day[event.agency, event.when.edtf, *said].append(_Entry(text, event))
    for entries in by_day.values():
        for group in _groups(entries):
            when = group[0].when
            yield Finding(
                id=finding_id("duplicate", *(event.id for event in group)),
                kind="duplicate",
                events=tuple(event.id for event in group),
                agencies=(group[0].agency,),
                since=when.earliest,
                until=when.latest,
                days=0,
                certainty="certain" if len({event.text for event in group}) == 1 and when.earliest else "possible",
                rule="duplicate: one agency, one date, the same words",
                standard=f"{_ALIKE}% of the characters alike, the same numbers and times",
                source="our own rule",
                question=f"{group[0].agency} has this entry {len(group)} times. Is it one event entered again, or did it happen more than once?",
            )


def _groups(entries: list[_Entry]) -> list[list[Event]]:
    groups: list[list[_Entry]] = []
    for entry in entries:
        home = next((group for group in groups if _same(group[0], entry)), None)
        if home:
            home.append(entry)
        else:
            groups.append([entry])
    return [[entry.event for entry in group] for group in groups if len(group) > 1]


def _same(one: _Entry, other: _Entry) -> bool:
    if one.event.time and other.event.time and one.event.time != other.event.time:
        return False
    if one.text == other.text:
        return True
    return len(one.text) > _TOO_SHORT and bool(fuzz.ratio(one.text, other.text, score_cutoff=_ALIKE))
