"""What a rapid review pack draws on: the key events, the safety actions and the evidence for each question, chosen by printed rules."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reports.draft import Draft, place
from reports.drafting import Drafting
from reports.episodes import passages
from reports.rapid_rules import RapidRules, ReferralQuestion
from reports.rows import cells
from reports.word_xml import link, link_to_page, words
from reports.wording import kind_in_words
from timeline.safe import SafeEvent, SafeFinding, SafeReview
from timeline.wording.lexicon import Lexicon
from timeline.wording.words import words_of

_DATED = re.compile(r"\d")  # a date that the policy words: "May 2018", "day 35"
TIMELINE = "timeline.html"  # beside the pack, in anonymised/
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
    def quoted(self) -> tuple[str, ...]:
        """The rows that the pack quotes before the key events: of the incident, then of safety actions, each once."""
        return tuple(dict.fromkeys(each for each in (*self.safe.referral.at_incident, *self.safety) if each in self.events))

    @cached_property
    def key_events(self) -> tuple[SafeEvent, ...]:
        """The key events in order of date, no more than the rules allow; the rows that are quoted before are not among them."""
        kept = set([serial for serial in self.chosen if serial not in self.quoted][: self.rules.most_key_events])
        return tuple(event for event in self.safe.events if event.id in kept)

    @cached_property
    def draft(self) -> Draft:
        """The draft overview report of the same review: what each row says, which rows are significant, how one is quoted."""
        return Draft(self.safe, self.drafting)

    def told(self, event: SafeEvent) -> str:
        """What the draft overview report would quote of a row, a line for each cell, with a sign where something is left out between."""
        rows = self.draft.rows
        said = [(cue.start, cue.end) for theme in self.drafting.themes for cue in rows.says(event.id, "theme", theme)]
        pieces = passages(rows, event, said)
        return "".join(
            f"{('\n' if piece.cell != before.cell else ' […] ') if before else ''}{self.draft.as_decided(event, piece.start, piece.end)}"
            for before, piece in zip((None, *pieces), pieces, strict=False)
        )

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
    def same(self) -> Mapping[str, frozenset[str]]:
        """For each row that may tell an event with others all those rows."""
        found: dict[str, set[str]] = {}
        for finding in self.safe.findings:
            for serial in finding.events if finding.kind == "same-event" else ():
                found.setdefault(serial, set()).update(finding.events)
        return {serial: frozenset(each) for serial, each in found.items()}

    @cached_property
    def edges(self) -> Mapping[str, tuple[str, str]]:
        """The first and the last dated row of each agency that has rows, or of its undated ones."""
        own: dict[str, list[SafeEvent]] = {}
        for event in self.safe.events:
            own.setdefault(event.agency, []).append(event)
        dated = {agency: [event.id for event in events if _DATED.search(event.date)] for agency, events in own.items()}
        return {agency: ((dated[agency] or [events[0].id])[0], (dated[agency] or [events[-1].id])[-1]) for agency, events in own.items()}

    @cached_property
    def places(self) -> frozenset[str]:
        """The rows that stand in the pack, so that a reference can lead to them."""
        return frozenset((*self.quoted, *(event.id for event in self.key_events)))

    def references(self, serials: Iterable[str]) -> str:
        """References as runs; a click leads to the row in the pack, or else in the anonymised timeline beside it."""
        return words(", ").join(self._reference(serial) for serial in serials)

    def _reference(self, serial: str) -> str:
        if serial in self.places:
            return link(f"[{serial}]", place(serial))
        return link_to_page(f"[{serial}]", TIMELINE, f"row-{serial}") if serial in self.events else words(f"[{serial}]")


def of_the_incident(pack: Pack) -> Iterator[Choice]:
    """Every row that can mean the day of the incident and no more than the week around it."""
    return ((serial, "the incident") for serial in pack.safe.referral.at_incident)


def of_safety(pack: Pack) -> Iterator[Choice]:
    """Every row of an immediate safety action."""
    return ((serial, "an immediate safety action") for serial in pack.safety)


def significant(pack: Pack) -> Iterator[Choice]:
    """Every row that the draft overview report would tell (its first appendix prints the rules and their points), those with the most points
    first, and of what may be one event one account.
    """
    found: set[str] = set()
    for serial in sorted(pack.draft.ranks.told, key=lambda each: -pack.draft.ranks.of(each)):
        if serial not in found:
            found |= pack.same.get(serial, frozenset())
            yield from ((serial, reason) for reason in pack.draft.ranks.told[serial])


RULES: tuple[Callable[[Pack], Iterator[Choice]], ...] = (of_the_incident, of_safety, significant)
