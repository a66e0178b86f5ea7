"""What stands in the rows of filled workbooks -> decisions for the log: only what is new, nothing that was written there by a run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from anonymise.words.texts import plain
from pipelines.review_reading import FORMULA, Filled, FilledRow
from pipelines.review_reading import Person as Listed
from pipelines.review_shown import BLANK
from reports import review_columns as words
from timeline.review_decisions import ABOUT, NEW_PERSON, UNDO, VERDICTS, About, ReviewDecision, ReviewIds

_NEEDS_WHOM = {("person", "merge"), ("form", "belongs"), ("word", "belongs")}
_NEEDS_WORDS = {("person", "split"), ("person", "rename"), ("passage", "replace")}
_GONE = re.compile(r"\(([0-9a-f]{16})\)$")
LONGEST = 2_000  # letters of a note or of a replacement that the log takes


class Statements:
    """Takes the new decisions out of filled workbooks, one after another."""

    def __init__(self, log: Sequence[ReviewDecision], current_book: str, ids: ReviewIds, read: datetime) -> None:
        """Hold the log; `current_book` is the workbook that the last run wrote, `read` the time of reading."""
        self._book, self._ids, self._read = current_book, ids, read
        self._by_line = {each.line: each for each in log}
        self._on_thing: dict[str, list[ReviewDecision]] = {}
        for each in log:
            self._on_thing.setdefault(each.thing, []).append(each)
        self._taken: set[tuple[object, ...]] = set()

    def of(self, filled: Filled) -> Iterator[ReviewDecision]:
        """The decisions of one workbook that are not in the log yet."""
        current = filled.is_main and bool(filled.book) and filled.book == self._book
        for row in filled.rows:
            if row.about in ABOUT and row.is_filled:
                yield from self._of_row(row, filled, is_current=current)

    def _of_row(self, row: FilledRow, filled: Filled, *, is_current: bool) -> Iterator[ReviewDecision]:
        own = self._decision(row, filled, replace(filled, by="", on=None))
        said = self._decision(row, filled, filled)
        if said.verdict == "split" and not said.unclear:
            for part in self._parts(said):
                before = self._on_thing.get(part.thing, ())
                if all(part.said != each.said for each in before):
                    yield from self._once(replace(part, follows=before[-1].line if before else ""))
            return
        before = self._on_thing.get(row.thing, ())
        shown, follows = self._by_line.get(row.seen), row.seen.rstrip(BLANK)
        if is_current and before and before[-1].book == filled.book:
            # the last run failed after it had read this same workbook: what stands in it now is the later word
            shown, follows = before[-1], before[-1].line
        if shown and said.whom == own.whom == NEW_PERSON and shown.whom.startswith(NEW_PERSON):
            said, own = replace(said, whom=shown.whom), replace(own, whom=shown.whom)  # the same new person as before
        if shown and (said.said == shown.said or (not shown.unclear and own.said == shown.said)):
            return
        if not any(each.said == said.said and each.follows == follows for each in before):
            yield from self._once(replace(said, follows=follows))

    def _once(self, made: ReviewDecision) -> Iterator[ReviewDecision]:
        """The decision, if no row that was read before says the same."""
        key = (made.thing, made.said, made.follows)
        if key not in self._taken:
            self._taken.add(key)
            yield made

    def _decision(self, row: FilledRow, filled: Filled, defaults: Filled) -> ReviewDecision:
        about: About = row.about  # type: ignore[assignment]  # checked by the caller
        verdict = _verdict(about, row.verdict)
        whom, whom_basis, unknown = self._whom(row.whom, filled.people) if (about, verdict) in _NEEDS_WHOM else ("", (), False)
        keeps_words = about == "word" or (about, verdict) in _NEEDS_WORDS or verdict not in VERDICTS[about]
        by, on = row.by or defaults.by, row.on if row.on is not None else defaults.on
        unclear = self._unclear(row, verdict, (by, on), whom=bool(whom), unknown=unknown)
        return ReviewDecision(
            about=about,
            thing=row.thing,
            verdict=verdict,
            whom=whom or (row.whom if unclear else ""),
            words=row.words[:LONGEST] if keeps_words else "",
            by=by[:40],
            on=on if isinstance(on, date) else None,
            why=(row.why if not isinstance(on, str) else f"{row.why} [{on}]".strip())[:LONGEST],
            read=self._read,
            basis=row.basis,
            whom_basis=whom_basis,
            book=filled.book,
            unclear=unclear,
        )

    def _whom(self, said: str, people: Mapping[str, Listed]) -> tuple[str, tuple[str, ...], bool]:
        """(row id of whom was chosen, what the row holds, whether nobody or several are called so)."""
        if not said:
            return "", (), False
        if said.casefold() == words.NEW_PERSON:
            return NEW_PERSON, (), False
        fitting = [people[said]] if said in people else [each for each in people.values() if plain(said) in map(plain, each.called)]
        if len(fitting) == 1:
            return fitting[0].thing, fitting[0].basis, False
        gone = _GONE.search(said)
        return (gone[1], (), False) if gone else ("", (), True)

    def _unclear(self, row: FilledRow, verdict: str, signed: tuple[str, date | str | None], *, whom: bool, unknown: bool) -> str:
        """Why a row cannot be taken as it stands, or ""."""
        about, (by, on) = row.about, signed
        if FORMULA in (row.verdict, row.whom, row.words, row.by, row.why) or on == FORMULA:
            return "A formula stands in this row, and its result was not saved: write the words themselves."
        if not row.verdict:
            return "Something was written here, but nothing is chosen in the column Decision."
        if verdict not in VERDICTS[about]:  # type: ignore[index]  # checked by the caller
            return "The column Decision holds something that is not in its list: choose from the list."
        if unknown:
            return "Nobody, or more than one person, is called what stands here: choose from the list."
        if (about, verdict) in _NEEDS_WHOM and not whom:
            return "The decision needs a person: choose whom."
        if (about, verdict) in _NEEDS_WORDS and not row.words:
            return "The decision needs words: write the form, the new pseudonym, or what shall stand here."
        if (about, verdict) == ("person", "split") and not self._are_forms(row):
            return "No such form stands in this person's row: write it as it is spelt there, several divided by semicolons."
        if not by:
            return "The decision has no initials: add yours, on the row or on the first sheet."
        return "The date cannot be read: write it as 04/03/2031." if isinstance(on, str) else ""

    def _are_forms(self, row: FilledRow) -> bool:
        return bool(row.basis) and all(self._ids.name(plain(form)) in row.basis for form in _forms(row.words))

    def _parts(self, said: ReviewDecision) -> Iterator[ReviewDecision]:
        """A decision to split forms off a person as one on each form: they are one new person's."""
        forms = sorted(_forms(said.words))
        group = self._ids.of("group", said.thing, *forms)
        for form in forms:
            yield replace(
                said,
                about="form",
                thing=self._ids.form_of(said.thing, form),
                verdict="belongs",
                whom=f"{NEW_PERSON}:{group}",
                words="",
                basis=(self._ids.written("PERSON", form), said.thing, *said.basis),
            )


def _forms(said: str) -> list[str]:
    return list(dict.fromkeys(" ".join(each.split()) for each in re.split(r"[;\n]", said) if each.strip()))


def _verdict(about: About, said: str) -> str:
    """The verdict that the words of the drop-down stand for, however they are typed; the words themselves where they are none."""
    if said.casefold() == words.TAKE_BACK:
        return UNDO
    bare = _bare(said)
    return next((verdict for verdict, each in words.IN_WORDS[about].items() if bare in {_bare(each), verdict}), said)


def _bare(said: str) -> str:
    return re.sub(r"\(.*?\)|[.…]+$", "", said.casefold()).strip()
