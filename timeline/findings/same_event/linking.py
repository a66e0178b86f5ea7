"""Which rows of different agencies may tell one event: what two of them share, weighed, found by blocks of days and never all against all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from timeline.findings.same_event.tellings import MEETINGS, Telling

_NEXT_DAY = 1  # an evening's event is written up the next morning
_PAIR = 2
_BY_A_PERSON = 100.0  # more than rows can share, so that a decision holds a group together, or apart
_CROWD = 12  # rows of one day that are all compared with one another; a fuller day is parted by what its rows share


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each thing that two rows share says for one event, and how much is enough; a benchmark may put any at 0.

    Rarity runs from 0 (in every row) to 1 (in hardly any) and is multiplied with the weight. No single thing is enough by itself.
    """

    enough: float = 0.8  # two rows are proposed as one event: the day and about two more things
    enough_together: float = 0.5  # two groups become one: so much between their rows on average, what is not shared counting as 0
    one_agency: float = 0.2  # in that average, two rows of one agency, which seldom tells an event twice
    same_day: float = 0.35  # their own dates can be the same day
    day_told: float = 0.45  # the words of one name the day of the other: a letter, a report, a call the next morning
    next_day: float = 0.15  # written up the morning after
    notified: float = 0.15  # up to a week later, and the later row names the agency of the earlier
    notified_days: int = 7  # a notification or letter of later than this names the day, or cannot be told from another
    time: float = 0.45  # the same time of day, or one names the other's
    minutes_near: int = 45  # two agencies' clocks and write-ups differ by this much
    other_time: float = -0.35  # both have a time, hours apart, and neither row is a report to or from the other agency
    other_time_minutes: int = 120
    kind: float = 0.6  # the same kind of event, by rarity
    most_kinds: float = 0.7  # kinds go together (an arrest, an assault, an injury), so they add up to no more
    other_meeting: float = -0.35  # one is a meeting and the other not, or another meeting: what led to a meeting is not the meeting
    person: float = 0.25  # the same person named, by rarity: a rare visitor says more than the subject
    most_people: float = 0.4
    agency: float = 0.12  # one names the other's agency or worker; twice that where each names the other
    words: float = 1.5  # the share of the shorter row's weight of words that both have
    fewest_words: float = 4.5  # a row of three words shares all of them by chance: it counts as if it had so many rare ones


WEIGHTS = Weights()


class Link(NamedTuple):
    """Two rows (the earlier in the timeline first), how much says that they tell one event, and what."""

    one: Telling
    other: Telling
    score: float
    reasons: tuple[str, ...]


def links(told: Sequence[Telling], weights: Weights = WEIGHTS, decided: Mapping[frozenset[str], bool] | None = None) -> tuple[Link, ...]:
    """Every pair of rows of different agencies that are near in time and share anything, the strongest first, then in the order of `told`.

    `decided` are pairs of ids of which a person said that they do, or do not, tell one event: that outweighs all that they share.
    """
    number = {each.event.id: place for place, each in enumerate(told)} if decided else {}
    by_a_person = {
        tuple(sorted(number[each] for each in pair)): together
        for pair, together in (decided or {}).items()
        if len(pair) == _PAIR and pair <= number.keys()
    }
    found = [_decided(told[i], told[j], together=together) for (i, j), together in sorted(by_a_person.items())]
    found += [_link(told[i], told[j], weights) for i, j in sorted(_near(told, weights)) if (i, j) not in by_a_person]
    return tuple(sorted((link for link in found if link.score), key=attrgetter("score"), reverse=True))


def _decided(one: Telling, other: Telling, *, together: bool) -> Link:
    return Link(one, other, _BY_A_PERSON if together else -_BY_A_PERSON, ("a person's decision",))


def _near(told: Sequence[Telling], weights: Weights) -> set[tuple[int, int]]:
    """The places of each two rows of different agencies that one day, a day told, or a notification brings together, the earlier first."""
    days: defaultdict[date, list[int]] = defaultdict(list)
    for number, each in enumerate(told):
        for day in each.days | {each.last + timedelta(days=_NEXT_DAY)} | each.named_days:
            days[day].append(number)
    agencies = [each.agency for each in told]
    near: set[tuple[int, int]] = set()
    for block in days.values():
        for part in _parted(block, told):
            near.update([(i, j) for i, j in combinations(part, 2) if agencies[i] != agencies[j]])
    near.update(_notified(told, weights))
    return near


