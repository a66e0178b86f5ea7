"""An agency's analysis: prose under headings, told apart from dated entries before these are read.

A section is analysis by its heading, unless it holds dated entries; in a report (an individual management review) without any rows every
section of prose is. A sentence that begins with a date is prose there, not an event.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.model import Block, Paragraph, Table
from extractors.phrases import is_analysis_title, is_note, is_period_banner
from timeline.dates_in_text import leading_date
from timeline.written_dates import is_date

_CHRONOLOGY = re.compile(
    r"\b(?:chronology|timeline|time line|diary|running record|(?:significant|key) events|log of|record of (?:contacts?|events))\b", re.I
)
_ANALYSIS_OF = re.compile(
    r"[\W\d]*+(?:\w+ )?(?:analysis|reflections?|commentary|learning|lessons)\b[\w ]{0,12} (?:of|on|from|about)\b", re.I
)
_NO_ANALYSIS = re.compile(
    r"[\W\d]*(?:table of )?(?:contents|appendi\w*|abbreviations?|glossary|acronyms?|(?:key|legend)(?: to .*)?$|signatures?|"
    r"sign[ -]?off|version|document control|distribution|guidance|instructions?|how to|references|bibliography|contact details|"
    r"author(?:'s)? details)\b",
    re.I,
)
_REPORT = re.compile(
    r"\b(?:individual )?management (?:review|report)s?\b|\bIMR\b|\bagency (?:review|report)\b|\b(?:learning|practice|internal) review\b|"
    r"\broot cause\b|\binformation report\b",
    re.I,
)
_WORDS = (
    r"(?:critical |overall |agency |practice )?(?:analysis|reflections?|conclusions?|recommendations?|good practice|missed opportunities|"
    r"commentary|evaluation|(?:key )?(?:learning|lessons|findings)(?: points| learn(?:ed|t)| identified)?|areas? for improvement|what went well)"
)
_PLAIN_TITLE = re.compile(rf"[\W\d]*{_WORDS}(?: (?:of|on|from|for|and)\b[\w ]{{2,50}})?\s*:?", re.I)
_INLINE = re.compile(rf"({_WORDS})\s*[:–—]\s*(?=\S.{{40}})", re.I | re.DOTALL)
_LOOSE_TITLE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z])|(?=[A-Z][A-Z ,&'’/-]{3,}$)).{3,90}(?<![.;,])")
_LETTER = re.compile(
    r"(?:dear\b|from:|to:|cc:|subject:|sent:|kind regards|best wishes|regards|yours (?:sincerely|faithfully|truly)|many thanks)", re.I
)
_DIVIDER = re.compile(r"\s*[–—:\-\t\n|]|\s*$")
_SENTENCE = re.compile(r"(?:on|in|by|since|from|until|at|during|between|after|before)\b", re.I)
_QUESTIONS = re.compile(
    r"[\W\d]*(?:terms? of reference|tor|key lines? of \w+|kloes?|(?:review |panel )?questions?|lines? of enquiry)\b", re.I
)
_BOLD, _PLAIN = 120, 130
_LONGEST_TITLE = 120
_PROSE = 60
_MUCH_PROSE = 200
_WIDEST = 2
_LONGEST_QUESTION = 300

Kind = Literal["analysis", "chronology", "aside", "other"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading that prose stands under, and its place."""

    heading: str
    where: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a file is analysis: the passage of each block (by its rank), the words that a block gives to it where these are not the whole, and
    blocks that may begin no dated entry.
    """

    passages: Mapping[int, Passage] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    undated: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Part:
    """The blocks under one heading."""

    kind: Kind
    passage: Passage | None
    level: int = 0
    blocks: list[int] = field(default_factory=list)


def is_letter_line(paragraph: Paragraph) -> bool:
    """Whether a line begins as those of a letter or message do."""
    return _LETTER.match(paragraph.text) is not None


def is_letter(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether two or more lines are those of a letter or message."""
    return sum(map(is_letter_line, paragraphs)) > 1


