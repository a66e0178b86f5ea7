"""The intruder test: how many published passages somebody who holds the agencies' rows could link back to their row, and by what."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from anonymise.jigsaw.word_groups import groups, letters

_SEVERAL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as its agency wrote it, and what the draft shows of it: its text, its date in words, its agency's type, its kinds of event."""

    text: str
    shown: str
    date: str
    agency: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intrusion:
    """Of `passages`, how many are linked to the right row by words, by the date alone, by agency, date and kind of event, and by any of these.

    `by_chance` is how many a guess among all rows would link, `by_chance_of_date` one among the rows of the same date.
    """

    passages: int
    by_words: int
    by_date: int
    by_combination: int
    together: int
    by_chance: float
    by_chance_of_date: float


def intrusion(rows: Sequence[Row], words: int) -> Intrusion:
    """Try to link every row's passage. `words` is the length of the word groups; a group that one row alone has points to it.

    A passage is linked by words where more rare groups point to its row than to any other; by date or combination where no other row has the
    same. Each row is published once, in the order given.
    """
    owners = _owners(rows, words)
    dates = Counter(row.date for row in rows)
    combinations = Counter(_combination(row) for row in rows)
    by_words = [_linked(row, number, owners, words) for number, row in enumerate(rows)]
    by_date = [bool(row.date) and dates[row.date] == 1 for row in rows]
    by_combination = [combinations[_combination(row)] == 1 for row in rows]
    return Intrusion(
        passages=len(rows),
        by_words=sum(by_words),
        by_date=sum(by_date),
        by_combination=sum(by_combination),
        together=sum(any(ways) for ways in zip(by_words, by_date, by_combination, strict=True)),
        by_chance=1.0 if rows else 0.0,
        by_chance_of_date=sum(1 / dates[row.date] for row in rows),
    )


def _combination(row: Row) -> Hashable:
    return row.agency, row.date, row.kinds


def _owners(rows: Sequence[Row], words: int) -> dict[int, int]:
    """Each word group -> the number of the one row that has it, or _SEVERAL."""
    owners: dict[int, int] = {}
    for number, row in enumerate(rows):
        for group in set(groups(letters(row.text), words)):
            owners[group] = _SEVERAL if group in owners else number
    return owners


def _linked(row: Row, number: int, owners: Mapping[int, int], words: int) -> bool:
    """Whether more of the row's groups point to it than to any other row."""
    votes = Counter(map(owners.get, groups(letters(row.shown), words)))
    del votes[None], votes[_SEVERAL]
    first = votes.most_common(2)
    return bool(first) and first[0][0] == number and (len(first) == 1 or first[0][1] > first[1][1])
