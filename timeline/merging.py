"""Many agencies' files into one timeline: copies read once, corrected returns in place of the first, one order, lasting ids."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import combinations

from rapidfuzz import fuzz

from timeline.events import Analysis, Entry, Event
from timeline.extraction import Extraction, SetAside
from timeline.timeline import Timeline

# how alike two rows of one date must be to be one row corrected, and how many of the shorter file's rows must be so
_ALIKE_TEXT = 80
_ALIKE_SHARE = 0.6
_VERSION = re.compile(r"(?:\b|_)v(?:ersion|er)?[\s._-]*(\d+(?:\.\d+)?)(?![\d])", re.IGNORECASE)
_LATER_WORDS = ("final", "corrected", "amended", "revised", "updated", "replacement", "resubmitted")


def merge(extractions: Sequence[Extraction], secret: bytes) -> Timeline:
    """One timeline of all files; the same whatever order they come in, and merging twice is merging once.

    `secret` keys the ids (16 bytes or more, the review's own), so that an id tells nothing of its text. Rows of a file that is a copy
    of another, or that a corrected return of the same agency replaces, are set aside with that reason.
    """
    returns = _replaced(_read_once(sorted(extractions, key=lambda each: (each.source.agency, each.source.path))))
    events = _identified([entry for each in returns for entry in each.entries], secret)
    analyses = _identified_analyses([analysis for each in returns for analysis in each.analyses], secret)
    return Timeline(events=tuple(sorted(events, key=_order)), returns=tuple(returns), analyses=tuple(analyses))


def _order(event: Event) -> tuple[date, date, str, str, str, int]:
    """By the first day it can mean, then the last, then the time; undated rows at the end, each file's in its own order."""
    when = event.when
    return (
        when.earliest or date.max,
        when.latest or date.max,
        event.time or "",
        event.agency,
        event.source.file.path,
        event.source.position,
    )


def _identified(entries: list[Entry], secret: bytes) -> list[Event]:
    seen: Counter[bytes] = Counter()
    events = []
    for entry in entries:
        content = "\0".join((entry.agency, entry.when.as_written, entry.when.edtf, entry.time or "", entry.text)).encode()
        seen[content] += 1
        values = {field.name: getattr(entry, field.name) for field in fields(Entry)}
        events.append(Event(id=_keyed(content + b"\0%d" % seen[content], secret), **values))
    return events


def _identified_analyses(analyses: list[Analysis], secret: bytes) -> list[Analysis]:
    seen: Counter[bytes] = Counter()
    identified = []
    for analysis in analyses:
        content = "\0".join((analysis.source.file.agency, analysis.source.where, analysis.heading, analysis.text)).encode()
        seen[content] += 1
        identified.append(replace(analysis, id="a" + _keyed(content + b"\0%d" % seen[content], secret)))
    return identified


def _keyed(content: bytes, secret: bytes) -> str:
    return hashlib.blake2b(content, key=secret[:64], digest_size=8).hexdigest()


def _read_once(extractions: list[Extraction]) -> list[Extraction]:
    """The second of two files with the same bytes, from one agency, is set aside."""
    first: dict[tuple[str, str], Extraction] = {}
    kept = []
    for each in extractions:
        if each.status != "read":
            kept.append(each)
            continue
        copy_of = first.setdefault((each.source.agency, each.source.sha256), each)
        kept.append(each if copy_of is each else _set_aside(each, f"the same file as {copy_of.source.label}, which was read"))
    return kept


def _replaced(extractions: list[Extraction]) -> list[Extraction]:
    by_agency: defaultdict[str, list[Extraction]] = defaultdict(list)
    for each in extractions:
        if each.status == "read" and each.entries:
            by_agency[each.source.agency].append(each)
    found: dict[int, tuple[Extraction, _Difference]] = {}
    for returns in by_agency.values():
        for one, other in combinations(returns, 2):
            if correction := _correction(one, other):
                old, new, difference = correction
                found.setdefault(id(old), (new, difference))
    return [_superseded(each, *found[id(each)]) if id(each) in found else each for each in extractions]


def _superseded(old: Extraction, new: Extraction, difference: "_Difference") -> Extraction:
    """The older return set aside; its rows that the newer one does not have are left for a person: were they withdrawn, or lost?"""
    aside = _set_aside(old, f"replaced by the corrected return {new.source.label} ({difference})")
    reason = f"not in the corrected return {new.source.label}: ask the agency whether it was withdrawn"
    gone = {entry.source.where for entry in difference.gone_entries}
    unread = tuple(SetAside(_row.where, _row.text, reason) for _row in aside.ignored[: len(old.entries)] if _row.where in gone)
    ignored = tuple(row for number, row in enumerate(aside.ignored) if not (number < len(old.entries) and row.where in gone))
    return replace(aside, unread=unread, ignored=ignored)


def _set_aside(extraction: Extraction, reason: str) -> Extraction:
    rows = [SetAside(entry.source.where, _row_words(entry), reason) for entry in extraction.entries]
    rows += [SetAside(row.where, row.text, reason) for row in extraction.unread]
    ignored = (*rows, *extraction.ignored)
    return replace(extraction, status="superseded", reason=reason, entries=(), unread=(), ignored=ignored, analyses=())


def _row_words(entry: Entry) -> str:
    return "\n".join(part for part in (entry.when.as_written, entry.text) if part)


@dataclass(frozen=True, slots=True)
class _Difference:
    same: int
    changed: int
    added: int
    gone_entries: tuple[Entry, ...]

    @property
    def gone(self) -> int:
        return len(self.gone_entries)

    def __str__(self) -> str:
        return f"{self.same} rows the same, {self.changed} changed, {self.added} added, {self.gone} gone"


def _correction(one: Extraction, other: Extraction) -> tuple[Extraction, Extraction, _Difference] | None:
    """The older and the newer of two returns where one corrects the other, and their difference; None where they are different chronologies.

    Most rows must be alike. Which is newer is told by the file's name (v2, FINAL, corrected), or by holding every row of the other
    and more. Where neither tells, both are read and their copies show up as duplicates: nothing is dropped on a guess.
    """
    short = min(len(one.entries), len(other.entries))
    if not short or _compared(one, other).same + _compared(one, other).changed < _ALIKE_SHARE * short:
        return None
    rank_one, rank_other = _rank(one.source.path), _rank(other.source.path)
    if rank_one != rank_other:
        old, new = (one, other) if rank_one < rank_other else (other, one)
        return old, new, _compared(old, new)
    for old, new in ((one, other), (other, one)):
        difference = _compared(old, new)
        if not difference.changed and not difference.gone and len(new.entries) > len(old.entries):
            return old, new, difference
    return None


def _compared(old: Extraction, new: Extraction) -> _Difference:
    left = defaultdict(list)
    for entry in new.entries:
        left[entry.when.edtf].append(entry.text)
    same = changed = 0
    missing: list[Entry] = []
    for entry in old.entries:
        texts = left[entry.when.edtf]
        if entry.text in texts:
            texts.remove(entry.text)
            same += 1
            continue
        best = max(texts, key=lambda text: fuzz.ratio(entry.text, text), default=None)
        if best is not None and fuzz.ratio(entry.text, best) >= _ALIKE_TEXT:
            texts.remove(best)
            changed += 1
        else:
            missing.append(entry)
    rest = [text for texts in left.values() for text in texts]
    gone = []
    for entry in missing:
        if entry.text in rest:  # the same words under a corrected date
            rest.remove(entry.text)
            changed += 1
        else:
            gone.append(entry)
    return _Difference(same, changed, len(rest), tuple(gone))


def _rank(path: str) -> tuple[float, bool]:
    """The version that a file's name tells (0 where none), and whether it calls itself final or corrected."""
    name = path.rsplit("/", 1)[-1]
    match = _VERSION.search(name)
    version = float(match[1]) if match else 0.0
    return version, any(word in name.casefold() for word in _LATER_WORDS)
