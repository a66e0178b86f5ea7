"""What two accounts of one event can differ about, a module each, listed in DIFFERENCES."""

from collections.abc import Callable, Iterator

from timeline.findings.differences.attendance import attendance
from timeline.findings.differences.company import company
from timeline.findings.differences.days import days, times
from timeline.findings.differences.difference import Difference, Pair
from timeline.findings.differences.injuries import injuries
from timeline.findings.differences.outcomes import outcomes
from timeline.findings.differences.sightings import sightings_told

type Rule = Callable[[Pair], Iterator[Difference]]

DIFFERENCES: tuple[Rule, ...] = (times, days, attendance, company, injuries, sightings_told, outcomes)
