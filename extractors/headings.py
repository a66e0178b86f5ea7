"""What a column's heading means, by the spellings that a board keeps in rules/headings.toml and an agency's own ones in case.toml.

The rule: a heading means what it is listed as whole; otherwise every word of a listed spelling must stand in it, the spelling with
the most words wins, and of equals the meaning that stands first in the rules. What stands in brackets is tried last.
Of a heading that joins several ("Contact and observations") the first part that is listed whole counts, where nothing else does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.model import without_invisible
from timeline.errors import CaseError

NOT_A_CHRONOLOGY = "not_a_chronology"
LONGEST_HEADING = 160
_SMALL_WORDS = frozenset(["a", "an", "and", "any", "at", "for", "if", "in", "of", "on", "or", "please", "s", "the"])
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_WORD = re.compile(r"[a-z0-9#]+")
# a line end only where much follows: a long heading is guidance from there, a short one is merely wrapped
_CLAUSE_END = re.compile(r"\s[–—-]\s|[:.;?]|\n(?=.{30})", re.DOTALL)

_JOINED = re.compile(r"[/&,+]|(?<!\s)\s+(?:and|or)\s+", re.I)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """What headings mean: `whole` ones by their words, `inside` ones as (rank, words, meaning) by the longest of their words.

    A lower rank wins: more words first, then the rules' order.
    """

    whole: Mapping[Words, str] = field(repr=False)
    inside: Mapping[str, tuple[tuple[int, frozenset[str], str], ...]] = field(repr=False)
    meanings: frozenset[str] = field(default=frozenset(), repr=False)


def headings_from(rules: Mapping[str, object]) -> Headings:
    """The headings that the parsed rules/headings.toml lists; CaseError names a table that is not as it should be."""
    whole: dict[Words, str] = {}
    inside: list[tuple[frozenset[str], str]] = []
    for name, table in rules.items():
        if not isinstance(table, Mapping) or not set(table) <= {"whole", "spellings"}:
            raise CaseError(f"rules/headings.toml: [{name}] may hold `whole` and `spellings`, two lists of headings, and nothing else")
        meaning = meaning_named(name)
        for spelling in (*_listed(name, table.get("whole", ())), *_listed(name, table.get("spellings", ()))):
            whole.setdefault(words_of(spelling, keep_all=True), meaning)
            whole.setdefault(words_of(spelling), meaning)
        inside += [(frozenset(words_of(each)), meaning) for each in _listed(name, table.get("spellings", ()))]
    whole.pop((), None)
    by_word: dict[str, list[tuple[int, frozenset[str], str]]] = {}
    for rank, (words, meaning) in enumerate(sorted(inside, key=lambda each: -len(each[0]))):
        if words:
            by_word.setdefault(max(sorted(words), key=len), []).append((rank, words, meaning))
    return Headings(whole, {word: tuple(each) for word, each in by_word.items()}, frozenset(meaning_named(name) for name in rules))


def meaning_named(name: str) -> str:
    """A meaning as fields are keyed: lower case, words joined by underscores."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _listed(name: str, listed: object) -> Sequence[str]:
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not all(isinstance(each, str) for each in listed):
        raise CaseError(f"rules/headings.toml: [{name}] needs lists of headings in quotation marks")
    return listed


@lru_cache(maxsize=4096)
def words_of(heading: str, *, keep_all: bool = False) -> Words:
    """The words of a heading as they are compared: lower case, without punctuation, small words and a final s."""
    text = without_invisible(heading).casefold().replace("'", "").replace("’", "").replace("&", " and ")
    found = _WORD.findall(text)
    return tuple(_singular(word) for word in found if keep_all or word not in _SMALL_WORDS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def meaning_of(heading: str, headings: Headings, own: Mapping[str, str]) -> str | None:
    """What the heading means, None where no rule knows it. `own` are the agency's own headings and their meanings."""
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    mine = {words_of(each, keep_all=True): meaning_named(meaning) for each, meaning in own.items()}
    bare = _BRACKETS.sub(" ", heading)
    clause = _CLAUSE_END.split(bare.strip(), maxsplit=1)[0]
    forms = tuple(dict.fromkeys((heading, bare, clause)))
    for known in (mine, headings.whole):
        for form in forms:
            for words in (words_of(form, keep_all=True), words_of(form)):
                if words and words in known:
                    return known[words]
    for form in dict.fromkeys((clause, bare, heading)):
        there = set(words_of(form))
        met = [each for word in there for each in headings.inside.get(word, ()) if each[1] <= there]
        if met:
            return min(met, key=lambda each: each[0])[2]
    parts = (words_of(part) for part in _JOINED.split(clause))
    return next((headings.whole[words] for words in parts if words in headings.whole), None)


def share_known(heading: str, headings: Headings, own: Mapping[str, str]) -> float:
    """How much of a heading its rule knows, 0 to 1: all of "Date of event", half of "Date of referral", where only "Date" is listed."""
    if meaning_of(heading, headings, own) is None:
        return 0.0
    words = words_of(_BRACKETS.sub(" ", heading))
    met = [each[1] for word in words for each in headings.inside.get(word, ()) if each[1] <= set(words)]
    is_whole = words in headings.whole or any(words_of(each) == words for each in own)
    return 1.0 if is_whole else max(map(len, met), default=0) / max(len(words), 1)
