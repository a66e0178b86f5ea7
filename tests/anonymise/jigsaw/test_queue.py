import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymise.hiding.hide import Known, hide, texts_to_recognise
from anonymise.jigsaw.queue import Passages, queue_of
from anonymise.jigsaw.record import risk_of
from anonymise.policy import policy_from
from anonymise.recognising.recognise import recognise
from anonymise.words.texts import NamedText
from tests.anonymise.conftest import read
from tests.anonymise.reviews import CAST, case, timeline
from timeline.case import Agency
from timeline.errors import CaseError
from timeline.events import Analysis, Cell
from timeline.people import Mention
from timeline.queued import PassageVerdict

JERSEY = policy_from(read("policies/overview-report"), "jersey")
MILDER = policy_from(read("policies/overview-report"), "england")


def queue(texts, hiding_rules, policy=JERSEY, mentions=(), place="jersey"):
    named = [NamedText(id=f"e{number}", text=text, agency=f"agency {number}") for number, text in enumerate(texts, 1)]
    return queue_of(named, mentions, policy, (hiding_rules.jigsaw, hiding_rules.recognition), place)


def hidden(text, rules, policy, finder, verdicts=(), place="jersey"):
    review, line = replace(case(), jurisdiction=place), timeline([("Eastshire Police", "2019-05-04", text)])
    seen = recognise(texts_to_recognise(review, line), CAST, review.agencies, finder, rules.recognition)
    return hide(review, line, [], seen, policy, rules, Known(verdicts=tuple(verdicts)))


def shown(done):
    return done.review.events[0].text


def test_a_passage_points_at_its_words_in_the_text_as_read(hiding_rules):
    text = "Po\u200blish gentleman\u00a0with the twins"
    assert [text[each.start : each.end] for each in queue([text], hiding_rules)] == ["Po\u200blish", "twins"]


def test_a_passage_has_the_same_id_on_every_run_and_each_its_own(hiding_rules):
    texts = ["Polish man and Polish woman", "Polish man"]
    first, again = queue(texts, hiding_rules), queue(texts, hiding_rules)
    assert [each.id for each in first] == [each.id for each in again]
    assert len({each.id for each in first}) == 3


def test_what_comes_before_a_row_changes_no_id_of_its_passages(hiding_rules):
    alone = [NamedText(id="x", text="the twins")]
    both = (hiding_rules.jigsaw, hiding_rules.recognition)
    before = queue_of([NamedText(id="w", text="the twins"), *alone], [], JERSEY, both)
    assert queue_of(alone, [], JERSEY, both)[0].id == before[1].id


def test_an_id_holds_no_words(hiding_rules):
    (passage,) = queue(["the twins"], hiding_rules)
    assert "twin" not in passage.id


def test_the_policy_says_what_is_hidden_until_somebody_decides(hiding_rules):
    text = ["Father is a scaffolder, Polish, one of three children"]
    kinds = {each.kind: each.hidden for each in queue(text, hiding_rules, JERSEY)}
    assert kinds == {"occupation": True, "nationality": True, "family shape": False}
    kinds = {each.kind: each.hidden for each in queue(text, hiding_rules, MILDER, place="england")}
    assert kinds == {"occupation": False, "nationality": True, "family shape": False}


def test_a_kind_that_the_policy_keeps_is_not_queued(hiding_rules):
    assert queue(["the Polish twins"], hiding_rules, policy_from({"facts": {"multiple birth": "keep"}}))[0].kind == "nationality"


def test_what_is_hidden_already_is_not_queued(hiding_rules):
    mention = Mention(text_id="e1", start=4, end=18, kind="ORGANISATION", person=None, found_by="x", score=1)
    assert queue(["the mosque school"], hiding_rules, mentions=[replace(mention, end=17)]) == ()


def test_a_run_of_words_that_two_agencies_have_alike_is_queued_in_both(hiding_rules):
    run = "the panel heard that concerns had been raised by several people over a long time without action"
    texts = [f"Police note: {run}. Filed.", f"Minutes say {run} and closed", "Nothing alike here"]
    both = [each for each in queue(texts, hiding_rules) if each.kind == "word-for-word"]
    assert [(each.text_id, texts[int(each.text_id[1]) - 1][each.start : each.end]) for each in both] == [("e1", run), ("e2", run)]


def test_an_agency_that_says_the_same_twice_copied_nobody(hiding_rules):
    run = "weekly contact at the clinic, weight checked, feeding well, no concerns raised by mother or by staff at all"
    named = [NamedText(id=str(number), text=run, agency="one") for number in range(3)]
    assert queue_of(named, [], JERSEY, (hiding_rules.jigsaw, hiding_rules.recognition)) == ()


