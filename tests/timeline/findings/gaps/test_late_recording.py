"""Late recording: the entry was made long after the event."""

from datetime import date

import pytest

from tests.timeline.findings.reviews import review, rows
from timeline.findings.gaps.late_recording import late_recording


def found(*given, **settings):
    return list(late_recording(review(rows("School", *given), **settings)))


def test_more_than_five_working_days_by_the_column_is_late_and_certain():
    (each,) = found(("1 March 2019", {"event": "Seen.", "date_recorded": "12/03/2019 14:30"}))
    assert (each.since, each.until, each.days, each.certainty) == (date(2019, 3, 1), date(2019, 3, 12), 11, "certain")
    assert "Liverpool" in each.source


@pytest.mark.parametrize("recorded", ["08/03/2019", "01/03/2019", "25/02/2019", "", "see file", "March 2019", "12/03"])
def test_five_working_days_or_no_day_to_hold_it_against_is_not(recorded):
    assert not found(("1 March 2019", {"event": "Seen.", "date_recorded": recorded}))


def test_the_last_day_that_the_event_can_mean_counts():
    assert not found(("March 2019", {"event": "Seen.", "date_recorded": "04/04/2019"}))
    assert [each.certainty for each in found(("circa 1 March 2019", {"event": "Seen.", "date_recorded": "04/04/2019"}))] == ["possible"]


@pytest.mark.parametrize(
    "text",
    [
        "Retrospective entry. Visit made.",
        "Visit, written up later.",
        "Late entry: call from mother.",
        "Added three weeks later by the manager.",
        "Smelt of alcohol, not recorded at the time.",
    ],
)
def test_the_words_may_say_so(text):
    (each,) = found(("1 March 2019", text))
    assert (each.certainty, each.days) == ("possible", None)


def test_a_date_after_the_words_gives_the_days():
    (each,) = found(("1 March 2019", "Home visit. Written up on 21 March 2019."))
    assert each.days == 20


@pytest.mark.parametrize("text", ["Seen later that day.", "Came late to nursery.", "Records added to the file.", "No late entry.", ""])
def test_other_words_do_not(text):
    assert not found(("1 March 2019", text), ("", text))


def test_a_board_may_set_its_own_number():
    given = ("1 March 2019", {"event": "Seen.", "date_recorded": "06/03/2019"})
    assert not found(given)
    assert found(given, recording_working_days=1)
