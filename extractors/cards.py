"""Events told as cards: headings in the first column, what they say beside them; one card for each event, in one table or in many."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.columns import NARRATIVE, Columns, columns_from
from extractors.date_boxes import holds_date
from extractors.headings import LONGEST_HEADING, NOT_A_CHRONOLOGY, words_of
from extractors.model import Aside, Box, Row, Table
from extractors.phrases import is_guidance
from extractors.reading import Reading
from extractors.sections import Section, is_headed

_ABOUT_THE_FILE = re.compile(r"report|chronology|complet|submi|prepar|version|return|review|document|request|\bto$|\buntil\b", re.I)
_NUMBERS = re.compile(r"\d+")
_ABOVE = "a title, number or note between the cards of events"
_WIDEST = 8
_TRIED = 60
_MOST_LABELS = 40

Words = tuple[str, ...]


@dataclass(slots=True)
class _Card:
    """One event's card while it is read: its values by label, the labels as written, and the rows that it takes."""

    rows: list[Row] = field(default_factory=list)
    values: dict[Words, list[Box]] = field(default_factory=dict)
    labels: dict[Words, str] = field(default_factory=dict)


def cards_in(tables: Mapping[int, Table], reading: Reading) -> dict[int, tuple[Section, ...]]:
    """For each table (by its key) that tells events as cards, its sections: a row for each card, under columns that all the cards share.

    A table that is plainly none by itself (its date left blank, or no date) is one where it has the labels of the others.
    """
    stacks = {key: stack for key, table in tables.items() if (stack := _read(table, reading)).cards}
    sure = {key: stack for key, stack in stacks.items() if not is_headed(tables[key], reading) and _are_events(stack, reading)}
    labels: dict[Words, str] = {}
    for stack in sure.values():
        for card in stack.cards:
            labels = {**card.labels, **labels}
    read = {key: stack for key, stack in stacks.items() if key in sure or all(_is_alike(card, labels, reading) for card in stack.cards)}
    for stack in read.values():
        for card in stack.cards:
            labels = {**card.labels, **labels} if sure else {}
    order = list(labels)
    rows = {key: tuple(_as_row(card, order, reading) for card in stack.cards) for key, stack in read.items()}
    columns = columns_from([labels[label] for label in order], [row for each in rows.values() for row in each], reading) if sure else None
    if columns is None:
        return {}
    return {key: _sections(rows[key], stack.others, columns, is_first=key == min(read)) for key, stack in read.items()}


def _sections(rows: Sequence[Row], others: Sequence[Row], columns: Columns, *, is_first: bool) -> tuple[Section, ...]:
    """The cards, each a section of its own so that none takes its date from another, and the rows between them."""
    events = [Section("events", (row,), columns=columns, continues=not (is_first and row is rows[0]), is_card=True) for row in rows]
    aside = [Section("ignored", (row,), reason=_ABOVE) for row in others]
    return tuple(sorted((*events, *aside), key=lambda each: each.rows[0].number))


def _are_events(stack: "_Stack", reading: Reading) -> bool:
    """Whether the cards tell events: half of them a date and what happened, half of their labels known."""
    known = [reading.meaning(label) for card in stack.cards for label in card.labels.values()]
    told = sum(_tells_an_event(card, reading) for card in stack.cards)
    return told > 0 and 2 * told >= len(stack.cards) and 2 * sum(map(bool, known)) >= len(known) and NOT_A_CHRONOLOGY not in known


def _is_alike(card: _Card, labels: Mapping[Words, str], reading: Reading) -> bool:
    shared = sum(key in labels for key in card.labels)
    has_date = any(reading.meaning(label) == "date" for label in card.labels.values())
    return has_date and shared > 1 and 4 * shared >= 3 * len(card.labels)


def _tells_an_event(card: _Card, reading: Reading) -> bool:
    meanings = {reading.meaning(label): values for key, label in card.labels.items() if (values := card.values[key])}
    dates = [
        box
        for key, label in card.labels.items()
        if reading.meaning(label) == "date" and not _ABOUT_THE_FILE.search(label)
        for box in card.values[key]
    ]
    return any(map(holds_date, dates)) and any(meaning in NARRATIVE for meaning in meanings)


