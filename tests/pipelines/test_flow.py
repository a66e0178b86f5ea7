"""Runs recorded by a real Prefect server, with nothing of the review in what it keeps."""

import base64
import contextlib
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pipelines.nightly.last_run import read_last_run
from pipelines.prefect_settings import SETTINGS
from pipelines.review import open_review
from tests.conftest import ROOT

pytestmark = [pytest.mark.prefect, pytest.mark.models]
MARKERS = ("Zebediah", "Quillfeather", "quaggamire", "JE9 9ZZ", "07700 900999")
ROW = "05/05/2022,Home visit,Zebediah Quillfeather of JE9 9ZZ rang 07700 900999 about the quaggamire,None\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Prefect server on loopback with a home of its own: its address, its home, and the environment of a run that it records."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **SETTINGS, "PREFECT_HOME": str(home), "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1"}
    command = [str(Path(sys.executable).parent / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}/api"
            for _ in range(120):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=1):  # noqa: S310 - loopback
                    break
                time.sleep(0.5)
            else:
                pytest.fail("the Prefect server did not start: " + (home / "server.log").read_text()[-500:])
            yield url, home, {**environment, "PREFECT_API_URL": url}
        finally:
            process.terminate()
            process.wait(30)


def run(review, environment, *program):
    return subprocess.run(
        [sys.executable, *(program or ("-m", "pipelines.cli", "run")), str(review)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=False,
        timeout=300,
    )


def rows_of(home, query):
    with contextlib.closing(sqlite3.connect(f"file:{home / 'prefect.db'}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def everything_kept(home):
    """All that the server keeps, as text: every column of every table, every file of its home, base64 decoded where it is that."""
    texts = []
    for (table,) in rows_of(home, "select name from sqlite_master where type = 'table'"):
        texts += [str(value) for row in rows_of(home, f'select * from "{table}"') for value in row]  # noqa: S608 - the database's own names
    texts += [path.read_bytes().decode("utf-8", "ignore") for path in home.rglob("*") if path.is_file()]
    decoded = []
    for text in texts:
        for piece in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text):
            with contextlib.suppress(ValueError):
                decoded.append(base64.b64decode(piece + "=" * (-len(piece) % 4)).decode("utf-8", "ignore"))
    return "\n".join([*texts, *decoded])


def test_a_run_is_recorded_with_a_task_for_each_file_and_each_later_step(tiny, server):
    _, home, environment = server
    done = run(tiny, environment)
    assert done.returncode in (0, 1), done.stderr
    (state,) = [row[0] for row in rows_of(home, "select state_type from flow_run")]
    assert state == "COMPLETED"
    names = sorted(re.sub(r"-.*", "", row[0]) for row in rows_of(home, "select name from task_run"))
    assert names == sorted(["intake", "extract 1", "extract 2", "merge", "recognise", "find", "hide", "check", "report"])


def test_the_server_keeps_nothing_of_a_review(tiny, server):
    _, home, environment = server
    school = tiny / "intake" / "school"
    table = next(school.iterdir())
    table.rename(school / "Zebediah Quillfeather.csv")
    with (school / "Zebediah Quillfeather.csv").open("a", encoding="utf-8") as file:
        file.write(ROW)
    (tiny / "people.csv").write_text((tiny / "people.csv").read_text("utf-8") + "P8,Zebediah Quillfeather,,,Uncle,family,,\n", "utf-8")
    assert run(tiny, environment).returncode in (0, 1)
    assert "Quillfeather" in (tiny / "output" / "working" / "timeline.json").read_text("utf-8")
    kept = everything_kept(home).casefold()
    assert "chronology" in kept
    assert not [marker for marker in (*MARKERS, "Wrenfield", str(tiny)) if marker.casefold() in kept]


def test_a_run_that_fails_tells_the_server_a_code_alone(tiny, server):
    _, home, environment = server
    (tiny / "people.csv").write_text("id,name,kind\nP1,Zebediah Quillfeather,quaggamire\n", "utf-8")
    done = run(tiny, environment)
    assert done.returncode == 2
    assert "people.csv, row 2" in done.stderr.splitlines()[-1]
    assert ("FAILED",) in rows_of(home, "select state_type from flow_run")
    kept = everything_kept(home).casefold()
    assert not [marker for marker in MARKERS if marker.casefold() in kept]


LEAKY = """
import sys
from pipelines import steps
from pipelines.cli import main

write = steps.write_anonymised

def leaky(staged, *given):
    write(staged, *given)
    (staged / "anonymised" / "note.txt").write_text("Seen with HANNAH WRENFIELD", "utf-8")

steps.write_anonymised = leaky
sys.exit(main(["run", sys.argv[1]]))
"""


def test_a_leak_that_stays_leaves_the_new_working_documents_as_it_does_without_a_server(tiny, server):
    _, _, environment = server
    done = run(tiny, environment, "-c", LEAKY)
    assert done.returncode == 2
    assert "thrown away" in done.stderr.splitlines()[-1]
    assert (tiny / "output" / "working" / "timeline.json").is_file()
    assert not list((tiny / "output" / "anonymised").glob("*"))


def test_a_cron_schedule_yields_scheduled_runs_with_the_pinned_versions(server):
    url, home, environment = server
    script = (
        "from prefect import flow\n"
        "from prefect.client.orchestration import get_client\n"
        "from prefect.client.schemas.actions import DeploymentScheduleCreate\n"
        "from prefect.client.schemas.schedules import CronSchedule\n"
        "@flow(name='scheduled')\n"
        "def scheduled(): pass\n"
        "with get_client(sync_client=True) as client:\n"
        "    made = client.create_flow(scheduled)\n"
        "    client.create_deployment(made, 'nightly', schedules=[DeploymentScheduleCreate(schedule=CronSchedule(cron='0 2 * * *'))])\n"
    )
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, timeout=60)
    for _ in range(60):
        if rows_of(home, "select count(*) from flow_run where state_type = 'SCHEDULED'")[0][0] > 1:
            return
        time.sleep(1)
    pytest.fail(f"no scheduled run within a minute at {url}: are sqlalchemy and fastapi as pinned?")


def test_the_deployments_for_a_work_pool_can_be_deployed_as_they_stand(server):
    url, home, environment = server
    pool = b'{"name": "chronology", "type": "process"}'
    asked = urllib.request.Request(f"{url}/work_pools/", pool, {"Content-Type": "application/json"})  # noqa: S310 - loopback
    urllib.request.urlopen(asked, timeout=30).close()  # noqa: S310
    command = [str(Path(sys.executable).parent / "prefect"), "--no-prompt", "deploy", "--all"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-1000:]
    made = rows_of(home, "select name, entrypoint, pull_steps from deployment where entrypoint like 'pipelines.%' order by name")
    assert made == [(name, f"pipelines.nightly.flows.{name}", "[]") for name in ("intake", "nightly")]


def test_a_server_that_does_not_answer_is_one_line(tiny, server):
    _, _, environment = server
    done = run(tiny, {**environment, "PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"})
    assert done.returncode == 2
    assert "does not answer" in done.stderr.splitlines()[-1]
    last = read_last_run(open_review(tiny))
    assert (last.how, last.good_at) == ("output", None)
