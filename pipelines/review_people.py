"""Everyone of a review as the cast list would have them: with the pseudonym and every form of the name that was found."""

from dataclasses import replace

from pipelines.review_contents import Reviewed
from timeline.people import Person


def everyone(run: Reviewed) -> tuple[Person, ...]:
    """The people as decided, each with all forms found and the pseudonym in use; none for those who are public."""
    found: dict[str, dict[str, None]] = {}
    decided = run.decided
    for row in decided.rows:
        given = decided.forms.given.get(row.mentions[0])
        person = given or (row.person if row.kind == "PERSON" and row.mentions[0] not in decided.forms.dropped else None)
        if person:
            found.setdefault(decided.persons.merged.get(person, person), {})[row.form] = None
    called = dict(run.hidden.key.pseudonyms)
    return tuple(
        replace(each, also_known_as=_forms(each, found.get(each.id, {})), pseudonym=called.get(each.id, ""))
        for each in decided.recognition.people
    )


def _forms(person: Person, found: dict[str, None]) -> tuple[str, ...]:
    forms = dict.fromkeys((*person.also_known_as, *found))
    return tuple(form for form in forms if form != person.name and ";" not in form)
