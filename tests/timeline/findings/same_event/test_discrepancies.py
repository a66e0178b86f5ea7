"""Discrepancies: what accounts of one event say differently, and what only looks so."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.records import findings_json
from tests.making import timeline
from tests.timeline.findings.evidence import evidence, found
from timeline.findings import find
from timeline.people import Mention, Person

PEOPLE = (
    Person(id="S1", name="Orla", role="Subject", kind="subject"),
    Person(id="F1", name="Bronagh", role="Mother", kind="family"),
    Person(id="F2", name="Dermot", role="Brother", kind="family"),
    Person(id="W1", name="DC Mabey", role="Detective", kind="professional", agency="Police"),
    Person(id="W2", name="Sgt Ilott", role="Sergeant", kind="professional", agency="Police"),
    Person(id="W3", name="Ms Tarrant", role="Head teacher", kind="professional", agency="School"),
)


def named(merged):
    """Mentions of the people above, wherever their names stand."""
    return [
        Mention(text_id=event.id, start=start, end=start + len(person.name), kind="PERSON", person=person.id, found_by="test", score=1.0)
        for event in merged.events
        for person in PEOPLE
        if (start := event.text.find(person.name)) >= 0
    ]


def asked(**rows):
    """The discrepancies of a timeline: what each is about, and the two phrases."""
    merged = timeline(**rows)
    texts = {event.id: event.text for event in merged.events}
    return [
        (each.more["about"], *(texts[phrase["event"]][phrase["start"] : phrase["end"]] for phrase in each.more["phrases"]))
        for each in found("discrepancy", merged, people=PEOPLE, mentions=named(merged))
    ]


def about(**rows):
    return {each[0] for each in asked(**rows)}


SCALD = "Orla attended ED with a scald from a hot drink, brought by her aunt"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scald to the left foot", "scald to the right foot"),
        ("scald L foot", "scald on her right foot"),
        ("scald, foot (left)", "R foot scald"),
        ("scald to the left-hand side of the neck", "scald to right neck"),
    ],
)
def test_the_same_part_on_another_side_is_a_discrepancy(one, other):
    rows = {"Hospital": [("3 April 2019", f"{SCALD}. {one}", "14:00")], "School": [("3 April 2019", f"{SCALD}. {other}", "14:10")]}
    assert about(**rows) == {"injury"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scald to the left foot", "scald to the foot"),
        ("scald to the left foot", "scald to the left foot"),
        ("scald to the left foot, older mark right foot", "scald to right foot"),
        ("scald to both feet", "scald to right foot"),
        ("scald to the left foot", "No injury to the right foot"),
        ("left the ward with a foot scald", "right to appeal explained, foot scald dressed"),
        ("seen by L Carver, foot scald", "scald to right foot"),
    ],
)
def test_a_side_that_does_not_contradict_is_no_discrepancy(one, other):
    rows = {"Hospital": [("3 April 2019", f"{SCALD}. {one}", "14:00")], "School": [("3 April 2019", f"{SCALD}. {other}", "14:10")]}
    assert "injury" not in about(**rows)


def test_another_part_of_the_body_is_a_discrepancy():
    rows = {
        "Hospital": [("3 April 2019", f"{SCALD}. Scald to the thigh", "14:00")],
        "School": [("3 April 2019", f"{SCALD}. Scald to the forearm", "14:10")],
    }
    assert about(**rows) == {"injury"}


CONFERENCE = "Initial child protection conference about Orla, category neglect"


def test_a_meeting_on_two_days_is_a_discrepancy():
    rows = {"Police": [("9 May 2019", CONFERENCE, "10:00")], "School": [("10 May 2019", f"Attended {CONFERENCE}", "10:00")]}
    assert about(**rows) == {"date"}


def test_dates_whose_bounds_overlap_are_no_discrepancy():
    assert "date" not in about(Police=[("9 May 2019", CONFERENCE, "10:00")], School=[("8-10 May 2019", CONFERENCE)])


def test_a_letter_that_is_dated_later_is_no_discrepancy():
    rows = {
        "Hospital": [("3 April 2019", f"{SCALD}. Letter to GP", "14:00")],
        "School": [("6 April 2019", f"Hospital letter dated 5 April received: {SCALD} on 3 April")],
    }
    assert "date" not in about(**rows)


def test_a_day_told_that_the_other_date_excludes_is_a_discrepancy():
    rows = {
        "Hospital": [("3 April 2019", f"{SCALD}. Dressing applied", "14:00")],
        "School": [("6 April 2019", f"Hospital rang: {SCALD} on 2 April, dressing applied")],
    }
    assert about(**rows) == {"date"}


def test_the_small_hours_are_told_of_the_evening_before():
    rows = {
        "Police": [("4 April 2019", "Mother arrested for assault on the aunt, Orla present", "01:10")],
        "School": [("5 April 2019", "Police told us that mother was arrested for assault on the aunt on 3 April, Orla present")],
    }
    assert "date" not in about(**rows)


def test_a_time_told_hours_away_is_a_discrepancy():
    rows = {
        "Police": [("4 April 2019", "Mother arrested for assault on the aunt, Orla present", "21:10")],
        "School": [("5 April 2019", "Told that mother was arrested at about 6.30pm last night for assault on the aunt, Orla present")],
    }
    assert about(**rows) == {"time"}


@pytest.mark.parametrize(
    "told",
    [
        "Told at 6.30pm that mother was arrested yesterday for assault on the aunt, Orla present",
        "Told that mother was arrested at about 9pm last night for assault on the aunt, Orla present",
        "Appointment at 9am kept. Mother was arrested last night for assault on the aunt, Orla present",
    ],
)
def test_another_time_is_no_discrepancy(told):
    rows = {
        "Police": [("4 April 2019", "Mother arrested for assault on the aunt, Orla present", "21:10")],
        "School": [("5 April 2019", told, "18:30")],
    }
    assert "time" not in about(**rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Present: DC Mabey, health visitor. Apologies: Ms Tarrant", "Core group about the flat, Ms Tarrant attended"),
        ("Father did not attend. Plan agreed", "Core group about the flat, father present and said little"),
        ("Apologies from school", "Core group about the flat. Ms Tarrant in attendance"),
    ],
)
def test_there_and_not_there_is_a_discrepancy(one, other):
    rows = {
        "Police": [("9 May 2019", f"Core group about the flat. {one}", "10:00")],
        "School": [("9 May 2019", other, "10:00")],
    }
    assert about(**rows) == {"who"}


def test_who_came_for_an_agency_is_a_discrepancy():
    rows = {
        "Police": [("9 May 2019", "Core group about the flat and school attendance. Sgt Ilott", "10:00")],
        "School": [("9 May 2019", "Core group about the flat and school attendance. Present: DC Mabey, Ms Tarrant", "10:00")],
    }
    assert about(**rows) == {"who"}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Brought by mother only", "Brought in by mother and grandmother", True),
        ("Attended with aunt", "Accompanied by father", True),
        ("Came alone", "Came with her cousin", True),
        ("Attended with mother", "Brought by mum and nan", False),
        ("Brought by mother", "Orla seen, head injury advice", False),
        ("To be brought by mother only", "Brought in by mother and grandmother", False),
    ],
)
def test_who_came_with_the_child(one, other, differ):
    told = "Fall from trampoline at the park, bump to forehead, head injury advice"
    rows = {"Hospital": [("3 April 2019", f"{told}. {one}", "14:00")], "School": [("3 April 2019", f"{told}. {other}", "14:10")]}
    assert ("who" in about(**rows)) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Found by the postman's friend", "Found by her neighbour", True),
        ("Neighbour found her at noon", "Found on the stairs by care worker", True),
        ("Neighbour found her at noon", "Found on the stairs by a neighbour", False),
        ("Police found the door open", "Found on the stairs by a neighbour", False),
    ],
)
def test_who_found_somebody(one, other, differ):
    told = "Orla unconscious after a fall on the stairs, conveyed to hospital"
    rows = {"Police": [("3 April 2019", f"{told}. {one}", "14:00")], "School": [("3 April 2019", f"{told}. {other}", "14:10")]}
    assert ("who" in about(**rows)) is differ


def test_children_at_the_place_and_elsewhere_is_a_discrepancy():
    told = "Assault by partner on mother, arrested, nose broken"
    rows = {
        "Police": [("3 April 2019", f"{told}. Both children upstairs throughout", "23:00")],
        "School": [("4 April 2019", f"Police told us of last night: {told}. Children were staying with an aunt")],
    }
    assert about(**rows) == {"who"}


def test_children_who_were_told_apart_are_no_discrepancy():
    told = "Assault by partner on mother, arrested, nose broken"
    rows = {
        "Police": [("3 April 2019", f"{told}. Orla in the bedroom; Dermot with grandmother", "23:00")],
        "School": [("4 April 2019", f"Police told us of last night: {told}. Dermot was staying with his grandmother")],
    }
    assert "who" not in about(**rows)


def test_seen_by_one_and_not_seen_by_the_other_is_a_discrepancy():
    rows = {
        "Police": [("3 April 2019", "Joint visit with Ms Tarrant to the caravan. Orla seen, clean and well", "14:00")],
        "School": [("3 April 2019", "Joint visit with police to the caravan. Orla not seen, said to be at her aunt's", "14:00")],
    }
    assert about(**rows) == {"seen"}


@pytest.mark.parametrize(
    "other", ["Police report of their visit to the caravan received. No reply to our call", "Joint visit with police to the caravan. Tidy"]
)
def test_saying_nothing_of_being_seen_is_no_discrepancy(other):
    rows = {
        "Police": [("3 April 2019", "Joint visit with Ms Tarrant to the caravan. Orla seen, clean and well", "14:00")],
        "School": [("3 April 2019", other, "14:00")],
    }
    assert "seen" not in about(**rows)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Mother agreed to a parenting course", "Mother declined the parenting course", True),
        ("Mother agreed to a parenting course", "Mother declined a lift home", False),
        ("Bronagh agreed to a parenting course", "Orla declined the parenting course", False),
        ("Assessed as having capacity about money", "Lacks capacity about money", True),
        ("School had no objection to closing", "School disagreed with closing", True),
        ("Social worker to visit within two days", "Social worker to visit within three weeks", True),
        ("Social worker to visit within seven days", "Social worker to visit within five working days", False),
        ("Visits three times a week", "Visits twice a week", True),
        ("Visits three times a week", "Visits twice a month", False),
        ("Threshold was not met", "It meets the threshold", True),
        ("Threshold was not met", "Threshold not met", False),
        ("Plan under category of neglect", "Plan under category of emotional abuse", True),
    ],
)
def test_opposed_outcomes(one, other, differ):
    told = "Core group about the flat and the broken boiler"
    rows = {"Police": [("3 April 2019", f"{told}. {one}", "14:00")], "School": [("3 April 2019", f"{told}. {other}", "14:00")]}
    assert bool(about(**rows) & {"outcome", "decision"}) is differ


def test_rows_of_different_events_are_not_compared():
    rows = {
        "Hospital": [("3 April 2019", "Scald to the left foot, dressing clinic", "09:00")],
        "School": [("20 June 2019", "Bruise to the right foot after football", "15:00")],
    }
    assert asked(**rows) == []


def test_a_discrepancy_rests_on_two_rows_and_quotes_neither():
    rows = {
        "Hospital": [("3 April 2019", f"{SCALD}. Scald to the left foot", "14:00")],
        "School": [("3 April 2019", f"{SCALD}. Scald to the right foot", "14:10")],
    }
    merged = timeline(**rows)
    (finding,) = found("discrepancy", merged, people=PEOPLE, mentions=named(merged))
    assert len(finding.events) == len(finding.more["phrases"]) == 2
    assert [phrase["event"] for phrase in finding.more["phrases"]] == list(finding.events)
    assert "left" not in repr(finding)
    assert all(agency in finding.question for agency in ("Hospital", "School"))
    json.loads(findings_json([finding]))


def test_one_difference_in_a_group_is_asked_once():
    rows = {
        "Hospital": [("3 April 2019", f"{SCALD}. Scald to the left foot", "14:00")],
        "School": [("3 April 2019", f"{SCALD}. Scald to the left foot", "14:10")],
        "Police": [("3 April 2019", f"{SCALD}. Scald to the right foot", "14:05")],
    }
    assert len(asked(**rows)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        {"Police": [("3 April 2019", SCALD)]},
        {"Police": [("undated", SCALD)], "School": [("undated", SCALD)]},
        {"Police": [("2019", SCALD)], "School": [("2019", SCALD)]},
        {"Police": [("3 April 2019", "")], "School": [("3 April 2019", "")]},
        {"Police": [("3 April 2019", "...")], "School": [("3 April 2019", "24:61 31/02/2019 L")]},
    ],
)
def test_bad_input_gives_no_discrepancy_and_no_error(rows):
    assert asked(**rows) == []


PARTS = [
    "Joint visit",
    "scald",
    "left foot",
    "right foot",
    "agreed",
    "refused",
    "seen",
    "not seen",
    "at 10:00",
    "yesterday",
    "Orla",
    "\n",
    ".",
]


@given(st.lists(st.tuples(st.sampled_from(["Police", "School"]), st.lists(st.sampled_from(PARTS), min_size=1, max_size=12)), max_size=6))
def test_phrases_stand_in_their_rows_whatever_they_say(rows):
    by_agency = {}
    for agency, parts in rows:
        by_agency.setdefault(agency, []).append(("3 April 2019", " ".join(parts), "10:00"))
    merged = timeline(**by_agency) if by_agency else timeline(Police=[])
    texts = {event.id: event.text for event in merged.events}
    for finding in find(evidence(merged, people=PEOPLE, mentions=named(merged))):
        for phrase in finding.more.get("phrases", []) if finding.kind == "discrepancy" else []:
            assert 0 <= phrase["start"] < phrase["end"] <= len(texts[phrase["event"]])
