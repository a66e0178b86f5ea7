"""The rules of recognising as values: rules/*.toml is read by pipelines and handed in as mappings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anonymise.words.texts import plain
from timeline.errors import CaseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A shape that is recognised: what kind it is, its name, its expression, how sure it is, and a check of its digits."""

    kind: str
    name: str
    regex: str
    score: float
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecognitionRules:
    """All that recognising knows beside the cast list; every word of it is in plain form (lower case, accents dropped).

    Two sets of rules are the same only where they are one object, so that what was made with them can be kept by them.
    """

    patterns: tuple[Pattern, ...]
    places: tuple[str, ...]
    kinds_of_place: tuple[tuple[tuple[str, ...], str], ...]
    abbreviations: frozenset[str]
    harmless: frozenset[str]
    phrases: frozenset[str]
    eponyms: frozenset[str]
    of_eponyms: frozenset[str]
    fonts: frozenset[str]
    our_words: frozenset[str]
    titles: Mapping[str, str]
    roles: Mapping[str, str]
    relations: Mapping[str, str]
    works_at: Mapping[str, str]
    work_roles: frozenset[str]
    letters_of_notes: frozenset[str]
    before_letters: frozenset[str]
    particles: frozenset[str]
    other_name: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    older: frozenset[str]
    elder_marks: frozenset[str]
    younger_marks: frozenset[str]
    of_children: frozenset[str]
    of_adults: frozenset[str]
    of_elders: frozenset[str]
    child: frozenset[str]
    after_a_name: frozenset[str]
    before_a_name: frozenset[str]
    staff_columns: frozenset[str]
    staff_abbreviations: frozenset[str]
    names_that_are_words: frozenset[str]
    given_words: frozenset[str]
    private_roles: frozenset[str]
    word_names: Mapping[str, frozenset[str]]
    nicknames: Mapping[str, frozenset[str]]

    def is_harmless(self, words: Iterable[str]) -> bool:
        """Whether words in plain form say nothing of anyone: each is of the field, or they make a known phrase."""
        listed = list(words)
        return " ".join(listed) in self.phrases or all(
            word in self.harmless or word in self.abbreviations or word.isdigit() for word in listed
        )

    def is_said_by_us(self, word: str) -> bool:
        """Whether our documents say a word in plain form themselves, in labels, headings, sentences, styles or scripts, or the field does."""
        return word in self.our_words or self.is_of_field_or_files(word)

    def is_of_field_or_files(self, word: str) -> bool:
        """Whether a word in plain form is of the field, or stands in every Office file and in the texts that documents print."""
        return word in self.harmless or word in self.fonts


def rules_from(
    recognisers: Mapping[str, Any],
    names: Mapping[str, Any],
    places: Mapping[str, Any],
    harmless: Mapping[str, Any],
    printed: Iterable[str] = (),
    in_parts: Iterable[str] = (),
) -> RecognitionRules:
    """The rules out of recognisers.toml, names.toml, places.toml and harmless.toml; CaseError names a key that is missing or wrong.

    `printed` are texts that documents print of themselves: their words in a document are no leak of a place or organisation. `in_parts`
    are texts of which documents print parts: a single word of them is looked for as a name only where it reads as one.
    """
    try:
        said = names["words"]
        return RecognitionRules(
            patterns=tuple(_pattern(each, recognisers.get("parts", {})) for each in recognisers["pattern"]),
            places=tuple(places["places"]),
            kinds_of_place=tuple((tuple(each["words"]), each["becomes"]) for each in places["kind"]),
            abbreviations=_plain(harmless["abbreviations"]),
            harmless=_plain(harmless["words"]),
            phrases=frozenset(" ".join(re.findall(r"[^\W_]+", plain(each))) for each in harmless["phrases"]),
            eponyms=_plain(harmless["eponyms"]),
            of_eponyms=_plain(harmless["of_eponyms"]),
            fonts=_plain(harmless["fonts"]) | _words_in(printed),
            our_words=_plain(harmless["our_words"]) | _words_in(in_parts),
            titles={plain(word): role for word, role in names["titles"].items()},
            roles={plain(word): role for word, role in names["roles"].items()},
            relations={plain(word): role for word, role in names["relations"].items()},
            works_at={plain(word): role for word, role in names["works_at"].items()},
            work_roles=frozenset(names["roles"].values()) - frozenset(names["relations"].values()) - frozenset(said["private_roles"]),
            private_roles=frozenset(said["private_roles"]),
            nicknames=_nicknames(names["nicknames"]["groups"]),
            other_name=frozenset(said["other_name"]),
            word_names={key: _plain(names["word_names"][key]) for key in _WORD_NAME_LISTS},
            **{key: _plain(said[key]) for key in _WORD_LISTS},
        )
    except KeyError as missing:
        raise CaseError(f"rules: the key {missing} is missing; compare with the rules that came with the program") from None


_WORD_LISTS = (
    "letters_of_notes",
    "before_letters",
    "particles",
    "male",
    "female",
    "older",
    "elder_marks",
    "younger_marks",
    "of_children",
    "of_adults",
    "of_elders",
    "child",
    "after_a_name",
    "before_a_name",
    "staff_columns",
    "staff_abbreviations",
    "names_that_are_words",
    "given_words",
)

# what shows that a word which is also a name stands for a person
_WORD_NAME_LISTS = (
    "auxiliaries",
    "verbs",
    "months",
    "seasons",
    "times",
    "only_people",
    "pronouns",
    "households",
    "either",
    "determiners",
    "contact",
    "before_either",
    "beside",
    "states",
    "people_do",
    "of_the_family",
    "of_ones_own",
    "between",
    "modals",
    "told_verbs",
    "bare_verbs",
)


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in words)


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"[^\W_]+", plain(text)))


def _pattern(given: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    regex = given["regex"]
    for _ in range(5):  # parts stand in one another, a few levels deep
        for name, part in parts.items():
            regex = regex.replace(f"<<{name}>>", part)
    if "<<" in regex:
        raise CaseError(f"rules/recognisers.toml: the pattern {given['name']} names a part that is not under [parts]")
    return Pattern(kind=given["kind"], name=given["name"], regex=regex, score=float(given["score"]), check=given.get("check", ""))


def _nicknames(groups: Iterable[Iterable[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in groups:
        forms = {plain(form) for form in group}
        for form in forms:
            found.setdefault(form, set()).update(forms - {form})
    return {form: frozenset(others) for form, others in found.items()}
