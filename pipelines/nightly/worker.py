"""The worker of `chronology serve`: works off the runs of the deployments, each in a process of its own, in a thread beside the watch.

In a thread, because Prefect's runner takes the signals of a main thread for itself.
"""

import asyncio
import logging
import threading
from datetime import time
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.runner import Runner

from pipelines.nightly.deployments import deployments


class Worker:
    """Deploys when it starts, and works until it is stopped or its server is away for too long."""

    def __init__(self, at: time, zone: ZoneInfo) -> None:
        """At what time of which clock the nightly sweep begins."""
        self._at, self._zone = at, zone
        self._thread = threading.Thread()
        self._runner: Runner | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._error: Exception | None = None
        self._intake: UUID | None = None

    @property
    def intake(self) -> UUID:
        """The deployment that runs one review."""
        assert self._intake is not None  # noqa: S101 - asked for by nobody before it has started
        return self._intake

    @property
    def why(self) -> str:
        """What ended it, by its kind."""
        return type(self._error).__name__ if self._error else "without an error"

    def start(self) -> None:
        """Deploys, and begins to work; raises what Prefect raises where it cannot."""
        self.try_again()
        self._ready.wait()
        if self._error is not None:
            raise self._error

    def try_again(self) -> None:
        """Begins anew, waiting for nothing."""
        self._ready.clear()
        self._error, self._runner = None, None
        self._thread = threading.Thread(target=self._work, name="chronology-worker", daemon=True)
        self._thread.start()

    def is_up(self) -> bool:
        """Whether it works."""
        return self._thread.is_alive()

    def stop(self, wait_seconds: float) -> None:
        """Ends it and the runs at work, in order where they end in time; what these have not finished is new for the next run."""
        if self._runner is not None and self._loop is not None and self.is_up():
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # Prefect cancels its polling and is surprised that it was
            asyncio.run_coroutine_threadsafe(self._runner.astop(), self._loop)
            self._thread.join(wait_seconds)

    def _work(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - kept for the thread that waits
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        runner = Runner(name="chronology", pause_on_shutdown=False)
        nightly, intake = await deployments(self._at, self._zone)
        await runner.aadd_deployment(nightly)
        self._intake = await runner.aadd_deployment(intake)
        self._runner = runner
        self._ready.set()
        await runner.start()
