"""Each step of a run as a plain function: what the rooms need, handed in as values."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from anonymise.agencies import agency_rules_from
from anonymise.days import named_days_from
from anonymise.decided import Decided, Ground, decided
from anonymise.detectors import Detectors, load_detectors
from anonymise.form_rows import with_lasting_ids
from anonymise.hide import NOTHING_KNOWN, Hidden, Known, hide, texts_to_recognise
from anonymise.jigsaw.record import risk_of
from anonymise.jigsaw.rules import jigsaw_from
from anonymise.leak_forms import leak_forms
from anonymise.leaks import Leak, leaked_things, leaks, with_leaked
from anonymise.policy import Policy, policy_from
from anonymise.recognise import Recognition, recognise
from anonymise.rules import Pattern, rules_from
from anonymise.standing import HidingRules
from extractors.apart import Limits, extract_apart, needs_password
from extractors.headings import headings_from
from extractors.reading import Reading
from pipelines.case_file import read_case
from pipelines.decisions import bases_of
from pipelines.intake import Dropped, sha256_of
from pipelines.people_file import read_people
from pipelines.review import Review
from pipelines.review_shown import Reviewed
from pipelines.rule_files import rule, rules_in, texts_of
from pipelines.templates import read_templates
from pipelines.timescales import timescales_of
from pipelines.working_days import working_days
from reports.drafting import Drafting, read_drafting
from reports.learning_rules import read_learning
from reports.opened import check_opens
from reports.rapid_rules import read_rapid_rules
from reports.records import (
    analysis_json,
    anonymised_json,
    as_json,
    findings_json,
    intake_json,
    key_json,
    replacements_json,
    timeline_json,
    tracked_changes_json,
    write_record,
)
from reports.reports import ANONYMISED_REPORTS, RECEIPTS, WORKING_REPORTS
from reports.working import Working
from timeline.case import Case
from timeline.collecting import collecting_later
from timeline.countdown import Countdown, countdown_of
from timeline.decisions import Decision, links, replayed
from timeline.errors import CaseError, LeakError
from timeline.extraction import Extraction
from timeline.findings import FINDINGS, find
from timeline.findings.evidence import evidence_from
from timeline.findings.finding import Finding
from timeline.patterns import PatternRule, patterns_from
from timeline.people import Person
from timeline.review_decisions import ReviewDecision, ReviewIds
from timeline.timeline import Timeline
from timeline.timescales import Timescales
from timeline.views import Views, views_of
from timeline.wording.agencies import Role, roles_from
from timeline.wording.cues import Cues, cues_from
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.working_days import WorkingDays

_CHANGED = "the file was changed while it was read; run again when nobody is writing to it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What board staff and the rules say about a review, read once at the start of a run."""

    case: Case
    cast: tuple[Person, ...]
    readings: Mapping[str, Reading]
    limits: Limits
    hiding: HidingRules
    policy: Policy
    drafting: Drafting
    cues: Cues
    same_words: Lexicon
    roles: tuple[Role, ...]
    calendar: WorkingDays
    timescales: Timescales
    patterns: tuple[PatternRule, ...]

    @property
    def countdown(self) -> Countdown | None:
        """The time that the panel of a rapid review has."""
        return countdown_of(self.case, self.timescales, self.calendar)


def set_up(review: Review) -> Setting:
    """The setting of a review; CaseError where board staff or the rules say something that cannot be."""
    case = read_case(review.case_file)
    headings = headings_from(rule("headings"))
    cues = _read_rules("cues", lambda: cues_from(rules_in("cues")))
    period = (case.period_start, case.period_end)
    return Setting(
        case=case,
        cast=read_people(review.people_file) if review.people_file else (),
        readings={agency.name: Reading(headings=headings, own_headings=agency.headings, period=period) for agency in case.agencies},
        limits=Limits(scratch=review.scratch),
        hiding=HidingRules(
            recognition=rules_from(rule("recognisers"), rule("names"), rule("places"), rule("harmless"), _printed()),
            agencies=agency_rules_from(rule("agency_types")),
            named_days=named_days_from(rule("named_days")),
            jigsaw=jigsaw_from(rule("quasi")),
        ),
        policy=policy_from(rule(f"policies/{case.policy}"), case.jurisdiction),
        drafting=replace(read_drafting(rule("phrases"), rule("abbreviations"), cues), **_more_rules(review, case)),
        cues=cues,
        same_words=_read_rules("same_words", lambda: lexicon_of(rule("same_words"))),
        roles=_read_rules("roles", lambda: roles_from(rule("roles"))),
        calendar=working_days(case.jurisdiction, case.period_start, max(case.period_end, case.referred_on or case.period_end)),
        timescales=timescales_of(case),
        patterns=_read_rules("patterns", lambda: patterns_from(rule("patterns"))),
    )


def _printed() -> Iterator[str]:
    """The texts of the rules that documents print as their method: what stands in them tells of nobody."""
    for name in ("phrases", "abbreviations"):
        yield from texts_of(rule(name))


