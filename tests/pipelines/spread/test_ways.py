"""What a cluster gives back, and what it is asked: an id in, a status and a code out, whatever goes wrong."""

import contextlib
from functools import partial
from pathlib import Path

import pytest
from prefect.futures import PrefectFuture

from pipelines.flow import StepStoppedError
from pipelines.nightly.flows import nightly
from pipelines.nightly.last_run import FAULT, read_last_run
from pipelines.nightly.review_ids import id_of
from pipelines.nightly.sweep import COULD_NOT_RUN, Ended, sweep
from pipelines.review import open_review
from pipelines.spread import ways
from pipelines.spread.clusters import CLUSTERS
from pipelines.spread.settings import Spread, Tls
from pipelines.spread.tasks import _ended, one_review
from timeline.errors import CaseError, OutputError


def test_what_a_cluster_gives_back_is_a_status_and_a_code_or_a_fault():
    assert _ended((1, "good")) == Ended(1, "good")
    assert _ended((2, "leak")) == Ended(2, "leak")
    assert _ended(ConnectionError("the worker was lost")) == _ended(None) == _ended("good") == Ended(COULD_NOT_RUN, FAULT)


def test_a_worker_without_a_folder_of_reviews_gives_a_code(monkeypatch):
    monkeypatch.delenv("CHRONOLOGY_REVIEWS", raising=False)
    assert one_review.fn("0" * 32) == (COULD_NOT_RUN, "output")


def test_a_worker_that_sees_other_reviews_gives_a_code(tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONOLOGY_REVIEWS", str(tmp_path))
    assert one_review.fn("0" * 32) == (COULD_NOT_RUN, "case")


def test_a_review_that_cannot_be_run_gives_its_code_and_its_name_stays_here(tiny, monkeypatch, capsys):
    (tiny / "people.csv").write_text("id,name,kind\nP1,Zebediah Quillfeather,quaggamire\n", "utf-8")
    monkeypatch.setenv("CHRONOLOGY_REVIEWS", str(tiny.parent))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert one_review.fn(id_of(tiny.parent, tiny)) == (COULD_NOT_RUN, "case")
    assert "Quillfeather" not in capsys.readouterr().err


def test_a_pool_that_does_not_answer_is_one_line_with_the_deployment_and_no_review(monkeypatch):
    def refused(*_, **__):
        raise ConnectionError("some address")

    monkeypatch.setattr("prefect.deployments.run_deployment", refused)
    with pytest.raises(OutputError, match=r"intake/north.*ConnectionError") as raised:
        ways._by_a_pool(Spread(way="pool", intake="intake/north"), Path(), ["0" * 32])
    assert "0000" not in str(raised.value)


class OutOfReachError(RuntimeError):
    """What some cluster's client raises."""


class Runner:
    """A runner of tasks that cannot reach its cluster, or whose worker of one review is lost."""

    def __init__(self, lost=()):
        self.lost = lost

    def __enter__(self):
        if not self.lost:
            raise OutOfReachError("tls://cluster.example:8786")
        return self

    def __exit__(self, *_):
        pass

    def submit(self, task, parameters):
        return Told(parameters["review_id"] in self.lost)


class Told(PrefectFuture):
    """How one review ended, or that its worker was lost."""

    _final_state = None

    def __init__(self, lost):
        self.lost = lost

    def wait(self, timeout=None):
        pass

    def result(self, timeout=None, raise_on_failure=True):
        if self.lost:
            raise OutOfReachError("tls://cluster.example:8786")
        return 0, "good"

    def add_done_callback(self, fn):
        fn(self)


def clusters(monkeypatch, runner):
    monkeypatch.setitem(CLUSTERS, "dask", lambda _: contextlib.nullcontext(runner))


def test_a_cluster_that_cannot_be_reached_is_one_line_without_its_address_and_is_written_down(tiny, monkeypatch):
    clusters(monkeypatch, Runner())
    on_dask = partial(ways._on_a_cluster, Spread(way="dask", address="tls://cluster.example:8786"))
    with pytest.raises(OutputError, match=r"CHRONOLOGY_DASK.*OutOfReachError") as raised:
        sweep(tiny.parent, run_all=on_dask)
    assert "cluster.example" not in str(raised.value)
    assert (raised.value.__cause__, raised.value.__suppress_context__) == (None, True)
    assert read_last_run(open_review(tiny)).how == "output"


def test_prefect_hears_a_code_of_a_cluster_that_cannot_be_reached(tiny, monkeypatch, capsys):
    clusters(monkeypatch, Runner())
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    for name, value in {"REVIEWS": str(tiny.parent), "SPREAD": "dask", "DASK": "2"}.items():
        monkeypatch.setenv(f"CHRONOLOGY_{name}", value)
    with pytest.raises(StepStoppedError, match=r"^output$") as raised:
        nightly.fn()
    assert (raised.value.__cause__, raised.value.__suppress_context__) == (None, True)
    assert "cluster.example" not in capsys.readouterr().err


def test_a_review_that_the_cluster_lost_has_a_fault_and_the_others_ended_as_they_did(monkeypatch):
    clusters(monkeypatch, Runner(lost=("b",)))
    ended = ways._on_a_cluster(Spread(way="dask", processes=2), Path(), ("a", "b", "c"))
    assert ended == {"a": Ended(0, "good"), "b": Ended(COULD_NOT_RUN, FAULT), "c": Ended(0, "good")}


def test_a_night_without_anything_new_starts_no_cluster(monkeypatch):
    def started(_):
        raise AssertionError

    monkeypatch.setitem(CLUSTERS, "dask", started)
    assert ways._on_a_cluster(Spread(way="dask", processes=2), Path(), ()) == {}


def test_a_dask_cluster_at_an_address_is_asked_over_tls_alone(tmp_path):
    tls = Tls(tmp_path / "ca.pem", tmp_path / "us.pem", tmp_path / "us.key")
    with CLUSTERS["dask"](Spread(way="dask", address="tls://cluster.example:8786", tls=tls)) as runner:
        security = runner.client_kwargs["security"]
        assert runner.address == "tls://cluster.example:8786"
        assert security.require_encryption
        assert (security.tls_ca_file, security.tls_client_cert, security.tls_client_key) == tuple(
            str(tmp_path / each) for each in ("ca.pem", "us.pem", "us.key")
        )


def test_ray_is_an_extra_and_says_so_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "prefect_ray.task_runners", None)
    with pytest.raises(CaseError, match=r"requirements/ray\.txt"), CLUSTERS["ray"](Spread(way="ray", processes=1)):
        pass


def test_a_ray_cluster_on_this_machine_asks_for_its_token_and_lies_in_a_folder_of_ours():
    pytest.importorskip("prefect_ray")
    import os

    with CLUSTERS["ray"](Spread(way="ray", processes=1)) as runner:
        folder = Path(runner.init_kwargs["_temp_dir"]).parent
        assert folder.stat().st_mode & 0o077 == 0
        assert os.environ["RAY_AUTH_MODE"] == "token"
        assert not runner.init_kwargs["include_dashboard"]
    assert not folder.exists()
