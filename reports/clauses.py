"""A text cut into clauses that stand by themselves, so that one can be quoted without what was said before it. In doubt nothing is cut."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from timeline.wording import small_words
from timeline.wording.cues import Cues
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.wording.words import Word, words_of

_CUTS = re.compile(r"[.!][”’\"')\]]*(?=[^\S\n]+\S)|;(?=[^\S\n]+\S)|[^\S\n]*\n\s*")
_CLOSED = re.compile(r"[.!;][”’\"')\]]*$")
_BULLET = re.compile(r"(?:[-–—•*·▪o]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+")
_OPENING = re.compile(r"(?:[-–—•*·▪o]?\s*|\(?(?:\d{1,2}|[a-z])[.)]\s+)")
_QUOTES = frozenset("“”‘’\"'")
# what stands between quotation marks or in brackets; an opening one that is never closed reaches to the end of its line
_INSIDE = re.compile(
    r"“[^”]*(?:”|$)"
    r'|"[^"]*(?:"|$)'
    r"|(?<!\w)‘(?:[^’\n]|’(?=\w))*(?:’|$|(?=\n))"
    r"|(?<!\w)'(?:[^'\n]|'(?=\w))*'(?!\w)"
    r"|\([^()\n]*(?:\)|$|(?=\n))"
    r"|\[[^\[\]\n]*(?:\]|$|(?=\n))"
)
_NEAR = 6  # words from its beginning in which a clause says that it hangs on the one before
_SKIPPED = small_words.DETERMINERS | {"both", "two", "three", "all", "duty", "new", "allocated", "named", "hrs", "hours", "am", "pm"}
_PRONOUNS = {"she": frozenset({"she", "her", "hers", "herself"}), "he": frozenset({"he", "him", "his", "himself"})}
_TOLD, _DENIED = ("scope.hearsay", "scope.hearsay_after"), ("scope.denied_before",)


NO_CUES = Cues(lexicon_of({}), 0, 0, 0)


class Clause(NamedTuple):
    """Characters start to end (exclusive) of a text, with no blank at either end."""

    start: int
    end: int


@dataclass(frozen=True)
class ClauseRules:
    """When a clause stands by itself (rules/phrases.toml, [clauses], says what each list is for); `cues` tell who said it and what was denied.

    Without `begins` nothing stands by itself, and no text is cut.
    """

    begins: tuple[str, ...] = ()
    hangs: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    she: tuple[str, ...] = ()
    he: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    cues: Cues = field(default=NO_CUES, repr=False)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lists of phrases, each under its name."""
        return lexicon_of({"begins": self.begins, "hangs": self.hangs, "told": self.told, "she": self.she, "he": self.he})


NO_CUTS = ClauseRules()


def clauses(text: str, rules: ClauseRules) -> tuple[Clause, ...]:
    """The clauses of a text in order; every character but blanks stands in one.

    A cut is made only where a sentence, a part of one before a semicolon, or a line ends: never inside quotation marks or brackets, after a
    short form, a number, an initial, a question or a colon; never where words before it on the line say that somebody told, nor after a
    quotation (who said it may follow); and only where what follows begins with who or what it is about, does not look back, and has no
    "she" or "he" that could only be somebody named before.
    """
    starts = [len(text) - len(text.lstrip())]
    if rules.begins and _CUTS.search(text):
        reading = _Reading(text, rules)
        for cut in _CUTS.finditer(text):
            after = _skip_blanks(text, cut.end())
            if after < len(text) and reading.may_cut(starts[-1], cut, after):
                starts.append(after)
        starts = reading.joined(starts)
    ends = [*starts[1:], len(text)]
    pieces = (Clause(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True))
    return tuple(each for each in pieces if each.start < each.end)


