"""No action: a row that records a concern, and no response to it in the row or soon after."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.spans import narrow_days

_CONCERNS = {
    "concerns.injury": "an injury",
    "concerns.disclosure": "something disclosed or alleged",
    "concerns.neglect": "signs of neglect",
    "concerns.abuse": "violence, threats or exploitation",
    "concerns.self_harm": "self-harm",
    "concerns.missed": "one more missed contact",
    "concerns.worry": "a worry",
}
_TELLING = frozenset({"event", "voice", "child_seen", "contact_type", ""})
_NOTED = frozenset(
    {
        "noted",
        "filed",
        "file",
        "nil",
        "none",
        "n/a",
        "na",
        "scanned",
        "for",
        "information",
        "info",
        "fyi",
        "a",
        "n",
        "see",
        "as",
        "above",
        "and",
    }
)

type _Response = tuple[date, Account]  # the row's first day, and the row


def no_action(evidence: Evidence) -> Iterator[Finding]:
    """A row records a concern, and neither the row nor a later one of its agency within a set number of days, about the same people or a like
    concern, holds a response.

    A concern is an injury, a disclosure, neglect, violence or a threat, self-harm, one more of several missed contacts, or a worry in so many words
    (rules/cues/concerns.toml), not where the words deny it or tell of the past. A response is anything done, planned or decided
    (rules/cues/actions.toml), "no further action" among them: that is a decision. An action cell that is empty or says "noted" or "filed" is none.
    """
    following = _responses(evidence)
    for account in evidence.accounts:
        days = narrow_days(account.event)
        if not days or days[1] < evidence.case.period_start or days[0] > evidence.case.period_end:
            continue
        what = _concerns(account)
        if what and not _responds(account) and not _followed(following, account, what, days[1], evidence.case.no_action_days):
            yield _finding(evidence, account, what, days)


def _concerns(account: Account) -> tuple[str, ...]:
    if not account.holds(*_CONCERNS):
        return ()
    void, past = account.cued("concerns.not_a_concern"), {cue.clause for cue in account.cued("concerns.past")}
    names = (
        cue.name
        for cue in account.cued(*_CONCERNS)
        if not cue.denied
        and not cue.planned
        and cue.clause not in past
        and account.meaning_at(cue.start) in _TELLING
        and not any(each.start < cue.end and cue.start < each.end for each in void)
    )
    return tuple(dict.fromkeys(names))


def _responds(account: Account) -> bool:
    """Whether the row holds a response: words of its action cells beyond "nil", "noted" and "filed"; where it has no such cell, words for one."""
    cells = [cell for cell in account.event.cells if cell.meaning in ("action", "shared_with")]
    if cells:
        told = (account.places(cell.start, cell.end) for cell in cells)
        return any(word.text not in _NOTED for first, last in told for word in account.words[first : last + 1])
    return bool(account.cued("actions.response"))


def _responses(evidence: Evidence) -> Mapping[str, Sequence[_Response]]:
    """By agency, every row that holds a response, in order of its first day."""
    found: defaultdict[str, list[_Response]] = defaultdict(list)
    for account in evidence.accounts:
        if account.event.when.earliest and _responds(account):
            found[account.event.agency].append((account.event.when.earliest, account))
    return {agency: sorted(rows, key=itemgetter(0)) for agency, rows in found.items()}


def _followed(following: Mapping[str, Sequence[_Response]], account: Account, what: Sequence[str], last: date, within_days: int) -> bool:
    """Whether a later row of the agency that holds a response names a person of this row, or a concern like its own."""
    rows = following.get(account.event.agency, ())
    start = bisect_left(rows, account.event.when.earliest or last, key=itemgetter(0))
    for first, later in islice(rows, start, None):
        if first > last + timedelta(days=within_days):
            return False
        if later is not account and (account.people & later.people or not account.people or frozenset(what) & frozenset(_concerns(later))):
            return True
    return False


def _finding(evidence: Evidence, account: Account, what: Sequence[str], days: tuple[date, date]) -> Finding:
    limit = evidence.case.no_action_days
    return Finding(
        id=finding_id("no-action", account.event.id),
        kind="no-action",
        events=(account.event.id,),
        agencies=(account.event.agency,),
        since=days[0],
        until=days[1],
        days=0,
        certainty="possible",
        rule=f"no-action: a concern with no response in the row, nor in one of the agency within {limit} days",
        standard=f"{limit} days",
        source="[findings] no_action_days of case.toml, or its default: our own number; words in rules/cues/concerns.toml and actions.toml",
        question=(
            f"{account.event.agency} records {' and '.join(_CONCERNS[name] for name in what)} here, and no response to it. "
            "What was done, or was it decided to do nothing, and why?"
        ),
        more={"concerns": [name.removeprefix("concerns.") for name in what]},
    )