def _more_rules(review: Review, case: Case) -> dict[str, Any]:
    """The rules of drafts that stand in files of their own, and the board's templates."""
    return {
        "learning": read_learning(rule("learning")),
        "rapid": read_rapid_rules(rule("rapid_review")),
        "templates": read_templates(review, case.templates),
    }


def _read_rules[Rules](name: str, read: Callable[[], Rules]) -> Rules:
    try:
        return read()
    except (KeyError, ValueError, TypeError) as error:
        raise CaseError(f"rules/{name}: {error}; compare with the rules that came with the program") from None


def extract(setting: Setting, dropped: Dropped, passwords: Sequence[str] = ()) -> Extraction:
    """One file as it was read, in a process of its own; the passwords, which are tried one after another, are kept nowhere.

    What was read is what was hashed: a file that was changed in between is rejected.
    """
    if dropped.refused:
        return Extraction(source=dropped.source, status=dropped.status, reason=dropped.refused)
    read = _read(setting, dropped, passwords[0] if passwords else None)
    for password in passwords[1:]:
        if needs_password(read):
            read = _read(setting, dropped, password)
    if sha256_of(dropped.path) != dropped.source.sha256:
        return Extraction(source=dropped.source, status="rejected", reason=_CHANGED)
    return read


def _read(setting: Setting, dropped: Dropped, password: str | None) -> Extraction:
    return extract_apart(dropped.path, dropped.source, setting.readings[dropped.source.agency], setting.limits, password)


def open_with_passwords(
    setting: Setting,
    dropped: Sequence[Dropped],
    read: Sequence[Extraction],
    ask: Callable[[str], str | None],
    read_before: Set[str] = frozenset(),
) -> tuple[Extraction, ...]:
    """The extractions, those that need a password read again with the one that `ask` gives for the file's label; as they were where it gives none.

    CaseError where nobody can be asked for the password of a file that the last run read (its hash is in `read_before`): its rows would
    be gone from the timeline.
    """
    opened: list[Extraction] = []
    missed: list[str] = []
    for each, extraction in zip(dropped, read, strict=True):
        again = extraction
        password: str | None = ""
        while needs_password(again) and (password := ask(each.source.label)):
            again = extract(setting, each, (password,))
        if needs_password(again) and password is None and each.source.sha256 in read_before:
            missed.append(each.source.label)
        opened.append(again)
    if missed:
        raise CaseError(
            f"{', '.join(missed)}: the last run opened this with a password, and none that opens it was given now; its rows would be lost, so "
            "nothing was replaced: run again at a terminal, or with --passwords"
        )
    return tuple(opened)


def recognise_all(setting: Setting, timeline: Timeline, leaked: Sequence[Leak] = ()) -> Recognition:
    """Everyone and everything named in the review's texts; `leaked` are what the check found left over, known from now on."""
    rules = setting.hiding.recognition
    texts = texts_to_recognise(setting.case, timeline)
    cast = with_leaked(setting.cast, leaked)
    return recognise(texts, cast, setting.case.agencies, _detectors(rules.patterns), rules, leaked_things(leaked))


@dataclass(frozen=True, slots=True)
class Board:
    """What the board decided in the review of the anonymisation, and the ids of what it decides on."""

    decisions: tuple[ReviewDecision, ...]
    ids: ReviewIds


NO_DECISIONS = Board((), ReviewIds(b""))


def decide_all(
    setting: Setting, timeline: Timeline, recognition: Recognition, board: Board = NO_DECISIONS, leaked: Sequence[Leak] = ()
) -> Decided:
    """The recognition as the board decided it; `leaked` are what the check found left over, which no decision lets out."""
    ground = Ground(
        ids=board.ids,
        reference=setting.case.reference,
        rules=setting.hiding.recognition,
        leaked=tuple(each.form for each in leaked),
    )
    return decided(with_lasting_ids(recognition, board.ids), texts_to_recognise(setting.case, timeline), board.decisions, ground)


@cache
def _detectors(patterns: tuple[Pattern, ...]) -> Detectors:
    """The models, loaded once a process: a few seconds."""
    return load_detectors(patterns)


@dataclass(frozen=True, slots=True)
class Found:
    """What the find step gives: the findings, what an author looks at as a whole, and whom and what kinds of event each row names."""

    findings: tuple[Finding, ...]
    views: Views
    named: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]


@collecting_later()
def find_all(
    setting: Setting, timeline: Timeline, recognition: Recognition, decisions: Sequence[Decision] = (), secret: bytes = b""
) -> Found:
    """Every finding, with what people decided on it, and the views; who is named where tells which rows share people."""
    evidence = evidence_from(
        case=setting.case,
        timeline=timeline,
        cues=setting.cues,
        same_words=setting.same_words,
        roles=setting.roles,
        people=recognition.people,
        mentions=recognition.mentions,
        abbreviations={short.casefold(): words for short, words in setting.drafting.abbreviations.items()},
        calendar=setting.calendar,
        timescales=setting.timescales,
        patterns=setting.patterns,
        decided_links=links(decisions),
    )
    findings = find(evidence)
    bases = bases_of(findings, {event.id: event.text for event in timeline.events}, secret)
    kinds = {each.event.id: tuple(sorted(each.kinds)) for each in evidence.accounts}
    return Found(replayed(findings, decisions, bases), views_of(evidence), _named(recognition), kinds)


