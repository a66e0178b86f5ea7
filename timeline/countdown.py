"""The countdown of a rapid review: the working days that its panel has from the day of the referral."""

from dataclasses import dataclass
from datetime import date, timedelta

from timeline.case import Case
from timeline.timescales import Timescale, Timescales
from timeline.working_days import WorkingDays

KIND = "rapid-review"
_TIMESCALE = "rapid-review"  # its number is the same from the notification and from the referral: Jersey's process counts from the referral


@dataclass(frozen=True, slots=True)
class Countdown:
    """From the referral to the last day of a rapid review: the number that is set, with its source, and the calendar of the place."""

    referred_on: date
    timescale: Timescale
    calendar: WorkingDays

    @property
    def last_day(self) -> date:
        """The last day that the panel has; the day of the referral is not counted."""
        return self.timescale.within.last_day(self.referred_on, self.calendar)

    @property
    def days(self) -> tuple[date, ...]:
        """Each working day of it in order, the first after the referral first."""
        count = self.calendar.between(self.referred_on, self.last_day)
        return tuple(self.calendar.after(self.referred_on, number) for number in range(1, count + 1))

    @property
    def holidays(self) -> tuple[date, ...]:
        """The bank holidays on weekdays that it leaves out."""
        between = (self.referred_on + timedelta(days=number) for number in range(1, (self.last_day - self.referred_on).days + 1))
        return tuple(day for day in between if day in self.calendar.holidays)


def countdown_of(case: Case, timescales: Timescales, calendar: WorkingDays) -> Countdown | None:
    """The countdown of a rapid review; None for another kind of review, without the day of its referral, or with no number that binds."""
    if case.kind != KIND or case.referred_on is None:
        return None
    set_for_it = (each for each in timescales.each if each.id == _TIMESCALE and not each.comparison and each.counts_on(case.referred_on))
    timescale = next(set_for_it, None)
    return Countdown(case.referred_on, timescale, calendar) if timescale else None
