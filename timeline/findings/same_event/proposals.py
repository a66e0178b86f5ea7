"""Same event: rows of several agencies that seem to tell one event, proposed with what they share."""

from collections.abc import Iterator

from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.same_event.clusters import overlaps
from timeline.findings.same_event.linking import WEIGHTS, Weights


def same_events(evidence: Evidence, weights: Weights = WEIGHTS) -> Iterator[Finding]:
    """Rows of different agencies that seem to tell the same event.

    Weighed: the dates' bounds and the days named in the words ("yesterday", "letter dated 27/09"), the time, the kind of event
    (rules/cues/kinds.toml), who is named and how rarely, which agency a row names, and the rarer words that both use. Rows form a group
    only while they hold together on average. A link is a proposal: the author decides, and the rows stay apart in the timeline.
    """
    for cluster in overlaps(evidence, weights).clusters:
        events = [told.event for told in cluster.tellings]
        agencies = tuple(dict.fromkeys(event.agency for event in events))
        since, until = min(told.first for told in cluster.tellings), max(told.last for told in cluster.tellings)
        yield Finding(
            id=finding_id("same-event", *(event.id for event in events)),
            kind="same-event",
            events=tuple(event.id for event in events),
            agencies=agencies,
            since=since,
            until=until,
            days=(max(told.first for told in cluster.tellings) - since).days,
            certainty="possible",
            rule="same-event: near dates, and what the rows share",
            standard=f"evidence of {weights.enough} between two rows, and of {weights.enough_together} on average in a group",
            source="our own rule; words in rules/cues/kinds.toml and days.toml",
            question=f"Do these rows of {_listed(agencies)} tell the same event? They share: {', '.join(cluster.reasons)}.",
            more={"reasons": list(cluster.reasons)},
        )


def _listed(agencies: tuple[str, ...]) -> str:
    return f"{', '.join(agencies[:-1])} and {agencies[-1]}"
