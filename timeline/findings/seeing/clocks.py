"""A clock that sightings stop: the stretches that it ran too long, what was tried in them, and whether they can be relied on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from timeline.events import Event
from timeline.findings.evidence import Evidence
from timeline.findings.seeing.references import Subject
from timeline.findings.seeing.seen import Sighting
from timeline.findings.seeing.stays import Stop
from timeline.findings.spans import narrow_days

_A_MONTH = timedelta(days=31)  # no dated row is wider (contract)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From the sighting `before` to the one `after` (None: to the day that ends the clock), and the rows that asked in vain in between."""

    before: Sighting
    after: Sighting | None
    since: date
    until: date
    between: tuple[Sighting, ...]

    @property
    def days(self) -> int:
        """Days from the last that the one sighting can mean to the first that the other can."""
        return (self.until - self.since).days

    @property
    def ends(self) -> tuple[Sighting, ...]:
        """The sightings that it lies between."""
        return (self.before, self.after) if self.after else (self.before,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What rows, everybody's or some agencies', say of one subject being seen; `end` is the day that ends the clock.

    `dated` are those of a month or better by first day, with the last; `vague` the others; `unread`: something of these agencies was not read.
    """

    evidence: Evidence
    events: Mapping[str, Event]
    subject: Subject
    sightings: Sequence[Sighting]
    end: date
    dated: Sequence[tuple[date, date, Sighting]]
    vague: Sequence[Sighting]
    unread: bool


def end_of(evidence: Evidence, told: Sequence[Sighting]) -> date:
    """The day that ends every clock of a subject: the period's last, or the incident or the person's death before it.

    A death after which the person is seen is somebody else's.
    """
    last_seen = max((each.since for each in told if each.seen and each.sure and each.since), default=date.min)
    died = [each.since for each in told if each.value == "died" and each.since and each.since >= last_seen]
    incident = [evidence.case.incident_on] if evidence.case.incident_on else []
    return min([evidence.case.period_end, *died, *incident])


def told_of(
    evidence: Evidence, events: Mapping[str, Event], subject: Subject, told: Sequence[Sighting], end: date, agencies: Sequence[str]
) -> Told:
    """What is told of a subject, ready to be looked through by date; `agencies` are those whose rows count."""
    dated = [(*days, each) for each in told if (days := narrow_days(events[each.event]))]
    known = {each.event for _, _, each in dated}
    return Told(
        evidence=evidence,
        events=events,
        subject=subject,
        sightings=told,
        end=end,
        dated=sorted(dated, key=itemgetter(0, 1)),
        vague=[each for each in told if each.event not in known],
        unread=any(each.unread or each.status == "rejected" for each in evidence.timeline.returns if each.source.agency in agencies),
    )


def stretches(told: Told, stops: Iterable[Stop], limit_days: int) -> Iterator[Stretch]:
    """The stretches of more than `limit_days` from one stop to the next and to the end, inside the period under review."""
    before: Stop | None = None
    for stop in stops:
        if stop.last < told.evidence.case.period_start or stop.first > told.end:
            continue
        if before and (stop.first - before.last).days > limit_days:
            yield _stretch(told, before, stop.sighting, stop.first)
        if before is None or stop.last >= before.last:
            before = stop
    if before and (told.end - before.last).days > limit_days:
        yield _stretch(told, before, None, told.end)


def _stretch(told: Told, before: Stop, after: Sighting | None, until: date) -> Stretch:
    inside = told.dated[bisect_left(told.dated, before.last, key=itemgetter(0)) : bisect_right(told.dated, until, key=itemgetter(0))]
    between = tuple(each for _, last, each in inside if each.asked and last <= until)
    return Stretch(before=before.sighting, after=after, since=before.last, until=until, between=between)


def in_doubt(told: Told, stretch: Stretch, *, alone: bool = False) -> bool:
    """Whether the person may have been seen (or seen alone) in between, or an end is unsure: its words, its date, or what was not read."""
    if told.unread or not all(each.sure for each in stretch.ends) or any(_unsure_date(told.events[each.event]) for each in stretch.ends):
        return True
    start = bisect_left(told.dated, stretch.since - _A_MONTH, key=itemgetter(0))
    near = told.dated[start : bisect_left(told.dated, stretch.until, key=itemgetter(0))]
    others = [each for _, last, each in near if last > stretch.since]
    others += [each for each in told.vague if _may_lie_in(told.events[each.event], stretch)]
    return any(_may_be_seen(each, alone=alone) for each in others if each not in stretch.ends)


def _unsure_date(event: Event) -> bool:
    return event.when.edtf[-1] in "~?%" or bool(event.problems or event.when.assumed)


def _may_lie_in(event: Event, stretch: Stretch) -> bool:
    first, last = event.when.earliest, event.when.latest
    return first is None or last is None or (first < stretch.until and last > stretch.since)


def _may_be_seen(each: Sighting, *, alone: bool) -> bool:
    """Whether a row shows the person seen, or tells of somebody else who saw the person."""
    return each.value == "alone" if alone else each.seen or (each.value == "heard" and each.sure)
