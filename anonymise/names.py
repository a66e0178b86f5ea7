"""A name taken apart, and every form in which its bearer may be written."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from anonymise.rules import RecognitionRules
from anonymise.texts import plain
from timeline.people import Person

Part = Literal["full", "short", "given", "nickname", "surname", "initials"]
Case = Literal["any", "capital", "upper", "word"]
Tokens = tuple[str, ...]
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A written name: its titles in plain form, the given names and the surname, each word as written."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    surname: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That some words stand for a person: who, by which part of the name, and in which case the words must stand.

    `word` asks that the sentence shows a name, since the form is an ordinary word too; `turned` is surname first (a comma may stand between).
    `derived` comes from a nickname that nobody listed: it claims nothing where the same words are another's listed name.
    """

    person: str
    part: Part
    case: Case
    turned: bool = False
    derived: bool = False


def tokens(text: str) -> Tokens:
    """The words of a name in plain form; hyphens and apostrophes part words."""
    return tuple(_LETTERS.findall(plain(text)))


def parse_name(text: str, rules: RecognitionRules) -> Name:
    """Titles, given names and surname of a written name: "Dr A. de la Haye", "SMITH Jane", "Smith, Jane".

    One word is a given name, after a title a surname. Particles ("de la") belong to the surname.
    """
    last, comma, first = text.partition(",")
    words = [word.strip(".,;:()'\"") for word in (f"{first} {last}" if comma else text).split()]
    words = [word for word in words if word and not word[0].isdigit()]
    titles: list[str] = []
    while words and (plain(words[0]) in rules.titles or words[0][:1].isdigit()):
        titles.append(plain(words.pop(0)))
    if comma:
        given_count = len([w for w in first.split() if plain(w.strip(".,")) not in rules.titles])
        return Name(tuple(titles), tuple(words[:given_count]), tuple(words[given_count:]))
    if len(words) <= 1:
        return Name(tuple(titles), (), tuple(words)) if titles else Name((), tuple(words), ())
    shouted = [len(w) > 1 and w.isupper() for w in words]
    if shouted[0] and not shouted[-1]:
        until = shouted.index(False)
        return Name(tuple(titles), tuple(words[until:]), tuple(words[:until]))
    at = next((i for i in range(1, len(words)) if plain(words[i]).strip("'") in rules.particles), len(words) - 1)
    at = min(at, len(words) - 1)
    return Name(tuple(titles), tuple(words[:at]), tuple(words[at:]))


def claims_of(person: Person, rules: RecognitionRules) -> Iterator[tuple[Tokens, Claim]]:
    """Every form of a person's name as words in plain form, with what it claims; forms of a proposed person need a capital."""
    if is_initials(person.name) and not person.in_cast:
        yield tokens(person.name), Claim(person.id, "initials", "upper")
        return
    name = parse_name(person.name, rules)
    others = [parse_name(each, rules) for each in person.also_known_as if not is_initials(each)]
    surnames = _distinct([name.surname, *(each.surname for each in others)])
    givens = _distinct([name.given, name.given[:1], *(each.given for each in others), *(each.given[:1] for each in others)])
    short: list[Tokens] = [(form,) for given in givens if len(given) == 1 for form in sorted(rules.nicknames.get(plain(given[0]), ()))]
    for surname in surnames:
        yield from _with_surname(person.id, givens, short, surname)
        yield from ((form, Claim(person.id, "surname", _case(form, person, rules))) for form in _alone(surname, rules))
    for given in givens:
        for form in _spellings(given) if max(map(len, tokens(" ".join(given))), default=0) > 1 else ():
            yield form, Claim(person.id, "given", _case(form, person, rules))
        if len(first := tokens(given[0])) > 1 and len(first[0]) > 2:
            yield first[:1], Claim(person.id, "given", _case(first[:1], person, rules))
    for nickname in short:
        yield nickname, Claim(person.id, "nickname", "word" if nickname[0] in rules.names_that_are_words else "capital", derived=True)
    for written in person.also_known_as:
        if is_initials(written):
            yield tokens(written), Claim(person.id, "initials", "upper")
    yield from ((form, Claim(person.id, "initials", "upper")) for form in _initials(name, rules))


def is_initials(written: str) -> bool:
    """Whether a form is initials: two to four capitals, with or without points."""
    return bool(re.fullmatch(r"(?:[A-Z]\.?[ -]?){2,4}", written.strip()))


def _distinct(names: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each name once, without the words in which there is no letter."""
    spelt = (tuple(word for word in each if tokens(word)) for each in names)
    return list(dict.fromkeys(each for each in spelt if each))


def _spellings(words: tuple[str, ...]) -> set[Tokens]:
    """Words with hyphens, apostrophes or spaces between their parts, or with none."""
    apart = [{tokens(word), ("".join(tokens(word)),)} for word in words]
    found = {sum(choice, ()) for choice in itertools.product(*apart)}
    return {form for form in found | {("".join(tokens(" ".join(words))),)} if form and all(form)}


def _with_surname(
    person: str, givens: list[tuple[str, ...]], short: list[tuple[str, ...]], surname: tuple[str, ...]
) -> Iterator[tuple[Tokens, Claim]]:
    """Given name or initials before or after the surname."""
    for given, last in itertools.product([*givens, *short], _spellings(surname)):
        derived = given not in givens
        for first in _spellings(given):
            yield first + last, Claim(person, "full", "any", derived=derived)
            yield last + first, Claim(person, "full", "any", turned=True, derived=derived)
            yield ("".join(first + last),), Claim(person, "full", "any", derived=derived)
            if not derived:
                yield (*first, last[0][0]), Claim(person, "short", "capital")
    for given, last in itertools.product(givens, _spellings(surname)):
        letters = tuple(token[0] for token in tokens(" ".join(given)))
        for first in {letters, letters[:1], ("".join(letters),)}:
            yield first + last, Claim(person, "short", "capital")
            yield last + first, Claim(person, "short", "capital", turned=True)


def _alone(surname: tuple[str, ...], rules: RecognitionRules) -> set[Tokens]:
    """The surname by itself, without its particle, and the parts of a double one."""
    found = set(_spellings(surname))
    strong = tuple(word for word in surname if plain(word).strip("'") not in rules.particles)
    parts = tokens(" ".join(strong))
    if strong and len("".join(parts)) >= 5:
        found |= _spellings(strong)
    return found | {(part,) for part in parts if len(part) >= 5}


def _initials(name: Name, rules: RecognitionRules) -> set[Tokens]:
    given, last = tokens(" ".join(name.given)), tokens(" ".join(name.surname))
    if not given or not last:
        return set()
    strong = [token for token in last if token not in rules.particles] or list(last)
    found = {first + rest for first in (given[0][0], "".join(t[0] for t in given)) for rest in ("".join(t[0] for t in last), strong[0][0])}
    apart = {(*(token[0] for token in given), strong[0][0])} if len(given) > 1 else set()
    return {(form,) for form in found if 2 <= len(form) <= 4} | apart


def _case(form: Tokens, person: Person, rules: RecognitionRules) -> Case:
    if len(form) == 1 and (form[0] in rules.names_that_are_words or form[0] in rules.harmless):
        return "word"
    if len("".join(form)) < 3 or (not person.in_cast and len(form) == 1):
        return "capital"
    return "any"
