"""Ids are another secret's in every review: findings hang on what rows say and on their order in the timeline, and on no id."""

import csv
import json
import random
import re
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.making import entry, source
from tests.timeline.findings.evidence import RULES, evidence, toml
from tests.timeline.findings.reviews import CAROL, HANNAH, OWEN, TILLY, review, rows
from timeline.extraction import Extraction
from timeline.findings import find
from timeline.findings.handovers.unanswered import handovers
from timeline.findings.ranking import ranked
from timeline.merging import merge
from timeline.people import Mention, Person
from timeline.timescales import timescales_from

SECRETS = [letter * 32 for letter in (b"s", b"t", b"u")]
ENGLAND = timescales_from(toml("timescales"), toml("timescales/england"), {})
FIRST = date(2018, 6, 1)
PERIOD = {"start": FIRST, "end": date(2021, 12, 31)}
MOIRA = Person(id="W2", name="Moira Vance", role="Health visitor", kind="professional", agency="Health Visiting")
PEOPLE = (TILLY, OWEN, CAROL, HANNAH, MOIRA)
AGENCIES = ("Police", "Health Visiting", "GP", "School", "Children's Social Care")
# what hardly ever stands in rows of chance phrases
TOLD = (
    "Home visit. Tilly seen, well. Health visitor informed by phone.",
    "Tilly admitted to the ward, seen.",
    "Tilly discharged from the ward, seen.",
    "Tilly said that she is afraid of the dog.",
    "Bruise to Tilly's left cheek, rang police.",
    "T/C from GP: bruise to right cheek.",
    "Strategy discussion held, section 47 agreed. Social worker saw Tilly.",
    "Child protection conference. Made subject to a child protection plan.",
    "Case closed, plan ended, no further action.",
    "Was not brought.",
    "Hannah visited. Care plan drawn up.",
    "Moira visited at home. Tenancy sustainment plan agreed.",
    "No contact with the family after this.",
)


