"""What headings mean, and that a board's rules are checked."""

import tomllib
from pathlib import Path

import pytest

from extractors.headings import headings_from, meaning_of, words_of
from timeline.errors import CaseError

RULES = Path(__file__).resolve().parents[2] / "rules" / "headings.toml"


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("DATE / TIME", "date"),
        ("Date & time of contact:", "date"),
        ("Date (dd/mm/yy)", "date"),
        ("Date of Birth", "date_of_birth"),
        ("D.O.B.", "date_of_birth"),
        ("Date recorded", "date_recorded"),
        ("End Date", "end_date"),
        ("Start Time", "time"),
        ("Contact / event (who was seen)", "event"),
        ("Nature of involvement", "event"),
        ("Event type", "contact_type"),
        ("Type of contact", "contact_type"),
        ("Action Taken to Mitigate Adverse Impact on Child", "action"),
        ("Analysis and action", "action"),
        ("Child's views", "voice"),
        ("Child’s voice / wishes and feelings", "voice"),
        ("Was the Child Seen Alone?", "child_seen"),
        ("Was the adult seen", "child_seen"),
        ("Making Safeguarding Personal", "voice"),
        ("Impact (Either Positive or Negative)", "impact"),
        ("Source(s)", "source"),
        ("Source of Information", "source"),
        ("Incident no.", "reference"),
        ("No.", "serial"),
        ("Re:", "people_involved"),
        ("Info shared with", "shared_with"),
        ("What should have happened", "expected_practice"),
        ("Area for improvement", "missed_opportunity"),
        ("KLOE", "theme"),
        ("Service Team", "agency"),
        ("Event\nInclude what the child said and what action was taken by whom", "event"),
        ("Contact and observations", "event"),
        ("Outcome/Disposal", "action"),
        ("Officer/Staff", "practitioner"),
        ("Contact Date/Time", "date"),
        ("Date/time recorded", "date_recorded"),
        ("Who was seen", "child_seen"),
        ("Response / Outcome", "action"),
        ("Source doc", "source"),
        ("Significant events", "event"),
        ("Progress note", "event"),
        ("Professional involved", "practitioner"),
        ("Month", "month"),
        ("Whatsit and so forth", None),
        ("Whatsit", None),
        ("", None),
    ],
)
def test_headings_of_agencies_are_known(reading, heading, meaning):
    assert reading.meaning(heading) == meaning


def test_every_listed_spelling_means_what_it_is_listed_under(reading):
    rules = tomllib.loads(RULES.read_text("utf-8"))
    listed = [(spelling, name) for name, table in rules.items() for key in ("whole", "spellings") for spelling in table.get(key, ())]
    meanings = {}
    for spelling, name in listed:
        meanings.setdefault(words_of(spelling, keep_all=True), set()).add(name)
    assert {words: names for words, names in meanings.items() if len(names) > 1} == {}


def test_own_headings_are_compared_as_tolerantly():
    assert meaning_of("DETAILS of episode:", headings_from({}), {"Details of Episode": "event"}) == "event"


@pytest.mark.parametrize(
    "rules", [{"date": ["Date"]}, {"date": {"spelings": ["Date"]}}, {"date": {"whole": "Date"}}, {"date": {"whole": [1]}}]
)
def test_a_malformed_rule_is_refused_by_name(rules):
    with pytest.raises(CaseError, match=r"rules/headings.toml: \[date\]"):
        headings_from(rules)


def test_of_two_date_columns_the_one_whose_heading_the_rules_know_best_is_the_events_own(read_csv):
    heading = ["Date of first referral", "Date of event", "Details"]
    read = read_csv([heading, ["01/02/2019", "13/03/2019", "Seen"], ["01/02/2019", "14/03/2019", "Rang"], ["01/02/2019", "", "Wrote"]])
    assert [entry.when.edtf for entry in read.entries] == ["2019-03-13", "2019-03-14", "2019-03-14"]
    assert read.entries[0].text == "01/02/2019\nSeen"
