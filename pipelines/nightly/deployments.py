"""What Prefect is told of: the two deployments, and the intake of a review that was changed.

Imports Prefect, so its settings must stand in the environment before (pipelines/prefect_settings.py).
"""

from datetime import time
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import HTTPError
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from pipelines.nightly import flows
from pipelines.saying import say
from timeline.errors import OutputError


async def deployments(at: time, zone: ZoneInfo) -> tuple[RunnerDeployment, RunnerDeployment]:
    """The sweep of every night at this time of the board's clock, one at a time, and the intake of one review, one after another."""
    nightly = await flows.nightly.ato_deployment(
        "nightly",
        schedule=Cron(f"{at.minute} {at.hour} * * *", timezone=zone.key),
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    intake = await flows.intake.ato_deployment(
        "intake",
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return nightly, intake


def must_not_be_a_pools(client: SyncPrefectClient) -> None:
    """OutputError where deployments of these names belong to a work pool: Prefect knows them by their names, so ours would take their place."""
    ours = [flows.nightly.name, flows.intake.name]
    found = client.read_deployments(
        flow_filter=FlowFilter(name=FlowFilterName(any_=ours)), deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=ours))
    )
    if any(each.work_pool_name for each in found):
        raise OutputError(
            "on this Prefect server a work pool does the nights (prefect.yaml), and `serve` would replace it: use another server"
        )


def start_intake(client: SyncPrefectClient, deployment: UUID, review_id: str) -> bool:
    """Starts the intake of a review where no run of it waits already, which will see what is new now; False where the server does not answer."""
    try:
        if review_id not in _waiting(client, deployment):
            client.create_flow_run_from_deployment(deployment, parameters={"review": review_id})
    except HTTPError as error:
        say(f"the Prefect server does not answer ({type(error).__name__}); a review that was changed waits for it")
        return False
    return True


def _waiting(client: SyncPrefectClient, deployment: UUID) -> frozenset[str]:
    """The ids of the reviews that a run waits for."""
    waiting = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
    )
    return frozenset(str(each.parameters.get("review")) for each in waiting)


def client_of_the_server() -> SyncPrefectClient:
    """A client of the server that PREFECT_API_URL names."""
    return get_client(sync_client=True)
