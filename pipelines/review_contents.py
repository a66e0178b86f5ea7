"""What a run found and decided -> what the board's review workbook shows of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from anonymise.decided import Decided
from anonymise.deciding_forms import is_new
from anonymise.form_rows import FormRow, form_basis
from anonymise.hide import Hidden
from anonymise.left_in import left_in
from anonymise.rules import RecognitionRules
from anonymise.texts import NamedText
from reports import review_columns as words
from reports.review_contents import (
    ConflictRow,
    Example,
    Keys,
    LeftRow,
    PassageRow,
    PersonRow,
    ReplacementRow,
    ReviewContents,
    Said,
)
from timeline.case import Case
from timeline.people import Mention, Person, Replacement
from timeline.queued import QueuedPassage
from timeline.review_decisions import UNDO, Conflict, ReviewDecision, ReviewIds
from timeline.timeline import Timeline

BLANK = "!"  # after the line that a row has seen: the row was written without it, so whatever stands in it is new
_BESIDE = 45  # characters of context on each side of an example
_BESIDE_PASSAGE = 160
_EXAMPLES = 3
_WHY_LEFT = {
    "unknown": "no list knows these words",
    "also a name": "a word that is also a name; read as a word here",
    "of the field": "a word of the field, a place of work or an agency",
}
_BY_POLICY = frozenset(["DATE", "AGE", "TIME"])
_FOUND_BY = {"cast": "the cast list", "propagation": "found elsewhere in the review", "decision": "a decision", "policy": "the policy"}


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


def review_contents(run: Reviewed, notes: Sequence[str] = ()) -> ReviewContents:
    """The workbook's contents; its `book` hangs on all that it shows, so that the same run gives the same workbook."""
    rows = _Rows(run)
    contents = ReviewContents(
        case=run.case,
        book="",
        people=tuple(rows.people()),
        replacements=tuple(rows.replacements()),
        passages=tuple(rows.passages()),
        left=tuple(rows.left()),
        conflicts=tuple(rows.conflicts()),
        notes=tuple(notes),
    )
    return replace(contents, book=run.ids.of("book", repr(contents)))


