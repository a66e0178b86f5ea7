"""A review that is safe to show: every mention replaced by the policy, every date made general, and each change recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anonymise.agencies import AgencyRules, types_of
from anonymise.apply import applied, shifted
from anonymise.changes import Changes
from anonymise.dates import event_date, period
from anonymise.policy import Policy
from anonymise.pseudonyms import pseudonyms_for, real_forms, role_of
from anonymise.recognise import Recognition, recognise_again
from anonymise.rules import RecognitionRules
from anonymise.texts import NamedText
from timeline.case import Case
from timeline.events import Analysis, Event
from timeline.findings.finding import Finding
from timeline.findings.ranking import entries_of
from timeline.people import Key, Replacement
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson, SafeReview, SafeText
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class HidingRules:
    """What hiding goes by beside the policy."""

    recognition: RecognitionRules
    agencies: AgencyRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A review that may leave, and what stays behind: every replacement, the key, and which working id each serial stands for."""

    review: SafeReview
    replacements: tuple[Replacement, ...]
    key: Key
    serials: tuple[tuple[str, str], ...]


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
    case: Case, timeline: Timeline, findings: Sequence[Finding], recognition: Recognition, policy: Policy, rules: HidingRules
) -> Hidden:
    """The review with everyone hidden by the policy. Raises CaseError where a pseudonym that the cast list chose cannot be used."""
    asked = [NamedText(id=f"{each.id}/{part}", text=str(getattr(each, part))) for each in findings for part in ASKED]
    again = recognise_again(asked, recognition, case.agencies, rules.recognition)
    texts = (*texts_to_recognise(case, timeline), *asked)
    pseudonyms = pseudonyms_for(recognition.people, case.reference, rules.recognition)
    types = types_of(case.agencies, rules.agencies)
    changes = Changes(policy, pseudonyms, types, rules.recognition, [*recognition.mentions, *again], texts)
    made = {each.id: changes.of(each) for each in texts}
    serials = _serials(timeline, findings)
    entries = entries_of(findings, len(timeline.events))
    draft = _Draft(
        policy=policy,
        agencies=types.by_name if policy.agencies == "type" else {agency.name: agency.name for agency in case.agencies},
        made=made,
        safe={each.id: SafeText(applied(each.text, made[each.id])) for each in texts},
        serials={working: SafeText(serial) for serial, working in serials},
    )
    review = SafeReview(
        reference=draft.safe["case/reference"],
        kind=case.kind,
        title=draft.safe["case/title"],
        period=SafeText(period(case.period_start, case.period_end, policy.dates)),
        policy=SafeText(policy.name),
        agencies=tuple(SafeText(draft.agencies[agency.name]) for agency in case.agencies),
        people=_people(recognition, pseudonyms, rules.recognition),
        events=tuple(draft.event(each) for each in timeline.events),
        analyses=tuple(draft.analysis(each) for each in timeline.analyses),
        findings=tuple(draft.finding(each, entries.get(each.id, 0)) for each in findings),
        counts=_counts(case, timeline, made, recognition),
    )
    replacements = tuple(each for text in texts for each in made[text.id])
    return Hidden(review=review, replacements=replacements, key=_key(recognition, pseudonyms), serials=serials)


# what a finding says in words; our own sentences, in which people and agencies may be named
ASKED = ("question", "rule", "standard", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What the parts of a safe review are made of."""

    policy: Policy
    agencies: Mapping[str, str]
    made: Mapping[str, tuple[Replacement, ...]]
    safe: Mapping[str, SafeText]
    serials: Mapping[str, SafeText]

    def event(self, given: Event) -> SafeEvent:
        changes = self.made[given.id]
        return SafeEvent(
            id=self.serials[given.id],
            agency=SafeText(self.agencies[given.agency]),
            date=SafeText(event_date(given.when, self.policy.dates)),
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
        shown = period(given.since or given.until, given.until or given.since, self.policy.dates) if given.since and given.until else ""
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
    """Everyone who is named in the texts, by pseudonym."""
    named = {person for person, forms in recognition.forms if forms}
    real = real_forms(recognition.people, rules)
    return tuple(
        SafePerson(pseudonym=SafeText(pseudonyms[person.id]), role=SafeText(role_of(person, real, rules)), kind=person.kind)
        for person in recognition.people
        if person.id in named
    )


def _counts(case: Case, timeline: Timeline, made: Mapping[str, tuple[Replacement, ...]], recognition: Recognition) -> dict[str, int]:
    read = [each for each in timeline.returns if each.status == "read"]
    return {
        "rows_read": sum(each.seen for each in read),
        "events": len(timeline.events),
        "unread": sum(len(each.unread) for each in read),
        "ignored": sum(len(each.ignored) for each in read),
        "agencies": len(case.agencies),
        "people": sum(bool(forms) for _, forms in recognition.forms),
        "hidden": sum(len(changes) for changes in made.values()),
        "doubtful": len(recognition.doubts),
    }


def _key(recognition: Recognition, pseudonyms: Mapping[str, str]) -> Key:
    return Key(
        people=tuple(replace(person, pseudonym=pseudonyms[person.id]) for person in recognition.people),
        pseudonyms=tuple((person.id, pseudonyms[person.id]) for person in recognition.people),
        forms=recognition.forms,
    )
