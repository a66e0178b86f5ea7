"""Rows that are one entry typed twice, and rows that only look like it."""

import time

import pytest

from tests.making import timeline
from tests.timeline.findings.evidence import evidence, found
from tests.timeline.findings.reviews import BEN, CAROL, TILLY, review, rows
from timeline.findings.same_entry.duplicates import duplicates
from timeline.findings.same_entry.retyped import is_slip

DAY = "3 April 2019"
VISIT = (
    "Home visit by health visitor, bruise to left cheek, mother said that the child fell. Referral to social care, dose of 5 ml at 1030hrs."
)


def pair(one, other, times=(None, None), days=(DAY, DAY)):
    """The duplicates in two rows of one agency."""
    return found("duplicate", timeline(Police=[(days[0], one, times[0]), (days[1], other, times[1])]))


TYPED_AGAIN = [
    VISIT.upper(),
    VISIT.replace(". ", " ").replace(",", " -").rstrip("."),
    VISIT.replace(" ", "  "),
    VISIT.replace("health visitor", "HV"),
    VISIT.replace("social care", "SC").replace("Home visit", "HV"),
    VISIT.replace("mother", "mum").replace("left", "L"),
    VISIT.replace("Referral", "Refferal"),
    VISIT.replace("visitor", "vistior"),
    VISIT.replace("cheek", "cheeek"),
    VISIT.replace("bruise", "bruose"),
    VISIT.replace("Home visit", "Homevisit"),
    VISIT.replace("the child", "child"),
    VISIT.replace("5 ml", "5ml"),
    VISIT.replace("5 ml", "05 ml"),
    VISIT.replace("1030hrs", "10:30"),
    VISIT.replace("1030hrs", "10.30am"),
    VISIT.replace(" at 1030hrs", ""),  # beside a row whose time is 10:30
]


@pytest.mark.parametrize("again", TYPED_AGAIN)
def test_a_row_typed_again_is_a_duplicate(again):
    (duplicate,) = pair(VISIT, again, ("10:30", None))
    assert duplicate.certainty == "possible"


LOOK_ALIKES = [
    VISIT.replace("left", "right"),
    VISIT.replace("left", "R"),
    VISIT.replace("5 ml", "15 ml"),
    VISIT.replace("5 ml", "0.5 ml"),
    VISIT.replace("5 ml", "six ml"),
    VISIT.replace("5 ml", "5 mg"),
    VISIT.replace("1030hrs", "1130hrs"),
    VISIT.replace("said", "did not say"),
    VISIT.replace("said", "never said"),
    VISIT.replace("fell", "did not fall"),
    VISIT.replace("mother", "father"),
    VISIT.replace("mother", "brother"),
    VISIT.replace("the child", "his sister"),
    VISIT.replace("health visitor", "social worker"),
    VISIT.replace("to left cheek", "to left cheek?"),
    VISIT.replace("cheek", "cheeks"),
    VISIT.replace("fell", "felt"),
    VISIT.replace("Referral to", "Referral from"),
    VISIT.replace("Home visit by", "Seen in clinic by"),
    VISIT + " Police informed.",
    VISIT.replace(" bruise to left cheek,", ""),
]


@pytest.mark.parametrize("other", LOOK_ALIKES)
def test_a_row_that_says_something_else_is_no_duplicate(other):
    assert not pair(VISIT, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Child seen at home by the worker today", "Child not seen at home by the worker today"),
        ("Child seen at home by the worker today", "Child unseen at home by the worker today"),
        ("He was seen at home by the worker", "She was seen at home by the worker"),
        ("Baby feeding well at the visit today", "Baby feeling well at the visit today"),
        ("Urine test was +ve at clinic today", "Urine test was -ve at clinic today"),
        ("Weight up by 2 kg since last seen <9th", "Weight up by 2 kg since last seen >9th"),
        ("Threshold met for assessment at this time", "Threshold not met for assessment at this time"),
        ("Rang at 2pm and left a message with staff", "Rang at 2am and left a message with staff"),
        ("Visited Ellis at the home, all was well", "Visited Ellie at the home, all was well"),
        ("Spoke with Marian about the visit today", "Spoke with Marion about the visit today"),
        ("DNA", "T/C"),
        ("DNA x2", "DNA x3"),
        ("Was seen", "Was well"),
        ("Able to settle in nursery this morning", "Unable to settle in nursery this morning"),
        ("The bruise was abnormal in my opinion", "The bruise was normal in my opinion"),
    ],
)
def test_opposites_names_and_small_words_are_never_slips(one, other):
    assert not pair(one, other)


