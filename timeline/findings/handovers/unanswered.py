"""Handovers: what one agency says it sent or told another, and whether the other wrote of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from timeline.events import Event
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Certainty, Finding
from timeline.findings.handovers.clauses import Channel
from timeline.findings.handovers.contacts import Contact
from timeline.findings.handovers.receipts import WEIGHTS, Weights, receipt
from timeline.findings.handovers.returns import MOST_ROWS, AgencyReturn, returned
from timeline.findings.handovers.rows import Row
from timeline.working_days import WorkingDays

type Answer = Literal["answered", "unanswered", "unanswerable"]

BEFORE_DAYS = 1  # agencies date one evening's call by the evening and by the next morning
# days after the sending in which the recipient's row is looked for: a Friday's call is written up on Monday or after a bank holiday, a letter
# travels and is scanned
WITHIN_DAYS: Mapping[Channel, int] = {"call": 4, "person": 4, "e-mail": 7, "form": 7, "letter": 14, "": 7}
_ROUNDING = 1e-9  # weights add up to enough, whatever their last digit
_SAID: Mapping[Channel, str] = {
    "call": " by telephone",
    "person": " in person",
    "e-mail": " by e-mail",
    "form": " by form or notification",
    "letter": " by letter",
    "": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What the agency of `sent` says that it told or sent `recipient`, with the words at start to end (exclusive) of its text.

    `answer` is the recipient's row that has it, None where there is none; `lag_days` the working days from the one to the other, at the least that
    the dates can mean. `state` is unanswerable where the recipient's return can't be read or does not reach that day; `readable` tells the two apart.
    """

    sent: Event
    recipient: str
    channel: Channel
    start: int
    end: int
    state: Answer
    readable: bool
    answer: Event | None
    lag_days: int | None
    certainty: Certainty


def handovers(evidence: Evidence, weights: Weights = WEIGHTS) -> tuple[Handover, ...]:
    """Every handover that a row tells, answered or not, in the timeline's order; one for each row and recipient.

    For the contact matrix, the information lag and the reports. A row that can mean more than a month tells none.
    """
    return evidence.once(_handovers, weights)


def _handovers(evidence: Evidence, weights: Weights) -> tuple[Handover, ...]:
    all_returned = returned(evidence)
    return tuple(
        _handover(evidence, row, contact, all_returned.by_agency.get(contact.agency), weights)
        for row in all_returned.rows
        for contact in row.contacts
        if contact.way == "given"
    )


def unanswered_handovers(evidence: Evidence) -> Iterator[Finding]:
    """An agency writes that it told, sent or referred something to another agency, and the other's chronology has nothing of it.

    Read from the words (rules/cues/handovers.toml: rang, letter to, informed, referral sent, copied to …; not what is denied, planned, or
    said by the family) and from columns that tell with whom the matter was shared. Looked for in the recipient's rows from a day before to
    4 days after a call, 7 after an e-mail, form or notification and 14 after a letter, and later where a row names the day itself. A row
    answers that heard from, spoke to or names the sender, or says that something came, and shares the day, the way, the matter or the
    words with it. Where the recipient's return can't be read or does not reach that day, nobody can say, and the handover is listed apart.
    """
    for each in handovers(evidence):
        if each.state != "answered":
            yield _finding(each)


def lag_days(sent: Row, answer: Row, calendar: WorkingDays) -> int:
    """Working days from the sending to the recipient's row, at the least that their dates can mean; 0 where they may be of one day."""
    return max(0, calendar.between(sent.last, answer.first)) if sent.days_to(answer) else 0


def in_words(channel: Channel) -> str:
    """How something was sent, to stand in a sentence; empty where the row does not say."""
    return _SAID[channel]


def _handover(evidence: Evidence, sent: Row, contact: Contact, recipient: AgencyReturn | None, weights: Weights) -> Handover:
    since = sent.first - timedelta(days=BEFORE_DAYS)
    until = sent.last + timedelta(days=WITHIN_DAYS[contact.channel])
    answer = _answer(sent, contact, recipient, (since, until), weights) if recipient else None
    reached = recipient is not None and recipient.reaches(sent.first, until)
    return Handover(
        sent=sent.account.event,
        recipient=contact.agency,
        channel=contact.channel,
        start=contact.start,
        end=contact.end,
        state="answered" if answer else "unanswered" if reached else "unanswerable",
        readable=recipient is not None,
        answer=answer.account.event if answer else None,
        lag_days=lag_days(sent, answer, evidence.calendar) if answer else None,
        certainty="certain" if recipient and not answer and _surely(sent, contact, recipient, (since, until)) else "possible",
    )


def _answer(sent: Row, contact: Contact, recipient: AgencyReturn, days: tuple[date, date], weights: Weights) -> Row | None:
    """The recipient's row that tells most of having it; of equal ones the nearest, then the first."""
    rows = {row.id: row for row in recipient.near(*days)}
    for day in (sent.first + timedelta(days=n) for n in range((sent.last - sent.first).days + 1)):
        rows |= {row.id: row for row in recipient.by_day_told.get(day, ())[:MOST_ROWS] if row.first >= sent.first}
    scored = [(receipt(sent, contact.channel, row, weights), row) for row in rows.values()]
    enough = [(score, row) for score, row in scored if score >= weights.enough - _ROUNDING]
    return min(enough, key=lambda each: (-each[0], sent.days_to(each[1]), each[1].first, each[1].account.place))[1] if enough else None


def _surely(sent: Row, contact: Contact, recipient: AgencyReturn, days: tuple[date, date]) -> bool:
    """Whether nothing unread, undated or vague could be the answer, the words are plain, and the sender's own day is sure."""
    event = sent.account.event
    doubtful = event.when.edtf[-1] in "~?%" or event.problems or event.when.assumed
    return contact.plain and not doubtful and recipient.surely_reaches(sent.first, sent.last) and not recipient.may_hold_more(*days)


def _finding(each: Handover) -> Finding:
    kind = "unanswered-handover" if each.state == "unanswered" else "unanswerable-handover"
    within = WITHIN_DAYS[each.channel]
    first, last = each.sent.when.earliest, each.sent.when.latest
    told = f"{each.sent.agency} writes that it told or sent something to {each.recipient}{in_words(each.channel)}"
    if each.state == "unanswered":
        asked = f"{each.recipient}'s chronology has nothing of it in the {within} days after. Did it arrive, and what was done with it?"
    elif each.readable:
        asked = f"{each.recipient}'s chronology begins later, or ends before. Did it arrive, and does {each.recipient} hold records of that time?"
    else:
        asked = f"Nothing that {each.recipient} sent can be read. Can {each.recipient} say whether it arrived?"
    return Finding(
        id=finding_id(kind, each.sent.id, each.recipient),
        kind=kind,
        events=(each.sent.id,),
        agencies=(each.sent.agency, each.recipient),
        since=first,
        until=last + timedelta(days=within) if last else None,
        days=(last - first).days + within if first and last else None,
        certainty=each.certainty,
        rule=f"{kind}: what one agency says it sent, and no row of the other that has it",
        standard=f"{within} days after it was sent",
        source="our own rule; words in rules/cues/handovers.toml and rules/roles.toml",
        question=f"{told}. {asked}",
        more={"recipient": each.recipient, "answer": each.state, "channel": each.channel, "start": each.start, "end": each.end},
    )
