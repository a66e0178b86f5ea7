"""Days and times told differently."""

from collections.abc import Iterator

from timeline.findings.same_event.differences.difference import Difference, Pair, Span, span, words_between
from timeline.findings.same_event.tellings import MEETINGS, Telling
from timeline.findings.when_told import DayTold, TimeTold

_MOST_DAYS = 3  # a day further off is another event's, or another step of this one
_EARLY = 6 * 60  # what happens before this is told of the night before
_MINUTES = 60  # people round, and clocks differ: less is no difference
_MEETING_MINUTES = 30  # the invitation gives a meeting one time
_DAY = 24 * 60
_BEFORE = 2  # words between "letter dated" and its day
_CALLED = 3  # words at most between "rang" and "at 2pm"
_TELLING = 45  # minutes from the teller's own time: the time of the call that told it, not of the event
# two agencies telephone somebody, and refer somebody, every day
_ROUTINE = frozenset({"telephone", "referral"})
# these have one day and one time, and each account is dated by it
_DATED = MEETINGS | {"joint-visit"}


def days(pair: Pair) -> Iterator[Difference]:
    """A day told in the words of one that the other's own date excludes, or a meeting dated on two days that exclude one another.

    The day of a letter, an invitation or a receipt is no day of the event; the small hours are told of the evening before.
    """
    for teller, own, swapped in ((pair.other, pair.one, False), (pair.one, pair.other, True)):
        for told in teller.days_told:
            if _tells_another_day(teller, told, own, together=pair.together):
                places = (anchor(own, teller), Span(told.start, told.end))
                yield Difference("date", "day", "the day on which it happened", *(places[::-1] if swapped else places))
                return
    if _dated_apart(pair):
        yield Difference("date", "day", "the day on which it happened", anchor(pair.one, pair.other), anchor(pair.other, pair.one))


def times(pair: Pair) -> Iterator[Difference]:
    """A time told in the words of one that is hours from every time of the other, or a meeting with two times."""
    if not pair.together:
        return  # the times of two events are no difference
    for teller, own, swapped in ((pair.other, pair.one, False), (pair.one, pair.other, True)):
        told = [each for each in teller.times_told if _is_of(teller, each, own)]
        known = [own.minutes, *(minute for each in own.times_told for minute in each.minutes)] if own.minutes is not None else []
        apart = [_apart(minute, other) for each in told for minute in each.minutes for other in known if other is not None]
        if apart and min(apart) > _MINUTES and _days_touch(own, teller):
            places = (anchor(own, teller), Span(told[0].start, told[0].end))
            yield Difference("time", "time", "the time at which it happened", *(places[::-1] if swapped else places))
            return
    if _timed_apart(pair):
        yield Difference("time", "time", "the time at which it happened", anchor(pair.one, pair.other), anchor(pair.other, pair.one))


def anchor(telling: Telling, other: Telling) -> Span:
    """The words of a row that its own date or time belongs to: the first that tell the kind of event both tell, else the row's first word."""
    cues = [cue for cue in telling.account.cues_of("kinds") if cue.name.removeprefix("kinds.") in other.kinds]
    if cues:
        return span(cues[0])
    return Span(telling.account.words[0].start, telling.account.words[0].end) if telling.account.words else Span(0, 0)


def _tells_another_day(teller: Telling, told: DayTold, own: Telling, *, together: bool) -> bool:
    if own.first <= teller.last and any(own.first <= day <= own.last for day in teller.named_days | teller.days):
        return False
    gap = max((own.first - told.day).days, (told.day - own.last).days)
    if not 0 < gap <= _MOST_DAYS or told.day in own.named_days or own.first > teller.last:
        return False
    if own.minutes is not None and own.minutes < _EARLY and (own.first - told.day).days == 1:
        return False
    return not _is_of_paper(teller, told) and _shares(teller, told.start, own, together=together)


def _is_of_paper(teller: Telling, told: DayTold) -> bool:
    account = teller.account
    clause = next((word.clause for word in account.words if word.end > told.start), None)
    return any(
        cue.clause == clause and cue.end <= told.start and words_between(account, cue.end, told.start) <= _BEFORE
        for cue in account.cued("accounts.not_its_day")
    )


def _shares(teller: Telling, place: int, own: Telling, *, together: bool) -> bool:
    """Whether the sentence at a place of a row names a kind of event of the other row; in one group a person or its agency will do."""
    account = teller.account
    sentence = next((word.sentence for word in account.words if word.end > place), None)
    inside = [word for word in account.words if word.sentence == sentence]
    if not inside:
        return False
    first, last = inside[0].start, inside[-1].end
    named = {each.agency for each in account.agencies if first <= each.start < last}
    people = {each.person for each in account.mentions if first <= each.start < last}
    return _shares_kind(teller, first, last, own) or (together and bool(own.event.agency in named or people & own.people.keys()))


def _shares_kind(teller: Telling, first: int, last: int, own: Telling) -> bool:
    kinds = {
        cue.name.removeprefix("kinds.") for cue in teller.account.cues if first <= cue.start < last and not (cue.planned or cue.denied)
    }
    return bool((kinds - _ROUTINE) & own.kinds.keys())


def _is_of(teller: Telling, told: TimeTold, own: Telling) -> bool:
    """Whether a time told is one of what the other's row is about: its agency, a worker of it or its kind of event stands with it."""
    account = teller.account
    word = next((each for each in account.words if each.end > told.start), None)
    if word is None or any(
        cue.clause == word.clause and cue.end <= told.start and words_between(account, cue.end, told.start) <= _BEFORE
        for cue in account.cued("accounts.not_its_time")
    ):
        return False
    if _is_of_the_call(teller, told, own):
        return False
    near = [each for each in account.words if each.clause == word.clause]
    first, last = near[0].start, near[-1].end
    named = {each.agency for each in account.agencies if first <= each.start < last}
    return own.event.agency in named or _shares_kind(teller, first, last, own)


def _is_of_the_call(teller: Telling, told: TimeTold, own: Telling) -> bool:
    """Whether a time is when the teller was told: "rang at 2pm", or about the time of a row that comes after the other."""
    account = teller.account
    if any(cue.end <= told.start and words_between(account, cue.end, told.start) <= _CALLED for cue in account.cued("kinds.telephone")):
        return "telephone" not in own.kinds
    after = teller.first > own.last or (teller.minutes is not None and own.minutes is not None and teller.minutes > own.minutes)
    return after and teller.minutes is not None and min(_apart(each, teller.minutes) for each in told.minutes) <= _TELLING


def _apart(one: int, other: int) -> int:
    """Minutes between two times of day, the shorter way round the clock."""
    gap = abs(one - other) % _DAY
    return min(gap, _DAY - gap)


def _days_touch(own: Telling, teller: Telling) -> bool:
    if own.first > teller.last:
        return False
    days = teller.days | teller.named_days
    return any(abs((day - own.first).days) <= 1 for day in days)


def _dated_apart(pair: Pair) -> bool:
    one, other = pair.sides
    if not pair.together or not pair.kinds() & _DATED or one.days_told or other.days_told:
        return False
    return 0 < max((one.first - other.last).days, (other.first - one.last).days) <= _MOST_DAYS


def _timed_apart(pair: Pair) -> bool:
    one, other = pair.sides
    if not pair.kinds() & _DATED or not one.days & other.days or one.minutes is None or other.minutes is None:
        return False
    told = [minute for each in (*one.times_told, *other.times_told) for minute in each.minutes]
    return _apart(one.minutes, other.minutes) >= _MEETING_MINUTES and not {one.minutes, other.minutes} & set(told)
