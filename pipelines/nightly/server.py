"""A Prefect server of our own, on this machine's loopback alone: a child that ends with the process that started it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from timeline.copies import end_with_parent
from timeline.errors import OutputError

LOOPBACK = "127.0.0.1"
_START_SECONDS, _STOP_SECONDS, _MOMENT_SECONDS = 180, 20, 0.2
_SOON_SECONDS, _MOST_SOON = 120, 3


class Server:
    """The server as a child process: its settings, the authentication string too, are those of this process's environment."""

    def __init__(self, port: int, stopping: threading.Event) -> None:
        """The port on loopback that it is to listen on; nobody waits for it once `stopping` is set."""
        self._port = port
        self._stopping = stopping
        self._process: subprocess.Popen[bytes] | None = None
        self._ended: list[float] = []

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://{LOOPBACK}:{self._port}/api"

    def start(self) -> None:
        """Starts it and waits until it answers; OutputError where its port is taken, or it ends or keeps silent instead."""
        _must_be_free(self._port)
        self._process = subprocess.Popen([sys.executable, "-m", "pipelines.nightly.server", str(self._port)], stdout=subprocess.DEVNULL)  # noqa: S603
        until = time.monotonic() + _START_SECONDS
        while not answers(self.url) and not self._stopping.wait(_MOMENT_SECONDS):
            if self._process.poll() is not None:
                raise OutputError(f"the Prefect server ended at its start (status {self._process.returncode}): see the lines above")
            if time.monotonic() > until:
                self.stop()
                raise OutputError(
                    f"the Prefect server does not answer after {_START_SECONDS} seconds: see the lines above, then start again"
                )

    def is_up(self) -> bool:
        """Whether its process is there."""
        return self._process is not None and self._process.poll() is None

    def start_again(self) -> None:
        """Starts it anew after it ended; OutputError where it ends again and again."""
        now = time.monotonic()
        self._ended = [*(each for each in self._ended if now - each < _SOON_SECONDS), now]
        if len(self._ended) > _MOST_SOON:
            raise OutputError("the Prefect server ends again and again: see the lines above")
        self.start()

    def stop(self) -> None:
        """Ends it, in order where it does so in time."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answers(url: str) -> bool:
    """Whether a Prefect server answers at this address of its API."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 - ours on loopback, or the operator's
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _must_be_free(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the server before may have ended a moment ago
        try:
            tried.bind((LOOPBACK, port))
        except OSError:
            raise OutputError(f"port {port} of this machine is taken: name another with --port") from None


def _become_the_server(port: str) -> None:
    """Makes this process the server, after telling the system to end it with the one that started it."""
    end_with_parent(signal.SIGTERM)
    program = str(Path(sys.executable))
    os.execv(program, [program, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", port])  # noqa: S606


if __name__ == "__main__":
    _become_the_server(sys.argv[1])
