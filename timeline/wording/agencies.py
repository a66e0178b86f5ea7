"""Which agency of the review a row's words name: by its name, an alias, its e-mail address, or a role that only it can have."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.case import Agency
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.wording.words import Word, words_of

_SHORT = 4  # an alias of so few letters counts in capitals alone where it is written so: "ED" is a department, "Ed" is not
_DOMAIN = re.compile(r"(?<=@)[\w-]+(?:\.[\w-]+)*")
_TELLING = 6  # letters: a name this long tells whose an e-mail address is wherever it stands in it; a shorter one only as a whole part
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Who is meant: `who` are phrases for people of an agency whose name or alias holds one of `agency`, or one of `otherwise` where none does."""

    agency: tuple[str, ...]
    who: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


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
    _addresses: Mapping[str, str]

    def named(self, text: str, words: Sequence[Word]) -> Iterator[AgencyNamed]:
        """Every agency named in the words of the text, in order; where two phrases overlap the longer counts."""
        end = -1
        found = sorted(self._lexicon.found(words), key=lambda each: (each[1], -each[2], each[0]))
        addresses = self._in_addresses(text) if "@" in text else []
        for name, first, last in found:
            start, stop = words[first].start, words[last].end
            agency, _, how = name.rpartition("/")
            if start >= end and not (text[start:stop].casefold() in self._capitals and not text[start:stop].isupper()):
                end = stop
                if agency != _NOBODY and not any(known.start <= start < known.end for known in addresses):
                    yield AgencyNamed(agency, start, stop, how == "role")
        yield from addresses

    def _in_addresses(self, text: str) -> list[AgencyNamed]:
        """The agencies that own the e-mail addresses of a text, told by the words of the domain, run together or not."""
        found = []
        for domain in _DOMAIN.finditer(text):
            for part in re.finditer(r"[\w-]+", domain[0]):
                letters = _letters(part[0])
                owners = {
                    agency for form, agency in self._addresses.items() if form == letters or (len(form) >= _TELLING and form in letters)
                }
                if len(owners) == 1:
                    found.append(AgencyNamed(owners.pop(), domain.start() + part.start(), domain.start() + part.end(), by_role=False))
                    break
        return found


def agency_names(agencies: Sequence[Agency], roles: Sequence[Role] = ()) -> AgencyNames:
    """The names of the agencies. A phrase that could mean two of them means neither; a name or alias outweighs a role.

    A role whose agency is not of the review names nobody, and neither does a shorter one inside it.
    """
    own: dict[str, str | None] = {}
    for agency in agencies:
        for form in (agency.name, *agency.aliases):
            _claim(own, form, agency.name)
    by_role: dict[str, str | None] = {}
    forms_of = {agency.name: [words_of(form) for form in (agency.name, *agency.aliases)] for agency in agencies}
    for role in roles:
        for name in _having(role.agency, forms_of) or _having(role.otherwise, forms_of):
            for who in role.who:
                _claim(by_role, who, name)
    lists: dict[str, list[str]] = {}
    everyone = dict.fromkeys(who.casefold() for role in roles for who in role.who)
    for claimed, how in (({**everyone, **by_role}, "role"), (own, "name")):
        for form, owner in claimed.items():
            if how == "name" or form not in own:
                lists.setdefault(f"{owner or _NOBODY}/{how}", []).append(form)
    aliases = [alias for agency in agencies for alias in agency.aliases]
    capitals = {
        form.casefold() for form in (*aliases, *(who for role in roles for who in role.who)) if len(form) <= _SHORT and form.isupper()
    }
    addresses = {letters: name for form, name in own.items() if name and (letters := _letters(form))}
    return AgencyNames(lexicon_of(lists), frozenset(capitals), addresses)


def roles_from(given: Mapping[str, Sequence[Mapping[str, Sequence[str]]]]) -> tuple[Role, ...]:
    """The roles of rules/roles.toml; KeyError names a key that is missing."""
    return tuple(Role(tuple(each["agency"]), tuple(each["who"]), tuple(each.get("otherwise", ()))) for each in given["role"])


def _having(telling: Sequence[str], forms_of: Mapping[str, Sequence[Sequence[Word]]]) -> tuple[str, ...]:
    """The agencies (name -> the words of its name and of each alias) whose name or alias holds one of the words."""
    lexicon = lexicon_of({"it": telling})
    return tuple(name for name, forms in forms_of.items() if any(any(lexicon.found(words)) for words in forms))


def _claim(claimed: dict[str, str | None], form: str, agency: str) -> None:
    form = form.casefold()
    if words_of(form):
        claimed[form] = agency if claimed.get(form, agency) == agency else None


def _letters(form: str) -> str:
    return re.sub(r"[\W_]+", "", form.casefold())
