"""Knowledge that nobody is recorded as giving."""

from datetime import date

import pytest

from tests.timeline.findings.handovers.sending import evidence, name
from tests.timeline.findings.handovers.test_handovers import DAY, usual
from timeline.findings.handovers.knowledge import unexplained_knowledge

HEARD = (DAY, "Police rang: Kieran arrested for burglary.")


def asked(**also):
    return [each for each in unexplained_knowledge(evidence(usual(**also))) if each.since <= date(2019, 6, 3) <= each.until]


def test_what_another_is_said_to_have_told_and_wrote_nothing_of_is_asked_about():
    (finding,) = asked(S=[HEARD])
    assert (finding.kind, finding.more["giver"]) == ("unexplained-knowledge", name("child", "P"))
    assert finding.agencies == (name("child", "S"), name("child", "P"))
    assert finding.certainty == "certain"
    assert "Kieran" not in repr(finding)


@pytest.mark.parametrize(
    "given",
    [
        ("2019-06-03", "School informed."),
        ("2019-06-01", "Rang head teacher."),
        ("2019-06-02", "Kieran arrested, burglary of the Co-op."),  # the matter itself
        ("2019-06-03", "Call from school."),
    ],
)
def test_a_row_of_the_giver_explains_it(given):
    assert not asked(S=[HEARD], P=[given])


@pytest.mark.parametrize(
    "row",
    [
        "Police did not ring.",
        "Awaiting call from police.",
        "Mother says police rang her.",
        "Mother rang police.",
        "Rang police.",
        "Call from CAMHS.",  # whose return nobody has
    ],
)
def test_what_did_not_come_is_not_asked_about(row):
    assert not asked(S=[(DAY, row)])


def test_a_giver_whose_rows_do_not_surely_reach_the_day_is_not_asked():
    assert not list(unexplained_knowledge(evidence(usual(S=[("2019-01-02", "Police rang.")]))))


def test_a_vague_row_of_the_giver_makes_it_possible():
    (finding,) = asked(S=[HEARD], P=[("Summer 2019", "Several calls.")])
    assert finding.certainty == "possible"