def test_staff_are_not_queued_for_their_own_job(hiding_rules):
    text = "Baker\nSeen at the door"
    given_text = NamedText(id="e1", text=text, cells=(Cell("practitioner", "Professional", 0, 5), Cell("event", "Event", 6, len(text))))
    assert queue_of([given_text], [], JERSEY, (hiding_rules.jigsaw, hiding_rules.recognition)) == ()


@pytest.mark.parametrize("text", ["", " ", "🙂🙂", "\u200b\u200b", "мать и отец", "x" * 33_000, "Polish " * 4_000, '"' * 500, "'" * 501])
def test_no_text_is_too_strange_for_the_queue(text, hiding_rules):
    found = queue([text], hiding_rules)
    assert all(0 <= each.start < each.end <= len(text) for each in found)


def test_general_words_stand_until_somebody_decides(hiding_rules, nothing):
    done = hidden("Marisol's dad, a Polish scaffolder, has twins.", hiding_rules, JERSEY, nothing)
    assert shown(done) == "Child Z's dad, a [nationality] [occupation], has siblings."
    assert {(each.kind, each.decision) for each in done.replacements if each.found_by == "jigsaw"} == {
        ("nationality", ""), ("occupation", ""), ("multiple birth", ""),
    }  # fmt: skip


def test_what_is_decided_is_done_and_recorded(hiding_rules, nothing):
    text = "Her dad is a Polish scaffolder. She said “I never want to see him again”."
    passages = {each.kind: each.id for each in hidden(text, hiding_rules, JERSEY, nothing).queue}
    verdicts = [
        PassageVerdict(passage=passages["nationality"], verdict="keep"),
        PassageVerdict(passage=passages["occupation"], verdict="replace", words="tradesman"),
        PassageVerdict(passage=passages["quotation"], verdict="hide"),
    ]
    done = hidden(text, hiding_rules, JERSEY, nothing, verdicts)
    assert shown(done) == "Her dad is a Polish tradesman. She said “[words quoted]”."
    assert {each.kind: each.decision for each in done.replacements} == {"occupation": "replace", "quotation": "hide"}


def test_a_verdict_on_a_passage_that_is_gone_changes_nothing(hiding_rules, nothing):
    gone = PassageVerdict(passage="0" * 20, verdict="replace", words="x")
    assert shown(hidden("the twins", hiding_rules, JERSEY, nothing, [gone])) == "the siblings"


def test_a_hidden_quotation_takes_the_names_and_dates_in_it_along(hiding_rules, nothing):
    text = "Said “Marisol told Deborah on 4 May 2019 that it hurts”."
    (passage,) = (each for each in hidden(text, hiding_rules, JERSEY, nothing).queue if each.kind == "quotation")
    done = hidden(text, hiding_rules, JERSEY, nothing, [PassageVerdict(passage=passage.id, verdict="hide")])
    assert shown(done) == "Said “[words quoted]”."
    assert len(done.replacements) == 1


def test_a_quotation_that_stays_still_has_its_names_and_dates_hidden(hiding_rules, nothing):
    text = "Said “Marisol told Deborah on 4 May 2019 that it hurts”."
    (passage,) = hidden(text, hiding_rules, JERSEY, nothing).queue
    done = hidden(text, hiding_rules, JERSEY, nothing, [PassageVerdict(passage=passage.id, verdict="keep")])
    assert shown(done) == "Said “Child Z told Mother in May 2019 that it hurts”."


PIECES = [
    "Marisol O'Dowd", "her twins", "Polish gentleman", "a scaffolder", "on 4 May 2019", "aged 4", "last Tuesday", "on Christmas Day", "at 23:40",
    "“I want to go home now please”", "one of five", "cystic fibrosis", "the mosque", "Deborah", "14/2", "on her 5th birthday", "seen by", "and",
    "told the", ".", "\n", "T. de la Cour", "decided", "may attend", "June 21", "🙂", "Po\u200blish lady", "sentenced to two years",
]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), data=st.data())
def test_replacements_applied_give_the_text_whatever_is_decided(parts, data, hiding_rules, nothing):
    text = " ".join(parts)
    passages = hidden(text, hiding_rules, MILDER, nothing).queue
    decided = [
        PassageVerdict(passage=each.id, verdict=verdict, words="something" if verdict == "replace" else "")
        for each in passages
        if (verdict := data.draw(st.sampled_from(["", "hide", "keep", "replace"])))
    ]
    done = hidden(text, hiding_rules, MILDER, nothing, decided)
    made, last = "", 0
    for each in done.replacements:
        if each.text_id == "e1":
            assert each.start >= last
            assert text[each.start : each.end] == each.text
            made += text[last : each.start] + each.replacement
            last = each.end
    assert made + text[last:] == shown(done)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_a_stricter_policy_never_shows_what_a_milder_one_hides(parts, hiding_rules, nothing, learning_policy):
    text = " ".join(parts)

    little = {at for match in re.finditer(r"\b(?:on|at)\b", text) for at in range(*match.span())}  # say nothing by themselves

    def gone(policy):
        replaced = (
            each for each in hidden(text, hiding_rules, policy, nothing).replacements if each.text_id == "e1" and each.kind != "SPACE"
        )
        return {at for each in replaced for at in range(each.start, each.end) if text[at].isalnum()} - little

    assert gone(MILDER) <= gone(JERSEY)
    assert gone(JERSEY) <= gone(learning_policy)