def by_place(value, places):
    """The value with places in the timeline for ids of events."""
    if isinstance(value, dict):
        return {key: by_place(each, places) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [by_place(each, places) for each in value]
    return places.get(value, value) if isinstance(value, str) else value


def told_by(evidence):
    """What findings say, which are shown first and which row answers which, each in its order and without an id."""
    places = {event.id: place for place, event in enumerate(evidence.timeline.events)}
    found = find(evidence)
    said = {each.id: by_place({**asdict(each), "id": ""}, places) for each in found}
    shown = ranked(found, len(places)).shown
    answers = [by_place([each.sent.id, each.recipient, each.answer and each.answer.id], places) for each in handovers(evidence)]
    return list(said.values()), [[said[each.id] for each in entry.findings] for entry in shown], answers


def same_whatever_the_secret(evidence_of):
    """What findings say under the first secret, once it was held against the others."""
    told, *others = (told_by(evidence_of(secret)) for secret in SECRETS)
    for other in others:
        for mine, theirs in zip(told, other, strict=True):
            assert mine == theirs
    return told[0]


def day(number, apart, a_day=12):
    """The day of a row by its number: a dozen on each day, the days so far apart."""
    return (FIRST + timedelta(days=number // a_day * apart)).isoformat()


def sample(name):
    """A sample's rows in order, and its cast list."""
    at = ROOT / "data" / "samples" / name
    with (at / "people.csv").open(encoding="utf-8", newline="") as file:
        listed = [(row, row["date_of_birth"]) for row in csv.DictReader(file)]
    people = [Person(**{**row, "date_of_birth": date.fromisoformat(born) if born else None, "also_known_as": ()}) for row, born in listed]
    return sorted(json.loads((at / "gold.json").read_text("utf-8"))["events"], key=lambda row: row["date"]), people


@pytest.mark.parametrize(("name", "apart"), [("harbour", 1), ("harbour", 60), ("tenter", 1), ("corvan", 60)])
def test_a_samples_rows_on_few_days_give_the_same_findings_under_every_secret(name, apart):
    told, people = sample(name)
    entries = {row["agency"]: [] for row in told}
    for number, row in enumerate(told):
        own, time = entries[row["agency"]], row["time"] if number % 3 == 0 else None
        own.append(entry(source(row["agency"]), day(number, apart), row["text"], len(own) + 1, time))
    returns = [Extraction(source=source(agency), status="read", seen=len(own), entries=tuple(own)) for agency, own in entries.items()]
    known = {person.id for person in people}
    named = {
        row["text"]: [(each["start"], each["end"], each["person"]) for each in row["pii"] if each.get("person") in known] for row in told
    }

    def evidence_of(secret):
        merged = merge(returns, secret)
        mentions = [
            Mention(text_id=event.id, start=start, end=end, kind="PERSON", person=person, found_by="gold", score=1.0)
            for event in merged.events
            for start, end, person in named[event.text]
        ]
        return evidence(merged, settings=PERIOD, people=people, mentions=mentions, timescales=ENGLAND)

    assert len({each["kind"] for each in same_whatever_the_secret(evidence_of)}) > 5


def phrases():
    """The phrases of every list of rules/cues/, as a row can hold them."""
    lists = [each for path in sorted((RULES / "cues").glob("*.toml")) for each in toml(f"cues/{path.stem}").values()]
    return [re.sub(r"[*…]", "", phrase) for each in lists if isinstance(each, list) for phrase in each]


@pytest.mark.parametrize("apart", [1, 20, 100])
def test_rows_of_chance_phrases_on_few_days_give_the_same_findings_under_every_secret(apart):
    chance = random.Random(apart)  # noqa: S311 - the same rows every time
    said = phrases()
    told = []
    for number in range(150):
        words = [*chance.choices(said, k=3), chance.choice(PEOPLE).name, chance.choice(AGENCIES), chance.choice(TOLD)]
        told.append((chance.choice(AGENCIES), day(number, apart), ". ".join(chance.sample(words, chance.randint(1, len(words))))))
    returns = [rows(agency, *((on, text) for each, on, text in told if each == agency)) for agency in AGENCIES]
    found = same_whatever_the_secret(lambda secret: replace(review(*returns, people=PEOPLE, secret=secret, **PERIOD), timescales=ENGLAND))
    assert len({each["kind"] for each in found}) > 5


SCALD = "Tilly attended ED with a scald from a hot drink, brought by her aunt: scald to the {} foot"
# what neither the samples nor chance bring about
RARE = {
    "coverage": [rows("Police", *[("3 May 2019", "Rent paid.")] * 3)],
    "discrepancy": [rows("Police", ("3 May 2019", SCALD.format("left"))), rows("School", *[("3 May 2019", SCALD.format("right"))] * 2)],
    "overlapping-involvement": [
        rows("Police", *[("3 May 2019", "Tenancy sustainment plan agreed.")] * 3),
        rows("School", *[("3 May 2019", "Care plan drawn up.")] * 3),
    ],
    "overlapping-involvement of workers": [
        rows("Health Visiting", *((f"{on} May 2019", f"{who} called in.") for on in (3, 13, 23) for who in ("Hannah", "Moira")))
    ],
    "unanswered-handover": [  # more rows of one day than are looked through
        rows("Police", *((f"{on} May 2019", "Bruise to Tilly's cheek, rang GP.") for on in (3, 13, 23))),
        rows("GP", *((f"{on} May 2019", "Rent paid." if n < 220 else "Police rang, bruise.") for on in (3, 13, 23) for n in range(221))),
    ],
}


@pytest.mark.parametrize("kind", RARE)
def test_rows_that_say_the_same_give_the_same_findings_under_every_secret(kind):
    found = same_whatever_the_secret(lambda secret: review(*RARE[kind], people=PEOPLE, secret=secret, **PERIOD))
    assert kind.split()[0] in {each["kind"] for each in found}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(AGENCIES), st.integers(0, 3), st.sampled_from(TOLD)), max_size=24), st.sampled_from([1, 30, 200]))
def test_rows_of_the_same_days_give_the_same_findings_under_every_secret(given_rows, apart):
    returns = [rows(agency, *((day(on, apart, 1), text) for each, on, text in given_rows if each == agency)) for agency in AGENCIES]
    same_whatever_the_secret(lambda secret: replace(review(*returns, people=PEOPLE, secret=secret, **PERIOD), timescales=ENGLAND))


@pytest.mark.parametrize("ids", [("N-1", "N-2", "N-3"), ("N-3", "N-2", "N-1"), ("N-2", "N-3", "N-1")])
def test_workers_in_no_list_are_cited_in_the_order_of_the_review_whatever_their_ids_are(ids):
    names = ("Hannah Reed", "Moira Vance", "Petra Lund")
    people = tuple(replace(HANNAH, id=each, name=name, in_cast=False) for each, name in zip(ids, names, strict=True))
    days = [f"{number:02}/0{month}/2019" for month in (3, 4) for number in (1, 12)]
    seen = rows("Health Visiting", *((when, f"{name.split()[0]} visited at home.") for when in days for name in names))
    found = [each for each in told_by(review(seen, people=(TILLY, *people), **PERIOD))[0] if each["kind"] == "overlapping-involvement"]
    assert [each["events"] for each in found] == [[0, 1, 3, 4, 6, 7, 9, 10]]
