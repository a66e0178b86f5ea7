"""A review that is safe to show: every mention replaced by the policy, what may tell hidden or queued, dates made general, each change recorded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from anonymise.agencies import AgencyRules, types_of
from anonymise.apply import applied, shifted
from anonymise.changes import Changes, Standing
from anonymise.dates import DateRule, event_date, period
from anonymise.days import NamedDays
from anonymise.jigsaw.figures import RiskRecord, risk_record
from anonymise.jigsaw.queue import Passages, queue_of
from anonymise.jigsaw.rules import JigsawRules
from anonymise.policy import Policy
from anonymise.pseudonyms import pseudonyms_for, real_forms, role_of
from anonymise.recognise import Recognition, recognise_again
from anonymise.rules import RecognitionRules
from anonymise.texts import NamedText
from timeline.case import Case
from timeline.errors import CaseError
from timeline.events import Analysis, Event
from timeline.findings.finding import Finding
from timeline.findings.ranking import entries_of
from timeline.people import Key, Person, Replacement
from timeline.queued import PassageVerdict, QueuedPassage
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson, SafeReview, SafeText
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class HidingRules:
    """What hiding goes by beside the policy."""

    recognition: RecognitionRules
    agencies: AgencyRules
    named_days: NamedDays
    jigsaw: JigsawRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A review that may leave, and what stays behind: every replacement, the key, which working id each serial stands for, the queue, the risk."""

    review: SafeReview
    replacements: tuple[Replacement, ...]
    key: Key
    serials: tuple[tuple[str, str], ...]
    queue: tuple[QueuedPassage, ...]
    risk: RiskRecord
    known: "Known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What other steps know and hiding uses: what was decided on queued passages, and each event's kinds ("home-visit"), by its id."""

    verdicts: Sequence[PassageVerdict] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_KNOWN = Known()


def texts_to_recognise(case: Case, timeline: Timeline) -> tuple[NamedText, ...]:
    """Every text of a review in which someone may be named before its findings are made: title, reference, events, analyses and their headings."""
    return (
        NamedText(id="case/title", text=case.title),
        NamedText(id="case/reference", text=case.reference),
        *(NamedText(id=each.id, text=each.text, agency=each.agency, cells=each.cells) for each in timeline.events),
        *(NamedText(id=f"{each.id}/heading", text=each.heading, agency=each.source.file.agency) for each in timeline.analyses),
        *(NamedText(id=each.id, text=each.text, agency=each.source.file.agency) for each in timeline.analyses),
    )