def plan_of(blocks: Sequence[Block], events: frozenset[int]) -> Plan:
    """What is analysis; `events` are the tables, by rank, that hold events."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph) and block.text]
    if is_letter(paragraphs):
        return Plan()
    parts = _parts(blocks, events, loose=False)
    is_report = any(part.kind == "analysis" for part in parts) or any(
        _REPORT.search(each.text) for each in paragraphs[:4] if _is_short(each)
    )
    if not is_report:
        return _plan([], [], blocks, events)
    has_dated = any(part.kind != "analysis" and _is_dated(part, blocks) for part in parts)
    is_prose = not events and not has_dated
    if is_prose and not any(isinstance(block, Paragraph) and _level(block) for block in blocks):
        parts = _parts(blocks, events, loose=True)
    is_management_review = any(_REPORT.search(each.text) for each in paragraphs[:4] if _is_short(each))
    for part in parts:
        long = sum(len(text) for text in _texts(part, blocks))
        is_told = (is_prose and long >= _PROSE) or (is_management_review and long >= _MUCH_PROSE)
        if part.kind == "other" and part.passage and is_told and not _is_dated(part, blocks):
            part.kind = "analysis"
    undated = [part for part in parts if part.kind != "analysis" and (is_prose or not _is_dated(part, blocks))]
    return _plan([part for part in parts if part.kind == "analysis"], undated, blocks, events)


def _plan(parts: Sequence[_Part], undated: Sequence[_Part], blocks: Sequence[Block], events: frozenset[int]) -> Plan:
    passages = {index: part.passage for part in parts for index in part.blocks if part.passage}
    words: dict[int, str] = {}
    if events:
        for index, block in enumerate(blocks):
            if index not in passages and isinstance(block, Paragraph) and (inline := _INLINE.match(block.text)):
                passages[index] = Passage(inline[1], block.where)
                words[index] = block.text[inline.end() :]
    return Plan(passages, words, frozenset(index for part in undated for index in part.blocks))


def _is_short(paragraph: Paragraph) -> bool:
    return len(paragraph.text) <= _LONGEST_TITLE


def _level(paragraph: Paragraph) -> int:
    """The level of a heading: 1 and up, more for a line that is merely bold; 0 where it is none."""
    if paragraph.level:
        return paragraph.level
    is_title = paragraph.is_bold and _is_short(paragraph) and leading_date(paragraph.text) is None and not is_note(paragraph.text)
    return _BOLD if is_title else 0


def _parts(blocks: Sequence[Block], events: frozenset[int], *, loose: bool) -> list[_Part]:
    """The file cut at its headings. `loose` also takes a numbered or capital line for one, as in a text file that has no styles."""
    parts = [_Part("other", None)]
    top: int | None = None  # the level of the heading that opened the analysis that is being read
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            if index in events:
                top = None
                parts.append(_Part("other", None))
            else:
                parts[-1].blocks.append(index)
            continue
        level = _level(block) or (_PLAIN if _is_plain_title(index, blocks, loose=loose) else 0)
        if not level or not block.text:
            if block.text and not (is_note(block.text) and _is_short(block)):
                parts[-1].blocks.append(index)
            continue
        kind = _kind(block)
        if kind == "other" and top is not None and level > top:
            kind = "analysis"
        else:
            top = level if kind == "analysis" and (top is None or level <= top) else top if kind == "analysis" else None
        parts.append(_Part(kind, None if is_date(block.text) and kind == "other" else Passage(block.text, block.where), level))
    for part in parts:
        if part.kind == "analysis" and _holds_entries(part, blocks):
            part.kind = "other"
    return parts


def _kind(title: Paragraph) -> Kind:
    text = title.text
    if is_analysis_title(text) and (_ANALYSIS_OF.match(text) or not _CHRONOLOGY.search(text)):
        return "analysis"
    if _CHRONOLOGY.search(text):
        return "chronology"
    return "aside" if _NO_ANALYSIS.match(text) or (is_period_banner(text) and not title.level) else "other"


def _is_plain_title(index: int, blocks: Sequence[Block], *, loose: bool) -> bool:
    """Whether a line without any style is a heading of analysis: nothing but such words, and no dated entries come after it."""
    block = blocks[index]
    if not isinstance(block, Paragraph) or not _is_short(block) or is_date(block.text):
        return False
    if loose and _LOOSE_TITLE.fullmatch(block.text) and leading_date(block.text) is None:
        return True
    return _PLAIN_TITLE.fullmatch(block.text) is not None and _begun(range(index + 1, len(blocks)), blocks, divided=True) < 2


def _texts(part: _Part, blocks: Sequence[Block]) -> list[str]:
    texts: list[str] = []
    for index in part.blocks:
        block = blocks[index]
        texts += [block.text] if isinstance(block, Paragraph) else [text for row in block.rows for text in row.written()]
    return texts


def _begun(indexes: Iterable[int], blocks: Sequence[Block], *, divided: bool) -> int:
    """How many paragraphs begin with a date; `divided`: and with a dash, colon or line end after it."""
    return sum(isinstance(block := blocks[index], Paragraph) and _begins(block.text, divided=divided) for index in indexes)


def _begins(text: str, *, divided: bool) -> bool:
    found = leading_date(text) if text else None
    if found is None or _SENTENCE.match(text):
        return False
    after = text[text.find(found[0]) + len(found[0]) :]
    return _DIVIDER.match(after) is not None or not (divided or after.lstrip()[:1].islower())


def _is_dated(part: _Part, blocks: Sequence[Block]) -> bool:
    """Whether a section is one of dated entries rather than prose: two begin with a date and a divider, or a third of all with a date."""
    begun = _begun(part.blocks, blocks, divided=False)
    return (
        _begun(part.blocks, blocks, divided=True) > 1
        or (part.passage is None and part.level > 0)
        or (begun > 0 and 3 * begun >= len(part.blocks))
    )


def _holds_entries(part: _Part, blocks: Sequence[Block]) -> bool:
    begun = _begun(part.blocks, blocks, divided=True)
    return begun > 2 and 2 * begun >= len(part.blocks)


def rows_of_analysis(table: Table, passage: Passage | None) -> dict[int, tuple[str, str]]:
    """Heading and text of each row (by its index) of a table that holds analysis: one that stands in a passage, or is headed as such itself.

    A row of two columns is a question and what is said of it; in one column a short row heads the rows below. Empty where it is none.
    """
    rows = {index: row for index, row in enumerate(table.rows) if row.written() and not row.gone}
    width = max((len(row.written()) for row in rows.values()), default=0)
    own = next((text for row in list(rows.values())[:2] for text in row.written() if len(text) <= _LONGEST_TITLE and _is_headed(text)), "")
    heading = table.title if _is_headed(table.title) else own if width <= _WIDEST else ""
    if not (heading or passage) or not any(len(text) >= _PROSE for row in rows.values() for text in row.written()):
        return {}
    heading = heading or (passage.heading if passage else "")
    found: dict[int, tuple[str, str]] = {}
    for index, row in rows.items():
        first, *rest = row.written()
        if rest and index == min(rows) and max(map(len, row.written())) <= _PROSE:
            continue  # the table's own headings
        if rest and len(first) <= _LONGEST_QUESTION and max(map(len, rest)) >= len(first):
            found[index] = (first, "\n".join(rest))
        elif rest or len(first) > _LONGEST_TITLE or first.endswith((".", "!", "?")):
            found[index] = (heading, "\n".join(row.written()))
        else:
            heading = first
    return found


def _is_headed(text: str) -> bool:
    return (is_analysis_title(text) or _QUESTIONS.match(text) is not None) and not _CHRONOLOGY.search(text)
