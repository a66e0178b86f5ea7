"""What was met while a row or paragraph was read: what a person should know of it, and every span that is listed apart for review."""

from dataclasses import dataclass, field

from extractors.model import Aside


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

    def insert(self, text: str) -> None:
        """A span that was inserted under tracked changes: it stays, and is listed."""
        self._mark("inserted", text, "inserted under tracked changes, kept in the text")

    def delete(self, text: str, reason: str = "deleted under tracked changes, dropped from the text") -> None:
        """A span that was deleted under tracked changes: it goes, and is listed."""
        self._mark("deleted", text, reason)

    def strike(self, text: str) -> None:
        """A span that is struck through: it stays, and is listed."""
        self._mark("struck", text, "struck through, kept in the text")

    def hide(self, text: str, reason: str = "hidden text, left out of the row") -> None:
        """A span that the program does not show: it goes, and is listed."""
        self._mark("hidden", text, reason)

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

    def lengthen(self, text: str) -> None:
        """The last span that was listed goes on: this is the whole of it."""
        self.asides[-1] = Aside(text, self.asides[-1].reason)

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
