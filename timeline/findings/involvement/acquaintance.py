"""Acquaintance: when rows show that one agency knew of another's work with the family."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from operator import itemgetter

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.same_event.clusters import overlaps
from timeline.wording.words import words_of

KNOWN_DAYS = 91  # after a sign the agencies still know of each other: the quarter in which plans are reviewed
KNOWN_BEFORE_DAYS = 28  # and so long before it: what a monthly visit finds is written up at the next
_SOCIAL_WORKER = "social worker"

type Days = tuple[date, date]
_last = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """The days, first and last of each stretch and in order, on which two agencies knew of each other or one of the other, by pair."""

    _known: Mapping[frozenset[str], Sequence[Days]]

    def unknown(self, pair: frozenset[str], since: date, until: date) -> Iterator[Days]:
        """The parts of the days since to until, both inclusive, in which no row shows that they knew."""
        known = self._known.get(pair, ())
        for first, last in known[bisect_left(known, since, key=_last) :]:
            if first > until:
                break
            if first > since:
                yield since, first - timedelta(days=1)
            if last >= until:
                return
            since = last + timedelta(days=1)
        yield since, until


def acquaintance(evidence: Evidence) -> Acquaintance:
    """When the agencies of a review knew of each other: one names the other (its name, a role, a worker), in whatever words; one writes of all
    agencies or of a meeting of them, or of what only children's social work does (rules/cues/involvement.toml); or both tell one event.
    """
    signs: defaultdict[frozenset[str], list[Days]] = defaultdict(list)
    everyone = frozenset(each.name for each in evidence.case.agencies)
    social_work = {each.agency for each in evidence.names.named(_SOCIAL_WORKER, words_of(_SOCIAL_WORKER))}
    for account in evidence.accounts:
        about = _about(account)
        for agency in _known_to(account, everyone, social_work) - {account.event.agency}:
            signs[frozenset((account.event.agency, agency))].append(about)
    for cluster in overlaps(evidence).clusters:
        for one, other in combinations(cluster.tellings, 2):
            if one.agency != other.agency:
                signs[frozenset((one.agency, other.agency))] += [_about(one.account), _about(other.account)]
    return Acquaintance({pair: tuple(_merged(days)) for pair, days in signs.items()})


def _known_to(account: Account, everyone: frozenset[str], social_work: set[str]) -> set[str]:
    """The agencies that the writer of a row knows to be at work. To write that one was not told is to know of it too."""
    if any(not cue.denied for cue in account.cued("involvement.together")):
        return set(everyone)
    known = {each.agency for each in account.agencies}
    return known | social_work if account.cued("involvement.social_work") else known


def _about(account: Account) -> Days:
    """The days for which a row's sign holds; all days where the row has no date."""
    first, last = account.event.when.earliest, account.event.when.latest
    if first is None or last is None:
        return date.min, date.max
    before, after = timedelta(days=KNOWN_BEFORE_DAYS), timedelta(days=KNOWN_DAYS)
    return max(date.min + before, first) - before, min(date.max - after, last) + after


def _merged(days: Sequence[Days]) -> Iterator[Days]:
    """Stretches that overlap made one, in order."""
    since, until = min(days)
    for first, last in sorted(days):
        if first > until:
            yield since, until
            since, until = first, last
        until = max(until, last)
    yield since, until
