"""Evidence of invented reviews in which agencies tell one another things, for the tests of contacts and handovers."""

from datetime import date

from tests.making import SECRET, SourceRef, returned, source
from tests.timeline.findings.evidence import ABBREVIATIONS, CUES, ROLES
from timeline.case import Agency, Case
from timeline.events import Entry, cells_of
from timeline.extraction import Extraction
from timeline.findings.evidence import evidence_from
from timeline.merging import merge
from timeline.people import Mention, Person
from timeline.written_dates import WrittenDate, date_rows

# a letter -> an agency's name and aliases
CHILD = {
    "P": ("Westshire Constabulary", "Police"),
    "C": ("Children's Social Care", "CSC", "MASH", "EDT"),
    "V": ("0-19 Service", "Health Visiting"),
    "G": ("Oakfield Surgery", "GP"),
    "H": ("Westshire General Hospital", "WGH", "ED"),
    "S": ("Oakfield Primary School", "School"),
    "O": ("Westshire Homes",),
    "N": ("National Probation Service", "NPS"),
    "M": ("CAMHS",),
    "A": ("Westshire Ambulance Service",),
    "W": ("Haven Women's Aid", "Haven"),
}
ADULT = {
    "A": ("Adult Social Care", "ASC"),
    "G": ("Riverside Medical Practice",),
    "H": ("St Luke's Hospital NHS Trust", "SLH"),
    "P": ("Northern Police",),
    "M": ("Ambulance Trust",),
    "F": ("Fire and Rescue Service",),
    "C": ("Hillcrest Care Home", "Hillcrest"),
    "O": ("Borough Housing",),
    "T": ("Community Mental Health Team", "CMHT"),
    "D": ("District Nursing", "DN team"),
    "U": ("Turning Tide Drug and Alcohol Service", "Turning Tide"),
}
_CAST = {
    "child": (
        ("Jane Poole", "professional", "C"),
        ("Dr Ahmed", "professional", "G"),
        ("PC Wills", "professional", "P"),
        ("Tom Reed", "professional", "S"),
        ("Lisa Grant", "family", ""),
        ("Ava Grant", "subject", ""),
    ),
    "adult": (
        ("Sam Okoro", "professional", "A"),
        ("Dr Lowe", "professional", "G"),
        ("Beth Yorke", "professional", "C"),
        ("Neil Marsh", "family", ""),
        ("Edith Marsh", "subject", ""),
    ),
}
REVIEWS = {"child": CHILD, "adult": ADULT}


def name(review, letter):
    return REVIEWS[review][letter][0]


def agencies(review="child"):
    return tuple(Agency(name=own, folder=letter, aliases=tuple(aliases)) for letter, (own, *aliases) in REVIEWS[review].items())


def people(review="child"):
    return tuple(Person(id=who, name=who, kind=kind, agency=name(review, letter) if letter else "") for who, kind, letter in _CAST[review])


def mentions(events, cast):
    """Where the whole name, or the first name (of somebody with a title the last), stands first in each text."""
    for event in events:
        for person in cast:
            first, last = person.name.split()
            for form in (person.name, last if first in ("Dr", "PC") else first):
                if (start := event.text.find(form)) >= 0:
                    yield Mention(
                        text_id=event.id, start=start, end=start + len(form), kind="PERSON", person=person.id, found_by="a test", score=1.0
                    )
                    break


def row(letter, text, column="event", review="child"):
    """A timeline of one row of one agency, its text in a column of that meaning."""
    file = source(name(review, letter))
    whole, cells = cells_of([(column, "heading", text)])
    entry = Entry(
        when=date_rows([WrittenDate(text="1 March 2019")])[0].when, time=None, text=whole, cells=cells, source=SourceRef(file, "row 1", 1)
    )
    return merge([Extraction(source=file, status="read", seen=1, entries=(entry,))], SECRET)


def rows(review="child", more=(), **by_letter):
    """A timeline of one file an agency: rows(P=[(date, text), (date, text, time)], …); `more` are further extractions."""
    return merge([*(returned(source(name(review, letter)), each) for letter, each in by_letter.items()), *more], SECRET)


def evidence(timeline, review="child", **more):
    cast = people(review)
    case = Case(
        reference="T", kind="scr", title="T", period_start=date(2019, 1, 1), period_end=date(2019, 12, 31), agencies=agencies(review)
    )
    return evidence_from(
        case=case, timeline=timeline, cues=CUES, roles=ROLES, people=cast, mentions=tuple(mentions(timeline.events, cast)),
        abbreviations=ABBREVIATIONS, **more,
    )  # fmt: skip
