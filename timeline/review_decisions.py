"""What board staff decide in the review of the anonymisation: on people, on what is replaced, on words left in, on queued passages."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

About = Literal["person", "form", "word", "passage"]
ABOUT: tuple[About, ...] = get_args(About)
UNDO = "undo"
VERDICTS: Mapping[About, tuple[str, ...]] = {
    "person": ("confirm", "merge", "split", "rename", "public", "no-person", UNDO),
    "form": ("hide", "keep", "belongs", UNDO),
    "word": ("hide", "keep", "belongs", UNDO),
    "passage": ("hide", "keep", "replace", UNDO),
}
NEW_PERSON = "new"  # whom a form may belong to, beside the people who are known
_ID_BYTES = 8
_SHORT = 12  # characters of a key that is kept beside others


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One row of the review workbook, as somebody filled it in.

    `thing` is the row's id, `whom` the id of the person that the verdict names, `words` a pseudonym, what stands for a passage, or the
    word that is hidden. `on` is the day that was given, `read` when the workbook was read. `basis` and `whom_basis` tell by keyed hashes
    what the rows held; `follows` is the line on this thing that whoever decided had before them, "" where there was none; `book` the
    workbook. `unclear` says why it cannot be taken as it stands, "" where it can. `line` is its place in the log, "" before it is written.
    """

    about: About
    thing: str
    verdict: str
    by: str
    read: datetime
    whom: str = ""
    words: str = ""
    on: date | None = None
    why: str = ""
    basis: tuple[str, ...] = ()
    whom_basis: tuple[str, ...] = ()
    follows: str = ""
    book: str = ""
    unclear: str = ""
    line: str = ""

    def __post_init__(self) -> None:
        if self.about not in ABOUT:
            raise ValueError(f"a decision is about one of {', '.join(ABOUT)}")
        if self.verdict not in VERDICTS[self.about] and not self.unclear:
            raise ValueError(f"a decision on a {self.about} is one of {', '.join(VERDICTS[self.about])}")
        if self.read.tzinfo is None:
            raise ValueError("the time at which a decision was read has a time zone")

    @property
    def said(self) -> tuple[object, ...]:
        """What whoever decided wrote into the row."""
        return self.verdict, self.whom, self.words, self.by, self.on, self.why

    @property
    def meant(self) -> tuple[str, str, str]:
        """What is decided, whoever says it."""
        return self.verdict, self.whom, self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Decisions that are not applied as they stand, on one thing, and why, in a sentence without a name.

    `is_open` says whether somebody must do something; one on a row that is gone is told and waits for nobody.
    """

    about: About
    thing: str
    decisions: tuple[ReviewDecision, ...]
    why: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class ReviewIds:
    """The ids of what is decided on: keyed hashes with the review's own secret, the same on every run, from which no name can be read."""

    secret: bytes

    def of(self, *parts: str) -> str:
        """The id of whatever these parts tell apart."""
        said = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(said, key=self.secret[:64], digest_size=_ID_BYTES).hexdigest()

    def person(self, person: str) -> str:
        """The id of a person's row."""
        return self.of("person", person)

    def form(self, kind: str, person: str | None, form: str) -> str:
        """The id of the row of one written form of one person or thing."""
        return self.of("form", kind, self.person(person) if person else "", form)

    def form_of(self, person: str, form: str) -> str:
        """The id of the row of a form of the person whose row has this id."""
        return self.of("form", "PERSON", person, form)

    def written(self, kind: str, form: str) -> str:
        """A form's own key, whoever it stands for."""
        return self.of("written", kind, form)[:_SHORT]

    def name(self, form: str) -> str:
        """The key of a name in plain letters, by which somebody is found again."""
        return self.of("name", form)[:_SHORT]

    def word(self, form: str) -> str:
        """The id of the row of a word that was left in."""
        return self.of("word", form)


@dataclass(frozen=True, slots=True, kw_only=True)
class InEffect:
    """What counts: the decision on each thing, what cannot be taken as it stands, and the last thing said on each row (counting or not)."""

    decisions: Mapping[str, ReviewDecision]
    conflicts: tuple[Conflict, ...]
    last: Mapping[str, ReviewDecision]


CONTESTED = (
    "Two decisions on this were taken without sight of each other, and they differ. Neither counts until one more is taken on its row."
)


def in_effect(decisions: Iterable[ReviewDecision]) -> InEffect:
    """The decision that counts for each thing, out of all that were ever taken, in the order of the log.

    One that follows the last word on its thing takes its place. One that was taken without sight of it and says something else contests
    it: then none counts until a further one, which has seen both, is taken. One that is unclear changes nothing, and waits.
    """
    by_thing: dict[str, list[ReviewDecision]] = {}
    for each in decisions:
        by_thing.setdefault(each.thing, []).append(each)
    counting: dict[str, ReviewDecision] = {}
    conflicts: list[Conflict] = []
    for thing, said in by_thing.items():
        heads, waiting = _heads(said)
        if len(heads) == 1 and heads[0].verdict != UNDO:
            counting[thing] = heads[0]
        if len(heads) > 1:
            conflicts.append(Conflict(about=said[-1].about, thing=thing, decisions=tuple(heads), why=CONTESTED))
        conflicts += [Conflict(about=each.about, thing=thing, decisions=(each,), why=each.unclear) for each in waiting]
    return InEffect(decisions=counting, conflicts=tuple(conflicts), last={thing: said[-1] for thing, said in by_thing.items()})


def _heads(said: Sequence[ReviewDecision]) -> tuple[list[ReviewDecision], list[ReviewDecision]]:
    """The decisions on one thing that none has taken the place of, and what is unclear and came last."""
    heads: list[ReviewDecision] = []
    waiting: list[ReviewDecision] = []
    last = ""
    for each in said:
        seen = each.follows == last
        if each.unclear:
            waiting = [each] if seen else [*waiting, each]
        elif seen:
            heads, waiting = [each], []
        elif all(each.meant != head.meant for head in heads):
            heads.append(each)
        last = each.line
    return heads, waiting
