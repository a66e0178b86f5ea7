"""A draft as its parts share it: the safe review, the board's rules, and which rows stand in the narrative."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reports.drafting import Drafting
from reports.episodes import Account, Episode, Passage, episodes
from reports.itself import Itself
from reports.rows import Rows
from reports.significance import Ranks, ranks
from reports.word_xml import link, words
from timeline.safe import SafeEvent, SafeQuotation, SafeReview

BANNER = "DRAFT — pseudonymised, not checked for publication"
_UNFIT = re.compile(r"\W")


@dataclass(frozen=True, eq=False)
class _Reading:
    """What the rows of a review say and which of them are told, whatever the board decided on quotations."""

    safe: SafeReview
    drafting: Drafting

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.safe, self.drafting)

    @cached_property
    def ranks(self) -> Ranks:
        return ranks(self.rows)

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        return episodes(self.rows, self.ranks)


@dataclass(frozen=True, eq=False)
class Draft:
    """What the parts of a draft draw on."""

    safe: SafeReview
    drafting: Drafting

    @cached_property
    def _reading(self) -> _Reading:
        return _reading_of(Itself(self.safe), Itself(self.drafting))

    @property
    def rows(self) -> Rows:
        """What each row says by the board's words."""
        return self._reading.rows

    @property
    def ranks(self) -> Ranks:
        """The significant rows: told, or left out with the reason."""
        return self._reading.ranks

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The rows of the narrative, by serial, with the reasons."""
        return self.ranks.told

    def standing(self, serial: str) -> tuple[str, ...]:
        """Why a row is in the narrative, or why it is not."""
        if serial in self.ranks.left_out:
            return (f"left out: {self.ranks.left_out[serial]}",)
        return self.chosen.get(serial, ("no: no rule chose it",))

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """The narrative, paragraph by paragraph."""
        return self._reading.episodes

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

    @cached_property
    def _decided(self) -> Mapping[str, Sequence[SafeQuotation]]:
        found: dict[str, list[SafeQuotation]] = {}
        for each in self.safe.quotations:
            found.setdefault(each.event, []).append(each)
        return found

    def verdict(self, serial: str, start: int, end: int) -> str:
        """What the board decided on a quotation: keep, hide or replace; "" where it waits."""
        return next((each.verdict for each in self._decided.get(serial, ()) if (each.start, each.end) == (start, end)), "")

    def instead(self, serial: str, start: int, end: int) -> str:
        """What stands in the place of characters start to end of a row by the board's decision; "" where they are quoted.

        What shares words with a quotation that is left out or replaced is treated as that one is, in whatever part of the draft it stands.
        """
        return " ".join(dict.fromkeys(map(self._in_its_place, self._not_quoted(serial, start, end))))

    def as_decided(self, event: SafeEvent, start: int, end: int) -> str:
        """Characters start to end of a row, with what the board decided in the place of each quotation that it left out or replaced."""
        said, last = [], start
        for each in sorted(self._not_quoted(event.id, start, end), key=lambda each: each.start):
            said += [event.text[last : each.start], self._in_its_place(each)]
            last = min(each.end, end)
        return "".join([*said, event.text[last:end]])

    def _not_quoted(self, serial: str, start: int, end: int) -> Sequence[SafeQuotation]:
        return [each for each in self._decided.get(serial, ()) if each.verdict != "keep" and each.start < end and start < each.end]

    def _in_its_place(self, each: SafeQuotation) -> str:
        own = self.drafting.phrases
        return own.replaced.replace("{words}", each.words) if each.verdict == "replace" else own.withheld

    def references(self, serials: Iterable[str]) -> str:
        """References to rows of the anonymised timeline, or to an agency's analysis, as runs; a click leads there."""
        return words(", ").join(
            link(f"[{serial}]", place(serial)) if serial in self.rows.sources else words(f"[{serial}]") for serial in serials
        )


@lru_cache(maxsize=1)
def _reading_of(safe: Itself[SafeReview], drafting: Itself[Drafting]) -> _Reading:
    """Read once for all documents of a review."""
    return _Reading(safe.held, drafting.held)


def searchable_places(safe: SafeReview, drafting: Drafting) -> tuple[tuple[str, int, int], ...]:
    """(serial, start, end) of each quotation of the narrative that is long enough to be searched for, in its order."""
    return tuple((account.event.id, each.start, each.end) for account, each, _ in Draft(safe, drafting).searchable)


def in_row_order(serials: Iterable[str]) -> list[str]:
    """The serials as their rows stand: E9999 before E10000."""
    return sorted(serials, key=lambda serial: (len(serial), serial))


def place(serial: str) -> str:
    """The bookmark of a row: letters, digits and underscores, as Word wants it."""
    return f"row_{_UNFIT.sub('_', serial)}"


def _words_in(account: Account, passage: Passage) -> int:
    return len(account.event.text[passage.start : passage.end].split())
