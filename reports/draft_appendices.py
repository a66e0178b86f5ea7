"""What stands behind a draft: how it was made, what was counted, what the program cannot do, and every row of the anonymised timeline."""

from collections.abc import Iterator

from reports.colours import agency_tints
from reports.counts import in_words
from reports.draft import Draft, in_row_order, place
from reports.drafting import Theme
from reports.episodes import Account, Passage
from reports.rows import labelled
from reports.significance import RULES
from reports.word_xml import Cell, WordColumn, bookmark, heading, paragraph, table, text, words
from reports.wording import counted, kind_in_words
from timeline.safe import SafeEvent

_LIMITS = (
    "A step is called late only against a timescale with a source, or the board's own number: nothing is held against a number that nobody set.",
    "It knows only what agencies sent. What nobody wrote down is not here, and silence in the rows is not proof of no contact.",
    "It chooses and quotes; it does not understand. A row may matter that no rule chose: the whole timeline is below.",
    "Words are the agencies' own: their tense, hearsay and opinions. A quotation is what was recorded, not what was found to be true.",
    "The intruder test takes somebody who holds the agencies' own rows: a quoted row is linked by its words. What is published is written anew.",
    "That two rows tell the same event is a proposal. So is every gap: a record may exist that was not sent.",
    "Names were hidden by a program. A person must read every page for what it may have missed, and for what a neighbour could put together.",
)
_FIRST_WORDS = 6
_DECIDED = {"": "waits for the board", "keep": "keep", "hide": "leave out", "replace": "in the board's words"}
_COLUMNS = (
    WordColumn("Row", 1.7),
    WordColumn("Date", 2.5),
    WordColumn("Agency", 2.7),
    WordColumn("What was recorded", 7.0),
    WordColumn("In the narrative", 2.7),
)


def method(draft: Draft) -> Iterator[str]:
    """How the draft was made, and which rules chose its rows."""
    told, rows, own = len(draft.chosen), len(draft.safe.events), draft.drafting.phrases
    yield text(
        f"Each agency's chronology was read row by row and merged into one timeline; names, identifiers and dates were replaced by the policy "
        f"“{draft.safe.policy}”. {told:,} of {rows:,} rows stand in the narrative, chosen by the rules below; the others are in Appendix B."
    )
    yield text(
        f"The narrative follows the order of the timeline. A cell of up to {own.whole_cell_characters} characters is quoted whole; of a longer one "
        "the clause that it begins with and those that made the row significant, each without a break; “[…]” stands where something was "
        "left out between two. A text is cut only where a sentence, a part of one or a line ends and what follows begins with who or what it is "
        "about: never after a denial, away from the one who said it, or inside quotation marks. Rows that may tell one event, or whose "
        "accounts differ, stand in one paragraph. A reference leads to the row."
    )
    points = draft.drafting.points
    yield text(
        f"A row is significant by one of these rules, each of which earns it points; one with {points.enough} points or more is told:"
    )
    for rule in RULES:
        yield text(" ".join((rule.__doc__ or "").split()), "ListBullet")
    questions = ", ".join(f"{kind_in_words(kind).lower()} {each}" for kind, each in points.questions.items())
    yield text(
        f"Points: the incident {points.incident}; a question, by its kind: {questions}; three agencies or more {points.several_agencies}; first or "
        f"last row {points.first_or_last}; a theme as many as stand beside it. Where more than {own.most_rows:,} rows have enough, it takes more. "
        f"Of what may be one event at most {counted(own.most_accounts, 'account')} are told, and any that a shown question sets against one of "
        "them; the other rows that may tell it stand there by reference.",
        "Note",
    )
    for theme in draft.drafting.themes:
        yield _words_of(theme, f" ({counted(theme.points, 'point')})")


def left_out(draft: Draft) -> Iterator[str]:
    """Every significant row that is not in the narrative, with the reason."""
    if not draft.ranks.left_out:
        yield text("Every significant row is in the narrative.")
        return
    columns = (WordColumn("Significant row", 3), WordColumn("Why it is left out", 13.5))
    rows = (
        (Cell(paragraph(draft.references([serial]), style="CellText")), Cell(text(draft.ranks.left_out[serial], "CellText")))
        for serial in in_row_order(draft.ranks.left_out)
    )
    yield table(columns, rows, "Significant rows that are not in the narrative")


def other_words(draft: Draft) -> Iterator[str]:
    """The words by which knowledge and context were found."""
    for title, themes in (("What was known to whom", draft.drafting.matters), ("The context of decisions", draft.drafting.contexts)):
        yield text(f"{title}:")
        for theme in themes:
            yield _words_of(theme)


