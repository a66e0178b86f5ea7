"""Not seen: stretches in which the child or adult of the review was seen in person by nobody, never alone, or not by an agency that asked."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.plans import Plan, plans
from timeline.findings.references import Subject, cast_of
from timeline.findings.seen import Sighting, sightings
from timeline.findings.spans import day_in_words, narrow_days
from timeline.findings.stays import Stop, stops_of

_IN_VAIN = 2  # rows in which an agency asked for the person and did not see them: one missed visit is no pattern
_NOBODY_ASKED = 2  # times the limit, where nobody asked for the person and no plan made anybody ask
_DUTY_ROWS = 2  # rows with visits that an agency is bound to make: one may be told of another agency's
_PLANS = ("protection", "looked-after")  # six weeks is published for children on such a plan
_WITH_OTHERS = 3  # sightings of which none was alone
_SPEAKS_YEARS = 4  # a younger child is not expected to speak to a worker alone

type _Which = Literal["anyone", "agency", "alone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """From the sighting `before` to the one `after` (None: to the day that ends the clock), and the rows that asked in vain in between."""

    before: Sighting
    after: Sighting | None
    since: date
    until: date
    between: tuple[Sighting, ...]

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What rows, all of them or one agency's, say of one subject being seen; `end` is the day that ends the clock."""

    evidence: Evidence
    events: Mapping[str, Event]
    subject: Subject
    sightings: Sequence[Sighting]
    end: date


def not_seen(evidence: Evidence) -> Iterator[Finding]:
    """The child or adult of the review was not seen in person for more than a set number of days.

    A row counts as seen by its column for it, or by words that say so of this person (rules/cues/seen.toml): no access, was not brought, a
    call, a screen, a meeting, a letter and somebody else's word do not stop the clock; a stay in hospital does. From the last day that a sighting
    can mean to the first day that the next can mean; after the last one to the end of the period, or the incident or death before it. Three
    clocks: `anyone`, where somebody asked in vain, a protection or looked-after plan ran, or twice the number of days went by; `agency`, one that
    is bound to visit and asked at least twice in vain while others saw the person; `alone`, where rows record that and the person is four or
    older. Of the last two the longest stretch is shown.
    """
    events = {event.id: event for event in evidence.timeline.events}
    by_person: defaultdict[str, list[Sighting]] = defaultdict(list)
    for each in sightings(evidence):
        by_person[each.person].append(each)
    running = tuple(plan for status in _PLANS for plan in plans(evidence)[status])
    for subject in cast_of(evidence).subjects:
        mine = by_person[subject.id]
        told = _Told(evidence=evidence, events=events, subject=subject, sightings=mine, end=_end(evidence, mine))
        stretches = tuple(_stretches(told, _seen(told), evidence.case.not_seen_days))
        for stretch in stretches:
            if _matters(stretch, running, evidence.case.not_seen_days):
                yield _finding(told, stretch, "anyone", ())
        yield from _by_agency(told, stretches)
        yield from _alone(told)


def _end(evidence: Evidence, told: Iterable[Sighting]) -> date:
    ends = [evidence.case.period_end, *(each.since for each in told if each.value == "died" and each.since)]
    return min([*ends, evidence.case.incident_on] if evidence.case.incident_on else ends)


def _matters(stretch: _Stretch, running: Iterable[Plan], limit_days: int) -> bool:
    """Whether somebody asked for the person in vain, or a plan ran, or the stretch is so long that it matters in any case."""
    planned = any(plan.since < stretch.until and (plan.until is None or plan.until > stretch.since) for plan in running)
    return bool(stretch.between) or planned or stretch.days > _NOBODY_ASKED * limit_days


def _seen(told: _Told) -> tuple[Stop, ...]:
    return stops_of(told.evidence, [each for each in told.sightings if each.seen])


def _by_agency(told: _Told, by_anyone: Sequence[_Stretch]) -> Iterator[Finding]:
    bound = Counter(account.event.agency for account in told.evidence.accounts if any(cue.plain for cue in account.cued("seen.duty")))
    for agency in (each for each, rows in bound.items() if rows >= _DUTY_ROWS):
        own = _Told(
            evidence=told.evidence,
            events=told.events,
            subject=told.subject,
            sightings=[each for each in told.sightings if each.agency == agency],
            end=told.end,
        )
        found = [
            stretch
            for stretch in _stretches(own, _seen(own), told.evidence.case.not_seen_days)
            if len(stretch.between) >= _IN_VAIN and not any(_half_in(stretch, each) for each in by_anyone)
        ]
        if found:
            yield _finding(own, max(found, key=lambda each: (each.days, each.since)), "agency", (agency,))


def _half_in(stretch: _Stretch, other: _Stretch) -> bool:
    shared = (min(stretch.until, other.until) - max(stretch.since, other.since)).days
    return 2 * shared >= stretch.days


