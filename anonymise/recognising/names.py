"""A name taken apart, and every form in which its bearer may be written."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from anonymise.rules import RecognitionRules
from anonymise.words.doubtful import is_no_word
from anonymise.words.texts import plain
from timeline.people import Person

Part = Literal["full", "renamed", "short", "given", "nickname", "surname", "initials"]
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


@lru_cache(maxsize=65_536)
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


@lru_cache(maxsize=4096)
def names_of(person: Person, rules: RecognitionRules) -> tuple[Name, ...]:
    """Every name that a person is listed under, the first as in the list: what stands in brackets or after "née" is a name of its own.

    Of "Nan Carol" and "Auntie Jo" the name is what follows; a form that is a word of kinship or role alone is none.
    """
    main, *besides = _apart(person.name, rules)
    first = parse_name(main[1], rules)
    found = [first]
    for changed, written in [*besides, *(part for each in person.also_known_as if not is_initials(each) for part in _apart(each, rules))]:
        words = written.split()
        while words and _is_kin(words[0], rules):
            words.pop(0)
        name = parse_name(" ".join(words), rules)
        if words:
            surname_alone = changed and len(name.given) == 1 and not name.surname
            found.append(Name((), first.given, name.given) if surname_alone else name)
    return tuple(dict.fromkeys(found))


def _is_kin(word: str, rules: RecognitionRules) -> bool:
    return (plain(word) in rules.male or plain(word) in rules.female or plain(word) in rules.roles) and plain(word) not in rules.nicknames


@lru_cache(maxsize=4)
def _other_names(markers: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where a written name parts into several, and what stands before another name; markers in small letters or capitals alone."""
    spelt = {form for each in markers for form in (each, each.upper(), each.capitalize() if len(each) > 4 else each)}
    listed = "|".join(sorted((re.escape(each) for each in spelt), key=len, reverse=True))
    apart = re.compile(rf"\s*[()\[\]“”\"/]\s*|,?\s+(?=(?:{listed})[.:]?\s)|(?<=\s)['‘](?=\w)|(?<=\w)['’](?=\s)")
    return apart, re.compile(rf"^\s*(?:(?:{listed})[.:]?\s+)+")


def _apart(written: str, rules: RecognitionRules) -> list[tuple[bool, str]]:
    """The names in what is written for one, each with whether a word such as "née" stands before it; at least one, perhaps empty."""
    apart, marker = _other_names(rules.other_name)
    found: list[tuple[bool, str]] = []
    first, _, rest = written.strip().partition(" ")
    title = f"{first} " if "/" in first and plain(first) in rules.titles else ""  # "s/n Pinel" is one name
    for piece in apart.split(f" {rest if title else written} "):
        bare = marker.sub("", piece).strip(" ,;")
        if tokens(bare):
            found.append((bare != piece.strip(" ,;"), bare if found else title + bare))
    return found or [(False, "")]


@lru_cache(maxsize=4096)
def claims_of(person: Person, rules: RecognitionRules) -> tuple[tuple[Tokens, Claim], ...]:
    """Every form of a person's name as words in plain form, with what it claims; forms of a proposed person need a capital."""
    return tuple(dict.fromkeys(_claims(person, rules)))


def _claims(person: Person, rules: RecognitionRules) -> Iterator[tuple[Tokens, Claim]]:
    if is_initials(person.name) and not person.in_cast:
        yield tokens(person.name), Claim(person.id, "initials", "upper")
        return
    names = names_of(person, rules)
    givens = _distinct([names[0].given, *(each.given[:1] for each in names), *(each.given for each in names)])
    short: list[tuple[str, ...]] = [
        (form,) for given in givens if len(given) == 1 for form in sorted(rules.nicknames.get(plain(given[0]), ()))
    ]
    for surname in _distinct(each.surname for each in names):
        if len("".join(surname).strip(".")) < 2:  # "Jayden R": R alone is nobody
            yield from (((*tokens(" ".join(given)), *tokens(" ".join(surname))), Claim(person.id, "short", "capital")) for given in givens)
            continue
        yield from _with_surname(person.id, givens, short, surname)
        yield from ((form, Claim(person.id, "surname", _case(form, person, rules))) for form in _alone(surname, rules))
        for half in _halves(surname, rules):
            yield from _with_surname(person.id, [given for given in givens if len(given) == 1], [], half, derived=True)
    for name in names:
        yield from _of_middle_names(person, name, rules)
        known = (form for form in _initials(name, rules) if person.in_cast or form[0] not in rules.harmless)  # "IF" is no Ivy Fell
        yield from ((form, Claim(person.id, "initials", "upper")) for form in known)
    for given in givens:
        yield from _of_given(person, given, rules)
    for nickname in map(tokens, map(" ".join, short)):
        ordinary = nickname[0] in rules.names_that_are_words or nickname[0] in rules.harmless  # Tó, of António, without its accent
        yield nickname, Claim(person.id, "nickname", "word" if ordinary else "capital", derived=True)
    for written in person.also_known_as:
        if is_initials(written):
            yield from ((form, Claim(person.id, "initials", "upper")) for form in {tokens(written), ("".join(tokens(written)),)})


def _of_given(person: Person, given: tuple[str, ...], rules: RecognitionRules) -> Iterator[tuple[Tokens, Claim]]:
    """A given name by itself: whole, and each half of a hyphenated one (the second gives way to another's listed name)."""
    for form in _spellings(given) if max(map(len, tokens(" ".join(given))), default=0) > 1 else ():
        yield form, Claim(person.id, "given", _case(form, person, rules))
    halves = tokens(given[0])
    for position, half in enumerate(halves):
        if len(halves) > 1 and len(half) > 2 and half not in rules.particles:
            yield (half,), Claim(person.id, "given", _case((half,), person, rules), derived=position > 0)


