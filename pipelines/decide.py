"""One decision on a finding of the last run, written into the review's log."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pipelines.accounts import this_account
from pipelines.decision_lines import add_decision, basis_of, read_decisions
from pipelines.release.closing import must_be_open
from pipelines.review import Review
from timeline.decisions import VERDICTS, Decision
from timeline.errors import CaseError

_SHORTEST = 4  # characters of an id that may stand for it


def decide(review: Review, finding: str, verdict: str, *, why: str = "", by: str = "", rows: Sequence[str] = ()) -> Decision:
    """Writes the decision down and gives it. CaseError where the finding is not one of the last run's, or the decision can't be made of it.

    `rows` are two events of a same-event finding whose link alone is decided.
    """
    must_be_open(review)
    if verdict not in VERDICTS:
        raise CaseError(f"“{verdict}” is no decision; allowed are {', '.join(VERDICTS)}")
    if verdict == "note" and not why.strip():
        raise CaseError("a note needs its words: give them with --why")
    found = _finding(_record(review, "findings.json")["findings"], finding)
    events = tuple(rows) or tuple(found["events"])
    if rows and (found["kind"] != "same-event" or len(set(rows)) != len(rows) or not set(rows) <= set(found["events"])):
        raise CaseError("--rows names two rows of a same-event finding, by the ids that the finding lists")
    texts = {event["id"]: event["text"] for event in _record(review, "timeline.json")["events"]}
    made = Decision(
        finding=found["id"],
        kind=found["kind"],
        events=events,
        verdict=verdict,
        by=by.strip() or this_account().name or str(this_account()),
        at=datetime.now(UTC).replace(microsecond=0),
        why=why.strip(),
        basis=basis_of(found["events"], texts, review.secret()),
    )
    read_decisions(review.decisions_file)  # a log that was changed is not added to
    add_decision(review.decisions_file, made)
    return made


def _finding(findings: Sequence[dict[str, Any]], wanted: str) -> dict[str, Any]:
    fitting = [each for each in findings if each["id"].startswith(wanted)]
    if len(wanted) < _SHORTEST or len(fitting) != 1:
        what = "several findings have ids that begin so" if len(fitting) > 1 else "no finding of the last run has this id"
        raise CaseError(f"{what}: take the id from the sheet Findings of output/working/timeline.xlsx")
    return fitting[0]


def _record(review: Review, name: str) -> Any:
    try:
        return json.loads((review.output / "working" / name).read_text("utf-8"))
    except (OSError, ValueError):
        raise CaseError(f"output/working/{name} is missing or damaged: run the review first") from None