class _Rows:
    """Makes the rows of each sheet."""

    def __init__(self, run: Reviewed) -> None:
        self._run, self._decided, self._ids = run, run.decided, run.ids
        self._texts = {each.id: each.text for each in run.texts}
        self._where = {each.id: f"{each.agency}, {_day(each.when.earliest, each.when.edtf)}" for each in run.timeline.events}
        self._pseudonyms = dict(run.hidden.key.pseudonyms)
        self._people = {each.id: each for each in (*run.decided.people, *run.decided.recognition.people)}
        self._labels = {run.ids.person(each.id): self._label(each) for each in run.decided.people}
        self._changes: dict[str, list[Replacement]] = defaultdict(list)
        for each in run.hidden.replacements:
            self._changes[each.text_id].append(each)
        self._blank = {each.thing for each in run.decided.conflicts if len(each.decisions) > 1}
        self._in_conflict = {each.thing for each in run.decided.conflicts if each.is_open}

    def _label(self, person: Person) -> str:
        called = self._called(person.id)
        return f"{called + ' — ' if called else ''}{person.name} ({person.id})"

    def _called(self, person: str) -> str:
        return self._pseudonyms.get(self._decided.persons.merged.get(person, person), "")

    def _keys(self, thing: str, basis: tuple[str, ...] = ()) -> Keys:
        last = self._decided.last.get(thing)
        blank = last and (thing in self._blank or last.verdict == UNDO)
        return Keys(thing=thing, seen=f"{last.line}{BLANK if blank else ''}" if last else "", basis=basis)

    def _said(self, thing: str) -> Said:
        last = self._decided.last.get(thing)
        if last is None or thing in self._blank or last.verdict == UNDO:
            return Said()
        whom = self._labels.get(last.whom, last.whom) if last.unclear else self._whom(last.whom) if last.whom else ""
        shown = "" if last.about == "word" else last.words
        return Said(verdict=last.verdict, whom=whom, words=shown, by=last.by, on=last.on, why=last.why)

    def _whom(self, whom: str) -> str:
        return words.NEW_PERSON if is_new(whom) else self._labels.get(whom, f"somebody who is gone ({whom})")

    def people(self) -> Iterator[PersonRow]:
        """A row for everyone, those who wait for a decision first."""
        by_person: dict[str, list[FormRow]] = defaultdict(list)
        for row in self._decided.rows:
            whose = self._decided.forms.given.get(row.mentions[0]) or (row.person if row.kind == "PERSON" else None)
            if whose:
                by_person[whose].append(row)
        for person, into in self._decided.persons.merged.items():
            by_person[into] += by_person[person]
        made = [self._person(each, by_person.get(each.id, [])) for each in self._decided.people]
        yield from sorted(made, key=lambda row: not row.is_open)

    def _person(self, person: Person, rows: Sequence[FormRow]) -> PersonRow:
        thing = self._ids.person(person.id)
        found: Counter[str] = Counter()
        for row in rows:
            found[row.form] += len(row.mentions)
        listed = [(form, 0) for form in (person.name, *person.also_known_as) if form not in found]
        known_from = "cast list" if person.in_cast else "split off" if person.id.startswith("S-") else "the texts"
        return PersonRow(
            label=self._labels[thing],
            pseudonym=self._called(person.id),
            name=person.name,
            role=person.role,
            kind=person.kind,
            agency=person.agency,
            known_from=known_from,
            forms=(*found.most_common(), *listed),
            examples=tuple(self._example(row.mentions[0]) for row in rows[:_EXAMPLES]),
            now=self._now(person),
            is_open=known_from == "the texts" and thing not in self._decided.counting,
            said=self._said(thing),
            keys=self._keys(thing, self._decided.known.basis(person)),
        )

    def _now(self, person: Person) -> str:
        if self._ids.person(person.id) in self._in_conflict:
            return f"in conflict: see the sheet {words.CONFLICTS}"
        on = self._decided.persons
        if person.id in on.merged:
            return f"merged into {self._called(person.id) or self._people[on.merged[person.id]].name}"
        return "public: left in" if person.id in on.public else "no person: left in" if person.id in on.nobody else ""

    def replacements(self) -> Iterator[ReplacementRow]:
        """A row for each form that is replaced or was decided on, those that wait first; then what the policy alone changed."""
        made = [row for each in self._decided.rows if (row := self._replacement(each))]
        yield from sorted(made, key=lambda row: (not row.is_open, row.kind != "person", row.kind, row.whose, -row.count))
        yield from sorted(self._by_policy(), key=lambda row: (row.kind, row.form))

    def _replacement(self, row: FormRow) -> ReplacementRow | None:
        becomes = dict.fromkeys(words for at in row.mentions if (words := self._becomes(at)) is not None)
        said, counting = self._said(row.thing), self._decided.counting.get(row.thing)
        if not becomes and not said.verdict:
            return None
        whose = self._people.get(self._decided.forms.given.get(row.mentions[0]) or row.person or "")
        doubt = self._doubt(row)
        person = self._people.get(row.person or "")
        return ReplacementRow(
            kind=_kind(row.kind),
            form=row.form,
            becomes=tuple(becomes),
            whose=self._label(whose) if whose else "",
            doubt=doubt,
            found_by=", ".join(dict.fromkeys(_FOUND_BY.get(m.found_by, m.found_by) for m in map(self._mention, row.mentions))),
            count=len(row.mentions),
            examples=tuple(self._example(at) for at in row.mentions[:_EXAMPLES]),
            is_open=bool(doubt) and counting is None,
            said=said,
            keys=self._keys(row.thing, form_basis(row, person, self._decided.known, self._ids)),
        )

    def _mention(self, at: int) -> Mention:
        return self._decided.mentions[at]

    def _becomes(self, at: int) -> str | None:
        mention = self._mention(at)
        changes = self._changes.get(mention.text_id, ())
        return next((each.replacement for each in changes if each.start < mention.end and mention.start < each.end), None)

    def _doubt(self, row: FormRow) -> str:
        if row.kind != "PERSON":
            return ""
        if row.person is None:
            return "names somebody, but nobody here fits"
        spans = {(self._mention(at).text_id, self._mention(at).start) for at in row.mentions}
        others = dict.fromkeys(
            each for doubt in self._decided.recognition.doubts if (doubt.text_id, doubt.start) in spans for each in doubt.candidates
        )
        fits = [self._called(each) or self._people[each].name for each in others]
        return f"fits {' and '.join(fits)}" if len(fits) > 1 else ""

    def _by_policy(self) -> Iterator[ReplacementRow]:
        starts = {(each.text_id, each.start) for each in self._decided.recognition.mentions}
        grouped: dict[tuple[str, str, str], list[Replacement]] = defaultdict(list)
        for each in self._run.hidden.replacements:
            if (each.text_id, each.start) not in starts and each.text_id in self._texts and each.kind in _BY_POLICY:
                grouped[each.kind, " ".join(each.text.split()), each.replacement].append(each)
        for (kind, form, becomes), changes in grouped.items():
            yield ReplacementRow(
                kind=_kind(kind), form=form, becomes=(becomes,), whose="", doubt="", found_by=_FOUND_BY["policy"], count=len(changes),
                examples=tuple(self._at(each.text_id, each.start, each.end) for each in changes[:_EXAMPLES]),
                is_open=False, said=Said(), keys=None,
            )  # fmt: skip

    def passages(self) -> Iterator[PassageRow]:
        """A row for each queued passage: those that wait first, the riskiest before the others."""
        made = [self._passage(each) for each in self._run.hidden.queue]
        yield from sorted(made, key=lambda row: (not row.is_open, -row.risk))

    def _passage(self, each: QueuedPassage) -> PassageRow:
        changes = [c.replacement for c in self._changes.get(each.text_id, ()) if c.start < each.end and each.start < c.end]
        return PassageRow(
            kind=each.kind,
            context=self._at(each.text_id, each.start, each.end, _BESIDE_PASSAGE),
            why=each.why,
            risk=each.risk,
            becomes=" … ".join(dict.fromkeys(changes)),
            is_open=each.id not in self._decided.counting and each.id not in self._in_conflict,
            said=self._said(each.id),
            keys=self._keys(each.id),
        )

    def left(self) -> Iterator[LeftRow]:
        """A row for each form that was left in: by decision first, then words with a capital that no list knows."""
        decided = {row.form for row, _ in self._decided.let_go}
        for row, decision in self._decided.let_go:
            yield LeftRow(
                form=row.form,
                why=f"by decision, on the sheet {words.SHEET_OF[decision.about]}",
                decided=_who_and_when(decision),
                count=len(row.mentions),
                examples=tuple(self._example(at) for at in row.mentions[:_EXAMPLES]),
                said=Said(),
                keys=None,
            )
        hidden = self._hidden_words()
        for form, places in hidden.items():
            yield self._word(form, "hidden by decision", places)
        agencies = [name for agency in self._run.case.agencies for name in (agency.name, *agency.aliases)]
        for each in left_in(self._run.texts, self._run.hidden.replacements, self._run.rules, agencies):
            if each.form not in decided and each.form not in hidden:
                yield self._word(each.form, _WHY_LEFT[each.why], each.places)

    def _hidden_words(self) -> dict[str, list[tuple[str, int, int]]]:
        found: dict[str, list[tuple[str, int, int]]] = {
            each.words: [] for each in self._decided.counting.values() if each.about == "word" and each.verdict != "keep"
        }
        for mention in self._decided.recognition.mentions:
            if mention.found_by == "decision":
                form = self._texts[mention.text_id][mention.start : mention.end]
                found.setdefault(form, []).append((mention.text_id, mention.start, mention.end))
        return found

    def _word(self, form: str, why: str, places: Sequence[tuple[str, int, int]]) -> LeftRow:
        thing = self._ids.word(form)
        counting = self._decided.counting.get(thing)
        return LeftRow(
            form=form,
            why=why,
            decided=_who_and_when(counting) if counting else "",
            count=len(places),
            examples=tuple(self._at(*place) for place in places[:_EXAMPLES]),
            said=self._said(thing),
            keys=self._keys(thing),
        )

    def conflicts(self) -> Iterator[ConflictRow]:
        """A row for each decision that is not applied, those that wait for somebody first; queued passages that are gone are among them."""
        queued = {each.id for each in self._run.hidden.queue}
        gone = [
            Conflict(about="passage", thing=thing, decisions=(each,), why=_PASSAGE_GONE, is_open=False)
            for thing, each in self._decided.counting.items()
            if each.about == "passage" and thing not in queued
        ]
        for each in sorted((*self._decided.conflicts, *gone), key=lambda each: not each.is_open):
            yield ConflictRow(
                sheet=words.SHEET_OF[each.about],
                what=self._what(each),
                decisions=tuple(self._in_words(decision) for decision in each.decisions),
                why=each.why,
                is_open=each.is_open,
                said=Said(),
                keys=self._conflict_keys(each),
            )

    def _conflict_keys(self, conflict: Conflict) -> Keys:
        keys = self._keys(conflict.thing)
        seen = keys.seen or conflict.decisions[-1].line
        return Keys(thing=f"{conflict.about}:{conflict.thing}", seen=seen if seen.endswith(BLANK) else seen + BLANK)

    def _what(self, conflict: Conflict) -> str:
        if conflict.about == "person":
            return self._labels.get(conflict.thing, "a person whose row is gone")
        if conflict.about == "word":
            return conflict.decisions[-1].words
        if conflict.about == "form":
            return next((each.form for each in self._decided.rows if each.thing == conflict.thing), "words whose row is gone")
        passage = next((each for each in self._run.hidden.queue if each.id == conflict.thing), None)
        return self._texts[passage.text_id][passage.start : passage.end] if passage else "a passage that is gone"

    def _in_words(self, each: ReviewDecision) -> str:
        said = words.IN_WORDS[each.about].get(each.verdict, each.verdict or "(no decision)")
        parts = (said, self._whom(each.whom) if each.whom else "", "" if each.about == "word" else each.words)
        note = f" ({each.why})" if each.why else ""
        return f"{' '.join(part for part in parts if part)}{note}: {_who_and_when(each)}"

    def _example(self, at: int) -> Example:
        mention = self._mention(at)
        return self._at(mention.text_id, mention.start, mention.end)

    def _at(self, text_id: str, start: int, end: int, beside: int = _BESIDE) -> Example:
        text = self._texts[text_id]
        before, after = text[max(0, start - beside) : start], text[end : end + beside]
        cut_before, cut_after = start > beside, end + beside < len(text)
        return Example(
            where=self._where.get(text_id, "title or analysis"),
            before=("…" if cut_before else "") + _on_one_line(before.partition(" ")[2] if cut_before and " " in before else before),
            words=_on_one_line(text[start:end]),
            after=_on_one_line(after.rpartition(" ")[0] if cut_after and " " in after else after) + ("…" if cut_after else ""),
        )


_PASSAGE_GONE = "This passage is not in the queue any more: its row or its words have changed. It counts again if it comes back."


def _on_one_line(text: str) -> str:
    return (
        " ".join(text.split()) if text.strip() == text else f"{' ' * text[:1].isspace()}{' '.join(text.split())}{' ' * text[-1:].isspace()}"
    )


def _day(day: date | None, written: str) -> str:
    return f"{day:%d/%m/%Y}" if day else written


def _kind(kind: str) -> str:
    return kind.replace("_", " ").lower()


def _who_and_when(decision: ReviewDecision) -> str:
    on = f", {decision.on:%d/%m/%Y}" if decision.on else f", read on {decision.read:%d/%m/%Y}"
    return f"{decision.by or 'no initials'}{on}"
