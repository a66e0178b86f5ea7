"""A review is known to Prefect by a random id; one file in the folder of reviews says which review has which."""

import json
import multiprocessing
import re

import pytest

from pipelines.nightly.review_ids import FILE, LOCK, id_of, review_of
from timeline.errors import CaseError, OutputError

MANY = 20


@pytest.fixture
def reviews(tmp_path):
    for name in ("Zebediah Quillfeather", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.toml").touch()
    return tmp_path


def test_an_id_is_random_stays_the_same_and_leads_back(reviews):
    first, second = (id_of(reviews, reviews / name) for name in ("Zebediah Quillfeather", "two"))
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second
    assert id_of(reviews, reviews / "Zebediah Quillfeather") == first
    assert review_of(reviews, first) == reviews / "Zebediah Quillfeather"
    assert review_of(reviews, second) == reviews / "two"


def test_the_map_is_this_accounts_alone(reviews):
    id_of(reviews, reviews / "two")
    assert {oct((reviews / name).stat().st_mode & 0o777) for name in (FILE, LOCK)} == {"0o600"}


def test_a_folder_that_is_gone_keeps_its_id_and_has_it_when_it_is_back(reviews):
    made = id_of(reviews, reviews / "two")
    (reviews / "two").rename(reviews.parent / "away")
    with pytest.raises(CaseError, match="renamed, moved or deleted"):
        review_of(reviews, made)
    other = id_of(reviews, reviews / "Zebediah Quillfeather")
    assert set(json.loads((reviews / FILE).read_text())) == {made, other}
    (reviews.parent / "away").rename(reviews / "two")
    assert id_of(reviews, reviews / "two") == made


def test_a_renamed_folder_gets_an_id_of_its_own(reviews):
    made = id_of(reviews, reviews / "two")
    (reviews / "two").rename(reviews / "three")
    assert id_of(reviews, reviews / "three") != made
    with pytest.raises(CaseError):
        review_of(reviews, made)


@pytest.mark.parametrize("said", ["", "{", "[]", "3", '{"a": 3, "b": "../two", "c": "", "d": ".."}', "\x00\xff"])
def test_a_damaged_map_is_made_anew_and_leads_nowhere_else(reviews, said):
    (reviews / FILE).write_text(said, "latin-1")
    for each in "abcd":
        with pytest.raises(CaseError):
            review_of(reviews, each)
    assert review_of(reviews, id_of(reviews, reviews / "two")) == reviews / "two"


def test_a_review_of_another_folder_has_no_id_here(reviews, tmp_path):
    (tmp_path / "two" / "within").mkdir()
    with pytest.raises(CaseError, match="does not lie in"):
        id_of(reviews, tmp_path / "two" / "within")


def test_an_error_names_no_folder(reviews):
    (reviews / LOCK).mkdir()
    with pytest.raises(OutputError) as told:
        id_of(reviews, reviews / "Zebediah Quillfeather")
    assert "Zebediah" not in str(told.value)
    assert str(reviews) not in str(told.value)


def ask(reviews, name, answers):
    answers.put((name, id_of(reviews, reviews / name)))


def test_processes_that_ask_at_once_are_told_the_same_and_none_is_lost(reviews):
    made = multiprocessing.get_context("fork")
    answers = made.Queue()
    names = [("two", "Zebediah Quillfeather")[number % 2] for number in range(MANY)]
    asking = [made.Process(target=ask, args=(reviews, name, answers)) for name in names]
    for each in asking:
        each.start()
    told = {answers.get(timeout=60) for _ in names}
    for each in asking:
        each.join()
    assert {name: review_id for review_id, name in json.loads((reviews / FILE).read_text()).items()} == dict(told)
    assert len(told) == 2
