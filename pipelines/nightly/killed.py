"""The automation by which a Prefect server marks our killed runs as crashed.

Imports Prefect, so its settings must stand in the environment before (pipelines/prefect_settings.py).
"""

from datetime import timedelta
from http.client import UNAUTHORIZED

from httpx import HTTPError, HTTPStatusError
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events import AutomationCore, ChangeFlowRunState, EventTrigger, Posture, ResourceSpecification

from timeline.errors import OutputError

HEARTBEAT_SECONDS = 30  # the least that Prefect takes
OUR_FLOWS = ("nightly", "intake", "chronology")
_SILENT = timedelta(seconds=HEARTBEAT_SECONDS * 3)
_AUTOMATION = "chronology: a killed run is marked as crashed"
_BEATS = "prefect.flow-run.heartbeat"
_ENDS = ("Completed", "Failed", "Cancelled", "Crashed")


def heartbeat_automation(silent: timedelta = _SILENT) -> AutomationCore:
    """Marks a run of our flows as crashed of which no heartbeat and no end was heard for so long; other people's runs beat more slowly."""
    return AutomationCore(
        name=_AUTOMATION,
        trigger=EventTrigger(
            after={_BEATS},
            expect={_BEATS, *(f"prefect.flow-run.{each}" for each in _ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            match_related=ResourceSpecification({"prefect.resource.role": ["flow"], "prefect.resource.name": list(OUR_FLOWS)}),
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
    """Makes the automation on the server, or puts right the one that is there. OutputError where the server refuses us, or does not answer."""
    wanted = heartbeat_automation()
    try:
        found = client.read_automations_by_name(_AUTOMATION)
        if not found:
            client.create_automation(wanted)
        for each in found:
            if _what_it_does(each) != _what_it_does(wanted):
                client.update_automation(each.id, wanted)
    except HTTPStatusError as error:
        raise OutputError(_refusal(error.response.status_code)) from None
    except HTTPError:
        raise OutputError("the Prefect server that PREFECT_API_URL names does not answer: start it, or unset PREFECT_API_URL") from None


def _what_it_does(automation: AutomationCore) -> dict[str, object]:
    """When it fires and what it then does, without the ids and times that a server adds; whether it is switched on is the operator's."""
    return AutomationCore.model_validate(automation.model_dump(include=set(AutomationCore.model_fields))).model_dump(
        include={"trigger", "actions"}
    )


def _refusal(status: int) -> str:
    if status == UNAUTHORIZED:
        return "the Prefect server refuses the authentication string: set PREFECT_API_AUTH_STRING to the server's"
    return f"the Prefect server cannot do what it is asked (status {status}): see its log; it must be of the release that the requirements name"
