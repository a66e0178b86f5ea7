"""Who told whom in a row's clauses: which agencies are the object of a phrase, which its subject."""

from timeline.findings.handovers.clauses import Clauses, Named, Phrase, Subject
from timeline.wording.small_words import (
    BEING,
    BESIDE,
    CARRIED_ON,
    DETERMINERS,
    DOING,
    FILLERS,
    HOW,
    LINKS,
    NO_OBJECT,
    ONESELF,
    PASSIVE,
    PREPOSITIONS,
    STOPS,
    TO_SAY,
)

_REACH = 5  # words at most between "rang" and whom
_REACH_TO = 8  # words at most between "sent" and whom: what was sent stands between
_STRANGERS = 3  # words at most of somebody of no agency of the review in a list: "to Child Health, GP, HV"
_BACK = 4  # words at most between who was told and "told"
_AGENT = 6  # words at most between "informed" and "by" whom
_NAMED_AFTER = 1  # words at most between an agency and the paper named after it: "ED head injury letter" is read, a sentence is not
_LISTING = (",", "/", "&", "+")
# "GP phoned", "SW asked for": these tell what the agency did, unless "was" stands before
_ACTIVE_ALONE = frozenset({"phoned", "telephoned", "called", "called for"})
_SUMMONS = frozenset({"called", "called for"})
_ASKS_FOR = frozenset({"asked", "requested"})
_DONE_TO = frozenset({"referred", "re", "rereferred"})  # "victim referred to": the writer's doing, and not the victim's
_LEADING = frozenset({"to", "with", "for"})
_NAMED_TO = frozenset({"gives_to", "papers"})  # lists whose phrases name whom only after "to", "with" or "for"


def told_after(row: Clauses, phrase: Phrase) -> tuple[Named, ...]:
    """The agencies that are the object of a phrase: "rang GP", "letter of 3 May to HV and the school", "from CSC"."""
    if max(row.starts, default=-1) <= phrase.last:
        return ()
    found: list[Named] = []
    led = phrase.name not in _NAMED_TO  # whether who is meant may stand here: "sent" needs its "to"
    gap, linked, place = 0, True, phrase.last + 1
    end = _end(row, phrase)
    while place < end:
        listed = any(sign in row.words[place].before for sign in _LISTING)
        linked = linked or listed
        if named := row.starts.get(place):
            joined = linked or named.agency == found[-1].agency
            if not (led and joined) or ((found or listed) and _acts(row, named)):
                break
            found.append(named)
            gap, linked, place = 0, False, named.last + 1
            continue
        gap += 1
        text = row.words[place].text
        if found:
            linked = linked or text in LINKS
            if not _goes_on(row, place, gap, linked=linked):
                break
        elif not led and text in _LEADING:
            led, gap = True, 0
        elif not _leads_on(phrase, text, gap, led=led):
            break
        place += 1
    return tuple(found)


def _end(row: Clauses, phrase: Phrase) -> int:
    """The place after the last word that a phrase can have as its object: its clause's end, or the next one's where a colon leads to an agency."""
    place, clause = phrase.last + 1, phrase.clause
    if place < len(row.words) and ":" in row.words[place].before and (place in row.starts or row.words[place].text in BESIDE):
        clause = row.words[place].clause
    while place < len(row.words) and row.words[place].clause == clause and row.words[place].sentence == phrase.sentence:
        place += 1
    return place


def _leads_on(phrase: Phrase, text: str, gap: int, *, led: bool) -> bool:
    """Whether a word between a phrase and the one who was told can stand there."""
    if text in STOPS and not (text == "of" and gap == 1 and not led):
        return False
    if led and text in ("to", "for"):
        return False
    reach = _REACH_TO if not led else _STRANGERS + 1 if phrase.name in _NAMED_TO else _REACH
    return gap <= reach


def told_before(row: Clauses, phrase: Phrase) -> tuple[Named, ...]:
    """The agencies that a phrase says were told, standing before it: "GP, HV and police informed by phone"."""
    found, being = _chain_before(row, phrase)
    if not found or by_another(row, phrase.last, phrase.clause) or not _without_object(row, phrase, being=being):
        return ()
    text = " ".join(word.text for word in row.words[phrase.first : phrase.last + 1])
    if not being and text in _ACTIVE_ALONE:
        summoned = {place for each in row.of("summoned") for place in range(each.first, each.last + 1)}
        return tuple(each for each in found if text in _SUMMONS and summoned & set(range(each.first, each.last + 1)))
    return found


def who_did(row: Clauses, phrase: Phrase) -> tuple[Named, ...]:
    """The agencies that are the subject of a phrase: "police rang", "HV and school report"."""
    if any(told_before(row, each) for each in row.beginning(phrase.first, "given")):
        return ()
    found, being = _chain_before(row, phrase)
    return () if being else found


def subject(row: Clauses, phrase: Phrase) -> Subject:
    """Whose doing a phrase is: who stands right before it, or at the head of its clause where "and" does; else the writer's."""
    place = phrase.first - 1
    if row.words[phrase.first].text in _DONE_TO and row.at(phrase.last + 1, phrase.clause) not in ONESELF:
        done_to = row.at(place, phrase.clause) and row.doer(place)
        if done_to and not done_to.agency:
            return Subject(ours=True)
    while row.at(place, phrase.clause) in FILLERS and "," not in row.words[place + 1].before:
        place -= 1
    before = row.at(place, phrase.clause)
    if not before or "," in row.words[place + 1].before:
        return Subject(ours=True)
    if before == "s" and "'" in row.words[place].before.replace("’", "'"):
        place -= 1
    elif before in CARRIED_ON:
        place = next((each for each in range(place + 1) if row.words[each].clause == phrase.clause), place)
    return row.doer(place) or Subject(ours=True)


