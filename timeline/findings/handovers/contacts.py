"""What a row says of contact with another agency: what its writer told it, and what it told the writer."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.handovers import told
from timeline.findings.handovers.clauses import Channel, Clauses, Named, Phrase, clauses_of
from timeline.people import Person
from timeline.wording.small_words import BEING, BESIDE, HOW, LINKS

type Way = Literal["given", "came"]

_PAPER_AHEAD = 4  # words at most between what came and "from", or between what was sent and "sent"
_IN_ITEM = re.compile(r"[\s'’()-]*")  # what stands between the words of one item of a list
_LEADING = frozenset({"to", "with", "for", "by", "via", "of"})
_TELLING = tuple(f"handovers.{name}" for name in ("gives", "gives_to", "papers", "given", "brings", "from", "told_by", "tidings"))
_COLUMNS = frozenset({"shared_with", "source"})
_COMING = frozenset({"papers", "by_call", "by_email", "by_letter", "by_form", "receipt", "given"})
_SENDING = frozenset({"papers", "done", "gives", "gives_to", "given", "by_call", "by_email", "by_letter", "by_form", "in_person"})


class Contact(NamedTuple):
    """Words of a row, characters start to end (exclusive), that say that its writer told `agency` something (given), or was told by it (came).

    `channel` is how, empty where the words do not say; `plain` is false where they only suggest it ("ED letter" at the head of a row).
    """

    agency: str
    way: Way
    channel: Channel
    start: int
    end: int
    plain: bool


def contacts_of(account: Account, people: Mapping[str, Person]) -> tuple[Contact, ...]:
    """Every contact with another agency that a row tells as done, in order; what is denied, planned or told by others is left out."""
    if all(each.agency == account.event.agency for each in account.agencies) or not _may_tell(account):
        return ()
    row = clauses_of(account, people)
    found = [*_told(row), *_in_columns(row)]
    found += _answered(row, [each for each in found if each.way == "came"])
    best: dict[tuple[str, str], Contact] = {}
    for each in sorted(found, key=lambda each: (not each.plain, not each.channel, each.start, each.end)):
        if each.agency != row.own:
            best.setdefault((each.agency, each.way), each)
    return tuple(sorted(best.values(), key=lambda each: (each.start, each.agency, each.way)))


def _may_tell(account: Account) -> bool:
    """Whether a row has a phrase or a column of which a contact can be read."""
    return account.holds(*_TELLING) or any(cell.meaning in _COLUMNS for cell in account.event.cells)


def _told(row: Clauses) -> Iterator[Contact]:
    for phrase in row.done:
        if phrase.name in ("gives", "gives_to", "papers"):
            yield from _given(row, phrase)
        if phrase.name == "given":
            yield from (_contact(row, named, "given", phrase) for named in told.told_before(row, phrase))
        if phrase.name in ("brings", "from", "told_by", "papers", "tidings"):
            yield from _came(row, phrase)


def _given(row: Clauses, phrase: Phrase) -> Iterator[Contact]:
    named_after = told.just_before(row, phrase) if phrase.name == "papers" else None
    if named_after and told.is_sent(row, phrase, _PAPER_AHEAD):
        yield _contact(row, named_after, "given", phrase)  # "HV liaison form done": the form goes to the one that it is named after
    objects = told.told_after(row, phrase)
    if (
        objects
        and told.subject(row, phrase).ours
        and not told.by_another(row, objects[-1].last, phrase.clause)
        and not _nobody_reached(row, phrase)
    ):
        yield from (_contact(row, named, "given", phrase) for named in objects)


def _came(row: Clauses, phrase: Phrase) -> Iterator[Contact]:
    if phrase.name == "brings":
        objects = [named for each in (phrase, *row.beginning(phrase.first, "gives", "gives_to")) for named in told.told_after(row, each)]
        if not objects or any(each.agency == row.own for each in objects):
            yield from (_contact(row, named, "came", phrase) for named in told.who_did(row, phrase))
    elif phrase.name == "tidings":
        if sender := told.at_the_head(row, phrase):
            yield _contact(row, sender, "came", phrase, plain=False)
    elif phrase.name == "papers":
        sender = told.just_before(row, phrase)
        if sender and (told.is_sent(row, phrase, _PAPER_AHEAD) or told.told_after(row, phrase)):
            return
        if sender := sender or told.after_colon(row, phrase):
            yield _contact(row, sender, "came", phrase, plain=False)
    elif told.was_told(row, phrase) if phrase.name == "told_by" else _comes(row, phrase):
        yield from (_contact(row, named, "came", phrase) for named in told.told_after(row, phrase))


def _comes(row: Clauses, phrase: Phrase) -> bool:
    """Whether something that can be sent or said stands before "from": "letter dated 3 May from", "call from"; not "requested from"."""
    if any(each.last == phrase.last for each in row.of("gives")):
        return False
    return any(each.clause == phrase.clause and 0 < phrase.first - each.last <= _PAPER_AHEAD for each in row.of(*_COMING))


def _nobody_reached(row: Clauses, phrase: Phrase) -> bool:
    """Whether the sentence goes on to say that nobody answered, and tells of no message left."""
    if row.channel(phrase.clause) not in ("call", "person", ""):
        return False
    cues = [cue for cue in row.account.cued("handovers.failed", "handovers.message") if cue.sentence == phrase.sentence]
    reached = any(cue.name == "handovers.message" for cue in cues)
    return not reached and any(cue.start >= phrase.end for cue in cues)


def _answered(row: Clauses, came: list[Contact]) -> Iterator[Contact]:
    """The agencies that brought the matter and, in the row's words, had an answer: "referrer informed", "replied"."""
    for phrase in row.of("answered"):
        if not {"not", "never"} & {word.text for word in row.words[phrase.first : phrase.last + 1]}:
            for each in came:
                yield Contact(each.agency, "given", row.channel(phrase.clause), phrase.start, phrase.end, each.plain)


