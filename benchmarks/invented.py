"""Invented reviews of any size, for the benches: agencies, people and a made-up language with the phrases of rules/cues/ in it."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pipelines.rule_files import rule, rules_in
from pipelines.timescales import timescales_of
from timeline.case import Agency, Case
from timeline.dates import FuzzyDate
from timeline.events import Entry, cells_of
from timeline.extraction import Extraction
from timeline.findings.evidence import Evidence, evidence_from
from timeline.merging import merge
from timeline.patterns import patterns_from
from timeline.people import Mention, Person
from timeline.sources import SourceFile, SourceRef
from timeline.timeline import Timeline
from timeline.wording.agencies import roles_from
from timeline.wording.cues import cues_from
from timeline.wording.lexicon import lexicon_of

SECRET = b"s" * 32
START = date(2012, 1, 1)
AGENCIES = {  # name -> alias, and the role of its workers
    "Marsh Police": ("Constabulary", "police officer"),
    "Marsh Children's Services": ("CSC", "social worker"),
    "Fenland Health Visiting": ("HV service", "health visitor"),
    "Fen Surgery": ("the practice", "GP"),
    "Eastwold Hospital": ("EWH", "paediatrician"),
    "Wold School": ("WS", "head teacher"),
    "Marsh Housing": ("MH", "housing officer"),
    "Fenland Mental Health": ("FMH", "CPN"),
    "Marsh Probation": ("MP", "probation officer"),
    "Wold Recovery Service": ("WRS", "recovery worker"),
}
FAMILY = ("Subject child", "Subject child", "Mother", "Father", "Grandmother", "Mother's partner")
SUBJECTS = 2
WORKERS_EACH = 4
SYLLABLES = "ba den fil gor hax jun kel lom mir nap pru quo rit sel tov ulm vex wim yar zod".split()  # noqa: SIM905 - a list of words reads best as words
SMALL = "the to and of was with at in that she he mother on for her by had not father is".split()  # noqa: SIM905
PIECES = (3.0, 0.4)  # of a row, beside who is named: mean and spread of the logarithm; rows of 15 to 70 words, as the samples have
SMALL_SHARE, PHRASE_SHARE = 0.35, 0.3  # small words, phrases of the lists; the rest of a row is made up
MONTH_SHARE, TIME_SHARE = 0.05, 0.5  # rows that are a month wide; rows with a time of day


def evidence(timeline: Timeline, case: Case, cast: Sequence[Person], named: Sequence[Mention]) -> Evidence:
    """The evidence of an invented review, with the rules that the program ships."""
    return evidence_from(
        case=case,
        timeline=timeline,
        cues=cues_from(rules_in("cues")),
        same_words=lexicon_of(rule("same_words")),
        roles=roles_from(rule("roles")),
        people=cast,
        mentions=named,
        abbreviations={short.casefold(): words for short, words in rule("abbreviations")["abbreviations"].items()},
        timescales=timescales_of(case),
        patterns=patterns_from(rule("patterns")),
    )


def case_of(years: int) -> Case:
    """A review of all the agencies over so many years, held against England's timescales."""
    agencies = tuple(Agency(name=name, folder=name.lower(), aliases=(alias,)) for name, (alias, _) in AGENCIES.items())
    end = START + timedelta(days=365 * years)
    return Case(reference="S-1", kind="scr", title="Scale", period_start=START, period_end=end, agencies=agencies, jurisdiction="england")


def people() -> tuple[Person, ...]:
    """The invented family, and the workers of each agency."""
    born = START + timedelta(days=200)
    family = [
        Person(id=f"F{n}", name=_name(n), role=role, kind="subject", date_of_birth=born)
        if n < SUBJECTS
        else Person(id=f"F{n}", name=_name(n), role=role, kind="family")
        for n, role in enumerate(FAMILY)
    ]
    workers = [
        Person(id=f"W{n}", name=_name(len(FAMILY) + n), role=AGENCIES[agency][1], kind="professional", agency=agency)
        for n, agency in enumerate(each for each in AGENCIES for _ in range(WORKERS_EACH))
    ]
    return (*family, *workers)


