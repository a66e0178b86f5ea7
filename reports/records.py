"""The machine-readable files of a review: each function gives one file's text, the same for the same input."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from timeline.case import Agency, Case
from timeline.events import Analysis, EarlierRow, Entry, Event
from timeline.extraction import Difference, Extraction, SetAside
from timeline.findings.finding import Finding
from timeline.marked import MarkedSpan
from timeline.people import Key, Replacement
from timeline.safe import SafeReview
from timeline.sources import SourceFile, SourceRef
from timeline.timeline import Timeline

type Record = dict[str, object]
_HALF_PAIRS = re.compile("[\ud800-\udfff]")
_JSON = json.JSONEncoder(ensure_ascii=False).encode


def timeline_json(case: Case, timeline: Timeline) -> str:
    """working/timeline.json: the case and every event in timeline order."""
    return as_json({"case": _case(case), "events": [_event(event) for event in timeline.events]})


def intake_json(returns: Iterable[Extraction]) -> str:
    """working/intake.json: each file that was dropped, what became of its rows, and why."""
    return as_json({"files": [_file(each) for each in sorted(returns, key=lambda each: each.source.path)]})


def analysis_json(analyses: Iterable[Analysis]) -> str:
    """working/analysis.json: the prose that agencies sent beside their rows."""
    return as_json({"analyses": [_analysis(each) for each in analyses]})


def tracked_changes_json(timeline: Timeline) -> str:
    """working/tracked-changes.json: every inserted, deleted, moved, hidden or struck span, those of no event with null for it."""
    own = [
        {"event": event.id, "agency": event.agency, **_marked(span, event.source.file)}
        for event in timeline.events
        for span in event.marked
    ]
    returns = sorted(timeline.returns, key=lambda each: each.source.path)
    rest = [{"event": None, "agency": each.source.agency, **_marked(span, each.source)} for each in returns for span in each.marked]
    return as_json({"tracked_changes": own + rest})


def findings_json(findings: Iterable[Finding]) -> str:
    """working/findings.json: each finding with what its kind adds; `from` and `to` are its first and last day."""
    return as_json({"findings": [_finding(each) for each in findings]})


def anonymised_json(safe: SafeReview) -> str:
    """anonymised/anonymised.json: the safe review under serials."""
    case = {
        "reference": safe.reference,
        "kind": safe.kind,
        "title": safe.title,
        "period": safe.period,
        "policy": safe.policy,
        "agencies": list(safe.agencies),
        "people": [asdict(person) for person in safe.people],
        "counts": dict(sorted(safe.counts.items())),
    }
    events = [{"id": event.id, "agency": event.agency, "date": event.date, "text": event.text} for event in safe.events]
    return as_json(
        {
            "case": case,
            "events": events,
            "analyses": [asdict(each) for each in safe.analyses],
            "findings": [asdict(each) for each in safe.findings],
        }
    )


def replacements_json(serials: Mapping[str, str], replacements: Iterable[Replacement]) -> str:
    """restricted/replacements.json: each serial's working id, and every change that hiding made, by text and place in it."""
    ordered = sorted(replacements, key=lambda each: (each.text_id, each.start, each.end))
    return as_json({"serials": dict(sorted(serials.items())), "replacements": [_replacement(each) for each in ordered]})


def key_json(key: Key) -> str:
    """restricted/key.json: who is who, with every form of the name that was found."""
    pseudonyms, forms = dict(key.pseudonyms), dict(key.forms)
    return as_json(
        {
            "people": [
                {
                    "id": person.id,
                    "name": person.name,
                    "also_known_as": list(person.also_known_as),
                    "date_of_birth": _day(person.date_of_birth),
                    "role": person.role,
                    "kind": person.kind,
                    "agency": person.agency,
                    "in_cast": person.in_cast,
                    "pseudonym": pseudonyms.get(person.id, ""),
                    "forms": list(forms.get(person.id, ())),
                }
                for person in key.people
            ]
        }
    )


def as_json(record: Record) -> str:
    """The record as JSON text with a final newline; half a surrogate pair is written as its escape, which UTF-8 alone could not hold.

    What a list or an object of the record holds stands on a line each, so that two records can be compared by lines; Python indents further
    only with a writer of its own, which takes half as long again.
    """
    text = ",\n".join(f"{_JSON(name)}: {_by_lines(held)}" for name, held in record.items())
    return _HALF_PAIRS.sub(lambda match: f"\\u{ord(match[0]):04x}", f"{{{text}}}\n")


def _by_lines(held: object) -> str:
    if isinstance(held, list) and held:
        return "[\n" + ",\n".join(map(_JSON, held)) + "\n]"
    if isinstance(held, dict) and held:
        return "{\n" + ",\n".join(_JSON({name: each})[1:-1] for name, each in held.items()) + "\n}"
    return _JSON(held)