def _in_columns(row: Clauses) -> Iterator[Contact]:
    """What a column tells by itself: whom the matter was shared with, and where it came from."""
    for cell in row.account.event.cells:
        if cell.meaning == "shared_with":
            for each in _listed(row, cell.start, cell.end):
                yield Contact(each.agency, "given", row.channel(each.clause), each.start, each.end, plain=True)
        elif cell.meaning == "source":
            for each in row.starts.values():
                if cell.start <= each.start < cell.end and row.at(each.first - 1, each.clause) not in ("to", "with", "for"):
                    yield Contact(each.agency, "came", row.channel(each.clause), each.start, each.end, plain=True)


def _listed(row: Clauses, start: int, end: int) -> Iterator[Named]:
    """The agencies of a cell, item by item, that says no more than who was told and how: "Child Health, GP and HV by phone"."""
    sending = {place for each in row.of(*_SENDING) for place in range(each.first, each.last + 1)} | set(row.persons)
    items: list[list[int]] = []
    for place, word in enumerate(row.words):
        if start <= word.start < end:
            if not items or word.start == start or word.text == "and" or not _IN_ITEM.fullmatch(word.before):
                items.append([])
            items[-1].append(place)
    for places in items:
        named = [row.starts[place] for place in places if place in row.starts]
        known = sending | {place for each in named for place in range(each.first, each.last + 1)}
        left = [row.words[place].text for place in places if place not in known]
        if all(text in BESIDE | LINKS | HOW | BEING | _LEADING or text[0].isdigit() for text in left):
            yield from named


def _contact(row: Clauses, named: Named, way: Way, phrase: Phrase, *, plain: bool = True) -> Contact:
    return Contact(named.agency, way, row.channel(phrase.clause), min(named.start, phrase.start), max(named.end, phrase.end), plain)
