"""Who is meant by a name: one person for each mention, and a doubt where the words fit several."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from anonymise.index import Hit
from anonymise.names import Claim, Part, is_initials, parse_name
from anonymise.rules import RecognitionRules
from anonymise.texts import Clean, NamedText, plain
from timeline.people import Person

PART_WEIGHT: dict[Part, float] = {"full": 10, "short": 6, "given": 5, "nickname": 4, "initials": 4, "surname": 3}
# a lead of less than this over the next person is a doubt, which is queued
CLEAR_LEAD = 1.0


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
    """A mention that fits several people; the first of `candidates` was taken."""

    text_id: str
    start: int
    end: int
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Who a mention means, how sure from 0 to 1, and who else it may mean."""

    person: str
    score: float
    others: tuple[str, ...]


class WhoIsWho:
    """Settles who is meant, from the words, the title, the agency, and who else is named in the same text."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules) -> None:
        """Hold the people by id, with what their roles say of sex and age."""
        self._people = {person.id: person for person in people}
        self._rules = rules
        self._role_words = {
            p.id: set(re.findall(r"[\w-]+", plain(re.sub(r"\b(?:of|to|for) .*|.*'s\b", "", plain(p.role))))) for p in people
        }
        self._titles = {p.id: set(parse_name(p.name, rules).titles) for p in people}
        self._seen: Counter[str] = Counter()
        self._in_text: dict[int, dict[str, int]] = defaultdict(dict)

    def count(self, named: Sequence[Named]) -> None:
        """Learn from mentions that fit one person alone."""
        for each in named:
            if len(people := {claim.person for claim in each.hit.claims}) == 1:
                self._seen.update(people)
                for person in people:
                    self._in_text[each.text].setdefault(person, each.start)

    def is_listed(self, person: str) -> bool:
        """Whether the cast list names this person."""
        return self._people[person].in_cast

    def by_title_and_initial(self, title: str, letter: str) -> str | None:
        """The one person of a title whose surname begins with a letter ("Dr S"), or None where none or several do."""
        fitting = []
        for person in self._people.values():
            name = parse_name(person.name, self._rules)
            if name.surname and plain(name.surname[-1])[:1] == letter and (title in name.titles or title in self._courtesy):
                fitting.append(person)
        kinds = [p for p in fitting if (p.kind != "professional") == (title in self._courtesy)]
        return kinds[0].id if len(kinds) == 1 else None

    _courtesy = frozenset(["mr", "mrs", "ms", "miss"])

    def settle(self, each: Named, given: NamedText, text: Clean) -> Meant | None:
        """The person that a mention most plausibly means; None where its words fit no one here (initials of someone of another agency)."""
        scored = self._scored(each, given, text)
        if not scored:
            return None
        best, top = scored[0]
        runner_up = next((points for person, points in scored[1:] if person != best), None)
        clear = runner_up is None or top - runner_up >= CLEAR_LEAD
        score = (0.95 if clear else 0.5) - (0.1 if each.hit.variant else 0)
        others = () if clear else tuple(person for person, points in scored[1:] if top - points < CLEAR_LEAD)
        return Meant(best, score, others)

    def _scored(self, each: Named, given: NamedText, text: Clean) -> list[tuple[str, float]]:
        points: dict[str, float] = {}
        for claim in each.hit.claims:
            if (value := self._points(each, claim, given, text)) is not None:
                points[claim.person] = max(points.get(claim.person, value), value)
        return sorted(points.items(), key=lambda item: (-item[1], item[0]))

    def _points(self, each: Named, claim: Claim, given: NamedText, text: Clean) -> float | None:
        person = self._people[claim.person]
        value = PART_WEIGHT[claim.part] + (1 if person.in_cast else 0)
        if claim.part == "initials" and not self._initials_fit(each, claim, given, text):
            return None
        if person.kind == "professional" and person.agency:
            value += 1.5 if person.agency == given.agency else -0.5
        if (first := self._in_text[each.text].get(claim.person)) is not None:
            value += 2 if first < each.start else 0.5
        value += min(1.0, self._seen[claim.person] / 20)
        return value + self._title_points(each, person) + self._beside_points(each, person, text)

    def _title_points(self, each: Named, person: Person) -> float:
        title, words = each.title, self._role_words[person.id]
        if not title:
            return 0
        if title in {"mr", "mrs", "ms", "miss"}:
            against = words & (self._rules.female if title == "mr" else self._rules.male)
            if against or (words & self._rules.child and person.kind in {"subject", "family"}) or self._is_child(person):
                return -6
            older = bool(words & self._rules.older)
            return (1.5 if older else 0) if title == "mrs" else (0 if title == "mr" else -1.5 if older else 1.0)
        if title in self._titles[person.id]:
            return 4
        return 3 if person.kind == "professional" else -4

    def _is_child(self, person: Person) -> bool:
        """Whether the subject of the review is a child, by the role or pseudonym that the board gave."""
        said = set(re.findall(r"\w+", plain(f"{person.role} {person.pseudonym}")))
        return person.kind == "subject" and bool(said & self._rules.child)

    def _beside_points(self, each: Named, person: Person, text: Clean) -> float:
        before = re.findall(r"[\w-]+", plain(text.text[max(0, each.start - 20) : each.start]))[-2:]
        if set(before) & {"baby", "unborn", "child", "infant"}:
            return 4 if person.kind == "subject" else 0
        return 0

    def _initials_fit(self, each: Named, claim: Claim, given: NamedText, text: Clean) -> bool:
        """Whether capitals stand for a person: listed by the board, or of the row's own agency or family, and no word of the field."""
        person = self._people[claim.person]
        written = plain(text.text[each.start : each.end])
        listed = any(plain(form) == written for form in person.also_known_as)
        at_home = person.kind != "professional" or person.agency == given.agency
        staff = in_staff_column(each.start, each.end, given, text, self._rules)
        if staff or (is_initials(person.name) and not person.in_cast):
            return staff and (person.kind == "professional" or listed)
        if written in self._rules.abbreviations:
            return (listed or person.kind == "professional") and at_home and _signs(text.text, each.start, each.end)
        return listed or (at_home and len(written) > 1)


_ACTS = re.compile(
    r"\s?(?:[.,;)\n]|$)|'s\b| (?:to|for|aware|and|will|has|was|is|said|told|advised|informed|rang|phoned|visited|attended|seen)\b"
)
_TO_SOMEONE = re.compile(r"\b(?:to|by|with|for|from|allocated?|and|per|via|told|informed)[ :]+$", re.IGNORECASE)


def _signs(text: str, start: int, end: int) -> bool:
    """Whether initials that are also an abbreviation sign or act here: before "to" or at a sentence's end, after "by", or alone in a cell."""
    return bool(_ACTS.match(text, end)) and (
        text[:start].rstrip(" ")[-1:] in {"", "\n", ".", "(", "/", ";"} or bool(_TO_SOMEONE.search(text[:start]))
    )


def in_staff_column(start: int, end: int, given: NamedText, text: Clean, rules: RecognitionRules) -> bool:
    """Whether a span fills a cell of a column that names who wrote or saw."""
    first, last = text.back(start, end)
    for cell in given.cells:
        if cell.start <= first and last <= cell.end and cell.end - cell.start <= 60:
            headed = re.findall(r"[^\W_]+", plain(f"{cell.heading} {cell.meaning}"))
            return any(word in rules.staff_columns for word in headed)
    return False
