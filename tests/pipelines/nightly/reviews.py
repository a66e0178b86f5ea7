"""Reviews on the disk as a night of runs leaves them, made without running anything."""

import json
from datetime import UTC, datetime, timedelta

from pipelines.nightly.last_run import FILE, GOOD
from pipelines.nightly.status import Asked
from pipelines.outcome import BoardTold, Outcome, Returned, as_record
from pipelines.review import open_review

NOW = datetime(2031, 7, 5, 6, 30, tzinfo=UTC)
ASKED = Asked(NOW, timedelta(hours=26))
CASE = """
[case]
reference = "{reference}"
kind = "scr"
title = "About Marisol Tregarthen"
period_start = 2019-01-01
period_end = 2019-12-31
jurisdiction = "jersey"
[[agency]]
name = "Police"
folder = "police"
[[agency]]
name = "Dr Quillfeather's Surgery"
folder = "gp"
{gp}
"""


def returned(label, status="read", unread=0, *, is_open=False):
    return Returned(label=label, status=status, reason="", events=0 if status != "read" else 5, unread=unread, ignored=0, is_open=is_open)


def told(*returns, to_check=0, waiting=0, conflicts=0, notes=()):
    board = BoardTold(waiting=waiting, conflicts=conflicts, notes=notes)
    return Outcome(reference="R", returns=returns, events=5, findings=2, to_check=to_check, board=board)


def make(folder, reference="SCR-1", *, files=("police", "gp"), gp="", outcome=None, ended=None, how=GOOD, good=None):
    """A review with a file in each of these folders, what its last good run told, and how and when its last run ended."""
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE.format(reference=reference, gp=gp), "utf-8")
    (folder / "intake").mkdir()
    for each in files:
        path = folder / "intake" / each / "Marisol Tregarthen.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text("Marisol Tregarthen")
    review = open_review(folder)
    review.secret()
    if outcome:
        (folder / "output" / "restricted").mkdir(parents=True)
        (folder / "output" / "restricted" / "inputs.json").write_text(json.dumps({"outcome": as_record(outcome)}))
    if ended:
        good = good or (ended if how == GOOD else None)
        record(review, began_at=ended - timedelta(minutes=4), ended_at=ended, how=how, good_at=good)
    return review


def record(review, *, how, **times):
    told = {"began_at": None, "ended_at": None, "good_at": None, **{name: time and time.isoformat() for name, time in times.items()}}
    (review.record / FILE).write_text(json.dumps({**told, "how": how}))


READ = told(returned("gp/1"), returned("police/1"))
LAST_NIGHT = NOW - timedelta(hours=5)


def in_order(folder, reference="SCR-1"):
    return make(folder, reference, outcome=READ, ended=LAST_NIGHT)
