"""Text outside tables: paragraphs that begin with a date are events, prose of the agency's analysis is kept apart, the rest is set aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.analysis import Passage, Plan, is_letter, is_letter_line
from extractors.gathered import Draft, Gathered
from extractors.model import Block, Paragraph, Table
from extractors.phrases import is_declared_silence, is_guidance, is_note, is_period_banner, is_total
from extractors.rows import DECLARED
from extractors.years import Years, years_in
from timeline.dates_in_text import leading_date
from timeline.written_dates import WrittenDate, is_date

_DIVIDER = re.compile(r"\s*[–—:\-\t\n|]")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*$", re.I)
_FINER_THAN_YEAR = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d\s*[/.-]\s*\d", re.I)
_DAY_ALONE = re.compile(
    r"((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th))\s*[–—:,.\t-]\s*(?=\S)", re.I
)
_BELOW = "stands below a blank line after the last dated entry and has no date; if it is an event, ask the agency to date it"
_LONGEST_TITLE = 120
ANALYSIS = "prose of the agency's analysis, kept apart from the events"


@dataclass(slots=True)
class Prose:
    """Where the reading of paragraphs stands: the year above, the entry that further paragraphs belong to, the passage of analysis.

    `last_dated` is the rank of the last block that begins with a date, -1 where none does; `foot` that of the first paragraph below a
    blank line after it, where no entry goes on after a blank line.
    """

    plan: Plan
    dated: bool
    needs_divider: bool
    last_dated: int = -1
    foot: int | None = None
    years: Years | None = None
    open_entry: "Open | None" = None
    passage: Passage | None = None
    analysed: list[str] = field(default_factory=list)

    def may_begin(self, rank: int) -> bool:
        """Whether a block may begin a dated entry: it is no part of an analysis."""
        return rank not in self.plan.passages and rank not in self.plan.undated


@dataclass(slots=True)
class Open:
    """An entry that is being read: its first paragraph's place, its date as written, and its text so far."""

    where: str
    position: int
    written: WrittenDate
    lines: list[str]
    problems: list[str]


def prose_of(blocks: Sequence[Block], plan: Plan, *, has_tables: bool) -> Prose:
    """How the paragraphs of a file are to be read: as dated entries where enough of them begin with a date, else as prose."""
    paragraphs = {rank: block for rank, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text}
    letter = is_letter(paragraphs.values())
    prose = Prose(plan, dated=True, needs_divider=has_tables or letter)
    begun = [rank for rank, each in paragraphs.items() if prose.may_begin(rank) and _beginning(each, prose) is not None]
    enough = 3 if letter else 2 if has_tables else 1
    prose.dated = len(begun) >= enough and not (len(begun) == 1 and any(map(is_letter_line, paragraphs.values())))
    if begun and prose.dated:
        prose.last_dated = begun[-1]
        prose.foot = _foot(blocks, begun)
    return prose


def read_paragraph(paragraph: Paragraph, rank: int, following: Paragraph | None, prose: Prose, gathered: Gathered) -> None:
    """Reads one paragraph into `gathered`; `rank` is its place among the blocks, `following` the next paragraph with text before any table."""
    gathered.keep_apart(paragraph.where, paragraph.asides)
    if not paragraph.text:
        return
    if passage := prose.plan.passages.get(rank):
        close(prose, gathered)
        enter_passage(passage, prose, gathered)
        prose.analysed.append(prose.plan.words.get(rank, paragraph.text))
        _set_aside(paragraph, ANALYSIS, gathered)
        return
    beginning = _beginning(paragraph, prose) if prose.dated and prose.may_begin(rank) else None
    if beginning and not _stands_above(beginning[1], paragraph, following, prose):
        close(prose, gathered)
        date_text, rest = beginning
        written = WrittenDate(text=date_text, year=prose.years.of(date_text) if prose.years else None)
        prose.open_entry = Open(paragraph.where, gathered.next_position(), written, [rest] if rest else [], list(paragraph.problems))
        return
    reason = _heading_reason(paragraph) or _aside_reason(paragraph)
    if reason is None and _is_foot(rank, prose):
        close(prose, gathered)
        gathered.seen += 1
        gathered.set_aside("unread", paragraph.where, paragraph.text, _BELOW)
        return
    if reason is None and prose.open_entry:
        prose.open_entry.lines.append(paragraph.text)
        gathered.met.joined[paragraph.where] = prose.open_entry.where
        prose.open_entry.problems += paragraph.problems
        return
    close(prose, gathered)
    if _heading_reason(paragraph):
        _enter(paragraph, prose, gathered)
    _set_aside(paragraph, reason or "a title, introduction or note outside the tables", gathered)


def _foot(blocks: Sequence[Block], begun: Sequence[int]) -> int | None:
    """The first paragraph below a blank line after the last entry, unless an entry above it goes on after a blank line."""
    after_blank = [
        rank
        for rank in range(begun[0] + 1, len(blocks))
        if isinstance(block := blocks[rank], Paragraph) and block.text and _is_blank(blocks[rank - 1])
    ]
    goes_on = any(rank < begun[-1] and rank not in begun and not _is_title(blocks[rank]) for rank in after_blank)
    return next((rank for rank in after_blank if rank > begun[-1]), None) if not goes_on else None


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and _heading_reason(block) is not None


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text