def phrases(draft: Draft) -> Iterator[str]:
    """The sentences that quotations are set in."""
    own = draft.drafting.phrases
    for phrase in (
        own.event,
        own.dated,
        own.action,
        own.rationale,
        own.voice,
        own.together,
        own.differ,
        own.also,
        own.withheld,
        own.replaced,
    ):
        shown = phrase.format(
            agency="[agency]", date="[date]", quote="“…”", number="[number]", matter="[matter]", references="[rows]", words="…"
        )
        yield text(shown, "ListBullet")


def searchable(draft: Draft) -> Iterator[str]:
    """The passages of the narrative that are long enough to be searched for, for the board to decide on."""
    most = draft.drafting.phrases.searchable_words
    if not draft.searchable:
        yield text(f"No passage of the narrative has more than {most} words.")
        return
    yield text(
        f"{counted(len(draft.searchable), 'passage')} of the narrative with more than {most} words in a row as an agency wrote them. Whoever "
        "holds that agency's record can find them, so the board decides on each before anything is published (sheet Queued passages of its "
        "workbook)."
    )
    columns = (WordColumn("Row", 2), WordColumn("Begins", 7.5), WordColumn("Words", 2), WordColumn("What the board decided", 5))
    rows = (
        (
            Cell(paragraph(draft.references([account.event.id]), style="CellText")),
            Cell(text(_beginning(draft, account, each), "CellText")),
            Cell(text(str(number), "CellText")),
            Cell(text(_DECIDED[draft.verdict(account.event.id, each.start, each.end)], "CellText")),
        )
        for account, each, number in draft.searchable
    )
    yield table(columns, rows, "Passages that can be searched for")


def _beginning(draft: Draft, account: Account, each: Passage) -> str:
    return (
        draft.instead(account.event.id, each.start, each.end)
        or f"{' '.join(account.event.text[each.start : each.end].split()[:_FIRST_WORDS])} …"
    )


def counts(draft: Draft) -> Iterator[str]:
    """What was read, used and set aside, in numbers."""
    rows = [(about, f"{number:,}") for about, number in in_words(draft.safe.counts)]
    rows.append(("Rows in the narrative", f"{len(draft.chosen):,}"))
    rows.append(("Significant rows that are left out, listed above", f"{len(draft.ranks.left_out):,}"))
    rows.append((f"Passages of more than {draft.drafting.phrases.searchable_words} words in the narrative", f"{len(draft.searchable):,}"))
    columns = (WordColumn("What was counted", 11), WordColumn("Number", 3))
    yield table(columns, ([Cell(text(name, "CellText")), Cell(text(number, "CellText"))] for name, number in rows), "What was counted")


def limits(draft: Draft) -> Iterator[str]:  # noqa: ARG001  every part takes the draft
    """What the program cannot do."""
    yield from (text(each, "ListBullet") for each in _LIMITS)


def method_and_limits(draft: Draft) -> Iterator[str]:
    """The whole of the first appendix."""
    for title, part in (
        ("How this draft was made", method),
        ("Significant rows that are not in the narrative", left_out),
        ("Words of the other parts", other_words),
        ("Phrases", phrases),
        ("Counts", counts),
        ("Passages that can be searched for", searchable),
        ("What the program cannot do", limits),
    ):
        yield heading(title, 2)
        yield from part(draft)


def anonymised_timeline(draft: Draft) -> Iterator[str]:
    """Every row under its serial, which is the place that references lead to, with the reason for which it is in the narrative."""
    if not draft.safe.events:
        yield text("The timeline has no row.")
        return
    tints = agency_tints([*draft.safe.agencies, *(event.agency for event in draft.safe.events)])
    rows = (_row(number, event, draft, tints[event.agency]) for number, event in enumerate(draft.safe.events, start=1))
    yield table(_COLUMNS, rows, "The anonymised timeline")


def _row(number: int, event: SafeEvent, draft: Draft, tint: str) -> tuple[Cell, ...]:
    return (
        Cell(paragraph(bookmark(words(event.id), place(event.id), number), style="CellText")),
        Cell(text(event.date, "CellText")),
        Cell(text(event.agency, "CellText"), tint),
        Cell(
            "".join(
                paragraph(words(f"{label}  ", "LeadIn") if label else "", words(said), style="CellText") for label, said in labelled(event)
            )
        ),
        Cell(text("; ".join(draft.standing(event.id)), "CellNote")),
    )


def _words_of(theme: Theme, more: str = "") -> str:
    told = [*theme.words, *(f"the list {name} of rules/cues/" for name in theme.lists)]
    return paragraph(words(f"{theme.name}{more}: ", "Strong"), words(", ".join(told)), style="Note")
