"""What one agency's row tells, as every finding reads it: its words, its cues, who and which agency it names."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter, itemgetter

from timeline.events import Event
from timeline.people import Mention, Person
from timeline.wording.agencies import AgencyNamed, AgencyNames
from timeline.wording.cues import Cue, Cues
from timeline.wording.words import Word

_begins = attrgetter("start")
_word_begins, _agency_stands = itemgetter(1), itemgetter(1, 2)  # an attribute's takes longer
_KINDS = "kinds."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Account:
    """A row as one agency's account of what happened; equal to itself alone, so that what is read from it can be kept by it.

    `place` is the row's in the timeline, from 0: rows between which a rule sees no difference stand in that order, never in that of their ids,
    which differ from review to review. `starts` are the places at which its words begin; `cues` the phrases of rules/cues/ in its text with their
    scope, `kinds` those kinds of event (rules/cues/kinds.toml) that it does not deny; `mentions` who is named where, by person; `people` their
    ids; `agencies` the agencies that it names: by name, role, or a worker whose agency the cast list gives. Its own agency may be among them.
    """

    event: Event
    place: int
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    mentions: tuple[Mention, ...]
    agencies: tuple[AgencyNamed, ...]
    people: frozenset[str]
    kinds: frozenset[str] = field(init=False)
    starts: tuple[int, ...] = field(init=False, repr=False)
    _by_list: Mapping[str, Sequence[Cue]] = field(init=False, repr=False)
    _by_file: Mapping[str, Sequence[Cue]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # mostly nothing is found: the rules ask each row for far more lists than it has
        by_list: defaultdict[str, list[Cue]] = defaultdict(list)
        by_file: defaultdict[str, list[Cue]] = defaultdict(list)
        for cue in self.cues:
            by_list[cue[0]].append(cue)
            by_file[_file_of(cue[0])].append(cue)
        for name, value in (("starts", tuple(map(_word_begins, self.words))), ("_by_list", by_list), ("_by_file", by_file)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "kinds", frozenset([cue.name.removeprefix(_KINDS) for cue in self.cues_of("kinds") if not cue.denied]))

    def cued(self, *names: str) -> Sequence[Cue]:
        """The cues of these lists, in order."""
        if self._by_list.keys().isdisjoint(names):
            return ()
        here = [name for name in names if name in self._by_list]
        return self._by_list[here[0]] if len(here) == 1 else [cue for cue in self.cues if cue[0] in here]

    def holds(self, *names: str) -> bool:
        """Whether it has a cue of any of these lists."""
        return not self._by_list.keys().isdisjoint(names)

    def cues_of(self, file: str) -> Sequence[Cue]:
        """The cues of every list of rules/cues/<file>.toml, in order."""
        return self._by_file.get(file, ())

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last word that begin at characters start to end (exclusive); the last before the first where none does."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, lo=first) - 1

    @property
    def lists(self) -> Iterable[str]:
        """The lists of rules/cues/ of which it holds a phrase."""
        return self._by_list

    def meaning_at(self, place: int) -> str:
        """What the column means that holds the character at `place`; empty where there is none."""
        return next((cell.meaning for cell in self.event.cells if cell.start <= place < cell.end), "")


@cache
def _file_of(name: str) -> str:
    """The file of rules/cues/ that a list stands in."""
    return name.partition(".")[0]


def account_of(
    event: Event,
    place: int,
    mentions: Iterable[Mention],
    cues: Cues,
    names: AgencyNames,
    people: Mapping[str, Person],
    agencies: frozenset[str],
) -> Account:
    """The account that a row gives; `place` is the row's in the timeline, `agencies` are the names of the review's agencies."""
    words, found = cues.read(event.text)
    named = tuple(sorted([each for each in mentions if each.person], key=_begins))
    by_worker = [
        AgencyNamed(person.agency, each.start, each.end, by_role=True)
        for each in named
        if (person := people.get(each.person or "")) and person.kind == "professional" and person.agency in agencies
    ]
    named_agencies = sorted((*names.named(event.text, words), *by_worker), key=_agency_stands)
    return Account(
        event=event,
        place=place,
        words=words,
        cues=found,
        mentions=named,
        agencies=tuple(named_agencies),
        people=frozenset([each.person for each in named if each.person]),
    )
