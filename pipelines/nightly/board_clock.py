"""The board's time zone: what case.toml says, or that of the place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from timeline.case import Case
from timeline.errors import CaseError

_PLACES = {"jersey": "Europe/Jersey", "guernsey": "Europe/Guernsey", "isle-of-man": "Europe/Isle_of_Man"}
_ELSEWHERE = "Europe/London"  # the clock of every place that case.toml may name
ELSEWHERE = ZoneInfo(_ELSEWHERE)


def zone_of(case: Case) -> ZoneInfo:
    """The time zone of a review's board; CaseError where case.toml names one that there is not."""
    name = case.timezone or _PLACES.get(case.jurisdiction or "", _ELSEWHERE)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not known, or no name of one at all
        raise CaseError('case.toml, [case]: timezone is none that there is; write it as "Europe/Jersey" or "Europe/London"') from None


def clock_in_words(time: datetime, zone: ZoneInfo) -> str:
    """A time on the board's clock: `Mon 23 November 2026, 02:04 GMT`."""
    from reports.wording import day_in_words

    there = time.astimezone(zone)
    return f"{there:%a} {day_in_words(there.date())}, {there:%H:%M %Z}"
