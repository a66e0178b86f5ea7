"""Who is meant by a name: one person for each mention, and a doubt where the words fit several or may be no name at all."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from anonymise.recognising.index import Hit
from anonymise.recognising.initials import Initials
from anonymise.recognising.names import Claim, Part, claims_of, names_of
from anonymise.recognising.namesakes import Namesakes
from anonymise.rules import RecognitionRules
from anonymise.words.beside import Beside
from anonymise.words.texts import Clean, NamedText, plain
from timeline.people import Person

PART_WEIGHT: dict[Part, float] = {"full": 10, "renamed": 6, "short": 6, "given": 5, "nickname": 4, "initials": 4, "surname": 3}
# a lead of less than this over the next person is a doubt, which is queued
CLEAR_LEAD = 1.0
COURTESY = frozenset(["mr", "mrs", "ms", "miss", "mx"])
# between two names of one person
_ANOTHER_NAME = re.compile(
    r"\W*\b(?:aka|a\.k\.a\.?|also known as|known as|née|nee|formerly|previously|now|alias|was|or|maiden name|born)\b[ :]*\W?$",
    re.IGNORECASE,
)
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Named:
    """A hit with the title before it, in one text: characters start to end of the clean text, the title or ""."""

    text: int
    start: int
    end: int
    hit: Hit
    title: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A mention that a person should look at: characters start to end (exclusive) of the text as read.

    `several`: it fits several people, and the first of `candidates` was taken; `word`: it may be an ordinary word, hidden where `hidden` says so;
    `surname`: a listed child under another's surname; `unknown`: somebody is named, and nobody known fits.
    """

    text_id: str
    start: int
    end: int
    candidates: tuple[str, ...]
    why: Literal["several", "word", "surname", "unknown"] = "several"
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class Meant:
    """Who a mention means, how sure from 0 to 1, and who else it may mean."""

    person: str
    score: float
    others: tuple[str, ...]


