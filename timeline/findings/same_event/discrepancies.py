"""Discrepancies: accounts of one event that differ, each as two rows and the two phrases."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.same_event.clusters import Overlaps, overlaps
from timeline.findings.same_event.differences import DIFFERENCES, Rule
from timeline.findings.same_event.differences.difference import Difference, Pair, Reader, Span
from timeline.findings.same_event.linking import WEIGHTS, Link, Weights

_ENOUGH_TO_COMPARE = 0.6  # weaker than a link that is proposed: a difference between two rows may be what keeps them apart

type _Found = tuple[float, Pair, Difference]


def discrepancies(evidence: Evidence, weights: Weights = WEIGHTS, rules: Sequence[Rule] = DIFFERENCES) -> Iterator[Finding]:
    """Two accounts of one event that differ: about the day, the time, who was there, an injury, whether somebody was seen, the outcome or decision.

    Rows are compared that seem to tell one event (see same events), or nearly. Bounds of dates must exclude one another; the day of a letter
    or of recording is no discrepancy. What is denied or planned, and a bare "not seen" of somebody who was not there, is left out
    (rules/cues/accounts.toml, injuries.toml, outcomes.toml). The same difference in one group of rows is asked once, of the two earliest
    rows that show it.
    """
    for _, pair, difference in sorted(_differences(evidence, weights, rules), key=_order):
        events = (pair.one.event, pair.other.event)
        agencies = tuple(dict.fromkeys(event.agency for event in events))
        yield Finding(
            id=finding_id("discrepancy", difference.about, *(event.id for event in events)),
            kind="discrepancy",
            events=tuple(event.id for event in events),
            agencies=agencies,
            since=min(pair.one.first, pair.other.first),
            until=max(pair.one.last, pair.other.last),
            days=abs((pair.one.first - pair.other.first).days),
            certainty="possible",
            rule=f"discrepancy: two accounts of one event differ about {difference.matter}",
            standard=f"evidence of {weights.enough} that two rows tell one event, or nearly ({_ENOUGH_TO_COMPARE})",
            source="our own rule; words in rules/cues/accounts.toml, injuries.toml and outcomes.toml",
            question=f"{agencies[0]} and {agencies[1]} differ about {difference.matter}. Which account is right, and how did they come to differ?",
            more={
                "about": difference.about,
                "matter": difference.matter,
                "phrases": [_phrase(events[0].id, difference.one), _phrase(events[1].id, difference.other)],
            },
        )


def _order(found: _Found) -> tuple[object, ...]:
    _, pair, difference = found
    return pair.one.first, pair.other.first, pair.one.account.place, pair.other.account.place, difference.about


def _phrase(event: str, place: Span) -> dict[str, object]:
    return {"event": event, "start": place.start, "end": place.end}


def _differences(evidence: Evidence, weights: Weights, rules: Sequence[Rule]) -> Iterator[_Found]:
    """Each difference once in its group, between the two earliest rows that show it; each pair asked once about each matter."""
    asked: set[tuple[frozenset[str], str]] = set()
    for group in _groups(overlaps(evidence, weights), evidence):
        best: dict[tuple[str, str], _Found] = {}
        for score, pair in group:
            for rule in rules:
                for difference in rule(pair):
                    best.setdefault((difference.about, difference.topic), (score, pair, difference))
        for found in best.values():
            key = frozenset((found[1].one.event.id, found[1].other.event.id)), found[2].about
            if key not in asked:
                asked.add(key)
                yield found


def _first_hand(scored: tuple[float, Pair]) -> tuple[int, float]:
    """The pairs whose rows are the earliest first: who was there writes before who was told; then those that have most in common."""
    score, pair = scored
    return pair.one.first.toordinal() + pair.other.first.toordinal(), -score


def _groups(held: Overlaps, evidence: Evidence) -> Iterator[Sequence[tuple[float, Pair]]]:
    """The pairs to compare, group by group: those of each cluster, and each weaker link by itself."""
    reader = Reader(evidence)
    home = {told.event.id: number for number, cluster in enumerate(held.clusters) for told in cluster.tellings}
    scores: defaultdict[frozenset[str], float] = defaultdict(float)
    apart: list[Link] = []
    for link in held.links:
        one, other = link.one.event.id, link.other.event.id
        if one in home and home[one] == home.get(other):
            scores[frozenset((one, other))] = link.score
        elif link.score >= _ENOUGH_TO_COMPARE:
            apart.append(link)
    for cluster in held.clusters:
        pairs = (Pair(one, other, reader, together=True) for one, other in combinations(cluster.tellings, 2) if one.agency != other.agency)
        yield sorted(((scores[frozenset((pair.one.event.id, pair.other.event.id))], pair) for pair in pairs), key=_first_hand)
    for link in apart:
        yield ((link.score, Pair(link.one, link.other, reader, together=False)),)
