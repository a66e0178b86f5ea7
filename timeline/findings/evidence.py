"""What findings rest on: the timeline, the case's settings, and what each row says and whom it names."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from timeline.case import Case
from timeline.findings.accounts import Account, account_of
from timeline.patterns import PatternRule
from timeline.people import Mention, Person
from timeline.timeline import Timeline
from timeline.timescales import Timescales
from timeline.wording.agencies import AgencyNames, Role, agency_names
from timeline.wording.cues import Cues
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """All that a finding may look at; what several findings work out from it is worked out once (`once`).

    `accounts` are the rows in the timeline's order; `names` every way to name the review's agencies; `cues` the lists of
    rules/cues/; `people` everyone of the review by id, the cast list's and those proposed;
    `abbreviations` (short form in lower case -> words) and `same_words` (ways to write one thing) come from rules/; `calendar` are the
    working days of the review's place, `timescales` what events are held against; `patterns` the rules of patterns; `decided_links` pairs
    of rows that a person said do, or do not, tell one event.
    """

    case: Case
    timeline: Timeline
    accounts: tuple[Account, ...]
    names: AgencyNames
    cues: Cues
    people: Mapping[str, Person] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    same_words: Lexicon = field(default_factory=lambda: lexicon_of({}))
    calendar: WorkingDays = field(default_factory=WorkingDays)
    timescales: Timescales = field(default_factory=Timescales)
    patterns: tuple[PatternRule, ...] = ()
    decided_links: Mapping[frozenset[str], bool] = field(default_factory=dict)
    _kept: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.accounts) != len(self.timeline.events):
            raise ValueError("every event has one account")

    def once[T, *Given](self, work: "Callable[[Evidence, *Given], T]", *given: *Given) -> T:
        """What `work` gives for this evidence (and a row, or weights), worked out the first time that a finding asks."""
        key = work, *given
        if key not in self._kept:
            self._kept[key] = work(self, *given)
        kept: T = self._kept[key]
        return kept

    def saying(self, *lists: str) -> Sequence[Account]:
        """The rows that hold a phrase of any of these lists of rules/cues/, in the timeline's order."""
        numbers = self.once(_numbers_by_list)
        found = [numbers[each] for each in lists if each in numbers]
        return [self.accounts[number] for number in (found[0] if len(found) == 1 else sorted({n for each in found for n in each}))]

    def row(self, event: str) -> Account:
        """The row of an event, by its id."""
        return self.once(_by_event)[event]


def _numbers_by_list(evidence: Evidence) -> Mapping[str, Sequence[int]]:
    """The rows, by their places in the timeline, that hold a phrase of each list."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, account in enumerate(evidence.accounts):
        for name in account.lists:
            found[name].append(number)
    return dict(found)


def _by_event(evidence: Evidence) -> Mapping[str, Account]:
    return {account.event.id: account for account in evidence.accounts}


def evidence_from(
    *,
    case: Case,
    timeline: Timeline,
    cues: Cues,
    roles: Sequence[Role] = (),
    people: Sequence[Person] = (),
    mentions: Sequence[Mention] = (),
    abbreviations: Mapping[str, str] | None = None,
    same_words: Lexicon | None = None,
    calendar: WorkingDays | None = None,
    timescales: Timescales | None = None,
    patterns: Sequence[PatternRule] = (),
    decided_links: Mapping[frozenset[str], bool] | None = None,
) -> Evidence:
    """The evidence of a review: every row read once for its words, cues, people and agencies."""
    by_id = {person.id: person for person in people}
    by_text: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_text.setdefault(mention.text_id, []).append(mention)
    names, agencies = agency_names(case.agencies, roles), frozenset(agency.name for agency in case.agencies)
    accounts = tuple(
        account_of(event, place, by_text.get(event.id, ()), cues, names, by_id, agencies) for place, event in enumerate(timeline.events)
    )
    return Evidence(
        case=case,
        timeline=timeline,
        accounts=accounts,
        names=names,
        cues=cues,
        people=by_id,
        abbreviations=abbreviations or {},
        same_words=same_words or lexicon_of({}),
        calendar=calendar or WorkingDays(),
        timescales=timescales or Timescales(),
        patterns=tuple(patterns),
        decided_links=decided_links or {},
    )


def finding_id(kind: str, *parts: str) -> str:
    """An id that stays the same over runs while the finding rests on the same rows."""
    return hashlib.blake2b("\0".join((kind, *parts)).encode(), digest_size=6).hexdigest()