def hide(
    case: Case,
    timeline: Timeline,
    findings: Sequence[Finding],
    recognition: Recognition,
    policy: Policy,
    rules: HidingRules,
    known: Known = NOTHING_KNOWN,
) -> Hidden:
    """The review with everyone hidden by the policy, and the queue of what a person decides on.

    Raises CaseError where a pseudonym that the cast list chose cannot be used, or the policy counts time from a day that nobody gave.
    """
    asked = [NamedText(id=f"{each.id}/{part}", text=str(getattr(each, part))) for each in findings for part in ASKED]
    again = recognise_again(asked, recognition, case.agencies, rules.recognition)
    texts = (*texts_to_recognise(case, timeline), *asked)
    mentions = [*recognition.mentions, *again]
    pseudonyms = pseudonyms_for(recognition.people, case.reference, rules.recognition)
    stands = Standing(
        policy=policy,
        pseudonyms=_shown(recognition.people, pseudonyms, policy),
        types=types_of(case.agencies, _widened(rules.agencies, policy)),
        recognition=rules.recognition,
        dates=DateRule(policy.dates, _fixed_point(case, timeline, recognition.people, policy)),
        named_days=rules.named_days,
    )
    queue = _queue(case, timeline, recognition, policy, rules)
    passages = Passages(queue=queue, verdicts={each.passage: each for each in known.verdicts})
    changes = Changes(stands, mentions, texts, passages)
    days = {each.id: each.when.earliest for each in timeline.events}
    made = {each.id: changes.of(each, days.get(each.id)) for each in texts}
    serials = _serials(timeline, findings)
    entries = entries_of(findings, len(timeline.events))
    draft = _Draft(
        dates=stands.dates,
        agencies=stands.types.by_name if policy.agencies == "type" else {agency.name: agency.name for agency in case.agencies},
        made=made,
        safe={each.id: SafeText(applied(each.text, made[each.id])) for each in texts},
        serials={working: SafeText(serial) for serial, working in serials},
    )
    events = tuple(draft.event(each) for each in timeline.events)
    risk = risk_record(timeline.events, events, passages, known.kinds, (policy, rules.jigsaw, case.jurisdiction))
    review = SafeReview(
        reference=draft.safe["case/reference"],
        kind=case.kind,
        title=draft.safe["case/title"],
        period=SafeText(period(case.period_start, case.period_end, stands.dates)),
        policy=SafeText(policy.name),
        agencies=tuple(SafeText(draft.agencies[agency.name]) for agency in case.agencies),
        people=_people(recognition, stands.pseudonyms, rules.recognition),
        events=events,
        analyses=tuple(draft.analysis(each) for each in timeline.analyses),
        findings=tuple(draft.finding(each, entries.get(each.id, 0)) for each in findings),
        counts=_counts(case, timeline, made, recognition) | risk.counts(),
    )
    replacements = tuple(each for text in texts for each in made[text.id])
    return Hidden(
        review=review,
        replacements=replacements,
        key=_key(recognition, pseudonyms),
        serials=serials,
        queue=queue,
        risk=risk,
        known=known,
    )


def _queue(case: Case, timeline: Timeline, recognition: Recognition, policy: Policy, rules: HidingRules) -> tuple[QueuedPassage, ...]:
    """The queue of the events and analyses."""
    ids = {*(each.id for each in timeline.events), *(each.id for each in timeline.analyses)}
    texts = [each for each in texts_to_recognise(case, timeline) if each.id in ids]
    return queue_of(texts, recognition.mentions, policy, (rules.jigsaw, rules.recognition), case.jurisdiction)


def _shown(people: Sequence[Person], pseudonyms: Mapping[str, str], policy: Policy) -> dict[str, str]:
    """What stands for each person in a text: the pseudonym, or a professional's role alone where the policy wants no numbers."""
    if policy.professionals == "number":
        return dict(pseudonyms)
    roles = {person.id for person in people if person.kind == "professional"}
    return {person: f"the {_in_small(re.sub(r' ?[0-9]+$', '', name))}" if person in roles else name for person, name in pseudonyms.items()}


def _in_small(role: str) -> str:
    return " ".join(word if word.isupper() else word.lower() for word in role.split())


def _widened(rules: AgencyRules, policy: Policy) -> AgencyRules:
    """The types of agencies with a wider word for those of which there is only one in the place."""
    return replace(rules, types=tuple((policy.wider_agencies.get(kind, kind), words) for kind, words in rules.types))


def _fixed_point(case: Case, timeline: Timeline, people: Sequence[Person], policy: Policy) -> date | None:
    """The day that time is counted from where the policy wants that; CaseError where nobody gave it."""
    if policy.dates != "since":
        return None
    days = {
        "first-event": min((each.when.earliest for each in timeline.events if each.when.earliest), default=case.period_start),
        "birth": next((person.date_of_birth for person in people if person.kind == "subject" and person.date_of_birth), None),
        "incident": case.incident_on,
        "notified": case.notified_on,
        "referred": case.referred_on,
        "period-start": case.period_start,
    }
    day = days[policy.fixed_point]
    if day is None:
        where = (
            "people.csv has no date_of_birth of a subject" if policy.fixed_point == "birth" else f"case.toml has no {policy.fixed_point}_on"
        )
        raise CaseError(
            f"policy {policy.name}: time is counted from “{policy.fixed_point}”, and {where}; give the day, or choose another point"
        )
    return day


