"""Duplicates: one agency's rows that are the same entry twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.same_entry.retyped import Piece, pieces_of, retyped

_NEAREST = 40  # of different rows on one date each is held against so many before it: a pile of one date is not held against itself
_TELLING = 6  # words in common where one of the rows has a cell that the other lacks: fewer say nothing of it
_BESIDE = frozenset({"date_recorded"})  # when it was typed tells nothing of what it says

type _Cells = Mapping[str, tuple[Piece, ...]]


class _Review:
    """What every comparison needs of a review: in how many rows each word stands, and how one thing is written in several ways."""

    def __init__(self, evidence: Evidence) -> None:
        self._accounts, self.same_words = evidence.accounts, evidence.same_words

    def rare(self, word: str) -> bool:
        """Whether a word stands in one row at most."""
        return self._rows[word] < 2

    @cached_property
    def _rows(self) -> Counter[str]:
        return Counter(text for account in self._accounts for text in {word.text for word in account.words})


@dataclass(frozen=True)
class _Entry:
    """A row, its words as a set, and its minutes after midnight where it has a time."""

    account: Account
    review: _Review
    words: frozenset[str]
    minutes: int | None

    @cached_property
    def cells(self) -> _Cells:
        """What each of its cells says, by the meaning of the column, else by its heading."""
        found: defaultdict[str, tuple[Piece, ...]] = defaultdict(tuple)
        for cell in self.account.event.cells:
            if cell.meaning not in _BESIDE:
                pieces = pieces_of(self.account, cell.start, cell.end, self.review.same_words)
                found[cell.meaning or cell.heading.casefold()] += pieces
        return {meaning: pieces for meaning, pieces in found.items() if pieces}


@dataclass(frozen=True)
class _Group:
    """Rows that are one entry: all of them, and those of them that differ in any letter."""

    rows: list[Account] = field(default_factory=list)
    different: list[_Entry] = field(default_factory=list)

    def holds(self, entry: _Entry) -> bool:
        """Whether the row is the same entry as every one of the group."""
        return all(_same(each, entry) for each in self.different)


def duplicates(evidence: Evidence) -> Iterator[Finding]:
    """Rows of one agency with one date that say the same thing in the same words.

    Words may differ by a slip of the pen or a short form of the same (rules/same_words.toml, initials), by capitals, blanks and stops; a time of day,
    or a column, may stand in one row alone. Rows whose times, names, numbers, sides or negations differ are look-alikes and no duplicates.
    Certain where the same words to the letter stand at one day and time. Nothing is removed: every row stays in the timeline.
    """
    review = _Review(evidence)
    by_date: defaultdict[tuple[object, ...], list[Account]] = defaultdict(list)
    for account in evidence.accounts:
        if account.words:
            by_date[account.event.agency, account.event.when.earliest, account.event.when.latest].append(account)
    for accounts in by_date.values():
        if len(accounts) > 1:
            yield from (_finding(group.rows) for group in _groups(accounts, review) if len(group.rows) > 1)


def _groups(accounts: Sequence[Account], review: _Review) -> list[_Group]:
    groups: list[_Group] = []
    to_the_letter: dict[tuple[str, str | None], _Group] = {}
    for account in accounts:
        written = account.event.text, account.event.time
        if written not in to_the_letter:
            entry = _Entry(account, review, frozenset(word.text for word in account.words), _minutes(account.event.time))
            home = next((group for group in reversed(groups[-_NEAREST:]) if group.holds(entry)), None)
            if home is None:
                groups.append(home := _Group())
            home.different.append(entry)
            to_the_letter[written] = home
        to_the_letter[written].rows.append(account)
    return groups


def _same(one: _Entry, other: _Entry) -> bool:
    if one.minutes is not None and other.minutes is not None and one.minutes != other.minutes:
        return False
    if one.account.event.text == other.account.event.text:
        return True
    if 2 * len(one.words & other.words) < min(len(one.words), len(other.words)):
        return False
    times = frozenset({one.minutes, other.minutes}) - {None}
    both = one.cells.keys() & other.cells.keys()
    for meaning in both:
        mine, theirs = (tuple(p for p in each.cells[meaning] if times.isdisjoint(p.minutes)) for each in (one, other))
        if not retyped(mine, theirs, one.review.rare):
            return False
    shared = sum(len(one.cells[meaning]) for meaning in both)
    return bool(both) and (shared >= _TELLING or one.cells.keys() == other.cells.keys())


def _minutes(time: str | None) -> int | None:
    return int(time[:2]) * 60 + int(time[3:]) if time else None


def _finding(rows: Sequence[Account]) -> Finding:
    events = [account.event for account in rows]
    first = events[0]
    to_the_letter = len({(event.text, event.time) for event in events}) == 1
    return Finding(
        id=finding_id("duplicate", *(event.id for event in events)),
        kind="duplicate",
        events=tuple(event.id for event in events),
        agencies=(first.agency,),
        since=first.when.earliest,
        until=first.when.latest,
        days=(first.when.latest - first.when.earliest).days if first.when.earliest and first.when.latest else None,
        certainty="certain" if to_the_letter and first.when.width_days == 0 else "possible",
        rule="duplicate: one agency, one date, the same words",
        standard="the same words, but for slips of the pen and short forms",
        source="our own rule; words in rules/same_words.toml",
        question=f"{first.agency} has this entry {len(events)} times. Is it one event entered again, or did it happen more than once?",
    )
