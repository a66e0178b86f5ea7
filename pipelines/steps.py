"""Each step of a run as a plain function: what the rooms need, handed in as values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anonymise.deciding.decided import Decided, Ground, decided
from anonymise.deciding.form_rows import with_lasting_ids
from anonymise.detecting.apart import make_room
from anonymise.gate.leak_forms import leak_forms
from anonymise.gate.leaks import Leak, leaked_things, leaks, with_leaked
from anonymise.hiding.hide import NOTHING_KNOWN, Hidden, HiddenTexts, Known, hide_texts, texts_to_recognise, with_findings
from anonymise.hiding.quotations import with_quotations
from anonymise.jigsaw.record import risk_of
from anonymise.recognising.recognise import Recognition, recognise
from pipelines.decision_lines import bases_of
from pipelines.review_shown import Reviewed
from pipelines.setting import Setting
from reports.draft import searchable_places
from reports.opened import check_opens
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
from reports.rows import read_rows
from reports.working import Working
from timeline.beside import Side, no_side
from timeline.collecting import collecting_later, give_back
from timeline.decisions import Decision, links, replayed
from timeline.errors import LeakError
from timeline.findings import FINDINGS, find
from timeline.findings.evidence import evidence_from
from timeline.findings.finding import Finding
from timeline.queued import PassageVerdict
from timeline.review_decisions import ReviewDecision, ReviewIds
from timeline.timeline import Timeline
from timeline.views import Views, views_of


def recognise_all(setting: Setting, timeline: Timeline, leaked: Sequence[Leak] = (), beside: Side = no_side) -> Recognition:
    """Everyone and everything named in the review's texts; `leaked` are what the check found left over, known from now on."""
    rules = setting.hiding.recognition
    texts = texts_to_recognise(setting.case, timeline)
    cast = with_leaked(setting.cast, leaked)
    recognition = recognise(texts, cast, setting.case.agencies, setting.detectors, rules, leaked_things(leaked, setting.cast), beside)
    make_room(sum(len(each.text) for each in texts))
    return recognition


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
    """The safe review, every replacement, the key, the queue and the risk; `known` is what was decided on passages, and the events' kinds.

    The queue holds the long quotations of the draft, too, and the safe review what was decided on them. The countdown is the setting's.
    """
    return hide_the_rest(setting, hide_the_texts(setting, timeline, recognition, known.verdicts), findings, known.kinds)


def hide_the_texts(setting: Setting, timeline: Timeline, recognition: Recognition, verdicts: Sequence[PassageVerdict] = ()) -> HiddenTexts:
    """The part of `hide_all` that needs no findings, so that they can be found meanwhile; `verdicts` are what was decided on passages."""
    hidden = hide_texts(setting.case, timeline, recognition, setting.policy, setting.hiding, verdicts)
    read_rows(hidden.events, hidden.analyses, setting.drafting)  # for the drafts
    return hidden


def hide_the_rest(setting: Setting, texts: HiddenTexts, findings: Sequence[Finding], kinds: Mapping[str, tuple[str, ...]]) -> Hidden:
    """What `hide_all` gives, from its first part; `kinds` are those of the events."""
    hidden = with_findings(texts, findings, kinds, setting.countdown)
    return with_quotations(hidden, searchable_places(hidden.review, setting.drafting), texts.timeline.events)


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
        give_back()
    for receipt in RECEIPTS.write(contents, staged / RECEIPTS.folder):
        check_opens(receipt)


def write_anonymised(staged: Path, setting: Setting, hidden: Hidden, beside: Side = no_side) -> None:
    """The pseudonymised records and documents, and the key and replacements beside them."""
    with beside(lambda: _documents(staged, setting, hidden, _is_for_word)) as drafts:
        _documents(staged, setting, hidden, lambda name: not _is_for_word(name))
        write_record(anonymised_json(hidden.review), staged / "anonymised" / "anonymised.json")
        restricted = staged / "restricted"
        write_record(replacements_json(dict(hidden.serials), hidden.replacements), restricted / "replacements.json")
        write_record(key_json(hidden.key), restricted / "key.json")
        write_record(as_json(dict(risk_of(hidden.risk, hidden.queue, hidden.serials))), restricted / "anonymisation-risk.json")
        drafts.result()


def _documents(staged: Path, setting: Setting, hidden: Hidden, wanted: Callable[[str], bool]) -> None:
    for report in ANONYMISED_REPORTS:
        if wanted(report.file) and report.wanted(hidden.review):
            report.write(hidden.review, setting.drafting, staged / report.file)
            check_opens(staged / report.file)
            give_back()


def _is_for_word(name: str) -> bool:
    """Half of the work: the draft takes as long to write and to search as all that is no Word document."""
    return name.endswith(".docx")


ROUNDS = 3  # of hiding what the last gate found: one has been enough for every review so far


@dataclass(frozen=True, slots=True)
class Draft:
    """A review as it may leave, and the decisions that it follows."""

    decided: Decided
    hidden: Hidden


def check(
    staged: Path, setting: Setting, timeline: Timeline, findings: Sequence[Finding], draft: Draft, board: Board, beside: Side = no_side
) -> Draft:
    """The last gate: the anonymised files are written and searched, every part of every one, for every form of a known person or identifier.

    What is found is hidden, whatever was decided, and the files are written once more, and again where hiding brought something else to light;
    gives the draft that was written. LeakError where something is still there.
    """
    found = _written_and_searched(staged, setting, draft, beside)
    known: dict[str, Leak] = {}
    for _ in range(ROUNDS):
        if known.keys() >= {leak.form for leak in found}:
            break  # nothing was found, or what hiding did not help against
        known |= {leak.form: leak for leak in found}
        everything = tuple(known.values())
        again = decide_all(setting, timeline, recognise_all(setting, timeline, everything, beside), board, everything)
        draft = Draft(again, hide_all(setting, timeline, findings, again.to_hide, replace(draft.hidden.known, verdicts=again.passages)))
        found = _written_and_searched(staged, setting, draft, beside, [each.form for each in everything if each.kind == "PERSON"])
    if found:
        places = "; ".join(dict.fromkeys(str(leak) for leak in found[:5]))
        raise LeakError(
            f"{len(found)} known names or identifiers are still in the new anonymised files ({places}): these were thrown away and the "
            "earlier ones kept; look at these people in people.csv, add the forms of their names that are missing, then run again"
        )
    return draft


def _written_and_searched(staged: Path, setting: Setting, draft: Draft, beside: Side, known: Sequence[str] = ()) -> tuple[Leak, ...]:
    """What the last gate finds in the new files; `known` are names that it found before."""
    write_anonymised(staged, setting, draft.hidden, beside)
    forms = leak_forms(draft.decided.to_hide, draft.hidden.review, setting.policy, setting.hiding.recognition, known)
    folder = staged / "anonymised"
    with beside(lambda: leaks(folder, forms, _is_for_word)) as in_drafts:
        return (*leaks(folder, forms, lambda name: not _is_for_word(name)), *in_drafts.result())


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
