"""Knowledge that nobody is recorded as giving: what an agency writes that another told it, and the other did not write of."""

from collections.abc import Iterator
from datetime import timedelta

from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.handovers.contacts import Contact
from timeline.findings.handovers.receipts import WEIGHTS, matter
from timeline.findings.handovers.returns import AgencyReturn, returned
from timeline.findings.handovers.rows import Row
from timeline.findings.handovers.unanswered import BEFORE_DAYS, WITHIN_DAYS, in_words

_SAME_MATTER = 0.4  # of the same weights as a receipt: a row of the giver that shares so much tells of the matter, whomever it told


def unexplained_knowledge(evidence: Evidence) -> Iterator[Finding]:
    """An agency writes that another told it something, and the other's chronology has neither the telling nor the matter.

    Read from the words (rules/cues/handovers.toml: letter from, informed by, police rang to say …) and the column that tells the source.
    Looked for in the giver's rows from 4 days before a call, 7 before an e-mail, form or notification and 14 before a letter, to a day
    after, and around the days that the row names: a row that names the receiving agency, tells of contact with it, or shares the kind of
    event or the rarer words. A giver whose return can't be read or does not surely reach those days is not asked.
    """
    all_returned = returned(evidence)
    for row in all_returned.rows:
        for contact in row.contacts:
            giver = all_returned.by_agency.get(contact.agency)
            if contact.way == "came" and contact.plain and giver and _unexplained(row, contact, giver):
                yield _finding(row, contact, giver)


def _unexplained(row: Row, contact: Contact, giver: AgencyReturn) -> bool:
    since, until = row.first - timedelta(days=WITHIN_DAYS[contact.channel]), row.last + timedelta(days=BEFORE_DAYS)
    if not giver.surely_reaches(since, row.last):
        return False
    near = [*giver.near(since, until)]
    for day in row.days_told:
        near += giver.near(day, day + timedelta(days=BEFORE_DAYS))
    return not any(_tells(each, row) for each in near)


def _tells(given: Row, row: Row) -> bool:
    """Whether a row of the giver names the receiving agency or tells of the same matter."""
    named = any(each.agency == row.agency for each in given.contacts) or any(each.agency == row.agency for each in given.account.agencies)
    soon = WEIGHTS.same_day if given.days_to(row) == 0 else 0
    return named or soon + matter(given, row, WEIGHTS) >= _SAME_MATTER


def _finding(row: Row, contact: Contact, giver: AgencyReturn) -> Finding:
    within = WITHIN_DAYS[contact.channel]
    since, event = row.first - timedelta(days=within), row.account.event
    doubtful = (
        event.when.edtf[-1] in "~?%"
        or event.problems
        or event.when.assumed
        or giver.may_hold_more(since, row.last + timedelta(days=BEFORE_DAYS))
    )
    return Finding(
        id=finding_id("unexplained-knowledge", event.id, contact.agency),
        kind="unexplained-knowledge",
        events=(event.id,),
        agencies=(row.agency, contact.agency),
        since=since,
        until=row.last,
        days=within,
        certainty="possible" if doubtful else "certain",
        rule="unexplained-knowledge: what one agency says another told it, and no row of the other that tells it",
        standard=f"{within} days before it was written",
        source="our own rule; words in rules/cues/handovers.toml and rules/roles.toml",
        question=(
            f"{row.agency} writes that it was told something by {contact.agency}{in_words(contact.channel)}. "
            f"{contact.agency}'s chronology has nothing of it. Who at {contact.agency} gave it, and what did they know?"
        ),
        more={"giver": contact.agency, "channel": contact.channel, "start": contact.start, "end": contact.end},
    )
