"""How the reviews of a night are run, chosen by settings alone: here one after another, on a Dask or Ray cluster, or by the workers of a pool."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from pipelines.nightly.sweep import DONE, Ended, RunAll
from pipelines.spread.settings import HERE, POOL, Spread, spread_from
from timeline.errors import ChronologyError, OutputError

HANDED_OVER = "handed over"


def chosen() -> RunAll | None:
    """How this process runs the reviews of a night; None: here, one after another. CaseError where the settings are wrong."""
    spread = spread_from(os.environ)
    if spread.way == HERE:
        return None
    return partial(_by_a_pool if spread.way == POOL else _on_a_cluster, spread)


def _on_a_cluster(spread: Spread, folder: Path, ids: Sequence[str]) -> Mapping[str, Ended]:  # noqa: ARG001 - each process knows its folder by its environment
    """Runs the reviews as tasks of a cluster that lasts as long as they do, or stands at an address."""
    if not ids:
        return {}
    from pipelines.spread.clusters import CLUSTERS
    from pipelines.spread.tasks import shared_out

    try:
        with CLUSTERS[spread.way](spread) as runner:
            return shared_out(runner, ids)
    except ChronologyError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the cluster's client raises: its message names addresses
        why = f"the reviews could not be run on the cluster that CHRONOLOGY_{spread.way.upper()} names ({type(error).__name__})"
        raise OutputError(f"{why}: is it there, and can this machine reach it?") from None


def _by_a_pool(spread: Spread, folder: Path, ids: Sequence[str]) -> Mapping[str, Ended]:  # noqa: ARG001 - as above
    """Asks for a run of each review and waits for none: whoever waited would hold a worker. How each ended is its own run's to tell."""
    from prefect.deployments import run_deployment

    try:
        for each in ids:
            run_deployment(spread.intake, parameters={"review": each}, timeout=0, as_subflow=False)
    except Exception as error:  # noqa: BLE001 - whatever Prefect's client raises: it must not be told more than a code
        raise OutputError(f"the reviews could not be handed to {spread.intake} ({type(error).__name__}): is it deployed?") from None
    return {each: Ended(DONE, HANDED_OVER) for each in ids}
