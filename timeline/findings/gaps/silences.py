"""Silences: stretches of the period under review in which nobody, or one agency, recorded anything."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from timeline.dates_in_text import dates_within
from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding

_WIDEST_DAYS = 31  # a row that can mean more than a month ends no silence (contract)
_DECLARED = re.compile(r"\bno\s+(?:\w+\s+){0,2}(?:contacts?|involvement|records?|entries|input|activity)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stretch:
    before: Event
    after: Event
    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days


def silences(evidence: Evidence) -> Iterator[Finding]:
    """No agency recorded anything for more than a set number of days inside the period under review.

    Counted from the last day that the row before can mean to the first day that the row after can mean. Rows that can mean more than 31
    days, or none, end no silence; where one could lie inside, an end is uncertain, or a row or file was not read, it is possible, not certain.
    """
    limit = evidence.case.silence_days
    for stretch in _stretches(evidence, evidence.timeline.events, limit):
        question = (
            f"No agency recorded anything for {stretch.days} days, from {_said(stretch.since)} to {_said(stretch.until)}. "
            "What was happening for the family, and who was in touch with them?"
        )
        yield _finding(evidence, "silence", stretch, (), limit, question)


def agency_silences(evidence: Evidence) -> Iterator[Finding]:
    """An agency that recorded something before and after wrote nothing for more than a set number of days.

    Counted as for all agencies. Where the agency itself says that it had no contact then, the silence is declared.
    """
    limit = evidence.case.agency_silence_days
    for agency in evidence.case.agencies:
        own = [event for event in evidence.timeline.events if event.agency == agency.name]
        for stretch in _stretches(evidence, own, limit):
            question = (
                f"{agency.name} recorded nothing for {stretch.days} days, from {_said(stretch.since)} to {_said(stretch.until)}. "
                "Was there no contact, or was it not recorded?"
            )
            yield _finding(evidence, "agency-silence", stretch, (agency.name,), limit, question)


def _stretches(evidence: Evidence, events: Iterable[Event], limit_days: int) -> Iterator[_Stretch]:
    case = evidence.case
    dated = [(first, last, event) for event in events if (first := event.when.earliest) and (last := event.when.latest)]
    narrow = [each for each in dated if (each[1] - each[0]).days <= _WIDEST_DAYS]
    before: tuple[date, Event] | None = None
    for first, last, event in sorted(narrow, key=lambda each: each[:2]):
        if last < case.period_start or first > case.period_end:
            continue
        if before and (first - before[0]).days > limit_days:
            yield _Stretch(before[1], event, before[0], first)
        if before is None or last >= before[0]:
            before = (last, event)


def _finding(evidence: Evidence, kind: str, stretch: _Stretch, agencies: tuple[str, ...], limit: int, question: str) -> Finding:
    setting = "silence_days" if kind == "silence" else "agency_silence_days"
    names = agencies or tuple(agency.name for agency in evidence.case.agencies)
    return Finding(
        id=finding_id(kind, *agencies, stretch.before.id, stretch.after.id),
        kind=kind,
        events=(stretch.before.id, stretch.after.id),
        agencies=names,
        since=stretch.since,
        until=stretch.until,
        days=stretch.days,
        certainty="possible" if _in_doubt(evidence, stretch, names) else "certain",
        rule=f"{kind}: more than {limit} days between dated rows",
        standard=f"{limit} days",
        source=f"[findings] {setting} of case.toml, or its default",
        question=question,
        more={"declared": _declared(evidence, stretch, names)},
    )


def _in_doubt(evidence: Evidence, stretch: _Stretch, agencies: tuple[str, ...]) -> bool:
    """Whether a row may lie inside: an end is uncertain, a vaguer or undated row could be meant, or something of the agency was not read."""
    if any(event.when.edtf[-1] in "~?%" or event.problems or event.when.assumed for event in (stretch.before, stretch.after)):
        return True
    if any(each.unread or each.status == "rejected" for each in evidence.timeline.returns if each.source.agency in agencies):
        return True
    others = [e.when for e in evidence.timeline.events if e.agency in agencies and e.id not in (stretch.before.id, stretch.after.id)]
    return any(
        when.earliest is None or when.latest is None or (when.earliest < stretch.until and when.latest > stretch.since) for when in others
    )


def _declared(evidence: Evidence, stretch: _Stretch, agencies: tuple[str, ...]) -> bool:
    """Whether a row, or a remark beside the rows, of the agency says that there was no contact at a time inside the stretch."""
    remarks = [row.text for each in evidence.timeline.returns if each.source.agency in agencies for row in (*each.ignored, *each.unread)]
    inside = [e.text for e in evidence.timeline.events if e.agency in agencies and e.id in (stretch.before.id, stretch.after.id)]
    return any(_DECLARED.search(text) and _touches(text, stretch) for text in (*remarks, *inside))


def _touches(text: str, stretch: _Stretch) -> bool:
    spans = [(when.earliest, when.latest) for _, _, when in dates_within(text)]
    return any(first and last and first < stretch.until and last > stretch.since for first, last in spans)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
