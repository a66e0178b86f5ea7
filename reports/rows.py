"""The rows of a safe review as a draft reads them: which of the board's words each says, and which clauses of it can be quoted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from reports.clauses import Clause, ClauseRules, clauses
from reports.drafting import Drafting, Theme
from reports.itself import Itself
from timeline.safe import SafeAnalysis, SafeEvent, SafeReview
from timeline.wording.cues import Cue
from timeline.wording.lexicon import Lexicon, lexicon_of
from timeline.wording.words import Word

# files of rules/cues/ whose lists drafts and pages ask for by name; the others are for findings, and would be most of what is found
ASKED_FILES = frozenset({"kinds", "patterns", "seen", "voice"})
type _Said = Mapping[str, tuple[tuple[Word, ...], tuple[Cue, ...]]]
_UNLABELLED = frozenset({"", "other", "event"})


@dataclass(frozen=True, eq=False)
class Rows:
    """The safe review, the board's rules, and what each row and analysis says by them."""

    safe: SafeReview
    drafting: Drafting

    @cached_property
    def by_serial(self) -> Mapping[str, SafeEvent]:
        """The rows by serial, in order."""
        return {event.id: event for event in self.safe.events}

    @cached_property
    def words(self) -> Mapping[str, tuple[Word, ...]]:
        """The words of each row and analysis, by serial."""
        return {serial: words for serial, (words, _) in self._read.items()}

    @cached_property
    def cues(self) -> Mapping[str, tuple[Cue, ...]]:
        """What each row and analysis says by the lists of rules/cues/ that drafts ask for, and by the themes, matters and contexts under their
        names, in order.
        """
        return {serial: cues for serial, (_, cues) in self._read.items()}

    @cached_property
    def clause_rules(self) -> ClauseRules:
        """When a clause stands by itself, with the people of this draft and the agencies of this review."""
        rules = self.drafting.clauses
        names = [*(person.pseudonym for person in self.safe.people), *self.safe.agencies]
        return replace(rules, begins=(*rules.begins, *(name for name in names if _can_begin(name)))) if rules.begins else rules

    def says(self, serial: str, kind: str, theme: Theme, *, planned: bool = False) -> Iterator[Cue]:
        """Where a row says a theme, matter or context (`kind`) as it is, not denied; what is only planned where that is asked for too."""
        names = {own_name(kind, theme), *theme.lists}
        return (cue for cue in self.cues.get(serial, ()) if cue.name in names and not cue.denied and (planned or not cue.planned))

    def clauses_at(self, text: str, places: Iterable[tuple[int, int]]) -> tuple[Clause, ...]:
        """The clauses of a text (of a cell, or an analysis) that hold the places, those side by side as one."""
        wanted = tuple(places)
        together: list[Clause] = []
        before: Clause | None = None  # the clause before, where it is taken too
        for each in clauses(text, self.clause_rules):
            taken = any(each.start < end and start < each.end for start, end in wanted)
            if taken and before:
                together[-1] = Clause(together[-1].start, each.end)
            elif taken:
                together.append(each)
            before = each if taken else None
        return tuple(together)

    @cached_property
    def sources(self) -> Mapping[str, SafeEvent | SafeAnalysis]:
        """The rows, then the analyses, by serial: what can be quoted and referred to."""
        both: tuple[SafeEvent | SafeAnalysis, ...] = (*self.safe.events, *self.safe.analyses)
        return {each.id: each for each in both}

    @cached_property
    def _read(self) -> _Said:
        return read_rows(self.safe.events, self.safe.analyses, self.drafting)


def read_rows(events: Sequence[SafeEvent], analyses: Sequence[SafeAnalysis], drafting: Drafting) -> _Said:
    """The words of each row and analysis, and what it says of what drafts ask for, by serial: most of the work of a draft.

    The same rows are read once, and no findings are needed for it, so that a run reads them while these are looked for.
    """
    return _read(Itself(_Sources(events, analyses)), Itself(drafting))


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    events: Sequence[SafeEvent]
    analyses: Sequence[SafeAnalysis]


@lru_cache(maxsize=1)
def _read(sources: Itself[_Sources], by: Itself[Drafting]) -> _Said:
    drafting = by.held
    own, themes = _lexicon(drafting), (*drafting.themes, *drafting.matters, *drafting.contexts)
    asked = {name for name in drafting.cues.lexicon.names if name.partition(".")[0] in ASKED_FILES}
    cues = drafting.cues.only(asked.union(*(theme.lists for theme in themes)), own)
    read = {}
    both: tuple[SafeEvent | SafeAnalysis, ...] = (*sources.held.events, *sources.held.analyses)
    for each in both:
        words, found = cues.read(each.text)
        read[str(each.id)] = words, tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.name in own.names)))
    return read


def _lexicon(drafting: Drafting) -> Lexicon:
    kinds = {"theme": drafting.themes, "known": drafting.matters, "context": drafting.contexts}
    return lexicon_of({own_name(kind, theme): theme.words for kind, themes in kinds.items() for theme in themes})


def own_name(kind: str, theme: Theme) -> str:
    """The name under which a cue of a theme is found; the lists of rules/cues/ have a dot in theirs and no colon."""
    return f"{kind}: {theme.name}"


def cells(event: SafeEvent, meaning: str) -> Iterator[str]:
    """The texts of the row's cells of a meaning, blank ones left out."""
    return (piece for each, start, end in event.cells if each == meaning and (piece := event.text[start:end].strip()))


def labelled(event: SafeEvent) -> Iterator[tuple[str, str]]:
    """(what the column means, its text) for each cell of the row in order; a text without columns comes whole with no label."""
    pieces = [event.text[start:end] for _, start, end in event.cells]
    if "\n".join(pieces) != event.text:
        yield "", event.text
        return
    for (meaning, _, _), piece in zip(event.cells, pieces, strict=True):
        yield "" if meaning in _UNLABELLED else meaning.replace("_", " ").capitalize(), piece


def _can_begin(name: str) -> bool:
    try:
        lexicon_of({"names": [name]})
    except ValueError:
        return False
    return True
