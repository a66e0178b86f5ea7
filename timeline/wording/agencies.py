"""Which agency of the review a row's words name: by its name, an alias, or a role that only it can have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.case import Agency
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.wording.words import Word, words_of

_SHORT = 4  # an alias of so few letters counts in capitals alone where it is written so: "ED" is a department, "Ed" is not


@dataclass(frozen=True, slots=True)
class Role:
    """Who is meant: `who` are phrases for people of an agency whose name or alias holds one of `agency`."""

    agency: tuple[str, ...]
    who: tuple[str, ...]


class AgencyNamed(NamedTuple):
    """An agency of the review named at characters start to end (exclusive); `by_role` where a role names it, not its own name."""

    agency: str
    start: int
    end: int
    by_role: bool


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """Every way to name the agencies of a review."""

    _lexicon: Lexicon
    _capitals: frozenset[str]

    def named(self, text: str, words: Sequence[Word]) -> Iterator[AgencyNamed]:
        """Every agency named in the words of the text, in order; where two phrases overlap the longer counts."""
        end = -1
        found = sorted(self._lexicon.found(words), key=lambda each: (each.first, -each.last, each.name))
        for each in found:
            start, stop = words[each.first].start, words[each.last].end
            agency, _, how = each.name.rpartition("/")
            if start >= end and not (text[start:stop].casefold() in self._capitals and not text[start:stop].isupper()):
                end = stop
                yield AgencyNamed(agency, start, stop, how == "role")


def agency_names(agencies: Sequence[Agency], roles: Sequence[Role] = ()) -> AgencyNames:
    """The names of the agencies. A phrase that could mean two of them means neither; a name or alias outweighs a role."""
    own: dict[str, str | None] = {}
    for agency in agencies:
        for form in (agency.name, *agency.aliases):
            _claim(own, form, agency.name)
    by_role: dict[str, str | None] = {}
    for role in roles:
        telling = lexicon_of({"it": role.agency})
        for agency in agencies:
            if any(any(telling.found(words_of(form))) for form in (agency.name, *agency.aliases)):
                for who in role.who:
                    _claim(by_role, who, agency.name)
    lists: dict[str, list[str]] = {}
    for forms, how in ((by_role, "role"), (own, "name")):
        for form, name in forms.items():
            if name and not (how == "role" and form in own):
                lists.setdefault(f"{name}/{how}", []).append(form)
    capitals = {form.casefold() for agency in agencies for form in agency.aliases if len(form) <= _SHORT and form.isupper()}
    return AgencyNames(lexicon_of(lists), frozenset(capitals))


def roles_from(given: Mapping[str, Sequence[Mapping[str, Sequence[str]]]]) -> tuple[Role, ...]:
    """The roles of rules/roles.toml; KeyError names a key that is missing."""
    return tuple(Role(tuple(each["agency"]), tuple(each["who"])) for each in given["role"])


def _claim(claimed: dict[str, str | None], form: str, agency: str) -> None:
    form = form.casefold()
    if words_of(form):
        claimed[form] = agency if claimed.get(form, agency) == agency else None
