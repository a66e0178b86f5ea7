"""What was met while a row or paragraph was read: what a person should know of it, and every span that is listed apart for review."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.model import Aside, Mark, tidy
from extractors.signs import between_signs, has_signs, point, settled, unsigned
from timeline.marked import KEPT, MarkKind

ROW_DELETED = "deleted under tracked changes"


@dataclass(slots=True)
class Marks:
    """Counts for the problems of one row or paragraph, further sentences about it (`told`), and the texts that are listed apart."""

    inserted: int = 0
    deleted: int = 0
    struck: int = 0
    hidden: int = 0
    pictures: int = 0
    comments: int = 0
    notes: int = 0
    links: int = 0
    shapes: int = 0
    told: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    growing: dict[int, list[str]] = field(default_factory=dict)

    def insert(self, text: str, reason: str = "inserted under tracked changes, kept in the text") -> str:
        """A span that was inserted under tracked changes: it stays, and is listed. Gives the text between signs (`extractors.signs`)."""
        return self._span("inserted", "inserted", text, reason)

    def insert_row(self, text: str) -> None:
        """A row that was inserted under tracked changes and says this: it stays, and is listed."""
        self.insert(text)
        aside = self.asides[-1]
        self.asides[-1] = replace(aside, mark=aside.mark and replace(aside.mark, of_row=True))

    def move_here(self, text: str) -> str:
        """A span that was moved to this place under tracked changes: as an insertion."""
        return self._span("inserted", "moved-here", text, "moved here under tracked changes, kept in the text")

    def delete(self, text: str, reason: str = "deleted under tracked changes, dropped from the text") -> str:
        """A span that was deleted under tracked changes: it goes, and is listed. Gives the sign of the place where it stood."""
        return self._span("deleted", "deleted", text, reason)

    def move_away(self, text: str) -> str:
        """A span that was moved from this place under tracked changes: as a deletion."""
        return self._span("deleted", "moved-away", text, "moved away under tracked changes, dropped from the text")

    def strike(self, text: str) -> str:
        """A span that is struck through: it stays, and is listed. Gives the text between signs."""
        return self._span("struck", "struck", text, "struck through, kept in the text")

    def hide(self, text: str, reason: str = "hidden text, left out of the row") -> str:
        """A span that the program does not show: it goes, and is listed. Gives the sign of the place where it stood."""
        return self._span("hidden", "hidden", text, reason)

    def lengthen(self, text: str) -> str:
        """The last span that was listed goes on with this text. Gives the text between signs, or nothing of one that goes."""
        number, aside = len(self.asides) - 1, self.asides[-1]
        if aside.mark is None:
            return text
        self.growing.setdefault(number, [aside.mark.words]).append(unsigned(text))
        return between_signs(text, number) if aside.mark.kind in KEPT else ""

    def settle(self, text: str) -> str:
        """The text of a whole cell or paragraph, tidied and without its signs; each span that they tell of now knows its place in it."""
        self._join_what_grew()
        if not has_signs(text):
            return tidy(text)
        clean, spans = settled(text)
        for number, (start, end) in spans.items():
            aside = self.asides[number] if number < len(self.asides) else None
            if aside is not None and aside.mark is not None:
                words = clean[start:end] if aside.mark.kind in KEPT else aside.mark.words
                placed = replace(aside.mark, words=words, within=clean, start=start, end=end if aside.mark.kind in KEPT else start)
                self.asides[number] = replace(aside, mark=placed)
        return clean

    def _join_what_grew(self) -> None:
        """Puts together the spans that came in many pieces, once for all of them."""
        for number, pieces in self.growing.items():
            aside, words = self.asides[number], "".join(pieces)
            self.asides[number] = Aside(tidy(words), aside.reason, aside.mark and replace(aside.mark, words=words))
        self.growing.clear()

    def take_dropped(self, inner: "Marks") -> None:
        """Lists the deletions inside a text that is itself dropped or listed apart."""
        for aside in inner.asides:
            if aside.mark is not None and aside.mark.kind in ("deleted", "moved-away"):
                self.deleted += 1
                self.asides.append(replace(aside, mark=replace(aside.mark, within="")))

    def comment(self, text: str) -> None:
        """A comment on a part of the row or paragraph."""
        self._mark("comments", text, "a comment, kept apart from the text")

    def note(self, text: str) -> None:
        """A footnote or endnote."""
        self._mark("notes", text, "a footnote or endnote, kept apart from the text")

    def link(self, target: str) -> None:
        """The address that a link leads to; it is never followed."""
        self._mark("links", target, "the address that a link leads to; it was not followed")

    def drawn(self, text: str) -> None:
        """The words of a shape that is drawn over a sheet, by the row on which it begins."""
        self._mark("shapes", text, "the words of a shape drawn over the sheet, kept apart from the rows")

    def _span(self, count: str, kind: MarkKind, text: str, reason: str) -> str:
        listed = tidy(text)
        if not listed:
            return text if kind in KEPT else ""
        setattr(self, count, getattr(self, count) + 1)
        self.asides.append(Aside(listed, reason, Mark(kind, unsigned(text))))
        number = len(self.asides) - 1
        return between_signs(text, number) if kind in KEPT else point(number)

    def _mark(self, kind: str, text: str, reason: str) -> None:
        if text:
            setattr(self, kind, getattr(self, kind) + 1)
            self.asides.append(Aside(text, reason))

    def problems(self, what: str) -> tuple[str, ...]:
        """Plain sentences about the row or paragraph (`what`), without quoting it."""
        counted = (
            (self.inserted, "tracked insertion", f"taken into this {what}"),
            (self.deleted, "tracked deletion", f"dropped from this {what}"),
            (self.hidden, "hidden passage", f"left out of this {what}"),
            (self.struck, "struck-through passage", f"kept in this {what}"),
            (self.comments, "comment", f"kept apart from this {what}"),
            (self.notes, "footnote or endnote", f"kept apart from this {what}"),
            (self.pictures, "picture", f"not read in this {what}"),
            (self.shapes, "drawn text", f"kept apart from this {what}"),
            (self.links, "link", f"not followed; its address is kept apart from this {what}"),
        )
        sentences = (f"{count} {name}{'s were' if count > 1 else ' was'} {done}" for count, name, done in counted if count)
        return (*sentences, *dict.fromkeys(self.told))


def told_apart(asides: Sequence[Aside], boxes: Sequence[int], texts: Sequence[str], *, is_row: bool) -> tuple[Aside, ...]:
    """The asides of a row, whose changes now know how many later cells say the same as their own.

    `boxes` are the cells that they were met in, `texts` what the row's cells say; `is_row` says that the row itself was inserted or deleted.
    """
    found = []
    for aside, box in zip(asides, boxes, strict=True):
        mark = aside.mark
        if mark is not None:
            again = texts[box + 1 :].count(mark.within) if mark.within else 0
            mark = replace(mark, again=again, of_row=is_row and mark.kind in ("inserted", "moved-here", "deleted", "moved-away"))
        found.append(replace(aside, mark=mark))
    return tuple(found)
