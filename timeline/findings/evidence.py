"""What findings rest on: the timeline, the case's settings, and what each row says and whom it names."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from timeline.case import Case
from timeline.findings.accounts import Account, account_of
from timeline.people import Mention, Person
from timeline.timeline import Timeline
from timeline.wording.agencies import Role, agency_names
from timeline.wording.cues import Cues


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a finding may look at.

    `accounts` are the rows in the timeline's order; `people` everyone of the review by id, the cast list's and those proposed;
    `abbreviations` (short form in lower case -> words) come from rules/.
    """

    case: Case
    timeline: Timeline
    accounts: tuple[Account, ...]
    people: Mapping[str, Person] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.accounts) != len(self.timeline.events):
            raise ValueError("every event has one account")


def evidence_from(
    *,
    case: Case,
    timeline: Timeline,
    cues: Cues,
    roles: Sequence[Role] = (),
    people: Sequence[Person] = (),
    mentions: Sequence[Mention] = (),
    abbreviations: Mapping[str, str] | None = None,
) -> Evidence:
    """The evidence of a review: every row read once for its words, cues, people and agencies."""
    by_id = {person.id: person for person in people}
    by_text: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_text.setdefault(mention.text_id, []).append(mention)
    names, agencies = agency_names(case.agencies, roles), frozenset(agency.name for agency in case.agencies)
    accounts = tuple(account_of(event, by_text.get(event.id, ()), cues, names, by_id, agencies) for event in timeline.events)
    return Evidence(case=case, timeline=timeline, accounts=accounts, people=by_id, abbreviations=abbreviations or {})


def finding_id(kind: str, *parts: str) -> str:
    """An id that stays the same over runs while the finding rests on the same rows."""
    return hashlib.blake2b("\0".join((kind, *parts)).encode(), digest_size=6).hexdigest()
