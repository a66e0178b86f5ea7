"""Seen: what a row says of the child or adult of the review being seen in person."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.timeline.findings.reviews import ADULT, BEN, CAROL, CHILD, OWEN, TILLY, review, rows
from timeline.findings.seeing.seen import sightings
from timeline.findings.seeing.seen_column import column_says


def value(told, people=CHILD, person=None, agency="Health Visiting", day="4 March 2019"):
    person = person or people[0].id
    found = [each for each in sightings(review(rows(agency, (day, told)), people=people)) if each.person == person]
    return found[0].value if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Home visit. Tilly seen, well and happy.",
        "Seen at home with mother.",
        "Tilly weighed in clinic, 7.4 kg.",
        "Mother attended clinic with Tilly, weight on 25th centile.",
        "Carol brought baby to clinic. Weighed.",
        "Baby asleep in Moses basket, warm and clean.",
        "Saw Tilly at nursery.",
        "Both children seen, house untidy.",
        "Mother and baby seen by the duty worker.",
        "No bruising seen on Tilly.",
        "No reply at first, Tilly seen later at grandmother's.",
        "Not at home but child seen at nursery",
        "Brought in by ambulance with mother. Alert.",
        "BIBA. GCS 15.",
        "Tilly admitted to ward with bronchiolitis.",
        "Officers attended, three children in the flat, Tilly in cot, wet through.",
        "Tilly was present during the visit.",
        "Tilly was playing on the floor, good eye contact.",
        "Visited Tilly in foster placement.",
        "Immunisations given, Tilly cried and settled.",
        "Carol was out. Tilly was seen with her father.",
        "Skin checked, child undressed, no marks seen.",
        "In nursery today, Tilly settled and ate well.",
        "Stop check, infant unrestrained on mother's lap.",
        "Opened by Ben. Baby found in cot with bottle.",
    ],
)
def test_a_child_is_seen(text):
    assert value(text) in ("in person", "alone")


@pytest.mark.parametrize(
    "text",
    [
        "Home visit, no access. Card left.",
        "Tilly not seen.",
        "No reply, curtains drawn.",
        "Tilly was not brought to her appointment.",
        "DNA development review.",
        "Mother seen at the door, Tilly at nursery.",
        "WNB x2. Letter sent.",
        "Visit. Mother refused entry, said Tilly asleep upstairs.",
        "Unannounced visit: nobody in.",
        "Visited. Carol said that Tilly was with grandmother, not seen.",
    ],
)
def test_a_child_was_asked_for_and_not_seen(text):
    assert value(text) == "not seen"


@pytest.mark.parametrize(
    "text",
    [
        "T/C from mother: Tilly well, eating and sleeping.",
        "Telephone call to Carol. Baby feeding well.",
        "WhatsApp video call, Tilly held up to the camera.",
        "Mother says that Tilly was seen by the GP last week.",
        "Core group. Present: social worker, health visitor, mother. Tilly is thriving.",
        "ED letter dated 1/3: Tilly attended with scald, discharged home.",
        "Strategy discussion. Bruise to Tilly's cheek, seen by paediatrician.",
        "Email from nursery: Tilly came in with a bruise.",
        "Tilly last seen on 3 January.",
        "Tilly to be seen next week.",
        "Carol seen alone at surgery, low mood.",
        "Child protection conference held.",
        "Ben seen at school, settled and happy.",
        "Ben's first day. Settled well.",
        "Spoke to mother about debts.",
        "Home visit planned for Tilly.",
        "Case reviewed in supervision.",
        "Birth notification received for Tilly.",
        "Bedroom seen, cold and damp.",
        "Letter from CSC, Tilly's case closed.",
        "Police informed that Tilly has been brought in.",
        "Carol had collected Tilly before police came.",
        "Met with school to discuss Tilly's attendance.",
        "Police attended. Carol arrested.",
        "Interviewed, no comment.",
    ],
)
def test_other_words_stop_no_clock(text):
    assert value(text) not in ("in person", "alone")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Home visit to Frank. Unkempt, thin, in his chair by the fire.", True),
        ("Frank opened the door in his pyjamas.", True),
        ("Morning call. Washed and dressed, meds given, breakfast made.", True),
        ("Declined personal care, ate half a sandwich.", True),
        ("Spoke to tenant at the door about his rent.", True),
        ("Patient attended surgery, BP 150/90.", True),
        ("Conveyed to ED with hip pain.", True),
        ("Welfare check. Found on the kitchen floor, alert.", True),
        ("Client said he wants to stay at home. Seen with advocate.", True),
        ("Refused to travel to hospital, capacity assessed.", True),
        ("Son Peter answered the door, would not let me in.", False),
        ("T/C to Frank, says he is fine.", False),
        ("Spoke to Peter, who says that his father is well.", False),
        ("No answer at the door. Neighbour has not seen him for days.", False),
        ("Repeat prescription issued.", False),
        ("Professionals' meeting. Team manager in the chair.", False),
        ("Tenancy visit not made.", False),
        ("Carers report that Frank was seen on Monday.", False),
    ],
)
def test_an_adult_is_seen_or_not(text, seen):
    assert (value(text, people=ADULT) in ("in person", "alone")) is seen


@pytest.mark.parametrize(
    ("heading", "text", "says"),
    [
        ("Child seen", "Y", "in person"),
        ("Child seen", "Yes - alone", "alone"),
        ("Child seen", "Y (brief)", "in person"),
        ("Child seen", "seen asleep", "in person"),
        ("Child seen", "Both", "in person"),
        ("Child seen", "Yes, not alone", "in person"),
        ("Was the child seen alone", "Yes", "alone"),
        ("Was the child seen alone", "No", None),
        ("Child seen", "N", "not seen"),
        ("Child seen", "Not seen.", "not seen"),
        ("Child seen", "No - no access", "not seen"),
        ("Child seen", "N (heard)", "heard"),
        ("Child seen", "Seen on Teams", "heard"),
        ("Child seen", "n/a", None),
        ("Child seen", "", None),
        ("Child seen", "Not applicable", None),
        ("Child seen", "She said that she likes school", None),
    ],
)
def test_the_column_is_read_as_it_begins(heading, text, says):
    assert column_says(heading, text) == says


def test_the_column_decides_where_the_words_say_less():
    assert value({"event": "Visit. Money discussed.", "child_seen": "Y"}) == "in person"
    assert value({"event": "Tilly seen and weighed.", "child_seen": "N"}) == "not seen"
    assert value({"event": "Tilly seen and weighed.", "child_seen": "n/a"}) == "in person"


def test_a_bare_yes_gives_way_where_the_words_say_that_this_child_was_not_seen():
    assert value({"event": "Ben seen at home. Tilly not seen, with grandmother.", "child_seen": "Y"}) == "not seen"


def test_a_column_of_people_says_whom_the_row_is_about():
    assert value({"people_involved": "Carol Marsh", "event": "Chest clear, temp 37."}, agency="GP") is None
    assert value({"people_involved": "Tilly Marsh", "event": "Chest clear, temp 37."}, agency="GP") == "in person"
    assert value({"people_involved": "Carol Marsh", "event": "Low mood. Came with baby in car seat."}, agency="GP") == "in person"


def test_a_call_in_the_column_for_the_kind_of_contact_is_no_sighting():
    assert value({"contact_type": "Telephone call", "event": "Tilly well, crawling."}) == "heard"
    assert value({"contact_type": "Strategy meeting", "event": "Tilly has a bruise on her cheek."}) == "heard"


def test_a_sibling_seen_is_not_the_child_seen_and_several_subjects_have_each_their_own():
    people = (TILLY, OWEN, CAROL, BEN)
    assert value("Owen seen at school. Tilly not seen.", people, OWEN.id) == "in person"
    assert value("Owen seen at school. Tilly not seen.", people, TILLY.id) == "not seen"
    assert value("Both children seen.", people, OWEN.id) == value("Both children seen.", people, TILLY.id) == "in person"


def test_nobody_is_seen_before_birth():
    assert value("Antenatal visit. Baby seen on scan.", day="4 March 2017") is None


def test_seen_alone_is_told_apart():
    assert value("Tilly seen alone in her room.") == "alone"
    assert value("Tilly not seen alone. Tilly seen with mother.") == "in person"


def test_the_place_of_the_words_and_the_bounds_are_given():
    (each,) = sightings(review(rows("Police", ("March 2019", "Tilly seen at home."))))
    assert (each.since, each.until) == (date(2019, 3, 1), date(2019, 3, 31))
    assert "Tilly seen at home."[each.start : each.end] == "seen"


def test_a_death_is_told():
    assert value("Frank died on the ward.", people=ADULT) == "died"
    assert value("Peter's wife died last year. Frank tearful.", people=ADULT) != "died"


def test_a_review_without_a_cast_or_rows_has_no_sightings():
    assert sightings(review(rows("Police"), people=())) == ()
    assert sightings(review(rows("Police", ("", "Tilly seen")), people=(CAROL, BEN))) == ()


# rows in professionals' manner, written without looking at the lists; those that are read wrongly are named, so that progress shows
KNOWN_WRONG = {
    "Stay and play. Carol on her phone throughout, Tilly bit another child.",
    "Knocked, no reply. Looked through window, Frank could be seen in chair.",
    "Firefighters fitted smoke alarms; occupier very hoarding, refused clearing.",
    "Officers spoke with the male in his flat, he said that the youths come for his tablets.",
}


def test_rows_of_every_manner_are_read_as_a_person_reads_them():
    with (Path(__file__).parent / "seen_rows.tsv").open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = {
        each["row"]
        for each in given
        if (value(each["row"], ADULT if each["who"] == "adult" else CHILD) in ("in person", "alone")) != (each["seen in person"] == "seen")
    }
    assert len(given) > 130
    assert wrong == KNOWN_WRONG
