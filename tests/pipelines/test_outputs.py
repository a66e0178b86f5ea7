"""Documents take their place all at once or not at all, wherever a run is killed; files that no run made stay."""

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from pipelines import exchange, outputs
from pipelines.outputs import FOLDERS, put_in_place, settle, staging
from timeline.errors import OutputError

DOCUMENTS = (
    "working/timeline.json",
    "working/receipts/police.docx",
    "anonymised/anonymised.json",
    "review/people.csv",
    "restricted/key.json",
)
WORKBOOK = "review/anonymisation-review.xlsx"
OF_OTHERS = ("working/notes of mine.docx", "working/kept/minutes.docx", "review/filled by the chair.xlsx")


def made(staged, word, documents=DOCUMENTS):
    for name in documents:
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_text(word)
    record = {"made": dict.fromkeys(documents, "hash"), "word": word}
    (staged / "restricted" / "inputs.json").write_text(json.dumps(record))


@pytest.fixture
def output(tmp_path):
    """Outputs of an earlier run, with files that people put beside them."""
    output = tmp_path / "output"
    with staging(output) as staged:
        made(staged, "earlier")
        put_in_place(staged, output, tuple(FOLDERS))
    for name in OF_OTHERS:
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_text("mine")
    return output


def words(output, documents=DOCUMENTS):
    return {(output / name).read_text() for name in documents}


def files(output):
    return {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()}


def killed_at(call, work):
    """Does the work in a process of its own that ends, as if killed, at its `call`th change to the disk; whether it came to its end before."""
    child = os.fork()
    if child == 0:
        calls = 0

        def counted(event, _):
            nonlocal calls
            if event in ("os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.call_function", "shutil.rmtree", "os.chmod"):
                calls += 1
                if calls == call:
                    os._exit(9)

        exchanged = exchange._exchanged

        def counted_exchange(one, other):
            counted("os.rename", ())
            return exchanged(one, other)

        exchange._exchanged = counted_exchange
        sys.addaudithook(counted)
        try:
            work()
        except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def switch(output, taken_in=b""):
    with staging(output) as staged:
        made(staged, "new", (*DOCUMENTS, WORKBOOK) if taken_in else DOCUMENTS)
        put_in_place(staged, output, tuple(FOLDERS), taken_in)


@pytest.mark.parametrize("exchanges", [True, False], ids=["by exchange", "where the disk knows no exchange"])
def test_a_switch_that_is_killed_anywhere_is_wholly_done_or_wholly_undone_after_the_next_start(output, exchanges, monkeypatch):
    monkeypatch.setattr(
        outputs, "_on_disk", lambda _: None
    )  # a killed process loses nothing that it wrote, and waiting for the disk takes long
    if not exchanges:
        monkeypatch.setattr(exchange, "_exchanged", lambda *_: errno.EINVAL)
    seen, call, status = set(), 0, 9
    while status == 9:
        call += 1
        status = killed_at(call, lambda: switch(output))
        if (output / ".switching").exists():
            assert killed_at(2, lambda: settle(output)) in (0, 9)  # killed once more while it is completed
        settle(output)
        (word,) = words(output)
        assert json.loads((output / "restricted" / "inputs.json").read_text())["word"] == word
        assert words(output, OF_OTHERS) == {"mine"}
        assert files(output) == {*DOCUMENTS, *OF_OTHERS, "restricted/inputs.json"}
        assert {path.name for path in output.iterdir()} == set(FOLDERS)
        seen.add(word)
        with staging(output) as staged:
            made(staged, "earlier")
            put_in_place(staged, output, tuple(FOLDERS))
    assert status == 0
    assert seen == {"earlier", "new"}
    assert call > 20


