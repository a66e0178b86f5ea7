"""The parts of a receipt: files, rows to mend, columns left empty, silences, tracked changes, analysis, rows set aside."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.colours import WARNING_FILL
from reports.differences import RowDifference, changed_since, differences_of, row_differences
from reports.receipt_rows import Amiss, for_review, place_in_words, places_in_words, set_aside, to_the_agency
from reports.word_xml import Cell, WordColumn, heading, table, text
from reports.wording import STATUSES, counted, day_in_words, listed
from timeline.case import Agency, Case
from timeline.events import Analysis, Event
from timeline.extraction import Difference, Extraction

_LONG = 500
# what a reader of a chronology looks for in each row: meaning -> how a receipt calls it
_LOOKED_FOR = {
    "event": "What happened",
    "action": "What was done, or the outcome",
    "people_involved": "Who was involved",
    "practitioner": "Who acted or recorded",
    "source": "Where it is recorded",
    "child_seen": "Whether the child or adult was seen",
    "voice": "What the child or adult said or wanted",
}
_NOTHING_SAID = re.compile(r"[\W_]*+(?:n/?a|nil|none recorded|not (?:recorded|stated|known))?[\W_]*", re.I)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one agency sent: its files in name order, its events in timeline order, its analyses."""

    agency: Agency
    case: Case
    files: tuple[Extraction, ...]
    events: tuple[Event, ...]
    analyses: tuple[Analysis, ...]
    silences: tuple[tuple[date, date, int], ...]

    @property
    def read(self) -> tuple[Extraction, ...]:
        """The files whose rows stand in the timeline."""
        return tuple(each for each in self.files if each.status == "read")


def files(sent: Sent) -> Iterator[str]:
    """Each file, what became of it and how many rows it gave; then what a corrected return changed, before and after."""
    columns = (WordColumn("File", 6.2), WordColumn("What became of it", 7.6), WordColumn("Rows", 1.5), WordColumn("Events", 1.9))
    rows = []
    for each in sent.files:
        told = (*(_named(problem, sent) for problem in each.problems), *each.notes)
        notes = "".join(text(_capital(to_the_agency(note)), "CellNote") for note in told)
        reason = to_the_agency(_named(each.reason, sent))
        status = "" if each.status == "superseded" else STATUSES[each.status]
        became = text(_capital(": ".join(part for part in (status, reason) if part)), "CellText") + notes
        tint = WARNING_FILL if each.status == "rejected" or each.problems else ""
        rows.append(
            [
                Cell(text(_file_name(each), "CellText")),
                Cell(became, tint),
                Cell(text(f"{each.seen:,}", "CellText")),
                Cell(text(f"{len(each.entries):,}", "CellText")),
            ]
        )
    yield table(columns, rows, "Your files and what became of each")
    for difference in differences_of(sent.files):
        yield from _difference(difference)
    if since := list(changed_since(sent.events)):
        yield heading("What changed in your files since an earlier reading", 2)
        yield _before_and_after(since, "Rows that said otherwise in an earlier reading")


def _named(reason: str, sent: Sent) -> str:
    """The reason with the agency's own file names in place of the labels that messages use; whatever else names a file is its own."""
    for each in sorted(sent.files, key=lambda each: -len(each.source.label)):
        reason = re.sub(rf"(?<![\w/]){re.escape(each.source.label)}(?![\w/])", f"“{_file_name(each)}”", reason)
    return reason


def _file_name(each: Extraction) -> str:
    return _below(each.source.path)


def _below(path: str) -> str:
    return path.split("/", 1)[-1]


def _difference(difference: Difference) -> Iterator[str]:
    """The rows of the two returns that are not the same, side by side."""
    earlier, later = _below(difference.earlier.path), _below(difference.later.path)
    rows = list(row_differences(difference))
    same = f"{counted(difference.same, 'row is', 'rows are')} the same in both."
    yield heading(f"What differs from “{earlier}” to “{later}”", 2)
    if not rows:
        yield text(same)
        return
    yield text(f"{same} The others:")
    yield _before_and_after(rows, f"Rows of {earlier} and {later} that differ")


def _before_and_after(rows: Sequence[RowDifference], about: str) -> str:
    columns = (
        WordColumn("What", 2.2),
        WordColumn("Before", 5.9),
        WordColumn("Place", 1.6),
        WordColumn("After", 5.9),
        WordColumn("Place", 1.6),
    )
    cells = (
        [
            Cell(text(said, "CellText"))
            for said in (
                _capital(row.kind),
                _short(row.before.said),
                place_in_words(row.before.where),
                _short(row.after.said),
                place_in_words(row.after.where),
            )
        ]
        for row in rows
    )
    return table(columns, cells, about)