class _Reading:
    """A text read for its cuts."""

    def __init__(self, text: str, rules: ClauseRules) -> None:
        self.text, self.rules = text, rules
        self.words: Sequence[Word] = words_of(text)
        self.starts = [word.start for word in self.words]
        self.inside = [match.span() for match in _INSIDE.finditer(text)]
        scope = [(name, first) for name, first, _ in rules.cues.lexicon.found(self.words) if name in (*_TOLD, *_DENIED)]
        own = [(name, first) for name, first, _ in rules.lexicon.found(self.words)]
        self.told = [self.starts[first] for name, first in (*scope, *own) if name in (*_TOLD, "told")]
        self.denied = [self.starts[first] for name, first in scope if name in _DENIED]
        self.begins = frozenset(first for name, first in own if name == "begins")
        self.hangs = [first for name, first in own if name == "hangs"]
        self.named = {pronoun: [first for name, first in own if name == pronoun] for pronoun in _PRONOUNS}
        self.pronouns = {name: [place for place, word in enumerate(self.words) if word.text in of] for name, of in _PRONOUNS.items()}

    def joined(self, starts: Sequence[int]) -> list[int]:
        """The beginnings without those of clauses that hold a pronoun with nobody before it in the clause whom it could mean."""
        kept: list[int] = []
        end = len(self.words)
        for start in reversed(starts):
            first = bisect_left(self.starts, start)
            if start == starts[0] or not any(self._looks_back(name, first, end) for name in _PRONOUNS):
                kept.append(start)
                end = first
        return kept[::-1]

    def _looks_back(self, pronoun: str, first: int, end: int) -> bool:
        meant = next((place for place in self.named[pronoun] if place >= first), end)
        return any(first <= place < min(meant, end) for place in self.pronouns[pronoun])

    def may_cut(self, since: int, cut: re.Match[str], after: int) -> bool:
        """Whether the clause that began at `since` may end here and another begin at `after`."""
        if any(start < cut.start() and cut.start() + 1 < end for start, end in self.inside):
            return False
        if self.text[cut.start() - 1] in _QUOTES or cut[0].rstrip()[-1:] in _QUOTES:
            return False
        if "\n" in cut[0]:
            return self._line_ends(since, cut, after) and self._stands(after)
        return self._part_ends(since, cut.start(), after) and not self._told(since, cut.start()) and self._stands(after)

    def _part_ends(self, since: int, stop: int, after: int) -> bool:
        """Whether the full stop or semicolon at `stop` ends what stands before it."""
        before = self.text[since:stop]
        if self.text[stop] == ";":
            # what was denied of the first of a list is denied of the others too
            return ":" not in before and not any(since <= each < stop for each in self.denied)
        if before.endswith((".", "?", "…")) or self.text[after].islower():
            return False
        last = re.search(r"[^\W_]+$", before)
        return not last or not (len(last[0]) == 1 or last[0].isdigit() or last[0].casefold() in self.rules.short_forms)

    def _line_ends(self, since: int, cut: re.Match[str], after: int) -> bool:
        """Whether a line is over: a stop ends it, or both it and the next are of a list, or a blank line follows.

        The lines of a list hang on the words that it begins with, unless these end with a stop.
        """
        before = self.text[: cut.start()]
        if _BULLET.match(self.text, after):
            lines = before.split("\n")
            listed = len(lines)
            while lines and _BULLET.match(lines[-1].lstrip()):
                lines.pop()
            introduced = any(line.strip() for line in lines)
            return (_stopped(lines) and self._part_ends_in(since, before, after)) if introduced else len(lines) < listed
        if stop := _CLOSED.search(before):
            return self._part_ends(since, stop.start(), after)
        return cut[0].count("\n") > 1 and not before.endswith((":", ",", "-", "–", "?", "…"))

    def _part_ends_in(self, since: int, before: str, after: int) -> bool:
        stop = _CLOSED.search(before)
        return stop is None or self._part_ends(since, stop.start(), after)

    def _told(self, since: int, until: int) -> bool:
        """Whether a word of telling, or a colon, stands on the line before the cut: what follows may be told too."""
        line = max(since, self.text.rfind("\n", 0, until) + 1)
        return bool(re.search(r":\s", self.text[line:until])) or any(line <= each < until for each in self.told)

    def _stands(self, after: int) -> bool:
        """Whether what begins here says who or what it is about, and nothing near looks back."""
        first = place = bisect_left(self.starts, after)
        if place == len(self.words) or not _OPENING.fullmatch(self.text, after, self.starts[place]):
            opening = _BULLET.match(self.text, after)
            if not opening:
                return False
            first = place = bisect_left(self.starts, opening.end())
        while place < len(self.words) and (self.words[place].text in _SKIPPED or self.words[place].text.isdigit()):
            place += 1
        near = [each for each in self.hangs if first <= each < first + _NEAR]
        return place in self.begins and not any(self.words[each].sentence == self.words[first].sentence for each in near)


def _stopped(lines: Sequence[str]) -> bool:
    """Whether the last line that says anything ends with a stop."""
    return any(_CLOSED.search(line.rstrip()) for line in [line for line in lines if line.strip()][-1:])


def _skip_blanks(text: str, place: int) -> int:
    return place + len(text[place:]) - len(text[place:].lstrip())
