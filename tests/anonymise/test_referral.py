"""What a rapid review's panel is shown of the referral: answers hidden like rows, days as the policy words them, rows by the day of the incident."""

from dataclasses import replace
from datetime import date

from anonymise.hiding.hide import Known, hide, texts_to_recognise
from anonymise.recognising.recognise import recognise
from tests.anonymise.reviews import CAST, case, timeline
from timeline.countdown import countdown_of
from timeline.timescales import Timescale, Timescales, within_from
from timeline.working_days import WorkingDays

ROWS = [
    ("Eastshire Police", "2019-05-01", "Before."),
    ("Eastshire Police", "2019-05-04", "The day."),
    ("Children's Social Care", "2019-05-03/2019-05-06", "About the day."),
    ("Children's Social Care", "2019-05", "Some day of the month."),
    ("Eastshire Police", "2019-05-05", "The day after."),
    ("Eastshire Police", "2019-05-20", "After the referral."),
    ("Eastshire Police", "XXXX", "Undated."),
]
NUMBER = Timescale(id="rapid-review", what="", within=within_from("15 working days"), source="the board", verified=False)
REFERRAL = {
    "multi_agency": "Eastshire Police and Tamsin de la Cour saw Marisol on 4 May 2019.",
    "lessons": "Mother is a Polish scaffolder.",
}


def referral(rules, policy, finder, answers=REFERRAL, **days):
    given = {"incident_on": date(2019, 5, 4), "referred_on": date(2019, 5, 14), **days}
    review = replace(case(), kind="rapid-review", referral=answers, **given)
    line = timeline(ROWS)
    seen = recognise(texts_to_recognise(review, line), CAST, review.agencies, finder, rules.recognition)
    known = Known(countdown=countdown_of(review, Timescales((NUMBER,)), WorkingDays()))
    return hide(review, line, (), seen, policy, rules, known)


def test_the_answers_of_the_referral_are_recognised_and_hidden_like_a_row(hiding_rules, policy, nothing):
    done = referral(hiding_rules, policy, nothing)
    assert done.review.referral.answers["multi_agency"] == "Police and Social Worker 1 saw Child Z in May 2019."
    assert "Polish" not in done.review.referral.answers["lessons"]


def test_what_may_tell_in_an_answer_is_queued_and_its_risk_has_a_serial(hiding_rules, policy, nothing):
    done = referral(hiding_rules, policy, nothing)
    assert "case/referral/lessons" in {each.text_id for each in done.queue}
    assert set(done.risk.risks.rows) <= {working for _, working in done.serials}


def test_days_are_worded_by_the_policy_and_the_number_of_working_days_stands(hiding_rules, policy, nothing):
    found = referral(hiding_rules, policy, nothing).review.referral
    assert found.days == {"incident": "May 2019", "referred": "May 2019", "due": "June 2019"}
    assert (found.within, found.source) == ("15 working days", "the board (not verified)")


def test_a_policy_without_dates_shows_no_day(hiding_rules, policy, nothing):
    assert referral(hiding_rules, replace(policy, dates="none"), nothing).review.referral.days == {}


def test_rows_of_the_incident_can_mean_its_day_within_a_week_and_those_after_it_end_with_the_referral(hiding_rules, policy, nothing):
    done = referral(hiding_rules, policy, nothing)
    texts = {each.id: each.text for each in done.review.events}
    assert [texts[each] for each in done.review.referral.at_incident] == ["The day.", "About the day."]
    assert [texts[each] for each in done.review.referral.after_incident] == ["The day after."]
    without = referral(hiding_rules, policy, nothing, incident_on=None).review.referral
    assert (without.at_incident, without.after_incident) == ((), ())


def test_a_row_that_an_answer_copies_word_for_word_is_not_taken_for_several_agencies_own_unless_it_is_long(hiding_rules, policy, nothing):
    done = referral(
        hiding_rules,
        policy,
        nothing,
        answers={"lessons": "Every one of these words stands in the referral alone, and in no row of anybody else."},
    )
    assert "word-for-word" not in {each.kind for each in done.queue}
