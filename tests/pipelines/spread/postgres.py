"""A PostgreSQL of the tests' own: a temporary cluster on loopback, run by an account without rights, gone with the tests."""

import asyncio
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

_PLACES = ("/usr/lib/postgresql",)
PASSWORD = "only-for-tests"


@dataclass(frozen=True)
class Postgres:
    """A running cluster: where it lies, and its address for any database."""

    folder: Path
    port: int

    def url(self, database, scheme="postgresql"):
        return f"{scheme}://chronology:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def ask(self, question, *values, database="postgres"):
        """The rows that a question gives."""

        async def asked():
            connection = await asyncpg.connect(self.url(database))
            try:
                return await connection.fetch(question, *values)
            finally:
                await connection.close()

        return asyncio.run(asked())


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def programs():
    """Where PostgreSQL's programs lie; the test is skipped where it is not installed, and CI must have it."""
    found = sorted((path.parent for place in _PLACES for path in Path(place).glob("*/bin/initdb")), key=lambda path: int(path.parent.name))
    if not found:
        assert not os.environ.get("CI"), "CI must have PostgreSQL"
        pytest.skip("PostgreSQL is not installed")
    return found[-1]


@contextmanager
def running():
    """A cluster that runs until the block ends."""
    place = programs()
    folder = Path(tempfile.mkdtemp(prefix="chronology-postgres-"))
    account = _account()
    (folder / "password").write_text(PASSWORD)
    if account:
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, account.pw_gid)
    started = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    port = free_port()
    try:
        made = [
            str(place / "initdb"),
            "-D",
            f"{folder}/data",
            "-U",
            "chronology",
            "--auth=scram-sha-256",
            f"--pwfile={folder}/password",
            "-N",
        ]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **started)
        (folder / "password").unlink()
        settings = ("listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off", "log_statement=all")
        command = [str(place / "postgres"), "-D", f"{folder}/data", *(part for each in settings for part in ("-c", each))]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **started)
        try:
            cluster = Postgres(folder, port)
            _until_it_answers(cluster)
            yield cluster
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(5)
            server.send_signal(3)  # at once, whoever is still connected
            server.wait(20)
    finally:
        shutil.rmtree(folder)


def _account():
    """Whose the cluster is where we are root, which it refuses; None where we are not."""
    return None if os.geteuid() else next(each for each in pwd.getpwall() if each.pw_name in ("postgres", "nobody"))


def _until_it_answers(cluster):
    for _ in range(100):
        with contextlib.suppress(OSError, asyncpg.PostgresError):
            cluster.ask("select 1")
            return
        time.sleep(0.1)
    pytest.fail("PostgreSQL did not start: " + (cluster.folder / "log").read_text()[-500:])
