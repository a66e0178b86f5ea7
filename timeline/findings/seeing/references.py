"""Who is meant in a row's words: the child or adult of the review, somebody else, or a worker."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.seeing.ages import ages_told, may_be_of
from timeline.people import Mention, Person

_ADULT_YEARS = 18
_BABY_DAYS = 731  # to the second birthday; an older child is no "baby"
_CHILD_REVIEWS = frozenset({"scr", "rapid-review", "lcspr", "cpr"})  # where no date of birth says whether the subject is a child
_CHILD_ROLES = frozenset({"brother", "sister", "sibling", "son", "daughter", "child", "baby", "twin", "stepson", "stepdaughter"})
_PEOPLE = frozenset(
    f"seen.{name}" for name in ("child", "baby", "children", "adult", "patient", "others_of_child", "others_of_adult", "workers")
)
_ABOUT = frozenset({"seen.child", "seen.baby", "seen.children", "seen.adult", "seen.patient"})
_LINKS = frozenset({"and", "with", "plus", "both", "his", "her", "their", "the"})  # "mother and baby", "mum with her child"
_DETERMINERS = frozenset({"his", "her", "their", "the", "a", "an", "own"})
_TELLS_WHOM = frozenset({"event", "people_involved", ""})
_NOBODY: frozenset[str] = frozenset()

type _Candidate = tuple[int, int, bool, frozenset[str], bool]  # start, end, by name, the subjects meant, a worker


@dataclass(frozen=True, slots=True)
class Subject:
    """A child or adult whom the review is about. `child`: read by the words for a child ("baby"), else by those for an adult ("client")."""

    id: str
    born: date | None
    child: bool
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who is who in a review, as words are read for it: the subjects (each by id `alone`), those of them who are children or
    adults, and everyone else.
    """

    subjects: tuple[Subject, ...]
    ids: frozenset[str]
    alone: Mapping[str, frozenset[str]]
    children: frozenset[str]
    adults: frozenset[str]
    professionals: frozenset[str]
    other_children: frozenset[str]


class Reference(NamedTuple):
    """Words for a person: characters start to end (exclusive), with clause; `people` the subjects meant, none: somebody else.

    `worker`: a professional or an agency; `by`: who did it ("by mother"); `companion`: who was there too ("with mother"); `owner`: only a
    thing or place of that person ("mother's address"); `group` joins what "and" joins.
    """

    start: int
    end: int
    clause: int
    people: frozenset[str]
    worker: bool
    by: bool
    companion: bool
    owner: bool
    group: int


_reference = partial(tuple.__new__, Reference)  # in half the time, as for words


class Meant(NamedTuple):
    """Whom a row is about where its words name nobody (`about`, subjects), and everyone whom they name or mean (`refs`), in order."""

    about: frozenset[str]
    refs: tuple[Reference, ...]


def meant(evidence: Evidence, account: Account) -> Meant:
    """Whom a row means, read once for all findings."""
    return evidence.once(_meant, account)


def _meant(evidence: Evidence, account: Account) -> Meant:
    cast = cast_of(evidence)
    about = _focus(account, cast)
    return Meant(cast.ids if about is None else about, tuple(_references(account, cast, about)))


def cast_of(evidence: Evidence) -> Cast:
    """The subjects (people of kind `subject`, in the order of the cast) and what tells the others apart."""
    return evidence.once(_cast_of)


def _cast_of(evidence: Evidence) -> Cast:
    subjects = tuple(_subject(person, evidence) for person in evidence.people.values() if person.kind == "subject")
    others = [person for person in evidence.people.values() if person.kind != "subject"]
    return Cast(
        subjects=subjects,
        ids=frozenset(subject.id for subject in subjects),
        alone={subject.id: frozenset({subject.id}) for subject in subjects},
        children=frozenset(subject.id for subject in subjects if subject.child),
        adults=frozenset(subject.id for subject in subjects if not subject.child),
        professionals=frozenset(person.id for person in others if person.kind == "professional"),
        other_children=frozenset(person.id for person in others if _is_child(person, evidence)),
    )


def _subject(person: Person, evidence: Evidence) -> Subject:
    child = evidence.case.kind in _CHILD_REVIEWS if person.date_of_birth is None else _is_young(person.date_of_birth, evidence)
    return Subject(person.id, person.date_of_birth, child, _NOBODY if child else frozenset(person.role.casefold().split()))


def _is_child(person: Person, evidence: Evidence) -> bool:
    if person.date_of_birth:
        return _is_young(person.date_of_birth, evidence)
    return bool(_CHILD_ROLES & frozenset(re.findall(r"[a-z]+", person.role.casefold())))


def _is_young(born: date, evidence: Evidence) -> bool:
    return evidence.case.period_start.year - born.year < _ADULT_YEARS


