"""`chronology serve` at work: a server of its own, the nightly schedule, and what is dropped becomes documents. One server serves all of it."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.server.schemas.schedules import CronSchedule

from pipelines.nightly.killed import heartbeat_automation, make_automation
from pipelines.nightly.last_run import STOPPED, read_last_run
from pipelines.review import open_review
from tests.conftest import ROOT, TINY
from tests.pipelines.nightly.reviews import make
from tests.pipelines.test_flow import MARKERS, ROW, everything_kept, rows_of
from timeline.errors import OutputError

pytestmark = [pytest.mark.prefect, pytest.mark.models]
JERSEY = ZoneInfo("Europe/Jersey")
SECOND_ROW = "06/05/2022,Home visit,Zebediah Quillfeather rang again,None\n"
A_CHANGE_OF_CLOCKS = timedelta(days=220)  # no two are further apart


class Served:
    """`chronology serve` as a process: its folder of reviews, its state, and what it says."""

    def __init__(self, folder):
        self.reviews, self.state, self.log = folder / "reviews", folder / "state", folder / "log"
        self.home = self.state / "prefect"
        self.review = self.reviews / "Zebediah Quillfeather"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **os.environ,
            "CHRONOLOGY_STATE": str(self.state),
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        }
        for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
            self.environment.pop(name, None)

    def start(self):
        command = [sys.executable, "-m", "pipelines.cli", "serve", str(self.reviews), "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.until(lambda: "serving: " in self.said(), 180)

    def said(self):
        return self.log.read_text("utf-8")

    def until(self, holds, seconds=90):
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.said()[-3000:]
            assert self.process.poll() is None, self.said()[-3000:]
            time.sleep(0.2)

    @property
    def auth(self):
        return (self.state / "prefect-auth").read_text().strip()

    def ask(self, path, body=None, auth=None, method=None):
        """What the server answers, with the right authentication string where no other is given; one whose database is busy is asked again."""
        head = {"Content-Type": "application/json"}
        if auth := self.auth if auth is None else auth:
            head["Authorization"] = "Basic " + base64.b64encode(auth.encode()).decode()
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/api{path}", data, head, method=method)
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > deadline:  # Prefect's own client asks again, too
                    raise
                time.sleep(0.5)

    def timeline(self):
        path = self.review / "output" / "working" / "timeline.json"
        return path.read_text("utf-8") if path.exists() else ""

    def processes(self):
        """The processes of this state folder, our own among them, with their command lines."""
        found = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and f"CHRONOLOGY_STATE={self.state}".encode() in (entry / "environ").read_bytes():
                    found[int(entry.name)] = (entry / "cmdline").read_bytes()
        return found

    def server(self):
        return next(number for number, line in self.processes().items() if b"prefect\0server" in line)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("served"))
    served.reviews.mkdir()
    make(served.reviews / "a new one", files=())
    try:
        served.start()
        yield served
    finally:
        served.process.kill()
        served.process.wait()
        for number in served.processes():
            os.kill(number, signal.SIGKILL)


@pytest.fixture(scope="module")
def silent(served):
    """A run of one of our flows and one of somebody else's flow, of each of which one heartbeat was heard, as of one that is killed then.

    The automation is as it is made, but waits for ten seconds, and looks at these two alone.
    """
    flows = {name: served.ask("/flows/", {"name": name})["id"] for name in ("chronology", "somebody else's")}
    runs = {name: served.ask("/flow_runs/", {"flow_id": flow, "state": {"type": "RUNNING"}})["id"] for name, flow in flows.items()}
    quick = heartbeat_automation(timedelta(seconds=10)).model_dump(mode="json")
    quick["name"] = "quick"
    quick["trigger"]["match"] = {"prefect.resource.id": [f"prefect.flow-run.{run}" for run in runs.values()]}
    served.ask("/automations/", quick)
    time.sleep(1)  # the automation is loaded
    served.ask("/events", [beat_of(run, flows[name], name) for name, run in runs.items()])
    return runs


def beat_of(run, flow, name):
    """A heartbeat as Prefect's engine sends it."""
    role = {"prefect.resource.id": f"prefect.flow.{flow}", "prefect.resource.role": "flow", "prefect.resource.name": name}
    return {
        "id": str(uuid.uuid4()),
        "occurred": datetime.now(UTC).isoformat(),
        "event": "prefect.flow-run.heartbeat",
        "resource": {"prefect.resource.id": f"prefect.flow-run.{run}"},
        "related": [role],
    }


