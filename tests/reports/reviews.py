"""Invented reviews for the tests of documents: a tiny one with everything in it, and ones with odd texts or none."""

from dataclasses import replace
from datetime import date

from pipelines.rule_files import rule, rules_in
from reports.drafting import Drafting, Points, Theme, read_drafting
from reports.working import Working
from timeline.case import Agency, Case
from timeline.dates import FuzzyDate
from timeline.events import Analysis, Event, cells_of
from timeline.extraction import Extraction, SetAside
from timeline.findings.finding import Finding
from timeline.marked import MarkedSpan
from timeline.people import Key, Person, Replacement
from timeline.safe import SafeAnalysis, SafeEvent, SafeFinding, SafePerson, SafeReview
from timeline.sources import SourceFile, SourceRef
from timeline.timeline import Timeline
from timeline.wording.cues import cues_from

CASE = Case(
    reference="T-1",
    kind="scr",
    title="Child T & family",
    period_start=date(2019, 1, 1),
    period_end=date(2019, 4, 30),
    agencies=(
        Agency(name="Police", folder="police", aliases=("SoJP",)),
        Agency(name="Health & Care", folder="health", due_on=date(2031, 2, 1)),
    ),
    jurisdiction="jersey",
)
POLICE = SourceFile(path="police/Log RENOUF.docx", sha256="a" * 64, agency="Police", label="police/1", format="docx")
HEALTH = SourceFile(path="health/chronology.csv", sha256="b" * 64, agency="Health & Care", label="health/1", format="csv")
SCAN = SourceFile(path="health/scan.pdf", sha256="c" * 64, agency="Health & Care", label="health/2", format="pdf")
DRAFTING = Drafting(
    points=Points(first_or_last=3),  # so that tiny reviews have a narrative
    themes=(Theme("Injury and harm", ("bruis*",)), Theme("Police and justice", ("arrest*",))),
    abbreviations={"HV": "health visitor", "GP": "general practitioner"},
    cues=cues_from(rules_in("cues")),
)
SHIPPED = read_drafting(rule("phrases"), rule("abbreviations"), DRAFTING.cues)


def event(number, file, when, *cells, time=None, problems=(), assumed=()):
    text, found = cells_of(iter(cells))
    return Event(
        id=f"id-{number}",
        when=FuzzyDate(when, when, assumed),
        time=time,
        text=text,
        cells=found,
        source=SourceRef(file, f"row {number + 1}", number),
        problems=problems,
    )


def read(file, *events, unread=(), ignored=(), **more):
    seen = len(events) + len(unread) + len(ignored)
    return Extraction(source=file, status="read", seen=seen, entries=events, unread=unread, ignored=ignored, **more)


def working(*events, findings=(), returns=(), people=(), analyses=()):
    """A review of these events; each file's rows are those of its events."""
    files = dict.fromkeys(each.source.file for each in events)
    own = tuple(read(file, *(each for each in events if each.source.file is file)) for file in files)
    return Working(
        case=CASE,
        timeline=Timeline(events=events, returns=own + returns, analyses=analyses),
        findings=findings,
        people=people,
        methods=(("silences", "Days with nothing recorded\n    by anyone."),),
    )


EVENTS = (
    event(1, POLICE, "2018", ("event", "Nature of involvement", "Known to officers.")),
    event(2, POLICE, "2019-01-04", ("event", "Nature of involvement", "Anna Renouf arrested."), ("action", "Outcome", "NFA"), time="22:47"),
    event(3, HEALTH, "2019-01-05~", ("event", "Entry", "HV saw a bruise.\nNot asked about it."), assumed=("year from the row above",)),
    event(4, HEALTH, "2019-04-01/2019-04-07", ("event", "", "Seen by GP."), problems=("The time is no time.",)),
    event(5, HEALTH, "XXXX", ("other", "Note", "Undated letter.")),
)
SILENCE = Finding(
    id="f-1",
    kind="silence",
    events=("id-3", "id-4"),
    agencies=(),
    since=date(2019, 1, 5),
    until=date(2019, 4, 1),
    days=86,
    certainty="possible",
    rule="no row of any agency",
    standard="more than 42 days",
    source="case.toml",
    question="Was there no contact for 86 days?",
    more={"declared": False},
)
SAME = Finding(
    id="f-2",
    kind="same-event",
    events=("id-2", "id-3"),
    agencies=("Police", "Health & Care"),
    since=date(2019, 1, 4),
    until=date(2019, 1, 5),
    days=None,
    certainty="possible",
    rule="near in time, alike in words",
    standard="",
    source="",
    question="Do these rows tell the same event?",
)
ANALYSIS = Analysis(id="an-1", heading="Analysis", text="Two posts were vacant.", source=SourceRef(POLICE, "paragraph 9", 9))
PEOPLE = (
    Person(id="P1", name="Anna Renouf", also_known_as=("Annie",), role="Mother", kind="family", pseudonym="Mother"),
    Person(id="P2", name="C Vibert", role="Health visitor", kind="professional", agency="Health & Care", in_cast=False),
)
RETURNS = (
    read(POLICE, *EVENTS[:2], ignored=(SetAside("row 1", "Date | What", "the heading row"),)),
    read(
        HEALTH,
        *EVENTS[2:],
        unread=(SetAside("row 9", "see file", "no date and no neighbour"),),
        notes=("The encoding was assumed: cp1252.",),
    ),
    Extraction(source=SCAN, status="rejected", reason="no readable text"),
)
TINY = Working(
    case=CASE,
    timeline=Timeline(events=EVENTS, returns=RETURNS, analyses=(ANALYSIS,)),
    findings=(SILENCE, SAME),
    people=PEOPLE,
    methods=(("silences", "Days with nothing recorded\n    by anyone."),),
)
EMPTY = working()

