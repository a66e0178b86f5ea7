"""What a rapid review pack draws on: the key events, the safety actions and the evidence for each question, chosen by printed rules."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reports.draft import place
from reports.drafting import Drafting
from reports.rapid_rules import RapidRules, ReferralQuestion
from reports.rows import cells
from reports.significance import ABOUT_THE_ROW
from reports.word_xml import link, words
from reports.wording import kind_in_words
from timeline.safe import SafeEvent, SafeFinding, SafeReview
from timeline.wording.lexicon import Lexicon
from timeline.wording.words import words_of

_DATED = re.compile(r"\d")  # a date that the policy words: "May 2018", "day 35"
type Choice = tuple[str, str]  # serial of a row, why it is chosen


@dataclass(frozen=True, eq=False)
class Pack:
    """The safe review and the board's rules for the pack."""

    safe: SafeReview
    drafting: Drafting

    @property
    def rules(self) -> RapidRules:
        """What the pack goes by."""
        return self.drafting.rapid

    @cached_property
    def events(self) -> Mapping[str, SafeEvent]:
        """Every row by serial, in order."""
        return {event.id: event for event in self.safe.events}

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies of the review, and any others that rows are of."""
        return tuple(dict.fromkeys([*self.safe.agencies, *(event.agency for event in self.safe.events)]))

    @cached_property
    def safety(self) -> tuple[str, ...]:
        """The rows of immediate safety actions, in order."""
        told = {*self.safe.referral.at_incident, *self.safe.referral.after_incident}
        return tuple(event.id for event in self.safe.events if event.id in told and self._is_safety_action(event))

    def _is_safety_action(self, event: SafeEvent) -> bool:
        if any(cells(event, "action")):
            return True
        found = self.drafting.cues.of(words_of(event.text), self._safety_words)
        return any(not cue.denied and not cue.planned for cue in found)

    @cached_property
    def _safety_words(self) -> Lexicon:
        return self.rules.safety_words

    @cached_property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """Every row that a rule chose for the key events, with the reasons; the rules' order."""
        reasons: dict[str, dict[str, None]] = {}
        for rule in RULES:
            for serial, reason in rule(self):
                if serial in self.events:
                    reasons.setdefault(serial, {})[reason] = None
        return {serial: tuple(each) for serial, each in reasons.items()}

    @cached_property
    def key_events(self) -> tuple[SafeEvent, ...]:
        """The key events in order of date, no more than the rules allow."""
        kept = set(list(self.chosen)[: self.rules.most_key_events])
        return tuple(event for event in self.safe.events if event.id in kept)

    def evidence(self, question: ReferralQuestion) -> tuple[tuple[SafeFinding, ...], ...]:
        """The questions shown first that are evidence for a question of the referral, those shown together as one."""
        shown = sorted((each for each in self._of(question) if each.entry), key=lambda each: each.entry)
        return tuple(tuple(together) for _, together in groupby(shown, key=lambda each: each.entry))

    def further(self, question: ReferralQuestion) -> Mapping[str, int]:
        """How many more there are of each kind, which the working timeline lists."""
        return Counter(kind_in_words(each.kind) for each in self._of(question) if not each.entry and not each.dismissed)

    def _of(self, question: ReferralQuestion) -> Iterator[SafeFinding]:
        return (each for each in self.safe.findings if self.rules.question(each.kind, each.about) == question)

    @cached_property
    def others(self) -> tuple[SafeEvent, ...]:
        """The rows that the pack refers to and that are no key events, in order."""
        told = {*self.safety, *self.safe.referral.at_incident, *(serial for edges in self.edges.values() for serial in edges)}
        for question in self.rules.questions:
            told.update(serial for together in self.evidence(question) for each in together for serial in each.events)
        told -= {event.id for event in self.key_events}
        return tuple(event for event in self.safe.events if event.id in told)

    @cached_property
    def edges(self) -> Mapping[str, tuple[str, str]]:
        """The first and the last dated row of each agency that has rows, or of its undated ones."""
        own: dict[str, list[SafeEvent]] = {}
        for event in self.safe.events:
            own.setdefault(event.agency, []).append(event)
        dated = {agency: [event.id for event in events if _DATED.search(event.date)] for agency, events in own.items()}
        return {agency: ((dated[agency] or [events[0].id])[0], (dated[agency] or [events[-1].id])[-1]) for agency, events in own.items()}

    def references(self, serials: Iterable[str]) -> str:
        """References to rows of the pack as runs; a click leads there."""
        return words(", ").join(link(f"[{serial}]", place(serial)) if serial in self.events else words(f"[{serial}]") for serial in serials)


def of_the_incident(pack: Pack) -> Iterator[Choice]:
    """Every row that can mean the day of the incident and no more than the week around it."""
    return ((serial, "the incident") for serial in pack.safe.referral.at_incident)


def of_safety(pack: Pack) -> Iterator[Choice]:
    """Every row of an immediate safety action."""
    return ((serial, "an immediate safety action") for serial in pack.safety)


def questioned(pack: Pack) -> Iterator[Choice]:
    """Every row that a question shown first rests on, where the question is about what the row says; in the order of the questions."""
    shown = sorted((each for each in pack.safe.findings if each.entry and each.kind in ABOUT_THE_ROW), key=lambda each: each.entry)
    return ((serial, _called(each)) for each in shown for serial in each.events)


def _called(finding: SafeFinding) -> str:
    """The kind, with what of its kind it is: `Pattern: missed contacts`."""
    kind = kind_in_words(finding.kind)
    return f"{kind}: {finding.about.replace('-', ' ')}" if finding.about else kind


def first_and_last(pack: Pack) -> Iterator[Choice]:
    """The first and the last dated row of each agency."""
    for first, last in pack.edges.values():
        yield first, "first row of the agency"
        yield last, "last row of the agency"


RULES: tuple[Callable[[Pack], Iterator[Choice]], ...] = (of_the_incident, of_safety, questioned, first_and_last)
