"""Everyone of a review as the cast list would have them: with the pseudonym and every form of the name that was found."""

from collections.abc import Iterable
from dataclasses import replace

from anonymise.recognising.names import claims_of, is_initials, parse_name, tokens
from anonymise.rules import RecognitionRules
from pipelines.review_shown import Reviewed
from timeline.people import Person


def everyone(run: Reviewed) -> tuple[Person, ...]:
    """The people as decided, each with the forms found and the pseudonym in use; none for those who are public.

    A form that the name gives by itself ("Renouf", "S Renouf", "Ms Renouf" of Shannon Renouf) is left out: the next run looks for it
    anyway, while in a list of further names it would read as another given name.
    """
    found: dict[str, dict[str, None]] = {}
    decided = run.decided
    for row in decided.rows:
        given = decided.forms.given.get(row.mentions[0])
        person = given or (row.person if row.kind == "PERSON" and row.mentions[0] not in decided.forms.dropped else None)
        if person:
            found.setdefault(decided.persons.merged.get(person, person), {})[row.form] = None
    called = dict(run.hidden.key.pseudonyms)
    return tuple(
        replace(each, also_known_as=_forms(each, found.get(each.id, {}), run.rules), pseudonym=called.get(each.id, ""))
        for each in decided.recognition.people
    )


def _forms(person: Person, found: Iterable[str], rules: RecognitionRules) -> tuple[str, ...]:
    """The forms that the list has, and the found ones that neither these nor the name give by themselves."""
    claimed = {form for form, _ in claims_of(person, rules)}
    kept = dict.fromkeys(person.also_known_as)
    for form in found:
        name = parse_name(form, rules)
        if not {tokens(form), tokens(" ".join((*name.given, *name.surname)))} & claimed:
            kept[form] = None
    alone = is_initials(person.name)  # a cast list says that a name is initials by listing it among the further forms
    return tuple(form for form in (*([person.name] if alone else ()), *kept) if (form != person.name or alone) and ";" not in form)
