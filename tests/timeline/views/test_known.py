"""What was known to whom and when."""

from datetime import date

import pytest

from tests.timeline.findings.reviews import review, rows
from timeline.findings.gaps.silences import silences
from timeline.views.known import Matter, known, known_matters, matter_of

POLICE = rows("Police", ("4 March 2019", "Carol's new partner Dean at the flat."), ("9 March 2019", "New partner arrested."))
SCHOOL = rows("School", ("March 2019", "Collected by mother's new partner."), ("2 April 2019", "Nothing to note."))
GP = rows("GP", ("20 May 2019", "Denies having a boyfriend."), ("1 June 2019", "Here with boyfriend."))
PARTNER = Matter(phrases=("new partner", "boyfriend"))


def test_each_agencys_first_row_is_told_with_its_bounds_and_the_days_from_the_first_that_knew():
    police, school, gp = known(review(POLICE, SCHOOL, GP), PARTNER)
    assert (police.agency, police.since, police.until, police.rows, police.lag_days) == (
        "Police",
        date(2019, 3, 4),
        date(2019, 3, 4),
        2,
        (0, 0),
    )
    assert (school.agency, school.since, school.until, school.lag_days) == ("School", date(2019, 3, 1), date(2019, 3, 31), (0, 27))
    assert (gp.agency, gp.since, gp.lag_days) == ("GP", date(2019, 6, 1), (89, 89))  # what a row denies it does not show


def test_an_agency_that_never_shows_it_comes_last_without_days():
    found = known(review(POLICE, rows("Housing", ("1 March 2019", "Rent."))), PARTNER)
    assert [(each.agency, each.event is None, each.lag_days) for each in found] == [("Police", False, (0, 0)), ("Housing", True, None)]


def test_an_undated_row_shows_it_without_a_lag():
    _, gp = known(review(POLICE, rows("GP", ("", "New partner here."))), PARTNER)
    assert (gp.since, gp.rows, gp.lag_days) == (None, 1, None)
    (alone,) = known(review(rows("GP", ("", "New partner here."))), PARTNER)
    assert alone.lag_days is None


def test_a_list_of_the_rules_may_be_the_matter():
    found = known(
        review(rows("GP", ("4 March 2019", "Bruise to the cheek.")), rows("School", ("9 March 2019", "No bruise seen."))),
        Matter(lists=("kinds.injury",)),
    )
    assert [(each.agency, each.rows) for each in found] == [("GP", 1), ("School", 0)]


def test_the_rows_of_a_finding_may_be_the_matter():
    read = review(rows("GP", ("4 March 2019", "a")), rows("School", ("9 June 2019", "b")))
    (silence,) = silences(read)
    assert [(each.agency, each.lag_days) for each in known(read, matter_of(silence))] == [("GP", (0, 0)), ("School", (97, 97))]


def test_an_unknown_list_or_an_empty_phrase_is_refused():
    for matter in (Matter(lists=("kinds.nothing",)), Matter(phrases=("…",))):
        with pytest.raises(ValueError, match=r"no list|needs a word"):
            known(review(POLICE), matter)


def test_a_review_with_nothing_in_it_shows_nothing():
    assert [each.event for each in known(review(rows("GP")), PARTNER)] == [None]


def test_the_matters_of_case_toml_are_told_in_its_order():
    found = known_matters(review(POLICE, GP, matters={"Arrests": ("arrest*",), "A new partner": ("new partner", "boyfriend")}))
    assert [(each.matter, [one.rows for one in each.agencies]) for each in found] == [("Arrests", [1, 0]), ("A new partner", [2, 1])]
    assert known_matters(review(POLICE)) == ()