REPLACEMENTS = (
    Replacement(
        text_id="id-2", start=0, end=11, text="Anna Renouf", kind="PERSON", person="P1", replacement="Mother", found_by="cast", score=1.0
    ),
)
SERIALS = {"E0002": "id-2", "E0001": "id-1"}
KEY = Key(people=PEOPLE, pseudonyms=(("P1", "Mother"), ("P2", "Health Visitor 1")), forms=(("P1", ("Anna Renouf", "Annie")),))


def safe_event(number, agency, when, text, *meanings):
    """An event whose text is cells joined by newlines, one for each meaning."""
    cells, start = [], 0
    for meaning, piece in zip(meanings, text.split("\n"), strict=False):
        cells.append((meaning, start, start + len(piece)))
        start += len(piece) + 1
    return SafeEvent(id=f"E{number:04}", agency=agency, date=when, text=text, cells=tuple(cells))


def safe(*events, findings=(), analyses=(), people=()):
    agencies = tuple(dict.fromkeys(each.agency for each in events))
    return SafeReview(
        reference="T-1",
        kind="scr",
        title="Child T",
        period="January to April 2019",
        policy="overview-report",
        agencies=agencies,
        people=people,
        events=events,
        analyses=analyses,
        findings=findings,
        counts={"rows_read": 7, "events": len(events), "unread": 1, "ignored": 1, "hidden": 1},
    )


SAFE = safe(
    safe_event(1, "Police", "2018", "Known to officers.", "event"),
    safe_event(2, "Police", "January 2019", "Mother arrested.\nNFA", "event", "action"),
    safe_event(3, "Health", "January 2019", "HV saw no bruise.\nN\n“I like school”", "event", "child_seen", "voice"),
    safe_event(4, "Health", "February 2019", "Letter sent.", "event"),
    safe_event(5, "Health", "April 2019", "Seen by GP.", "other"),
    safe_event(6, "Health", "", "An undated letter.", "other"),
    findings=(
        SafeFinding(
            entry=1,
            id="F001",
            kind="same-event",
            events=("E0002", "E0003"),
            agencies=("Police", "Health"),
            period="January 2019",
            certainty="possible",
            rule="near in time",
            standard="",
            source="",
            question="Do these rows tell the same event?",
        ),
    ),
    analyses=(SafeAnalysis(id="A0001", agency="Police", heading="Analysis", text="Two posts were vacant."),),
    people=(
        SafePerson(pseudonym="Mother", role="Mother", kind="family"),
        SafePerson(pseudonym="HV1", role="Health visitor", kind="professional"),
    ),
)
EMPTY_SAFE = safe()


def span(kind, words, where, before="", start=None, **more):
    """A marked span; `start` is where its words stand in their event's text."""
    end = None if start is None else start + len(words)
    return MarkedSpan(kind=kind, words=words, where=where, before=before, start=start, end=end, **more)


MARKED_EVENTS = (
    replace(
        event(
            1,
            POLICE,
            "2019-01-04",
            ("event", "Nature", "Anna Renouf was seen alone."),
            problems=("1 tracked insertion was taken into this row", "the row is undated"),
        ),
        marked=(
            span("deleted", "not", "row 2", "Anna Renouf was"),
            span("inserted", "alone", "row 2", "Anna Renouf was seen", 21),
            span("struck", "Anna", "row 2", "", 0),
            span("hidden", "by Vibert", "row 2", "Anna Renouf was seen alone."),
        ),
    ),
    replace(
        event(2, POLICE, "2019-01-05", ("event", "Nature", "Rang.")), marked=(span("inserted", "Rang.", "row 3", "", 0, whole_row=True),)
    ),
    replace(event(3, POLICE, "2019-01-06", ("event", "Nature", "Rang again.")), marked=(span("struck", "06/01/2019", "row 4"),)),
    event(4, POLICE, "2019-01-07", ("event", "Nature", "Nothing changed here.")),
)
MARKED = Working(
    case=CASE,
    timeline=Timeline(
        events=MARKED_EVENTS,
        returns=(read(POLICE, *MARKED_EVENTS, marked=(span("deleted", "03/01/2019\nHe was drunk", "row 5", whole_row=True),)),),
    ),
)
