"""How reviews stand, for programs that watch over them: counts, references and agencies' folders, no name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.nightly.status import Asked, ReviewStatus, Runs
from pipelines.nightly.telling import one_zone, summary_of
from pipelines.outcome import Outcome


def as_json(found: Sequence[ReviewStatus], asked: Asked) -> dict[str, Any]:
    """The statuses as JSON holds them; times ISO 8601 on the board's clock, days left as numbers."""
    return {
        "at": asked.now.astimezone(one_zone(found)).isoformat(),
        "older_than_hours": asked.older_than.total_seconds() / 3600,
        "status": max(each.level for each in found),
        "summary": summary_of(found),
        "reviews": [_review_json(each) for each in found],
    }


def _review_json(status: ReviewStatus) -> dict[str, Any]:
    return {
        "number": status.number,
        "reference": status.reference or None,
        "status": status.level,
        "closed_on": status.closed_on or None,
        "problem": status.problem or None,
        "agencies": [
            {
                "folder": each.folder,
                "state": each.state,
                "asked_on": _day(each.asked_on),
                "due_on": _day(each.due_on),
                "days_left": each.days_left,
            }
            for each in status.agencies
        ],
        "to_do": _counts(status.runs.told) if status.runs else None,
        "runs": _runs_json(status.runs, status.zone) if status.runs else None,
    }


def _counts(told: Outcome | None) -> dict[str, int] | None:
    if told is None:
        return None
    return {
        "files_refused": told.refused,
        "files_to_check": told.unsettled,
        "rows_to_mend": told.to_mend,
        "events_to_check": told.to_check,
        "decisions_open": told.board.waiting,
        "decisions_in_conflict": told.board.conflicts,
        "remarks_on_workbooks": len(told.board.notes),
    }


def _runs_json(runs: Runs, zone: ZoneInfo) -> dict[str, Any]:
    last = runs.last
    return {
        "last_good_at": _time(last.good_at if last else None, zone),
        "last_began_at": _time(last.began_at if last else None, zone),
        "last_ended_at": _time(last.ended_at if last else None, zone),
        "last_ended": ("cut off" if runs.was_cut_off else last.how or None) if last else None,
        "at_work": runs.at_work,
        "too_old": runs.too_old,
    }


def _time(time: datetime | None, zone: ZoneInfo) -> str | None:
    return time.astimezone(zone).isoformat() if time else None


def _day(day: date | None) -> str | None:
    return str(day) if day else None
