"""Queued passages, what was left in, and decisions that are not applied, as the board's review workbook shows them."""

from collections.abc import Iterator, Sequence

from anonymise.deciding.left_in import left_in
from pipelines.review_shown import BLANK, Shown
from reports import review_columns as words
from reports.review_contents import ConflictRow, Keys, LeftRow, PassageRow, Said
from timeline.queued import QueuedPassage
from timeline.review_decisions import Conflict, ReviewDecision

_BESIDE_PASSAGE = 160  # characters of context on each side of a passage
_EXAMPLES = 3
_WHY_LEFT = {
    "unknown": "no list or dictionary knows it",
    "ordinary": "an ordinary word with a capital",
    "also a name": "also a name; read as a word here",
    "of the field": "a word of the field, a place of work or an agency",
}
_PASSAGE_GONE = "This passage is not in the queue any more: its row or its words have changed. It counts again if it comes back."


class LeftRows:
    """Makes the rows of queued passages, of what was left in, and of conflicts."""

    def __init__(self, shown: Shown) -> None:
        """Hold the run as rows show it."""
        self._shown = shown
        self._queue = (*shown.run.hidden.queue, *shown.run.hidden.quotations)

    def passages(self) -> Iterator[PassageRow]:
        """A row for each queued passage: those that wait first, the riskiest before the others; then the long quotations, agency by agency."""
        run = self._shown.run
        made = [self._passage(each, self._hiding(each)) for each in run.hidden.queue]
        yield from sorted(made, key=lambda row: (not row.is_open, -row.risk))
        agencies = {each.id: each.agency for each in run.timeline.events}
        quoted = {each.id: each for each in sorted(run.hidden.quotations, key=lambda each: agencies[each.text_id])}
        made = [self._passage(each, self._instead(each)) for each in quoted.values()]
        yield from sorted(made, key=lambda row: not row.is_open)

    def _hiding(self, each: QueuedPassage) -> str:
        """What the drafts have in the place of words that may tell who is meant."""
        changes = [c.replacement for c in self._shown.changes.get(each.text_id, ()) if c.start < each.end and each.start < c.end]
        return " … ".join(dict.fromkeys(changes))

    def _instead(self, each: QueuedPassage) -> str:
        """What the narrative has in the place of a long quotation."""
        verdict = next((said for said in self._shown.decided.passages if said.passage == each.id), None)
        return "" if verdict is None or verdict.verdict == "keep" else verdict.words or "(left out)"

    def _passage(self, each: QueuedPassage, becomes: str) -> PassageRow:
        return PassageRow(
            kind=each.kind,
            context=self._shown.at(each.text_id, each.start, each.end, _BESIDE_PASSAGE),
            why=each.why,
            risk=each.risk,
            becomes=becomes,
            is_open=each.id not in self._shown.decided.counting and each.id not in self._shown.in_conflict,
            said=self._shown.said(each.id),
            keys=self._shown.keys(each.id),
        )

    def left(self) -> Iterator[LeftRow]:
        """A row for each form that was left in: by decision first, then words with a capital that no list knows."""
        decided = {row.form for row, _ in self._shown.decided.let_go}
        for row, decision in self._shown.decided.let_go:
            yield LeftRow(
                form=row.form,
                why=f"by decision, on the sheet {words.SHEET_OF[decision.about]}",
                decided=_who_and_when(decision),
                count=len(row.mentions),
                examples=tuple(self._shown.example(at) for at in row.mentions[:_EXAMPLES]),
                said=Said(),
                keys=None,
            )
        hidden = self._hidden_words()
        for form, places in hidden.items():
            yield self._word(form, "hidden by decision", places)
        agencies = [name for agency in self._shown.run.case.agencies for name in (agency.name, *agency.aliases)]
        for each in left_in(self._shown.run.texts, self._shown.run.hidden.replacements, self._shown.run.rules, agencies):
            if each.form not in decided and each.form not in hidden:
                yield self._word(each.form, _WHY_LEFT[each.why], each.places)

    def _hidden_words(self) -> dict[str, list[tuple[str, int, int]]]:
        found: dict[str, list[tuple[str, int, int]]] = {
            each.words: [] for each in self._shown.decided.counting.values() if each.about == "word" and each.verdict != "keep"
        }
        for mention in self._shown.decided.recognition.mentions:
            if mention.found_by == "decision":
                form = self._shown.texts[mention.text_id][mention.start : mention.end]
                found.setdefault(form, []).append((mention.text_id, mention.start, mention.end))
        return found

    def _word(self, form: str, why: str, places: Sequence[tuple[str, int, int]]) -> LeftRow:
        thing = self._shown.ids.word(form)
        counting = self._shown.decided.counting.get(thing)
        return LeftRow(
            form=form,
            why=why,
            decided=_who_and_when(counting) if counting else "",
            count=len(places),
            examples=tuple(self._shown.at(*place) for place in places[:_EXAMPLES]),
            said=self._shown.said(thing),
            keys=self._shown.keys(thing),
        )

    def conflicts(self) -> Iterator[ConflictRow]:
        """A row for each decision that is not applied, those that wait for somebody first; queued passages that are gone are among them."""
        queued = {each.id for each in self._queue}
        gone = [
            Conflict(about="passage", thing=thing, decisions=(each,), why=_PASSAGE_GONE, is_open=False)
            for thing, each in self._shown.decided.counting.items()
            if each.about == "passage" and thing not in queued
        ]
        for each in sorted((*self._shown.decided.conflicts, *gone), key=lambda each: not each.is_open):
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
        keys = self._shown.keys(conflict.thing)
        seen = keys.seen or conflict.decisions[-1].line
        return Keys(thing=f"{conflict.about}:{conflict.thing}", seen=seen if seen.endswith(BLANK) else seen + BLANK)

    def _what(self, conflict: Conflict) -> str:
        if conflict.about == "person":
            return self._shown.labels.get(conflict.thing, "a person whose row is gone")
        if conflict.about == "word":
            return conflict.decisions[-1].words
        if conflict.about == "form":
            return next((each.form for each in self._shown.decided.rows if each.thing == conflict.thing), "words whose row is gone")
        passage = next((each for each in self._queue if each.id == conflict.thing), None)
        return self._shown.texts[passage.text_id][passage.start : passage.end] if passage else "a passage that is gone"

    def _in_words(self, each: ReviewDecision) -> str:
        said = words.IN_WORDS[each.about].get(each.verdict, each.verdict or "(no decision)")
        parts = (said, self._shown.whom(each.whom) if each.whom else "", "" if each.about == "word" else each.words)
        note = f" ({each.why})" if each.why else ""
        return f"{' '.join(part for part in parts if part)}{note}: {_who_and_when(each)}"


def _who_and_when(decision: ReviewDecision) -> str:
    on = f", {decision.on:%d/%m/%Y}" if decision.on else f", read on {decision.read:%d/%m/%Y}"
    return f"{decision.by or 'no initials'}{on}"
