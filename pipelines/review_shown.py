"""What every row of the board's workbook shows in the same way: people by their labels, mentions in their context, what was last written."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anonymise.deciding.decided import Decided
from anonymise.deciding.forms import is_new
from anonymise.hiding.hide import Hidden
from anonymise.rules import RecognitionRules
from anonymise.words.texts import NamedText
from reports import review_columns as words
from reports.review_contents import Example, Keys, Said
from timeline.case import Case
from timeline.people import Mention, Person, Replacement
from timeline.review_decisions import UNDO, ReviewIds
from timeline.timeline import Timeline

BLANK = "!"  # after the line that a row has seen: the row was written without it, so whatever stands in it is new
_BESIDE = 45  # characters of context on each side of an example


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A run, as far as the board reviews it."""

    case: Case
    timeline: Timeline
    texts: Sequence[NamedText]
    decided: Decided
    hidden: Hidden
    rules: RecognitionRules
    ids: ReviewIds


class Shown:
    """A run as the rows of its workbook show it."""

    def __init__(self, run: Reviewed) -> None:
        """Hold what rows look up: texts, labels, pseudonyms, what became of each text, which things are contested or in conflict."""
        self.run, self.decided, self.ids = run, run.decided, run.ids
        self.texts = {each.id: each.text for each in run.texts}
        self.where = {each.id: f"{each.agency}, {_day(each.when.earliest, each.when.edtf)}" for each in run.timeline.events}
        self.pseudonyms = dict(run.hidden.key.pseudonyms)
        self.people = {each.id: each for each in (*run.decided.people, *run.decided.recognition.people)}
        self.labels = {run.ids.person(each.id): self.label(each) for each in run.decided.people}
        self.changes: dict[str, list[Replacement]] = defaultdict(list)
        for each in run.hidden.replacements:
            self.changes[each.text_id].append(each)
        self.blank = {each.thing for each in run.decided.conflicts if len(each.decisions) > 1}
        self.in_conflict = {each.thing for each in run.decided.conflicts if each.is_open}

    def label(self, person: Person) -> str:
        """How a drop-down calls somebody: "Mother — Hannah Wrenfield (P2)"."""
        called = self.called(person.id)
        return f"{called + ' — ' if called else ''}{person.name} ({person.id})"

    def called(self, person: str) -> str:
        """The pseudonym in the drafts; nothing for whoever is public or no person."""
        return self.pseudonyms.get(self.decided.persons.merged.get(person, person), "")

    def keys(self, thing: str, basis: tuple[str, ...] = ()) -> Keys:
        """What leads a row back to what it is about."""
        last = self.decided.last.get(thing)
        blank = last and (thing in self.blank or last.verdict == UNDO)
        return Keys(thing=thing, seen=f"{last.line}{BLANK if blank else ''}" if last else "", basis=basis)

    def said(self, thing: str) -> Said:
        """What was last written into a row; nothing where decisions differ or were taken back."""
        last = self.decided.last.get(thing)
        if last is None or thing in self.blank or last.verdict == UNDO:
            return Said()
        whom = self.labels.get(last.whom, last.whom) if last.unclear else self.whom(last.whom) if last.whom else ""
        shown = "" if last.about == "word" else last.words
        return Said(verdict=last.verdict, whom=whom, words=shown, by=last.by, on=last.on, why=last.why)

    def whom(self, whom: str) -> str:
        """The label of whoever a decision names."""
        return words.NEW_PERSON if is_new(whom) else self.labels.get(whom, f"somebody who is gone ({whom})")

    def mention(self, at: int) -> Mention:
        """A mention as it was recognised, by its number."""
        return self.decided.mentions[at]

    def example(self, at: int) -> Example:
        """A mention in its context."""
        mention = self.mention(at)
        return self.at(mention.text_id, mention.start, mention.end)

    def at(self, text_id: str, start: int, end: int, beside: int = _BESIDE) -> Example:
        """Characters start to end of a text in their context."""
        text = self.texts[text_id]
        before, after = text[max(0, start - beside) : start], text[end : end + beside]
        cut_before, cut_after = start > beside, end + beside < len(text)
        return Example(
            where=self.where.get(text_id, "title or analysis"),
            before=("…" if cut_before else "") + _on_one_line(before.partition(" ")[2] if cut_before and " " in before else before),
            words=_on_one_line(text[start:end]),
            after=_on_one_line(after.rpartition(" ")[0] if cut_after and " " in after else after) + ("…" if cut_after else ""),
        )


def _on_one_line(text: str) -> str:
    """The text on one line, with a space where blanks stand at its ends."""
    return re.sub(r"\s+", " ", text)


def _day(day: date | None, written: str) -> str:
    return f"{day:%d/%m/%Y}" if day else written if any(each.isdigit() for each in written) else "undated"
