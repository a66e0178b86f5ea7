"""Duplicates: one agency's rows that are the same entry twice."""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding

_ALIKE = 92  # rapidfuzz ratio of the two texts in lower case, out of 100
_NUMBERS = re.compile(r"\d+(?:[.:/]\d+)*")


def duplicates(evidence: Evidence) -> Iterator[Finding]:
    """Two rows of one agency on the same date that say the same thing in (nearly) the same words.

    Two rows whose times or numbers differ, or of which one says "not" where the other does not, are look-alikes and no duplicates.
    Nothing is removed: both rows stay in the timeline.
    """
    by_day: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in evidence.timeline.events:
        by_day[event.agency, event.when.edtf].append(event)
    for (agency, _), events in by_day.items():
        for group in _groups(events):
            when = group[0].when
            yield Finding(
                id=finding_id("duplicate", *(event.id for event in group)),
                kind="duplicate",
                events=tuple(event.id for event in group),
                agencies=(agency,),
                since=when.earliest,
                until=when.latest,
                days=0,
                certainty="certain" if len({event.text for event in group}) == 1 and when.earliest else "possible",
                rule="duplicate: one agency, one date, the same words",
                standard=f"{_ALIKE}% of the characters alike, the same numbers and times",
                source="our own rule",
                question=f"{agency} has this entry {len(group)} times. Is it one event entered again, or did it happen more than once?",
            )


def _groups(events: list[Event]) -> list[list[Event]]:
    groups: list[list[Event]] = []
    for event in events:
        home = next((group for group in groups if _same(group[0], event)), None)
        if home:
            home.append(event)
        else:
            groups.append([event])
    return [group for group in groups if len(group) > 1]


def _same(one: Event, other: Event) -> bool:
    if one.time and other.time and one.time != other.time:
        return False
    a, b = one.text.casefold(), other.text.casefold()
    if not a or _NUMBERS.findall(a) != _NUMBERS.findall(b) or _negations(a) != _negations(b):
        return False
    return a == b or (len(a) > 20 and fuzz.ratio(a, b) >= _ALIKE)


def _negations(text: str) -> int:
    return len(re.findall(r"\b(?:not?|never|nil|without|declined|refused)\b|n't\b", text))
