"""What was known to whom and when, for a chosen matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.finding import Finding
from timeline.wording.lexicon import lexicon_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is asked about: `phrases` as rules/cues/ writes them ("burn*", "new partner"), `lists` of rules/cues/ ("kinds.injury"), or rows by id.

    A row shows the matter where any of them fits. What a row denies or only plans shows it not; what somebody said does.
    """

    phrases: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """The first row of an agency that shows a matter, with the first and last day that it can mean; `rows` counts all that do.

    `lag_days` are the days from the first agency that shows it: the least and the most that both dates can mean, None where one has no date. An
    agency of which no row shows it has neither row nor days.
    """

    agency: str
    event: str | None
    since: date | None
    until: date | None
    rows: int
    lag_days: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Known:
    """A matter that the author chose, by its name in case.toml, and when each agency first shows it."""

    matter: str
    agencies: tuple[Knowing, ...]


def known_matters(evidence: Evidence) -> tuple[Known, ...]:
    """What was known to whom and when, for each matter of case.toml in its order."""
    return tuple(Known(name, known(evidence, Matter(phrases=phrases))) for name, phrases in evidence.case.matters.items())


def matter_of(finding: Finding) -> Matter:
    """The matter that a finding is about: its rows."""
    return Matter(events=frozenset(finding.events))


def known(evidence: Evidence, matter: Matter) -> tuple[Knowing, ...]:
    """When each agency first shows a matter, in the order in which they do; those that never do come last.

    Which came first goes by the last day that a row can mean, then by the first: "March" shows no more than that it was known by the end of March.
    ValueError where a list is unknown or a phrase holds no word.
    """
    if unknown := set(matter.lists) - evidence.cues.lexicon.names:
        raise ValueError(f"rules/cues/ has no list {', '.join(sorted(unknown))}")
    shown: dict[str, list[Account]] = {agency.name: [] for agency in evidence.case.agencies}
    for row in _rows(evidence, matter):
        shown.setdefault(row.event.agency, []).append(row)
    firsts = {agency: min(own, key=_order) for agency, own in shown.items() if own}
    dated = [each for each in firsts.values() if each.event.when.latest]
    start = min(dated, key=_order, default=None)
    known_by = [_knowing(agency, firsts.get(agency), len(shown[agency]), start) for agency in shown]
    return tuple(sorted(known_by, key=lambda each: (each.event is None, each.until or date.max, each.since or date.max, each.agency)))


def _rows(evidence: Evidence, matter: Matter) -> Iterator[Account]:
    """The rows that show a matter, in the timeline's order."""
    phrases, lists = lexicon_of({"matter": matter.phrases}), frozenset(matter.lists)
    for account in evidence.accounts:
        own = (each for each in account.cues if each.name in lists)
        if account.event.id in matter.events or any(
            not (each.denied or each.planned) for each in chain(own, evidence.cues.of(account.words, phrases))
        ):
            yield account


def _knowing(agency: str, row: Account | None, rows: int, start: Account | None) -> Knowing:
    if row is None:
        return Knowing(agency=agency, event=None, since=None, until=None, rows=0, lag_days=None)
    when = row.event.when
    return Knowing(
        agency=agency, event=row.event.id, since=when.earliest, until=when.latest, rows=rows, lag_days=_lag(start, row) if start else None
    )


def _lag(start: Account, row: Account) -> tuple[int, int] | None:
    """Days from the one row to the other, at the least and the most that their dates can mean."""
    (began, known), (first, last) = ((each.event.when.earliest, each.event.when.latest) for each in (start, row))
    if began is None or known is None or first is None or last is None:
        return None
    return (0, 0) if row is start else (max(0, (first - known).days), max(0, (last - began).days))


def _order(row: Account) -> tuple[date, date, int]:
    when = row.event.when
    return when.latest or date.max, when.earliest or date.max, row.place
