"""Cues: phrases of rules/cues/ in a text, each with its scope: denied, hearsay, or only planned."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from timeline.wording.lexicon import Found, Lexicon, lexicon_of
from timeline.wording.words import Word, words_of

_BEFORE, _AFTER, _NEVER = "scope.denied_before", "scope.denied_after", "scope.not_a_denial"
_STOP, _HEARSAY, _HEARSAY_AFTER, _PLANNED, _PLANNED_AFTER, _DONE = (
    "scope.stop",
    "scope.hearsay",
    "scope.hearsay_after",
    "scope.planned",
    "scope.planned_after",
    "scope.not_a_plan",
)
_SCOPES = frozenset({_BEFORE, _AFTER, _NEVER, _STOP, _HEARSAY, _HEARSAY_AFTER, _PLANNED, _PLANNED_AFTER, _DONE})
_first, _last = itemgetter(1), itemgetter(2)
_LISTING = frozenset({"or", "nor"})
_LIST_AHEAD = 5  # words after a cue in which a list goes on to its "or"


class Cue(NamedTuple):
    """A phrase of the list `name` (`seen.in_person`): characters start to end (exclusive) of the text, with its clause and sentence.

    `first` and `last` are the places of its first and last word (inclusive).
    `denied`: the words around it say that it was not so; `hearsay`: somebody said it; `planned`: it was to be, not was.
    """

    name: str
    start: int
    end: int
    clause: int
    sentence: int
    denied: bool
    hearsay: bool
    planned: bool
    first: int
    last: int

    @property
    def plain(self) -> bool:
        """Whether the row says it as a fact of its own."""
        return not (self.denied or self.hearsay or self.planned)


_cue = partial(tuple.__new__, Cue)  # in half the time, as for words


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of rules/cues/ and how far a denial before a cue, a denial or plan after it, and a plan before it reach, in words."""

    lexicon: Lexicon
    denied_reach: int
    denied_after_reach: int
    planned_reach: int

    def read(self, text: str) -> tuple[tuple[Word, ...], tuple[Cue, ...]]:
        """The text's words, and every cue of every list in order."""
        words = words_of(text)
        return words, self._scoped(words, self.lexicon.found(words))

    def only(self, names: Set[str], own: Lexicon) -> "Cues":
        """The lists of these names, and those of another lexicon, in one pass: each cue with the scope that all lists give it."""
        return replace(self, lexicon=self.lexicon.only(names | _SCOPES).joined(own))

    def of(self, words: Sequence[Word], phrases: Lexicon) -> tuple[Cue, ...]:
        """The phrases of another lexicon in the words, with the scope that these lists give them."""
        own = phrases.found(words)
        if not own:
            return ()
        scope = (each for each in self.lexicon.found(words) if each[0] in _SCOPES)
        return self._scoped(words, (*scope, *own))

    def _scoped(self, words: Sequence[Word], found: Iterable[Found]) -> tuple[Cue, ...]:
        scope: dict[str, list[Found]] = {}
        others = []
        for each in found:
            if each[0] in _SCOPES:
                scope.setdefault(each[0], []).append(each)
            else:
                others.append(each)
        denials = _outside(scope.get(_BEFORE, ()), scope.get(_NEVER, ()))
        plans = _outside(scope.get(_PLANNED, ()), scope.get(_DONE, ()))
        stops = frozenset([first for _, first, _ in scope.get(_STOP, ())])
        denied = _ahead(words, stops, denials, self.denied_reach)
        denied_after = _behind(words, stops, scope.get(_AFTER, ()), self.denied_after_reach)
        planned = _ahead(words, stops, plans, self.planned_reach)
        planned_after = _behind(words, stops, scope.get(_PLANNED_AFTER, ()), self.denied_after_reach)
        # by sentence, where the first "mother said" ends, and where the last ", she said" begins
        told = {words[first].sentence: last for _, first, last in sorted(scope.get(_HEARSAY, ()), key=_last, reverse=True)}
        told_after = {words[first].sentence: first for _, first, _ in sorted(scope.get(_HEARSAY_AFTER, ()), key=_first)}
        cues = []
        for name, first, last in others:
            _, start, _, clause, sentence, _ = words[first]
            hearsay = (sentence in told and first > told[sentence]) or (sentence in told_after and last < told_after[sentence])
            denial = first in denied or last in denied_after
            plan = first in planned or last in planned_after
            cues.append((name, start, words[last].end, clause, sentence, denial, hearsay, plan, first, last))
        return tuple(map(_cue, cues))


def cues_from(rules: Mapping[str, Mapping[str, object]]) -> Cues:
    """The cues of rules/cues/: file -> list -> phrases. `scope` also holds the reaches, in words; ValueError where a list is malformed."""
    lists: dict[str, tuple[str, ...]] = {}
    for file, tables in rules.items():
        for name, phrases in tables.items():
            if isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases):
                lists[f"{file}.{name}"] = tuple(phrases)
            elif not (file == "scope" and isinstance(phrases, int)):
                raise ValueError(f"rules/cues/{file}.toml: {name} must be a list of phrases")
    reach = {name: value for name, value in rules["scope"].items() if isinstance(value, int)}
    return Cues(lexicon_of(lists), reach["denied_reach"], reach["denied_after_reach"], reach["planned_reach"])


def _outside(found: Iterable[Found], exceptions: Iterable[Found]) -> tuple[Found, ...]:
    """Those that no exception covers: "no longer" denies, "no doubt" does not."""
    spared = {place for _, first, last in exceptions for place in range(first, last + 1)}
    return tuple([each for each in found if each[1] not in spared])


def _ahead(words: Sequence[Word], stops: frozenset[int], found: Iterable[Found], reach: int) -> set[int]:
    """The places after any of the phrases that it reaches: near enough in its clause, with no stop between."""
    reached = set()
    for _, _, last in found:
        clause, parted = words[last].clause, False
        for place in range(last + 1, min(last + reach + 2, len(words))):
            if words[place].clause != clause:
                break
            parted = parted or "," in words[place].before
            if not parted or _lists(words, last, place):
                reached.add(place)
            if place in stops:
                break
    return reached


def _behind(words: Sequence[Word], stops: frozenset[int], found: Iterable[Found], reach: int) -> set[int]:
    """The places before any of the phrases that it reaches back to, in the same way."""
    reached = set()
    for _, first, _ in found:
        clause, parted = words[first].clause, False
        for place in range(first - 1, max(-1, first - reach - 2), -1):
            if words[place].clause != clause:
                break
            parted = parted or "," in words[place + 1].before
            if not parted or _lists(words, place, first):
                reached.add(place)
            if place in stops:
                break
    return reached


def _lists(words: Sequence[Word], last: int, first: int) -> bool:
    """Whether the words from one to the other go on as a list ("no marks, bruises or swelling"): else a comma ends the reach."""
    clause = words[last].clause
    return any(word.text in _LISTING and word.clause == clause for word in words[last + 1 : first + _LIST_AHEAD])