def under_other_surnames(person: Person, surnames: Iterable[tuple[str, ...]], rules: RecognitionRules) -> Iterator[tuple[Tokens, Claim]]:
    """A child's given name under the surnames of others of the family: a child goes by a stepfather's name, and no list says so."""
    names = names_of(person, rules)
    own = {each.surname for each in names}
    for surname in surnames:
        for given in _distinct(each.given[:1] for each in names) if surname not in own else ():
            for form, claim in _with_surname(person.id, [given], [], surname, derived=True):
                if claim.part == "full":
                    yield form, Claim(person.id, "renamed", claim.case, claim.turned, derived=True)


def _of_middle_names(person: Person, name: Name, rules: RecognitionRules) -> Iterator[tuple[Tokens, Claim]]:
    """What may be the first of two surnames, "Santos" of "Maria Santos Silva": a word between that is no given name that we know."""
    if len(name.given) < 2 or not name.surname:
        return
    for at in range(1, len(name.given)):  # surname first, where what stands between counts with it: "GOUVEIA TELES, Maria Fernanda"
        last_first = tokens(" ".join((*name.given[at:], *name.surname, *name.given[:at])))
        yield last_first, Claim(person.id, "full", "any", turned=True)
    for middle in name.given[1:]:
        form = tokens(middle)
        if len("".join(form)) > 3 and plain(middle) not in rules.nicknames and plain(middle) not in rules.particles:
            yield form, Claim(person.id, "surname", _case(form, person, rules), derived=True)
            yield form + tokens(" ".join(name.surname)), Claim(person.id, "surname", "any", derived=True)
            yield tokens(name.given[0]) + form, Claim(person.id, "full", "any", derived=True)


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
    found |= {("".join(tokens(" ".join(words))),)}
    found |= {spelt for form in found if len(form) == 1 for spelt in _mac(form[0])}
    return {form for form in found if form and all(form)}


def _with_surname(
    person: str, givens: list[tuple[str, ...]], short: list[tuple[str, ...]], surname: tuple[str, ...], *, derived: bool = False
) -> Iterator[tuple[Tokens, Claim]]:
    """Given name or initials before or after the surname; `derived` where the surname is half of the listed one."""
    half = derived
    for given, last in itertools.product([*givens, *short], _spellings(surname)):
        derived = half or given not in givens
        for first in _spellings(given):
            yield first + last, Claim(person, "full", "any", derived=derived)
            yield last + first, Claim(person, "full", "any", turned=True, derived=derived)
            yield ("".join(first + last),), Claim(person, "full", "any", derived=derived)
            if not derived:
                yield (*first, last[0][0]), Claim(person, "short", "capital")
    for given, last in itertools.product(givens, _spellings(surname)):  # initials before it
        letters = tuple(token[0] for token in tokens(" ".join(given)))
        for first in {letters, letters[:1], ("".join(letters),)}:
            yield first + last, Claim(person, "short", "capital", derived=half)
            yield last + first, Claim(person, "short", "capital", turned=True, derived=half)


def _halves(surname: tuple[str, ...], rules: RecognitionRules) -> list[tuple[str, ...]]:
    """The parts of a double surname, and a surname without its particle: "Lloyd" and "Morris", "Brocq"."""
    words = [part for word in surname if plain(word).strip("'") not in rules.particles for part in re.split(r"[-']", word) if len(part) > 3]
    return [(word,) for word in words if (word,) != surname]


def _alone(surname: tuple[str, ...], rules: RecognitionRules) -> set[Tokens]:
    """The surname by itself, without its particle, and the parts of a double one."""
    found = set(_spellings(surname))
    strong = tuple(word for word in surname if plain(word).strip("'") not in rules.particles)
    parts = tokens(" ".join(strong))
    if strong and len("".join(parts)) >= 4:
        found |= _spellings(strong)
    return found | {(part,) for part in parts if len(part) >= 4}


def _mac(word: str) -> set[Tokens]:
    """McKenzie and MacKenzie, each for the other."""
    if match := re.fullmatch(r"ma?c(\w{3,})", word):
        return {(f"mc{match[1]}",), (f"mac{match[1]}",), ("mc", match[1]), ("mac", match[1])}
    return set()


def _initials(name: Name, rules: RecognitionRules) -> set[Tokens]:
    given, last = tokens(" ".join(name.given)), tokens(" ".join(name.surname))
    if not given or not last:
        return set()
    strong = [token for token in last if token not in rules.particles] or list(last)
    found = {first + rest for first in (given[0][0], "".join(t[0] for t in given)) for rest in ("".join(t[0] for t in last), strong[0][0])}
    # with points between them, "K.T."; the index asks for the points
    apart = {(given[0][0], strong[0][0]), (*(token[0] for token in given), strong[0][0])}
    return {(form,) for form in found if 2 <= len(form) <= 4} | apart


def _case(form: Tokens, person: Person, rules: RecognitionRules) -> Case:
    if len(form) == 1 and (form[0] in rules.names_that_are_words or form[0] in rules.harmless):
        return "word"
    if len(form) == 1 and not person.in_cast:
        # somebody whom the texts name in small letters, which is no word of a dictionary, is looked for in small letters
        small = any(written.islower() and tokens(written) == form for written in (person.name, *person.also_known_as))
        return "any" if small and is_no_word(form[0], rules) else "capital"
    return "capital" if len("".join(form)) < 3 else "any"