def _is_foot(rank: int, prose: Prose) -> bool:
    """Whether a paragraph stands below the last entry rather than in it; one whose date stands alone on its line may go on after a blank."""
    if prose.foot is None or rank < prose.foot:
        return False
    return prose.open_entry is None or bool(prose.open_entry.lines)


def joins(table: Table, rank: int, prose: Prose, gathered: Gathered) -> bool:
    """Whether a small table without dates of its own stands inside a dated entry, with more to come; its rows become lines of the entry."""
    if prose.open_entry is None or rank > prose.last_dated:
        return False
    for row in table.rows:
        where = table.where(row)
        gathered.keep_apart(where, row.asides)
        if row.gone:
            gathered.seen += 1
            gathered.set_aside("ignored", where, "\n".join(row.written()), row.gone)
        elif row.written():
            gathered.met.joined[where] = prose.open_entry.where
            prose.open_entry.lines.append("\t".join(row.written()))
            prose.open_entry.problems += row.problems
    return True


def enter_passage(passage: Passage | None, prose: Prose, gathered: Gathered) -> None:
    """Goes on in a passage of analysis, or (None) in none; the one before is closed where it is another."""
    if prose.passage != passage and prose.passage and prose.analysed:
        gathered.analyse(prose.passage.where, prose.passage.heading, "\n".join(prose.analysed))
        prose.analysed = []
    prose.passage = passage


def close(prose: Prose, gathered: Gathered) -> None:
    """Ends the entry that is being read: it becomes a draft, or is unread where nothing stands beside its date."""
    entry, prose.open_entry = prose.open_entry, None
    if entry is None:
        return
    gathered.seen += 1
    if not entry.lines:
        gathered.set_aside(
            "unread", entry.where, entry.written.text, "a date with nothing beside it; if something happened, ask the agency what"
        )
        return
    columns = (("event", "", "\n".join(entry.lines)),)
    gathered.keep(Draft(where=entry.where, position=entry.position, written=entry.written, columns=columns, problems=tuple(entry.problems)))


def _set_aside(paragraph: Paragraph, reason: str, gathered: Gathered) -> None:
    gathered.seen += 1
    gathered.set_aside("ignored", paragraph.where, paragraph.text, reason)


def _beginning(paragraph: Paragraph, prose: Prose) -> tuple[str, str] | None:
    """The date that the paragraph begins with and what follows it; None where it begins with none, or runs on as a sentence."""
    found = leading_date(paragraph.text) if paragraph.text else None
    is_bullet = found is not None and bool(found[1]) and paragraph.text.startswith("*")
    if not paragraph.text or (is_note(paragraph.text) and not is_bullet):
        return None
    if found is None:
        day = _DAY_ALONE.match(paragraph.text) if not paragraph.level else None
        return (day[1], paragraph.text[day.end() :]) if day else None
    date_text, rest = found
    if paragraph.level and rest and not is_date(paragraph.text):
        return None
    after = paragraph.text[paragraph.text.find(date_text) + len(date_text) :]
    if prose.needs_divider and rest and not _DIVIDER.match(after):
        return None
    return date_text, rest.strip()


def _stands_above(rest: str, paragraph: Paragraph, following: Paragraph | None, prose: Prose) -> bool:
    """Whether a date alone on its line is a heading over dated paragraphs (a year, a term, a month) rather than an event's own date."""
    if rest:
        return False
    if is_period_banner(paragraph.text) and not _FINER_THAN_YEAR.search(paragraph.text):
        return True
    return following is None or following.level > 0 or _beginning(following, prose) is not None


def _heading_reason(paragraph: Paragraph) -> str | None:
    text = paragraph.text
    if is_period_banner(text) or _MONTH.match(text):
        return "a heading: a year, a term or a month"
    is_title = paragraph.level > 0 or (paragraph.is_bold and len(text) <= _LONGEST_TITLE)
    return "a title or heading" if is_title else None


def _aside_reason(paragraph: Paragraph) -> str | None:
    text = paragraph.text
    if is_total(text):
        return "a total, or the line that ends the chronology"
    if is_note(text):
        return "a note, key or signature"
    if is_declared_silence(text):
        return DECLARED
    return "guidance" if is_guidance(text) else None


def _enter(paragraph: Paragraph, prose: Prose, gathered: Gathered) -> None:
    """Goes on under a new heading: its year counts for what follows."""
    if is_period_banner(paragraph.text) or _MONTH.match(paragraph.text):
        prose.years = years_in(paragraph.text) or (prose.years if _MONTH.match(paragraph.text) else None)
        if is_date(paragraph.text):  # rows below may give a day alone, in this month
            written = WrittenDate(text=paragraph.text, year=prose.years.of(paragraph.text) if prose.years else None)
            gathered.keep(Draft(where=paragraph.where, position=gathered.next_position(), written=written, columns=None))
