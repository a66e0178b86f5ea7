"""What operators copy as it stands: units of systemd, the line for cron, and the deployments for a work pool."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from datetime import time
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect.flows import load_flow_from_entrypoint

from pipelines.cli import _parser
from pipelines.nightly import flows
from pipelines.nightly.deployments import deployments
from pipelines.prefect_settings import SETTINGS
from tests.conftest import ROOT

PLACE = ROOT / "docs" / "operations"
PROGRAM = "/opt/chronology/.venv/bin/chronology"
UNITS = sorted((*PLACE.glob("*.service"), *PLACE.glob("*.timer")))
SERVICES = sorted(PLACE.glob("*.service"))
DEPLOYED = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]


def test_there_are_units_for_serve_and_for_a_night():
    assert [path.name for path in UNITS] == ["chronology-nightly.service", "chronology-nightly.timer", "chronology-serve.service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace(PROGRAM, sys.executable))
    found = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / path.name for path in UNITS)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, [line for line in found.stderr.splitlines() if "chronology-" in line]) == (0, [])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_there_is_and_may_do_little_else(path):
    text = path.read_text("utf-8")
    (line,) = re.findall(rf"^ExecStart={PROGRAM} (.*)$", text, re.MULTILINE)
    assert _parser().parse_args(line.split()).run
    hardened = ("ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "NoNewPrivileges=yes", "UMask=0077")
    assert [each for each in (*hardened, "ReadWritePaths=/reviews", "CapabilityBoundingSet=") if f"\n{each}\n" not in text] == []
    assert "\nIPAddressDeny=any\nIPAddressAllow=localhost\n" in text or "\nPrivateNetwork=yes\n" in text


@pytest.mark.models
def test_the_line_for_cron_runs_a_review_by_the_shell(tiny):
    line = (PLACE / "crontab").read_text("utf-8")
    assert line.count("\n") == 1
    command = re.fullmatch(r"(?:[\d*]+ ){5} *(.*)\n", line)[1]
    assert command in (PLACE / "monitoring.md").read_text("utf-8")
    command = command.replace(PROGRAM, f"{sys.executable} -m pipelines.cli").replace("/reviews", str(tiny.parent))
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr
    assert json.loads((tiny / "output" / "working" / "timeline.json").read_text("utf-8"))["events"]


def test_the_deployments_for_a_work_pool_are_those_that_are_served():
    served = asyncio.run(deployments(time(2), ZoneInfo("Europe/Jersey")))
    told = [
        (
            each["name"],
            each["entrypoint"],
            each.get("concurrency_limit"),
            [(schedule["cron"], schedule["timezone"]) for schedule in each.get("schedules", ())],
        )
        for each in DEPLOYED
    ]
    assert told == [
        (
            each.name,
            each.entrypoint,
            # the intake of a pool has no limit: its workers share the reviews, and two runs of one review wait for one another by its lock
            {"limit": each.concurrency_limit, "collision_strategy": each.concurrency_options.collision_strategy.value}
            if each.name == "nightly"
            else None,
            [(schedule.schedule.cron, schedule.schedule.timezone) for schedule in each.schedules],
        )
        for each in served
    ]


def test_the_deployments_lead_to_the_flows_and_protect_a_review():
    assert [load_flow_from_entrypoint(each["entrypoint"]) for each in DEPLOYED] == [flows.nightly, flows.intake]
    for each in DEPLOYED:
        environment = each["work_pool"]["job_variables"]["env"]
        assert {**environment, **SETTINGS} == environment


def test_the_units_say_where_the_state_lies_and_the_guide_says_so_too():
    assert "CHRONOLOGY_STATE=/var/lib/chronology" in (PLACE / "chronology-serve.service").read_text("utf-8")
    assert "/var/lib/chronology" in (ROOT / "docs" / "operator.md").read_text("utf-8")
