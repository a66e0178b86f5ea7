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
