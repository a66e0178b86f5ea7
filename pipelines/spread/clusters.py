"""The clusters that run reviews: Dask's and Ray's, on processes of this machine or at an address. Each is imported when it is chosen.

Nothing of a review travels or is kept: tasks take ids and give codes. Pages for looking at the cluster are off, and so is what writes memory to
the disk.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect.task_runners import TaskRunner

from pipelines.spread.settings import DASK, RAY, Spread
from timeline.errors import CaseError

_DASK = {
    "distributed.worker.memory.target": False,  # no spilling: ids need no room, and what a review holds stays in its folder
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.admin.log-length": 0,
    "logging.distributed": "error",
}

_RAY = {"RAY_AUTH_MODE": "token", "RAY_USAGE_STATS_ENABLED": "0"}  # read when Ray is imported, and by what it starts


@contextmanager
def dask(spread: Spread) -> Iterator[TaskRunner[Any]]:
    """Dask's runner of tasks. Processes of this machine talk over TLS too, with keys made for the occasion: other accounts can reach loopback."""
    try:
        import dask as settings
        from distributed.security import Security
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise CaseError("Dask is not installed here: install requirements/dask.txt") from None
    folder = tempfile.mkdtemp(prefix="chronology-dask-")
    try:
        with settings.config.set({**_DASK, "temporary-directory": folder}):
            yield DaskTaskRunner(**(_dask_at(spread, Security) if spread.address else _dask_here(spread, Security, folder)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _dask_here(spread: Spread, security: Any, folder: str) -> dict[str, Any]:
    return {
        "cluster_kwargs": {
            "n_workers": spread.processes,
            "threads_per_worker": 1,
            "processes": True,
            "host": "127.0.0.1",
            "protocol": "tls://",
            "security": security.temporary(),
            "dashboard_address": "127.0.0.1:0",
            "scheduler_kwargs": {"dashboard": False},
            "silence_logs": logging.ERROR,
            "memory_limit": 0,
            "local_directory": folder,
        },
    }


def _dask_at(spread: Spread, security: Any) -> dict[str, Any]:
    if spread.tls is None:
        return {"address": spread.address}
    files = {"tls_ca_file": spread.tls.authority, "tls_client_cert": spread.tls.certificate, "tls_client_key": spread.tls.key}
    known = security(require_encryption=True, **{name: str(path) for name, path in files.items()})
    return {"address": spread.address, "client_kwargs": {"security": known}}


@contextmanager
def ray(spread: Spread) -> Iterator[TaskRunner[Any]]:
    """Ray's runner of tasks. It listens on every address of the machine whatever it is told, so whoever asks must show its token."""
    os.environ.update(_RAY)
    try:
        from prefect_ray.task_runners import RayTaskRunner  # type: ignore[import-not-found, unused-ignore]  # an extra
    except ImportError:
        raise CaseError("Ray is not installed here: install requirements/ray.txt") from None
    if spread.address:
        yield RayTaskRunner(address=spread.address, init_kwargs={"log_to_driver": False})
        return
    folder = tempfile.mkdtemp(prefix="chronology-ray-")
    here = {
        "num_cpus": spread.processes,
        "include_dashboard": False,
        "log_to_driver": False,
        "_node_ip_address": "127.0.0.1",
        "_temp_dir": f"{folder}/ray",  # it lets everybody write there: the folder around it does not
    }
    try:
        yield RayTaskRunner(init_kwargs=here)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


CLUSTERS = {DASK: dask, RAY: ray}
