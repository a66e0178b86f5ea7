"""What each feature of the handovers adds: the F1 of unanswered ones, and answered ones flagged, with one feature left out at a time.

Imported by what reads a sample and holds it against its gold answer: `ablation(evidence)` gives the handovers of each variant, `held_against` its
figures.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.handovers.receipts import WEIGHTS
from timeline.findings.handovers.unanswered import Handover, handovers

# what a row of the recipient is weighed by: left out by putting the weights at 0
RECEIPTS: Mapping[str, tuple[str, ...]] = {
    "that it heard from the sender": ("heard", "perhaps_heard"),
    "that it spoke to the sender": ("spoke_that_day", "spoke"),
    "that it names the sender": ("named",),
    "that something came": ("came",),
    "that it heard from another": ("other_source",),
    "how it came": ("same_way", "other_way"),
    "the day, and soon after": ("same_day", "soon_after"),
    "the hour": ("same_hours",),
    "that somebody was called out": ("came_out",),
    "the day named in its words": ("day_told",),
    "the same meeting": ("meeting",),
    "the kind of event": ("kind", "same_event"),
    "people and workers in common": ("person", "worker"),
    "words in common": ("words",),
}


class Figures(NamedTuple):
    """How the unanswered handovers of a sample compare with its gold answer; `flagged` are answered ones called unanswered."""

    f1: float
    recall: float
    precision: float
    flagged: int


def ablation(evidence: Evidence) -> Iterator[tuple[str, tuple[Handover, ...]]]:
    """The handovers with everything, and with one feature left out at a time."""
    yield "everything", handovers(evidence)
    for name, change in READING.items():
        accounts = tuple(change(account) for account in evidence.accounts)
        yield f"without {name}", handovers(dataclasses.replace(evidence, accounts=accounts))
    for name, weights in RECEIPTS.items():
        yield f"without {name}", handovers(evidence, dataclasses.replace(WEIGHTS, **dict.fromkeys(weights, 0.0)))


def held_against(found: tuple[Handover, ...], gold: Mapping[str, Any], gold_ids: Mapping[str, str]) -> Figures:
    """The figures of a sample; `gold_ids` are the gold answer's ids of its rows, by event id. Arguable handovers count for neither side."""
    arguable = {(each["event"], each["to"]) for each in gold.get("handovers_arguable", [])}
    lost = {(each["event"], each["to"]) for each in gold["unmatched_handovers"]}
    flagged = {(gold_ids.get(each.sent.id, ""), each.recipient) for each in found if each.state == "unanswered"} - arguable
    answered = {each["event"] for each in gold["matched_handovers"]} - {event for event, _ in lost | arguable}
    recall, precision = len(flagged & lost) / max(1, len(lost)), len(flagged & lost) / max(1, len(flagged))
    f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return Figures(f1, recall, precision, sum(event in answered for event, _ in flagged))


def _without_roles(account: Account) -> Account:
    named = {(each.start, each.end) for each in account.mentions}
    return dataclasses.replace(account, agencies=tuple(a for a in account.agencies if not a.by_role or (a.start, a.end) in named))


def _without_workers(account: Account) -> Account:
    named = {(each.start, each.end) for each in account.mentions}
    return dataclasses.replace(account, agencies=tuple(a for a in account.agencies if not a.by_role or (a.start, a.end) not in named))


def _without_columns(account: Account) -> Account:
    cells = tuple(dataclasses.replace(cell, meaning="") for cell in account.event.cells)
    return dataclasses.replace(account, event=dataclasses.replace(account.event, cells=cells))


def _without_scope(account: Account) -> Account:
    return dataclasses.replace(account, cues=tuple(cue._replace(denied=False, planned=False) for cue in account.cues))


def _without_passive(account: Account) -> Account:
    return dataclasses.replace(account, cues=tuple(cue for cue in account.cues if cue.name != "handovers.given"))


def _without_papers(account: Account) -> Account:
    left_out = ("handovers.papers", "handovers.gives_to")
    return dataclasses.replace(account, cues=tuple(cue for cue in account.cues if cue.name not in left_out))


# how a row is read: left out by changing what is read of it
READING: Mapping[str, Callable[[Account], Account]] = {
    "agencies named by role": _without_roles,
    "agencies named by a worker": _without_workers,
    "columns (shared with, source)": _without_columns,
    "denials and plans": _without_scope,
    "“GP informed”": _without_passive,
    "“letter to”, “form sent to”": _without_papers,
}
