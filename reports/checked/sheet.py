"""review/report-check.xlsx: what a check found in the author's report, a row for the same words, with the proposals and drop-down decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reports import review_columns as words
from reports.colours import TINTS
from reports.sheets import A3, Column, Look, Table, Value, write_workbook
from reports.wording import counted
from timeline.authored import Checked, Hit, HitDecision
from timeline.case import Case

FILE = "report-check.xlsx"
BANNER = "IDENTIFIABLE: names beside pseudonyms. This workbook is part of the key. For board staff alone."
HITS, BEHIND = "What was found", "Behind the pages"
ABOUT = "report-hit"
DECIDE, MEND = "decide", "to mend"
IN_WORDS: Mapping[str, str] = {"leave": "leave (it may stay)", "replace": "replace", "undo": words.TAKE_BACK}
_MOST_PLACES = 40
_FILL_IN = (
    "Write your initials and the date beside the first two lines of this sheet once: they count for every row in which you leave them blank. "
    "Only the pale yellow columns are yours; they turn green when something stands in them."
)
_ROWS = (
    "leave: the words may stay, here and wherever the same words stand in the same sort of place; say why in the note.\n"
    "replace: the proposal, or what you write under “Replace by”, must stand there. The author changes the report in Word; the row goes "
    "when the words are gone."
)
_DONE = (
    "Save the workbook here, under its own name, and close it. Then “chronology check” with the same report, or a later one, reads every "
    "decision into record/decisions.jsonl, which is only ever added to, and writes this workbook anew."
)
_HOW: Sequence[tuple[str, str]] = (
    (
        "How to fill it in",
        _FILL_IN,
    ),
    (
        HITS,
        _ROWS,
    ),
    (
        "The copy with comments",
        "Beside this workbook lies a copy of the report with a comment at every place. It is for reading: change the report itself.",
    ),
    (
        "When you have done",
        _DONE,
    ),
    ("A change of mind", f"Choose something else on the same row; what stands there last counts. “{words.TAKE_BACK}” undoes it."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody wrote into a row and could not be taken as it stands, and why: it is shown again, so that no typing is lost."""

    verdict: str = ""
    replace_by: str = ""
    by: str = ""
    on: date | str | None = None
    why: str = ""
    unclear: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSheet:
    """All that the workbook shows."""

    case: Case
    checked: Checked
    typed: Mapping[str, Typed] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def numbers_of(hits: Sequence[Hit]) -> dict[str, int]:
    """The number of the row for each thing that was found, in the order of the report."""
    return {thing: number for number, thing in enumerate(dict.fromkeys(hit.thing for hit in hits), start=1)}


def write_sheet(contents: CheckSheet, path: Path) -> None:
    """Write the workbook: how to fill it in, what was found, what stands behind the pages."""
    look = Look(BANNER, contents.case.reference, contents.case.title, tints={DECIDE: TINTS[4], MEND: TINTS[2]}, paper=A3)
    write_workbook(path, look, (_start(contents), _hits(contents), _behind(contents.checked)))


def _start(contents: CheckSheet) -> Table:
    checked = contents.checked
    columns = (Column("", 26), Column("What to do", 118), Column("Rows", 9), Column("Fill in here", 18, entry="text"))
    things = {hit.thing: hit for hit in checked.hits}
    rows: list[tuple[Value, ...]] = [
        (words.YOUR_INITIALS, "Whoever fills this in. A decision without initials, here or on its row, does not count.", None, None),
        (words.TODAYS_DATE, "As 04/03/2031. Left blank, the day of the next check stands for it.", None, None),
        ("Not decided", "Rows that wait for somebody.", sum(hit.decision is None for hit in things.values()), None),
        ("To mend", "Decided “replace”, and still in the report.", len({hit.thing for hit in checked.to_mend}), None),
        ("The report", f"{counted(checked.pages, 'page')}; its fingerprint (SHA-256) is {checked.digest}", None, None),
        *(("Please note", note, None, None) for note in (*contents.notes, *checked.notes)),
        *((about, how, None, None) for about, how in _HOW),
    ]
    waiting = sum(hit.decision is None for hit in things.values())
    note = f"{counted(waiting, 'row waits', 'rows wait')} for a decision." if waiting else "Nothing waits for a decision."
    return Table(words.START, note, columns, rows, 0, entry_rows=2)


def _hits(contents: CheckSheet) -> Table:
    columns = (
        Column("To do", 9, tinted=True),
        Column("No.", 6),
        Column("Kind", 13),
        Column("As it is written", 26),
        Column("In its context", 54),
        Column("Where", 34),
        Column("Times", 7),
        Column("Proposed", 22),
        Column("Why somebody should look", 34),
        Column(words.DECISION, 18, entry="choice", choices=tuple(IN_WORDS.values())),
        Column(words.REPLACE_BY, 22, entry="text"),
        Column(words.DATE, 11, entry="day"),
        Column(words.INITIALS, 7, entry="text"),
        Column(words.NOTE, 20, entry="text"),
        Column(words.IDS[ABOUT], 12, hidden=True),
        Column(words.SEEN, 12, hidden=True),
    )
    found: dict[str, list[Hit]] = {}
    for hit in contents.checked.hits:
        found.setdefault(hit.thing, []).append(hit)
    rows = (_row(number, found[thing], contents.typed.get(thing)) for thing, number in numbers_of(contents.checked.hits).items())
    note = "One row for the same words in the same sort of place. Numbers in the copy's comments are those of the column No."
    return Table(HITS, note, columns, rows, 4, "Nothing was found.", 14)


def _row(number: int, hits: Sequence[Hit], typed: Typed | None) -> Sequence[Value]:
    hit = hits[0]
    decision = hit.decision
    to_do = DECIDE if decision is None else MEND if decision.verdict == "replace" else None
    context = f"{hit.before} »{hit.words}« {hit.after}".strip()
    why = f"{typed.unclear} {hit.why}" if typed and typed.unclear else hit.why
    said = _said(decision, typed)
    seen = decision.line if decision else None
    return (
        to_do, number, hit.kind, hit.words, context, _places(hits), len(hits), hit.proposal or "(look)", why, *said, hit.thing, seen,
    )  # fmt: skip


def _said(decision: HitDecision | None, typed: Typed | None) -> tuple[Value, ...]:
    if typed:
        return typed.verdict or None, typed.replace_by or None, typed.on, typed.by or None, typed.why or None
    if decision is None:
        return None, None, None, None, None
    return IN_WORDS[decision.verdict], decision.words or None, decision.on, decision.by or None, decision.why or None


def _places(hits: Sequence[Hit]) -> str:
    places = list(dict.fromkeys(hit.place for hit in hits))
    more = f"\nand {len(places) - _MOST_PLACES} more places" if len(places) > _MOST_PLACES else ""
    return "\n".join(places[:_MOST_PLACES]) + more


def _behind(checked: Checked) -> Table:
    columns = (Column("What", 44), Column("How many places", 12), Column("Where", 90))
    rows = ((each.what, len(each.places), "\n".join(each.places[:_MOST_PLACES])) for each in checked.named)
    note = "None of this is published: the published document is built new from what a reader sees. It stays in the author's own file."
    return Table(BEHIND, note, columns, rows, 1, "Nothing stands behind the pages.")
