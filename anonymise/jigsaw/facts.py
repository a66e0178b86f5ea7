"""The facts in one text that may tell who is meant: words in their context, shapes, and direct quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymise.detecting.needed import Needed
from anonymise.jigsaw.rules import FactRule, JigsawRules, ShapeRule
from timeline.wording.words import Word, said_in, words_of

_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n\t(“\"]\s*|[-–]\s)$")
# a quotation between double marks, or between single ones that stand at a word's edge
_QUOTED = re.compile(r"\"([^\"\n]{8,600})\"|(?<!\w)'((?:[^'\n]|'(?=\w)){8,600})'(?!\w)")
_LETTERS = re.compile(r"[^\W_]+")
_LONGEST_CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """Characters start to end (exclusive) of a clean text, the kind of fact, and the general word for it."""

    start: int
    end: int
    kind: str
    becomes: str


def facts_in_each(texts: Sequence[str], rules: JigsawRules) -> Iterator[list[Fact]]:
    """The facts of each clean text. A shape is looked for where the words stand without which it is nowhere: few texts in a hundred have them."""
    needed = Needed([_with_flag_inside(shape.pattern.pattern) for shape in rules.shapes])
    for text, may in zip(texts, needed.in_each(texts), strict=True):
        yield _facts(text, rules, [shape for number, shape in enumerate(rules.shapes) if number in may])


def facts_in(text: str, rules: JigsawRules) -> list[Fact]:
    """The facts of a clean text in order; of two that overlap the longer stays, and a quotation may hold others."""
    return _facts(text, rules, rules.shapes)


def _with_flag_inside(expression: str) -> str:
    """An expression with "any case" said of a group, as patterns of recognisers say it."""
    flag = "(?i)"
    return f"(?i:{expression.removeprefix(flag)})" if expression.startswith(flag) else expression


def _facts(text: str, rules: JigsawRules, shapes: Sequence[ShapeRule]) -> list[Fact]:
    words = words_of(text) if rules.lexicon.can_be_in(said_in(text)) else ()
    found = [*_worded(text, words, rules), *_shaped(text, shapes)]
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda each: (each.start - each.end, each.start, each.kind)):
        if not any(fact.start < other.end and other.start < fact.end for other in kept):
            kept.append(fact)
    return sorted([*kept, *_quoted(text, rules)], key=lambda each: (each.start, -each.end))


def _worded(text: str, words: Sequence[Word], rules: JigsawRules) -> Iterator[Fact]:
    for name, first, last in rules.lexicon.found(words):
        rule = rules.facts[int(name)]
        if _counts(rule, text, words, (first, last), rules.people):
            start, end = words[first].start, words[last].end
            yield Fact(start, end, rule.kind, _begun(text, start, rule.becomes))


def _counts(rule: FactRule, text: str, words: Sequence[Word], span: tuple[int, int], people: frozenset[str]) -> bool:
    """Whether the words first to last (inclusive) mean the fact here."""
    first, last = span
    after = [word.text for word in words[last + 1 : last + 1 + _LONGEST_CONTEXT]]
    before = [word.text for word in words[max(0, first - _LONGEST_CONTEXT) : first]]
    if _meets(after, rule.not_before, ahead=True) or _meets(before, rule.not_after, ahead=False):
        return False
    if rule.followed_by and not (after and after[0] in rule.followed_by):
        return False
    written = text[words[first].start]
    if rule.capital and written.islower() and not (after and after[0] in people):
        return False
    if rule.small and written.isupper() and not _SENTENCE_ENDS.search(text[: words[first].start]):
        return False
    return rule.after is None or _stands_after(rule, words, first)


def _meets(beside: Sequence[str], phrases: frozenset[str], *, ahead: bool) -> bool:
    """Whether the words beside begin (ahead) or end with one of the phrases."""
    runs = (beside[:n] if ahead else beside[-n:] for n in range(1, len(beside) + 1))
    return bool(phrases) and any(" ".join(run) in phrases for run in runs)


def _stands_after(rule: FactRule, words: Sequence[Word], first: int) -> bool:
    """Whether a phrase that the rule asks for stands before the word, near enough and in its clause."""
    if rule.after is None:
        return True
    clause = [word for word in words[max(0, first - rule.window - _LONGEST_CONTEXT) : first] if word.clause == words[first].clause]
    return any(len(clause) - 1 - last < rule.window for _, _, last in rule.after.found(clause))


def _shaped(text: str, shapes: Sequence[ShapeRule]) -> Iterator[Fact]:
    for shape in shapes:
        for match in shape.pattern.finditer(text):
            start, end = match.span("hide")
            end -= len(text[start:end]) - len(text[start:end].rstrip())
            if start < end:
                yield Fact(start, end, shape.kind, _begun(text, start, shape.becomes))


def _quoted(text: str, rules: JigsawRules) -> Iterator[Fact]:
    for match in _QUOTED.finditer(text):
        group = 1 if match[1] is not None else 2
        if len(_LETTERS.findall(match[group])) >= rules.shortest_quotation:
            yield Fact(*match.span(group), "quotation", rules.kinds["quotation"].becomes)


def _begun(text: str, start: int, becomes: str) -> str:
    """The general word with a capital where the word that it stands for begins a sentence with one."""
    capital = text[start].isupper() and _SENTENCE_ENDS.search(text[:start])
    return becomes[:1].upper() + becomes[1:] if capital else becomes
