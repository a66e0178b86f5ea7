"""Whom of the cast a form that no list gives may mean: a short form, or the name of an account."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from anonymise.recognising.candidates import Candidate
from anonymise.recognising.index import Index
from anonymise.recognising.names import Tokens, is_initials, names_of, tokens
from anonymise.rules import RecognitionRules
from anonymise.words.once import Once
from anonymise.words.variants import is_variant
from timeline.people import Person

SHORTEST_ACCOUNT = 5


class Listed:
    """The cast with each one's names taken apart once."""

    def __init__(self, people: Sequence[Person], rules: RecognitionRules) -> None:
        """Take the names apart."""
        self.people, self._rules = people, rules
        self._names = [(person, names_of(person, rules)) for person in people]
        self._parts = [
            (person, tokens(name.given[0]) if name.given else (), tokens(" ".join(name.surname)))
            for person, names in self._names
            for name in names
        ]
        self._accounts: dict[str, str | None] = {}
        self._short_forms = Once(self._by_short_form)

    def account_holder(self, written: str) -> str | None:
        """The one person of whose name the name of an account is made: "HUSSAIM1", "smith.j", "jsmith02"; None where none or several fit."""
        if written not in self._accounts:
            bare = "".join(tokens(written)).rstrip("0123456789")
            one_word = len(tokens(written)) < 3 and len(bare) >= SHORTEST_ACCOUNT and re.fullmatch(r"[\w.-]+", written)
            fitting = (
                {person.id for person, given, last in self._parts if given and last and makes_account(bare, given, last)}
                if one_word
                else set()
            )
            self._accounts[written] = next(iter(fitting)) if len(fitting) == 1 else None
        return self._accounts[written]

    def by_short_form(self, written: str) -> str | None:
        """The one person whose listed given name a single word begins ("Shan"), is a slip of, or is short for."""
        return self._short_forms[tokens(written)]

    def _by_short_form(self, word: Tokens) -> str | None:
        fitting = {
            person.id for person, names in self._names if (given := names[0].given) and given_alike(word, tokens(given[0]), self._rules)
        }
        return next(iter(fitting)) if len(fitting) == 1 else None


def makes_account(bare: str, given: tuple[str, ...], surname: tuple[str, ...]) -> bool:
    """Whether an account's name, figures aside, is the beginnings of surname and given name, in either order."""
    first, last = "".join(given), "".join(surname)
    if bare[0] not in {first[0], last[0]}:
        return False
    least = min(4, len(last))
    parts = ((bare[:at], bare[at:]) for at in range(1, len(bare)))
    return any(
        (len(a) >= least and last.startswith(a) and first.startswith(b)) or (len(b) >= least and last.startswith(b) and first.startswith(a))
        for a, b in parts
    )


def given_alike(first: tuple[str, ...], other: tuple[str, ...], rules: RecognitionRules) -> bool:
    """Whether two given names, or initials of them, can be one person's."""
    a, b = first[0], other[0]
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return (
        a == b
        or b in rules.nicknames.get(a, ())
        or (len(a) >= 4 and len(b) >= 4 and (a.startswith(b) or b.startswith(a)))
        or is_variant(a, b)
    )


def is_known(candidate: Candidate, index: Index) -> bool:
    """Whether the words, as a whole, are a form of someone known (a slip of it counts)."""
    return index.names_whole(candidate.written, candidate.title.title())


def short_forms(candidates: Iterable[Candidate], cast: Sequence[Person], index: Index, rules: RecognitionRules) -> tuple[Person, ...]:
    """The cast with the forms that the texts use for them and no list gives, each of which fits one person alone."""
    listed = Listed(cast, rules)
    added: dict[str, dict[str, None]] = {}
    for candidate in candidates:
        if person := _whose(candidate, listed, index):
            added.setdefault(person, {})[candidate.written] = None
    return tuple(replace(p, also_known_as=(*p.also_known_as, *added[p.id])) if p.id in added else p for p in cast)


def _whose(candidate: Candidate, listed: Listed, index: Index) -> str | None:
    word = tokens(candidate.written)
    if len(word) > 1:
        return None
    if candidate.found_by == "staff-column":
        person = listed.account_holder(candidate.written) or (
            None if is_initials(candidate.written) else listed.by_short_form(candidate.written)
        )
    elif candidate.title or is_initials(candidate.written) or not word:
        return None
    else:
        person = listed.by_short_form(candidate.written)
    return person if person and not is_known(candidate, index) else None
