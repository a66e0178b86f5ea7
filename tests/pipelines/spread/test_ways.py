"""What a cluster gives back, and what it is asked: an id in, a status and a code out, whatever goes wrong."""

from pathlib import Path

import pytest

from pipelines.nightly.last_run import FAULT
from pipelines.nightly.review_ids import id_of
from pipelines.nightly.sweep import COULD_NOT_RUN, Ended
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
