"""How the reviews of a night are shared out, as the environment says; docs/operator.md lists every setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.spread.places import is_this_machine
from timeline.errors import CaseError

HERE, DASK, RAY, POOL = "here", "dask", "ray", "pool"
WAYS = (HERE, DASK, RAY, POOL)
INTAKE = "intake/intake"
_TLS = ("CHRONOLOGY_DASK_CA", "CHRONOLOGY_DASK_CERTIFICATE", "CHRONOLOGY_DASK_KEY")
_SCHEMES_OF_TLS = {"CHRONOLOGY_DASK": ("tls",), "CHRONOLOGY_RAY": ("", "ray")}
_HOW_TLS = {
    "CHRONOLOGY_DASK": f"tls://host:port, and {', '.join(_TLS)}",
    "CHRONOLOGY_RAY": "set RAY_USE_TLS=1 and what goes with it, here and on every machine of the cluster",
}


@dataclass(frozen=True, slots=True)
class Tls:
    """The files by which we and the machines of a cluster know one another: the authority's certificate, ours, and its key."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One of WAYS, and what it needs: so many processes on this machine, or the address of a cluster; or the deployment that runs one review."""

    way: str = HERE
    processes: int = 0
    address: str = ""
    tls: Tls | None = None
    intake: str = INTAKE


def spread_from(environment: Mapping[str, str]) -> Spread:
    """What the environment says; CaseError where it says it wrongly, or would let reviews' ids and our rights travel in the clear."""
    way = environment.get("CHRONOLOGY_SPREAD") or HERE
    if way not in WAYS:
        raise CaseError(f"CHRONOLOGY_SPREAD is one of {', '.join(WAYS)}")
    if way == POOL:
        return Spread(way=way, intake=environment.get("CHRONOLOGY_INTAKE_DEPLOYMENT") or INTAKE)
    if way == HERE:
        return Spread()
    name = f"CHRONOLOGY_{way.upper()}"
    where = environment.get(name, "")
    if where.isascii() and where.isdecimal() and int(where):
        return Spread(way=way, processes=int(where))
    if not where:
        raise CaseError(f"{name} is missing: a number of processes on this machine, or the address of a cluster")
    tls = _tls_of(environment) if way == DASK else None
    _check_is_safe(name, where, has_tls=tls is not None or (way == RAY and environment.get("RAY_USE_TLS") == "1"))
    return Spread(way=way, address=where, tls=tls)


def _tls_of(environment: Mapping[str, str]) -> Tls | None:
    given = [environment.get(name, "") for name in _TLS]
    if not any(given):
        return None
    if not all(given):
        raise CaseError(f"{', '.join(_TLS)} go together: set all three, or none")
    return Tls(*map(Path, given))


def _check_is_safe(name: str, address: str, *, has_tls: bool) -> None:
    """CaseError for an address on another machine without TLS: whoever sits between could run programs under our account."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        raise CaseError(f"{name} is no address: host:port, with tls:// before it for Dask over TLS") from None
    if parts.scheme == "tls" and not has_tls:
        raise CaseError(f"{name} is a tls:// address: set {', '.join(_TLS)}, too")
    if not is_this_machine(host) and not (has_tls and parts.scheme in _SCHEMES_OF_TLS[name]):
        raise CaseError(f"{name}: the cluster is on another machine, so it must be asked over TLS: {_HOW_TLS[name]}")
