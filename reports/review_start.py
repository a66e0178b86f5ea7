"""The first sheet of the review workbook: what waits, and how to fill it in."""

from collections.abc import Sequence

from reports import review_columns as words
from reports.review_contents import ReviewContents
from reports.sheets import Column, Table, Value
from reports.wording import counted

_FILL_IN = (
    "Write your initials and the date beside the first two lines of this sheet once: they count for every row in which you leave them "
    "blank. Then go from sheet to sheet. Only the pale yellow columns are yours; they turn green when something stands in them."
)
_ROWS = (
    "The filter of the first column on “decide” shows the rows that wait for somebody. On all others a decision is needed only where "
    "something is wrong. Rows may be sorted and filtered, and columns of your own added."
)
_PEOPLE = (
    "keep as is: this is one person.\n"
    "merge into …: this is somebody else of the list; choose whom.\n"
    "split form …: some forms are another person's; write them, divided by semicolons, as they are spelt here.\n"
    "rename pseudonym to …: write the new one; a real name, or one in use, is refused.\n"
    "public: do not hide: the name stays in.\n"
    "is no person: the words stay in."
)
_REPLACEMENTS = (
    "hide: as it is now.\n"
    "keep: these words stay in the drafts as they were written.\n"
    "belongs to …: choose whose name this is, or “a new person”."
)
_PASSAGES = (
    "hide: general words stand in their place; a long quotation of the narrative (kind “searchable quotation”) is left out.\n"
    "keep: the passage stays as it was written.\nreplace by …: write what shall stand there.\n"
    "Many quotations alike? Filter the column Kind, choose for the first, and fill the column downwards."
)
_LEFT = (
    "What a checker wants to see: every word with a capital that is still in the drafts. hide, or belongs to …, hides it from the next "
    "run on."
)
_CONFLICTS = (
    "Two people who decided differently, a row that is gone or changed, a pseudonym in use: nothing of it is applied, and nothing is lost."
)
_CHANGE = (
    f"Choose something else on the same row; what stands there last counts. “{words.TAKE_BACK}” undoes it. Emptying a cell undoes nothing."
)
_DONE = (
    "Save the workbook here, under its own name, and close it. Then “chronology run” reads every decision into record/decisions.jsonl, "
    "which is only ever added to, applies it, and writes this workbook anew. “chronology review” says what is still open."
)
_TWO = "Each may save a copy under another name in this folder: all are read. Where two decided differently, the sheet Conflicts shows it."
_CSV = (
    "Lies beside this workbook: everybody here, with pseudonyms and all forms. Put it into the review's own folder in place of people.csv, "
    "and the next run knows them from the start, under the same pseudonyms."
)
_HOW: Sequence[tuple[str, str]] = (
    ("How to fill it in", _FILL_IN),
    ("Which rows", _ROWS),
    (words.PEOPLE, _PEOPLE),
    (words.REPLACEMENTS, _REPLACEMENTS),
    (words.PASSAGES, _PASSAGES),
    (words.LEFT, _LEFT),
    (words.CONFLICTS, _CONFLICTS),
    ("A change of mind", _CHANGE),
    ("When you have done", _DONE),
    ("Two at once", _TWO),
    ("people.csv", _CSV),
)


def start(contents: ReviewContents) -> Table:
    """The first sheet: initials, what is open, how to fill it in."""
    columns = (
        Column("", 26),
        Column("What to do", 118),
        Column("Rows", 9),
        Column("To decide", 10),
        Column("Fill in here", 18, entry="text"),
    )
    rows: list[tuple[Value, ...]] = [
        (words.YOUR_INITIALS, "Whoever fills this in. A decision without initials, here or on its row, does not count.", None, None, None),
        (words.TODAYS_DATE, "As 04/03/2031. Left blank, the day of the next run stands for it.", None, None, None),
        *_counts(contents),
        *(("Please note", note, None, None, None) for note in contents.notes),
        *((about, how, None, None, None) for about, how in _HOW),
    ]
    waiting = sum(contents.open_counts().values())
    note = f"{counted(waiting, 'row waits', 'rows wait')} for a decision." if waiting else "Nothing waits for a decision."
    return Table(words.START, note, columns, rows, 0, entry_rows=2)


def _counts(contents: ReviewContents) -> Sequence[tuple[Value, ...]]:
    waiting = contents.open_counts()
    return (
        (words.PEOPLE, "Who is who: nobody twice, no two in one.", len(contents.people), waiting["people"], None),
        (words.REPLACEMENTS, "What stands in the drafts for each written form.", len(contents.replacements), waiting["replacements"], None),
        (
            words.PASSAGES,
            "What may tell who is meant without a name, and long quotations.",
            len(contents.passages),
            waiting["passages"],
            None,
        ),
        (words.LEFT, "What was not hidden, and why.", len(contents.left), None, None),
        (words.CONFLICTS, "Decisions that are not applied.", len(contents.conflicts), waiting["conflicts"], None),
    )
