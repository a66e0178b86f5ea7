"""Coverage: an agency's rows begin long after, or end long before, the period under review, or there are none."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from timeline.case import Agency
from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Certainty, Finding
from timeline.findings.seeing.references import cast_of
from timeline.findings.spans import day_in_words, narrow_days

type _Side = Literal["start", "end", "none"]

_DECLARES: dict[_Side, str] = {"start": "recording.no_earlier", "end": "recording.no_later"}


def coverage(evidence: Evidence) -> Iterator[Finding]:
    """An agency's dated rows do not cover the period under review: they begin, or end, more than a set number of days inside it, or there are none.

    The period begins with its first day or, where every child of the review was born inside it, with the first birth; it ends with its last day.
    Counted to the first day that the first row can mean, and from the last day that the last row can mean; rows vaguer than a month or
    without a date make it possible, not certain. Declared where the row nearest to it says that there was no contact before, or none after.
    """
    start = _start(evidence)
    by_agency: dict[str, list[Account]] = {agency.name: [] for agency in evidence.case.agencies}
    for account in evidence.accounts:
        by_agency.setdefault(account.event.agency, []).append(account)
    for agency in evidence.case.agencies:
        yield from _of_agency(evidence, agency, by_agency[agency.name], start)


def _start(evidence: Evidence) -> date:
    """The first day of the period, or the first birth inside it where no subject was born before."""
    born = [subject.born for subject in cast_of(evidence).subjects if subject.child]
    known = [day for day in born if day]
    first = min(known) if known and len(known) == len(born) else None
    case = evidence.case
    return first if first and case.period_start < first <= case.period_end else case.period_start


def _of_agency(evidence: Evidence, agency: Agency, own: Sequence[Account], start: date) -> Iterator[Finding]:
    case, limit = evidence.case, evidence.case.agency_silence_days
    dated = [(days, account) for account in own if (days := narrow_days(account.event))]
    inside = [each for each in dated if each[0][1] >= case.period_start and each[0][0] <= case.period_end]
    vague = len(dated) < len(own) or any(
        each.unread or each.status == "rejected" for each in evidence.timeline.returns if each.source.agency == agency.name
    )
    if not inside:
        yield _finding(evidence, agency, "none", (case.period_start, case.period_end), None, vague=vague)
        return
    first = min(inside, key=lambda each: each[0][0])
    last = max(reversed(inside), key=lambda each: each[0][1])  # of several rows of that day the last in the timeline
    before = any(each[0][0] < case.period_start for each in dated)  # a row of earlier years: the agency looked further back
    if not before and (first[0][0] - start).days > limit:
        yield _finding(evidence, agency, "start", (start, first[0][0]), first[1], vague=vague)
    after = any(each[0][1] > case.period_end for each in dated)
    if not after and (case.period_end - last[0][1]).days > limit:
        yield _finding(evidence, agency, "end", (last[0][1], case.period_end), last[1], vague=vague)


def _finding(evidence: Evidence, agency: Agency, side: _Side, span: tuple[date, date], nearest: Account | None, *, vague: bool) -> Finding:
    limit = evidence.case.agency_silence_days
    certainty: Certainty = "possible" if vague or (nearest and _unsure(nearest)) else "certain"
    declared = bool(nearest and any(not cue.planned for cue in nearest.cued(_DECLARES[side])))
    return Finding(
        id=finding_id("coverage", agency.name, side, nearest.event.id if nearest else ""),
        kind="coverage",
        events=(nearest.event.id,) if nearest else (),
        agencies=(agency.name,),
        since=span[0],
        until=span[1],
        days=(span[1] - span[0]).days,
        certainty=certainty,
        rule=f"coverage: more than {limit} days of the period before an agency's first dated row, or after its last",
        standard=f"{limit} days",
        source="[findings] agency_silence_days of case.toml, or its default",
        question=_question(evidence, agency.name, side, span),
        more={"side": side, "declared": declared},
    )


def _unsure(account: Account) -> bool:
    when = account.event.when
    return when.edtf[-1] in "~?%" or bool(when.assumed or account.event.problems)


def _question(evidence: Evidence, agency: str, side: _Side, span: tuple[date, date]) -> str:
    if side == "none":
        returned = any(each.source.agency == agency and each.status == "read" for each in evidence.timeline.returns)
        what = (
            "has no dated row inside the period under review"
            if returned
            else "is listed, and there is no chronology of it that could be read"
        )
        return f"{agency} {what}. Was it in touch with the family, and is its chronology still to come?"
    days = (span[1] - span[0]).days
    if side == "start":
        return (
            f"{agency}'s first row inside the period is of {day_in_words(span[1])}, {days} days after {day_in_words(span[0])}. "
            "Did it know the family before, and does its chronology go back far enough?"
        )
    return (
        f"{agency}'s last row is of {day_in_words(span[0])}, {days} days before the period ends. "
        "Did its involvement end then, who knew that it had, or is part of its chronology missing?"
    )
