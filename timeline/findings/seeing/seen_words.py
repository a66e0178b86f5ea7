"""What the words of a row tell of who was seen: each phrase of rules/cues/seen.toml with whom it is about and how it is known."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence
from timeline.findings.seeing.references import Reference, meant
from timeline.wording.cues import Cue
from timeline.wording.words import quoted

# what a row tells stands in these columns; an author's comment or the worker's own column tells nothing of who was seen
_TELLING = frozenset({"event", "action", "contact_type", "voice", "child_seen", "rationale", "shared_with", ""})
_KIND = frozenset({"contact_type", "source"})
_SEEING = frozenset(f"seen.{name}" for name in ("saw", "handled", "brought", "was_seen", "came", "state", "examined", "care", "spoke"))
_SURE = frozenset(
    {"seen.saw", "seen.handled", "seen.brought", "seen.was_seen", "seen.came", "seen.care"}
)  # in so many words, not by the look
_OBJECT_AFTER = frozenset({"seen.saw", "seen.handled", "seen.brought"})  # "saw the child"
_WORKERS_TOO = frozenset({"seen.came", "seen.state", "seen.spoke"})  # "police attended", "officer said"
_NAMED_ONLY = frozenset({"seen.handled", "seen.spoke"})  # "changed", "said": nobody is meant where nobody is named
_AT_MEETINGS = frozenset({"seen.was_seen", "seen.came"})
_DISTANT = frozenset({"seen.remote", "seen.paper"})
_GATHERINGS = frozenset(f"kinds.{kind}" for kind in ("strategy-discussion", "conference", "core-group", "marac", "professionals-meeting"))
_TOLD = _SEEING | {"seen.not_seen", "seen.elsewhere", "seen.died"}
_READ = _TOLD | _DISTANT | {"seen.went"}
_OPENINGS = _DISTANT | _GATHERINGS
_ARTICLES = frozenset({"the", "a", "both", "all", "his", "her", "their"})
_OPENING_WORDS = 4  # a call, letter or meeting that a cell begins with is what the whole row tells of
_FIGURES_ON = re.compile(r"[ -]?\d")

How = Literal["seen", "not seen", "elsewhere", "heard", "died"]


class Statement(NamedTuple):
    """One phrase: characters start to end (exclusive) of the row's text; `people` the subjects it is about.

    `how`: seen, not seen, elsewhere, heard of, or died; `explicit`: the person is named with it; `sure`: said in so many words.
    """

    how: How
    people: frozenset[str]
    explicit: bool
    sure: bool
    start: int
    end: int


class _Cell(NamedTuple):
    """One cell of a row: who is meant where in it, its cues, and the subjects it is about where nobody is named; `by_column` says so.

    `openings` are the cues that say that the row is a call, letter or meeting, `distant` all that tell of a call or letter, `went` those of a visit.
    """

    account: Account
    meaning: str
    refs: Sequence[Reference]
    cues: Sequence[Cue]
    about: frozenset[str]
    by_column: bool
    openings: Sequence[Cue]
    distant: Sequence[Cue]
    went: Sequence[Cue]


def tells(account: Account) -> bool:
    """Whether any words of the row could tell of a sighting at all."""
    return account.holds(*_TOLD)


def statements(evidence: Evidence, account: Account) -> tuple[Statement, ...]:
    """Every phrase of the row that tells of a subject being seen or not, read once for all findings."""
    return evidence.once(_statements, account) if tells(account) else ()


def _statements(evidence: Evidence, account: Account) -> tuple[Statement, ...]:
    void = [(cue.start, cue.end) for cue in account.cued("seen.earlier")]
    void += quoted(account.event.text)
    telling = [
        cue
        for cue in account.cued(*_TOLD)
        if not (cue.planned or cue.denied or (cue.hearsay and cue.name == "seen.died"))
        and not any(start < cue.end and cue.start < end for start, end in void)
    ]
    return tuple(_read(account, telling, *meant(evidence, account))) if telling else ()


def _read(account: Account, telling: Sequence[Cue], about: frozenset[str], refs: Sequence[Reference]) -> Iterator[Statement]:
    """What the cues that tell anything say, cell by cell."""
    by_column = any(cell.meaning == "people_involved" for cell in account.event.cells)
    read = account.cued(*_READ)
    openings = tuple(openings_of(account, _OPENINGS))
    for cell in account.event.cells:
        if cell.meaning not in _TELLING:
            continue
        told = [cue for cue in telling if cell.start <= cue.start < cell.end]
        if not told:
            continue
        cues = [cue for cue in read if cell.start <= cue.start < cell.end]
        inside = [ref for ref in refs if cell.start <= ref.start < cell.end]
        distant = [cue for cue in cues if cue.name in _DISTANT and not _in_a_number(account, cue)]
        here = _Cell(account, cell.meaning, inside, cues, about, by_column, openings, distant, _visits(cell.meaning, cues, distant))
        for cue in told:
            yield from _told(here, cue)


def openings_of(account: Account, names: frozenset[str]) -> Iterator[Cue]:
    """The cues of these lists that say what the row is: a cell begins with them, or they stand in the column for the kind of contact."""
    for each in account.cued(*names):
        if each.denied or each.planned or _in_a_number(account, each):
            continue
        home = next((cell for cell in account.event.cells if cell.start <= each.start < cell.end), None)
        if home and (
            home.meaning in _KIND or (home.meaning in _TELLING and _words_between(account, home.start, each.start) <= _OPENING_WORDS)
        ):
            yield each


def _in_a_number(account: Account, cue: Cue) -> bool:
    """Whether the figures of a cue are part of a longer number: "999 704 1186" is no call."""
    text = account.event.text
    return text[cue.start : cue.end].isdigit() and bool(_FIGURES_ON.match(text, cue.end) or text[: cue.start].rstrip(" -")[-1:].isdigit())


def asks_in_vain(account: Account, column: str = "child_seen") -> bool:
    """Whether the row's words, outside the column for it, tell of a visit or of somebody who did not come, and not of a call or letter."""
    said = (cue for cue in account.cued("seen.went", "seen.not_seen") if cue.plain and account.meaning_at(cue.start) != column)
    return any(said) and not any(openings_of(account, _OPENINGS))


