"""The words that documents share: dates as people say them, the kinds of finding, a row with its headings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from timeline.dates import UNKNOWN, FuzzyDate
from timeline.events import Event
from timeline.findings.finding import Finding

# kind -> how a document calls it; documents show kinds in this order, kinds that are not here last
KINDS = {
    "silence": "Silence: no agency recorded anything",
    "agency-silence": "Silence of one agency",
    "coverage": "Period not covered by an agency",
    "not-seen": "Not seen",
    "voice-missing": "The person's voice is missing",
    "no-action": "Concern with no action recorded",
    "late": "Late against a standard",
    "late-recording": "Recorded late",
    "same-event": "Possibly the same event",
    "discrepancy": "Accounts differ",
    "unanswered-handover": "Handover with no answer recorded",
    "unanswerable-handover": "Handover that nobody here could answer",
    "unexplained-knowledge": "Knowledge that nobody recorded giving",
    "duplicate": "Possibly the same entry twice",
    "overlapping-involvement": "Overlapping involvement",
    "pattern": "Pattern",
}
_SHORT_KINDS = frozenset({"marac"})  # kinds of event that are called by their initials
STATUSES = {"read": "Read", "rejected": "Not read", "superseded": "Replaced, or a copy", "ignored": "Set aside"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SEASONS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
_MARKS = {"~": "about ", "?": "possibly ", "%": "possibly about "}
_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_MONTH_DAYS = 30  # from the first to the last day of the longest month


def kind_in_words(kind: str) -> str:
    """What a document calls a kind of finding."""
    return KINDS.get(kind) or kind.replace("-", " ").capitalize()


def kind_of_event_in_words(kind: str) -> str:
    """What a document calls a kind of event: `Home visit`, `Section 47`, `MARAC`."""
    return kind.upper() if kind in _SHORT_KINDS else kind.replace("-", " ").replace("_", " ").capitalize()


def kind_order(kind: str) -> tuple[int, str]:
    """Where a kind stands among the others."""
    return (list(KINDS).index(kind) if kind in KINDS else len(KINDS), kind)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by kind, and those of one kind by their days; those of the same days as they come."""
    return sorted(findings, key=lambda each: (kind_order(each.kind), each.since or date.max, each.until or date.max))


_VERDICTS = {"accept": "Accepted", "dismiss": "Dismissed"}


def decision_in_words(finding: Finding) -> tuple[str, ...]:
    """What was decided on a finding, a line each; none where nobody decided."""
    decision = finding.more.get("decision")
    if not isinstance(decision, Mapping):
        return ()
    who = f"{decision['by']}, {day_in_words(date.fromisoformat(str(decision['at'])[:10]))}"
    verdict = _VERDICTS.get(str(decision["verdict"]), "Open again: its rows were changed" if decision["rows_changed"] else "")
    return (f"{verdict} ({who})" if verdict else f"Noted ({who})", *(str(note) for note in decision["notes"]))


def date_in_words(when: FuzzyDate) -> str:
    """The date as a person would say it: `Fri 19 Jan 2018`, `about Mar 2019`, `4 Mar 2019 – 10 Mar 2019`, `Undated`."""
    if when.edtf == UNKNOWN:
        return "Undated"
    if "/" not in when.edtf:
        return _point_in_words(when.edtf, weekday=True)
    first, last = when.edtf.split("/", 1)
    if first[:7] == last[:7] and len(first) == len(last) == len("2019-03-04"):
        return f"{int(first[-2:])}–{_point_in_words(last)}"
    return f"{_point_in_words(first)} – {_point_in_words(last)}"


def day_in_words(day: date) -> str:
    """A day as a person would say it, with the month in full: `4 March 2019`."""
    return f"{day.day} {_FULL_MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """The day's month: `March 2019`."""
    return f"{_FULL_MONTHS[day.month - 1]} {day.year}"


def wider_than_a_month(when: FuzzyDate) -> bool:
    """Whether the first and last day that the date can mean lie further apart than those of a month."""
    return (when.width_days or 0) > _MONTH_DAYS


def date_remarks(event: Event) -> tuple[str, ...]:
    """What a reader should know of the event's date: as it was written where that is not plain, what was assumed, and where it was placed."""
    when, remarks = event.when, []
    exact = when.width_days == 0 and when.edtf[-1:].isdigit()
    if when.as_written and (not exact or when.assumed):
        remarks.append(f"written “{' '.join(when.as_written.split())}”")
    remarks += [f"assumed: {each}" for each in when.assumed]
    if wider_than_a_month(when):
        remarks.append("placed by its first possible day")
    return tuple(remarks)


def cells_in_words(event: Event) -> Iterator[tuple[str, str]]:
    """(heading as the agency wrote it, text) for each cell of the row, in column order; a text without columns comes whole with no heading."""
    texts = [event.text[cell.start : cell.end] for cell in event.cells]
    if "\n".join(texts) != event.text:
        yield "", event.text
        return
    for cell, text in zip(event.cells, texts, strict=True):
        yield cell.heading, text


def text_in_words(event: Event) -> str:
    """The row's text, a line for each cell, with the agency's own heading before it."""
    return "\n".join(f"{heading}: {text}" if heading else text for heading, text in cells_in_words(event))


def period_in_words(finding: Finding) -> str:
    """The days that a finding is about, with their number where it has one."""
    days = f" ({finding.days} days)" if finding.days else ""
    if finding.since and finding.until and finding.since != finding.until:
        return f"{day_in_words(finding.since)} to {day_in_words(finding.until)}{days}"
    one = finding.since or finding.until
    return f"{day_in_words(one)}{days}" if one else days.strip(" ()")


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: `1 row`, `12 rows`, `10,000 rows`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(words: list[str]) -> str:
    """The words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _point_in_words(edtf: str, *, weekday: bool = False) -> str:
    match = _POINT.fullmatch(edtf)
    if not match:
        return edtf
    year, month, day, mark = match.groups()
    words = year
    if month in _SEASONS:
        words = f"{_SEASONS[month]} {year}" if not mark else f"{_SEASONS[month].lower()} {year}"
    elif month:
        words = f"{_MONTHS[int(month) - 1]} {year}"
    if day:
        words = f"{int(day)} {words}"
        if weekday and not mark:
            words = f"{_DAYS[date(int(year), int(month), int(day)).weekday()]} {words}"
    return _MARKS.get(mark, "") + words
