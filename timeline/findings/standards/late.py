"""Late: steps that came later than a timescale with a source allows."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter

from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.plans import Plan, plans
from timeline.findings.seeing.seen import sightings
from timeline.findings.spans import narrow_days
from timeline.findings.standards.milestones import Milestone, milestones, tells
from timeline.timescales import Timescale
from timeline.wording.words import words_of

_SEEN, _WORKER = "seen-by-social-worker", "social worker"
_earliest = attrgetter("earliest")
_NOT_IN_CASE = frozenset({"incident", "notified", "rapid-review-completed"})  # days of case.toml, not of rows


@dataclass(frozen=True, slots=True)
class _Held:
    """What steps are held against: a timescale, in a review on whose `last` day a step could still have been recorded."""

    evidence: Evidence
    scale: Timescale
    last: date


def late(evidence: Evidence) -> Iterator[Finding]:
    """A step that came later than a timescale allows, or is nowhere recorded though its time ran out inside the period.

    The timescales are those of the review's jurisdiction, of a profile switched on for comparison, or the board's own numbers
    (rules/timescales.toml says what is timed). It is certain where even the last day that the clock can have started and the first day that the
    step can have come are too far apart; a timescale for a plan counts only while the rows show that plan.
    """
    steps = milestones(evidence)
    running = plans(evidence)
    last = min(evidence.case.period_end, max((day for each in evidence.accounts if (day := each.event.when.latest)), default=date.max))
    for scale in evidence.timescales.each:
        held = _Held(evidence, scale, last)
        if scale.after and not {scale.after, scale.until} & _NOT_IN_CASE:
            yield from _after(held, steps)
        elif scale.every == _SEEN:
            for seen in _seen_by_social_worker(evidence):
                yield from _every(held, seen, running[scale.during])
        elif scale.every:
            yield from _every(held, steps.get(scale.every, ()), running[scale.during])


def _after(held: _Held, steps: Mapping[str, Sequence[Milestone]]) -> Iterator[Finding]:
    scale = held.scale
    starts, ends = steps.get(scale.after, ()), steps.get(scale.until, ())
    past = 0  # how many of the ends are over before this start, and so before every later one
    for number, start in enumerate(starts):
        following = starts[number + 1] if number + 1 < len(starts) else None
        if scale.one_row and any(tells(account, scale.until) for account in start.accounts):
            continue  # the row that starts the clock tells the step too
        while past < len(ends) and ends[past].latest < start.earliest:
            past += 1
        ahead = islice(ends, past, None)
        end = next((each for each in ahead if each.latest >= start.earliest and each.event != start.event), None)
        if following and (end is None or following.earliest <= end.earliest):
            continue  # the last one before the end starts the clock
        yield from _held_against(held, start, end)


def _every(held: _Held, steps: Sequence[Milestone], running: Iterable[Plan]) -> Iterator[Finding]:
    for plan in running:
        began = bisect_left(steps, plan.since, key=_earliest)
        during = steps[began : bisect_left(steps, plan.until or date.max, lo=began, key=_earliest)]
        for number, step in enumerate(during):
            following = during[number + 1] if number + 1 < len(during) else None
            if following is None and plan.until and plan.until <= held.scale.within.last_day(step.latest, held.evidence.calendar):
                continue
            yield from _held_against(held, step, following, plan)


def _seen_by_social_worker(evidence: Evidence) -> Iterator[tuple[Milestone, ...]]:
    """For each subject, the rows of the agency that social workers belong to in which the child or adult was seen."""
    words = words_of(_WORKER)
    agency = next((named.agency for named in evidence.names.named(_WORKER, words)), None)
    accounts = {account.event.id: account for account in evidence.accounts}
    by_person: dict[str, list[Milestone]] = {}
    for each in sightings(evidence):
        if each.seen and each.agency == agency and narrow_days(accounts[each.event].event) and each.since and each.until:
            by_person.setdefault(each.person, []).append(Milestone(_SEEN, each.since, each.until, (accounts[each.event],)))
    for seen in by_person.values():
        yield tuple(sorted(seen, key=attrgetter("earliest", "latest")))


def _held_against(held: _Held, start: Milestone, end: Milestone | None, plan: Plan | None = None) -> Iterator[Finding]:
    evidence, scale = held.evidence, held.scale
    if not scale.counts_on(start.earliest) or not evidence.case.period_start <= start.latest <= evidence.case.period_end:
        return
    surely_by = scale.within.last_day(start.latest, evidence.calendar)
    perhaps_by = scale.within.last_day(start.earliest, evidence.calendar)
    stopped = min(held.last, plan.until) if plan and plan.until else held.last
    if end and end.latest > perhaps_by:
        yield _finding(evidence, scale, start, end, end.earliest, "certain" if end.earliest > surely_by else "possible")
    elif end is None and not scale.may_be_missing and stopped > surely_by:
        yield _finding(evidence, scale, start, None, stopped, "possible")


def _finding(evidence: Evidence, scale: Timescale, start: Milestone, end: Milestone | None, until: date, certainty: str) -> Finding:
    since = start.latest if certainty == "certain" else start.earliest
    working_days = evidence.calendar.between(since, until)
    events = (start.event, end.event) if end else (start.event,)
    agencies = tuple(dict.fromkeys(each.event.agency for step in (start, end) if step for each in step.accounts))
    place = f" (for comparison: {scale.comparison}'s timescale)" if scale.comparison else ""
    return Finding(
        id=finding_id("late", scale.id, *events),
        kind="late",
        events=events,
        agencies=agencies,
        since=since,
        until=until,
        days=(until - since).days,
        certainty="certain" if certainty == "certain" else "possible",
        rule=f"late: {scale.what}",
        standard=f"within {scale.within}{place}",
        source=scale.source_in_words,
        question=_question(scale, working_days, place, recorded=end is not None),
        more={
            "timescale": scale.id,
            "within": str(scale.within),
            "working_days": working_days,
            "recorded": end is not None,
            "comparison": scale.comparison,
            "verified": scale.verified,
        },
    )


def _question(scale: Timescale, working_days: int, place: str, *, recorded: bool) -> str:
    if recorded:
        return f"The {scale.what}: {working_days} working days, held against {scale.within}{place}. Was it late, and why?"
    return f"The {scale.what}: none is recorded within {scale.within}{place}. Did it take place, and when?"