def _told(cell: _Cell, cue: Cue) -> Iterator[Statement]:
    against = cue.name in ("seen.not_seen", "seen.elsewhere")
    people, explicit = _target(cell, cue)
    if not people or (cue.name in _NAMED_ONLY and not explicit):
        return
    if cue.name == "seen.elsewhere" and not (explicit and any(each.name == "seen.went" and each.plain for each in cell.cues)):
        return
    how: How = "seen"
    if cue.name == "seen.died":
        how = "died"
    elif against:
        how = "not seen" if cue.name == "seen.not_seen" else "elsewhere"
    elif _heard(cell, cue, explicit=explicit):
        how = "heard"
    yield Statement(how, people, explicit, explicit if how == "died" or against else cue.name in _SURE, cue.start, cue.end)


def _target(cell: _Cell, cue: Cue) -> tuple[frozenset[str], bool]:
    """The subjects that a cue is about, and whether they are named with it; nobody where it is about somebody else."""
    clause = [ref for ref in cell.refs if ref.clause == cue.clause and not ref.owner and not ref.by]
    left = [ref for ref in clause if ref.end <= cue.start]
    right = [ref for ref in clause if ref.start >= cue.end]
    companions = frozenset(person for ref in right if ref.companion for person in ref.people)
    nearest = _nearest(cell, cue, left, right)
    if nearest:
        group = [ref for ref in clause if ref.group == nearest.group]
        return frozenset(person for ref in group for person in ref.people) | companions, True
    return (companions, True) if companions else (_topic(cell, cue), False)