def test_another_day_another_time_and_another_agency_are_no_duplicates():
    weekly = "Weekly visit. Child seen, well and happy at home."
    assert not pair(weekly, weekly, days=("3 April 2019", "10 April 2019"))
    assert not pair(weekly, weekly, ("10:00", "14:00"))
    assert not found("duplicate", timeline(Police=[(DAY, weekly)], School=[(DAY, weekly)]))


def test_a_row_to_the_letter_is_certain_and_one_whose_time_is_missing_is_possible():
    assert [each.certainty for each in pair(VISIT, VISIT, ("10:00", "10:00"))] == ["certain"]
    assert [each.certainty for each in pair("DNA", "DNA")] == ["certain"]
    assert [each.certainty for each in pair(VISIT, VISIT, ("10:00", None))] == ["possible"]
    assert [each.certainty for each in pair(VISIT, VISIT, days=("April 2019", "April 2019"))] == ["possible"]
    assert [each.certainty for each in pair(VISIT, VISIT, days=("", ""))] == ["possible"]


def test_one_entry_that_stands_thrice_is_one_question():
    (duplicate,) = found("duplicate", timeline(Police=[(DAY, VISIT), (DAY, VISIT.lower()), (DAY, VISIT)]))
    assert len(duplicate.events) == 3
    assert "3 times" in duplicate.question


def test_a_row_without_a_time_belongs_to_one_of_two_that_have_their_own():
    told = timeline(Police=[(DAY, VISIT, "10:30"), (DAY, VISIT, "14:00"), (DAY, VISIT)])
    assert [len(each.events) for each in found("duplicate", told)] == [2]


def of(*cells, people=(TILLY, BEN, CAROL)):
    return [
        each.more | {"rows": len(each.events)} for each in duplicates(review(rows("GP", *((DAY, each) for each in cells)), people=people))
    ]


SEEN = "Immunisations given at the clinic by practice nurse"


def test_rows_of_two_children_in_one_clinic_are_no_duplicates():
    assert not of({"people_involved": "Tilly", "event": SEEN}, {"people_involved": "Ben", "event": SEEN})
    assert not of(f"Tilly: {SEEN}", f"Ben: {SEEN}")


def test_the_name_of_the_same_person_may_be_shorter():
    assert of(f"Tilly Marsh: {SEEN}", f"Tilly: {SEEN}")


def test_columns_are_compared_one_by_one_and_one_may_be_missing():
    assert of({"event": SEEN, "child_seen": "Y"}, {"event": SEEN})
    assert of({"event": SEEN, "child_seen": "Y"}, {"child_seen": "Yes", "event": SEEN})
    assert not of({"event": SEEN, "child_seen": "Y"}, {"event": SEEN, "child_seen": "N"})
    assert not of({"event": SEEN, "reference": "21/104"}, {"event": SEEN, "reference": "21/105"})
    assert of({"event": SEEN, "date_recorded": "4 April 2019"}, {"event": SEEN, "date_recorded": "9 May 2019"})
    assert not of({"event": "Letter", "action": "Filed"}, {"event": "Letter"})


@pytest.mark.parametrize(
    ("word", "slip"),
    [
        ("received", "recieved"),
        ("referral", "refferal"),
        ("attendance", "attendence"),
        ("bruising", "brusing"),
        ("appointment", "apointment"),
    ],
)
def test_slips_of_the_pen(word, slip):
    assert is_slip(word, slip)
    assert is_slip(slip, word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("form", "from"), ("visit", "visits"), ("attend", "attended"), ("mother", "brother"), ("feeding", "feeling"), ("patting", "putting"),
        ("known", "unknown"), ("hypertension", "hypotension"), ("maternal", "paternal"), ("increase", "increased"), ("harm", "harmless"),
    ],
)  # fmt: skip
def test_other_words_are_no_slips(one, other):
    assert not is_slip(one, other)


def test_a_word_that_other_rows_know_is_no_slip():
    walked = "The toddler was walking along the hall at the visit"
    told = [(DAY, walked), (DAY, walked.replace("walking", "waling"))]
    assert found("duplicate", timeline(Police=told))
    assert not found("duplicate", timeline(Police=[*told, ("9 May 2019", "walking and waling")]))


@pytest.mark.parametrize("rows_of_a_day", [250, 500])
def test_a_pile_of_rows_of_one_date_is_not_held_against_itself(rows_of_a_day):
    text = "to the home, child seen by worker, mother spoke of work and of school"
    told = [(DAY, f"Visit {chr(97 + n % 26)}{chr(97 + n // 26)} {text}") for n in range(rows_of_a_day)]
    ready = evidence(timeline(Police=told))
    start = time.process_time()
    assert not [*duplicates(ready)]
    assert time.process_time() - start < rows_of_a_day / 25
