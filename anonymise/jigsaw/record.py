"""restricted/anonymisation-risk.json: the risk with its formula, the intruder test, and every queued passage by its place; no words of a text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from anonymise.jigsaw.figures import RiskRecord
from timeline.queued import QueuedPassage


def risk_of(record: RiskRecord, queue: Sequence[QueuedPassage], serials: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The record: document, formula, kinds, intruder test, and rows by serial, riskiest first."""
    serial_of = {working: serial for serial, working in serials}
    by_row: dict[str, list[QueuedPassage]] = defaultdict(list)
    for passage in queue:
        by_row[passage.text_id].append(passage)
    found = record.intrusion
    return {
        "document": {
            "risk": record.risks.document,
            "if_nothing_were_hidden": record.risks.document_nothing_hidden,
            "rows_at_high_risk": record.high_rows,
        },
        "formula": list(record.formula),
        "kinds": {kind: {"queued": queued, "hidden": hidden} for kind, (queued, hidden) in record.kinds.items()},
        "intruder": {
            "passages": found.passages,
            "linked_by_words": found.by_words,
            "linked_by_date": found.by_date,
            "linked_by_agency_date_and_kind": found.by_combination,
            "linked_together": found.together,
            "expected_by_chance": round(found.by_chance, 2),
            "expected_by_guessing_within_a_date": round(found.by_chance_of_date, 2),
        },
        "rows": [
            {"id": _serial(row, serial_of), "risk": risk, "passages": [_passage(each) for each in by_row[row]]}
            for row, risk in sorted(record.risks.rows.items(), key=lambda item: (-item[1], _serial(item[0], serial_of)))
        ],
    }


def _serial(row: str, serial_of: Mapping[str, str]) -> str:
    """What the drafts call a text: an event's or analysis's serial, "A0001/heading", "case/title"."""
    working, slash, part = row.partition("/")
    return serial_of.get(row) or (f"{serial_of[working]}/{part}" if slash and working in serial_of else row)


def _passage(each: QueuedPassage) -> Mapping[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "start": each.start,
        "end": each.end,
        "risk": each.risk,
        "hidden": each.hidden,
        "why": each.why,
    }
