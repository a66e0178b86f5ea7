"""From tables and paragraphs to what they hold: events with their place, rows that a person must look at, rows that are none."""

from extractors.analysis import plan_of, rows_of_analysis
from extractors.bounds import refuse_too_much
from extractors.cards import cards_in
from extractors.columns import Columns
from extractors.gathered import Draft, Gathered
from extractors.model import Block, Document, Paragraph, Row, Table
from extractors.paragraphs import ANALYSIS, Prose, close, enter_passage, joins, prose_of, read_paragraph
from extractors.phrases import is_example_title, is_guidance_sheet, is_period_banner
from extractors.placing import place
from extractors.reading import Reading
from extractors.rows import beside, read_section
from extractors.sections import Section, sections_of
from extractors.side_by_side import taken_apart
from extractors.years import years_in
from timeline.dates_in_text import leading_date
from timeline.errors import FileError
from timeline.extraction import Extraction
from timeline.sources import SourceFile
from timeline.written_dates import WrittenDate, is_date


def read_document(document: Document, source: SourceFile, reading: Reading) -> Extraction:
    """Everything that a file holds. A file with nothing to say, or with more than a chronology, gets the status `rejected` and the reason."""
    try:
        return _read(document, source, reading)
    except FileError as error:
        return Extraction(source=source, status="rejected", reason=str(error))


def _read(document: Document, source: SourceFile, reading: Reading) -> Extraction:
    refuse_too_much(document)
    gathered = Gathered(source)
    gathered.notes += document.notes
    has_tables = _read_blocks(_apart(_lines_for_columns(document.blocks), reading), reading, gathered)
    for where, aside in document.apart:
        gathered.keep_apart(where, (aside,))
    entries, marked = place(gathered.entries(), gathered.ignored, gathered.met)
    holds_something = bool(entries or gathered.unread or gathered.analyses)
    return Extraction(
        source=source,
        status="read" if holds_something else "rejected",
        reason="" if holds_something else _nothing(document, has_tables=has_tables),
        seen=gathered.seen,
        entries=entries,
        unread=tuple(gathered.unread),
        ignored=tuple(gathered.ignored),
        analyses=tuple(gathered.analyses),
        marked=marked,
        notes=tuple(dict.fromkeys(gathered.notes)),
    )


def _nothing(document: Document, *, has_tables: bool) -> str:
    body_is_empty = all(
        block.text == "" if isinstance(block, Paragraph) else all(row.is_blank for row in block.rows) for block in document.blocks
    )
    if body_is_empty:
        return "an empty document: it holds no text; ask the agency to send the file that was meant"
    if has_tables:
        return "no chronology rows: its tables are empty or hold guidance alone; ask the agency to send the file that was meant"
    return "no chronology rows: text without a dated row, such as a letter or covering note"


def _read_blocks(blocks: tuple[Block, ...], reading: Reading, gathered: Gathered) -> bool:
    """Reads every block in order; returns whether any table was met."""
    sections: dict[int, tuple[Section, ...]] = {}
    columns: Columns | None = None
    cards = cards_in(_may_be_cards(blocks), reading)
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            sections[index] = cards.get(index) or sections_of(block, reading, columns, is_example=_is_under_example(blocks, index))
            columns = next((each.columns for each in reversed(sections[index]) if each.columns), columns)
    events = frozenset(index for index, found in sections.items() if any(each.columns for each in found))
    plan = plan_of(blocks, events)
    prose = prose_of(blocks, plan, has_tables=bool(events))
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if block.text and index not in plan.passages:
                enter_passage(None, prose, gathered)
            read_paragraph(block, index, _following(blocks, index), prose, gathered)
        elif index in events or not (
            _read_analysis(block, index, prose, gathered) or _joins(block, index, sections[index], prose, gathered)
        ):
            close(prose, gathered)
            enter_passage(None, prose, gathered)
            _read_table(block, sections[index], prose, gathered)
    close(prose, gathered)
    enter_passage(None, prose, gathered)
    return any(isinstance(block, Table) for block in blocks)


def _joins(table: Table, rank: int, sections: tuple[Section, ...], prose: Prose, gathered: Gathered) -> bool:
    is_aside = any(section.fate == "unread" or section.heading for section in sections)
    return not is_aside and joins(table, rank, prose, gathered)