@pytest.fixture(scope="module")
def dropped(served, silent):
    """A review that appears while it is served, and two files dropped into it soon after one another."""
    coming = served.reviews / ".coming"
    shutil.copytree(TINY, coming)
    (coming / "people.csv").write_text((coming / "people.csv").read_text("utf-8") + "P8,Zebediah Quillfeather,,,Uncle,family,,\n", "utf-8")
    coming.rename(served.review)
    time.sleep(1)
    school = served.review / "intake" / "school"
    head = next(school.glob("*.csv")).read_text("utf-8").splitlines()[0] + "\n"
    (school / "~$office's own.csv").write_text("an office program's own", "utf-8")
    (school / "Zebediah Quillfeather.csv").write_text(head + ROW, "utf-8")
    time.sleep(1)
    (school / "another.csv").write_text(head + SECOND_ROW, "utf-8")
    served.until(lambda: "rang again" in served.timeline() and read_last_run(open_review(served.review)).how == "good", 120)
    return served


def test_a_review_that_appears_and_files_dropped_into_it_become_documents(dropped):
    assert "quaggamire" in dropped.timeline()
    assert (dropped.review / "output" / "anonymised" / "draft-summary.docx").is_file()
    assert {oct(path.stat().st_mode & 0o077) for path in (dropped.review / "output").rglob("*")} == {"0o0"}


def test_two_quick_drops_become_one_run_or_two_and_an_untouched_review_none(dropped):
    runs = rows_of(dropped.home, "select parameters from flow_run join flow on flow.id = flow_id where flow.name = 'intake'")
    assert len(runs) in (1, 2)
    assert len(set(runs)) == 1


def test_the_nightly_schedule_has_the_boards_time_on_both_sides_of_a_change_of_clocks(served):
    (told,) = [each for each in served.ask("/deployments/filter", {}) if each["name"] == "nightly"]
    (schedule,) = [CronSchedule.model_validate(each["schedule"]) for each in told["schedules"] if each["active"]]
    starts = [datetime.fromtimestamp(each.timestamp(), UTC) for each in asyncio.run(schedule.get_dates(A_CHANGE_OF_CLOCKS.days))]
    assert {f"{each.astimezone(JERSEY):%H:%M}" for each in starts} == {"02:00"}
    assert {each.astimezone(JERSEY).utcoffset() for each in starts} == {timedelta(0), timedelta(hours=1)}
    assert {second - first for first, second in pairwise(starts)} <= {timedelta(hours=each) for each in (23, 24, 25)}
    assert "02:00 (Europe/Jersey)" in served.said()
    query = "select next_scheduled_start_time from flow_run where state_type = 'SCHEDULED' and auto_scheduled"
    served.until(lambda: rows_of(served.home, query), 60)
    planned = sorted(datetime.fromisoformat(row[0]).replace(tzinfo=UTC) for row in rows_of(served.home, query))
    assert planned == starts[: len(planned)]


def test_the_deployments_never_overlap_and_intake_loses_none(served):
    told = {
        each["name"]: (each["global_concurrency_limit"]["limit"], each["concurrency_options"]["collision_strategy"])
        for each in served.ask("/deployments/filter", {})
    }
    assert told == {"nightly": (1, "CANCEL_NEW"), "intake": (1, "ENQUEUE")}


def test_a_wrong_authentication_string_is_refused(served):
    for wrong in ("chronology:wrong", served.auth[:-1]):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            served.ask("/flows/filter", {}, auth=wrong)
    asked = urllib.request.Request(f"http://127.0.0.1:{served.port}/api/flows/filter", b"{}", method="POST")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asked, timeout=20)  # noqa: S310
    assert served.ask("/flows/filter", {})


