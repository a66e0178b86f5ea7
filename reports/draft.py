"""A draft as its parts share it: the safe review, the board's rules, and which rows stand in the narrative."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from reports.drafting import Drafting
from reports.episodes import Account, Episode, Passage, episodes
from reports.rows import Rows
from reports.significance import Ranks, ranks
from reports.word_xml import link, words
from timeline.safe import SafeReview

BANNER = "DRAFT — pseudonymised, not checked for publication"
_UNFIT = re.compile(r"\W")


@dataclass(frozen=True, eq=False)
class Draft:
    """What the parts of a draft draw on."""

    safe: SafeReview
    drafting: Drafting

    @cached_property
    def rows(self) -> Rows:
        """What each row says by the board's words."""
        return Rows(self.safe, self.drafting)

    @cached_property
    def ranks(self) -> Ranks:
        """The significant rows: told, or left out with the reason."""
        return ranks(self.rows)

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The rows of the narrative, by serial, with the reasons."""
        return self.ranks.told

    def standing(self, serial: str) -> tuple[str, ...]:
        """Why a row is in the narrative, or why it is not."""
        if serial in self.ranks.left_out:
            return (f"left out: {self.ranks.left_out[serial]}",)
        return self.chosen.get(serial, ("no: no rule chose it",))

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """The narrative, paragraph by paragraph."""
        return episodes(self.rows, self.ranks)

    @cached_property
    def searchable(self) -> tuple[tuple[Account, Passage, int], ...]:
        """The passages of the narrative that are long enough to be searched for, each with its number of words."""
        most = self.drafting.phrases.searchable_words
        found = (
            (account, each, _words_in(account, each))
            for episode in self.episodes
            for account in episode.accounts
            for each in account.passages
        )
        return tuple(each for each in found if each[2] > most)

    def references(self, serials: Iterable[str]) -> str:
        """References to rows of the anonymised timeline, or to an agency's analysis, as runs; a click leads there."""
        return words(", ").join(
            link(f"[{serial}]", place(serial)) if serial in self.rows.sources else words(f"[{serial}]") for serial in serials
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Itself:
    """Something that is the same as itself alone, so that a review can be a key without its texts being compared."""

    held: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.held is other.held

    def __hash__(self) -> int:
        return id(self.held)


def draft_of(safe: SafeReview, drafting: Drafting) -> Draft:
    """The draft of a review, read once for all its documents: reading every row for the board's words is most of the work."""
    return _draft_of(_Itself(safe), _Itself(drafting))


@lru_cache(maxsize=1)
def _draft_of(safe: _Itself, drafting: _Itself) -> Draft:
    return Draft(safe.held, drafting.held)


def in_row_order(serials: Iterable[str]) -> list[str]:
    """The serials as their rows stand: E9999 before E10000."""
    return sorted(serials, key=lambda serial: (len(serial), serial))


def place(serial: str) -> str:
    """The bookmark of a row: letters, digits and underscores, as Word wants it."""
    return f"row_{_UNFIT.sub('_', serial)}"


def _words_in(account: Account, passage: Passage) -> int:
    return len(account.event.text[passage.start : passage.end].split())
