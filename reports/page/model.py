"""What the page shows: rows, the questions that rest on them, and marks on the lanes; the same for real names and for pseudonyms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A row of the timeline. `anchor` is its place in the page; `left` and `width` its place on the lanes in percent, None without a date.

    `cells` are (heading, text); `people` and `kinds` what filters offer; `questions` the numbers of the questions that rest on it.
    """

    anchor: str
    name: str
    group: str
    date: str
    time: str
    agency: str
    cells: tuple[tuple[str, str], ...]
    source: str = ""
    remarks: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    questions: tuple[int, ...] = ()
    left: float | None = None
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """A finding as the page asks it. `rows` are anchors and names of rows; `entry` its place among those shown first, 0 where folded away."""

    number: int
    kind: str
    text: str
    about: str
    held_against: str
    rows: tuple[tuple[str, str], ...]
    entry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch without a row, in percent of the lanes; `agency` is empty where it is a gap of all."""

    left: float
    width: float
    agency: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Rows that may tell one event: a line from the first lane to the last, in percent."""

    left: float
    agencies: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label on the axis, in percent of its length."""

    left: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page. `working` is True where it holds real names: the banner then says so in red."""

    title: str
    reference: str
    banner: str
    working: bool
    lead: str
    agencies: tuple[str, ...]
    rows: tuple[PageRow, ...]
    questions: tuple[PageQuestion, ...]
    gaps: tuple[Gap, ...]
    links: tuple[Link, ...]
    ticks: tuple[Tick, ...]
    axis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """A review as the list of reviews shows it, in words: how it stands, its agencies, what is to be done, and its runs. `waits` sets it off."""

    review: str
    stands: str
    waits: bool
    agencies: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The list of reviews: in a line how all of them stand, when that was, and a row for each."""

    summary: str
    at: str
    rows: tuple[StatusRow, ...]
