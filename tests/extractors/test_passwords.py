"""Files with a password: told apart from damaged ones, opened with the password given, which is kept nowhere."""

import io
import subprocess

import docx
import msoffcrypto
import openpyxl
import pytest

from extractors import apart, extract, extract_apart, processes
from extractors.apart import Request, needs_password

SESAME = "open sesame"
ROWS = (("Date", "Event", "Action"), ("13/02/2019", "Seen", "None"))


def workbook():
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(packed)
    return packed


def document():
    made, packed = docx.Document(), io.BytesIO()
    table = made.add_table(rows=0, cols=3)
    for row in ROWS:
        for box, text in zip(table.add_row().cells, row, strict=True):
            box.text = text
    made.save(packed)
    return packed


def protected(packed, password=SESAME):
    made = io.BytesIO()
    packed.seek(0)
    msoffcrypto.OfficeFile(packed).encrypt(password, made)
    return made.getvalue()


@pytest.fixture
def read(tmp_path, source, reading):
    def read(data, password=None):
        path = tmp_path / "chronology.xlsx"
        path.write_bytes(data)
        return extract(path, source, reading, password)

    return read


@pytest.mark.parametrize("make", [workbook, document])
def test_a_protected_file_says_so_and_opens_with_its_password(make, read):
    data = protected(make())
    without, wrong, right = read(data), read(data, SESAME[1:]), read(data, SESAME)
    assert "password protected" in without.reason
    assert "does not open" in wrong.reason
    assert [each.text for each in right.entries] == ["Seen\nNone"]
    assert [needs_password(each) for each in (without, wrong, right)] == [True, True, False]


def test_a_workbook_that_is_only_locked_against_changes_opens_without_asking(read):
    assert len(read(protected(workbook(), "VelvetSweatshop")).entries) == 1


def test_a_damaged_file_is_not_taken_for_a_protected_one(read):
    for data in (protected(workbook())[:-3000], workbook().getvalue()[:-300]):
        refused = read(data, SESAME)
        assert refused.status == "rejected"
        assert not needs_password(refused)


def test_a_password_given_for_a_file_that_has_none_does_no_harm(read):
    assert len(read(workbook().getvalue(), SESAME).entries) == 1


def test_the_password_goes_to_the_child_and_stands_in_no_command_line_environment_message_or_printed_request(
    tmp_path, monkeypatch, source, reading
):
    path, seen = tmp_path / "chronology.xlsx", []
    path.write_bytes(protected(workbook()))
    real = subprocess.Popen

    def watched(command, **how):
        seen.append(f"{command} {how}")
        return real(command, **how)

    processes.end_readers()
    monkeypatch.setattr(processes.subprocess, "Popen", watched)
    read = extract_apart(path, source, reading, password=SESAME)
    assert (len(read.entries), len(seen)) == (1, 1)
    assert not any(SESAME in each for each in (*seen, read.reason, *read.notes))
    assert SESAME not in repr(Request(path="x", source=source, reading=reading, limits=apart.Limits(), password=SESAME))
