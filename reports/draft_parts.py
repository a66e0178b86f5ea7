"""The parts of a draft that the rows themselves fill: the family, the agencies, the questions, the themes and the glossary."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.draft import Draft, in_row_order, place
from reports.quotations import plain, quotation
from reports.rows import cells
from reports.rule_in_words import rule_in_words
from reports.word_xml import Cell, WordColumn, heading, paragraph, table, text, words
from reports.wording import counted, kind_in_words, listed
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson

_AROUND_THE_FAMILY = ("subject", "family", "associate")
_ANALYSIS = ("comment", "impact", "expected_practice", "missed_opportunity")
_NUMBER = re.compile(r"\d+$")
_FIRST_ANALYSIS = 2_000_000  # numbers of bookmarks: rows have those from 1, sections those from a million


def period(draft: Draft) -> Iterator[str]:
    """The period under review as the policy words it."""
    yield text(f"{draft.safe.period}.")


def family(draft: Draft) -> Iterator[str]:
    """Who is who in the family and around it, by pseudonym."""
    people = [person for kind in _AROUND_THE_FAMILY for person in in_natural_order(draft.safe.people) if person.kind == kind]
    yield from _people(people, "The family and those around it, by pseudonym", "Nobody of the family is named in the rows.")


def agencies(draft: Draft) -> Iterator[str]:
    """The agencies that contributed, and the professionals who are named, by role."""
    yield (
        text(f"{counted(len(draft.safe.agencies), 'agency', 'agencies')} contributed: {listed(list(draft.safe.agencies))}.")
        if draft.safe.agencies
        else text("No agency has contributed yet.")
    )
    professionals = [person for person in in_natural_order(draft.safe.people) if person.kind not in _AROUND_THE_FAMILY]
    if professionals:
        yield heading("Professionals named in this draft", 2)
        yield from _people(professionals, "Professionals, by role and number", "")


def involvement(draft: Draft) -> Iterator[str]:
    """Agency by agency: its rows and what they are about, the questions that concern it, and its own analysis beside them."""
    analyses = {analysis.id: number for number, analysis in enumerate(draft.safe.analyses, start=_FIRST_ANALYSIS)}
    for agency in dict.fromkeys([*draft.safe.agencies, *(event.agency for event in draft.safe.events)]):
        own = [event for event in draft.safe.events if event.agency == agency]
        yield heading(agency, 2)
        yield from _account(draft, agency, own)
        yield from _own_words(draft, own)
        for analysis in draft.safe.analyses:
            if analysis.agency == agency:
                yield from _analysis(analysis, analyses[analysis.id])


def _account(draft: Draft, agency: str, own: Sequence[SafeEvent]) -> Iterator[str]:
    """How many rows, from when to when, which of them are significant by theme, and how many questions concern the agency."""
    if not own:
        yield text("No row of this agency is in the timeline.")
        return
    told = [event.id for event in own if event.id in draft.chosen]
    first, last = _dated(own[0].date), _dated(own[-1].date)
    dates = first if first == last else f"the first {first}, the last {last}"
    first_and_last = draft.references(dict.fromkeys((own[0].id, own[-1].id)))
    yield paragraph(words(f"{counted(len(own), 'row')}, {dates} "), first_and_last, words(f"; {len(told):,} of them in the narrative."))
    for theme in draft.drafting.themes:
        rows = [event.id for event in own if f"theme: {theme.name}" in draft.ranks.points.get(event.id, ())]
        if rows:
            yield paragraph(words(f"{theme.name}: ", "Strong"), draft.references(rows), style="ListBullet")
    asked = Counter(kind_in_words(each.kind).lower() for each in draft.safe.findings if each.entry and agency in each.agencies)
    if asked:
        yield text(f"Questions shown below that concern it: {', '.join(f'{kind} {count:,}' for kind, count in asked.items())}.")


def _own_words(draft: Draft, own: Sequence[SafeEvent]) -> Iterator[str]:
    """What the agency wrote beside its rows in columns of analysis: comment, impact, expected practice, a missed opportunity."""
    said = [(event, meaning, piece) for event in own for meaning in _ANALYSIS for piece in cells(event, meaning)]
    if said:
        yield heading("The agency's own comments on its rows", 3)
    for event, meaning, piece in said:
        about = meaning.replace("_", " ").capitalize()
        quote = quotation(piece, (0, len(piece)), plain)
        yield paragraph(
            words(f"{about}, {event.date or 'undated'}: ", "Strong"), quote, words(" "), draft.references([event.id]), style="ListBullet"
        )


def _analysis(analysis: SafeAnalysis, number: int) -> Iterator[str]:
    """The agency's prose as it stands, under a heading that references lead to."""
    title = f"The agency's own analysis [{analysis.id}]{': ' if analysis.heading else ''}{analysis.heading}"
    yield heading(title, 3, place(analysis.id), number)
    yield from (text(part, "Quote") for part in analysis.text.split("\n") if part.strip())


