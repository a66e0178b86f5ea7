"""What a reader is shown first."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline.findings.finding import Finding
from timeline.findings.ranking import KINDS, ranked


def finding(number, kind="silence", days=50, certainty="certain", agencies=("Police",), **more):
    return Finding(
        id=f"f{number}", kind=kind, events=("a",), agencies=agencies, since=date(2019, 1, 1), until=date(2019, 3, 1), days=days,
        certainty=certainty, rule="r", standard="s", source="o", question="q?", more=more,
    )  # fmt: skip


FINDINGS = st.lists(
    st.tuples(st.sampled_from([*KINDS, "new-kind"]), st.integers(0, 400), st.sampled_from(["certain", "possible"]), st.sampled_from("ABC")),
    max_size=60,
).map(lambda given: [finding(n, kind, days, certainty, (agency,)) for n, (kind, days, certainty, agency) in enumerate(given)])


@given(FINDINGS, st.integers(0, 200))
def test_nothing_is_lost_and_at_most_one_entry_is_shown_for_each_five_events(findings, events):
    shown = ranked(findings, events)
    assert len(shown.shown) <= max(1, events // 5)
    counted = Counter(each.kind for entry in shown.shown for each in entry.findings) + Counter(shown.folded)
    assert counted == Counter(each.kind for each in findings)


@given(FINDINGS, st.integers(0, 200), st.randoms())
def test_the_order_of_findings_of_different_weight_does_not_matter(findings, events, chance):
    findings = [replace(each, days=1000 + number) for number, each in enumerate(findings)]
    mixed = list(findings)
    chance.shuffle(mixed)
    assert ranked(mixed, events) == ranked(findings, events)


@given(st.permutations([finding(number) for number in range(12)]))
def test_findings_of_one_weight_stay_in_their_order_whatever_their_ids(findings):
    assert [entry.findings for entry in ranked(findings, 30).shown] == [(each,) for each in findings[:6]]


@given(st.permutations([finding(number, "agency-silence") for number in range(6)]))
def test_findings_of_one_weight_and_matter_stay_in_their_order_whatever_their_ids(findings):
    (entry,) = ranked(findings, 30).shown
    assert entry.findings == tuple(findings)


def test_every_kind_has_its_best_entry_while_there_is_room():
    findings = [finding(n) for n in range(20)] + [finding(30, "duplicate")]
    assert {entry.kind for entry in ranked(findings, 10).shown} == {"silence", "duplicate"}


def test_an_agencys_silences_are_one_entry_the_certain_and_longest_first():
    findings = [finding(1, "agency-silence", 90, "possible"), finding(2, "agency-silence", 91), finding(3, "agency-silence", 200)]
    (entry,) = ranked(findings, 100).shown
    assert [each.id for each in entry.findings] == ["f3", "f2", "f1"]


def test_a_dismissed_finding_is_folded_away():
    dismissed = finding(1, decision={"verdict": "dismiss"})
    assert ranked([dismissed], 100).shown == ()
    assert ranked([dismissed], 100).folded == {"silence": 1}
    assert ranked([replace(dismissed, more={"decision": {"verdict": "accept"}})], 100).shown