def _focus(account: Account, cast: Cast) -> frozenset[str] | None:
    """The subjects whom the row is about, by its column of people, whom it names, or the age that it opens with.

    None of them: somebody else; None: it does not say. An adult's chronology names those around the adult in passing;
    where a child's names others alone, it is about them.
    """
    column = next((cell for cell in account.event.cells if cell.meaning == "people_involved"), None)
    named = [
        m.person
        for m in account.mentions
        if m.person not in cast.professionals and (column is None or _within(m, column.start, column.end))
    ]
    meant = cast.ids.intersection(person for person in named if person)
    if meant:
        return meant
    if named and column:
        return _NOBODY
    of_age = _of_age(account, cast.subjects)
    if of_age is not None or not named:
        return of_age
    return None if cast.adults or account.cued(*_ABOUT) else _NOBODY


def _of_age(account: Account, subjects: Iterable[Subject], under_years: int = 200) -> frozenset[str] | None:
    """The subjects who can be of the age under `under_years` that a cell of the row opens with; None where no such age is told."""
    when = account.event.when
    for cell in account.event.cells:
        if cell.meaning in _TELLS_WHOM:
            ages = tuple(each for each in ages_told(account.event.text[cell.start : cell.end]) if each[0] < under_years * 365)
            if ages:
                return frozenset(each.id for each in subjects if may_be_of(ages, each.born, when.earliest, when.latest))
    return None


def _within(mention: Mention, start: int, end: int) -> bool:
    return start <= mention.start < end


def _references(account: Account, cast: Cast, about: frozenset[str] | None) -> Iterator[Reference]:
    """Everyone named or meant in the row's words, in order; where two overlap the one that starts first, then the longer, counts."""
    spared = [(cue.start, cue.end) for cue in account.cued("seen.not_a_person")]
    last: Reference | None = None
    after = 0  # the word after the last one
    for candidate in sorted(_candidates(account, cast, about), key=_by_place):
        start, _, named, _, _ = candidate
        if (last and start < last.end) or (spared and not named and any(first <= start < end for first, end in spared)):
            continue
        last, after = _placed(account, candidate, last, after)
        yield last


def _by_place(candidate: _Candidate) -> tuple[int, int, bool]:
    return candidate[0], -candidate[1], not candidate[2]


def _candidates(account: Account, cast: Cast, about: frozenset[str] | None) -> Iterator[_Candidate]:
    for mention in account.mentions:
        yield mention.start, mention.end, True, cast.alone.get(mention.person or "", _NOBODY), mention.person in cast.professionals
    cues = account.cued(*_PEOPLE)
    if cues:
        meant = _words_for(account, cast, about)
        for cue in cues:
            role = _by_role(account.event.text[cue.start : cue.end].casefold(), cast) if cast.adults else _NOBODY
            people = role or meant.get(cue.name)
            if people is not None:
                yield cue.start, cue.end, False, people, cue.name == "seen.workers" and not role
    for agency in account.agencies:
        yield agency.start, agency.end, False, _NOBODY, True


def _words_for(account: Account, cast: Cast, about: frozenset[str] | None) -> Mapping[str, frozenset[str]]:
    """Whom the words of each list mean in this row; a list that means nobody in a review such as this is left out.

    "The child" is a brother or sister where the row names one, and no subject.
    """
    meant = {"seen.workers": _NOBODY, "seen.patient": cast.ids if about is None else about}
    if cast.children:
        of_age = None if cast.ids & account.people else _of_age(account, cast.subjects, _ADULT_YEARS)
        children = cast.children if of_age is None else cast.children & of_age
        other = cast.other_children & account.people and not cast.ids & account.people
        meant |= {
            "seen.child": _NOBODY if other else children,
            "seen.baby": _babies(account, cast) & children,
            "seen.children": cast.children,
            "seen.others_of_child": _NOBODY,
        }
    if cast.adults:
        meant |= {"seen.adult": cast.adults, "seen.others_of_adult": _NOBODY}
    return meant


def _babies(account: Account, cast: Cast) -> frozenset[str]:
    day = account.event.when.latest
    return frozenset(s.id for s in cast.subjects if s.child and not (s.born and day and (day - s.born).days > _BABY_DAYS))


def _by_role(text: str, cast: Cast) -> frozenset[str]:
    return frozenset(subject.id for subject in cast.subjects if text in subject.roles)


def _placed(account: Account, candidate: _Candidate, last: Reference | None, follows: int) -> tuple[Reference, int]:
    """The reference with what the words beside it make of it, and the place of the word after it; `follows` is that of the last one."""
    start, end, _, people, worker = candidate
    words = account.words
    first = max(0, bisect_right(account.starts, start, lo=follows) - 1)
    after = bisect_left(account.starts, end, lo=first + 1)
    clause = words[first].clause
    ahead = first - 1 - (first > 0 and words[first - 1].text in _DETERMINERS)  # "by her uncle"
    before = words[ahead].text if ahead >= 0 and words[ahead].clause == clause else ""
    owner = after < len(words) and words[after].text == "s" and words[after].before in ("'", "’")
    by, companion, group = before == "by", before == "with", 0
    if last:
        beside = first == follows and words[first].before == " "  # "by carer Grace"
        by, companion = by or (beside and last.by), companion or (beside and last.companion)
        joined = last.clause == clause and not beside and all(word.text in _LINKS for word in words[follows:first])
        group = last.group if joined else last.group + 1
    return _reference((start, end, clause, people, worker, by, companion, owner, group)), after
