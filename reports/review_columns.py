"""The words of the review workbook that are read back: sheets, headings, and each decision as the drop-downs say it."""

from collections.abc import Mapping

START, PEOPLE, REPLACEMENTS, PASSAGES = "Start here", "People", "Replacements", "Queued passages"
LEFT, CONFLICTS, LISTS = "Left in on purpose", "Conflicts", "Lists"

DECISION, DATE, INITIALS, NOTE = "Decision", "Date", "Initials", "Note"
INTO_WHOM, BELONGS_TO, FORM_OR_PSEUDONYM, REPLACE_BY = "Merge into whom", "Belongs to whom", "Which form, or new pseudonym", "Replace by"
WORDS = "Words"
# the id's heading tells what the rows of a sheet are about
IDS: Mapping[str, str] = {
    "person": "Id of the person",
    "form": "Id of the replacement",
    "passage": "Id of the passage",
    "word": "Id of the words",
    "report-hit": "Id of the hit",
}
CONFLICT_ID, SEEN, BASIS = "Id of the conflict", "Seen", "Holds"
NEW_PERSON = "a new person"
BOOK = "Workbook"
YOUR_INITIALS, TODAYS_DATE = "Your initials", "Today's date"

TAKE_BACK = "take the decision back"
IN_WORDS: Mapping[str, Mapping[str, str]] = {
    "person": {
        "confirm": "keep as is",
        "merge": "merge into …",
        "split": "split form …",
        "rename": "rename pseudonym to …",
        "public": "public: do not hide",
        "no-person": "is no person",
        "undo": TAKE_BACK,
    },
    "form": {"hide": "hide", "keep": "keep (do not hide)", "belongs": "belongs to …", "undo": TAKE_BACK},
    "word": {"keep": "keep", "hide": "hide", "belongs": "belongs to …", "undo": TAKE_BACK},
    "passage": {"hide": "hide", "keep": "keep", "replace": "replace by …", "undo": TAKE_BACK},
}
SHEET_OF: Mapping[str, str] = {"person": PEOPLE, "form": REPLACEMENTS, "passage": PASSAGES, "word": LEFT}
