"""How reviews are shared out is chosen by settings alone; one that is wrong, or not safe, is refused by its name."""

import re
from pathlib import Path

import pytest

from pipelines.spread.settings import HERE, POOL, Spread, Tls, spread_from
from pipelines.spread.ways import chosen
from tests.conftest import ROOT
from timeline.errors import CaseError

FILES = {"CHRONOLOGY_DASK_CA": "/tls/ca.pem", "CHRONOLOGY_DASK_CERTIFICATE": "/tls/us.pem", "CHRONOLOGY_DASK_KEY": "/tls/us.key"}


def settings(way, where="", **others):
    return {"CHRONOLOGY_SPREAD": way, f"CHRONOLOGY_{way.upper()}": where, **others}


def test_without_a_setting_reviews_are_run_here_one_after_another(monkeypatch):
    monkeypatch.delenv("CHRONOLOGY_SPREAD", raising=False)
    assert spread_from({}) == spread_from({"CHRONOLOGY_SPREAD": HERE}) == Spread()
    assert chosen() is None


@pytest.mark.parametrize("way", ["dask", "ray"])
def test_a_number_is_so_many_processes_of_this_machine(way):
    assert spread_from(settings(way, "2")) == Spread(way=way, processes=2)


@pytest.mark.parametrize("way", ["dask", "ray"])
@pytest.mark.parametrize("where", ["127.0.0.1:8786", "tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"])
def test_a_cluster_on_this_machine_may_be_asked_without_tls(way, where):
    assert spread_from(settings(way, where)).address == where


def test_a_dask_cluster_on_another_machine_is_asked_over_tls():
    tls = Tls(Path("/tls/ca.pem"), Path("/tls/us.pem"), Path("/tls/us.key"))
    assert spread_from(settings("dask", "tls://cluster.example:8786", **FILES)) == Spread(
        way="dask", address="tls://cluster.example:8786", tls=tls
    )


def test_a_ray_cluster_on_another_machine_is_asked_over_tls():
    assert spread_from(settings("ray", "ray://cluster.example:10001", RAY_USE_TLS="1")).address == "ray://cluster.example:10001"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        (settings("spark"), "CHRONOLOGY_SPREAD is one of here, dask, ray, pool"),
        (settings("dask"), "CHRONOLOGY_DASK is missing"),
        (settings("ray"), "CHRONOLOGY_RAY is missing"),
        (settings("dask", "0"), "on another machine"),
        (settings("dask", "-2"), "on another machine"),
        (settings("dask", "cluster.example:8786"), "over TLS"),
        (settings("dask", "tcp://10.0.0.7:8786"), "over TLS"),
        (settings("dask", "tcp://10.0.0.7:8786", **FILES), "over TLS"),
        (settings("dask", "ws://cluster.example:8786", **FILES), "over TLS"),
        (settings("dask", "tls://cluster.example:8786"), "set CHRONOLOGY_DASK_CA"),
        (settings("dask", "tls://127.0.0.1:8786"), "set CHRONOLOGY_DASK_CA"),
        (settings("dask", "2", **dict(list(FILES.items())[:2])), ""),
        (settings("dask", "tls://a:1", **dict(list(FILES.items())[:2])), "go together"),
        (settings("dask", "tcp://[::1"), "no address"),
        (settings("ray", "ray://cluster.example:10001"), "over TLS"),
        (settings("ray", "10.0.0.7:6379"), "over TLS"),
        (settings("ray", "auto"), "over TLS"),
        (settings("ray", "tcp://10.0.0.7:1", RAY_USE_TLS="1"), "over TLS"),
        (settings("ray", "10.0.0.7:6379", **FILES), "over TLS"),
    ],
)
def test_a_setting_that_is_wrong_or_not_safe_is_refused_by_its_name(environment, told):
    if not told:  # files that the way does not need are not looked at
        assert spread_from(environment).processes
        return
    with pytest.raises(CaseError, match=told) as raised:
        spread_from(environment)
    assert "CHRONOLOGY_" in str(raised.value)
    assert "10.0.0.7" not in str(raised.value)


def test_a_pool_is_handed_runs_of_the_intake_or_of_what_the_operator_deployed():
    assert spread_from({"CHRONOLOGY_SPREAD": POOL}).intake == "intake/intake"
    assert spread_from({"CHRONOLOGY_SPREAD": POOL, "CHRONOLOGY_INTAKE_DEPLOYMENT": "intake/north"}).intake == "intake/north"


def test_every_setting_is_described_for_the_operator():
    named = {name for path in (ROOT / "pipelines").rglob("*.py") for name in re.findall(r"CHRONOLOGY_[A-Z]+(?:_[A-Z]+)*", path.read_text())}
    text = (ROOT / "docs" / "operator.md").read_text("utf-8")
    assert named >= {"CHRONOLOGY_SPREAD", "CHRONOLOGY_LOCKS", "CHRONOLOGY_DASK_KEY"}
    assert sorted(name for name in {*named, "CHRONOLOGY_DASK", "CHRONOLOGY_RAY"} if f"`{name}`" not in text) == []
