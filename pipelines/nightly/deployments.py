"""What Prefect is told of: the two deployments, the intake of a review, and the automation that marks killed runs as crashed.

Imports Prefect, so its settings must stand in the environment before (pipelines/prefect_settings.py).
"""

from datetime import time, timedelta
from http.client import UNAUTHORIZED
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import HTTPError
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events import AutomationCore, ChangeFlowRunState, EventTrigger, Posture, ResourceSpecification
from prefect.exceptions import PrefectHTTPStatusError
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from pipelines.nightly import flows
from pipelines.saying import say
from timeline.errors import OutputError

HEARTBEAT_SECONDS = 30  # the least that Prefect takes
_SILENT = timedelta(seconds=HEARTBEAT_SECONDS * 3)
_AUTOMATION = "chronology: a killed run is marked as crashed"
_BEATS = "prefect.flow-run.heartbeat"
_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


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


def heartbeat_automation(silent: timedelta = _SILENT) -> AutomationCore:
    """Marks a flow run as crashed of which no heartbeat and no end was heard for so long."""
    return AutomationCore(
        name=_AUTOMATION,
        trigger=EventTrigger(
            after={_BEATS},
            expect={_BEATS, *(f"prefect.flow-run.{each}" for each in _ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=silent,
        ),
        actions=[
            ChangeFlowRunState(state=StateType.CRASHED, name=None, force=False, message="no heartbeat: killed, or its machine went down")
        ],
    )


def make_automation(client: SyncPrefectClient) -> None:
    """Makes the automation on the server where it is not there yet. OutputError where the server refuses us, or does not answer."""
    try:
        if not client.read_automations_by_name(_AUTOMATION):
            client.create_automation(heartbeat_automation())
    except PrefectHTTPStatusError as error:
        if error.response.status_code != UNAUTHORIZED:
            raise
        raise OutputError("the Prefect server refuses the authentication string: set PREFECT_API_AUTH_STRING to the server's") from None
    except HTTPError:
        raise OutputError("the Prefect server that PREFECT_API_URL names does not answer: start it, or unset PREFECT_API_URL") from None


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
