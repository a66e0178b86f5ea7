"""Small reviews for tests, made in memory."""

import csv
import json
import tomllib
from datetime import date
from pathlib import Path

from timeline.case import Agency, Case
from timeline.dates import FuzzyDate
from timeline.events import Cell, Event
from timeline.extraction import Extraction
from timeline.people import Person
from timeline.sources import SourceFile, SourceRef
from timeline.timeline import Timeline

HARBOUR = Path(__file__).resolve().parents[2] / "data" / "samples" / "harbour"

POLICE = Agency(name="Eastshire Police", folder="police", aliases=("EP",))
SOCIAL = Agency(name="Children's Social Care", folder="csc", aliases=("CSC",))
CHILD = Person(
    id="P1",
    name="Marisol O'Dowd",
    also_known_as=("MOD",),
    date_of_birth=date(2016, 5, 9),
    role="Subject child",
    kind="subject",
    pseudonym="Child Z",
)
MOTHER = Person(id="P2", name="Deborah O'Dowd", role="Mother", kind="family", pseudonym="Mother")
WORKER = Person(id="P3", name="Tamsin de la Cour", role="Social worker", kind="professional", agency="Children's Social Care")
CAST = (CHILD, MOTHER, WORKER)


def case(title="A review", reference="R-1", agencies=(POLICE, SOCIAL)):
    return Case(
        reference=reference, kind="scr", title=title, period_start=date(2019, 1, 1), period_end=date(2019, 12, 31), agencies=tuple(agencies)
    )


def timeline(rows):
    """A timeline of (agency, EDTF, text) rows, or of (agency, EDTF, text, cells)."""
    files = {}
    events = []
    for number, (agency, edtf, text, *cells) in enumerate(rows, 1):
        source = files.setdefault(agency, SourceFile(path=f"{agency}.docx", sha256="0", agency=agency, label=f"{agency}/1"))
        place = SourceRef(source, f"row {number}", number)
        shown = tuple(cells[0]) if cells else ()
        events.append(Event(id=f"e{number}", when=FuzzyDate(edtf), time=None, text=text, cells=shown, source=place))
    returns = []
    for agency, source in files.items():
        mine = tuple(event for event in events if event.agency == agency)
        returns.append(Extraction(source=source, status="read", seen=len(mine), entries=mine))
    return Timeline(events=tuple(events), returns=tuple(returns))


def harbour():
    """The sample as its gold answer has it: gold, case, timeline and cast list."""
    gold = json.loads((HARBOUR / "gold.json").read_text("utf-8"))
    told = tomllib.loads((HARBOUR / "case.toml").read_text("utf-8"))
    agencies = tuple(Agency(name=a["name"], folder=a["folder"], aliases=tuple(a["aliases"])) for a in told["agency"])
    rows = [(e["agency"], e["date"], e["text"], _cells(e)) for e in gold["events"]]
    with (HARBOUR / "people.csv").open(encoding="utf-8", newline="") as file:
        cast = tuple(_person(row) for row in csv.DictReader(file))
    return gold, case(told["case"]["title"], told["case"]["reference"], agencies), timeline(rows), cast


def _cells(event):
    at = 0
    for heading, written in event["cells"]:
        if written and (start := event["text"].find(written, at)) >= 0:
            at = start + len(written)
            yield Cell("", heading, start, at)


def _person(row):
    born = date.fromisoformat(row["date_of_birth"]) if row["date_of_birth"] else None
    known_as = tuple(each for each in row["also_known_as"].split(";") if each)
    return Person(**{**row, "date_of_birth": born, "also_known_as": known_as})
