"""Prefect's settings, made before it is imported: nothing phones home, no log or result reaches its server."""

import os

SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_TASKS_DEFAULT_PERSIST_RESULT": "false",
    "PREFECT_CLIENT_CUSTOM_HEADERS": "{}",
}


def server_is_set() -> bool:
    """Whether runs are recorded by a Prefect server: PREFECT_API_URL names one."""
    return bool(os.environ.get("PREFECT_API_URL"))


def settle() -> None:
    """Makes the settings that protect a review, over whatever the environment says; to be called before Prefect is imported."""
    os.environ.update(SETTINGS)


_SERVING = {
    "PREFECT_SERVER_UI_ENABLED": "false",  # nothing is shown that `chronology status` does not show, and a page is one door more
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # a server that is away is told, never replaced in silence
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "5",
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "CRITICAL",  # a run that fails has said why, in a line
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "CRITICAL",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # seconds, the least that Prefect takes
}


def settle_serving() -> None:
    """Makes the settings of `chronology serve`, its server and its runs; as `settle`."""
    os.environ.update(_SERVING)
