"""Days that findings reason with."""

from datetime import date

from timeline.events import Event

_NARROW_DAYS = 31  # a row that can mean more than a month shows nothing about when (contract)


def narrow_days(event: Event) -> tuple[date, date] | None:
    """The first and last day of an event that can mean a month at most; None for a vaguer or undated one."""
    first, last = event.when.earliest, event.when.latest
    return (first, last) if first and last and (last - first).days <= _NARROW_DAYS else None


def day_in_words(day: date) -> str:
    """`4 March 2019`."""
    return f"{day.day} {day:%B %Y}"