def rows_amiss(sent: Sent, title: str, found: Callable[[Extraction], list[Amiss]]) -> Iterator[str]:
    """What `found` gives of each file, as a table with what would help; a row that a corrected return left out is asked about too."""
    lists = [(each, amiss) for each in sent.files if (amiss := found(each))]
    if not lists:
        return
    yield heading(title, 1)
    columns = (
        WordColumn("Where", 3.4),
        WordColumn("What we found", 4.4),
        WordColumn("The row says", 5.2),
        WordColumn("What would help", 4.2),
    )
    for each, amiss in lists:
        if len(sent.files) > 1:
            yield heading(_file_name(each), 2)
        rows = (
            [Cell(text(words, "CellText")) for words in (row.places, _named(row.sentence, sent), row.says, row.advice)] for row in amiss
        )
        yield table(columns, rows, f"{title}: {_file_name(each)}")


def columns_left_empty(sent: Sent) -> Iterator[str]:
    """How many events say nothing in each of the columns that a reader looks for, and which of these the agency's tables do not have."""
    if not sent.events:
        return
    said = [{meaning: event.fields().get(meaning, "") for meaning in _LOOKED_FOR} | {"time": event.time or ""} for event in sent.events]
    rows, missing = [], []
    for meaning, name in {**_LOOKED_FOR, "time": "The time"}.items():
        without = [event for event, fields in zip(sent.events, said, strict=True) if _NOTHING_SAID.fullmatch(fields[meaning])]
        if not any(fields[meaning] for fields in said):
            missing.append(name[0].lower() + name[1:])
        elif without:
            rows.append([name, f"{len(said) - len(without):,} of {len(said):,}", f"{len(without):,}", _where(without, sent)])
    if not rows and not missing:
        return
    yield heading("What your rows leave out", 1)
    if missing:
        yield text(f"No row of yours says {listed(missing)}. Where your record holds it, a column for it would help the review.")
    if rows:
        columns = (WordColumn("Your rows say", 4.2), WordColumn("In", 2.4), WordColumn("Not in", 1.8), WordColumn("Rows that do not", 8.8))
        yield table(
            columns, [[Cell(text(words, "CellText")) for words in row] for row in rows], "What your rows leave out, column by column"
        )


def _where(events: Sequence[Event], sent: Sent) -> str:
    """Where the events stand, by file where there are several; only how many where there are very many."""
    told = []
    for each in sent.read:
        places = places_in_words(event.source.where for event in events if event.source.file.path == each.source.path)
        if places:
            told.append(f"{_file_name(each)}: {places}" if len(sent.read) > 1 else places)
    return _cut("\n".join(told))


def silences(sent: Sent) -> Iterator[str]:
    """The times in which the agency recorded nothing for longer than the board's own number of days."""
    if not sent.silences:
        return
    yield heading("Time with nothing recorded", 1)
    yield text("If there was no contact, please add a row that says so; if something is missing, please add it.")
    for since, until, days in sent.silences:
        yield text(f"{day_in_words(since)} to {day_in_words(until)}: {counted(days, 'day')}", "ListBullet")


def words_beside(sent: Sent) -> Iterator[str]:
    """Tracked changes, struck and hidden words, comments: the final view was read, and these wait for a person."""
    found = [(each, *line) for each in sent.read for line in for_review(each)]
    if not found:
        return
    yield heading("Tracked changes, comments and hidden text", 1)
    yield text(
        "We read the final view of your files. These words stood beside it, or were taken out of it; please tell us if any should count."
    )
    columns = (WordColumn("Where", 4.2), WordColumn("What it is", 4.6), WordColumn("The words", 8.4))
    several = len(sent.read) > 1
    rows = (
        [Cell(text(words, "CellText")) for words in (f"{_file_name(each)}: {place}" if several else place, what, _short(said))]
        for each, place, what, said in found
    )
    yield table(columns, rows, "Tracked changes, comments and hidden text")


def analyses(sent: Sent) -> Iterator[str]:
    """The headings of the prose that was read as analysis."""
    if not sent.analyses:
        return
    yield heading("Your analysis", 1)
    yield text("This prose was read as your analysis and is kept apart from the events.")
    columns = (WordColumn("Heading", 8.6), WordColumn("Where", 5.6), WordColumn("Words", 3.0))
    rows = (
        [Cell(text(words, "CellText")) for words in (each.heading, place_in_words(each.source.where), f"{len(each.text.split()):,}")]
        for each in sent.analyses
    )
    yield table(columns, rows, "The headings of your analysis")


def rows_aside(sent: Sent) -> Iterator[str]:
    """What was set aside, so that the agency can see that nothing was dropped."""
    lists = [(each, set_aside(each)) for each in sent.read]
    if not any(found for _, found in lists):
        return
    yield heading("Rows that are no events", 1)
    yield text("Nothing of your files was dropped: these rows and lines were seen, and need nothing.", "Note")
    columns = (WordColumn("Why", 7.0), WordColumn("Rows", 1.6), WordColumn("Where", 8.6))
    for each, found in lists:
        if found:
            if len(sent.read) > 1:
                yield heading(_file_name(each), 2)
            rows = ([Cell(text(words, "CellNote")) for words in (why, f"{count:,}", _cut(where))] for why, count, where in found)
            yield table(columns, rows, f"Rows that are no events: {_file_name(each)}")


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else words[:_LONG].rsplit(",", 1)[0] + " …"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONG else words[:_LONG].rsplit(" ", 1)[0] + " …"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
