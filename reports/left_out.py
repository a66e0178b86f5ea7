"""What the learning report leaves out and why, for the board: a sheet of the working timeline."""

from collections.abc import Iterable, Iterator

from reports.sheets import Column, Table, Value
from reports.wording import in_order, kind_in_words
from reports.working import Working
from timeline.findings.finding import Finding
from timeline.findings.ranking import is_dismissed

TAB = "Left out of the learning report"
_NO_STORY = "it tells the story of one family; the learning report holds no narrative and no quotation"
_ALWAYS = (
    ("Names, pseudonyms, ages, roles and everyone's place in the family", "they tell who is meant"),
    ("Days, months, years and lengths of time", "the learning report shows no dates, and intervals can be told from the press"),
    (
        "Agencies one by one, places, schools and services",
        "the learning report holds no account agency by agency, and a small place has one of each",
    ),
    (
        "Health, ethnicity, faith, language, occupation, courts, media and other facts that may tell",
        "they tell who is meant without a name",
    ),
    ("The title and the reference of this review", "they lead to this review's other papers; the board adds its own where it publishes"),
)


def left_out(working: Working) -> Table:
    """Everything that stands in the timeline and not in the learning report, with what stays of it and why the rest is left out."""
    columns = (
        Column("What", 46),
        Column("Rows of the timeline", 30),
        Column("Agencies", 30),
        Column("What stays of it", 40),
        Column("Why the rest is left out", 60),
        Column("Id", 14),
    )
    note = "The learning report and the briefing are written from numbers and the general words of rules/learning.toml; nothing here is in them."
    return Table(TAB, note, columns, _lines(working))


def _lines(working: Working) -> Iterator[tuple[Value, ...]]:
    for what, why in _ALWAYS:
        yield what, None, None, "nothing", why, None
    numbers = working.row_numbers()
    by_agency: dict[str, list[int]] = {}
    for event in working.timeline.events:
        by_agency.setdefault(event.agency, []).append(numbers[event.id])
    for agency, rows in by_agency.items():
        yield f"All rows: {len(rows):,}", in_ranges(rows), agency, "nothing", _NO_STORY, None
    for analysis in working.timeline.analyses:
        yield "An agency's own analysis", None, analysis.source.file.agency, "nothing", _NO_STORY, analysis.id
    if working.case.referral:
        yield "What the referral says", None, None, "nothing", _NO_STORY, None
    for finding in in_order(working.findings):
        yield _line(working, finding, numbers)


def _line(working: Working, finding: Finding, numbers: dict[str, int]) -> tuple[Value, ...]:
    about = str(finding.more.get("about") or finding.more.get("pattern") or "")
    theme = working.learning.theme(finding.kind, about)
    if is_dismissed(finding):
        stays, why = "nothing", "the author decided that it is no question"
    elif theme:
        stays, why = f"one of the number of “{theme.title}”", "its question, days, agencies and rows tell the story of one family"
    else:
        stays, why = "nothing", working.learning.why_left_out(finding.kind, about)
    rows = sorted(numbers[event] for event in finding.events if event in numbers)
    what = kind_in_words(finding.kind) + (f" ({about.replace('-', ' ')})" if about else "")
    return what, in_ranges(rows), "\n".join(finding.agencies), stays, why, finding.id


def in_ranges(rows: Iterable[int]) -> str:
    """Row numbers with runs as ranges: `1–3, 7`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    return ", ".join("–".join(str(number) for number in run) for run in runs)
