"""Two people of one name, as father and son: which of them a row means, by date of birth, age, "junior" and what the row is about."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from anonymise.recognising.names import names_of, tokens
from anonymise.rules import RecognitionRules
from anonymise.words.beside import is_child
from anonymise.words.texts import NamedText, plain
from timeline.dates_in_text import dates_within
from timeline.people import Person

SAYS_SO, FITS, SUGGESTS = 8.0, 5.0, 1.5
# the subject is meant more often than a namesake; less than a clear lead, so that the mention is queued all the same
SUBJECT_FIRST = 0.9
GROWN, OLD = 18, 65  # years
_AGE = re.compile(
    r"[ ,(]{1,3}(?:aged? ?)?(\d{1,3})(?=[MF]\b|[ -]?(?:y\b|yo\b|yrs?\b|years?\b)|\)|[,.]| and\b|$)|[ ,(]{1,3}aged? (\d{1,3})\b"
)
_AGE_BEFORE = re.compile(r"\b(\d{1,3})[ -](?:y|yo|yr|year)s?(?:[ -]old)? $")
_BESIDE = 40


class Namesakes:
    """Points for and against each of several people who bear one name; nothing for everybody else."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules) -> None:
        """Find those who share a whole name, and put them in order of age where that is known."""
        self._rules = rules
        self._people = {person.id: person for person in people}
        bearers: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person in people:
            for name in {tokens(" ".join((*name.given[:1], *name.surname))) for name in names_of(person, rules)[:1] if name.surname}:
                bearers[name].append(person)
        self._groups = {person.id: group for group in bearers.values() if len(group) > 1 for person in group}
        self._elder = {person: _is_elder(self._people[person], group, rules) for person, group in self._groups.items()}

    def points(self, who: str, start: int, end: int, given: NamedText, text: str) -> float:
        """What a row says for this person (positive) or against; start to end (exclusive) is the name in its clean text."""
        if who not in self._groups:
            return 0.0
        person = self._people[who]
        value = SUBJECT_FIRST if person.kind == "subject" else 0.0
        value += self._by_mark(who, text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])
        value += self._by_birth(person, text, start, end)
        if person.date_of_birth and given.day:
            value += _by_age(_years(person.date_of_birth, given.day), text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE])
        return value + self._by_subject_matter(person, given, text)

    def _by_mark(self, who: str, before: str, after: str) -> float:
        """By "junior", "old", "the younger" beside the name, where it is known who is the elder."""
        elder = self._elder[who]
        said_before = [] if _AGE_BEFORE.search(before) else re.findall(r"(\w+) $", before)
        said = {plain(word) for word in said_before + re.findall(r"^,? ?\(?(?:the )?(\w+)\b", after)}
        if elder is None:
            return 0.0
        right, wrong = (self._rules.elder_marks, self._rules.younger_marks)[:: 1 if elder else -1]
        return FITS if said & right else -FITS if said & wrong else 0.0

    def _by_birth(self, person: Person, text: str, start: int, end: int) -> float:
        """By a date of birth in the row: right beside the name it decides."""
        births = {each.date_of_birth for each in self._groups[person.id]} - {None}
        dates = ((at, until, when.earliest) for at, until, when in dates_within(text))
        near = {day for at, until, day in dates if day in births and at - end < _BESIDE and start - until < _BESIDE}
        return 0.0 if not near else SAYS_SO if person.date_of_birth in near else -SAYS_SO

    def _by_subject_matter(self, person: Person, given: NamedText, text: str) -> float:
        """By what the row and its agency are about: a nursery, a tenancy, a care home."""
        stage = self._stage(person, given.day)
        words = set(re.findall(r"[\w'-]+", plain(f"{given.agency} {text}")))
        about = {name: len(words & listed) for name, listed in self._matters().items()}
        most = max(about.values())
        if not stage or not most or list(about.values()).count(most) > 1:
            return 0.0
        return SUGGESTS if about[stage] == most else -SUGGESTS

    def _matters(self) -> Mapping[str, frozenset[str]]:
        return {"child": self._rules.of_children, "adult": self._rules.of_adults, "elder": self._rules.of_elders}

    def _stage(self, person: Person, day: date | None) -> str:
        """Child, adult or elder on a day; "" where nothing tells."""
        if person.date_of_birth and day:
            years = _years(person.date_of_birth, day)
            return "child" if years < GROWN else "adult" if years < OLD else "elder"
        words = set(re.findall(r"[\w-]+", plain(person.role)))
        return "elder" if words & self._rules.older else "child" if is_child(person, self._rules) else ""


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _by_age(years: int, before: str, after: str) -> float:
    """By an age beside the name, a year more or less."""
    said = _AGE.match(after) or _AGE_BEFORE.search(before)
    if said is None:
        return 0.0
    age = int(next(number for number in said.groups() if number))
    return FITS if abs(age - years) <= 1 else -FITS


def _is_elder(person: Person, group: Sequence[Person], rules: RecognitionRules) -> bool | None:
    """Whether somebody is the elder of two namesakes, by dates of birth, else by roles; None where that is not known, or they are more."""
    others = [other for other in group if other.id != person.id]
    if len(others) != 1:
        return None
    other = others[0]
    if person.date_of_birth and other.date_of_birth:
        return person.date_of_birth < other.date_of_birth
    ranks = [_rank(each, rules) for each in (person, other)]
    return None if ranks[0] == ranks[1] else ranks[0] > ranks[1]


def _rank(person: Person, rules: RecognitionRules) -> int:
    words = set(re.findall(r"[\w-]+", plain(f"{person.role} {' '.join(person.also_known_as)}")))
    if words & rules.younger_marks:
        return 0
    return 3 if words & (rules.older | rules.elder_marks) else 1 if is_child(person, rules) else 2