def _nearest(cell: _Cell, cue: Cue, left: Sequence[Reference], right: Sequence[Reference]) -> Reference | None:
    """Whom a cue is about: who comes after it where it asks for an object, else who comes before; a worker where a worker did it."""
    takes_with = cell.account.event.text[cue.start : cue.end].casefold().endswith("with")  # "spoke with mother": no companion
    after = next((ref for ref in right if takes_with or not ref.companion), None)
    family = [ref for ref in left if not ref.worker]
    if cue.name in _OBJECT_AFTER:
        if after and after.worker and cue.name != "seen.saw":
            after = None  # "conveyed to ED"
        return after or (family[-1] if family else None)
    if cue.name in _WORKERS_TOO and left and (not family or _words_between(cell.account, left[-1].end, cue.start) == 0):
        return left[-1]
    if family:
        return family[-1]
    beside = after and not after.worker and _ARTICLES.issuperset(_between(cell.account, cue.end, after.start))
    return after if beside and cue.name != "seen.spoke" else None


def _topic(cell: _Cell, cue: Cue) -> frozenset[str]:
    """Whom the cell spoke of before the cue: its subjects where it named any, nobody where it named others alone, else whom the row is about."""
    if cell.by_column:
        return cell.about
    before = [ref for ref in cell.refs if ref.end <= cue.start and not ref.worker]
    if subjects := [ref for ref in before if ref.people]:
        return subjects[-1].people
    return frozenset() if any(not (ref.by or ref.owner or ref.companion) for ref in before) else cell.about


def _heard(cell: _Cell, cue: Cue, *, explicit: bool) -> bool:
    """Whether a cue is told by somebody else, by call, letter or screen, in a meeting, or of a day before the row's."""
    if (cue.hearsay and (cue.name != "seen.spoke" or _told_by_another(cell, cue))) or _before_the_row(cell.account, cue):
        return True
    meeting = any(each.name in _GATHERINGS and each.start < cue.start for each in cell.openings)
    return (meeting and not (explicit and cue.name in _AT_MEETINGS)) or _at_a_distance(cell, cue)


def _told_by_another(cell: _Cell, cue: Cue) -> bool:
    """Whether somebody else speaks of what the person says: "his son says that he wants no visits"."""
    return any(ref.clause == cue.clause and ref.end <= cue.start and not (ref.people or ref.worker or ref.owner) for ref in cell.refs)


def _at_a_distance(cell: _Cell, cue: Cue) -> bool:
    """Whether a cue is told by telephone, letter or screen: in its own words, or because the row begins so and nobody went there since."""
    opened = any(each.name in _DISTANT and each.start < cue.start for each in cell.openings)
    here = any(_governs(each, cue) for each in cell.distant if not each.denied and not each.planned)
    if not (opened or here):
        return False
    if here and not any(each.sentence == cue.sentence for each in cell.went):
        return True
    return opened and not any(each.start <= cue.start or each.sentence == cue.sentence for each in cell.went)


def _visits(meaning: str, cues: Sequence[Cue], distant: Sequence[Cue]) -> Sequence[Cue]:
    """The cues of a cell that tell of a visit; in the action column a visit is what is to come of a call."""
    called = {each.end for each in distant}
    went = (each for each in cues if each.name == "seen.went" and each.plain and each.start - 1 not in called)  # "virtual visit"
    return [] if meaning == "action" else [*went]


def _governs(how: Cue, cue: Cue) -> bool:
    """Whether words for a call or letter are about a cue: in its clause, or before it in its sentence."""
    return how.clause == cue.clause or (how.sentence == cue.sentence and how.end <= cue.start)


def _before_the_row(account: Account, cue: Cue) -> bool:
    """Whether the words beside a cue put it before the row's own day: "had collected the children", "seen on 3/4"."""
    words = account.words
    first = bisect_left(account.starts, cue.start)
    after = bisect_left(account.starts, cue.end, lo=first)
    if after + 1 < len(words) and words[after].text == "on" and words[after + 1].text.isdigit():
        return True
    before = [word.text for word in words[max(0, first - 2) : first] if word.clause == cue.clause]
    return before[-1:] == ["had"] or before in (["had", "been"], ["has", "been"], ["have", "been"])


def _between(account: Account, start: int, end: int) -> list[str]:
    return [word.text for word in account.words[bisect_left(account.starts, start) : bisect_left(account.starts, end)]]


def _words_between(account: Account, start: int, end: int) -> int:
    return bisect_left(account.starts, end) - bisect_left(account.starts, start)
