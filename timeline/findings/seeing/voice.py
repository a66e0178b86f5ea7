"""Voice missing: stretches in which the person was seen, and the person's own words, wishes or feelings are nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from timeline.findings.accounts import Account
from timeline.findings.evidence import Evidence, finding_id
from timeline.findings.finding import Finding
from timeline.findings.seeing.clocks import end_of
from timeline.findings.seeing.references import Reference, Subject, cast_of, meant
from timeline.findings.seeing.seen import Sighting, sightings
from timeline.findings.spans import day_in_words, narrow_days
from timeline.wording.cues import Cue

_TELLS_FROM_YEARS = 3  # before the third birthday what a child does ("flinched", "smiled") is the child's voice too
_SEEN_AT_LEAST = 2  # rows that saw the person: without a chance to ask there is no voice to miss
_TELLING = frozenset({"event", "action", "voice", "child_seen", "rationale", "shared_with", ""})


@dataclass(frozen=True, slots=True)
class _Heard:
    """A row that holds the voice of a subject, with the first and last day that it can mean."""

    first: date
    last: date
    event: str


def voice_missing(evidence: Evidence) -> Iterator[Finding]:
    """The child or adult was seen at least twice in a stretch of more than a set number of days in which no row holds the person's own voice.

    Voice is what stands in a column for it; what the person said, wrote, drew, wanted or felt, in words whose speaker the person is (what a
    mother says is hers); or a phrase such as "wishes and feelings" (rules/cues/voice.toml). Of a child under three what the child did
    ("flinched", "clung") counts as well. From the last day that a row with voice can mean to the first day that the next can mean; the stretch
    before the first begins with the period or the birth, and the one after the last ends with the period, the incident or the death.
    """
    cast = cast_of(evidence)
    voiced: defaultdict[str, list[_Heard]] = defaultdict(list)
    for account in evidence.accounts:
        if (days := narrow_days(account.event)) and cast.subjects:
            for person in _voices(evidence, account):
                voiced[person].append(_Heard(*days, account.event.id))
    seen: defaultdict[str, list[Sighting]] = defaultdict(list)
    for each in sightings(evidence):
        seen[each.person].append(each)
    for subject in cast.subjects:
        yield from _stretches(evidence, subject, voiced[subject.id], seen[subject.id])


def _voices(evidence: Evidence, account: Account) -> frozenset[str]:
    """The subjects whose voice a row holds."""
    cues = [cue for cue in account.cued(*_VOICE) if account.meaning_at(cue.start) in _TELLING and not cue.denied]
    column = [cell for cell in account.event.cells if cell.meaning == "voice"]
    if not (cues or column):
        return frozenset()
    about, refs = meant(evidence, account)
    day = account.event.when.earliest
    young = frozenset(s.id for s in cast_of(evidence).subjects if s.child and s.born and day and _years(s.born, day) < _TELLS_FROM_YEARS)
    found = {
        person
        for cell in column
        if _says_something(account, cell.start, cell.end)
        for person in (_named(refs, cell.start, cell.end) or about)
    }
    for cue in cues:
        found |= _speakers(cue, refs, about, young)
    return frozenset(found)


_VOICE = frozenset({"voice.says", "voice.recorded", "voice.shows"})


def _speakers(cue: Cue, refs: Sequence[Reference], about: frozenset[str], young: frozenset[str]) -> frozenset[str]:
    """The subjects whose voice a phrase is: who stands before it, with nobody else telling it."""
    clause = [ref for ref in refs if ref.clause == cue.clause and not ref.by and not ref.companion]
    before = [ref for ref in clause if ref.end <= cue.start]
    if cue.name == "voice.recorded":
        return frozenset() if cue.planned else _people(clause) or about
    family = [ref for ref in before if not ref.worker and not ref.owner]
    if not family or (before and before[-1].worker):
        return frozenset()
    if any(not ref.people for ref in family if ref.group != family[-1].group):
        return frozenset()  # "mother said that she wanted": the mother's words
    speakers = _people(ref for ref in family if ref.group == family[-1].group)
    return speakers & young if cue.name == "voice.shows" else speakers


def _people(refs: Iterable[Reference]) -> frozenset[str]:
    return frozenset(person for ref in refs for person in ref.people)


def _named(refs: Sequence[Reference], start: int, end: int) -> frozenset[str]:
    return _people(ref for ref in refs if start <= ref.start < end)


def _says_something(account: Account, start: int, end: int) -> bool:
    """Whether a cell of the column for voice holds more than "not recorded"."""
    none = [cue for cue in account.cued("voice.none") if cue.start == start]
    return not any(cue.end >= end - 1 for cue in none) and any(start <= word.start < end for word in account.words)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stretches(evidence: Evidence, subject: Subject, voiced: Sequence[_Heard], seen: Sequence[Sighting]) -> Iterator[Finding]:
    case = evidence.case
    start = max(case.period_start, subject.born or case.period_start)
    end = end_of(evidence, seen)
    before: tuple[date, str | None] = (start, None)
    inside = sorted((each for each in voiced if each.last >= start and each.first <= end), key=attrgetter("first", "last"))
    for each in inside:
        yield from _missing(evidence, subject, before, (each.first, each.event), seen)
        if each.last >= before[0]:
            before = (each.last, each.event)
    yield from _missing(evidence, subject, before, (end, None), seen)


def _missing(
    evidence: Evidence, subject: Subject, before: tuple[date, str | None], after: tuple[date, str | None], seen: Sequence[Sighting]
) -> Iterator[Finding]:
    limit, days = evidence.case.voice_days, (after[0] - before[0]).days
    if days <= limit:
        return
    between = [
        s
        for s in seen
        if s.seen and s.since and s.until and before[0] <= s.since and s.until <= after[0] and s.event not in (before[1], after[1])
    ]
    if len(between) < _SEEN_AT_LEAST:
        return
    who = "the child" if subject.child else "the adult"
    rows = [each for each in (before[1], *(s.event for s in between), after[1]) if each]
    yield Finding(
        id=finding_id("voice-missing", subject.id, before[1] or "", after[1] or ""),
        kind="voice-missing",
        events=tuple(rows),
        agencies=tuple(dict.fromkeys(s.agency for s in between)),
        since=before[0],
        until=after[0],
        days=days,
        certainty="possible",
        rule=f"voice-missing: more than {limit} days without the person's own words, wishes or feelings, though the person was seen",
        standard=f"{limit} days",
        source="[findings] voice_days of case.toml, or its default: our own number",
        question=(
            f"{who.capitalize()} was seen {len(between)} times from {day_in_words(before[0])} to {day_in_words(after[0])}, and no row holds "
            f"what {who} said, wanted or felt. Did anyone ask, and where is it recorded?"
        ),
        more={"person": subject.id, "seen": [s.event for s in between]},
    )
