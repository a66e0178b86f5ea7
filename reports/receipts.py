"""working/receipts/<agency folder>.docx: what was read of one agency's files and what to mend, to go straight back to that agency.

It draws on that agency's files, events and findings alone: no other agency is named, and no row of another is shown.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reports.colours import WARNING_FILL
from reports.receipt_rows import Amiss, for_review, place_in_words, places_in_words, set_aside, to_check, to_mend
from reports.word_document import Page, write_document
from reports.word_xml import Cell, WordColumn, heading, table, text
from reports.wording import STATUSES, counted, day_in_words, listed
from reports.working import Working
from timeline.case import Agency, Case
from timeline.events import Analysis, Event
from timeline.extraction import Extraction

_BANNER = "IDENTIFIABLE — for the agency named here and the board"
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
_NOTHING_SAID = re.compile(r"[\W_]*(?:n/?a|nil|none recorded|not (?:recorded|stated|known))?[\W_]*", re.I)


@dataclass(frozen=True, slots=True)
class _Sent:
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


def write(working: Working, folder: Path) -> tuple[Path, ...]:
    """Write a receipt for each agency into `folder`, which is made if need be; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for agency in working.case.agencies:
        paths.append(folder / f"{agency.folder}.docx")
        write_receipt(working, agency, paths[-1])
    return tuple(paths)


def write_receipt(working: Working, agency: Agency, path: Path) -> None:
    """Write one agency's receipt."""
    sent = _sent(working, agency)
    reference = working.case.reference
    page = Page(title=f"{reference}: receipt for {agency.name}", reference=reference, banner=_BANNER, side_margin_cm=1.9)
    write_document(path, page, _pieces(sent))


def _sent(working: Working, agency: Agency) -> _Sent:
    timeline = working.timeline
    own = {event.id for event in timeline.events if event.agency == agency.name}
    silences = tuple(
        (each.since, each.until, each.days)
        for each in working.findings
        if each.kind == "agency-silence" and each.agencies == (agency.name,) and own.issuperset(each.events)
        if each.since and each.until and each.days
    )
    return _Sent(
        agency,
        working.case,
        tuple(sorted((each for each in timeline.returns if each.source.agency == agency.name), key=lambda each: each.source.path)),
        tuple(event for event in timeline.events if event.agency == agency.name),
        tuple(each for each in timeline.analyses if each.source.file.agency == agency.name),
        silences,
    )


def _pieces(sent: _Sent) -> Iterator[str]:
    case = sent.case
    yield text("Receipt for a chronology", "Title")
    yield text(f"{sent.agency.name} · review {case.reference}", "Subtitle")
    mend = sum(len(to_mend(each)) for each in sent.read)
    yield text(_opening(sent))
    yield text(_asked(sent, mend))
    if sent.files:
        yield _figures(sent)
        yield heading("Your files", 1)
        yield from _files(sent)
    if sent.read:
        yield from _amiss(sent, "Rows to mend", to_mend, "Every row could be read: there is nothing to mend.")
        yield from _amiss(sent, "Rows to check", to_check, "")
        yield from _columns(sent)
        yield from _silences(sent)
        yield from _review(sent)
        yield from _analyses(sent)
        yield from _aside(sent)


def _opening(sent: _Sent) -> str:
    period = f"{day_in_words(sent.case.period_start)} to {day_in_words(sent.case.period_end)}"
    if not sent.files:
        due = f" It is due on {day_in_words(sent.agency.due_on)}." if sent.agency.due_on else ""
        return f"No file of yours has reached the review yet.{due} The review looks at {period}."
    if not sent.read:
        return "Thank you. None of your files could be read as a chronology; below is why, and what would help."
    have = "has" if len(sent.events) == 1 else "have"
    return (
        f"Thank you. {counted(len(sent.events), 'event')} of yours {have} been read into the review's timeline. "
        f"The review looks at {period}. This receipt shows what was read, and where we need your help."
    )


def _asked(sent: _Sent, mend: int) -> str:
    if not sent.read:
        return "Please send the chronology as a Word document or an Excel workbook, without a password."
    if not mend:
        return "Nothing needs mending. If you find a mistake below, please correct your own file and send the whole of it again."
    return (
        f"Please look at the {counted(mend, 'point')} under “Rows to mend”. Correct them in your own file and send the whole of it again, "
        "named v2 or “corrected”; it will take the place of this one, and nothing that was decided about your rows is lost."
    )


def _figures(sent: _Sent) -> str:
    first, last = _span(sent.events)
    rows = sum(each.seen for each in sent.read)
    unread = sum(len(each.unread) for each in sent.read)
    ignored = sum(len(each.ignored) for each in sent.read)
    wide = sum(event.when.width_days != 0 for event in sent.events)
    columns = (
        WordColumn("Rows seen", 2.2),
        WordColumn("Events", 2.0),
        WordColumn("Not read", 2.0),
        WordColumn("Set aside", 2.2),
        WordColumn("First date", 3.1),
        WordColumn("Last date", 3.1),
        WordColumn("No exact day", 2.6),
    )
    shown = (f"{rows:,}", f"{len(sent.events):,}", f"{unread:,}", f"{ignored:,}", first, last, f"{wide:,}")
    return table(columns, [[Cell(text(each, "CellText")) for each in shown]], "What was read, in figures") + text(
        "Rows seen = events + rows not read + rows set aside (headings, blank rows, notes).", "Note"
    )


