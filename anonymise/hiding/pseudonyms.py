"""One pseudonym for each person: by role, never out of the name, none shared, none that is a real name in the review."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from anonymise.recognising.names import claims_of, is_initials, tokens
from anonymise.rules import RecognitionRules
from anonymise.words.texts import plain
from timeline.errors import CaseError
from timeline.people import Person


def pseudonyms_for(people: Sequence[Person], reference: str, rules: RecognitionRules) -> dict[str, str]:
    """Person id -> pseudonym. The cast list's own choice wins; the others go by role, numbered where several share one.

    Numbers follow a hash of the review's reference and the person's id, so that they give away no order of birth or of the cast list, and
    are the same on every run. Raises CaseError where the cast list gives two people one pseudonym, or one that is a real name in the review.
    """
    real = real_forms(people, rules)
    chosen = {person.id: person.pseudonym.strip() for person in people if person.pseudonym.strip()}
    _check_choices(chosen, people, rules)
    taken = {plain(name) for name in chosen.values()}
    by_role: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.id not in chosen:
            by_role[role_of(person, real, rules)].append(person)
    given = dict(chosen)
    for role in sorted(by_role):
        bearers = sorted(by_role[role], key=lambda person: _order(person, reference))
        # family roles stand alone where only one has them; professionals are always numbered, so that a later one changes nothing
        alone = (
            len(bearers) == 1
            and bearers[0].kind != "professional"
            and role not in {"Person", "Adult", "Child"}
            and plain(role) not in taken
        )
        number = 0
        for person in bearers:
            name = role
            while not alone and (name == role or plain(name) in taken):
                number += 1
                name = f"{role} {number}"
            given[person.id] = name
            taken.add(plain(name))
    return given


def real_forms(people: Sequence[Person], rules: RecognitionRules) -> set[tuple[str, ...]]:
    """Every form of everyone's name, initials aside, in plain words."""
    return {form for person in people for form, claim in claims_of(person, rules) if claim.part != "initials"}


# words of roles that stand in no list of the rules, beside the small ones that join them
_LITTLE = frozenset(["of", "to", "for", "the", "in", "and", "at", "s"])
_ROLE_WORDS = frozenset(
    [
        "elder",
        "eldest",
        "younger",
        "youngest",
        "older",
        "oldest",
        "middle",
        "great",
        "grand",
        "ex",
        "foster",
        "adoptive",
        "birth",
        "biological",
        "half",
        "step",
        "putative",
        "designated",
        "lead",
        "neighbourhood",
        "nephew",
        "niece",
        "husband",
        "wife",
        "lodger",
        "tenant",
        "landlady",
        "godmother",
        "godfather",
        "babysitter",
        "childminder",
        "visitor",
        "relative",
        "acquaintance",
    ]
)


def _order(person: Person, reference: str) -> tuple[bool, str]:
    return not person.in_cast, hashlib.sha256(f"{reference}\n{person.id}".encode()).hexdigest()


def _check_choices(chosen: Mapping[str, str], people: Sequence[Person], rules: RecognitionRules) -> None:
    bearer: dict[str, str] = {}
    names = RealNames(people, rules)
    for person, pseudonym in chosen.items():
        if other := bearer.get(plain(pseudonym)):
            raise CaseError(f"people.csv: {other} and {person} have the same pseudonym; give each of them one of its own")
        if names.stand_in(pseudonym):
            raise CaseError(f"people.csv: the pseudonym of {person} is or holds a real name or initials of this review; choose another")
        bearer[plain(pseudonym)] = person


class RealNames:
    """Every real name and all initials of a review, held against words that are to stand for somebody."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules, forms: Iterable[str] = ()) -> None:
        """Hold the people's names; `forms` are further ones as the texts write them."""
        self._rules = rules
        written = {tokens(form) for form in forms if not is_initials(form)}
        self.real = real_forms(people, rules) | {form for form in written if form and not all(_of_a_role(w, rules) for w in form)}
        initials = (form for person in people for form, claim in claims_of(person, rules) if claim.part == "initials")
        self._initials = {"".join(form) for form in initials}
        self._telling = {form for form in self.real if len("".join(form)) > 1 and not all(_of_a_role(word, rules) for word in form)}
        self._longest = max(map(len, self._telling), default=0)

    def stand_in(self, said: str) -> bool:
        """Whether words are a real name, or have one in them; a word of a role ("Child Z" beside a Mrs Child) is none, nor is a letter alone."""
        words = tokens(said)
        if words in self.real:
            return True
        runs = (words[i:j] for i in range(len(words)) for j in range(i + 1, min(len(words), i + self._longest) + 1))
        if any(run in self._telling for run in runs):
            return True
        alone = is_initials(said) and "".join(words) in self._initials
        capitals = {plain(word) for word in re.findall(r"[^\W_]+", said) if word.isupper() and len(word) > 1}
        known = (self._rules.abbreviations, self._rules.roles)
        return alone or any(word in self._initials and not any(word in each for each in known) for word in capitals)


def _of_a_role(word: str, rules: RecognitionRules) -> bool:
    """Whether a word says what someone is ("mother", "officer", "GP") and no name."""
    return (
        word in _ROLE_WORDS
        or word in rules.roles
        or word in rules.harmless
        or word in rules.child
        or word in rules.male
        or word in rules.female
    )


def role_of(person: Person, real: set[tuple[str, ...]], rules: RecognitionRules) -> str:
    """A person's role in words that name no one: "Health Visitor", "Maternal Grandmother", "Police Officer"; by kind where no role is given."""
    said = re.sub(r"\(.*?\)", " ", person.role).split(",")[0].strip()
    if person.kind == "professional":
        words = plain(person.role)
        known = [
            (words.find(word), -len(word), role)
            for word, role in rules.roles.items()
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)
        ]
        said = min(known)[2] if known else said
    said = _in_role_words(said, rules)
    if not said or any(_names(said, form) for form in real) or any(each.isdigit() for each in said):
        return {"professional": "Professional", "family": "Family Member", "subject": "Child"}.get(person.kind, "Person")
    return " ".join(_titled(word) for word in said.split())


def _in_role_words(said: str, rules: RecognitionRules) -> str:
    """What a role says in words of roles: whatever may be somebody's name falls out ("Father of Jayden", "Jayden's father": "Father")."""
    kept: list[str] = []
    for word in said.split():
        parts = [part for part in tokens(word) if part != "s"]
        little = all(part in _LITTLE for part in parts)
        if parts and (little or plain(word) in rules.roles or all(_of_a_role(part, rules) for part in parts)):
            kept.append(word)
        elif kept and _LITTLE.issuperset(tokens(kept[-1])):
            break  # "of X": nothing after it says more of this person
    while kept and _LITTLE.issuperset(tokens(kept[-1])):
        kept.pop()
    while kept and _LITTLE.issuperset(tokens(kept[0])):
        kept.pop(0)
    return " ".join(kept)


def _names(said: str, form: tuple[str, ...]) -> bool:
    words = tokens(said)
    return any(words[i : i + len(form)] == form for i in range(len(words)))


def _titled(word: str) -> str:
    if word.lower() in {"of", "to", "for", "the", "in", "and", "at"}:
        return word.lower()
    return word if word.isupper() else word[:1].upper() + word[1:]