def timeline_of(events: int, years: int, cast: Sequence[Person]) -> Timeline:
    """So many events, the same each time, shared among the agencies and spread over the years."""
    chance = random.Random(events)  # noqa: S311 - a fixed start: the same rows every time
    words = sorted({"".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _ in range(6000)})
    phrases = [
        phrase.replace("*", "").replace("…", "")
        for lists in rules_in("cues").values()
        for listed in lists.values()
        if isinstance(listed, list)
        for phrase in listed
    ]
    rows = [events // len(AGENCIES) + (n < events % len(AGENCIES)) for n in range(len(AGENCIES))]
    return merge([_returned(each, n, years, chance, (words, phrases), cast) for each, n in zip(AGENCIES, rows, strict=True)], SECRET)


def mentions(timeline: Timeline, cast: Sequence[Person]) -> tuple[Mention, ...]:
    """Where the people are named, by their whole names."""
    by_name = {each.name: each.id for each in cast}
    return tuple(
        Mention(text_id=event.id, start=at, end=at + len(name), kind="PERSON", person=by_name[name], found_by="invented", score=1.0)
        for event in timeline.events
        for name in by_name
        if (at := event.text.find(name)) >= 0
    )


def _returned(
    agency: str, rows: int, years: int, chance: random.Random, language: tuple[Sequence[str], Sequence[str]], cast: Sequence[Person]
) -> Extraction:
    file = SourceFile(path=f"{agency}/1.csv", sha256=agency, agency=agency, label=f"{agency}/1")
    days = sorted(chance.randrange(365 * years) for _ in range(rows))
    entries = []
    for number, day in enumerate(days, start=1):
        parts = list(_parts(chance, language, agency, cast))
        text, cells = cells_of(iter((("event", "Event", ". ".join(parts[:-1])), ("action", "Action", parts[-1]))))
        on = (START + timedelta(days=day)).isoformat()
        when = FuzzyDate(on[:7] if chance.random() < MONTH_SHARE else on)
        at = f"{chance.randrange(8, 20):02}:{chance.randrange(60):02}" if chance.random() < TIME_SHARE else None
        entries.append(Entry(when=when, time=at, text=text, cells=cells, source=SourceRef(file, f"row {number}", number)))
    return Extraction(source=file, status="read", seen=rows, entries=tuple(entries))


def _parts(chance: random.Random, language: tuple[Sequence[str], Sequence[str]], agency: str, cast: Sequence[Person]) -> Iterator[str]:
    """A row's three sentences: each of small words, phrases and made-up words, and somebody or some agency that it names."""
    others = [one for each, ways in AGENCIES.items() if each != agency for one in (each, *ways)]
    near = [each.name for each in cast if each.agency in ("", agency)]
    count = max(6, int(chance.lognormvariate(*PIECES)))
    named = [" ".join((chance.choice(near), name)) for name in (chance.choice(others), chance.choice(others), chance.choice(cast).name)]
    for name in named:
        pieces = [_piece(chance, language) for _ in range(count // len(named))]
        pieces.insert(chance.randrange(len(pieces) + 1), name)
        told = " ".join(pieces)
        yield told[:1].upper() + told[1:]


def _piece(chance: random.Random, language: tuple[Sequence[str], Sequence[str]]) -> str:
    kind = chance.random()
    if kind < SMALL_SHARE:
        return chance.choice(SMALL)
    words, phrases = language
    # a few made-up words are common and most are rare, as in any language
    return chance.choice(phrases) if kind < SMALL_SHARE + PHRASE_SHARE else words[min(int(chance.paretovariate(0.7)) - 1, len(words) - 1)]


def _name(number: int) -> str:
    """An invented first and last name; no two numbers under 400 have the same."""
    first, last = divmod(number, len(SYLLABLES))
    return f"{SYLLABLES[last].title()}ra {SYLLABLES[first].title()}{SYLLABLES[last]}"
