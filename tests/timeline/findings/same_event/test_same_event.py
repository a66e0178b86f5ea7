"""Which rows tell one event: what joins them, what parts them, and the laws."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import SECRET, returned, source, timeline
from tests.timeline.findings.evidence import evidence, found
from timeline.findings.same_event.linking import WEIGHTS, links
from timeline.findings.same_event.tellings import tellings
from timeline.merging import merge
from timeline.people import Mention, Person

CHOKED = "Choked on a grape at the childminder's, back slaps given"


def groups(merged, **more):
    """The texts of each group."""
    texts = {event.id: event.text for event in merged.events}
    return [{texts[event] for event in each.events} for each in found("same-event", merged, **more)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("6 May 2019", f"Hospital letter dated 03/05: {CHOKED}"),
        ("6 May 2019", f"Told that on Friday she {CHOKED.lower()}"),
        ("4 May 2019", f"Told that yesterday she {CHOKED.lower()}"),
        ("4 May 2019", f"Mum rang. Last night: {CHOKED.lower()}"),
        ("6 May 2019", f"Three days ago {CHOKED.lower()}"),
        ("28 May 2019", f"Discharge summary: {CHOKED} on 3rd May"),
    ],
)
def test_a_day_told_in_the_words_joins_what_was_written_later(written, told):
    merged = timeline(Hospital=[("3 May 2019", CHOKED)], School=[(written, told)])
    assert len(groups(merged)) == 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("30 May 2019", CHOKED),
        ("6 August 2019", f"Letter dated 03/05: {CHOKED}"),
        ("2020", CHOKED),
        ("undated", CHOKED),
    ],
)
def test_without_a_day_in_common_alike_words_join_nothing(written, told):
    assert groups(timeline(Hospital=[("3 May 2019", CHOKED)], School=[(written, told)])) == []


def test_a_time_told_in_the_words_joins_rows():
    rows = {
        "Police": [("3 May 2019", "Called to the quay, male shouting at a child", "16:40")],
        "School": [("3 May 2019", "Parent says police came to the quay at twenty to five, a child upset")],
    }
    assert len(groups(timeline(**rows))) == 1


def test_four_agencies_at_one_meeting_are_one_group():
    merged = timeline(
        Police=[("3 May 2019", "Strategy discussion, section 47 threshold met. Sgt Ilott", "10:00")],
        School=[("3 May 2019", "Strategy discussion by telephone, head took part, threshold met", "10:00")],
        Hospital=[("3 May 2019", "Took part in strategy discussion. Medical not needed")],
        Surgery=[("3 May 2019", "Invited to strategy discussion at short notice, report sent, threshold met")],
    )
    (group,) = groups(merged)
    assert len(group) >= 3


def test_two_meetings_of_one_day_stay_apart():
    merged = timeline(
        Police=[("3 May 2019", "Core group for the sister, bedroom and beds talked about", "10:00")],
        School=[("3 May 2019", "MARAC for the mother, bedroom locks talked about", "15:00")],
    )
    assert groups(merged) == []


def test_a_meeting_that_is_only_planned_is_not_the_meeting():
    merged = timeline(
        Police=[("3 May 2019", "Bruise to chin reported by nursery worker. Strategy discussion to be held tomorrow", "17:00")],
        School=[("4 May 2019", "Strategy discussion with police and social care, chaired by team manager", "10:00")],
    )
    assert groups(merged) == []


def test_a_rare_visitor_says_more_than_somebody_named_everywhere():
    people = (Person(id="S", name="Orla", kind="subject"), Person(id="V", name="Uncle Zed", kind="associate"))
    filler = [(f"{day} June 2019", "Orla in class, reading well") for day in range(1, 21)]
    rows = {"School": [*filler, ("3 May 2019", "Orla fetched from the gate by Uncle Zed, a van outside")]}

    def score(words):
        merged = timeline(**rows, Police=[("3 May 2019", words)])
        mentions = [
            Mention(text_id=e.id, start=at, end=at + len(p.name), kind="PERSON", person=p.id, found_by="test", score=1.0)
            for e in merged.events
            for p in people
            if (at := e.text.find(p.name)) >= 0
        ]
        return links(tellings(evidence(merged, people=people, mentions=mentions)), replace(WEIGHTS, words=0.0))[0].score

    assert score("Uncle Zed stopped on the coast road") > score("Orla stopped on the coast road") > score("Lorry stopped on the coast road")


def test_a_slip_of_the_pen_still_meets_the_word():
    told = timeline(
        Hospital=[("3 May 2019", "Swallowed a marble, endoscopy under anaesthetic")],
        School=[("3 May 2019", "Told of a swalowed marble and an endoscpy under anesthetic")],
    )
    assert len(groups(told)) == 1


def test_what_a_person_decided_outweighs_what_rows_share():
    merged = timeline(Hospital=[("3 May 2019", CHOKED)], School=[("3 May 2019", CHOKED.upper()), ("9 July 2019", "Sports day")])
    ids = {event.text: event.id for event in merged.events}
    assert len(groups(merged)) == 1
    pair = frozenset((ids[CHOKED], ids[CHOKED.upper()]))
    assert groups(merged, decided_links={pair: False}) == []
    far = frozenset((ids[CHOKED], ids["Sports day"]))
    assert {CHOKED, "Sports day"} in groups(merged, decided_links={pair: False, far: True})


DAYS = st.dates(date(2019, 5, 1), date(2019, 5, 6))
SAYINGS = st.sampled_from(
    [CHOKED, "Strategy discussion held", "Home visit, seen", "Bruise to chin", "Letter dated 02/05 about a bruise to chin"]
)


@given(
    st.lists(st.tuples(st.sampled_from(["Police", "School", "Hospital"]), DAYS, SAYINGS), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_groups_do_not_depend_on_the_order_of_files(rows, chance):
    files = [returned(source(agency, number), [(day.isoformat(), text)]) for number, (agency, day, text) in enumerate(rows)]
    shuffled = chance.sample(files, len(files))

    def said(read):
        return {frozenset(each.events) for each in found("same-event", merge(read, SECRET))}

    assert said(files) == said(shuffled)


@given(st.lists(st.tuples(st.sampled_from(["Police", "School"]), DAYS, SAYINGS), min_size=1, max_size=10))
def test_a_row_stands_in_one_group_at_most_and_every_group_has_two_agencies(rows):
    by_agency = {}
    for agency, day, text in rows:
        by_agency.setdefault(agency, []).append((day.isoformat(), text))
    same = found("same-event", timeline(**by_agency))
    events = [event for each in same for event in each.events]
    assert len(events) == len(set(events))
    assert all(len(each.agencies) > 1 and each.since <= each.until for each in same)


def test_a_crowded_day_links_only_what_shares_something_rare():
    calls = [("3 May 2019", f"Call number {number} to the desk about parking") for number in range(40)]
    merged = timeline(Police=calls, School=[("3 May 2019", "Desk busy"), ("3 May 2019", CHOKED)], Hospital=[("3 May 2019", CHOKED.upper())])
    assert groups(merged) == [{CHOKED, CHOKED.upper()}]


def test_every_row_a_year_wide_links_nothing():
    years = [(str(2010 + number), CHOKED) for number in range(9)]
    assert groups(timeline(Police=years, School=years)) == []


def test_the_cost_grows_with_the_rows_and_not_with_their_square():
    start = date(2019, 1, 1)

    def pairs(count):
        rows = [
            ((start + timedelta(days=number // 10)).isoformat(), f"Note {number} about matter {number % 97}") for number in range(count)
        ]
        return len(links(tellings(evidence(timeline(Police=rows[::2], School=rows[1::2])))))

    assert pairs(800) < 3 * pairs(400) + 50
