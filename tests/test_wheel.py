"""The built wheel works where nothing else is: installed in an empty environment, without developer dependencies, on the tiny review."""

import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.wheel


def run(*words, **more):
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, timeout=600, **more)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the tracked sources, so that what an earlier build left behind cannot slip in."""
    folder = tmp_path_factory.mktemp("wheel")
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout.splitlines()
    wanted = [name for name in files if name.split("/")[0] not in {"tests", "data", "docs"} and (ROOT / name).is_file()]
    run("cp", "--parents", *wanted, folder, cwd=ROOT)
    built = run(sys.executable, "-c", "import setuptools.build_meta as b; print(b.build_wheel('.'))", cwd=folder)
    assert built.returncode == 0, built.stderr[-2000:]
    return folder / built.stdout.splitlines()[-1]


def test_the_wheel_ships_rules_templates_and_models(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for path in [
        *(ROOT / "rules").rglob("*.toml"),
        *(ROOT / "anonymise" / "models").glob("*"),
        *(ROOT / "reports" / "templates").glob("*"),
    ]:
        assert not path.is_file() or str(path.relative_to(ROOT)) in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "data/"))]


def test_the_wheel_runs_the_tiny_review_in_an_empty_environment(wheel, tiny, tmp_path):
    python = tmp_path / "empty" / "bin" / "python"
    assert run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "empty").returncode == 0
    uv = (sys.executable.rpartition("/")[0]) + "/uv"
    installed = run(uv, "pip", "install", "--python", python, "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    assert installed.returncode == 0, installed.stderr[-2000:]
    assert run(uv, "pip", "install", "--python", python, "--no-deps", wheel).returncode == 0
    done = run(python.parent / "chronology", "run", tiny, cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert (tiny / "output" / "anonymised" / "draft-summary.docx").is_file()