@pytest.mark.parametrize("exchanges", [True, False], ids=["by exchange", "where the disk knows no exchange"])
def test_a_workbook_that_was_saved_after_the_run_read_it_is_not_lost_wherever_the_switch_is_killed(output, exchanges, monkeypatch):
    monkeypatch.setattr(outputs, "_on_disk", lambda _: None)  # as above
    if not exchanges:
        monkeypatch.setattr(exchange, "_exchanged", lambda *_: errno.EINVAL)
    call, status = 0, 9
    while status == 9:
        call += 1
        (output / WORKBOOK).write_bytes(b"filled in late")
        status = killed_at(call, lambda: switch(output, b"as it was read"))
        settle(output)
        books = {path.name: path.read_bytes() for path in (output / "review").glob("*.xlsx")}
        assert b"filled in late" in books.values()
        if books["anonymisation-review.xlsx"] == b"new":
            (kept,) = (output / "review").glob("saved-during-a-run-*.xlsx")
            kept.unlink()
    assert (status, books["anonymisation-review.xlsx"]) == (0, b"new")
    assert call > 20


def test_a_workbook_that_nobody_saved_since_the_run_read_it_makes_room_for_the_new_one(output):
    (output / WORKBOOK).write_bytes(b"as it was read")
    switch(output, b"as it was read")
    assert (output / WORKBOOK).read_bytes() == b"new"
    assert not list((output / "review").glob("saved-during-a-run-*"))


def test_a_copy_of_a_workbook_that_was_saved_during_a_run_stays_for_as_long_as_nobody_takes_it_away(output):
    (output / WORKBOOK).write_bytes(b"filled in late")
    switch(output, b"as it was read")
    switch(output, b"new")
    (kept,) = (output / "review").glob("saved-during-a-run-*.xlsx")
    assert kept.read_bytes() == b"filled in late"


def test_whoever_looks_during_a_switch_sees_whole_folders(output, monkeypatch):
    seen = []
    take = outputs.take_place

    def looked(new, place, aside):
        take(new, place, aside)
        seen.append([{(output / name).read_text() for name in DOCUMENTS if name.startswith(folder)} for folder in FOLDERS])

    monkeypatch.setattr(outputs, "take_place", looked)
    switch(output)
    assert len(seen) == len(FOLDERS)
    assert all(len(folder) == 1 for moment in seen for folder in moment)


def test_a_document_that_the_last_run_made_and_this_one_did_not_is_gone_and_files_of_others_stay(output):
    with staging(output) as staged:
        made(staged, "new", DOCUMENTS[:1] + DOCUMENTS[2:])
        put_in_place(staged, output, tuple(FOLDERS))
    assert files(output) == {*DOCUMENTS, *OF_OTHERS, "restricted/inputs.json"} - {DOCUMENTS[1]}


def test_a_file_that_is_saved_while_documents_are_switched_is_not_lost(output, monkeypatch):
    take = outputs.take_place

    def saved_before(new, place, aside):
        (place / "late.txt").write_text("saved late")
        beside = place / "saved.tmp"
        beside.write_text("saved anew")
        beside.replace(place / "notes of mine.docx")
        take(new, place, aside)

    monkeypatch.setattr(outputs, "take_place", saved_before)
    switch(output)
    assert (output / "working" / "late.txt").read_text() == "saved late"
    assert (output / "working" / "notes of mine.docx").read_text() == "saved anew"


def test_the_rights_that_a_board_gave_to_a_folder_stay(output):
    (output / "working").chmod(0o750)
    switch(output)
    assert (output / "working").stat().st_mode & 0o777 == 0o750
    assert words(output) == {"new"}


def test_links_that_people_put_beside_the_documents_stay_links(output, tmp_path):
    (output / "working" / "minutes").symlink_to(tmp_path)
    switch(output)
    assert (output / "working" / "minutes").readlink() == tmp_path


def test_what_cannot_be_moved_is_told_before_anything_is(output, monkeypatch):
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "review")
    with pytest.raises(OutputError, match="plain folders"):
        switch(output)
    assert words(output) == {"earlier"}
    assert {path.name for path in output.iterdir()} == set(FOLDERS)


def test_a_switch_whose_journal_is_damaged_is_told_with_what_to_do(output):
    (output / ".switching").mkdir()
    (output / ".switching" / "switch.json").write_text("{")
    with pytest.raises(OutputError, match="take that folder away"):
        switch(output)
    assert words(output) == {"earlier"}
