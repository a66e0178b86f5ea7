"""A night's sweep: each review that has something new is run, whatever becomes of the others."""

import contextlib

import httpx
import pytest

from pipelines.cli import main
from pipelines.nightly import flows
from pipelines.nightly import sweep as sweeping
from pipelines.nightly.flows import StepStoppedError, intake, nightly
from pipelines.nightly.review_ids import FILE, id_of
from pipelines.nightly.sweep import Ended, run_by_id, sweep
from tests.pipelines.nightly.reviews import make
from tests.pipelines.test_news import OUTCOME
from timeline.errors import LeakError, OutputError

NAME = "Marisol Tregarthen"
ERRORS = {"b": LeakError("a leak"), "c": ValueError(NAME)}


@pytest.fixture
def reviews(tmp_path, monkeypatch):
    """Three reviews, of which one leaks and one meets a fault of the program; and one that nobody has sent anything to."""
    for name in "abc":
        make(tmp_path / name, f"SCR-{name}")
    make(tmp_path / "d", files=())

    def run_one(review, given=(), *, of_many=False):
        if error := ERRORS.get(review.folder.name):
            raise error
        return OUTCOME

    monkeypatch.setattr(sweeping, "run_one", run_one)
    monkeypatch.setenv("CHRONOLOGY_REVIEWS", str(tmp_path))
    return tmp_path


ALL_ENDED = (Ended(1), Ended(2, "leak"), Ended(2, "fault"))


def test_each_review_is_run_whatever_becomes_of_the_others_and_no_name_is_said(reviews, capsys):
    assert sweep(reviews) == ALL_ENDED
    said = capsys.readouterr().err
    assert "review 2 in order of name: a leak" in said
    assert "ValueError at" in said
    assert NAME not in said


def test_the_command_ends_with_the_worst_and_needs_no_right_to_write_beside_the_reviews(reviews):
    assert main(["nightly", "--once", str(reviews)]) == 2
    assert not (reviews / FILE).exists()


def test_another_way_of_running_them_is_given_ids_alone(reviews):
    given = []

    def run_all(folder, ids):
        given.extend(ids)
        return {each: run_by_id(folder, each) for each in ids}

    assert sweep(reviews, run_all=run_all) == ALL_ENDED
    assert given == [id_of(reviews, reviews / name) for name in "abc"]


def test_a_review_that_cannot_be_asked_is_told_of_and_the_others_are_run(reviews, monkeypatch):
    def asked(review, passwords):
        if review.folder.name == "a":
            raise PermissionError(NAME)
        return review.folder.name == "b"

    monkeypatch.setattr(sweeping, "has_something_new", asked)
    assert sweep(reviews) == (Ended(2, "fault"), Ended(2, "leak"))


def test_a_folder_without_a_review_is_an_error(tmp_path):
    with pytest.raises(OutputError, match="no review is in this folder"):
        sweep(tmp_path)


def test_prefect_hears_codes_alone(reviews, monkeypatch):
    with pytest.raises(StepStoppedError) as told:
        nightly.fn()
    assert str(told.value) == "leak"
    for name, code in (("b", "leak"), ("c", "fault")):
        with pytest.raises(StepStoppedError) as told:
            intake.fn(id_of(reviews, reviews / name))
        assert (str(told.value), told.value.__cause__, told.value.__context__) == (code, None, None)
    assert intake.fn(id_of(reviews, reviews / "a")) is None
    monkeypatch.setenv("CHRONOLOGY_REVIEWS", str(reviews / NAME))
    with pytest.raises(StepStoppedError) as told:
        nightly.fn()
    assert str(told.value) == "output"


def test_an_id_that_no_review_has_ends_with_a_code(reviews):
    with pytest.raises(StepStoppedError, match=r"^case$"):
        intake.fn("0" * 32)


@pytest.mark.parametrize(("status", "said"), [(401, "refuses the authentication string"), (503, "status 503"), (None, "does not answer")])
def test_a_night_goes_on_where_the_server_cannot_be_told_of_killed_runs(reviews, monkeypatch, capsys, status, said):
    class Client:
        def read_automations_by_name(self, name):
            asked = httpx.Request("POST", "http://somewhere.example/api")
            if status is None:
                raise httpx.ConnectError(NAME, request=asked)
            raise httpx.HTTPStatusError(NAME, request=asked, response=httpx.Response(status, request=asked))

    monkeypatch.setenv("PREFECT_API_URL", "http://somewhere.example/api")
    monkeypatch.setattr(flows, "get_client", lambda **_: contextlib.nullcontext(Client()))
    with pytest.raises(StepStoppedError, match=r"^leak$"):
        nightly.fn()
    told = capsys.readouterr().err
    assert said in told
    assert not [each for each in (NAME, "somewhere.example") if each in told]
