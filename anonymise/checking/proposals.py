"""What could stand in a report for each thing that was found: the draft's own words where the review knows them, a new role word for a stranger."""

import re
from collections.abc import Mapping, Sequence

from anonymise.checking.known import KnownReview
from anonymise.hiding.pseudonyms import real_forms, role_of
from anonymise.hiding.standing import Standing, standing_of
from timeline.people import Person

SOMEBODY = "Person"


class Pseudonyms:
    """The pseudonyms of the draft, and a new one for each person whom the review does not know, numbered on from the draft's."""

    def __init__(self, known: KnownReview, people: Sequence[Person]) -> None:
        """Give new words to the strangers among the people, and to whoever was put into people.csv since the last run."""
        self.known = {person.id: person.pseudonym for person in known.people if person.pseudonym}
        self.of_review = frozenset(person.id for person in known.people)
        rules = known.hiding.recognition
        real = real_forms(people, rules)
        used = [*self.known.values(), *(each.pseudonym for each in known.draft.people)]
        self._numbers = _highest(used)
        self.new: dict[str, str] = {}
        for person in people:
            if person.id not in self.known:
                self.new[person.id] = self.next(role_of(person, real, rules) or SOMEBODY)

    def next(self, role: str) -> str:
        """A role with the next number that is free: "Police Officer 4"."""
        self._numbers[role.casefold()] = self._numbers.get(role.casefold(), 0) + 1
        return f"{role} {self._numbers[role.casefold()]}"

    @property
    def all(self) -> dict[str, str]:
        """What stands for everyone, by the person's id."""
        return {**self.new, **self.known}


def _highest(pseudonyms: Sequence[str]) -> dict[str, int]:
    """The highest number of each role that the draft uses."""
    highest: dict[str, int] = {}
    for said in pseudonyms:
        match = re.fullmatch(r"(.*?) (\d{1,4})", said)
        role, number = (match[1], int(match[2])) if match else (said, 0)
        highest[role.casefold()] = max(number, highest.get(role.casefold(), 0))
    return highest


def standing(known: KnownReview, people: Sequence[Person], pseudonyms: Mapping[str, str]) -> Standing:
    """What stands for whom and what in this review's report."""
    return standing_of(known.case, known.first_event, (people, pseudonyms), known.policy, known.hiding)
