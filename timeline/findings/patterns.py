"""Patterns: what no single row shows and several do together, by the rules of rules/patterns.toml."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.plans import plans
from timeline.findings.spans import day_in_words, narrow_days
from timeline.patterns import PatternRule

type _Dated = tuple[date, Account]
_day = itemgetter(0)
_AGAIN_WITHIN_DAYS = 730  # a plan of the same kind within two years of the one before is the same plan started again: our own number
_SURELY_STILL_MONTHS = 6  # bruising protocols for babies who are not mobile cover these
_PERHAPS_STILL_MONTHS = 9  # … and up to here unless a row says that the child moves about: our own number


def patterns(evidence: Evidence) -> Iterator[Finding]:
    """What several rows show together: missed contacts, repeat referrals without further action, closure after non-engagement, changes of worker,
    address, school or surgery, a new adult in the home, escalation, missing episodes, good practice.

    Each is a rule of rules/patterns.toml: the words, how many different days within how many. Rows that deny it or only plan it do not count.
    """
    dated = sorted(((span[0], each) for each in evidence.accounts if (span := narrow_days(each.event))), key=_day)
    for rule in evidence.patterns:
        before, saying = _before(dated, rule), frozenset(evidence.saying(*rule.cues))
        counting = [
            each
            for place, (_, each) in enumerate(dated)
            if (each in saying or rule.fields) and _counts(each, rule) and _follows(dated, place, before, rule)
        ]
        for group in _by_agency(counting) if rule.each_agency else (counting,):
            for run in _runs(group, rule):
                yield _finding(rule.id, run, rule.question, f"{rule.at_least} within {rule.within_days} days", rule.source)


def plans_started_again(evidence: Evidence) -> Iterator[Finding]:
    """A plan of the same kind that began again within two years of the end of the one before, as the rows tell it."""
    for status, run in plans(evidence).items():
        for before, again in pairwise(run):
            if before.until and (again.since - before.until).days <= _AGAIN_WITHIN_DAYS:
                yield _started_again(status, tuple(evidence.row(each) for each in dict.fromkeys((*before.events, again.events[0]))))


def injuries_before_moving(evidence: Evidence) -> Iterator[Finding]:
    """An injury in a child who cannot yet move about: a subject under six months by date of birth, or under nine where no row says by then that
    the child crawls, cruises or walks. Only rows that name the child, or no other person, count.
    """
    for person in evidence.people.values():
        if person.kind != "subject" or person.date_of_birth is None:
            continue
        until = _months_on(person.date_of_birth, _PERHAPS_STILL_MONTHS)
        moves = [
            day
            for each in _of_person(evidence.accounts, person.id)
            if _says(each, "patterns.can_move") and (day := each.event.when.earliest)
        ]
        for account in _of_person(evidence.accounts, person.id):
            first, last = account.event.when.earliest, account.event.when.latest
            if first is None or last is None or not person.date_of_birth <= first < until or not _says(account, "patterns.injury"):
                continue
            if first >= _months_on(person.date_of_birth, _SURELY_STILL_MONTHS) and any(day <= first for day in moves):
                continue
            question = (
                "{agencies} recorded an injury of a child who could hardly move about yet. Was it explained, and who examined the child?"
            )
            held = f"under {_SURELY_STILL_MONTHS} months, or {_PERHAPS_STILL_MONTHS} where nothing says that the child moves"
            yield _finding(
                "injury-before-moving", (account,), question, held, "bruising protocols for babies who are not mobile; our own numbers"
            )


def _counts(account: Account, rule: PatternRule) -> bool:
    if any(cell.meaning in rule.fields for cell in account.event.cells):
        return True
    return _says(account, *rule.cues, hearsay=rule.hearsay) and (not rule.beside or _says(account, *rule.beside))


def _says(account: Account, *names: str, hearsay: bool = False) -> bool:
    return any(not cue.denied and not cue.planned and (hearsay or not cue.hearsay) for cue in account.cued(*names))


def _before(dated: Sequence[_Dated], rule: PatternRule) -> Mapping[str, Sequence[int]]:
    """The places of each agency's rows that say what the rule asks to have come first."""
    found: dict[str, list[int]] = {}
    for place, (_, account) in enumerate(dated if rule.after else ()):
        if _says(account, *rule.after):
            found.setdefault(account.event.agency, []).append(place)
    return found


def _follows(dated: Sequence[_Dated], place: int, before: Mapping[str, Sequence[int]], rule: PatternRule) -> bool:
    """Whether the row itself, or one of the same agency shortly before, says what the rule asks to have come first."""
    first, account = dated[place]
    places = before.get(account.event.agency, ())
    latest = bisect_right(places, place) - 1
    return not rule.after or (latest >= 0 and dated[places[latest]][0] >= first - timedelta(days=rule.after_days))


def _by_agency(accounts: Iterable[Account]) -> Iterable[list[Account]]:
    found: dict[str, list[Account]] = {}
    for account in accounts:
        found.setdefault(account.event.agency, []).append(account)
    return found.values()


def _runs(accounts: Sequence[Account], rule: PatternRule) -> Iterator[tuple[Account, ...]]:
    """The longest runs of rows in which any `at_least` neighbouring days lie within the rule's time."""
    dated = sorted(((day, account) for account in accounts if (day := account.event.when.earliest)), key=_day)
    days = sorted({day for day, _ in dated})
    run: list[date] = []
    spans: list[tuple[date, date]] = []
    for place in range(len(days) - rule.at_least + 1):
        first, last = days[place], days[place + rule.at_least - 1]
        if (last - first).days > rule.within_days:
            continue
        if run and first <= run[-1]:
            run[-1] = last
            spans[-1] = (spans[-1][0], last)
        else:
            run = [first, last]
            spans.append((first, last))
    for first, last in spans:
        start = bisect_left(dated, first, key=_day)
        yield tuple(account for _, account in dated[start : bisect_right(dated, last, lo=start, key=_day)])


def _finding(name: str, run: Sequence[Account], question: str, standard: str, source: str) -> Finding:
    since = min(day for each in run if (day := each.event.when.earliest))
    until = max(day for each in run if (day := each.event.when.latest))
    agencies = tuple(dict.fromkeys(each.event.agency for each in run))
    days = len({each.event.when.earliest for each in run})
    said = {"count": str(days), "since": day_in_words(since), "until": day_in_words(until), "agencies": " and ".join(agencies)}
    return Finding(
        id=finding_id("pattern", name, *(each.event.id for each in run)),
        kind="pattern",
        events=tuple(each.event.id for each in run),
        agencies=agencies,
        since=since,
        until=until,
        days=(until - since).days,
        certainty="possible",
        rule=f"pattern: {name.replace('-', ' ')}",
        standard=standard,
        source=source,
        question=question.format(**said),
        more={"pattern": name, "count": days},
    )


def _started_again(status: str, rows: Sequence[Account]) -> Finding:
    question = "A plan of one kind ended and began again. What had changed when it ended, and what did the second start from?"
    return _finding(
        f"{status}-plan-started-again",
        rows,
        question,
        f"again within {_AGAIN_WITHIN_DAYS} days",
        "our own number; words in rules/cues/plans.toml",
    )


def _of_person(accounts: Iterable[Account], person: str) -> Iterator[Account]:
    """Rows that name the person, or name nobody."""
    return (account for account in accounts if person in account.people or not account.people)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
