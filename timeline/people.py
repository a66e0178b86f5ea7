"""People of a review, where they are named, and by what pseudonym they go."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

PersonKind = Literal["subject", "family", "associate", "professional"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone of the review: from the cast list (people.csv), or proposed because a recogniser found the name.

    `also_known_as` are further forms of the name. `pseudonym` is what the board chose, empty where it is left to us.
    """

    id: str
    name: str
    also_known_as: tuple[str, ...] = ()
    date_of_birth: date | None = None
    role: str = ""
    kind: PersonKind = "associate"
    agency: str = ""
    pseudonym: str = ""
    in_cast: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person, identifier or place named in a text: characters start to end (exclusive) of the text `text_id`.

    `text_id` is the id of an event or analysis; `kind` is PERSON, PHONE, ADDRESS, DATE …; `person` the id of who is meant or None; `found_by`
    the recogniser; `score` from 0 to 1.
    """

    text_id: str
    start: int
    end: int
    kind: str
    person: str | None
    found_by: str
    score: float

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a mention covers at least one character")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A change that hiding makes: `text`, at start to end of the text `text_id`, becomes `replacement`.

    Applying all replacements of a text gives its anonymised text, character for character; no two of them overlap.
    """

    text_id: str
    start: int
    end: int
    text: str
    kind: str
    person: str | None
    replacement: str
    found_by: str
    score: float
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Who is who: each person's pseudonym and every form of the name that was found. One person one pseudonym, none shared."""

    people: tuple[Person, ...]
    pseudonyms: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        given = [pseudonym for _, pseudonym in self.pseudonyms]
        if len(set(given)) != len(given):
            raise ValueError("two people share a pseudonym")
