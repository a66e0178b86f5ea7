"""A whole run with every hostile file beside good ones: the good rows are read, nothing of the others is told or left."""

import json
import os
from pathlib import Path

import pytest

from tests.extractors.test_hostile import READ, REFUSED

MARKER = "Zebediah Quillfeather"


@pytest.mark.models
def test_every_hostile_file_beside_good_ones_stops_no_run_and_is_told_by_its_label_alone(tiny, command, tmp_path):
    given = {path.relative_to(tiny / "intake").as_posix() for path in (tiny / "intake").rglob("*") if path.is_file()}
    folder = tiny / "intake" / "school"
    for number, make in enumerate((*(make for make, _ in REFUSED.values()), *READ.values())):
        (folder / f"{MARKER} {number:02}.bin").write_bytes(make())
    (folder / f"{MARKER} link.csv").symlink_to("/etc/hostname")
    os.mkfifo(folder / f"{MARKER} pipe.csv")
    scratch = tmp_path / "temporary"
    scratch.mkdir()
    done = command("run", tiny, TMPDIR=str(scratch))
    assert done.returncode == 1, done.stderr
    assert MARKER.split()[0] not in done.stderr
    assert "word word" not in done.stderr
    assert "fault" not in done.stderr
    files = {each["file"]: each for each in json.loads((tiny / "output" / "working" / "intake.json").read_text("utf-8"))["files"]}
    assert all(files[name]["status"] == "read" for name in given)
    hostile = [each for name, each in files.items() if MARKER in name]
    assert len(hostile) == len(REFUSED) + len(READ) + 2
    assert sum(each["status"] == "rejected" for each in hostile) == len(REFUSED) + 2
    assert list(scratch.iterdir()) == []
    assert not list(tiny.rglob("reading-*"))
    assert sorted(path.name for path in Path(tiny / "output").iterdir()) == ["anonymised", "restricted", "review", "working"]