class WhoIsWho:
    """Settles who is meant, from the words, the title, the role beside, the agency, and who else is named in the same text."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules) -> None:
        """Hold the people by id, with what their roles say of sex and age."""
        self._people = {person.id: person for person in people}
        self._rules = rules
        self._beside, self._namesakes = Beside(people, rules), Namesakes(people, rules)
        self._names = {person.id: names_of(person, rules) for person in people}
        self._titles = {p.id: {title for name in self._names[p.id] for title in name.titles} for p in people}
        letters = {("".join(form), p.id) for p in people for form, claim in claims_of(p, rules) if claim.part == "initials"}
        self._initials = Initials(letters, people, rules)
        self._seen: Counter[str] = Counter()
        self._seen_by: Counter[tuple[str, str]] = Counter()
        self._in_text: dict[int, dict[str, int]] = defaultdict(dict)
        self._last: tuple[int, int, str] = (-1, 0, "")

    def count(self, named: Sequence[Named], texts: Sequence[NamedText], times: Sequence[int]) -> None:
        """Learn from mentions that fit one person alone: who is named how often, and by which agency; each text stands for so many alike."""
        for each in named:
            people = {claim.person for claim in each.hit.claims}
            if len(people) == 1 and not each.hit.unclear:
                (person,) = people
                self._seen[person] += times[each.text]
                self._seen_by[texts[each.text].agency, person] += times[each.text]
                self._in_text[each.text].setdefault(person, each.start)

    def is_listed(self, person: str) -> bool:
        """Whether the cast list names this person."""
        return self._people[person].in_cast

    def is_known_whole(self, person: str) -> bool:
        """Whether somebody is listed, or was found with given name and surname."""
        name = self._names[person][0]
        return self.is_listed(person) or bool(name.given and name.surname)

    def collars(self) -> dict[str, str]:
        """Collar numbers that the cast list gives ("PC 771"), with their bearers."""
        listed = [(form, p.id) for p in self._people.values() for form in (p.name, *p.also_known_as)]
        return {match[1]: person for form, person in listed if (match := re.search(r"(?<!\w)(\d{1,6}[A-Z]{0,2})(?!\w)", form))}

    def by_title_and_initial(self, title: str, letter: str) -> str | None:
        """The one person of a title whose surname begins with a letter ("Dr S"), or None where none or several do."""
        fitting = []
        for person in self._people.values():
            name = self._names[person.id][0]
            if name.surname and plain(name.surname[-1])[:1] == letter and (title in name.titles or title in COURTESY):
                fitting.append(person)
        kinds = [p for p in fitting if (p.kind != "professional") == (title in COURTESY)]
        return kinds[0].id if len(kinds) == 1 else None

    def by_letter(self, letter: str, given: NamedText) -> tuple[str, ...]:
        """The listed people whose given name begins with a letter: of the family, and of the row's own agency."""
        near = [p for p in self._people.values() if p.in_cast and (p.kind != "professional" or p.agency == given.agency)]
        return tuple(p.id for p in near if any(name.given and plain(name.given[0])[:1] == letter for name in self._names[p.id]))

    def may_be(self, each: Named, text: Clean) -> str | None:
        """The one person of the family whose initials an abbreviation may be, where nothing beside it tells; None where none or several are."""
        people = {claim.person for claim in each.hit.claims if claim.part == "initials"}
        fitting = [person for person in sorted(people) if self._initials.may_be(person, each.end, text)]
        return fitting[0] if len(fitting) == len(each.hit.claims) == 1 else None

    def settle(self, each: Named, given: NamedText, text: Clean) -> Meant | None:
        """The person that a mention most plausibly means; None where its words fit no one here (initials of someone of another agency)."""
        scored = self._scored(each, given, text)
        if not scored:
            return None
        whole = any(claim.part in {"full", "short"} and not claim.derived for claim in each.hit.claims)
        if not whole and self._last[0] == each.text and _ANOTHER_NAME.fullmatch(text.text, self._last[1], each.start):
            self._last = (each.text, each.end, self._last[2])
            return Meant(self._last[2], 0.8, ())  # "Maja KOWALCZYK aka PUGH"
        best, top = scored[0]
        self._last = (each.text, each.end, best)
        clear = len(scored) == 1 or top - scored[1][1] >= CLEAR_LEAD
        if clear and not each.hit.unclear:
            self._in_text[each.text].setdefault(best, each.start)
        score = (0.95 if clear else 0.5) - (0.1 if each.hit.variant else 0) - (0.3 if each.hit.unclear else 0)
        others = () if clear else tuple(person for person, points in scored[1:] if top - points < CLEAR_LEAD)
        return Meant(best, max(score, 0.1), others)

    def _scored(self, each: Named, given: NamedText, text: Clean) -> list[tuple[str, float]]:
        points: dict[str, float] = {}
        for claim in each.hit.claims:
            if (value := self._points(each, claim, given, text)) is not None:
                points[claim.person] = max(points.get(claim.person, value), value)
        return sorted(points.items(), key=lambda item: (-item[1], item[0]))

    def _points(self, each: Named, claim: Claim, given: NamedText, text: Clean) -> float | None:
        person = self._people[claim.person]
        if claim.part == "initials" and not self._initials.fit(person.id, each.start, each.end, given, text):
            return None
        value = PART_WEIGHT[claim.part] + (1 if person.in_cast else 0)
        if person.kind == "professional" and person.agency:
            value += 1.5 if person.agency == given.agency else -0.5
        value += self._habit_points(each, claim, given) + self._title_points(each, claim, person)
        value += self._namesakes.points(person.id, each.start, each.end, given, text.text)
        return value + self._beside.points(person.id, each.start, each.end, text.text)

    def _habit_points(self, each: Named, claim: Claim, given: NamedText) -> float:
        """Who is named before in the same text, last of all, or often, and whom the row's own agency names."""
        value = min(1.0, self._seen[claim.person] / 20)
        if claim.part in {"surname", "given", "nickname", "initials"}:
            value += min(1.0, self._seen_by[given.agency, claim.person] / 6)
        if (first := self._in_text[each.text].get(claim.person)) is not None:
            value += 2 if first < each.start else 0.5
        return value

    def _title_points(self, each: Named, claim: Claim, person: Person) -> float:
        title = each.title
        if not title:
            # a surname alone is a grown-up's
            return -3 if claim.part == "surname" and self._beside.is_child(person.id) else 0
        if title in COURTESY:
            if self._beside.is_child(person.id) or self._beside.is_other_sex(person.id, title) or self._titles[person.id] - COURTESY:
                return -6
            older = self._beside.is_older(person.id)
            return (1.5 if older else 0) if title == "mrs" else (0 if title == "mr" else -1.5 if older else 1.0)
        if title in self._titles[person.id]:
            return 5
        if person.kind != "professional":
            return -4
        same_work = any(self._rules.titles.get(title) == self._rules.titles.get(each) for each in self._titles[person.id])
        # whoever is listed without "Dr" or a rank has none; of somebody whom no list names nothing is known
        return 3 if same_work or self._rules.titles.get(title) in self._beside.roles(person.id) else -2 if person.in_cast else 2
