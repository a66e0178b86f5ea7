"""`chronology serve`: a Prefect server on loopback, the worker that runs what is scheduled or dropped, and the watch over the folder of reviews.

Imports nothing of Prefect before its settings stand in the environment.
"""

import os
import signal
import threading
import time as clock
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipelines import prefect_settings
from pipelines.nightly.server import Server
from pipelines.nightly.state import auth_string, prefect_home, served_once, state_folder
from pipelines.saying import say
from pipelines.spread.settings import POOL, spread_from
from timeline.errors import CaseError, OutputError

if TYPE_CHECKING:
    from pipelines.nightly.watching import Changed, Drops
    from pipelines.nightly.worker import Worker
    from pipelines.passwords import Given

_QUIET_SECONDS, _POLL_SECONDS = 5.0, 10.0
_TICK_SECONDS, _TRY_AGAIN_SECONDS = 1.0, 20.0
_WORKER_STOP_SECONDS = 60
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served: the folder of reviews, when the nightly sweep begins and by which clock, and how the folder is watched.

    `polls` looks at every file every ten seconds, for folders on a network drive, where the system tells of no changes.
    """

    folder: Path
    at: time
    zone: ZoneInfo
    port: int
    polls: bool = False
    passwords_file: Path | None = None
    given: tuple["Given", ...] = field(default=(), repr=False)

    @property
    def quiet_seconds(self) -> float:
        """How long a review must stand still before it is run."""
        return _QUIET_SECONDS + (_POLL_SECONDS if self.polls else 0)


def serve(serving: Serving) -> None:
    """Serves until it is told to stop (SIGTERM, SIGINT, SIGHUP). OutputError where it cannot begin, or its server cannot go on.

    CaseError where the settings of sharing out are wrong, or hand the nights to a pool, whose deployments are not ours to make.
    """
    if spread_from(os.environ).way == POOL:
        raise CaseError("CHRONOLOGY_SPREAD=pool is for the workers of the pool, which `serve` would replace: unset it here")
    state = state_folder()
    with served_once(state), _told_to_stop() as stopping:
        server = None if prefect_settings.server_is_set() else Server(serving.port, stopping)
        _settle(serving, state, server)
        try:
            if server:
                server.start()
            _work(serving, server, stopping)
        finally:
            if server:
                server.stop()


def _settle(serving: Serving, state: Path, server: Server | None) -> None:
    """Makes the settings of the server, of this process and of the runs' processes, before Prefect is imported."""
    os.environ["PREFECT_HOME"] = str(prefect_home(state))
    os.environ["CHRONOLOGY_REVIEWS"] = str(serving.folder)
    if serving.passwords_file:
        os.environ["CHRONOLOGY_PASSWORDS"] = str(serving.passwords_file.resolve())
    if server:
        auth = auth_string(state)
        os.environ.update({"PREFECT_SERVER_API_AUTH_STRING": auth, "PREFECT_API_AUTH_STRING": auth, "PREFECT_API_URL": server.url})
    prefect_settings.settle()
    prefect_settings.settle_serving()


def _work(serving: Serving, server: Server | None, stopping: threading.Event) -> None:
    from pipelines.nightly.deployments import client_of_the_server, must_not_be_a_pools, start_intake
    from pipelines.nightly.killed import make_automation
    from pipelines.nightly.watching import Drops
    from pipelines.nightly.worker import Worker

    if stopping.is_set():
        return
    worker = Worker(serving.at, serving.zone)
    with client_of_the_server() as client:
        make_automation(client)
        must_not_be_a_pools(client)
        worker.start()
        say(f"serving: the sweep begins at {serving.at:%H:%M} ({serving.zone.key}); what is dropped meanwhile is run when it stands still")
        drops = Drops(serving.folder, lambda each: start_intake(client, worker.intake, each), serving.quiet_seconds, serving.given)
        try:
            _watch(serving, drops, stopping, _Upkeep(server, worker).look)
        finally:
            worker.stop(_WORKER_STOP_SECONDS)


def _watch(serving: Serving, drops: "Drops", stopping: threading.Event, upkeep: Callable[[float], None]) -> None:
    """Looks at what changes, every second, until it is told to stop."""
    for number, changes in enumerate(_changes(serving, stopping)):
        now = clock.monotonic()
        if not serving.folder.is_dir():
            raise OutputError("the folder of reviews is gone: put it back, then start again")
        if not number:
            drops.look_at_all(now)
        drops.note(changes, now)
        upkeep(now)
        drops.start_what_is_due(now)


def _changes(serving: Serving, stopping: threading.Event) -> Iterator[Iterable["Changed"]]:
    """What changed in the folder of reviews, every second, nothing too; OutputError where it cannot be watched."""
    from watchfiles import watch

    try:
        yield from watch(
            serving.folder,
            watch_filter=None,
            debounce=500,
            step=100,
            stop_event=stopping,
            rust_timeout=int(_TICK_SECONDS * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=serving.polls,
            poll_delay_ms=int(_POLL_SECONDS * 1000),
            ignore_permission_denied=True,
        )
    except OSError as error:  # its message names paths
        raise OutputError(
            f"the folder of reviews cannot be watched ({type(error).__name__}): raise fs.inotify.max_user_watches, or use --poll"
        ) from None


class _Upkeep:
    """Starts the server and the worker again when they have ended."""

    def __init__(self, server: Server | None, worker: "Worker") -> None:
        self._server, self._worker = server, worker
        self._not_before = 0.0

    def look(self, now: float) -> None:
        """Whether both are there; `now` in seconds of a steady clock. OutputError where the server ends again and again."""
        if self._server and not self._server.is_up():
            say("the Prefect server has ended; it is started again")
            self._server.start_again()
        if not self._worker.is_up() and now >= self._not_before:
            say(f"the worker has ended ({self._worker.why}); it is started again")
            self._worker.try_again()
            self._not_before = now + _TRY_AGAIN_SECONDS


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that is set when this process is told to stop; what was done at these signals before is done again afterwards."""
    stopping = threading.Event()
    before = {each: signal.signal(each, lambda *_: stopping.set()) for each in _STOPPING if signal.getsignal(each) is not signal.SIG_IGN}
    try:
        yield stopping
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
