"""Time since last seen: each day on which the child or adult was seen, and how long it had been."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from timeline.findings.evidence import Evidence
from timeline.findings.seeing.clocks import end_of
from timeline.findings.seeing.references import cast_of
from timeline.findings.seeing.seen import Sighting, sightings
from timeline.findings.spans import narrow_days


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """A sighting of a subject (`person`, an id), by the first and last day that its row can mean; `alone` and `sure` as the row says.

    `days_since` are the days from the sighting before, at the least that both dates can mean; None for the first. The last of each subject is no
    sighting but the day on which the record ends (the period, the incident or a death): its `event` and `agency` are empty.
    """

    person: str
    since: date
    until: date
    event: str
    agency: str
    alone: bool
    sure: bool
    days_since: int | None


def last_seen(evidence: Evidence) -> tuple[LastSeen, ...]:
    """Every sighting of every subject in order of time, subject by subject, and the day on which the record of each ends.

    Rows that can mean more than a month show nothing about when somebody was seen; a subject whom nobody saw has none at all.
    """
    events = {event.id: event for event in evidence.timeline.events}
    order = {event.id: place for place, event in enumerate(evidence.timeline.events)}
    told: defaultdict[str, list[Sighting]] = defaultdict(list)
    for each in sightings(evidence):
        told[each.person].append(each)
    found: list[LastSeen] = []
    for subject in cast_of(evidence).subjects:
        seen = [(*days, order[each.event], each) for each in told[subject.id] if each.seen and (days := narrow_days(events[each.event]))]
        if seen:
            found += _of_subject(subject.id, seen, end_of(evidence, told[subject.id]))
    return tuple(found)


def _of_subject(person: str, seen: Sequence[tuple[date, date, int, Sighting]], end: date) -> Iterator[LastSeen]:
    before: date | None = None  # the last day that any sighting so far can mean
    for since, until, _, each in sorted(seen, key=itemgetter(0, 1, 2)):
        yield LastSeen(
            person=person,
            since=since,
            until=until,
            event=each.event,
            agency=each.agency,
            alone=each.value == "alone",
            sure=each.sure,
            days_since=max(0, (since - before).days) if before else None,
        )
        before = max(before, until) if before else until
    if before and end >= before:
        yield LastSeen(person=person, since=end, until=end, event="", agency="", alone=False, sure=True, days_since=(end - before).days)
