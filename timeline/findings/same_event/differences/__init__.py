"""What two accounts of one event can differ about, a module each, listed in DIFFERENCES."""

from collections.abc import Callable, Iterator

from timeline.findings.same_event.differences.attendance import attendance
from timeline.findings.same_event.differences.company import company
from timeline.findings.same_event.differences.days import days, times
from timeline.findings.same_event.differences.difference import Difference, Pair
from timeline.findings.same_event.differences.injuries import injuries
from timeline.findings.same_event.differences.outcomes import outcomes
from timeline.findings.same_event.differences.sightings import sightings_told

type Rule = Callable[[Pair], Iterator[Difference]]

DIFFERENCES: tuple[Rule, ...] = (times, days, attendance, company, injuries, sightings_told, outcomes)
