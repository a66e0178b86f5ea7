"""Invented rows about a child or an adult, for the tests of the gaps."""

import re
from datetime import date

from tests.making import SECRET, source
from tests.timeline.findings.evidence import evidence
from timeline.dates import FuzzyDate
from timeline.events import Entry, cells_of
from timeline.extraction import Extraction
from timeline.merging import merge
from timeline.people import Mention, Person
from timeline.sources import SourceRef
from timeline.written_dates import WrittenDate, date_rows

TILLY = Person(id="S1", name="Tilly Marsh", date_of_birth=date(2018, 1, 10), role="Subject child", kind="subject")
OWEN = Person(id="S2", name="Owen Marsh", date_of_birth=date(2012, 5, 1), role="Subject child", kind="subject")
FRANK = Person(id="A1", name="Frank Dobbs", date_of_birth=date(1944, 3, 2), role="Adult at risk", kind="subject")
CAROL = Person(id="F1", name="Carol Marsh", role="Mother", kind="family")
BEN = Person(id="F2", name="Ben Marsh", date_of_birth=date(2014, 2, 2), role="Brother", kind="family")
PETER = Person(id="F3", name="Peter Dobbs", role="Son", kind="family")
HANNAH = Person(id="W1", name="Hannah Reed", role="Health visitor", kind="professional", agency="Health Visiting")
CHILD, ADULT = (TILLY, CAROL, BEN, HANNAH), (FRANK, PETER, HANNAH)


def rows(agency, *given):
    """An agency's return: each row is (date, text or {meaning: text}), or (date, cells, {meaning: heading})."""
    file = source(agency)
    entries = []
    for number, (written, told, *rest) in enumerate(given, start=1):
        cells = told if isinstance(told, dict) else {"event": told}
        headings = rest[0] if rest else {}
        text, placed = cells_of([(meaning, headings.get(meaning, meaning), words) for meaning, words in cells.items()])
        when = date_rows([WrittenDate(text=written)])[0].when if written else FuzzyDate("XXXX")
        entries.append(Entry(when=when, time=None, text=text, cells=placed, source=SourceRef(file, f"row {number}", number)))
    return Extraction(source=file, status="read", seen=len(entries), entries=tuple(entries))


def review(*returns, people=CHILD, secret=SECRET, **settings):
    """Evidence of a review in which every first name, and every whole name, is recognised."""
    merged = merge(list(returns), secret)
    mentions = [
        Mention(text_id=event.id, start=found.start(), end=found.end(), kind="PERSON", person=person.id, found_by="test", score=1.0)
        for event in merged.events
        for person in people
        for found in re.finditer(rf"\b{person.name.split()[0]}(?: {person.name.split()[1]})?\b", event.text)
    ]
    return evidence(merged, settings=settings, people=people, mentions=mentions)
