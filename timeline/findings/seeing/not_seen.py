"""Not seen: stretches in which the child or adult of the review was seen in person by nobody, never alone, or not by an agency that asked."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.plans import Plan, plans
from timeline.findings.seeing.clocks import Stretch, Told, end_of, in_doubt, stretches, told_of
from timeline.findings.seeing.references import Subject, cast_of
from timeline.findings.seeing.seen import Sighting, sightings
from timeline.findings.seeing.stays import Stop, stops_of
from timeline.findings.spans import day_in_words

_IN_VAIN = 2  # rows in which an agency asked for the person and did not see them: one missed visit is no pattern
_NOBODY_ASKED = 2  # times the limit, where nobody asked for the person and no plan made anybody ask
_DUTY_ROWS = 2  # rows with visits that an agency is bound to make: one may be told of another agency's
_PLANS = ("protection", "looked-after")  # six weeks is published for children on such a plan
_WITH_OTHERS = 3  # sightings of which none was alone
_SPEAKS_YEARS = 4  # a younger child is not expected to speak to a worker alone

type _Which = Literal["anyone", "agency", "alone"]


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
    by_status = plans(evidence)
    running = tuple(plan for status in _PLANS for plan in by_status[status])
    for subject in cast_of(evidence).subjects:
        mine = by_person[subject.id]
        told = told_of(evidence, events, subject, mine, end_of(evidence, mine), [agency.name for agency in evidence.case.agencies])
        by_anyone = tuple(stretches(told, _seen(told), evidence.case.not_seen_days))
        for stretch in by_anyone:
            if _matters(stretch, running, evidence.case.not_seen_days):
                yield _finding(told, stretch, "anyone", ())
        yield from _by_agency(told, by_anyone)
        yield from _alone(told)


def _matters(stretch: Stretch, running: Iterable[Plan], limit_days: int) -> bool:
    """Whether somebody asked for the person in vain, or a plan ran, or the stretch is so long that it matters in any case."""
    planned = any(plan.since < stretch.until and (plan.until is None or plan.until > stretch.since) for plan in running)
    return bool(stretch.between) or planned or stretch.days > _NOBODY_ASKED * limit_days


def _seen(told: Told) -> tuple[Stop, ...]:
    return stops_of(told.evidence, [each for each in told.sightings if each.seen])


def _by_agency(told: Told, by_anyone: Sequence[Stretch]) -> Iterator[Finding]:
    bound = Counter(each.event.agency for each in told.evidence.saying("seen.duty") if any(cue.plain for cue in each.cued("seen.duty")))
    for agency in (each for each, rows in bound.items() if rows >= _DUTY_ROWS):
        told_by = [each for each in told.sightings if each.agency == agency]
        own = told_of(told.evidence, told.events, told.subject, told_by, told.end, [agency])
        found = [
            stretch
            for stretch in stretches(own, _seen(own), told.evidence.case.not_seen_days)
            if len(stretch.between) >= _IN_VAIN and not any(_half_in(stretch, each) for each in by_anyone)
        ]
        if found:
            yield _finding(own, max(found, key=lambda each: (each.days, each.since)), "agency", (agency,))


def _half_in(stretch: Stretch, other: Stretch) -> bool:
    shared = (min(stretch.until, other.until) - max(stretch.since, other.since)).days
    return 2 * shared >= stretch.days


def _alone(told: Told) -> Iterator[Finding]:
    agencies = tuple(dict.fromkeys(each.agency for each in told.sightings if each.value == "alone"))
    own = [each for each in told.sightings if each.agency in agencies]
    alone = [stop for stop in stops_of(told.evidence, [each for each in own if each.value == "alone"]) if _speaks(told.subject, stop.first)]
    others = [stop.first for stop in stops_of(told.evidence, [each for each in own if each.value == "in person"])]
    found = [
        stretch
        for stretch in stretches(told, alone, told.evidence.case.seen_alone_days)
        if bisect_left(others, stretch.until) - bisect_right(others, stretch.since) >= _WITH_OTHERS
    ]
    if found:
        yield _finding(told, max(found, key=lambda each: (each.days, each.since)), "alone", agencies)


def _speaks(subject: Subject, day: date) -> bool:
    return not subject.born or (day.year - subject.born.year, day.month, day.day) >= (_SPEAKS_YEARS, subject.born.month, subject.born.day)


def _finding(told: Told, stretch: Stretch, which: _Which, agencies: tuple[str, ...]) -> Finding:
    case = told.evidence.case
    setting = "seen_alone_days" if which == "alone" else "not_seen_days"
    events = dict.fromkeys(each.event for each in (stretch.before, *stretch.between, *stretch.ends[1:]))
    return Finding(
        id=finding_id("not-seen", which, *agencies, told.subject.id, *(each.event for each in stretch.ends)),
        kind="not-seen",
        events=tuple(events),
        agencies=agencies or tuple(dict.fromkeys(each.agency for each in (*stretch.ends, *stretch.between))),
        since=stretch.since,
        until=stretch.until,
        days=stretch.days,
        certainty="possible" if in_doubt(told, stretch, alone=which == "alone") else "certain",
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


def _question(told: Told, stretch: Stretch, which: _Which, agencies: tuple[str, ...]) -> str:
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
