"""A review that is safe to show: every mention replaced by the policy, what may tell hidden or queued, dates made general, each change recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from anonymise.hiding.apply import applied, shifted
from anonymise.hiding.changes import Changes
from anonymise.hiding.dates import DateRule, event_date, period
from anonymise.hiding.pseudonyms import pseudonyms_for, real_forms, role_of
from anonymise.hiding.standing import HidingRules, Standing, standing_of
from anonymise.jigsaw.figures import RiskRecord, risk_record
from anonymise.jigsaw.queue import Passages, queue_of
from anonymise.policy import Policy
from anonymise.recognising.recognise import Recognition, recognise_again
from anonymise.rules import RecognitionRules
from anonymise.words.texts import NamedText
from timeline.case import Case
from timeline.countdown import Countdown
from timeline.events import Analysis, Event
from timeline.findings.finding import Finding
from timeline.findings.ranking import entries_of, is_dismissed
from timeline.people import Key, Replacement
from timeline.queued import PassageVerdict, QueuedPassage
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson, SafeReferral, SafeReview, SafeText
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A review that may leave, and what stays behind: every replacement, the key, which working id each serial stands for, the queue, the risk.

    `quotations` are those of the drafts that are long enough to be searched for (`anonymise/hiding/quotations.py`).
    """

    review: SafeReview
    replacements: tuple[Replacement, ...]
    key: Key
    serials: tuple[tuple[str, str], ...]
    queue: tuple[QueuedPassage, ...]
    risk: RiskRecord
    known: "Known"
    quotations: tuple[QueuedPassage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What other steps know and hiding uses: what was decided on queued passages, each event's kinds ("home-visit") by its id, and the time that
    a rapid review's panel has.
    """

    verdicts: Sequence[PassageVerdict] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    countdown: Countdown | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenTexts:
    """A review's own texts with everyone in them hidden: its safe rows, and all that its findings will need to be told in the same way."""

    case: Case
    timeline: Timeline
    recognition: Recognition
    rules: HidingRules
    stands: Standing
    pseudonyms: Mapping[str, str]
    passages: Passages
    changes: Changes
    texts: tuple[NamedText, ...]
    draft: "_Draft"
    events: tuple[SafeEvent, ...]
    analyses: tuple[SafeAnalysis, ...]


def texts_to_recognise(case: Case, timeline: Timeline) -> tuple[NamedText, ...]:
    """Every text of a review in which someone may be named before its findings are made: title, reference, referral, events, analyses and their
    headings.
    """
    return (
        NamedText(id="case/title", text=case.title),
        NamedText(id="case/reference", text=case.reference),
        *(NamedText(id=_answer(question), text=text) for question, text in case.referral.items()),
        *(NamedText(id=each.id, text=each.text, agency=each.agency, cells=each.cells, day=each.when.earliest) for each in timeline.events),
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
    """The review with everyone hidden by the policy, and the queue of what a person decides on. Errors as `hide_texts`."""
    return with_findings(hide_texts(case, timeline, recognition, policy, rules, known.verdicts), findings, known.kinds, known.countdown)


def hide_texts(
    case: Case,
    timeline: Timeline,
    recognition: Recognition,
    policy: Policy,
    rules: HidingRules,
    verdicts: Sequence[PassageVerdict] = (),
) -> HiddenTexts:
    """What a review's texts show when everyone is hidden by the policy: the part of `hide` that needs no findings, and nearly all of its work.

    Raises CaseError where a pseudonym that the cast list chose cannot be used, or the policy counts time from a day that nobody gave.
    """
    texts = texts_to_recognise(case, timeline)
    pseudonyms = pseudonyms_for(recognition.people, case.reference, rules.recognition)
    first_event = min((each.when.earliest for each in timeline.events if each.when.earliest), default=None)
    stands = standing_of(case, first_event, (recognition.people, pseudonyms), policy, rules)
    queue = _queue(case, timeline, recognition, policy, rules)
    passages = Passages(queue=queue, verdicts={each.passage: each for each in verdicts})
    changes = Changes(stands, recognition.mentions, texts, passages)
    days = {each.id: each.when.earliest for each in timeline.events}
    made = {each.id: changes.of(each, days.get(each.id)) for each in texts}
    draft = _Draft(
        dates=stands.dates,
        agencies=stands.types.by_name if policy.agencies == "type" else {agency.name: agency.name for agency in case.agencies},
        made=made,
        safe={each.id: SafeText(applied(each.text, made[each.id])) for each in texts},
        serials={working: SafeText(serial) for serial, working in _serials(case, timeline, ())},
    )
    return HiddenTexts(
        case=case,
        timeline=timeline,
        recognition=recognition,
        rules=rules,
        stands=stands,
        pseudonyms=pseudonyms,
        passages=passages,
        changes=changes,
        texts=texts,
        draft=draft,
        events=tuple(draft.event(each) for each in timeline.events),
        analyses=tuple(draft.analysis(each) for each in timeline.analyses),
    )


def with_findings(
    hidden: HiddenTexts,
    findings: Sequence[Finding],
    kinds: Mapping[str, tuple[str, ...]] | None = None,
    countdown: Countdown | None = None,
) -> Hidden:
    """The whole review, its findings with it; `kinds` and `countdown` as in `Known`."""
    case, timeline, recognition, rules, stands = hidden.case, hidden.timeline, hidden.recognition, hidden.rules, hidden.stands
    policy, passages = stands.policy, hidden.passages
    known = Known(verdicts=tuple(passages.verdicts.values()), kinds=kinds or {}, countdown=countdown)
    asked = [NamedText(id=f"{each.id}/{part}", text=str(getattr(each, part))) for each in findings for part in ASKED]
    hidden.changes.add(recognise_again(asked, recognition, case.agencies, rules.recognition), asked)
    made = {each.id: hidden.changes.of(each) for each in asked}
    serials = _serials(case, timeline, findings)
    entries = entries_of(findings, len(timeline.events))
    draft = replace(
        hidden.draft,
        made={**hidden.draft.made, **made},
        safe={**hidden.draft.safe, **{each.id: SafeText(applied(each.text, made[each.id])) for each in asked}},
        serials={working: SafeText(serial) for serial, working in serials},
    )
    risk = risk_record(timeline.events, hidden.events, passages, known.kinds, (policy, rules.jigsaw, case.jurisdiction))
    review = SafeReview(
        reference=draft.safe["case/reference"],
        kind=case.kind,
        title=draft.safe["case/title"],
        period=SafeText(period(case.period_start, case.period_end, stands.dates)),
        policy=SafeText(policy.name),
        agencies=tuple(SafeText(draft.agencies[agency.name]) for agency in case.agencies),
        people=_people(recognition, stands.pseudonyms, rules.recognition),
        events=hidden.events,
        analyses=hidden.analyses,
        findings=tuple(draft.finding(each, entries.get(each.id, 0)) for each in findings),
        counts=_counts(case, timeline, draft.made, recognition) | risk.counts(),
        referral=draft.referral(case, timeline, known.countdown),
    )
    replacements = tuple(each for text in (*hidden.texts, *asked) for each in draft.made[text.id])
    return Hidden(
        review=review,
        replacements=replacements,
        key=_key(recognition, hidden.pseudonyms),
        serials=serials,
        queue=passages.queue,
        risk=risk,
        known=known,
    )


def _queue(case: Case, timeline: Timeline, recognition: Recognition, policy: Policy, rules: HidingRules) -> tuple[QueuedPassage, ...]:
    """The queue of all that people wrote and the drafts show: title, referral, events, analyses and their headings.

    Findings are in sentences of our own, in which nothing of a row stands but names of agencies.
    """
    texts = [each for each in texts_to_recognise(case, timeline) if each.id != "case/reference"]
    return queue_of(texts, recognition.mentions, policy, (rules.jigsaw, rules.recognition), case.jurisdiction)


# what a finding says in words; our own sentences, in which people and agencies may be named
ASKED = ("question", "rule", "standard", "source")
_WEEK = 7  # days


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
            dismissed=is_dismissed(given),
            about=str(given.more.get("about") or given.more.get("pattern") or ""),
            phrases=tuple(self.phrase(*each) for each in _phrases(given)),
            **said,
        )

    def referral(self, case: Case, timeline: Timeline, countdown: Countdown | None) -> SafeReferral:
        due = countdown.last_day if countdown else None
        days = {"incident": case.incident_on, "notified": case.notified_on, "referred": case.referred_on, "due": due}
        worded = {name: period(day, day, self.dates) for name, day in days.items() if day}
        number = countdown.timescale if countdown else None
        return SafeReferral(
            days={name: SafeText(words) for name, words in worded.items() if words},
            answers={question: self.safe[_answer(question)] for question in case.referral},
            within=str(number.within) if number else "",
            source=number.source_in_words if number else "",
            at_incident=tuple(self.serials[each.id] for each in timeline.events if _at(each, case.incident_on)),
            after_incident=tuple(self.serials[each.id] for each in timeline.events if _after(each, case.incident_on, case.referred_on)),
        )

    def phrase(self, event: str, start: int, end: int) -> tuple[SafeText, int, int]:
        """Where characters of a row's text stand in the draft: offsets count the pseudonymised text."""
        return self.serials[event], *shifted(start, end, self.made[event])


def _phrases(given: Finding) -> Iterator[tuple[str, int, int]]:
    """The words that a finding rests on, as (event, start, end): of both accounts where they differ, of the sender where one handed over."""
    phrases = given.more.get("phrases", ())
    for each in phrases if isinstance(phrases, Sequence) else ():
        yield each["event"], each["start"], each["end"]
    if "start" in given.more:
        yield given.events[0], int(str(given.more["start"])), int(str(given.more["end"]))


def _answer(question: str) -> str:
    """The id of the text with which the referral answers a question."""
    return f"case/referral/{question}"


def _at(event: Event, incident: date | None) -> bool:
    first, last = event.when.earliest, event.when.latest
    return bool(incident and first and last and first <= incident <= last and (last - first).days < _WEEK)


def _after(event: Event, incident: date | None, referred: date | None) -> bool:
    first, last = event.when.earliest, event.when.latest
    return bool(incident and first and last and incident < first and (referred is None or last <= referred))


def _serials(case: Case, timeline: Timeline, findings: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """(serial, working id) of events, analyses, findings and what the referral says, numbered in the order in which a reader meets them."""
    events = [(f"E{number:04}", each.id) for number, each in enumerate(timeline.events, 1)]
    analyses = [(f"A{number:04}", each.id) for number, each in enumerate(timeline.analyses, 1)]
    asked = [(f"F{number:04}", each.id) for number, each in enumerate(findings, 1)]
    return (*events, *analyses, *asked, *((f"R{number:04}", _answer(each)) for number, each in enumerate(case.referral, 1)))


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
