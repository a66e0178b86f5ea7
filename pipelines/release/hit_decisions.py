"""Decisions on what a check found: out of the filled sheet into the log, and out of the log onto the hits of the next check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.decisions import add_records, read_records
from pipelines.review import Review
from pipelines.review_files import keep_aside
from pipelines.review_reading import FORMULA, Filled, FilledRow, read_filled
from reports.checked.sheet import ABOUT, FILE, IN_WORDS, Typed
from timeline.authored import HIT_VERDICTS, Hit, HitDecision
from timeline.errors import CaseError

LONGEST = 2_000  # letters of a note or of a replacement that the log takes
_NO_INITIALS = "The decision has no initials: add yours, on the row or on the first sheet."
_NOT_IN_LIST = "The column Decision holds something that is not in its list: choose from the list."
_NOTHING_CHOSEN = "Something was written here, but nothing is chosen in the column Decision."
_NO_DAY = "The date cannot be read: write it as 04/03/2031."
_FORMULA = "A formula stands in this row, and its result was not saved: write the words themselves."
_OPEN_NOW = f"output/review/{FILE} is open in an office program: what is not saved is not read; save and close it, then check again"


@dataclass(frozen=True, slots=True)
class TakenHits:
    """What a filled sheet gave: the new decisions, what was typed and cannot be taken yet by what it is about, and what is to be told."""

    new: tuple[HitDecision, ...] = ()
    typed: Mapping[str, Typed] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_hit_decisions(review: Review) -> dict[str, HitDecision]:
    """The decision that counts on each thing: the last of the log that was not taken back. CaseError where the log is damaged."""
    counting: dict[str, HitDecision] = {}
    for record in read_records(review.decisions_file, ABOUT):
        decision = _decision(record)
        if decision.verdict == "undo":
            counting.pop(decision.thing, None)
        else:
            counting[decision.thing] = decision
    return counting


def with_decisions(hits: Iterable[Hit], decisions: Mapping[str, HitDecision]) -> tuple[Hit, ...]:
    """The hits, each with what was decided on it."""
    return tuple(replace(hit, decision=decisions.get(hit.thing)) for hit in hits)


def take_in_hits(review: Review) -> TakenHits:
    """What the filled sheet says that the log does not; nothing is written. A sheet that cannot be read is told of."""
    folder = review.output / "review"
    notes = (_OPEN_NOW,) if any((folder / name).exists() for name in (f"~${FILE}", f".~lock.{FILE}#")) else ()
    path = folder / FILE
    if not path.is_file():
        return TakenHits(notes=notes)
    filled = _filled(path)
    if filled is None:
        return TakenHits(notes=(*notes, f"output/review/{FILE} cannot be read and will be kept aside: save it again as an Excel workbook"))
    known, new, typed = read_hit_decisions(review), dict[str, HitDecision](), dict[str, Typed]()
    for row in filled.rows:
        if row.about != ABOUT:
            continue
        said, unclear = _said(row, filled)
        if unclear:
            typed[row.thing] = Typed(verdict=row.verdict, replace_by=row.words, by=row.by, on=row.on, why=row.why, unclear=unclear)
        elif said and _differs(said, known.get(row.thing), filled):
            new[row.thing] = said
    return TakenHits(tuple(new.values()), typed, notes)


def add_hit_decisions(review: Review, decisions: Sequence[HitDecision]) -> None:
    """Adds decisions to the log, a line each; errors as `add_records`."""
    add_records(review.decisions_file, [_record(each) for each in decisions])


def keep_aside_unreadable(review: Review) -> None:
    """Keeps a copy of a sheet that cannot be read before it is written anew."""
    path = review.output / "review" / FILE
    if path.is_file() and _filled(path) is None:
        keep_aside(path.read_bytes(), path.parent)


def _filled(path: Path) -> Filled | None:
    try:
        return read_filled(path.read_bytes(), is_main=True)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever it comes upon in a damaged file, and no file of the board stops a check
        return None


def _said(row: FilledRow, filled: Filled) -> tuple[HitDecision | None, str]:
    """What a row says, or why it cannot be taken as it stands."""
    by, on = row.by or filled.by, row.on if row.on is not None else filled.on
    bare = row.verdict.split("(")[0].strip().casefold()
    verdict = next((key for key, said in IN_WORDS.items() if bare in (key, said.split("(")[0].strip())), None)
    if FORMULA in (row.verdict, row.words, row.by, row.why) or on == FORMULA:
        return None, _FORMULA
    if not row.verdict:
        return None, _NOTHING_CHOSEN
    if verdict not in HIT_VERDICTS:
        return None, _NOT_IN_LIST
    if not by:
        return None, _NO_INITIALS
    if isinstance(on, str):
        return None, _NO_DAY
    words = row.words[:LONGEST] if verdict == "replace" else ""
    return HitDecision(thing=row.thing, verdict=verdict, by=by[:40], on=on, why=row.why[:LONGEST], words=words), ""


def _differs(said: HitDecision, known: HitDecision | None, filled: Filled) -> bool:
    """Whether a row says something new: what the program wrote there of an earlier decision, or initials of the first sheet alone, is not."""
    if known is None:
        return said.verdict != "undo"
    if (said.verdict, said.words, said.why) != (known.verdict, known.words, known.why):
        return True
    return said.by not in (known.by, filled.by[:40]) or said.on not in (known.on, filled.on)


def _record(decision: HitDecision) -> dict[str, object]:
    return {
        "about": ABOUT,
        "thing": decision.thing,
        "verdict": decision.verdict,
        "words": decision.words,
        "by": decision.by,
        "why": decision.why,
        "on": (decision.on or datetime.now(UTC).date()).isoformat(),
    }


def _decision(record: Mapping[str, object]) -> HitDecision:
    try:
        said = {key: str(record[key]) for key in ("thing", "verdict", "words", "by", "why")}
        return HitDecision(**said, on=date.fromisoformat(str(record["on"])))  # type: ignore[arg-type]  # checked when it is made
    except (KeyError, TypeError, ValueError):
        raise CaseError("record/decisions.jsonl holds a line that is no decision: put back the copy from your backup") from None
