"""Stays: from admission to discharge, as one agency tells both, a person was seen all the time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from timeline.findings.evidence import Evidence
from timeline.findings.seeing.seen import Sighting
from timeline.findings.spans import narrow_days


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops the clock: a sighting, or a stay that ends with it, from `first` to `last` possible day; `place` is its row's in the timeline."""

    first: date
    last: date
    place: int
    sighting: Sighting


_order = attrgetter("first", "last", "place")


def stops_of(evidence: Evidence, seen: Sequence[Sighting]) -> tuple[Stop, ...]:
    """Every sighting that is dated to a month or better, and every stay between two of them, in order; those of the same days as in the timeline."""
    stops = [Stop(*days, row.place, each) for each in seen if (days := narrow_days((row := evidence.row(each.event)).event))]
    stops.sort(key=_order)
    return tuple(sorted((*stops, *_stays(evidence, stops)), key=_order))


def _stays(evidence: Evidence, stops: Sequence[Stop]) -> Iterator[Stop]:
    """The stays that begin and end with a row of one agency; the clock goes on from the row that ends one."""
    begun: dict[str, Stop] = {}
    for stop in stops:
        agency, account = stop.sighting.agency, evidence.row(stop.sighting.event)
        if agency in begun and any(cue.plain for cue in account.cued("seen.stay_ends")):
            yield Stop(begun.pop(agency).first, stop.last, stop.place, stop.sighting)
        elif any(cue.plain for cue in account.cued("seen.stay_begins")):
            begun.setdefault(agency, stop)
