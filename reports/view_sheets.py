"""The sheets of working/timeline.xlsx that show a review as a whole: agencies by month, who told whom, when the person was last seen."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from reports.sheets import Column, Table, Value
from reports.wording import month_in_words
from reports.working import Working
from timeline.case import Case
from timeline.views.contacts import Contacts
from timeline.views.known import Knowing
from timeline.views.last_seen import LastSeen
from timeline.views.months import AgencyMonths, agencies_by_month, months_between

_WIDE, _UNDATED, _ALL = "Wider than a month", "Undated", "All agencies"


def by_month(working: Working) -> Table:
    """Rows of each agency by month, with the first and last day of each."""
    found = agencies_by_month(working.case, working.timeline)
    frame = pd.DataFrame({each.agency: {**each.months, _WIDE: each.vague, _UNDATED: each.undated} for each in found}, dtype="object")
    counts = frame.reindex(_lines(working.case, found)).fillna(0).astype(int)
    counts[_ALL] = counts.sum(axis=1)
    counts.loc["All rows"] = counts.sum()
    rows: list[tuple[Value, ...]] = [
        (_label(line, working.case), *(int(n) for n in numbers)) for line, numbers in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    rows.append(("First possible day", *(each.first for each in found), min((e.first for e in found if e.first), default=None)))
    rows.append(("Last possible day", *(each.last for each in found), max((e.last for e in found if e.last), default=None)))
    columns = (Column("Month", 34), *(Column(each.agency, 16, shaded=True) for each in found), Column(_ALL, 12))
    return Table(
        "Agencies by month",
        "Rows of each agency by the month in which they can begin, every month of the period under review; “–” is none.",
        columns,
        rows,
    )


def _lines(case: Case, found: Sequence[AgencyMonths]) -> list[date | str]:
    """Every month of the period and every other one with rows, then the kinds of rows that have none, where there are any."""
    months = {month for each in found for month in each.months} | {*months_between(case.period_start, case.period_end)}
    apart = [(_WIDE, sum(each.vague for each in found)), (_UNDATED, sum(each.undated for each in found))]
    return [*sorted(months), *(name for name, rows in apart if rows)]


def _label(line: date | str, case: Case) -> str:
    if isinstance(line, str):
        return line
    inside = case.period_start.replace(day=1) <= line <= case.period_end
    return month_in_words(line) + ("" if inside else " (outside the period)")


def contacts(working: Working) -> Table:
    """The contact matrix: who says that it told whom how often, how many of these no row of the other has, and how long the others took."""
    found = {(each.sender, each.recipient): each for each in working.views.contacts}
    names = dict.fromkeys([*(agency.name for agency in working.case.agencies), *(name for pair in found for name in pair)])
    columns = (Column("Who says that it told …", 30, tinted=True), *(Column(name, 21) for name in names))
    rows = (
        ((sender, *("" if sender == other else _told(found.get((sender, other))) for other in names)) for sender in names) if found else ()
    )
    note = (
        "How often a row says that the agency on the left told the one above: what no row of that one has is a question in Findings. “–”: no row "
        "tells of it. The delay is the middle one."
    )
    return Table("Who told whom", note, columns, rows, 1, "No row tells of a handover to another agency of the review.")


def _told(contacts: Contacts | None) -> str:
    if contacts is None:
        return "–"
    lines = [f"told {contacts.handovers:,}"]
    lines += [f"{contacts.unanswered:,} not in its rows"] if contacts.unanswered else []
    lines += [f"{contacts.unanswerable:,} cannot be known"] if contacts.unanswerable else []
    if (lag := contacts.median_lag_days) is not None:
        lines.append(
            f"{contacts.answered:,} in its rows, "
            + ("the same working day" if lag == 0 else f"{lag:g} working day{'s' if lag != 1 else ''} on")
        )
    return "\n".join(lines)


def known(working: Working) -> Table:
    """When each agency first shows what the author chose to ask about, in the order in which they do."""
    columns = (
        Column("Matter", 34),
        Column("Agency", 30, tinted=True),
        Column("First row that shows it", 12),
        Column("First possible day", 12),
        Column("Last possible day", 12),
        Column("Days after the first agency", 16),
        Column("Rows that show it", 12),
    )
    numbers = working.row_numbers()
    rows = (
        (matter.matter, e.agency, numbers.get(e.event or ""), e.since, e.until, _after(e), e.rows)
        for matter in working.views.known
        for e in matter.agencies
    )
    note = (
        "The first row of each agency in whose words the matter stands, neither denied nor only planned. That a row shows it is no proof that the "
        "agency understood it; that none does, none that it did not know."
    )
    empty = "No matter was chosen: name one under [matters] of case.toml, with the words that show it, and run again."
    return Table("Who knew what", note, columns, rows, 2, empty)


def _after(knowing: Knowing) -> str | None:
    if knowing.event is None:
        return "no row shows it"
    if knowing.lag_days is None:
        return "undated"
    least, most = knowing.lag_days
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def last_seen(working: Working) -> Table:
    """Every sighting of the child or adult, with the days since the one before."""
    columns = (
        Column("Who", 28),
        Column("First possible day", 12),
        Column("Last possible day", 12),
        Column("Days since last seen", 12),
        Column(f"More than {working.case.not_seen_days} days", 12),
        Column("How", 30),
        Column("Agency", 26, tinted=True),
        Column("Row of the timeline", 12),
    )
    names, numbers = {person.id: person.name for person in working.people}, working.row_numbers()
    limit = working.case.not_seen_days
    rows = (
        (
            names.get(e.person, e.person),
            e.since,
            e.until,
            e.days_since,
            _long(e.days_since, limit),
            _how(e),
            e.agency or None,
            numbers.get(e.event),
        )
        for e in working.views.last_seen
    )
    note = (
        "Rows by which the person was seen. Days are counted from the last day of the one to the first of the next, as few as their dates allow; "
        "“–”: the same day."
    )
    return Table("Last seen", note, columns, rows, 1, "No row says that the child or adult was seen, or no cast list says who that is.")


def _long(days: int | None, limit: int) -> str | None:
    return "yes" if days is not None and days > limit else None


def _how(seen: LastSeen) -> str:
    if not seen.event:
        return "the record ends"
    return ("seen alone" if seen.alone else "seen") + ("" if seen.sure else ", as the words suggest")
