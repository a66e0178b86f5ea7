"""One pseudonym for each person: by role, never out of the name, none shared, none that is a real name in the review."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from anonymise.names import claims_of, tokens
from anonymise.rules import RecognitionRules
from anonymise.texts import plain
from timeline.errors import CaseError
from timeline.people import Person


def pseudonyms_for(people: Sequence[Person], reference: str, rules: RecognitionRules) -> dict[str, str]:
    """Person id -> pseudonym. The cast list's own choice wins; the others go by role, numbered where several share one.

    Numbers follow a hash of the review's reference and the person's id, so that they give away no order of birth or of the cast list, and
    are the same on every run. Raises CaseError where the cast list gives two people one pseudonym, or one that is a real name in the review.
    """
    real = real_forms(people, rules)
    chosen = {person.id: person.pseudonym.strip() for person in people if person.pseudonym.strip()}
    _check_choices(chosen, real)
    taken = set(chosen.values())
    by_role: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.id not in chosen:
            by_role[role_of(person, real, rules)].append(person)
    given = dict(chosen)
    for role in sorted(by_role):
        bearers = sorted(by_role[role], key=lambda person: _order(person, reference))
        # family roles stand alone where only one has them; professionals are always numbered, so that a later one changes nothing
        alone = len(bearers) == 1 and bearers[0].kind != "professional" and role not in {"Person", "Adult", "Child"} and role not in taken
        number = 0
        for person in bearers:
            name = role
            while not alone and (name == role or name in taken):
                number += 1
                name = f"{role} {number}"
            given[person.id] = name
            taken.add(name)
    return given


def real_forms(people: Sequence[Person], rules: RecognitionRules) -> set[tuple[str, ...]]:
    """Every form of everyone's name, initials aside, in plain words."""
    return {form for person in people for form, claim in claims_of(person, rules) if claim.part != "initials"}


def _order(person: Person, reference: str) -> tuple[bool, str]:
    return not person.in_cast, hashlib.sha256(f"{reference}\n{person.id}".encode()).hexdigest()


def _check_choices(chosen: Mapping[str, str], real: set[tuple[str, ...]]) -> None:
    bearer: dict[str, str] = {}
    for person, pseudonym in chosen.items():
        if other := bearer.get(plain(pseudonym)):
            raise CaseError(f"people.csv: {other} and {person} have the same pseudonym; give each of them one of its own")
        if tokens(pseudonym) in real:
            raise CaseError(f"people.csv: the pseudonym of {person} is a real name in this review; choose another")
        bearer[plain(pseudonym)] = person


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
    if not said or any(_names(said, form) for form in real) or any(each.isdigit() for each in said):
        return {"professional": "Professional", "family": "Family Member", "subject": "Child"}.get(person.kind, "Person")
    return " ".join(_titled(word) for word in said.split())


def _names(said: str, form: tuple[str, ...]) -> bool:
    words = tokens(said)
    return any(words[i : i + len(form)] == form for i in range(len(words)))


def _titled(word: str) -> str:
    if word.lower() in {"of", "to", "for", "the", "in", "and", "at"}:
        return word.lower()
    return word if word.isupper() else word[:1].upper() + word[1:]
