"""Timescales: what can be timed, the number it is held against, and where that number comes from."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from timeline.working_days import WorkingDays

_WITHIN = re.compile(r"(\d{1,4})\s+(working days?|days?|weeks?|months?|hours?)")
_HOURS_OF_A_DAY = 24
BOARD = "the board's own number, [timescales.numbers] of case.toml"


@dataclass(frozen=True, slots=True)
class Within:
    """A length of time as guidance writes it: "15 working days", "6 weeks", "72 hours"."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def last_day(self, start: date, calendar: WorkingDays) -> date:
        """The last day that is still within the time from `start`. Hours count as whole days, rounded up, because rows rarely give both times."""
        if self.unit == "working day":
            return calendar.after(start, self.count)
        if self.unit == "month":
            months = start.year * 12 + start.month - 1 + self.count
            year, month = divmod(months, 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        days = {"day": self.count, "week": 7 * self.count, "hour": -(-self.count // _HOURS_OF_A_DAY)}[self.unit]
        return start + timedelta(days=days)


def within_from(text: str) -> Within:
    """A length of time out of words; ValueError where they are none."""
    match = _WITHIN.fullmatch(" ".join(text.split()).casefold())
    if not match or int(match[1]) < 1:
        raise ValueError(f"{text!r} is no length of time such as “15 working days”, “6 weeks”, “3 months” or “72 hours”")
    return Within(int(match[1]), match[2].removesuffix("s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """A time that guidance sets: `until` (a milestone) within `within` after `after`, or `every` milestone again while a plan `during` runs.

    `source` says where the number comes from, `verified` whether anyone read it there; it counts for clocks that start from `since` to `to`
    (inclusive; None is open). `may_be_missing` where not every clock needs its step: a referral may lead to no assessment. `one_row` where
    the row that starts the clock may tell the step as well (a referral with its decision). `comparison` is the place's name where it is
    another place's number, switched on to compare.
    """

    id: str
    what: str
    within: Within
    source: str
    verified: bool
    after: str = ""
    until: str = ""
    every: str = ""
    during: str = ""
    may_be_missing: bool = False
    one_row: bool = False
    since: date | None = None
    to: date | None = None
    comparison: str = ""

    @property
    def source_in_words(self) -> str:
        """Where the number comes from, with a remark where nobody has read it there."""
        return self.source + ("" if self.verified else " (not verified)")

    def counts_on(self, day: date) -> bool:
        """Whether it was in force for a clock that starts on the day."""
        return (self.since is None or self.since <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Timescales:
    """The timescales of a review, and what the report must say of them."""

    each: tuple[Timescale, ...] = ()
    note: str = ""


def timescales_from(
    measured: Mapping[str, Any], profile: Mapping[str, Any], numbers: Mapping[str, str], comparison: str = ""
) -> Timescales:
    """The timescales: what is measured (rules/timescales.toml), a profile's numbers, and the board's own `numbers`, which outweigh them.

    `comparison` is the profile's title where it is another place's. ValueError names a timescale that is unknown or a number that is none.
    """
    kinds = {each["id"]: each for each in measured["timescale"]}
    theirs = [
        _timescale(kinds, each["timescale"], each, comparison) for each in profile.get("number", ()) if each["timescale"] not in numbers
    ]
    own = [_timescale(kinds, name, {"within": within, "source": BOARD, "verified": True}, "") for name, within in numbers.items()]
    return Timescales((*theirs, *own), profile.get("note", ""))


def _timescale(kinds: Mapping[str, Mapping[str, Any]], name: str, number: Mapping[str, Any], comparison: str) -> Timescale:
    if name not in kinds:
        raise ValueError(f"the timescale {name!r} is unknown; allowed are {', '.join(kinds)}")
    kind = kinds[name]
    return Timescale(
        id=name,
        what=kind["what"],
        within=within_from(number["within"]),
        source=number["source"],
        verified=number["verified"],
        **{key: kind[key] for key in ("after", "until", "every", "during", "may_be_missing", "one_row") if key in kind},
        since=number.get("from"),
        to=number.get("to"),
        comparison=comparison,
    )


def names_of(measured: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[str, ...]:
    """The ids that a board may give numbers for."""
    return tuple(each["id"] for each in measured["timescale"])