def _named(recognition: Recognition) -> Mapping[str, tuple[str, ...]]:
    """The names of the people whom each text names, in the order of the cast."""
    met: dict[str, set[str]] = {}
    for mention in recognition.mentions:
        if mention.person:
            met.setdefault(mention.text_id, set()).add(mention.person)
    return {text: tuple(person.name for person in recognition.people if person.id in named) for text, named in met.items()}


def hide_all(
    setting: Setting, timeline: Timeline, findings: Sequence[Finding], recognition: Recognition, known: Known = NOTHING_KNOWN
) -> Hidden:
    """The safe review, every replacement, the key, the queue and the risk; `known` is what was decided on passages, and the events' kinds."""
    return hide(setting.case, timeline, findings, recognition, setting.policy, setting.hiding, known)


def write_working(staged: Path, setting: Setting, timeline: Timeline, found: Found) -> None:
    """The identifiable records and documents."""
    working = staged / "working"
    write_record(timeline_json(setting.case, timeline), working / "timeline.json")
    write_record(intake_json(timeline.returns), working / "intake.json")
    write_record(analysis_json(timeline.analyses), working / "analysis.json")
    write_record(findings_json(found.findings), working / "findings.json")
    write_record(tracked_changes_json(timeline), working / "tracked-changes.json")
    methods = tuple((rule_of.__name__.replace("_", " "), (rule_of.__doc__ or "").strip()) for rule_of in FINDINGS)
    methods += (("timescales", setting.timescales.note),) if setting.timescales.note else ()
    contents = Working(
        case=setting.case,
        timeline=timeline,
        findings=found.findings,
        people=setting.cast,
        methods=methods,
        views=found.views,
        named=found.named,
        kinds=found.kinds,
        learning=setting.drafting.learning,
        countdown=setting.countdown,
    )
    for report in WORKING_REPORTS:
        report.write(contents, staged / report.file)
        check_opens(staged / report.file)
    for receipt in RECEIPTS.write(contents, staged / RECEIPTS.folder):
        check_opens(receipt)


def write_anonymised(staged: Path, setting: Setting, hidden: Hidden) -> None:
    """The pseudonymised records and documents, and the key and replacements beside them."""
    write_record(anonymised_json(hidden.review), staged / "anonymised" / "anonymised.json")
    for report in ANONYMISED_REPORTS:
        if report.wanted(hidden.review):
            report.write(hidden.review, setting.drafting, staged / report.file)
            check_opens(staged / report.file)
    restricted = staged / "restricted"
    write_record(replacements_json(dict(hidden.serials), hidden.replacements), restricted / "replacements.json")
    write_record(key_json(hidden.key), restricted / "key.json")
    write_record(as_json(dict(risk_of(hidden.risk, hidden.queue, hidden.serials))), restricted / "anonymisation-risk.json")


@dataclass(frozen=True, slots=True)
class Draft:
    """A review as it may leave, and the decisions that it follows."""

    decided: Decided
    hidden: Hidden


def check(staged: Path, setting: Setting, timeline: Timeline, findings: Sequence[Finding], draft: Draft, board: Board) -> Draft:
    """The last gate: the anonymised files are written and searched, every part of every one, for every form of a known person or identifier.

    What is found is hidden, whatever was decided, and the files are written once more; gives the draft that was written. LeakError where
    it is still there.
    """
    found = _written_and_searched(staged, setting, draft)
    if found:
        again = decide_all(setting, timeline, recognise_all(setting, timeline, found), board, found)
        known = replace(draft.hidden.known, verdicts=again.passages)
        draft = Draft(again, hide_all(setting, timeline, findings, again.to_hide, known))
        found = _written_and_searched(staged, setting, draft)
    if found:
        places = "; ".join(dict.fromkeys(str(leak) for leak in found[:5]))
        raise LeakError(
            f"{len(found)} known names or identifiers are still in the new anonymised files ({places}): these were thrown away and the "
            "earlier ones kept; look at these people in people.csv, add the forms of their names that are missing, then run again"
        )
    return draft


def _written_and_searched(staged: Path, setting: Setting, draft: Draft) -> tuple[Leak, ...]:
    write_anonymised(staged, setting, draft.hidden)
    forms = leak_forms(draft.decided.to_hide, draft.hidden.review, setting.policy, setting.hiding.recognition)
    return leaks(staged / "anonymised", forms)


def reviewed(setting: Setting, timeline: Timeline, draft: Draft, board: Board) -> Reviewed:
    """What the board reviews of a run."""
    return Reviewed(
        case=setting.case,
        timeline=timeline,
        texts=texts_to_recognise(setting.case, timeline),
        decided=draft.decided,
        hidden=draft.hidden,
        rules=setting.hiding.recognition,
        ids=board.ids,
    )