def _read_analysis(table: Table, rank: int, prose: Prose, gathered: Gathered) -> bool:
    """Reads a table of analysis, row by row; False where it is none."""
    passage = prose.plan.passages.get(rank)
    found = rows_of_analysis(table, passage)
    if not found or is_guidance_sheet(table.title):
        return False
    close(prose, gathered)
    enter_passage(passage, prose, gathered)
    for index, row in enumerate(table.rows):
        beside(row, table, gathered)
        reason = row.gone or ("a blank row" if row.is_blank else ANALYSIS if index in found else "a heading of the agency's analysis")
        gathered.set_aside("ignored", table.where(row), "\n".join(row.written()), reason)
        if index in found:
            heading, text = found[index]
            gathered.analyse(table.where(row), heading, text)
    return True


def _lines_for_columns(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with each table of a single column, whose cells begin with dates, as the lines of text that it is."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and all(len(row.boxes) < 2 and not row.gone for row in block.rows):
            lines = [line for row in block.rows for line in _lines_of(row, block)]
            if sum(leading_date(line.text) is not None for line in lines) > 1:
                found += lines
                continue
        found.append(block)
    return tuple(found)


def _lines_of(row: Row, table: Table) -> list[Paragraph]:
    """The row's one cell as a paragraph, or one for each of its lines where several begin with dates, as a table within it does."""
    text = "".join(row.written())
    lines = text.split("\n")
    if sum(leading_date(line) is not None for line in lines) < 2:
        lines = [text]
    where = table.where(row)
    return [Paragraph(where, line, problems=row.problems, asides=row.asides if number == 0 else ()) for number, line in enumerate(lines)]


def _may_be_cards(blocks: tuple[Block, ...]) -> dict[int, Table]:
    """The tables, by their rank among the blocks, that are no guidance or example."""
    return {
        index: block
        for index, block in enumerate(blocks)
        if isinstance(block, Table) and not _is_under_example(blocks, index) and not is_guidance_sheet(block.title)
    }


def _apart(blocks: tuple[Block, ...], reading: Reading) -> tuple[Block, ...]:
    """The blocks with tables that stand side by side taken apart."""
    return tuple(part for block in blocks for part in (taken_apart(block, reading) if isinstance(block, Table) else (block,)))


def _following(blocks: tuple[Block, ...], index: int) -> Paragraph | None:
    """The next paragraph with text, unless a table comes first."""
    below = next((block for block in blocks[index + 1 : index + 20] if isinstance(block, Table) or block.text), None)
    return below if isinstance(below, Paragraph) else None


def _is_under_example(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether the last paragraph above a table announces guidance, a key or a worked example."""
    above = next((block for block in reversed(blocks[max(0, index - 4) : index]) if isinstance(block, Table) or block.text), None)
    return isinstance(above, Paragraph) and is_example_title(above.text)


def _read_table(table: Table, sections: tuple[Section, ...], prose: Prose, gathered: Gathered) -> None:
    years = years_in(table.title) or prose.years
    if any(each.columns and each.columns.bare_days for each in sections) and is_period_banner(table.title) and is_date(table.title):
        written = WrittenDate(text=table.title)  # a sheet for each month, whose rows give the day alone
        gathered.keep(Draft(where=table.place, position=gathered.next_position(), written=written, columns=None))
    for section in sections:
        years = read_section(section, table, years, gathered)
        gathered.notes += _notes(table, section)


def _notes(table: Table, section: Section) -> list[str]:
    """Plain sentences about headings, by the column's position alone: a heading may hold a name."""
    columns = section.columns
    if columns is None or section.continues:
        return []
    column = "line" if section.is_card else "column"
    told = [f"{table.label}, {column} {index + 1}: taken as the {columns.meanings[index]}, by what it holds" for index in columns.assumed]
    if section.is_card:
        told.insert(0, f"{table.label}: read as cards, an event each, whose headings stand beside what they say")
    unknown = [index + 1 for index in columns.unknown if index not in columns.assumed]
    if unknown:
        told.append(
            f"{table.label}, {column} {_spans(unknown)}: no rule knows the heading; kept as text (a board can settle it in case.toml)"
        )
    return told


def _spans(numbers: list[int]) -> str:
    """The numbers, runs of them as spans: 1-3, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)
