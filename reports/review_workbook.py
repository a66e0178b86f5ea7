"""review/anonymisation-review.xlsx: what board staff check and decide on before anything leaves, filled in row by row and read back."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from reports import review_columns as words
from reports.colours import TINTS
from reports.review_contents import Example, Keys, LeftRow, PassageRow, PersonRow, ReplacementRow, ReviewContents, Said
from reports.review_start import start
from reports.sheets import A3, HEADER_ROW, Column, Look, Table, Value, write_workbook

BANNER = "IDENTIFIABLE: names beside pseudonyms. This workbook is the key. For board staff alone."
FILE = "review/anonymisation-review.xlsx"
DECIDE = "decide"
LONGEST_FORMS = 4_000  # letters of all forms of one person that a row shows
_FROM_EACH_END = 4  # words of a long passage that its context repeats
_PEOPLE_RANGE = "={sheet}!$A${first}:$A${last}"
_DATED = (
    Column(words.DATE, 11, entry="day"),
    Column(words.INITIALS, 7, entry="text"),
    Column(words.NOTE, 18, entry="text"),
)


def write(contents: ReviewContents, path: Path) -> None:
    """Write the workbook: how to fill it in, people, replacements, queued passages, what was left in, conflicts."""
    case = contents.case
    look = Look(BANNER, case.reference, case.title, tints={DECIDE: TINTS[4], "yes": TINTS[4]}, paper=A3)
    sheets = (start, _people, _replacements, _passages, _left, _conflicts, _lists)
    write_workbook(path, look, (sheet(contents) for sheet in sheets))


def _keyed(about: str) -> tuple[Column, ...]:
    return (Column(words.IDS[about], 12, hidden=True), Column(words.SEEN, 12, hidden=True), Column(words.BASIS, 12, hidden=True))


def _decisions(about: str) -> Column:
    return Column(words.DECISION, 17, entry="choice", choices=tuple(words.IN_WORDS[about].values()))


def _of_people(heading: str, contents: ReviewContents, *, new: bool) -> Column:
    """A drop-down of everyone, from the hidden sheet."""
    first = HEADER_ROW + 2 + (0 if new else 1)
    last = HEADER_ROW + 2 + len(contents.people)
    return Column(heading, 20, entry="choice", choices=_PEOPLE_RANGE.format(sheet=words.LISTS, first=first, last=max(first, last)))


def _keys(keys: Keys | None) -> tuple[Value, ...]:
    return (keys.thing, keys.seen, " ".join(keys.basis)) if keys else (None, None, None)


def _verdict(about: str, said: Said) -> str | None:
    return words.IN_WORDS[about].get(said.verdict, said.verdict) or None


def _dated(said: Said) -> tuple[Value, ...]:
    return said.on, said.by or None, said.why or None


def _shown(examples: Iterable[Example]) -> str | None:
    return "\n".join(f"{each.where}: {each.before}»{each.words}«{each.after}" for each in examples) or None


def _people(contents: ReviewContents) -> Table:
    columns = (
        Column("To do", 7, tinted=True),
        Column("Pseudonym", 16),
        Column("Name", 18),
        Column("Role", 15),
        Column("Kind", 11),
        Column("Agency", 14),
        Column("Known from", 9),
        Column("Times named", 7),
        Column("Every form found, and how often", 24),
        Column("Where (»the words« in their context)", 50),
        Column("What holds now", 14),
        _decisions("person"),
        _of_people(words.INTO_WHOM, contents, new=False),
        Column(words.FORM_OR_PSEUDONYM, 16, entry="text"),
        *_DATED,
        *_keyed("person"),
    )
    note = (
        "One row a person. Are these forms all of one person, and is nobody here twice? “decide” stands where nobody listed this person: "
        "keep as is, merge, or is no person."
    )
    rows = (_person(each) for each in contents.people)
    return Table(words.PEOPLE, note, columns, rows, 3, "Nobody is named in this review.", 17)


def _person(row: PersonRow) -> Sequence[Value]:
    forms = "; ".join(f"{form} ({count})" if count else form for form, count in row.forms)
    who = (row.pseudonym, row.name, row.role, row.kind, row.agency, row.known_from)
    found = (sum(count for _, count in row.forms), _cut(forms), _shown(row.examples), row.now or None)
    said = (_verdict("person", row.said), row.said.whom or None, row.said.words or None, *_dated(row.said))
    return (DECIDE if row.is_open else None, *who, *found, *said, *_keys(row.keys))


def _cut(forms: str) -> str:
    return forms if len(forms) <= LONGEST_FORMS else f"{forms[:LONGEST_FORMS]} … (all of them stand in people.csv)"


def _replacements(contents: ReviewContents) -> Table:
    columns = (
        Column("To do", 8, tinted=True),
        Column("Kind", 15),
        Column("As it is written", 24),
        Column("Becomes", 22),
        Column("Whose", 24),
        Column("Times", 7),
        Column("Where (»the words« in their context)", 66),
        Column("Why there is a doubt", 24),
        Column("Found by", 14),
        _decisions("form"),
        _of_people(words.BELONGS_TO, contents, new=True),
        *_DATED,
        *_keyed("form"),
    )
    note = (
        "One row for each written form of one person or thing. “decide” stands where a form fits several people, or nobody, or may be an "
        "ordinary word; such words have a row of their own. All others need you only where they are wrong."
    )
    rows = (_replacement(each) for each in contents.replacements)
    return Table(words.REPLACEMENTS, note, columns, rows, 3, "Nothing was replaced.", 14)


def _replacement(row: ReplacementRow) -> Sequence[Value]:
    becomes = " / ".join(row.becomes) or "(left in)"
    shown = (_shown(row.examples), row.doubt or None, row.found_by)
    said = (_verdict("form", row.said), row.said.whom or None, *_dated(row.said))
    return (
        DECIDE if row.is_open else None, row.kind, row.form, becomes, row.whose or None, row.count, *shown, *said, *_keys(row.keys),
    )  # fmt: skip


def _passages(contents: ReviewContents) -> Table:
    columns = (
        Column("To do", 8, tinted=True),
        Column("Kind", 17),
        Column("The words", 52),
        Column("In their context", 50),
        Column("Whose row", 24),
        Column("Why somebody should look", 30),
        Column("Risk, 0 to 100", 9),
        Column("In the drafts now", 24),
        _decisions("passage"),
        Column(words.REPLACE_BY, 24, entry="text"),
        *_DATED,
        *_keyed("passage"),
    )
    note = (
        "Words that may tell who is meant without any name; then, agency by agency, long quotations of the narrative (kind “searchable "
        "quotation”): hide leaves one out, replace puts your words there. “In the drafts now” says what stands there until you decide."
    )
    rows = (_passage(each) for each in contents.passages)
    return Table(words.PASSAGES, note, columns, rows, 3, "No passage waits for a decision.", 13)


def _passage(row: PassageRow) -> Sequence[Value]:
    context = row.context
    risk = round(100 * row.risk) if row.risk else None  # a long quotation is not rated
    shown = (context.words, f"{context.before}»{_ends_of(context.words)}«{context.after}", context.where, row.why, risk)
    said = (_verdict("passage", row.said), row.said.words or None, *_dated(row.said))
    return (DECIDE if row.is_open else None, row.kind, *shown, row.becomes or "(left in)", *said, *_keys(row.keys))


def _ends_of(said: str) -> str:
    """Words that stand whole beside it: of many only the first and the last."""
    each = said.split()
    return f"{' '.join(each[:_FROM_EACH_END])} … {' '.join(each[-_FROM_EACH_END:])}" if len(each) > 3 * _FROM_EACH_END else said


def _left(contents: ReviewContents) -> Table:
    columns = (
        Column("Why it was left in", 30),
        Column(words.WORDS, 26),
        Column("Times", 7),
        Column("Where (»the words« in their context)", 80),
        Column("Decided", 26),
        _decisions("word"),
        _of_people(words.BELONGS_TO, contents, new=False),
        *_DATED,
        *_keyed("word"),
    )
    note = "Words with a capital that stand in the drafts as the agencies wrote them. A name among them? Choose “hide”, or whose it is."
    rows = (_left_row(each) for each in contents.left)
    return Table(words.LEFT, note, columns, rows, 2, "No word with a capital was left in.", 10)


def _left_row(row: LeftRow) -> Sequence[Value]:
    said = (_verdict("word", row.said) if row.keys else None, row.said.whom or None, *_dated(row.said))
    return (row.why, row.form, row.count, _shown(row.examples), row.decided or None, *said, *_keys(row.keys))


def _conflicts(contents: ReviewContents) -> Table:
    columns = (
        Column("Waits for you", 9, tinted=True),
        Column("On the sheet", 20),
        Column("On what", 34),
        Column("What was decided", 58),
        Column("Why it is not applied", 58),
        Column(words.DECISION, 22, entry="choice", choices=(words.TAKE_BACK,)),
        *_DATED,
        Column(words.CONFLICT_ID, 12, hidden=True),
        Column(words.SEEN, 12, hidden=True),
        Column(words.BASIS, 12, hidden=True),
    )
    note = "Decisions that were kept and are not applied. Decide anew on the row itself, on its own sheet; or take the decision back here."
    rows = (
        (
            "yes" if e.is_open else None,
            e.sheet,
            e.what,
            "\n".join(e.decisions),
            e.why,
            _verdict("person", e.said),
            *_dated(e.said),
            *_keys(e.keys),
        )
        for e in contents.conflicts
    )
    return Table(words.CONFLICTS, note, columns, rows, 1, "No decision is in conflict with another.", 9)


def _lists(contents: ReviewContents) -> Table:
    columns = (
        Column("Person", 40),
        Column("Id", 20),
        Column("Pseudonym", 20),
        Column("Name", 30),
        Column(words.BASIS, 40),
        Column(words.BOOK, 30),
    )
    new = (words.NEW_PERSON, "new", None, None, None, contents.book)
    rows = [(each.label, each.keys.thing, each.pseudonym, each.name, " ".join(each.keys.basis), contents.book) for each in contents.people]
    return Table(words.LISTS, "For the program: leave it as it is.", columns, [new, *rows], hidden=True)