def questions(draft: Draft) -> Iterator[str]:
    """The questions that a reader is shown first, by kind, each with its rows; like ones are one entry, and what is folded away is counted."""
    if not draft.safe.findings:
        yield text("No rule has raised a question.")
    shown = sorted((each for each in draft.safe.findings if each.entry), key=lambda each: each.entry)
    for kind, findings in groupby(shown, key=lambda each: each.kind):
        of_kind = list(findings)
        shared = _shared(of_kind)
        yield heading(kind_in_words(kind), 2)
        if shared:
            yield text(f"Rule: {'; '.join(shared)}.", "Note")
        for _, together in groupby(of_kind, key=lambda each: each.entry):
            yield _question(list(together), draft, shared)
    folded = Counter(kind_in_words(each.kind) for each in draft.safe.findings if not each.entry)
    if folded:
        more = ", ".join(f"{kind} {count:,}" for kind, count in folded.items())
        yield text(f"Further questions, which the board's working timeline lists: {more}.", "Note")


def themes(draft: Draft) -> Iterator[str]:
    """For each theme the rows that hold its words, to write the analysis from."""
    for theme in draft.drafting.themes:
        rows = [serial for serial, reasons in draft.ranks.points.items() if f"theme: {theme.name}" in reasons]
        if rows:
            yield heading(theme.name, 2)
            yield paragraph(words("Rows that hold words of this theme: ", "Emphasis"), draft.references(in_row_order(rows)))


def glossary(draft: Draft) -> Iterator[str]:
    """The abbreviations that occur in the rows, with what they commonly mean."""
    whole = "\n".join([event.text for event in draft.safe.events] + [analysis.text for analysis in draft.safe.analyses])
    present = set(re.findall(r"[\w&]+", whole))
    known = [(short, meaning) for short, meaning in sorted(draft.drafting.abbreviations.items()) if short in present]
    if not known:
        yield text("No abbreviation of the board's list occurs.")
        return
    yield text("What these commonly mean; an agency may have meant something else.", "Note")
    rows = ([Cell(text(short, "CellText")), Cell(text(meaning, "CellText"))] for short, meaning in known)
    yield table((WordColumn("Abbreviation", 3.5), WordColumn("What it commonly means", 13)), rows, "Glossary")


def in_natural_order(people: Sequence[SafePerson]) -> list[SafePerson]:
    """The people as they were given, those of one word and different numbers together by their number: Person 2 before Person 10."""
    first: dict[str, int] = {}
    for at, person in enumerate(people):
        first.setdefault(_NUMBER.sub("", person.pseudonym), at)
    return sorted(
        people,
        key=lambda each: (first[_NUMBER.sub("", each.pseudonym)], int(number[0]) if (number := _NUMBER.search(each.pseudonym)) else 0),
    )


def _people(people: list[SafePerson], about: str, nobody: str) -> Iterator[str]:
    if not people:
        yield text(nobody)
        return
    rows = ([Cell(text(person.pseudonym, "CellText")), Cell(text(person.role, "CellText"))] for person in people)
    yield table((WordColumn("In this draft", 6), WordColumn("Role", 10.5)), rows, about)


def _dated(words_of_date: str) -> str:
    return f"dated {words_of_date}" if re.search(r"\d", words_of_date) else "undated"


def _shared(findings: Sequence[SafeFinding]) -> tuple[str, ...]:
    """What of their rules all of them share, so that it is said once."""
    return tuple(part for part in rule_in_words(findings[0]) if all(part in rule_in_words(each) for each in findings))


def _question(together: Sequence[SafeFinding], draft: Draft, shared: Sequence[str]) -> str:
    """One entry: the question of its first finding, and the periods and rows of those like it."""
    finding, *others = together
    doubt = " (possible, not certain)" if finding.certainty == "possible" else ""
    about = "; ".join(part for part in (finding.period, *rule_in_words(finding)) if part and part not in shared)
    runs = [
        words(f"{finding.question}{doubt} "),
        draft.references(in_row_order(finding.events)),
        words(f" {about}" if about else "", "Emphasis"),
    ]
    for number, other in enumerate(others):
        runs += [words(" Likewise: " if number == 0 else "; "), words(f"{other.period} " if other.period else "", "Emphasis")]
        runs.append(draft.references(in_row_order(other.events)))
    return paragraph(*runs, style="ListBullet")
