"""Seen: whether a row says that the child or adult of the review was seen, in which words, and how sure that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.seeing.references import cast_of
from timeline.findings.seeing.seen_column import column_says
from timeline.findings.seeing.seen_words import Statement, asks_in_vain, statements, tells

Value = Literal["alone", "in person", "not seen", "heard", "died"]

type _Said = tuple[Value, bool, int, int]  # value, sure, and the place of the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one row says of one subject being seen.

    `value`: seen `alone`, seen `in person`, asked for and `not seen`, `heard` of (a call, a letter, a screen, somebody's word), or `died`.
    `sure`: said in so many words or by the column; else only likely. `asked`: the row went to see the person, or expected the person, in vain.
    The words stand at start to end (exclusive) of the row's text. `since` and `until` are the first and last day that the row's date can
    mean, None where it is unknown.
    """

    event: str
    person: str
    agency: str
    value: Value
    sure: bool
    asked: bool
    start: int
    end: int
    since: date | None
    until: date | None

    @property
    def seen(self) -> bool:
        """Whether the person was seen in person."""
        return self.value in ("alone", "in person")


def sightings(evidence: Evidence) -> tuple[Sighting, ...]:
    """What every row says of every subject being seen, in the timeline's order; a row that says nothing of it has none.

    The column for it decides where the row has one, else the words. Nobody is seen before the day of birth.
    """
    return evidence.once(_sightings)


def _sightings(evidence: Evidence) -> tuple[Sighting, ...]:
    return tuple(sighting for account in evidence.accounts for sighting in _of_row(evidence, account))


def _of_row(evidence: Evidence, account: Account) -> Iterator[Sighting]:
    event, latest = account.event, account.event.when.latest
    if not (tells(account) or any(cell.meaning == "child_seen" for cell in event.cells)):
        return
    told = statements(evidence, account)
    for subject in cast_of(evidence).subjects:
        if subject.born and latest and latest < subject.born:
            continue
        said = _by_column(account, told, subject.id) or _by_words(account, told, subject.id)
        if said:
            value, sure, start, end = said
            yield Sighting(
                event=event.id,
                person=subject.id,
                agency=event.agency,
                value=value,
                sure=sure,
                asked=value == "not seen" and _asked(account, told, subject.id),
                start=start,
                end=end,
                since=event.when.earliest,
                until=event.when.latest,
            )


def _by_column(account: Account, told: Sequence[Statement], person: str) -> _Said | None:
    """What the column for it says; a bare yes gives way where the row's words say that this person, by name, was not seen."""
    for cell in account.event.cells:
        if cell.meaning != "child_seen":
            continue
        says = column_says(cell.heading, account.event.text[cell.start : cell.end])
        mine = [each for each in told if person in each.people]
        denied = any(each.how == "not seen" and each.explicit for each in mine) and not any(
            each.how == "seen" and each.sure for each in mine
        )
        if says and not (says == "in person" and denied):
            return says, True, cell.start, cell.end
    return None


def _asked(account: Account, told: Sequence[Statement], person: str) -> bool:
    """Whether the words, not the column alone, say that a worker went or that the person was expected."""
    in_vain = any(
        each.how in ("not seen", "elsewhere") and account.meaning_at(each.start) != "child_seen" for each in told if person in each.people
    )
    return in_vain or asks_in_vain(account)


def _by_words(account: Account, told: Sequence[Statement], person: str) -> _Said | None:
    """What the row's words say of a person: seen outweighs what was tried before, unless the words deny it of that person by name."""
    mine = [each for each in told if person in each.people]
    seen = sorted((each for each in mine if each.how == "seen"), key=lambda each: (not each.sure, not each.explicit, each.start))
    against = sorted((each for each in mine if each.how in ("not seen", "elsewhere")), key=lambda each: (not each.explicit, each.start))
    if died := next((each for each in mine if each.how == "died"), None):
        return "died", died.sure, died.start, died.end
    if seen and not (against and _denies(against[0], seen[0])):
        alone = any(cue.plain for cue in account.cued("seen.alone"))
        return "alone" if alone else "in person", seen[0].sure, seen[0].start, seen[0].end
    if against:
        return "not seen", against[0].sure, against[0].start, against[0].end
    heard = next((each for each in mine if each.how == "heard"), None)
    return ("heard", heard.sure, heard.start, heard.end) if heard else None


def _denies(against: Statement, seen: Statement) -> bool:
    """Whether "not seen" counts more than "seen": it names the person where that does not and comes later, or that is only likely."""
    if seen.sure:
        return against.explicit and not seen.explicit and against.start > seen.end
    return against.explicit or not seen.explicit
