"""The timescales of a review: its jurisdiction's, a profile to compare with, and the board's own numbers."""

from pipelines.rule_files import rule
from timeline.case import Case
from timeline.errors import CaseError
from timeline.timescales import Timescales, names_of, timescales_from, within_from

_NO_PLACE = (
    "case.toml names no jurisdiction: no timescale is held against this review except the board's own numbers, and working days leave out "
    "weekends alone."
)


def timescales_of(case: Case) -> Timescales:
    """The timescales that a review is held against; CaseError names a number of case.toml that cannot be.

    A profile that is not the jurisdiction's own adds what the own one lacks, marked as a comparison.
    """
    measured = rule("timescales")
    allowed = names_of(measured)
    for name, written in case.timescale_numbers.items():
        if name not in allowed:
            raise CaseError(f"case.toml, [timescales.numbers]: the timescale “{name}” is unknown; allowed are {', '.join(allowed)}")
        _checked(name, written)
    own = rule(f"timescales/{case.jurisdiction}") if case.jurisdiction else {"note": _NO_PLACE}
    found = timescales_from(measured, own, case.timescale_numbers)
    if case.timescale_profile in ("", case.jurisdiction):
        return found
    other = rule(f"timescales/{case.timescale_profile}")
    compared = timescales_from(measured, other, {}, comparison=other["title"]).each
    have = {each.id for each in found.each}
    note = f"{other['title']}'s timescales are shown for comparison: they do not bind here. {other['note']}"
    return Timescales((*found.each, *(each for each in compared if each.id not in have)), f"{found.note} {note}")


def _checked(name: str, written: object) -> None:
    try:
        within_from(written if isinstance(written, str) else "")
    except ValueError:
        raise CaseError(
            f"case.toml, [timescales.numbers]: {name} must be a length of time such as “15 working days” or “6 weeks”"
        ) from None
