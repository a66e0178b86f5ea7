"""Groups of rows that tell one event: the strongest links first, and a group only grows while its rows hold together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline.findings.evidence import Evidence
from timeline.findings.same_event.linking import WEIGHTS, Link, Weights, links
from timeline.findings.same_event.tellings import Telling, tellings


@dataclass(frozen=True, slots=True)
class Cluster:
    """Rows that tell one event, in order of time, and what they share."""

    tellings: tuple[Telling, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """What the rows of a review have in common: every link, the strongest first, and the groups that the links make."""

    links: tuple[Link, ...]
    clusters: tuple[Cluster, ...]


def overlaps(evidence: Evidence, weights: Weights = WEIGHTS) -> Overlaps:
    """The links and clusters of a review, by what rows share and by what a person has decided."""
    return evidence.once(_overlaps, weights)


def _overlaps(evidence: Evidence, weights: Weights) -> Overlaps:
    found = links(tellings(evidence), weights, evidence.decided_links)
    return Overlaps(found, clusters(found, weights))


def clusters(found: Sequence[Link], weights: Weights = WEIGHTS) -> tuple[Cluster, ...]:
    """The groups that links of `enough` or more make, each of rows that hold together by `enough_together` on average.

    A pair that shares nothing counts as 0, a pair of one agency as `one_agency`.
    """
    strong = [link for link in found if link.score >= weights.enough]
    linked = {each.event.id for link in strong for each in (link.one, link.other)}
    scores = {
        frozenset((one, other)): link.score
        for link in found
        if (one := link.one.event.id) in linked and (other := link.other.event.id) in linked
    }
    home: dict[str, int] = {}
    members: dict[int, tuple[Telling, ...]] = {}
    reasons: dict[int, tuple[str, ...]] = {}
    for number, link in enumerate(strong):
        groups = [home.get(each.event.id) for each in (link.one, link.other)]
        if groups[0] is not None and groups[0] == groups[1]:
            continue
        sides = [(each,) if group is None else members[group] for each, group in zip((link.one, link.other), groups, strict=True)]
        if _together(sides[0], sides[1], scores, weights) < weights.enough_together:
            continue
        said = [reason for group in groups if group is not None for reason in reasons[group]]
        for group in groups:
            if group is not None:
                del members[group], reasons[group]
        members[number], reasons[number] = (*sides[0], *sides[1]), tuple(dict.fromkeys((*said, *link.reasons)))
        home.update({each.event.id: number for each in members[number]})
    return tuple(Cluster(_in_order(told), reasons[number]) for number, told in members.items())


def _together(some: Sequence[Telling], others: Sequence[Telling], scores: Mapping[frozenset[str], float], weights: Weights) -> float:
    """How much, on average, says that a row of one side and a row of the other tell one event."""
    pairs = [
        scores.get(frozenset((one.event.id, other.event.id)), weights.one_agency if one.agency == other.agency else 0.0)
        for one in some
        for other in others
    ]
    return sum(pairs) / len(pairs)


def _in_order(told: Sequence[Telling]) -> tuple[Telling, ...]:
    return tuple(sorted(told, key=lambda each: (each.first, each.event.time or "", each.agency, each.account.place)))
