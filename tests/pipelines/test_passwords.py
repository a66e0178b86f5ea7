"""Passwords of agencies' files."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.passwords import Given, Passwords, read_passwords
from tests.conftest import ROOT, may
from timeline.errors import CaseError

PASSWORD = "quagga-mire 17"


@pytest.fixture
def locked(tiny):
    """The tiny review with one workbook more that has a password."""
    import io

    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile

    workbook = openpyxl.Workbook()
    for row in (("Date", "Event", "Action"), ("03/04/2022", "Seen at home", "None"), ("14/04/2022", "Seen at school", "None")):
        workbook.active.append(row)
    plain = io.BytesIO()
    workbook.save(plain)
    with (tiny / "intake" / "school" / "a locked one.xlsx").open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)
    return tiny


def status_of(review):
    files = json.loads((review / "output" / "working" / "intake.json").read_text("utf-8"))["files"]
    return next((file["status"], file["rows"]["events"]) for file in files if "locked" in file["file"])


def private(tmp_path, text):
    path = tmp_path / "passwords"
    path.write_text(text)
    path.chmod(0o600)
    return path


@pytest.mark.models
def test_a_file_opens_with_the_password_given_for_it(locked, tmp_path, capsys):
    passwords = private(tmp_path, f"school/1 = {PASSWORD}\n")
    assert main(["run", str(locked), "--passwords", str(passwords)]) in (0, 1)
    assert status_of(locked) == ("read", 2)
    assert PASSWORD not in capsys.readouterr().err
    assert not [path for path in locked.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]


@pytest.mark.models
def test_without_a_terminal_no_password_is_asked_for_and_the_file_says_so(locked, command):
    done = command("run", locked)
    assert done.returncode == 1
    assert status_of(locked) == ("rejected", 0)
    assert "school/1: rejected" in done.stderr
    assert "password" in done.stderr


@pytest.mark.models
def test_at_a_terminal_the_password_is_asked_for(locked):
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run", str(locked)], stdin=end, stdout=end, stderr=end, cwd=ROOT, start_new_session=True
    )
    os.close(end)
    said = b""
    while b"has a password" not in said:
        said += os.read(terminal, 4096)
    os.write(terminal, PASSWORD.encode() + b"\n")
    while True:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    assert process.wait(120) in (0, 1)
    assert status_of(locked) == ("read", 2)
    assert PASSWORD.encode() not in said


def test_a_file_of_passwords_that_others_can_read_is_refused(tmp_path):
    path = private(tmp_path, "school/1 = x\n")
    path.chmod(0o640)
    with pytest.raises(CaseError, match="chmod 600"):
        read_passwords(path)


def test_a_file_of_passwords_is_read_line_by_line(tmp_path):
    given = read_passwords(private(tmp_path, "school/1 = a = b \n\npolice/2=c\npolice = d\n"))
    assert [(each.name, each.password, each.line) for each in given] == [("school/1", "a = b", 1), ("police/2", "c", 3), ("police", "d", 4)]
    assert "a = b" not in repr(given)
    with pytest.raises(CaseError, match="line 2"):
        read_passwords(private(tmp_path, "school/1 = a\njust words\n"))
    with pytest.raises(CaseError, match="cannot be read"):
        read_passwords(Path(tmp_path) / "nowhere")


def test_a_mark_that_an_editor_puts_before_the_first_line_is_no_part_of_it(tmp_path):
    assert read_passwords(private(tmp_path, "\ufeffschool/1 = a\n"))[0].name == "school/1"


def test_a_files_own_password_is_tried_before_those_of_its_folder():
    passwords = Passwords((Given("school", "b", 1), Given("school/1", "a", 2), Given("police", "c", 3), Given("school", "d", 4)))
    assert [passwords.of(label) for label in ("school/1", "school/2", "police/1", "health/1")] == [("a", "b", "d"), ("b", "d"), ("c",), ()]


def test_a_line_that_names_no_file_of_the_review_is_told_by_its_number(locked, tmp_path, capsys):
    passwords = private(tmp_path, f"school/1 = {PASSWORD}\n\nscool/2 = {PASSWORD}\nschool/77 = x\n")
    assert main(["run", str(locked), "--passwords", str(passwords)]) == 2
    said = capsys.readouterr().err
    assert "line 3, 4" in said
    assert PASSWORD not in said
    assert not (locked / "output" / "working").exists()


@pytest.mark.models
def test_a_folders_password_opens_its_files_and_a_later_run_without_it_replaces_nothing(locked, tmp_path, capsys):
    passwords = private(tmp_path, f"school = not this one\nschool = {PASSWORD}\n")
    assert main(["nightly", "--once", str(locked.parent), "--passwords", str(passwords)]) in (0, 1)
    assert status_of(locked) == ("read", 2)
    before = {path: path.read_bytes() for path in (locked / "output").rglob("*") if path.is_file()}
    people = locked / "people.csv"
    people.write_text(people.read_text("utf-8").rstrip("\n") + "\nP9,Ottoline Marchbanks,,,Aunt,family,,\n", "utf-8")
    capsys.readouterr()
    for arguments in (["nightly", "--once", str(locked.parent)], ["run", str(locked)]):
        assert main(arguments) == 2
        said = capsys.readouterr().err
        assert "school/1: the last run opened this" in said
        assert "--passwords" in said
        assert {path: path.read_bytes() for path in (locked / "output").rglob("*") if path.is_file()} == before
    assert main(["run", str(locked), "--passwords", str(passwords)]) in (0, 1)
    assert status_of(locked) == ("read", 2)


def test_the_formats_of_this_machine_are_listed(capsys):
    assert main(["formats"]) == 0
    said = capsys.readouterr().out
    assert all(ending in said for ending in (".docx", ".xlsx", ".csv", ".pdf", ".ods", ".doc"))
    assert ("without any" in said) == may("unshare", "--map-root-user", "--net", "true")
