"""Whether a row of the recipient has what another agency says it sent: how much tells that it does."""

from collections.abc import Set
from dataclasses import dataclass

from timeline.findings.handovers.clauses import Channel
from timeline.findings.handovers.rows import Row

_NEXT_DAYS = 3  # days that count as soon after
_MOST = 2  # kinds of event and workers in common that count
_MINUTES = (-30, 120)  # from the sender's time to the recipient's: clocks differ, and who is called out has to come
_SPOKEN: frozenset[Channel] = frozenset({"call", "person"})
_MEETINGS = frozenset({"strategy-discussion", "conference", "core-group", "marac", "professionals-meeting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each thing weighs that tells of a receipt; `enough` of them and a row is proposed as the answer.

    By reason, not fitted: a row that says it heard from the sender needs one or two things more (the day, the way it came, the matter), one that
    only names the sender three, one that names nobody all of them.
    """

    enough: float = 1.0
    heard: float = 0.8  # it says that it heard from the sender
    perhaps_heard: float = 0.65  # it only suggests so: "ED letter"
    spoke_that_day: float = 0.65  # it spoke or wrote to the sender the same day
    spoke: float = 0.5  # or within a few days
    named: float = 0.35  # it names the sender or a worker of it
    came: float = 0.3  # it says that something came, and not from whom
    same_way: float = 0.2  # both tell how, and the way is the same, on paper or spoken
    other_way: float = -0.2  # both tell how, and it is not
    other_source: float = -0.3  # it heard of the matter from another agency, and names the sender nowhere
    same_day: float = 0.2
    same_hours: float = 0.5  # both have a time of the same day, and it is of the next two hours
    meeting: float = 0.6  # both tell the same meeting of the same day, and it was said and not sent
    came_out: float = 0.3  # somebody was called out, or brought: who comes writes of the person and not of the call
    person: float = 0.1  # they name one person both, whoever it is
    soon_after: float = 0.1
    day_told: float = 0.4  # it names the sender's day in its words: "ED attendance 27/9"
    same_event: float = 0.2  # of the same day, and of one kind
    kind: float = 0.2  # each kind of event in common, two at most; half for one that every agency has every week
    worker: float = 0.15  # each worker named in both, two at most
    words: float = 1.5  # times the share of the shorter row's word weight that both hold
    most_words: float = 0.8

    @property
    def most_matter(self) -> float:
        """The most that what two rows are about can weigh."""
        return _MOST * (self.kind + self.worker) + self.person + self.most_words


WEIGHTS = Weights()


def receipt(sent: Row, channel: Channel, row: Row, weights: Weights = WEIGHTS) -> float:
    """How much tells that the recipient's `row` has what the sender's row says was sent by `channel`: `weights.enough`, and it is the answer."""
    apart = sent.days_to(row)
    if row.last < sent.first and not any(each.agency == sent.agency for each in row.contacts):
        return 0.0  # what was written before the sending has it only where it says who told
    score = _heard(sent, channel, row, apart, weights) + _when(sent, channel, row, apart, weights)
    if score + weights.most_matter < weights.enough:
        return score  # whatever else the two share is not enough
    return score + matter(sent, row, weights)


def _when(sent: Row, channel: Channel, row: Row, apart: int, weights: Weights) -> float:
    """What the days and times tell: how soon after, and whether the row names the sender's day."""
    score = weights.same_day if apart == 0 else weights.soon_after if apart <= _NEXT_DAYS else 0
    if apart == 0:
        same_hours = _same_hours(sent, row)
        score += weights.same_hours if same_hours else 0
        score += weights.same_event if sent.kinds & row.kinds else 0
        score += weights.meeting if channel in _SPOKEN | {""} and sent.kinds & row.kinds & _MEETINGS else 0
        score += weights.came_out if sent.calls_out and (same_hours or sent.account.people & row.account.people) else 0
    return score + (weights.day_told if any(sent.first <= day <= sent.last for day in row.days_told) else 0)


def _heard(sent: Row, channel: Channel, row: Row, apart: int, weights: Weights) -> float:
    """What the row says of contact with the sender: that it heard from it, spoke to it, or only names it."""
    between = [each for each in row.contacts if each.agency == sent.agency]
    score = max((weights.heard if each.plain else weights.perhaps_heard for each in between if each.way == "came"), default=0.0)
    if not score and apart <= _NEXT_DAYS and any(each.way == "given" for each in between):
        score = weights.spoke_that_day if apart == 0 else weights.spoke
    if not score and any(each.agency == sent.agency for each in row.account.agencies):
        score = weights.named
    if not score and any(each.way == "came" and each.plain for each in row.contacts):
        score = weights.other_source
    if row.received and score < weights.perhaps_heard:
        score += weights.came
    return score + _way(channel, {each.channel for each in between if each.channel} or (row.ways if row.received else set()), weights)


def _way(channel: Channel, ways: Set[Channel], weights: Weights) -> float:
    """Whether it came as it was sent, on paper or spoken, where both rows tell."""
    if not ways or not channel:
        return 0.0
    return weights.same_way if any((way in _SPOKEN) == (channel in _SPOKEN) for way in ways) else weights.other_way


def matter(sent: Row, row: Row, weights: Weights) -> float:
    """How much the rows share of what they are about: the kind of event, the workers named, the rarer words."""
    kinds = weights.kind * min(_MOST, len(sent.kinds & row.kinds) + len(sent.routine & row.routine) / 2)
    workers = weights.worker * min(_MOST, len(sent.workers & row.workers))
    person = weights.person if sent.account.people & row.account.people else 0
    return kinds + workers + person + min(weights.most_words, weights.words * sent.alike(row))


def _same_hours(sent: Row, row: Row) -> bool:
    times = (sent.account.event.time, row.account.event.time)
    if not all(times):
        return False
    before, after = (int(time[:2]) * 60 + int(time[3:]) for time in times if time)
    return _MINUTES[0] <= after - before <= _MINUTES[1]