def _notified(told: Sequence[Telling], weights: Weights) -> Iterator[tuple[int, int]]:
    """Each row with those of the week before it whose agency it names, where both hold something rare."""
    by_agency: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))  # agency -> day -> places
    for number, each in enumerate(told):
        for day in each.days:
            by_agency[each.agency][day.toordinal()].append(number)
    for number, each in enumerate(told):
        first = each.first.toordinal()
        for rows in (by_agency[agency] for agency in each.agencies if agency in by_agency):
            for before in range(first - weights.notified_days, first - _NEXT_DAY):
                for other in rows[before][:_CROWD] if before in rows else ():
                    if other < number and not each.rare.isdisjoint(told[other].rare):
                        yield other, number


def _parted(block: list[int], told: Sequence[Telling]) -> Iterable[list[int]]:
    """The block itself; a crowded one in parts that share something rare: on a crowded day the date alone says nothing."""
    if len(block) <= _CROWD:
        return (block,)
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for number in block:
        for thing in told[number].rare:
            parts[thing].append(number)
    return (part for part in parts.values() if 1 < len(part) <= _CROWD)


def _link(one: Telling, other: Telling, weights: Weights) -> Link:
    shared = (
        _by_day(one, other, weights),
        _by_time(one, other, weights),
        _by_kind(one, other, weights),
        _by_people(one, other, weights),
        _by_agency(one, other, weights),
        _by_words(one, other, weights),
    )
    return Link(one, other, max(0.0, sum([score for score, _ in shared])), tuple([reason for _, reason in shared if reason]))


def _by_day(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    if not one.days.isdisjoint(other.days):
        return weights.same_day, "the date"
    if one.named_days or other.named_days:
        if one_day(one, other):
            return weights.day_told, "a date in the words"
        if not one.named_days.isdisjoint(other.named_days):
            return weights.same_day, "a date in the words"
    earlier, later = (one, other) if one.first <= other.first else (other, one)
    apart = (later.first - earlier.last).days
    named = earlier.agency in later.agencies
    score = weights.next_day * (apart <= _NEXT_DAY) + weights.notified * (named and apart <= weights.notified_days)
    return score, ("dates a few days apart" if apart > _NEXT_DAY else "dates a day apart") if score else ""


def _by_time(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    own = (one.minutes, other.minutes)
    if own == (None, None):
        return 0.0, ""
    apart = abs(own[0] - own[1]) if own[0] is not None and own[1] is not None and not one.days.isdisjoint(other.days) else None
    told = [
        min(abs(each - minutes) for each in time.minutes)
        for telling, minutes in ((one, own[1]), (other, own[0]))
        if telling.times_told and minutes is not None and one_day(one, other)
        for time in telling.times_told
    ]
    if min((*told, weights.minutes_near + 1 if apart is None else apart), default=0) <= weights.minutes_near:
        return weights.time, "the time"
    named = one.agency in other.agencies or other.agency in one.agencies
    if apart is not None and apart > weights.other_time_minutes and (not named or one.meets or other.meets):
        return weights.other_time, ""
    return 0.0, ""


def one_day(one: Telling, other: Telling) -> bool:
    """Whether their dates, or a day that one names, can be the same day."""
    return not (one.days.isdisjoint(other.days) and one.days.isdisjoint(other.named_days) and other.days.isdisjoint(one.named_days))


def _by_kind(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    unlike = weights.other_meeting if one.meets or other.meets else 0.0
    if one.kinds.keys().isdisjoint(other.kinds):
        return unlike, ""
    shared = one.kinds.keys() & other.kinds.keys()
    meetings = shared & MEETINGS
    if meetings and (one.last < other.first or other.last < one.first) and not one_day(one, other) and _days_apart(one, other) > _NEXT_DAY:
        shared, meetings = shared - MEETINGS, set()
    score = min(weights.most_kinds, weights.kind * sum(map(one.kinds.__getitem__, shared)))
    return score if meetings else score + unlike, _kinds_in_words(frozenset(shared))


@cache
def _kinds_in_words(kinds: frozenset[str]) -> str:
    return f"the kind of event ({', '.join(kind.replace('-', ' ') for kind in sorted(kinds))})" if kinds else ""


def _days_apart(one: Telling, other: Telling) -> int:
    return max(0, (max(one.first, other.first) - min(one.last, other.last)).days)


def _by_people(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    if one.people.keys().isdisjoint(other.people):
        return 0.0, ""
    shared = one.people.keys() & other.people.keys()
    score = min(weights.most_people, weights.person * sum(map(one.people.__getitem__, shared)))
    return score, f"{len(shared)} {'person' if len(shared) == 1 else 'people'} named"


def _by_agency(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    named = (one.agency in other.agencies) + (other.agency in one.agencies)
    return weights.agency * named, "an agency that one names" if named else ""


def _by_words(one: Telling, other: Telling, weights: Weights) -> tuple[float, str]:
    shared = sum(map(one.rarity.__getitem__, one.words & other.words))
    alike = shared / max(weights.fewest_words, min(one.weight, other.weight))
    return weights.words * alike, "rare words" if alike > 0.12 else ""