def test_a_serve_that_a_server_refuses_or_does_not_answer_says_so(served):
    for port, auth, said in ((served.port, "chronology:wrong", "refuses the authentication string"), (9, served.auth, "does not answer")):
        client = SyncPrefectClient(f"http://127.0.0.1:{port}/api", auth_string=auth)
        with client, pytest.raises(OutputError, match=said) as told:
            make_automation(client)
        assert auth not in str(told.value)


def test_the_server_listens_on_loopback_alone(served):
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [each.split(":")[0] for each in listening if int(each.split(":")[1], 16) == served.port] == ["0100007F"]
    six = Path("/proc/net/tcp6").read_text().splitlines()[1:] if Path("/proc/net/tcp6").exists() else []
    assert not [line for line in six if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == served.port]


def test_what_is_kept_of_it_is_this_accounts_alone_and_its_secret_in_no_command_line_and_no_log(dropped):
    kept = [dropped.state, *dropped.state.rglob("*"), *dropped.reviews.glob(".review-ids*")]
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
    secret = dropped.auth.partition(":")[2]
    assert len(secret) == 64
    assert not [line for line in dropped.processes().values() if secret.encode() in line]
    assert secret not in dropped.said()


def test_prefect_keeps_nothing_of_a_review_and_neither_does_the_log(dropped):
    ids = json.loads((dropped.reviews / ".review-ids.json").read_text())
    kept = everything_kept(dropped.home).casefold()
    assert next(iter(ids)) in kept
    hidden = (*MARKERS, "Wrenfield", "LR-TINY", "rang again", str(dropped.reviews), dropped.review.name, "a new one", "school/", "police/")
    assert not [marker for marker in hidden if marker.casefold() in kept]
    assert not [marker for marker in (*MARKERS, "Wrenfield", str(dropped.reviews)) if marker.casefold() in dropped.said().casefold()]


def test_a_run_of_ours_that_is_killed_is_marked_as_crashed_and_nobody_elses(served, silent):
    state = {name: lambda run=run: served.ask(f"/flow_runs/{run}")["state"]["type"] for name, run in silent.items()}
    served.until(lambda: state["chronology"]() == "CRASHED", 40)
    time.sleep(5)  # both fell silent at the same time
    assert state["somebody else's"]() == "RUNNING"


def test_the_automation_is_made_once_and_one_that_differs_is_put_right(served, silent):
    def ours():
        return [each for each in served.ask("/automations/filter", {}) if each["name"] != "quick"]

    with SyncPrefectClient(f"http://127.0.0.1:{served.port}/api", auth_string=served.auth) as client:
        (first,) = ours()
        assert (first["trigger"]["within"], first["actions"][0]["state"]) == (90.0, "CRASHED")
        make_automation(client)
        assert ours() == [first]
        client.update_automation(UUID(first["id"]), heartbeat_automation(timedelta(seconds=600)))
        assert ours()[0]["trigger"]["within"] == 600
        make_automation(client)
        (mended,) = ours()
    assert (mended["id"], mended["trigger"]["within"]) == (first["id"], 90.0)


@pytest.fixture(scope="module")
def stopped(dropped):
    """Its server is killed; then a review disappears and a file is dropped; in the middle of the run that follows it is told to stop."""
    os.kill(dropped.server(), signal.SIGKILL)
    shutil.rmtree(dropped.reviews / "a new one")
    before, begun = dropped.timeline(), dropped.said().count("LR-TINY: intake")
    (dropped.review / "intake" / "school" / "another.csv").unlink()
    dropped.until(lambda: dropped.said().count("LR-TINY: intake") > begun, 120)
    dropped.process.terminate()
    dropped.process.wait(90)
    assert dropped.timeline() == before
    return dropped


def test_a_server_that_dies_under_it_is_started_again_and_what_was_dropped_meanwhile_is_run(stopped):
    assert "the Prefect server has ended; it is started again" in stopped.said()


def test_it_ends_in_order_when_it_is_told_to(stopped):
    assert stopped.process.returncode == 0
    assert stopped.processes() == {}
    assert read_last_run(open_review(stopped.review)).how == STOPPED
    assert "a fault of the program" not in stopped.said()
    assert not list((stopped.review / "output").glob(".building-*"))
