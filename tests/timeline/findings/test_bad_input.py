"""Every rule on reviews that give it little, nothing, or too much."""

import time
from datetime import date

import pytest

from tests.timeline.findings.evidence import toml
from tests.timeline.findings.reviews import BEN, CAROL, CHILD, FRANK, HANNAH, OWEN, PETER, TILLY, review, rows
from timeline.findings import FINDINGS, find
from timeline.people import Person
from timeline.timescales import timescales_from

ENGLAND = timescales_from(toml("timescales"), toml("timescales/england"), {})
TOLD = (
    "Home visit. Tilly seen, well. Health visitor informed by phone.",
    "T/C to mother. Bruise to left cheek, referral to social care. Carol said that Tilly fell.",
    "Strategy discussion held at 14:00. Section 47 agreed. Police to visit.",
    "Child protection conference. Made subject to a child protection plan, category of neglect.",
    "Core group. Mother did not attend. Care plan reviewed.",
    "No access. Card left. New social worker Hannah Reed.",
    "Letter from GP dated 3 March: was not brought, DNA.",
    "Case closed, no further action. Plan ended.",
)
AGENCIES = ("Police", "Health Visiting", "GP", "School")
SECONDS = 30  # for a thousand rows of one day, or a text of the longest; a rule that holds all against all takes minutes
LONGEST_CELL = 32_767  # characters


def told(agency, *days, texts=TOLD):
    return rows(agency, *((day, texts[number % len(texts)]) for number, day in enumerate(days)))


def asked(*returns, **more):
    """Every finding, after every rule has been asked by itself."""
    evidence = review(*returns, **more)
    for rule in FINDINGS:
        assert all(each.events is not None and each.question for each in rule(evidence))
    return find(evidence)


DAYS = [f"{day} {month} 2019" for month in ("January", "April", "September") for day in (3, 4, 17, 28)]


def test_one_agency():
    assert asked(told("Police", *DAYS))


def test_no_dated_event():
    found = asked(*(told(agency, *[""] * 8) for agency in AGENCIES))
    assert {each.kind for each in found} <= {"coverage", "duplicate"}


def test_no_certain_finding_where_every_date_is_a_year_wide():
    found = asked(*(told(agency, *["2018", "2019", "2019", "2020", "2019", "2019", "2018", "2019"]) for agency in AGENCIES))
    assert [each.kind for each in found if each.certainty == "certain"] == []


@pytest.mark.parametrize("people", [(TILLY, OWEN, FRANK), (TILLY, OWEN, BEN), (TILLY, TILLY, TILLY)])
def test_three_subjects(people):
    subjects = tuple(
        Person(id=f"S{n}", name=each.name, date_of_birth=each.date_of_birth, role=each.role, kind="subject")
        for n, each in enumerate(people, start=1)
    )
    named = [text.replace("Tilly", each.name.split()[0]) for each in people for text in TOLD]
    found = asked(*(told(agency, *DAYS, *DAYS, texts=named) for agency in AGENCIES), people=(*subjects, CAROL, HANNAH))
    assert {each.more["person"] for each in found if "person" in each.more} <= {"S1", "S2", "S3"}


def test_an_empty_timeline():
    assert {each.kind for each in asked(rows("Police"))} <= {"coverage"}
    assert {each.kind for each in asked(rows("Police"), rows("School"), people=())} <= {"coverage"}


def test_a_review_without_agencies_that_sent_anything():
    assert not asked()


def test_an_agency_with_no_return_among_others():
    assert asked(told("Police", *DAYS), rows("School"), told("GP", *DAYS))


@pytest.mark.parametrize("texts", [TOLD, ("Home visit, Tilly seen. T/C from school, GP informed by letter.",), ("",)])
def test_a_thousand_rows_of_one_day(texts):
    start = time.process_time()
    found = asked(*(told(agency, *["4 March 2019"] * 250, texts=texts) for agency in AGENCIES))
    assert time.process_time() - start < SECONDS
    assert len(found) <= 2 * 1000  # what is wrong with each row may be said of each, never of each pair


@pytest.mark.parametrize("text", ["", " ", "\n", ".", "… — ?! (/) ;:", "...\n...", "☑", "“”", "\u200b", "🙂"])
def test_texts_of_nothing_but_signs_have_gaps_alone(text):
    found = asked(*(told(agency, *DAYS, texts=(text,)) for agency in AGENCIES))
    assert {each.kind for each in found} <= {"silence", "agency-silence", "coverage", "duplicate"}


@pytest.mark.parametrize("text", ["7", "א", "0" * 400, "x", "and or not", "\u0301", "ǆ"])
def test_texts_of_no_words_that_anybody_knows(text):
    assert asked(*(told(agency, *DAYS, texts=(text,)) for agency in AGENCIES))


@pytest.mark.parametrize("text", ["and ", "not seen, ", "a", "Tilly seen. GP informed. ", "7 ", ";", "home visit\n", "(", "no, nor "])
def test_a_cell_as_full_as_a_workbook_can_hold(text):
    start = time.process_time()
    full = text * (LONGEST_CELL // len(text))
    asked(told("Police", "4 March 2019", "6 April 2019", texts=(full,)), told("GP", "4 March 2019", texts=(full,)))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("people", [(), (CAROL, HANNAH), (FRANK, PETER), (Person(id="X", name="Tilly Marsh"),)])
def test_no_cast_or_one_without_a_subject(people):
    assert asked(*(told(agency, *DAYS) for agency in AGENCIES), people=people)


def test_a_cast_of_workers_without_agency_or_role():
    strangers = tuple(Person(id=f"W{n}", name=name, kind="professional") for n, name in enumerate(("Hannah Reed", "Carol Marsh")))
    assert asked(*(told(agency, *DAYS) for agency in AGENCIES), people=(TILLY, *strangers))


def test_a_period_that_no_row_lies_in():
    assert asked(*(told(agency, *DAYS) for agency in AGENCIES), start=date(2001, 1, 1), end=date(2001, 12, 31))


def test_days_at_the_ends_of_the_calendar():
    asked(*(told(agency, "0001-01-01", "9999-12-31", "31 December 9999", "1 January 1000") for agency in AGENCIES))


@pytest.mark.parametrize("people", [CHILD, ()])
def test_columns_that_are_there_and_empty(people):
    cells = {"event": "", "child_seen": "", "voice": "", "shared_with": "", "source": "", "recorded_on": ""}
    odd = {"event": "?", "child_seen": "?", "voice": "-", "shared_with": "nobody", "source": "?", "recorded_on": "soon"}
    assert asked(*(rows(agency, *((day, each) for day in DAYS for each in (cells, odd))) for agency in AGENCIES), people=people)
