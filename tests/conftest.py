"""What tests of several rooms share: the tiny review, and the command as a person runs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # tests are never timed: a busy machine is no fault
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "data" / "samples" / "tiny"


@pytest.fixture
def tiny(tmp_path):
    """A copy of the tiny review that a test may run and break."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def command():
    """Runs `chronology` in a process of its own; gives the finished process."""

    def run(*arguments, before=(), **environment):
        return subprocess.run(
            [*before, sys.executable, "-m", "pipelines.cli", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
            timeout=300,
        )

    return run


def may(*words):
    """Whether this machine lets us run a command such as `unshare --net true`."""
    try:
        return subprocess.run([*words], capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return False


def is_alive(process):
    """Whether a process runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"  # one that nobody has waited for yet


def members_of(group):
    """The processes of a group that still run."""
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return [each for each in fields if int(each[2]) == group and each[0] != "Z"]
