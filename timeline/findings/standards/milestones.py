"""Milestones: steps of a case that several agencies may tell, each once, with the days that it can have been."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from timeline.dates import FuzzyDate
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.wording.cues import Cue

_PREFIX = "milestones."
_HELD, _BESIDE, _NOT_YET = "milestones.held", "milestones.beside", "milestones.not_yet"
_NAMING_CELLS = frozenset({"contact_type", "source"})
_OPENING = 70  # characters at the start of what happened in which a row says what it is about
_SAME_DAYS = 2  # agencies write up one meeting with a day's difference
_WIDEST_DAYS = 7  # a vaguer row than a week starts and stops no clock


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step that happened: its name, the first and last day that it can have been, and the rows that tell it, its best row first."""

    name: str
    earliest: date
    latest: date
    accounts: tuple[Account, ...]

    @property
    def event(self) -> str:
        """The id of the row that it is shown by."""
        return self.accounts[0].event.id


def milestones(evidence: Evidence) -> Mapping[str, tuple[Milestone, ...]]:
    """Every milestone of rules/cues/milestones.toml that a row tells as having happened, by name, in order of time.

    A row tells it where it names it as its kind or source of contact, at the start of what happened, or with a word of `held` in the
    sentence, and neither a word of `beside` ("invitation to") before it nor one of `not_yet` ("postponed") after it. Rows within two days
    tell one step; most agencies' day counts.
    """
    told: dict[str, list[Account]] = {}
    for account in evidence.accounts:
        when = account.event.when
        if when.earliest is None or when.latest is None or (when.latest - when.earliest).days > _WIDEST_DAYS:
            continue
        for name in dict.fromkeys(cue.name for cue in account.cues_of("milestones") if _happened(account, cue)):
            told.setdefault(name.removeprefix(_PREFIX), []).append(account)
    return {name: tuple(_steps(name, accounts)) for name, accounts in told.items()}


def tells(account: Account, name: str) -> bool:
    """Whether a row says anywhere that the step happened: enough where the row tells the step before it too."""
    return any(_is_told(account, cue) for cue in account.cued(_PREFIX + name))


def _is_told(account: Account, cue: Cue) -> bool:
    if not cue.plain or any(each.sentence == cue.sentence and each.start < cue.start for each in account.cued(_BESIDE)):
        return False
    return not any(each.clause == cue.clause and each.start > cue.start for each in account.cued(_NOT_YET))


def _happened(account: Account, cue: Cue) -> bool:
    if cue.name in (_HELD, _BESIDE, _NOT_YET) or not _is_told(account, cue):
        return False
    cell = next((cell for cell in account.event.cells if cell.start <= cue.start < cell.end), None)
    if cell and cell.meaning in _NAMING_CELLS:
        return True
    if any(each.sentence == cue.sentence and each.plain for each in account.cued(_HELD)):
        return True
    return cell is not None and cell.meaning in ("event", "") and cue.start - cell.start <= _OPENING


def _steps(name: str, accounts: Iterable[Account]) -> Iterator[Milestone]:
    group: list[Account] = []
    for account in sorted(accounts, key=lambda each: _days(each.event.when)):
        if group and (_days(account.event.when)[0] - _days(group[-1].event.when)[0]).days > _SAME_DAYS:
            yield _step(name, group)
            group = []
        group.append(account)
    if group:
        yield _step(name, group)


def _step(name: str, group: list[Account]) -> Milestone:
    """One step: on the days that most rows give it, or from the first to the last where none has the most."""
    counts = Counter(_days(account.event.when) for account in group).most_common()
    most = [days for days, count in counts if count == counts[0][1]]
    best = [account for account in group if _days(account.event.when) in most]
    others = [account for account in group if account not in best]
    return Milestone(name, min(first for first, _ in most), max(last for _, last in most), (*best, *others))


def _days(when: FuzzyDate) -> tuple[date, date]:
    if when.earliest is None or when.latest is None:
        raise ValueError("an undated row is no milestone")
    return when.earliest, when.latest
