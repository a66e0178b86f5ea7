"""What working documents draw on: the review with real names, for the author, the panel and the board."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.learning_rules import NO_LEARNING, Learning
from timeline.case import Case
from timeline.countdown import Countdown
from timeline.findings.finding import Finding
from timeline.people import Person
from timeline.timeline import Timeline
from timeline.views import Views

BANNER = "IDENTIFIABLE — for the author, the panel and the board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A review as its working documents show it.

    `methods` are (name of a rule, what it looks for) as the rules themselves say it; documents print them as the method statement. No day
    of making: the same input gives the same bytes. `named` are the names of the people whom each event names, `kinds` the kinds of event that its
    words show, both by event id. `learning` are the words of learning reports, `countdown` the time of a rapid review's panel.
    """

    case: Case
    timeline: Timeline
    findings: tuple[Finding, ...] = ()
    people: tuple[Person, ...] = ()
    methods: tuple[tuple[str, str], ...] = ()
    views: Views = field(default_factory=Views)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learning: Learning = NO_LEARNING
    countdown: Countdown | None = None

    def row_numbers(self) -> dict[str, int]:
        """Each event's row number in this run's timeline, from 1, by id."""
        return {event.id: number for number, event in enumerate(self.timeline.events, start=1)}