def _read(table: Table, reading: Reading) -> "_Stack":
    stack = _Stack(reading)
    for row in table.rows:
        if row.gone or row.is_blank or not stack.takes(row, [box for box in row.boxes if not box.covered]):
            stack.others.append(row)
        if len(stack.others) > _TRIED + 3 * len(stack.cards) or (stack.cards and len(stack.cards[-1].labels) > _MOST_LABELS):
            return _Stack(reading)  # a table of rows, not of cards
    return stack


@dataclass(slots=True)
class _Stack:
    """Where the reading of a table of cards stands: `opening` is the label that every card begins with, `last` the one that a row without
    a label goes on with, `head` one that stood across the whole row and whose text follows below.
    """

    reading: Reading
    cards: list[_Card] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    opening: Words | None = None
    last: Words | None = None
    head: Words | None = None

    def takes(self, row: Row, cells: Sequence[Box]) -> bool:
        """Whether the row belongs to a card; it is added to it."""
        if len(cells) > _WIDEST:
            return False
        if len(cells) == 1 and self.cards:
            return self._takes_across(row, cells[0])
        pairs = _pairs(cells, self.reading)
        if pairs is None:
            filled = [box for box in cells if box.text]
            goes_on = bool(self.cards) and self.last is not None and not cells[0].text and len(filled) == 1
            if goes_on and self.last is not None:
                self._add(row, self.last, filled[0])
            return goes_on
        keys = [_key(label) for label, _ in pairs]
        self.opening = self.opening or keys[0]
        if not self.cards or keys[0] == self.opening or set(keys) & _dates(self.cards[-1], self.reading):
            self.cards.append(_Card())
        for key, (label, box) in zip(keys, pairs, strict=True):
            self.cards[-1].labels.setdefault(key, label)
            self._add(row, key, box)
        self.last, self.head = keys[-1], None
        return True

    def _takes_across(self, row: Row, box: Box) -> bool:
        if self.head is not None:
            self._add(row, self.head, box)
            self.head = None
            return True
        if self.reading.meaning(box.text) is None or holds_date(box):
            return False
        self.head = _key(box.text)
        self.cards[-1].labels.setdefault(self.head, box.text)
        self._add(row, self.head, Box())
        return True

    def _add(self, row: Row, key: Words, box: Box) -> None:
        card = self.cards[-1]
        if row not in card.rows[-1:]:
            card.rows.append(row)
        card.values.setdefault(key, []).extend([box] if box.text else [])


def _dates(card: _Card, reading: Reading) -> set[Words]:
    return {key for key, label in card.labels.items() if reading.meaning(label) == "date" and card.values[key]}


def _key(label: str) -> Words:
    """A label as it is compared, without the numbers that an author may have given ("Event 3")."""
    return words_of(_NUMBERS.sub(" ", label), keep_all=True) or words_of(label, keep_all=True)


def _pairs(cells: Sequence[Box], reading: Reading) -> list[tuple[str, Box]] | None:
    """Label and value, by twos; None where the row is not made of such pairs."""
    if len(cells) < 2 or len(cells) % 2 or not cells[0].text:
        return None
    pairs = [(label, value) for label, value in zip(cells[::2], cells[1::2], strict=True) if label.text or value.text]
    if any(_is_no_label(label) for label, _ in pairs):
        return None
    return (
        [(label.text, value) for label, value in pairs]
        if len(pairs) == 1 or all(reading.meaning(label.text) for label, _ in pairs)
        else None
    )


def _is_no_label(box: Box) -> bool:
    return not box.text or len(box.text) > LONGEST_HEADING or is_guidance(box.text) or holds_date(box)


def _as_row(card: _Card, order: Sequence[Words], reading: Reading) -> Row:
    """The card as one row in the shared order of columns, at the place of its date."""
    dates = {key for key, label in card.labels.items() if reading.meaning(label) == "date"}
    at = next((row for row in card.rows if any(box.text and _key(box.text) in dates for box in row.boxes)), card.rows[0])
    boxes = []
    for key in order:
        values = card.values.get(key, [])
        boxes.append(values[0] if len(values) == 1 else Box("\n".join(box.text for box in values)))
    problems = tuple(dict.fromkeys(problem for row in card.rows for problem in row.problems))
    asides: tuple[Aside, ...] = tuple(aside for row in card.rows for aside in row.asides)
    return replace(at, boxes=tuple(boxes), problems=problems, asides=asides)
