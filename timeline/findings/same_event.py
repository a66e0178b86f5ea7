"""Same event: rows of several agencies that seem to tell one event, proposed with the reason."""

import contextlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.dates_in_text import dates_within
from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding

_NEAR_DAYS = 1  # a day before or after: agencies write up an evening's event the next morning
_TOLD_DAYS = 45  # a day named in a row's words is told of this long afterwards at most ("ED letter dated 27/09")
_WIDEST_DAYS = 7  # a vaguer row than a week is told of too many events to be linked
_NEAR_MINUTES = 45
_ENOUGH = 1.0  # sum of the evidence below
_MOST_DAYS = 3  # from the first to the last day of a cluster
_WORD = re.compile(r"[^\W\d_]{3,}")
# a row of a meeting and a row of what led to it are two events, however much they share
_GATHERINGS = frozenset({"strategy-discussion", "conference", "core-group", "marac", "professionals-meeting"})
# routine kinds say little: two agencies telephone somebody every day
_WEAK_KINDS = frozenset(
    {"telephone", "referral", "home-visit", "closure", "missed-appointment", "no-access", "discharge", "professionals-meeting"}
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one row tells, ready to compare."""

    event: Event
    days: frozenset[date]
    told_days: frozenset[date]
    kinds: frozenset[str]
    people: frozenset[str]
    words: Mapping[str, float]
    weight: float


@dataclass(frozen=True, slots=True)
class _Link:
    one: Event
    other: Event
    score: float
    reasons: tuple[str, ...]


def same_events(evidence: Evidence) -> Iterator[Finding]:
    """Rows of different agencies that seem to tell the same event.

    Weighed: the dates' bounds, the time, the kind of event (rules/cues/kinds.toml), who is named, and the rarer words that both use.
    A link is a proposal: the author decides, and the rows stay apart in the timeline.
    """
    links = [link for one, other in _pairs(_told(evidence)) if (link := _link(one, other))]
    for events, reasons in _clusters(links):
        agencies = tuple(dict.fromkeys(event.agency for event in events))
        days = [event.when.earliest for event in events if event.when.earliest]
        yield Finding(
            id=finding_id("same-event", *(event.id for event in events)),
            kind="same-event",
            events=tuple(event.id for event in events),
            agencies=agencies,
            since=min(days),
            until=max(event.when.latest for event in events if event.when.latest),
            days=(max(days) - min(days)).days,
            certainty="possible",
            rule="same-event: near dates, and what the rows share",
            standard=f"at most {_NEAR_DAYS} day apart; evidence of {_ENOUGH} or more",
            source="our own rule; words in rules/cues/kinds.toml",
            question=f"Do these rows of {', '.join(agencies[:-1])} and {agencies[-1]} tell the same event? They share: {', '.join(reasons)}.",
            more={"reasons": list(reasons)},
        )


def _told(evidence: Evidence) -> list[_Told]:
    words = {event.id: _words(event.text, evidence.abbreviations) for event in evidence.timeline.events}
    rows_with = Counter(word for each in words.values() for word in each)
    count = len(words)
    told = []
    for account in evidence.accounts:
        event = account.event
        first, last = event.when.earliest, event.when.latest
        if first is None or last is None or (last - first).days > _WIDEST_DAYS:
            continue
        weights = {word: math.log((count + 10) / (rows_with[word] + 1)) for word in words[event.id]}
        days = frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
        told.append(_Told(event, days, _days_told(event.text, last), account.kinds, account.people, weights, sum(weights.values())))
    return told


def _days_told(text: str, written_on: date) -> frozenset[date]:
    """The days that a row's words name, of up to a few weeks before the row; a missing year is the row's or the one before."""
    days = set()
    for _, _, when in dates_within(text):
        day = when.earliest if when.width_days == 0 else _latest_before(when.edtf, written_on)
        if day and timedelta(0) <= written_on - day <= timedelta(days=_TOLD_DAYS):
            days.add(day)
    if re.search(r"\byesterday\b|\blast night\b", text, re.IGNORECASE):
        days.add(written_on - timedelta(days=1))
    return frozenset(days)


def _latest_before(edtf: str, written_on: date) -> date | None:
    """The last day of a year-less date (`XXXX-07-12`) on or before a row's own; None for anything else."""
    match = re.fullmatch(r"XXXX-(\d{2})-(\d{2})", edtf)
    for year in (written_on.year, written_on.year - 1) if match else ():
        with contextlib.suppress(ValueError):
            day = date(year, int(match[1]), int(match[2])) if match else None
            if day and day <= written_on:
                return day
    return None


def _words(text: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """The row's words in lower case, short forms written out, plain endings off, so that "bruises" meets "bruise"."""
    spelled = " ".join(abbreviations.get(word.casefold(), word) for word in re.findall(r"[\w/&'-]+", text))
    return frozenset(re.sub(r"(?:ing|ed|es|s)$", "", word.casefold()) for word in _WORD.findall(spelled))


def _pairs(told: list[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Each pair of rows of different agencies whose dates lie near; found by day, so the cost grows with the rows of a day."""
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for number, each in enumerate(told):
        for day in each.days | each.told_days | {max(each.days) + timedelta(days=_NEAR_DAYS)}:
            by_day[day].append(number)
    seen = set()
    for numbers in by_day.values():
        for place, i in enumerate(numbers):
            for j in numbers[place + 1 :]:
                if told[i].event.agency != told[j].event.agency and (i, j) not in seen:
                    seen.add((i, j))
                    yield told[i], told[j]


def _link(one: _Told, other: _Told) -> _Link | None:
    score, reasons = 0.0, []
    if one.days & other.days:
        score += 0.35
        reasons.append("the date")
        minutes = _minutes_apart(one, other)
        if minutes is not None:
            score += 0.45 if minutes <= _NEAR_MINUTES else -0.35
            reasons += ["the time"] if minutes <= _NEAR_MINUTES else []
    elif (one.days & other.told_days) or (one.told_days & other.days) or (one.told_days & other.told_days):
        score += 0.35
        reasons.append("a date in the words")
    if (one.kinds ^ other.kinds) & _GATHERINGS:
        score -= 0.3
    shared_kinds = one.kinds & other.kinds
    strong = sorted(shared_kinds - _WEAK_KINDS)
    score += min(0.7, 0.4 * len(strong) + 0.1 * len(shared_kinds & _WEAK_KINDS))
    reasons += [f"the kind of event ({kind.replace('-', ' ')})" for kind in sorted(shared_kinds)]
    if shared := one.people & other.people:
        score += min(0.3, 0.15 * len(shared))
        reasons.append(f"{len(shared)} {'person' if len(shared) == 1 else 'people'} named")
    alike = _overlap(one, other)
    score += 1.5 * alike
    if alike > 0.12:
        reasons.append("rare words")
    return _Link(one.event, other.event, score, tuple(reasons)) if score >= _ENOUGH else None


def _minutes_apart(one: _Told, other: _Told) -> int | None:
    if not one.event.time or not other.event.time:
        return None
    a, b = (int(each.event.time[:2]) * 60 + int(each.event.time[3:]) for each in (one, other) if each.event.time)
    return abs(a - b)


def _overlap(one: _Told, other: _Told) -> float:
    """Share of the shorter row's word weight that both rows hold (0 to 1)."""
    shared = sum(weight for word, weight in one.words.items() if word in other.words)
    return shared / max(20.0, min(one.weight, other.weight))


def _clusters(links: list[_Link]) -> Iterator[tuple[tuple[Event, ...], tuple[str, ...]]]:
    """Rows joined by links, the strongest first, never two rows of one agency that no link joins and never over more than a few days."""
    home: dict[str, int] = {}
    members: dict[int, list[Event]] = {}
    reasons: dict[int, dict[str, None]] = {}
    joined = {frozenset((link.one.id, link.other.id)) for link in links}
    for number, link in enumerate(sorted(links, key=lambda link: (-link.score, link.one.id, link.other.id))):
        groups = {home[event.id] for event in (link.one, link.other) if event.id in home}
        together = [event for group in groups for event in members[group]]
        together += [event for event in (link.one, link.other) if event.id not in home]
        if len(together) > 2 and not _may_join(together, joined):
            continue
        for group in groups:
            members.pop(group)
        members[number] = together
        said = dict.fromkeys(reason for group in groups for reason in reasons.pop(group))
        reasons[number] = {**said, **dict.fromkeys(link.reasons)}
        for event in together:
            home[event.id] = number
    for number, events in members.items():
        yield tuple(sorted(events, key=lambda event: (event.when.earliest or date.max, event.agency, event.id))), tuple(reasons[number])


def _may_join(events: list[Event], joined: set[frozenset[str]]) -> bool:
    days = [event.when.earliest for event in events if event.when.earliest]
    if (max(days) - min(days)).days > _MOST_DAYS:
        return False
    pairs = [(a, b) for place, a in enumerate(events) for b in events[place + 1 :] if a.agency != b.agency]
    return 2 * sum(frozenset((a.id, b.id)) in joined for a, b in pairs) >= len(pairs)