def _span(events: Sequence[Event]) -> tuple[str, str]:
    days = [event.when.earliest for event in events if event.when.earliest]
    ends = [event.when.latest for event in events if event.when.latest]
    return (day_in_words(min(days)), day_in_words(max(ends))) if days and ends else ("–", "–")


def _files(sent: _Sent) -> Iterator[str]:
    columns = (WordColumn("File", 6.2), WordColumn("What became of it", 7.6), WordColumn("Rows", 1.5), WordColumn("Events", 1.9))
    rows = []
    for each in sent.files:
        notes = "".join(text(_capital(note), "CellNote") for note in each.notes)
        became = text(STATUSES[each.status] + (f": {_named(each.reason, sent)}" if each.reason else ""), "CellText") + notes
        tint = WARNING_FILL if each.status == "rejected" else ""
        rows.append(
            [
                Cell(text(_file_name(each), "CellText")),
                Cell(became, tint),
                Cell(text(f"{each.seen:,}", "CellText")),
                Cell(text(f"{len(each.entries):,}", "CellText")),
            ]
        )
    yield table(columns, rows, "Your files and what became of each")
    for each in sent.files:
        if each.status == "superseded":
            yield from _difference(each, sent)


def _named(reason: str, sent: _Sent) -> str:
    """The reason with the agency's own file names in place of the labels that messages use; whatever else names a file is its own."""
    for each in sorted(sent.files, key=lambda each: -len(each.source.label)):
        reason = re.sub(rf"(?<![\w/]){re.escape(each.source.label)}(?![\w/])", f"“{_file_name(each)}”", reason)
    return reason


def _file_name(each: Extraction) -> str:
    return each.source.path.split("/", 1)[-1]


def _difference(old: Extraction, sent: _Sent) -> Iterator[str]:
    """The rows of a replaced file that the later one no longer has in these words, and how many it has in the same."""
    later = {" ".join(event.text.split()) for event in sent.events}
    rows = [row for row in old.ignored if row.reason == old.reason]
    changed = [row for row in rows if not any(" ".join(row.text.split()).endswith(words) for words in later if words)]
    if not changed:
        return
    yield text(
        f"{counted(len(changed), 'row')} of “{_file_name(old)}” {'stands' if len(changed) == 1 else 'stand'} in the later return in other words, "
        f"or no longer; the other {len(rows) - len(changed):,} are there unchanged:",
        "Note",
    )
    columns = (WordColumn("Where it stood", 4.0), WordColumn("What it said", 13.2))
    yield table(
        columns,
        ([Cell(text(place_in_words(row.where), "CellText")), Cell(text(_short(row.text), "CellText"))] for row in changed),
        f"Rows of {_file_name(old)} that were changed or are gone",
    )


def _amiss(sent: _Sent, title: str, found: Callable[[Extraction], list[Amiss]], nothing: str) -> Iterator[str]:
    lists = [(each, found(each)) for each in sent.read]
    if not any(amiss for _, amiss in lists):
        if nothing:
            yield heading(title, 1)
            yield text(nothing)
        return
    yield heading(title, 1)
    columns = (
        WordColumn("Where", 3.4),
        WordColumn("What we found", 4.4),
        WordColumn("The row says", 5.2),
        WordColumn("What would help", 4.2),
    )
    for each, amiss in lists:
        if amiss:
            if len(sent.read) > 1:
                yield heading(_file_name(each), 2)
            rows = ([Cell(text(words, "CellText")) for words in (row.places, row.sentence, row.says, row.advice)] for row in amiss)
            yield table(columns, rows, f"{title}: {_file_name(each)}")


def _columns(sent: _Sent) -> Iterator[str]:
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
    if rows:
        columns = (WordColumn("Your rows say", 4.2), WordColumn("In", 2.4), WordColumn("Not in", 1.8), WordColumn("Rows that do not", 8.8))
        yield table(
            columns, [[Cell(text(words, "CellText")) for words in row] for row in rows], "What your rows leave out, column by column"
        )
    if missing:
        yield text(f"No row of yours says {listed(missing)}. Where your record holds it, a column for it would help the review.")


def _where(events: Sequence[Event], sent: _Sent) -> str:
    """Where the events stand, by file where there are several; only how many where there are very many."""
    told = []
    for each in sent.read:
        places = places_in_words(event.source.where for event in events if event.source.file.path == each.source.path)
        if places:
            told.append(f"{_file_name(each)}: {places}" if len(sent.read) > 1 else places)
    return _cut("\n".join(told))


def _silences(sent: _Sent) -> Iterator[str]:
    if not sent.silences:
        return
    yield heading("Time with nothing recorded", 1)
    yield text("If there was no contact, please add a row that says so; if something is missing, please add it.")
    for since, until, days in sent.silences:
        yield text(f"{day_in_words(since)} to {day_in_words(until)}: {counted(days, 'day')}", "ListBullet")


def _review(sent: _Sent) -> Iterator[str]:
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


def _analyses(sent: _Sent) -> Iterator[str]:
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


def _aside(sent: _Sent) -> Iterator[str]:
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