def _alone(told: _Told) -> Iterator[Finding]:
    agencies = tuple(dict.fromkeys(each.agency for each in told.sightings if each.value == "alone"))
    own = [each for each in told.sightings if each.agency in agencies]
    alone = [stop for stop in stops_of(told.evidence, [each for each in own if each.value == "alone"]) if _speaks(told.subject, stop.first)]
    others = [stop.first for stop in stops_of(told.evidence, [each for each in own if each.value == "in person"])]
    found = [
        stretch
        for stretch in _stretches(told, alone, told.evidence.case.seen_alone_days)
        if bisect_left(others, stretch.until) - bisect_right(others, stretch.since) >= _WITH_OTHERS
    ]
    if found:
        yield _finding(told, max(found, key=lambda each: (each.days, each.since)), "alone", agencies)


def _speaks(subject: Subject, day: date) -> bool:
    return not subject.born or (day.year - subject.born.year, day.month, day.day) >= (_SPEAKS_YEARS, subject.born.month, subject.born.day)


def _stretches(told: _Told, stops: Iterable[Stop], limit_days: int) -> Iterator[_Stretch]:
    """The stretches of more than `limit_days` from one stop to the next and to the end, inside the period under review."""
    before: Stop | None = None
    for stop in stops:
        if stop.last < told.evidence.case.period_start or stop.first > told.end:
            continue
        if before and (stop.first - before.last).days > limit_days:
            yield _stretch(told, before, stop.sighting, stop.first)
        if before is None or stop.last >= before.last:
            before = stop
    if before and (told.end - before.last).days > limit_days:
        yield _stretch(told, before, None, told.end)


def _stretch(told: _Told, before: Stop, after: Sighting | None, until: date) -> _Stretch:
    between = tuple(
        each
        for each in told.sightings
        if each.asked
        and (days := narrow_days(told.events[each.event]))
        and before.last <= days[0]
        and days[1] <= until
    )
    return _Stretch(before=before.sighting, after=after, since=before.last, until=until, between=between)


def _finding(told: _Told, stretch: _Stretch, which: _Which, agencies: tuple[str, ...]) -> Finding:
    case = told.evidence.case
    setting = "seen_alone_days" if which == "alone" else "not_seen_days"
    ends = (stretch.before, *((stretch.after,) if stretch.after else ()))
    events = dict.fromkeys(each.event for each in (stretch.before, *stretch.between, *ends[1:]))
    return Finding(
        id=finding_id("not-seen", which, *agencies, told.subject.id, *(each.event for each in ends)),
        kind="not-seen",
        events=tuple(events),
        agencies=agencies or tuple(dict.fromkeys(each.agency for each in (*ends, *stretch.between))),
        since=stretch.since,
        until=stretch.until,
        days=stretch.days,
        certainty="possible" if _in_doubt(told, stretch, ends) else "certain",
        rule=f"not-seen: more than {getattr(case, setting)} days between rows that say that the person was seen{_RULE[which]}",
        standard=f"{getattr(case, setting)} days",
        source=f"[findings] {setting} of case.toml, or its default: {_SOURCE[which]}",
        question=_question(told, stretch, which, agencies),
        more={"person": told.subject.id, "clock": which, "asked_in_vain": [each.event for each in stretch.between]},
    )


_RULE = {"anyone": "", "agency": ", by one agency that asked in vain", "alone": " alone"}
_SOURCE = {
    "anyone": "six weeks by any agency (Southwark)",
    "agency": "six weeks (Southwark)",
    "alone": "our own number, twice six weeks, after London's alternate visits",
}


def _question(told: _Told, stretch: _Stretch, which: _Which, agencies: tuple[str, ...]) -> str:
    who = "the child" if told.subject.child else "the adult"
    span = f"for {stretch.days} days, from {day_in_words(stretch.since)} to {day_in_words(stretch.until)}"
    end = "" if stretch.after else ", where the clock ends with no later sighting"
    if which == "alone":
        return f"No row says that {who} was seen alone {span}{end}. Was there a chance to speak away from others, and is it recorded elsewhere?"
    vain = len(stretch.between)
    tried = f" {vain} {'row' if vain == 1 else 'rows'} in between asked in vain." if vain else ""
    if which == "agency":
        return f"No row of {agencies[0]} says that it saw {who} {span}{end}, though others did.{tried} What did the agency do about not seeing {who}?"
    return f"No row says that anyone saw {who} in person {span}{end}.{tried} Who was to see {who}, and who knew that nobody had?"


def _in_doubt(told: _Told, stretch: _Stretch, ends: Sequence[Sighting]) -> bool:
    """Whether the person may have been seen in between, or an end is unsure: its words, its date, or something that was not read."""
    if not all(each.sure for each in ends) or any(_unsure_date(told.events[each.event]) for each in ends):
        return True
    agencies = frozenset(each.agency for each in told.sightings)
    if any(each.unread or each.status == "rejected" for each in told.evidence.timeline.returns if each.source.agency in agencies):
        return True
    return any(_may_be_seen_in(told.events[each.event], each, stretch) for each in told.sightings if each not in ends)


def _unsure_date(event: Event) -> bool:
    return event.when.edtf[-1] in "~?%" or bool(event.problems or event.when.assumed)


def _may_be_seen_in(event: Event, each: Sighting, stretch: _Stretch) -> bool:
    """Whether a row that is vaguer than a month, or tells somebody else's sighting, could be one of the stretch."""
    if not (each.seen or (each.value == "heard" and each.sure)):
        return False
    first, last = event.when.earliest, event.when.latest
    return first is None or last is None or (first < stretch.until and last > stretch.since)
