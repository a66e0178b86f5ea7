"""What cannot be run gives one clear line and exit status 2; earlier good drafts stay."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import main
from tests.conftest import ROOT, may


def said(capsys, *arguments):
    status = main([str(each) for each in arguments])
    lines = capsys.readouterr().err.splitlines()
    return status, lines


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda review: (review / "case.toml").unlink(), ("case.toml", "missing")),
        (lambda review: (review / "case.toml").write_text("[case\n"), ("case.toml", "TOML")),
        (lambda review: (review / "case.toml").write_bytes(b"\xff\xfe\x00"), ("case.toml", "UTF-8")),
        (lambda review: replace(review, "title =", "tittle ="), ("tittle", "allowed", "title")),
        (lambda review: replace(review, 'kind = "learning-review"', 'kind = "novel"'), ("kind", "novel", "rapid-review")),
        (lambda review: replace(review, "period_end = 2022-12-31", 'period_end = "soon"'), ("period_end", "date")),
        (lambda review: replace(review, "period_end = 2022-12-31", "period_end = 2021-12-31"), ("period_end", "before")),
        (lambda review: replace(review, 'folder = "school"', 'folder = "police"'), ("two agencies", "folder")),
        (lambda review: replace(review, 'folder = "school"', 'folder = "../out"'), ("folder", "intake")),
        (lambda review: replace(review, 'folder = "school"', 'folder = "school"\nkeep = [1]'), ("keep", "list of texts")),
        (lambda review: replace(review, 'folder = "school"', 'folder = "school"\nkeep = ["x.csv"]'), ("keep", "intake/school/", "Intake")),
        (lambda review: replace(review, 'jurisdiction = "england"', 'jurisdiction = "atlantis"'), ("jurisdiction", "atlantis", "wales")),
        (lambda review: empty(review / "intake"), ("intake/", "no file")),
        (lambda review: (review / "people.csv").write_text("name\nx\n"), ("people.csv", "id")),
        (lambda review: (review / "people.csv").write_text("id,name,kind\nP1,x,witch\n"), ("people.csv, row 2", "subject")),
        (lambda review: (review / "people.csv").write_text("id,name,kind,shoe size\n"), ("people.csv", "shoe size", "allowed")),
        (lambda review: (review / "people.csv").write_text("id,name,kind\nP1,x,family\nP1,y,family\n"), ("same id", "twice")),
        (lambda review: (review / "people.csv").write_bytes(b"id,name,kind\nP1,Zo\xeb,family\n"), ("people.csv", "UTF-8")),
    ],
)
def test_a_review_that_is_not_set_up_rightly_says_what_and_where(tiny, capsys, break_it, words):
    break_it(tiny)
    status, lines = said(capsys, "run", tiny)
    assert status == 2
    message = lines[-1]
    assert all(word in message for word in words), message
    assert not (tiny / "output" / "working").exists()


def replace(review, old, new):
    path = review / "case.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def empty(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


def test_a_folder_that_is_not_there_is_one_line(tmp_path, capsys):
    status, lines = said(capsys, "run", tmp_path / "nowhere")
    assert (status, len(lines)) == (2, 1)


@pytest.mark.models
def test_files_without_an_agency_and_unreadable_ones_are_listed_and_the_others_read(tiny, capsys):
    import json

    (tiny / "intake" / "loose.docx").write_bytes(b"loose")
    (tiny / "intake" / "neighbours").mkdir()
    (tiny / "intake" / "neighbours" / "note.csv").write_text("Date,Event\n1/2/2022,Seen\n")
    (tiny / "intake" / "school" / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    status, lines = said(capsys, "run", tiny)
    assert status == 1
    files = {file["file"]: file for file in json.loads((tiny / "output/working/intake.json").read_text("utf-8"))["files"]}
    assert files["loose.docx"]["status"] == files["neighbours/note.csv"]["status"] == "rejected"
    assert files["loose.docx"]["reason"] == files["neighbours/note.csv"]["reason"] == "no agency"
    assert files["school/broken.xlsx"]["status"] == "rejected"
    assert files["school/broken.xlsx"]["reason"]
    assert sum(file["rows"]["events"] for file in files.values()) == 12
    assert any("3 file(s) could not be read" in line for line in lines)


def test_two_runs_at_once_on_one_review_are_refused(tiny, capsys):
    from pipelines.review import open_review

    with open_review(tiny).alone():
        status, lines = said(capsys, "run", tiny)
    assert status == 2
    assert "another run" in lines[-1]


def in_namespace(script, *arguments):
    """Runs a shell script as root of a mount namespace of its own, where it may mount small or read-only disks."""
    if not may("unshare", "--map-root-user", "--mount", "true"):
        assert not os.environ.get("CI"), "CI must be able to mount"
        pytest.skip("this machine does not let us mount in a namespace (unshare --mount)")
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *map(str, arguments), sys.executable]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False, timeout=300)


@pytest.mark.models
def test_a_full_disk_is_one_line_and_the_earlier_drafts_stay(tiny):
    assert main(["run", str(tiny)]) in (0, 1)
    before = documents(tiny)
    (tiny / "people.csv").write_text((tiny / "people.csv").read_text("utf-8").replace("Child T", "Child U"), "utf-8")
    size = sum(len(each) for each in before.values()) + 60_000
    script = (
        'cp -a "$1/output" "$1/kept" && mount -t tmpfs -o size=$2 tmpfs "$1/output" && cp -a "$1/kept/." "$1/output/" && '
        '"$3" -m pipelines.cli run "$1"; s=$?; cp -a "$1/output/." "$1/kept/"; exit $s'
    )
    done = in_namespace(script, tiny, size)
    assert done.returncode == 2, done.stderr
    assert "disk is full" in done.stderr.splitlines()[-1]
    kept = tiny / "kept"
    assert {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before


@pytest.mark.models
def test_a_read_only_output_is_one_line(tiny):
    (tiny / "output").mkdir()
    done = in_namespace(
        'mount --bind "$1/output" "$1/output" && mount -o remount,ro,bind "$1/output" && "$2" -m pipelines.cli run "$1"', tiny
    )
    assert done.returncode == 2, done.stderr
    assert "read-only" in done.stderr.splitlines()[-1]


def documents(review):
    output = Path(review) / "output"
    return {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_an_unforeseen_fault_is_told_by_its_place_and_not_by_its_message(tiny, capsys, monkeypatch):
    from pipelines import composition

    def fail(*_):
        raise RuntimeError("Hannah Wrenfield was here")

    monkeypatch.setattr(composition, "merge", fail)
    status, lines = said(capsys, "run", tiny)
    assert status == 2
    assert "RuntimeError" in lines[-1]
    assert "Wrenfield" not in lines[-1]
