"""What a run found and decided -> what the board's review workbook shows of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from anonymise.deciding.form_rows import LEFT_IN, FormRow, form_basis
from pipelines.review_left import LeftRows
from pipelines.review_shown import Reviewed, Shown
from reports import review_columns as words
from reports.review_contents import PersonRow, ReplacementRow, ReviewContents, Said
from timeline.people import Person, Replacement

_EXAMPLES = 3
_BY_POLICY = frozenset(["DATE", "AGE", "TIME"])
_FOUND_BY = {
    "cast": "the cast list",
    "propagation": "found elsewhere in the review",
    "word-name": "a name that is also a word",
    "single-letter": "a single letter",
    "other-surname": "the cast list",
    "decision": "a decision",
    "check": "the last check of the drafts",
    "policy": "the policy",
}
_WHY = {
    "word": "may be an ordinary word here",
    "letter": "a single letter: may be no name, or somebody else's",
    "surname": "a given name of the cast list under another's surname",
}


def review_contents(run: Reviewed, notes: Sequence[str] = ()) -> ReviewContents:
    """The workbook's contents; its `book` hangs on all that it shows, so that the same run gives the same workbook."""
    shown = Shown(run)
    named, left = NameRows(shown), LeftRows(shown)
    contents = ReviewContents(
        case=run.case,
        book="",
        people=tuple(named.people()),
        replacements=tuple(named.replacements()),
        passages=tuple(left.passages()),
        left=tuple(left.left()),
        conflicts=tuple(left.conflicts()),
        notes=tuple(notes),
    )
    return replace(contents, book=run.ids.of("book", repr(contents)))


