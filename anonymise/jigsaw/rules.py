"""The rules of the jigsaw as values, out of rules/quasi.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex  # type: ignore[import-untyped, unused-ignore]

from anonymise.policy import FACTS
from timeline.errors import CaseError
from timeline.wording.lexicon import Lexicon, lexicon_of

_FACT_MAY = frozenset(
    ["kind", "words", "becomes", "capital", "small", "after", "window", "not_before", "not_after", "followed_by"],
)
_WINDOW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of fact: the general word that stands for it, why it tells, and its weight in the risk (0 to 1)."""

    becomes: str
    why: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """When the words of one list are a fact. `after`: one of its phrases stands at most `window` words before, in the same clause."""

    kind: str
    becomes: str
    capital: bool
    small: bool
    after: Lexicon | None
    window: int
    not_before: frozenset[str]
    not_after: frozenset[str]
    followed_by: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeRule:
    """A pattern of `regex`, as those of recognisers are, whose group `hide` is what a general word may stand for."""

    kind: str
    pattern: Any
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRules:
    """The constants of the risk; rules/quasi.toml says what each does and why it is so."""

    rarity: float
    together: float
    most_together: int
    when_hidden: float
    spread: float
    high: float
    small_place: Mapping[str, float]
    dates: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class JigsawRules:
    """What the jigsaw goes by: kinds, the words and shapes that tell them, quotations, copied words, the risk and the intruder's word groups."""

    kinds: Mapping[str, Kind]
    lexicon: Lexicon
    facts: tuple[FactRule, ...]
    shapes: tuple[ShapeRule, ...]
    people: frozenset[str]
    shortest_quotation: int
    shortest_copy: int
    intruder_words: int
    risk: RiskRules


def jigsaw_from(given: Mapping[str, Any]) -> JigsawRules:
    """The rules out of quasi.toml; CaseError says which entry is wrong, and what is allowed."""
    try:
        return _rules(given)
    except KeyError as missing:
        raise CaseError(f"rules/quasi.toml: the key {missing} is missing; compare with the rules that came with the program") from None
    except (TypeError, ValueError, regex.error) as error:
        raise CaseError(f"rules/quasi.toml: {error}; compare with the rules that came with the program") from None


def _rules(given: Mapping[str, Any]) -> JigsawRules:
    kinds = {_kind(each): Kind(becomes=each["becomes"], why=each["why"], weight=_share(each["weight"])) for each in given["kind"]}
    if missing := set(FACTS) - kinds.keys():
        raise ValueError(f"no [[kind]] says what {', '.join(sorted(missing))} becomes")
    risk = given["risk"]
    return JigsawRules(
        kinds=kinds,
        lexicon=lexicon_of({str(number): each["words"] for number, each in enumerate(given["fact"])}),
        facts=tuple(_fact(each, kinds) for each in given["fact"]),
        shapes=tuple(_shape(each, kinds) for each in given["pattern"]),
        people=frozenset(given["people"]["words"]),
        shortest_quotation=int(given["quotation"]["shortest_words"]),
        shortest_copy=int(given["word_for_word"]["shortest_words"]),
        intruder_words=int(given["intruder"]["words"]),
        risk=RiskRules(
            rarity=_share(risk["rarity"]),
            together=_share(risk["together"]),
            most_together=int(risk["most_together"]),
            when_hidden=_share(risk["when_hidden"]),
            spread=max(1.0, float(risk["spread"])),
            high=_share(risk["high"]),
            small_place={place: _share(value) for place, value in risk["small_place"].items()},
            dates={style: _share(value) for style, value in risk["dates"].items()},
        ),
    )


def _kind(each: Mapping[str, Any]) -> str:
    name = str(each["name"])
    if name not in FACTS:
        raise ValueError(f"the kind {name} is unknown; allowed are {', '.join(FACTS)}")
    if not str(each["becomes"]).strip():
        raise ValueError(f"nothing stands for the kind {name}; give it a general word")
    return name


def _share(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{value} is no share; weights and constants lie between 0 and 1")
    return number


def _fact(each: Mapping[str, Any], kinds: Mapping[str, Kind]) -> FactRule:
    if unknown := each.keys() - _FACT_MAY:
        raise ValueError(f"[[fact]] has the unknown key {', '.join(sorted(unknown))}; allowed are {', '.join(sorted(_FACT_MAY))}")
    if each["kind"] not in kinds:
        raise ValueError(f"a [[fact]] is of the kind {each['kind']}, and no [[kind]] has that name")
    return FactRule(
        kind=each["kind"],
        becomes=each.get("becomes", kinds[each["kind"]].becomes),
        capital=bool(each.get("capital", False)),
        small=bool(each.get("small", False)),
        after=lexicon_of({"after": each["after"]}) if each.get("after") else None,
        window=int(each.get("window", _WINDOW)),
        not_before=frozenset(each.get("not_before", ())),
        not_after=frozenset(each.get("not_after", ())),
        followed_by=frozenset(each.get("followed_by", ())),
    )


def _shape(each: Mapping[str, Any], kinds: Mapping[str, Kind]) -> ShapeRule:
    pattern = regex.compile(each["regex"])
    if each["kind"] not in kinds or "hide" not in pattern.groupindex:
        raise ValueError("each [[pattern]] is of a known kind and has a group named hide")
    return ShapeRule(kind=each["kind"], pattern=pattern, becomes=each.get("becomes", kinds[each["kind"]].becomes))
