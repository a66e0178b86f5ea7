"""What the words beside a name say of its bearer: a role, kinship, childhood, sex; held against what the cast list says of each person."""

import re
from collections.abc import Sequence

from anonymise.rules import RecognitionRules
from anonymise.words.texts import plain
from timeline.people import Person

# "her brother's father": what somebody is to another than the subject says nothing of this person's own sex or age
_OF_ANOTHER = re.compile(r"\b(?:of|to|for|from|until) .*|\b\w+'s\b|\(.*?\)")
_BABY = frozenset(["baby", "infant", "newborn", "unborn", "bb"])
_CHILD = frozenset(["child", "children", "boy", "girl", "toddler"])
_BEFORE = re.compile(r"[\w/'-]+")
_APPOSED = re.compile(r"(?:\s?\(|, (?:the |his |her |their |a )?|'s [a-z]+, )([\w/'-]+(?: [\w/'-]+)?)")
_AT_WORK = re.compile(r" (?:at|from|in|of) (?:the )?([\w-]+)")
_PRONOUN = re.compile(r"[^.;\n]{0,40}?\b(his|he|him|himself|her|she|herself)\b", re.IGNORECASE)
_GROWN = frozenset(["adult", "elder", "older", "younger", "uncle", "aunt", "grown"])
# kin of a grown subject, who may be grown up too
_OF_ANY_AGE = frozenset(
    ["son", "daughter", "brother", "sister", "sibling", "half-brother", "half-sister", "cousin", "stepson", "stepdaughter", "twin"]
)
FITS, SPEAKS_AGAINST = 3.0, -3.0


class Beside:
    """Points for and against each person by the words beside a name."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules) -> None:
        """Take each person's role apart."""
        self._rules = rules
        self._roles = {p.id: roles_in(p.role, rules) for p in people}
        self._words = {p.id: set(re.findall(r"[\w-]+", plain(_OF_ANOTHER.sub("", plain(p.role))))) for p in people}
        self._said = {p.id: set(re.findall(r"\w+", plain(f"{p.role} {p.pseudonym}"))) for p in people}
        self._people = {p.id: p for p in people}
        of_an_adult = any(p.kind == "subject" and "adult" in self._said[p.id] for p in people)
        self._children = {p.id for p in people if is_child(p, rules) and not (of_an_adult and self._words[p.id] & _OF_ANY_AGE)}

    def roles(self, who: str) -> set[str]:
        """The roles and relations that the list gives this person."""
        return self._roles[who]

    def is_child(self, who: str) -> bool:
        """Whether the cast list makes this person a child: the subject by role or pseudonym, or a child of the family by role."""
        return who in self._children

    def is_older(self, who: str) -> bool:
        """Whether this person's role is of the grandparents' age."""
        return bool(self._words[who] & self._rules.older)

    def is_other_sex(self, who: str, title: str) -> bool:
        """Whether a courtesy title is of the other sex than the role."""
        return bool(
            self._words[who] & (self._rules.female if title == "mr" else self._rules.male if title in {"mrs", "ms", "miss"} else set())
        )

    def points(self, who: str, start: int, end: int, text: str) -> float:
        """What the words before and after a name say for this person (positive) or against."""
        person = self._people[who]
        before = [plain(word) for word in _BEFORE.findall(re.split(r"[.;:\n\t]", text[max(0, start - 24) : start])[-1])]
        value = self._young(who, set(before[-4:]))
        said = self._role_beside(before, text[end : end + 40])
        if said & self._roles[who]:
            value += FITS
        elif said:
            of_work = any(role in self._rules.work_roles for role in said)
            value += SPEAKS_AGAINST if of_work == (person.kind != "professional") else 0
        if pronoun := _PRONOUN.match(text, end):
            male = pronoun[1].lower() in {"his", "he", "him", "himself"}
            value -= 1.0 if self._words[who] & (self._rules.female if male else self._rules.male) else 0
        return value

    def _young(self, who: str, before: set[str]) -> float:
        person = self._people[who]
        if before & _BABY:
            return (
                6
                if self._words[who] & _BABY or self._said[who] & {"baby"}
                else 3
                if self.is_child(who)
                else 4
                if person.kind == "subject"
                else 0
            )
        if before & _CHILD:
            return 4 if person.kind == "subject" else 2 if self.is_child(who) else 0
        return 0

    def _role_beside(self, before: Sequence[str], after: str) -> set[str]:
        """The roles that stand right before, or right after a comma or bracket."""
        found = roles_in(" ".join(before[-3:]), self._rules, at_end=True)
        if match := _APPOSED.match(after):
            found = found or roles_in(match[1], self._rules, at_start=True)
        if not found and (match := _AT_WORK.match(after)):
            found = {role for role in (self._rules.works_at.get(plain(match[1])),) if role}
        return found


def is_child(person: Person, rules: RecognitionRules) -> bool:
    """Whether the cast list makes somebody a child: the subject by role or pseudonym, or a child of the family by role."""
    if person.kind == "subject":
        return bool(set(re.findall(r"\w+", plain(f"{person.role} {person.pseudonym}"))) & rules.child)
    words = set(re.findall(r"[\w-]+", plain(_OF_ANOTHER.sub("", plain(person.role)))))
    return person.kind == "family" and bool(words & rules.child) and not words & _GROWN


def roles_in(said: str, rules: RecognitionRules, *, at_end: bool = False, at_start: bool = False) -> set[str]:
    """The roles and relations, in one word each, that words say; only the longest at their end or start where asked."""
    words = re.findall(r"[\w/-]+", plain(said) if at_end or at_start else _OF_ANOTHER.sub(" ", plain(said)))
    found: set[str] = set()
    for length in (3, 2, 1):
        places = [len(words) - length] if at_end else [0] if at_start else list(range(len(words) - length + 1))
        phrases = [" ".join(words[at : at + length]) for at in places if at >= 0]
        found |= {role for phrase in phrases if (role := rules.roles.get(phrase) or rules.relations.get(phrase))}
        if found and (at_end or at_start):
            return found
    return found


def main_roles(said: str, rules: RecognitionRules) -> set[str]:
    """The roles that words say as a whole: a safeguarding nurse, and not any nurse."""
    words = re.findall(r"[\w/-]+", _OF_ANOTHER.sub(" ", plain(said)))
    found: set[str] = set()
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if role := rules.roles.get(phrase) or rules.relations.get(phrase):
                found.add(role)
                break
        at += length
    return found