class NameRows:
    """Makes the rows of people and of replacements."""

    def __init__(self, shown: Shown) -> None:
        """Hold the run as rows show it."""
        self._shown = shown

    def people(self) -> Iterator[PersonRow]:
        """A row for everyone, those who wait for a decision first."""
        by_person: dict[str, list[FormRow]] = defaultdict(list)
        for row in self._shown.decided.rows:
            whose = self._shown.decided.forms.given.get(row.mentions[0]) or (row.person if row.kind == "PERSON" else None)
            if whose:
                by_person[whose].append(row)
        for person, into in self._shown.decided.persons.merged.items():
            by_person[into] += by_person[person]
        made = [self._person(each, by_person.get(each.id, [])) for each in self._shown.decided.people]
        yield from sorted(made, key=lambda row: not row.is_open)

    def _person(self, person: Person, rows: Sequence[FormRow]) -> PersonRow:
        thing = self._shown.ids.person(person.id)
        found: Counter[str] = Counter()
        for row in rows:
            found[row.form] += len(row.mentions)
        listed = [(form, 0) for form in (person.name, *person.also_known_as) if form not in found]
        known_from = "cast list" if person.in_cast else "split off" if person.id.startswith("S-") else "the texts"
        return PersonRow(
            label=self._shown.labels[thing],
            pseudonym=self._shown.called(person.id),
            name=person.name,
            role=person.role,
            kind=person.kind,
            agency=person.agency,
            known_from=known_from,
            forms=(*found.most_common(), *listed),
            examples=tuple(self._shown.example(row.mentions[0]) for row in rows[:_EXAMPLES]),
            now=self._now(person),
            is_open=known_from == "the texts" and thing not in self._shown.decided.counting,
            said=self._shown.said(thing),
            keys=self._shown.keys(thing, self._shown.decided.known.basis(person)),
        )

    def _now(self, person: Person) -> str:
        if self._shown.ids.person(person.id) in self._shown.in_conflict:
            return f"in conflict: see the sheet {words.CONFLICTS}"
        on = self._shown.decided.persons
        if person.id in on.merged:
            return f"merged into {self._shown.called(person.id) or self._shown.people[on.merged[person.id]].name}"
        return "public: left in" if person.id in on.public else "no person: left in" if person.id in on.nobody else ""

    def replacements(self) -> Iterator[ReplacementRow]:
        """A row for each form that is replaced or was decided on, those that wait first; then what the policy alone changed."""
        made = [row for each in self._shown.decided.rows if (row := self._replacement(each))]
        yield from sorted(made, key=lambda row: (not row.is_open, row.kind != "person", row.kind, not row.becomes, row.whose, -row.count))
        yield from sorted(self._by_policy(), key=lambda row: (row.kind, row.form))

    def _replacement(self, row: FormRow) -> ReplacementRow | None:
        becomes = dict.fromkeys(words for at in row.mentions if (words := self._becomes(at)) is not None)
        said, counting = self._shown.said(row.thing), self._shown.decided.counting.get(row.thing)
        if not becomes and not said.verdict and row.kind != LEFT_IN:
            return None
        whose = self._shown.people.get(self._shown.decided.forms.given.get(row.mentions[0]) or row.person or "")
        doubt = self._doubt(row)
        person = self._shown.people.get(row.person or "")
        return ReplacementRow(
            kind=_kind("PERSON" if row.kind == LEFT_IN else row.kind),
            form=row.form,
            becomes=tuple(becomes),
            whose=self._shown.label(whose) if whose else "",
            doubt=doubt,
            found_by=", ".join(dict.fromkeys(_FOUND_BY.get(m.found_by, m.found_by) for m in map(self._shown.mention, row.mentions))),
            count=len(row.mentions),
            examples=tuple(self._shown.example(at) for at in row.mentions[:_EXAMPLES]),
            is_open=bool(doubt) and counting is None,
            said=said,
            keys=self._shown.keys(row.thing, form_basis(row, person, self._shown.decided.known, self._shown.ids)),
        )

    def _becomes(self, at: int) -> str | None:
        mention = self._shown.mention(at)
        changes = self._shown.changes.get(mention.text_id, ())
        return next((each.replacement for each in changes if each.start < mention.end and mention.start < each.end), None)

    def _doubt(self, row: FormRow) -> str:
        if row.kind == LEFT_IN:
            return "may be a name or an ordinary word; left in until you decide"
        if row.kind != "PERSON":
            return ""
        if row.person is None:
            return "names somebody, but nobody here fits"
        spans = {(self._shown.mention(at).text_id, self._shown.mention(at).start) for at in row.mentions}
        others = dict.fromkeys(
            each for doubt in self._shown.decided.recognition.doubts if (doubt.text_id, doubt.start) in spans for each in doubt.candidates
        )
        # somebody who is named nowhere else is nobody of the review's people
        fits = [self._shown.called(each) or self._shown.people[each].name for each in others if each in self._shown.people]
        return "; ".join(part for part in (_WHY.get(row.why, ""), f"fits {' and '.join(fits)}" if len(fits) > 1 else "") if part)

    def _by_policy(self) -> Iterator[ReplacementRow]:
        starts = {(each.text_id, each.start) for each in self._shown.decided.recognition.mentions}
        grouped: dict[tuple[str, str, str], list[Replacement]] = defaultdict(list)
        for each in self._shown.run.hidden.replacements:
            if (each.text_id, each.start) not in starts and each.text_id in self._shown.texts and each.kind in _BY_POLICY:
                grouped[each.kind, " ".join(each.text.split()), each.replacement].append(each)
        for (kind, form, becomes), changes in grouped.items():
            yield ReplacementRow(
                kind=_kind(kind), form=form, becomes=(becomes,), whose="", doubt="", found_by=_FOUND_BY["policy"], count=len(changes),
                examples=tuple(self._shown.at(each.text_id, each.start, each.end) for each in changes[:_EXAMPLES]),
                is_open=False, said=Said(), keys=None,
            )  # fmt: skip


def _kind(kind: str) -> str:
    return kind.replace("_", " ").lower()