def was_told(row: Clauses, phrase: Phrase) -> bool:
    """Whether it is the writer who was told: "informed by police", "we had been told by"; not "ambulance called by school", "mother was told by"."""
    place = phrase.first - 1
    while row.at(place, phrase.clause) in BEING | FILLERS:
        place -= 1
    if not row.at(place, phrase.clause) or "," in row.words[place + 1].before:
        return True
    told = row.doer(place)
    return (told is None or told.ours) and not any(each.last == place for each in row.of("summoned"))


def just_before(row: Clauses, phrase: Phrase) -> Named | None:
    """The agency that a paper is named after: "HV liaison form", "ED letter"."""
    for place in range(phrase.first - 1, phrase.first - 2 - _NAMED_AFTER, -1):
        text = row.at(place, phrase.clause)
        if not text or row.words[place + 1].before.strip("'’ ") or text in LINKS | PREPOSITIONS | DETERMINERS:
            return None
        if named := row.ends.get(place):
            return named
    return None


def after_colon(row: Clauses, phrase: Phrase) -> Named | None:
    """The agency that a colon leads to from a paper: "Letter: CSC have closed the case"."""
    named = row.starts.get(phrase.last + 1)
    return named if named and ":" in row.words[named.first].before else None


def at_the_head(row: Clauses, phrase: Phrase) -> Named | None:
    """The agency that begins a sentence right before a phrase: "ED attendance: scald"."""
    named = row.ends.get(phrase.first - 1)
    begins = named and (named.first == 0 or row.words[named.first - 1].sentence != phrase.sentence)
    return named if begins and row.words[phrase.first].before.isspace() else None


def is_sent(row: Clauses, phrase: Phrase, reach: int) -> bool:
    """Whether the writer sent a paper, by the words that follow it ("form completed", "letter was sent"), and not "to" somebody named after them."""
    for each in row.of("done"):
        if 0 < each.first - phrase.last <= reach and each.clause == phrase.clause:
            return row.at(each.last + 1, each.clause) not in ("to", "with", "for", "from") and not by_another(row, each.last, each.clause)
    return False


def _goes_on(row: Clauses, place: int, gap: int, *, linked: bool) -> bool:
    """Whether the word at `place`, after one who was told, can belong to a list of those who were."""
    text = row.words[place].text
    if text == "to":
        return place + 1 in row.starts or row.at(place + 1, row.words[place].clause) in BESIDE
    if text in LINKS or text in BESIDE or place in row.persons:
        return gap <= _BACK
    return linked and text not in STOPS | DOING and gap <= _STRANGERS


def _acts(row: Clauses, named: Named) -> bool:
    """Whether an agency that follows a comma or "and" is the subject of what comes next: "rang GP, police attended"."""
    after = row.at(named.last + 1, named.clause)
    does = any(row.beginning(named.last + 1, "brings"))
    return (after in DOING or does) and not any(row.beginning(named.last + 1, "given"))


def _chain_before(row: Clauses, phrase: Phrase) -> tuple[tuple[Named, ...], bool]:
    """The agencies right before a phrase, as a list joined by commas or "and", and whether "was", "both" or the like stands between."""
    found: list[Named] = []
    being, gap, linked, place = False, 0, True, phrase.first - 1
    while row.at(place, phrase.clause) and gap <= _BACK:
        text = row.words[place].text
        linked = linked or any(sign in row.words[place + 1].before for sign in _LISTING)
        if not found and "," in row.words[place + 1].before:
            return _in_apposition(row, place, phrase.clause), being
        if named := row.ends.get(place):
            if not linked and named.agency != found[-1].agency:
                break
            found.append(named)
            gap, linked, place = 0, False, named.first - 1
            continue
        if not found and text in BEING:
            being = being or text in PASSIVE
        elif text in LINKS and found:
            linked = True
        elif text not in BESIDE and place not in row.persons:
            break
        gap, place = gap + 1, place - 1
    return tuple(found), being


def _in_apposition(row: Clauses, place: int, clause: int) -> tuple[Named, ...]:
    """The agency at the head of a clause that a phrase between commas parts from its verb: "A Smith, manager of the home, reports"."""
    head = place
    while row.at(head - 1, clause):
        head -= 1
    named = row.starts.get(head)
    return (named,) if named and any("," in row.words[each].before for each in range(head + 1, place + 1)) else ()


def _without_object(row: Clauses, phrase: Phrase, *, being: bool) -> bool:
    """Whether nobody follows as the one who was told: "GP informed of", and not "GP informed us" or "GP informed that"."""
    place = phrase.last + 1
    after, text = row.at(place, phrase.clause), row.words[phrase.last].text
    if not after or "," in row.words[place].before or "(" in row.words[place].before or ")" in row.words[place].before:
        return True
    if place in row.starts or place in row.persons or row.doer(place) is not None:
        return False
    if not being and ((text in _ASKS_FOR | _SUMMONS and after == "for") or (after == "to" and row.at(place + 1, phrase.clause) in TO_SAY)):
        return False
    return being or after in NO_OBJECT or after[0].isdigit()


def by_another(row: Clauses, place: int, clause: int) -> bool:
    """Whether "by" follows within a few words with somebody else as the one who did it; "by phone" tells only how."""
    for here in range(place + 1, place + 1 + _AGENT):
        if here >= len(row.words) or "," in row.words[here].before:
            break
        if row.at(here, clause) == "by" and row.at(here + 1, clause) not in HOW:
            who = next((row.doer(each) for each in range(here + 1, here + 4) if row.at(each, clause) and row.doer(each)), None)
            return who is not None and not who.ours
    return False
