"""The calendar of working days of a review's place, from the `holidays` library."""

from datetime import date

import holidays

from timeline.working_days import WorkingDays

_PLACES = {
    "jersey": ("Jersey", "JE", None),
    "guernsey": ("Guernsey", "GG", None),
    "isle-of-man": ("Isle of Man", "IM", None),
    "england": ("England", "GB", "ENG"),
    "wales": ("Wales", "GB", "WLS"),
    "scotland": ("Scotland", "GB", "SCT"),
    "northern-ireland": ("Northern Ireland", "GB", "NIR"),
}
_YEARS_AROUND = 2  # a clock may start before the period under review and stop after it


def working_days(jurisdiction: str | None, first: date, last: date) -> WorkingDays:
    """The working days of a jurisdiction for a period and two years around it; weekends alone where no jurisdiction is set."""
    if jurisdiction is None:
        return WorkingDays()
    place, country, part = _PLACES[jurisdiction]
    years = range(first.year - _YEARS_AROUND, last.year + _YEARS_AROUND + 1)
    days = holidays.country_holidays(country, subdiv=part, years=years)
    return WorkingDays(tuple(sorted(day for day in days if day.weekday() < 5)), place)
