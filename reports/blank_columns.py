"""The columns of the blank chronology: what to put in each, its width and choices, and whom the blank asks."""

from dataclasses import dataclass
from datetime import date

from reports.wording import day_in_words

SEEN_CHOICES = ("Yes (alone)", "Yes (with others)", "No", "Not applicable")
CONTACT_CHOICES = (
    "Home visit",
    "Office or clinic visit",
    "Appointment",
    "Telephone call",
    "Letter or e-mail",
    "Meeting",
    "Referral",
    "Report received",
    "Police attendance",
    "Hospital attendance",
    "Other",
)
GUIDANCE = (
    "One row for each event or contact, in order of date. Write facts as they were recorded; keep opinion for the last column.",
    "Write dates as day, month and year (04/03/2019). Where the day is not known, say so: “March 2019”, “about 4 March 2019”, “w/c 4 March 2019”.",
    "Write names and roles in full the first time. The board hides names later; initials alone cannot be followed.",
    "Say so when there was no contact, when nothing was done, and when the child or adult was not seen: an empty cell says nothing.",
    "Leave the heading row as it is. Add as many rows as you need; do not merge cells.",
    "Filled in, this holds personal information: send it only in the way that the board has told you.",
)


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column of the blank: its heading, what to put in it, an invented example, its width in a spreadsheet and in a Word table."""

    heading: str
    what: str
    example: str
    width: float
    width_cm: float
    choices: tuple[str, ...] = ()


COLUMNS = (
    BlankColumn("No.", "A number for the row, or nothing.", "1", 6, 0.9),
    BlankColumn("Date of event", "The day it happened, not the day it was written down.", "04/03/2019", 13, 1.9),
    BlankColumn("Time", "24 hours, if it is known.", "14:30", 8, 1.2),
    BlankColumn("Source of information", "The record it is taken from.", "Case note", 20, 2.0),
    BlankColumn("Professional (name and role)", "Who acted or wrote it down.", "A. Sample, social worker", 22, 2.2),
    BlankColumn("People involved", "Who of the family, and who else, was there or is meant.", "Child, mother", 22, 2.1),
    BlankColumn("Type of contact", "How the contact was made. Write your own words if none fits.", "Home visit", 18, 1.8, CONTACT_CHOICES),
    BlankColumn(
        "Event (what happened)",
        "What was seen, said and done.",
        "Planned visit. Mother and child at home. Kitchen clean, food seen.",
        60,
        4.6,
    ),
    BlankColumn(
        "Child or adult seen? (Y/N/alone)",
        "Whether the person was seen in person, and whether alone.",
        "Yes (alone)",
        17,
        1.8,
        SEEN_CHOICES,
    ),
    BlankColumn(
        "Voice of the child or adult",
        "The person's own words, wishes, feelings, or what was observed.",
        "Said that school is “OK now”.",
        36,
        2.6,
    ),
    BlankColumn(
        "Action/decision and rationale",
        "What was done or decided, and why. Write “No action” if none.",
        "Visit again in 2 weeks: plan on track.",
        40,
        3.0,
    ),
    BlankColumn("Information shared with", "Who was told, when and how.", "Health visitor, by telephone, same day", 24, 1.9),
    BlankColumn("Comment", "Opinion, learning, or what the reader should know.", "First visit after a change of worker.", 24, 1.9),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Whom the blank goes to, and for what: the review's reference, the agency, and the period (both days inclusive); each may be left out."""

    reference: str = ""
    agency: str = ""
    period_start: date | None = None
    period_end: date | None = None

    @property
    def line(self) -> str:
        """The line under the title: reference, agency and period, as far as they are given."""
        parts = [self.reference, self.agency]
        if self.period_start and self.period_end:
            parts.append(f"{day_in_words(self.period_start)} to {day_in_words(self.period_end)}")
        return " · ".join(part for part in parts if part) or "Review, agency and period: ask the board"


NOBODY_YET = Request()
