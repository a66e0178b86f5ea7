"""The kind of place that stands for a place or organisation in a draft, numbered where a review names several of one kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from anonymise.hiding.agencies import AgencyTypes
from anonymise.recognising.names import Tokens, tokens
from anonymise.rules import RecognitionRules
from anonymise.words.texts import plain


def place_words(
    written: Iterable[tuple[str, str]],
    words: dict[str, str],
    types: AgencyTypes,
    rules: RecognitionRules,
    known: Mapping[tuple[str, str], str] | None = None,
) -> dict[tuple[str, str], str]:
    """(kind, form as written) -> what stands for it: an agency's type where it is one, a kind of place, else the policy's word.

    What is `known` to stand for a place stays, for every way of writing it; places that are new are numbered behind.
    """
    known = known or {}
    chosen: dict[tuple[str, str], str] = {}
    by_kind: dict[str, dict[Tokens, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for kind, form in dict.fromkeys(written):
        if agency := types.within(form):
            chosen[kind, form] = agency
        elif place := kind_of_place(form, rules):
            by_kind[place][_own_words(form, rules)].append((kind, form))
        else:
            chosen[kind, form] = words[kind]
    for place, named in by_kind.items():
        for number, own in enumerate(named, 1):
            stands = next((known[each] for each in named[own] if each in known), None)
            for each in named[own]:
                chosen[each] = stands or (place if len(named) == 1 else f"{_titled(re.sub(r'^an? ', '', place))} {number}")
    return chosen


def _titled(kind: str) -> str:
    """A kind of place as a name of its own: "Primary School"."""
    return " ".join(word[:1].upper() + word[1:] for word in kind.split())


def kind_of_place(form: str, rules: RecognitionRules) -> str:
    """The kind of place that the words of a name tell, its last words before any other ("Church Street" is no church); "" where they tell none."""
    said = f" {plain(form).strip()} "
    kinds = [(word, becomes) for words, becomes in rules.kinds_of_place for word in words]
    last = next((becomes for word, becomes in kinds if said.endswith(f" {word} ")), "")
    return last or next((becomes for word, becomes in kinds if re.search(rf"(?<!\w){re.escape(word.strip())}(?!\w)", said)), "")


def _own_words(form: str, rules: RecognitionRules) -> Tokens:
    kinds = {part for words, _ in rules.kinds_of_place for word in words for part in tokens(word)}
    return tuple(word for word in tokens(form) if word not in kinds) or tokens(form)