# what a finding says in words; our own sentences, in which people and agencies may be named
ASKED = ("question", "rule", "standard", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What the parts of a safe review are made of."""

    dates: DateRule
    agencies: Mapping[str, str]
    made: Mapping[str, tuple[Replacement, ...]]
    safe: Mapping[str, SafeText]
    serials: Mapping[str, SafeText]

    def event(self, given: Event) -> SafeEvent:
        changes = self.made[given.id]
        return SafeEvent(
            id=self.serials[given.id],
            agency=SafeText(self.agencies[given.agency]),
            date=SafeText(event_date(given.when, self.dates)),
            text=self.safe[given.id],
            cells=tuple((cell.meaning, *shifted(cell.start, cell.end, changes)) for cell in given.cells),
        )

    def analysis(self, given: Analysis) -> SafeAnalysis:
        agency = self.agencies[given.source.file.agency]
        return SafeAnalysis(
            id=self.serials[given.id], agency=SafeText(agency), heading=self.safe[f"{given.id}/heading"], text=self.safe[given.id]
        )

    def finding(self, given: Finding, entry: int) -> SafeFinding:
        said = {part: self.safe[f"{given.id}/{part}"] for part in ASKED}
        shown = period(given.since or given.until, given.until or given.since, self.dates) if given.since and given.until else ""
        return SafeFinding(
            id=self.serials[given.id],
            kind=given.kind,
            events=tuple(self.serials[each] for each in given.events if each in self.serials),
            agencies=tuple(SafeText(self.agencies.get(each, "Agency")) for each in given.agencies),
            period=SafeText(shown),
            certainty=given.certainty,
            entry=entry,
            **said,
        )


def _serials(timeline: Timeline, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """(serial, working id) of events, analyses and findings, numbered in the order in which a reader meets them."""
    events = [(f"E{number:04}", each.id) for number, each in enumerate(timeline.events, 1)]
    analyses = [(f"A{number:04}", each.id) for number, each in enumerate(timeline.analyses, 1)]
    return (*events, *analyses, *((f"F{number:04}", each.id) for number, each in enumerate(findings, 1)))


def _people(recognition: Recognition, pseudonyms: Mapping[str, str], rules: RecognitionRules) -> tuple[SafePerson, ...]:
    """Everyone who is named in the texts, by pseudonym; professionals who go by one role are one."""
    named = {person for person, forms in recognition.forms if forms}
    real = real_forms(recognition.people, rules)
    people = (
        SafePerson(pseudonym=SafeText(pseudonyms[person.id]), role=SafeText(role_of(person, real, rules)), kind=person.kind)
        for person in recognition.people
        if person.id in named
    )
    return tuple(dict.fromkeys(people))


def _counts(case: Case, timeline: Timeline, made: Mapping[str, tuple[Replacement, ...]], recognition: Recognition) -> dict[str, int]:
    read = [each for each in timeline.returns if each.status == "read"]
    return {
        "rows_read": sum(each.seen for each in read),
        "events": len(timeline.events),
        "unread": sum(len(each.unread) for each in read),
        "ignored": sum(len(each.ignored) for each in read),
        "agencies": len(case.agencies),
        "people": sum(bool(forms) for _, forms in recognition.forms),
        "hidden": sum(change.kind != "SPACE" for changes in made.values() for change in changes),
        "doubtful": len(recognition.doubts),
    }


def _key(recognition: Recognition, pseudonyms: Mapping[str, str]) -> Key:
    return Key(
        people=tuple(replace(person, pseudonym=pseudonyms[person.id]) for person in recognition.people),
        pseudonyms=tuple((person.id, pseudonyms[person.id]) for person in recognition.people),
        forms=recognition.forms,
    )
