"""Overlapping workers: two workers of one agency with the same role at work with the family at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.involvement.work import AT_LEAST_DAYS, WITHIN_DAYS, both_at_work, work_of
from timeline.findings.spans import day_in_words, narrow_days

_EXPLAINED = ("involvement.stands_in", "patterns.change_of_worker")


@dataclass(frozen=True, slots=True)
class _Overlap:
    """The stretch in which the workers `one` and `other` (ids) were both at work, and the rows that show it."""

    days: int
    since: date
    until: date
    workers: tuple[str, str]
    events: tuple[str, ...]


def workers_at_once(evidence: Evidence) -> Iterator[Finding]:
    """Two workers of one agency with the same role were at work with the family at once, and nothing says why.

    Only roles of which a family has one worker at a time (rules/cues/involvement.toml: social worker, health visitor, key worker …; not duty,
    student or manager), as the cast list gives them. At work: named in the agency's own rows of three days or more within eight weeks, both in
    the same stretch, so that one who takes over from the other is not meant. No row of the agency in the stretch names both or tells of a
    handover, leave or cover. One question for each agency and role.
    """
    own: defaultdict[str, list[Account]] = defaultdict(list)
    for account in evidence.accounts:
        own[account.event.agency].append(account)
    for (agency, role), workers in _by_role(evidence).items():
        found = sorted(_overlaps(own[agency], workers), key=lambda each: (-each.days, each.since))
        if found:
            yield _finding(agency, role, found)


def _by_role(evidence: Evidence) -> Mapping[tuple[str, str], Sequence[str]]:
    """The ids of the workers of each agency and role, where there are two or more."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in evidence.people.values():  # in their own order: ids of people whom no list has differ from review to review
        if person.kind == "professional" and person.role:
            _, cues = evidence.cues.read(person.role)
            role = max((person.role[cue.start : cue.end] for cue in cues if cue.name == "involvement.one_at_a_time"), key=len, default="")
            if role and not any(cue.name == "involvement.not_the_one" for cue in cues):
                found[person.agency, role.casefold()].append(person.id)
    return {about: workers for about, workers in found.items() if len(workers) > 1}


def _overlaps(accounts: Sequence[Account], workers: Sequence[str]) -> Iterator[_Overlap]:
    """The stretches in which two of the workers were at work, and no row says why."""
    named: dict[str, list[Account]] = {worker: [] for worker in workers}
    for account in accounts:
        for worker in account.people & named.keys():
            named[worker].append(account)
    work = {worker: work_of(each) for worker, each in named.items()}
    explained = sorted(days[0] for each in accounts if any(each.cued(name) for name in _EXPLAINED) and (days := narrow_days(each.event)))
    for one, other in combinations(workers, 2):
        together = sorted(days[0] for each in named[one] if other in each.people and (days := narrow_days(each.event)))
        for since, until in both_at_work(work[one], work[other]):
            rows = [each.within(since, until) for each in (work[one], work[other])]
            if all(rows) and not any(_any_between(days, since, until) for days in (explained, together)):
                events = tuple(each.event for each in sorted(row for side in rows for row in side))
                yield _Overlap((until - since).days, since, until, (one, other), events)


def _any_between(days: Sequence[date], since: date, until: date) -> bool:
    return bisect_left(days, since) < bisect_right(days, until)


def _finding(agency: str, role: str, found: Sequence[_Overlap]) -> Finding:
    longest = found[0]
    workers = list(dict.fromkeys(worker for each in found for worker in each.workers))
    return Finding(
        id=finding_id("overlapping-involvement", agency, role, *longest.events),
        kind="overlapping-involvement",
        events=longest.events,
        agencies=(agency,),
        since=longest.since,
        until=longest.until,
        days=longest.days,
        certainty="possible",
        rule="overlapping-involvement: workers of one agency and role at work at once",
        standard=f"each named in rows of {AT_LEAST_DAYS} days within {WITHIN_DAYS}",
        source="our own rule and numbers; words in rules/cues/involvement.toml",
        question=(
            f"{agency} names two workers of the same role ({role}) at work with the family from {day_in_words(longest.since)} to "
            f"{day_in_words(longest.until)}. Who was the family's own worker, and did each know what the other did?"
        ),
        more={"how": "workers", "workers": workers, "others": len(found) - 1},
    )
