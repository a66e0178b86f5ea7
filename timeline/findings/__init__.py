"""The findings: what a reviewer would ask about, a module each, listed in FINDINGS."""

from collections.abc import Callable, Iterator
from datetime import date

from timeline.findings.evidence import Evidence
from timeline.findings.finding import Finding
from timeline.findings.gaps.coverage import coverage
from timeline.findings.gaps.late_recording import late_recording
from timeline.findings.gaps.no_action import no_action
from timeline.findings.gaps.silences import agency_silences, silences
from timeline.findings.handovers.knowledge import unexplained_knowledge
from timeline.findings.handovers.unanswered import unanswered_handovers
from timeline.findings.involvement.agencies import overlapping_involvement
from timeline.findings.involvement.workers import workers_at_once
from timeline.findings.patterns import injuries_before_moving, patterns, plans_started_again
from timeline.findings.same_entry.duplicates import duplicates
from timeline.findings.same_event.discrepancies import discrepancies
from timeline.findings.same_event.proposals import same_events
from timeline.findings.seeing.not_seen import not_seen
from timeline.findings.seeing.voice import voice_missing
from timeline.findings.standards.late import late

# each docstring is printed in the documents as the method statement
FINDINGS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    silences,
    agency_silences,
    coverage,
    not_seen,
    voice_missing,
    no_action,
    late_recording,
    same_events,
    discrepancies,
    unanswered_handovers,
    unexplained_knowledge,
    duplicates,
    overlapping_involvement,
    workers_at_once,
    late,
    patterns,
    plans_started_again,
    injuries_before_moving,
)


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of FINDINGS, then of time, then of the rows that it rests on."""
    found = [finding for rule in FINDINGS for finding in rule(evidence)]
    kinds = list(dict.fromkeys(finding.kind for finding in found))
    places = {account.event.id: account.place for account in evidence.accounts}

    def order(finding: Finding) -> tuple[object, ...]:
        rows = tuple([places[event] for event in finding.events])
        return kinds.index(finding.kind), finding.since or date.max, finding.until or date.max, rows

    return tuple(sorted(found, key=order))
