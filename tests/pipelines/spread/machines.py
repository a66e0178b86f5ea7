"""Several machines as this one can play them: a Prefect server on PostgreSQL, process workers of a pool, each with a home and a log of its own."""

import base64
import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient

from pipelines.prefect_settings import SETTINGS
from tests.conftest import ROOT
from tests.pipelines.spread.postgres import PASSWORD, free_port

AUTH = "chronology:only-for-tests"
POOL = "chronology"
_BIN = Path(sys.executable).parent
_ENQUEUE = """
import os, sys
from pathlib import Path
from pipelines.spread.settings import Spread
from pipelines.spread.ways import _by_a_pool
_by_a_pool(Spread(way="pool"), Path(), sys.argv[1:])
"""
_NIGHTLY = "from pipelines.nightly.flows import nightly\nif __name__ == '__main__': nightly()"


@dataclass(frozen=True)
class Machines:
    """The server's database, where homes and logs lie, and the environment that every machine has.

    Workers have what an operator gives them and no more: what protects a review comes to them with the deployments (prefect.yaml).
    """

    postgres: object
    folder: Path
    environment: dict

    def ask(self, question, *values):
        return self.postgres.ask(question, *values, database="prefect")

    def client(self):
        return SyncPrefectClient(self.environment["PREFECT_API_URL"], auth_string=AUTH)

    def environment_of(self, name):
        home = self.folder / name
        home.mkdir(exist_ok=True)
        return {**self.environment, "PREFECT_HOME": str(home / "prefect"), "HOME": str(home), "TMPDIR": str(home)}

    def python(self, name, script, *arguments, **environment):
        """Runs a script on a machine of this name to its end; what it wrote is in the machine's log."""
        path = self.folder / f"{name}.py"
        path.write_text(script)
        with (self.folder / f"{name}.log").open("a") as log:
            command = [sys.executable, str(path), *arguments]
            surroundings = {**self.environment_of(name), **SETTINGS, **environment}
            subprocess.run(command, env=surroundings, cwd=ROOT, stdout=log, stderr=log, check=True, timeout=200)

    def prefect(self, *arguments):
        """One command of Prefect to its end, as the operator gives it."""
        with (self.folder / "deploying.log").open("a") as log:
            command = [str(_BIN / "prefect"), *arguments]
            subprocess.run(command, env=self.environment_of("deploying"), cwd=ROOT, stdout=log, stderr=log, check=True, timeout=200)

    def enqueue(self, *ids):
        """Asks for a run of each review, as the nightly flow does."""
        self.python("asking", _ENQUEUE, *ids)

    def night(self, way, **environment):
        """The nightly flow, run where it stands."""
        self.python("night", _NIGHTLY, CHRONOLOGY_SPREAD=way, **environment)

    @contextmanager
    def worker(self, name, processor=None):
        """A process worker that works off one run at a time; killed with all its processes where the block has not done so.

        With a processor given, it and all that it starts run on that one alone.
        """
        command = [str(_BIN / "prefect"), "worker", "start", "--pool", POOL, "--type", "process", "--limit", "1", "--name", name]
        environment = {**self.environment_of(name), "PREFECT_WORKER_QUERY_SECONDS": "1"}
        with (self.folder / f"{name}.log").open("w") as log:
            pinned = [] if processor is None else ["taskset", "-c", str(processor)]
            process = subprocess.Popen([*pinned, *command], env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            kill(process)

    def until(self, condition, seconds=300, every=0.2):
        """Waits until a condition holds; asked so often, in seconds: seldom where it asks the database, which costs a connection each time."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.logs()[-3000:]
            time.sleep(every)

    def states(self):
        """The states of all runs of the intake, in the order in which they were asked for."""
        rows = self.ask("select r.state_type from flow_run r join flow f on f.id = r.flow_id where f.name = 'intake' order by r.created")
        return [row[0] for row in rows]

    def logs(self):
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def kept(self):
        """All that any machine and the database keep: each place with its text, every column of every table, every file, base64 decoded."""
        for folder in (self.folder, self.postgres.folder / "data", self.postgres.folder / "log"):
            for path in (folder, *folder.rglob("*")):
                if path.is_file():
                    yield str(path.relative_to(folder.parent)), with_decoded(path.read_bytes().decode("utf-8", "ignore"))
        for (table,) in self.ask("select table_name from information_schema.tables where table_schema = 'public'"):
            for row in self.ask(f'select * from "{table}"'):  # noqa: S608 - the database's own names
                yield table, with_decoded("\n".join(map(str, row)))


def with_decoded(text):
    """A text, and whatever in it is base64, in small letters."""
    return "\n".join([text, *decoded([text])]).casefold()


def decoded(texts):
    """Whatever in the texts is base64, as text."""
    for text in texts:
        for piece in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text):
            with contextlib.suppress(ValueError):
                yield base64.b64decode(piece + "=" * (-len(piece) % 4)).decode("utf-8", "ignore")


def kill(process):
    """Kills a worker and every process that it started, at once, as if its machine had lost its power."""
    for pid in _with_descendants(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(20)


def _with_descendants(pid):
    """A process, its children, their children and so on; a worker's runs have groups of their own."""
    found = [pid]
    for each in found:  # grows while it is gone through
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
    return found


@contextmanager
def machines(postgres, folder, reviews):
    """A Prefect server on PostgreSQL with the intake deployed to a pool, for the reviews of a folder, their locks in PostgreSQL too."""
    postgres.ask("create database prefect")
    locks = folder / "locks"
    locks.write_text(postgres.url("postgres"))
    locks.chmod(0o600)
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {
        **{name: value for name, value in os.environ.items() if name not in SETTINGS},
        "PREFECT_API_URL": url,
        "PREFECT_API_AUTH_STRING": AUTH,
        "PYTHONPATH": str(ROOT),
        "CHRONOLOGY_REVIEWS": str(reviews),
        "CHRONOLOGY_LOCKS": str(locks),
        **{name: value for name, value in of_the_guide().items() if name in SETTINGS},
    }
    made = Machines(postgres, folder / "machines", environment)
    made.folder.mkdir()
    of_the_server = of_the_guide() | {
        "PREFECT_SERVER_API_AUTH_STRING": AUTH,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": postgres.url("prefect", "postgresql+asyncpg"),
    }
    command = [str(_BIN / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (made.folder / "server.log").open("w") as log:
        surroundings = {**made.environment_of("server"), **of_the_server}
        server = subprocess.Popen(command, env=surroundings, stdout=log, stderr=log, start_new_session=True)
    try:
        _until_it_answers(made, url)
        made.prefect("work-pool", "create", POOL, "--type", "process")
        made.prefect("--no-prompt", "deploy", "--all", "--prefect-file", str(ROOT / "prefect.yaml"))
        yield made
    finally:
        kill(server)
        assert PASSWORD not in made.logs()


def of_the_guide():
    """The settings that the guide gives the Prefect server of a pool, as it writes them."""
    text = (ROOT / "docs" / "operator.md").read_text("utf-8")
    return dict(re.findall(r"^    (DO_NOT_TRACK|PREFECT_SERVER_[A-Z_]+)=(\S+)$", text, re.MULTILINE))


def _until_it_answers(made, url):
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=1):  # noqa: S310 - loopback
            return
        time.sleep(0.5)
    pytest.fail("the Prefect server did not start: " + made.logs()[-500:])