def write_record(text: str, path: Path) -> None:
    """Write a record's text to `path` as UTF-8 with plain newlines."""
    path.write_bytes(text.encode("utf-8"))


def _case(case: Case) -> Record:
    return {
        "reference": case.reference,
        "kind": case.kind,
        "title": case.title,
        "period_start": _day(case.period_start),
        "period_end": _day(case.period_end),
        "jurisdiction": case.jurisdiction,
        "timezone": case.timezone,
        "incident_on": _day(case.incident_on),
        "notified_on": _day(case.notified_on),
        "referred_on": _day(case.referred_on),
        "referral": dict(case.referral),
        "agencies": [_agency(each) for each in case.agencies],
        "silence_days": case.silence_days,
        "agency_silence_days": case.agency_silence_days,
        "policy": case.policy,
    }


def _agency(agency: Agency) -> Record:
    asked_on, due_on = _day(agency.asked_on), _day(agency.due_on)
    return {"name": agency.name, "folder": agency.folder, "aliases": list(agency.aliases), "asked_on": asked_on, "due_on": due_on}


def _event(event: Event) -> Record:
    return {
        "id": event.id,
        "agency": event.agency,
        "date": event.when.edtf,
        "earliest": _day(event.when.earliest),
        "latest": _day(event.when.latest),
        "date_as_written": event.when.as_written,
        "assumed": list(event.when.assumed),
        "time": event.time,
        "text": event.text,
        "fields": event.fields(),
        "source": _source(event.source),
        "problems": list(event.problems),
        "marked": [_marked(span) for span in event.marked],
        "changed_from": _earlier(event.changed_from),
    }


def _earlier(row: EarlierRow | None) -> Record | None:
    """What a changed row said before; its source is null where only an earlier run knew it."""
    if row is None:
        return None
    source = {"file": row.file, "where": row.where} if row.file else None
    return {"date": row.when.edtf, "date_as_written": row.when.as_written, "time": row.time, "text": row.text, "source": source}


def _marked(span: MarkedSpan, file: SourceFile | None = None) -> Record:
    """A marked span, with its file where nothing else names it."""
    source: Record = {"source": {"file": file.path, "sha256": file.sha256, "where": span.where}} if file else {"where": span.where}
    about = {"kind": span.kind, "words": span.words, "before": span.before, "start": span.start, "end": span.end}
    return {**about, "whole_row": span.whole_row, **source}


def _source(source: SourceRef) -> Record:
    return {"file": source.file.path, "sha256": source.file.sha256, "where": source.where}


def _file(each: Extraction) -> Record:
    rows = {"seen": each.seen, "events": len(each.entries), "unread": len(each.unread), "ignored": len(each.ignored)}
    return {
        "file": each.source.path,
        "label": each.source.label,
        "sha256": each.source.sha256,
        "agency": each.source.agency,
        "status": each.status,
        "reason": each.reason,
        "rows": rows,
        "unread": _set_aside(each.unread),
        "ignored": _set_aside(each.ignored),
        "notes": list(each.notes),
        "problems": list(each.problems),
        "differences": [_difference(difference) for difference in each.differences],
    }


def _difference(difference: Difference) -> Record:
    return {
        "earlier": difference.earlier.path,
        "later": difference.later.path,
        "kind": difference.kind,
        "same": difference.same,
        "changed": [{"before": _row(before), "after": _row(after)} for before, after in difference.changed],
        "added": [_row(entry) for entry in difference.added],
        "gone": [_row(entry) for entry in difference.gone],
    }


def _row(entry: Entry) -> Record:
    return {"date": entry.when.edtf, "time": entry.time, "text": entry.text, "where": entry.source.where}


def _set_aside(rows: Sequence[SetAside]) -> list[Record]:
    return [{"where": row.where, "text": row.text, "reason": row.reason} for row in rows]


def _analysis(each: Analysis) -> Record:
    return {"id": each.id, "agency": each.source.file.agency, "heading": each.heading, "text": each.text, "source": _source(each.source)}


def _finding(each: Finding) -> Record:
    record: Record = {
        "id": each.id,
        "kind": each.kind,
        "events": list(each.events),
        "agencies": list(each.agencies),
        "from": _day(each.since),
        "to": _day(each.until),
        "days": each.days,
        "certainty": each.certainty,
        "rule": each.rule,
        "standard": each.standard,
        "source": each.source,
        "question": each.question,
    }
    if taken := record.keys() & each.more.keys():
        raise ValueError(f"a finding of kind {each.kind} adds what every finding has: {sorted(taken)}")
    return record | dict(each.more)


def _replacement(each: Replacement) -> Record:
    return {
        "in": each.text_id,
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "type": each.kind,
        "person": each.person,
        "replacement": each.replacement,
        "recogniser": each.found_by,
        "score": each.score,
        "decision": each.decision,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
