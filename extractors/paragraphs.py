"""Text outside tables: paragraphs that begin with a date are events, prose under a heading of analysis is analysis, the rest is set aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.gathered import Draft, Gathered
from extractors.model import Paragraph
from extractors.phrases import is_analysis_title, is_declared_silence, is_guidance, is_note, is_period_banner, is_total
from extractors.rows import DECLARED
from extractors.years import Years, years_in
from timeline.dates_in_text import leading_date
from timeline.written_dates import WrittenDate, is_date

_DIVIDER = re.compile(r"\s*[–—:\-\t\n|]")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*$", re.I)
_LETTER = re.compile(
    r"(?:dear\b|from:|to:|cc:|subject:|sent:|kind regards|best wishes|regards|yours (?:sincerely|faithfully|truly)|many thanks)", re.I
)
_FINER_THAN_YEAR = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d\s*[/.-]\s*\d", re.I)
_DAY_ALONE = re.compile(
    r"((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th))\s*[–—:,.\t-]\s*(?=\S)", re.I
)
_LONGEST_TITLE = 120


@dataclass(slots=True)
class Prose:
    """Where the reading of paragraphs stands: the year above, the entry that further paragraphs belong to, the heading of an analysis."""

    dated: bool
    needs_divider: bool
    years: Years | None = None
    open_entry: "Open | None" = None
    analysis: tuple[str, str, int] | None = None
    analysed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Open:
    """An entry that is being read: its first paragraph's place, its date as written, and its text so far."""

    where: str
    position: int
    written: WrittenDate
    lines: list[str]
    problems: list[str]


def prose_of(paragraphs: Sequence[Paragraph], *, has_tables: bool) -> Prose:
    """How the paragraphs of a file are to be read: as dated entries where enough of them begin with a date, else as prose."""
    letter_lines = sum(_LETTER.match(each.text) is not None for each in paragraphs)
    prose = Prose(dated=True, needs_divider=has_tables or letter_lines > 1)
    begun = sum(_beginning(each, prose) is not None for each in paragraphs)
    prose.dated = begun >= (3 if letter_lines > 1 else 2 if has_tables else 1) and not (begun == 1 and letter_lines)
    return prose


def read_paragraph(paragraph: Paragraph, following: Paragraph | None, prose: Prose, gathered: Gathered) -> None:
    """Reads one paragraph into `gathered`; `following` is the next paragraph with text before any table."""
    gathered.keep_apart(paragraph.where, paragraph.asides)
    if not paragraph.text:
        return
    beginning = _beginning(paragraph, prose)
    if beginning and prose.dated and not prose.analysis and not _stands_above(beginning[1], paragraph, following, prose):
        close(prose, gathered)
        date_text, rest = beginning
        written = WrittenDate(text=date_text, year=prose.years.of(date_text) if prose.years else None)
        prose.open_entry = Open(paragraph.where, gathered.next_position(), written, [rest] if rest else [], list(paragraph.problems))
        return
    reason = _heading_reason(paragraph) or _aside_reason(paragraph)
    if reason is None and prose.open_entry:
        prose.open_entry.lines.append(paragraph.text)
        prose.open_entry.problems += paragraph.problems
        return
    if reason is None and prose.analysis:
        prose.analysed.append(paragraph.text)
        _set_aside(paragraph, "prose of the agency's analysis, kept apart from the events", gathered)
        return
    close(prose, gathered)
    if _heading_reason(paragraph):
        _enter(paragraph, prose, gathered)
    _set_aside(paragraph, reason or "a title, introduction or note outside the tables", gathered)


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
    gathered.drafts.append(
        Draft(where=entry.where, position=entry.position, written=entry.written, columns=columns, problems=tuple(entry.problems))
    )


def close_analysis(prose: Prose, gathered: Gathered) -> None:
    """Ends the analysis that is being read."""
    if prose.analysis and prose.analysed:
        heading, where, _ = prose.analysis
        gathered.analyse(where, heading, "\n".join(prose.analysed))
    prose.analysis, prose.analysed = None, []


def _set_aside(paragraph: Paragraph, reason: str, gathered: Gathered) -> None:
    gathered.seen += 1
    gathered.set_aside("ignored", paragraph.where, paragraph.text, reason)


def _beginning(paragraph: Paragraph, prose: Prose) -> tuple[str, str] | None:
    """The date that the paragraph begins with and what follows it; None where it begins with none, or runs on as a sentence."""
    if not paragraph.text or is_note(paragraph.text):
        return None
    found = leading_date(paragraph.text)
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
    """Goes on under a new heading: its year counts for what follows, and it may open or end an analysis."""
    level = paragraph.level or _LONGEST_TITLE
    if prose.analysis and not (level > prose.analysis[2] and not is_period_banner(paragraph.text)):
        close_analysis(prose, gathered)
    elif prose.analysis:
        top = prose.analysis[2]
        close_analysis(prose, gathered)
        prose.analysis = (paragraph.text, paragraph.where, top)
    if is_analysis_title(paragraph.text):
        close_analysis(prose, gathered)
        prose.analysis = (paragraph.text, paragraph.where, level)
    if is_period_banner(paragraph.text) or _MONTH.match(paragraph.text):
        prose.years = years_in(paragraph.text) or (prose.years if _MONTH.match(paragraph.text) else None)
        if is_date(paragraph.text):  # rows below may give a day alone, in this month
            written = WrittenDate(text=paragraph.text, year=prose.years.of(paragraph.text) if prose.years else None)
            gathered.drafts.append(Draft(where=paragraph.where, position=gathered.next_position(), written=written, columns=None))