def test_passages_without_verdicts_hide_what_the_policy_hides():
    assert Passages().hidden_ids() == frozenset()


def test_an_agency_of_which_an_island_has_one_goes_by_a_wider_word(hiding_rules, nothing):
    centre = Agency(name="Dewberry House SARC", folder="sarc")
    review = replace(case(agencies=(centre,)), jurisdiction="jersey")
    line = timeline([("Dewberry House SARC", "2019-05-04", "Seen.")])
    seen = recognise(texts_to_recognise(review, line), CAST, review.agencies, nothing, hiding_rules.recognition)
    assert hide(review, line, [], seen, JERSEY, hiding_rules).review.agencies == ("Specialist service",)
    assert hide(review, line, [], seen, MILDER, hiding_rules).review.agencies == ("Sexual assault referral centre",)


def test_time_is_counted_from_the_birth_of_the_subject(hiding_rules, nothing):
    since = policy_from({**read("policies/overview-report"), "dates": "since", "fixed_point": "birth"})
    done = hidden("Seen on 10 May 2016, letter dated 12 May 2016.", hiding_rules, since, nothing)
    assert shown(done) == "Seen on day 1, letter dated day 3."


def test_a_fixed_point_that_nobody_gave_is_an_error_that_says_where_to_give_it(hiding_rules, nothing):
    since = policy_from({"dates": "since", "fixed_point": "incident"})
    with pytest.raises(CaseError, match="incident_on"):
        hidden("Seen.", hiding_rules, since, nothing)


def test_professionals_go_by_role_alone_in_a_learning_report(hiding_rules, nothing, learning_policy):
    done = hidden("Marisol seen by T. de la Cour.", hiding_rules, learning_policy, nothing)
    assert shown(done) == "Child Z seen by the social worker."
    assert dict(done.key.pseudonyms)["P3"] == "Social Worker 1"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Seen by T. de la Cour may attend again", "Seen by Social Worker 1, may attend again"),
        ("T. de la Cour\nMARAC held", "Social Worker 1.\nMARAC held"),
        ("Seen 4 November 11:20 at home", "Seen in November, 11:20 at home"),
        ("T. de la Cour 4 May 2019 visit", "Social Worker 1 in May 2019 visit"),
    ],
)
def test_no_number_and_month_come_to_read_as_a_day(text, wanted, hiding_rules, nothing):
    assert shown(hidden(text, hiding_rules, MILDER, nothing)) == wanted


def test_the_record_of_the_risk_holds_places_and_figures_and_no_words(hiding_rules, nothing):
    done = hidden("Marisol's dad, a Polish scaffolder, has twins.", hiding_rules, JERSEY, nothing)
    record = risk_of(done.risk, done.queue, done.serials)
    assert record["rows"][0]["id"] == "E0001"
    assert [each["kind"] for each in record["rows"][0]["passages"]] == ["nationality", "occupation", "multiple birth"]
    assert record["document"]["risk"] < record["document"]["if_nothing_were_hidden"]
    said = json.dumps(record).lower()
    assert not any(word in said for word in ("marisol", "polish", "scaffolder", "child z"))


def test_the_figures_stand_among_the_counts_of_the_review(hiding_rules, nothing):
    counts = hidden("Marisol's dad, a Polish scaffolder, has twins. She is one of three.", hiding_rules, JERSEY, nothing).review.counts
    assert (counts["passages_queued"], counts["passages_hidden"]) == (4, 3)
    assert counts["intruder_percent_linked_together"] == 100


def test_the_title_and_the_headings_of_analyses_are_in_the_queue_and_in_the_record(hiding_rules, nothing):
    review = replace(case(title="The Polish twins"), jurisdiction="jersey")
    line = timeline([("Eastshire Police", "2019-05-04", "Seen.")])
    source = line.events[0].source
    line = replace(line, analyses=(Analysis(id="a1", heading="Work with a Traveller family", text="Well done.", source=source),))
    seen = recognise(texts_to_recognise(review, line), CAST, review.agencies, nothing, hiding_rules.recognition)
    done = hide(review, line, [], seen, JERSEY, hiding_rules)
    assert {each.text_id for each in done.queue} == {"case/title", "a1/heading"}
    assert "Polish" not in done.review.title
    assert {row["id"] for row in risk_of(done.risk, done.queue, done.serials)["rows"]} == {"case/title", "A0001/heading"}
