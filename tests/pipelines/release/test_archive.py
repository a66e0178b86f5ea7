"""Closing a review: all of it in one sealed archive or nothing changed; a closed one is worked on no more until it is opened again."""

import hashlib
import io
import json
import os
import signal
import tarfile
import time
from datetime import UTC, date, datetime

import pytest

from pipelines.case_file import read_case
from pipelines.cli import main
from pipelines.decisions import add_records, log_lines
from pipelines.news import has_something_new
from pipelines.release import age
from pipelines.release import archive as module
from pipelines.release.archive import archive, reopen
from pipelines.release.closing import closing_line, must_be_open
from pipelines.release.packing import manifest, packed, tar
from pipelines.release.sealing import new_identity, open_sealed, seal
from pipelines.release.unpack import unpack
from pipelines.review_round import StillOpen
from tests.pipelines.release.signing import make_review, quick_passphrases, typed
from timeline.errors import CaseError, OutputError

AT = datetime(2032, 2, 29, 12, tzinfo=UTC)
FILES = {
    "people.csv": "id,name,kind\nP1,Marisol Tregarthen,subject\n",
    "intake/police/Chronology Marisol.docx": "not read here",
    "intake/school/é ü 日本.csv": "x" * 70_000,
    "output/working/timeline.json": "{}",
    "output/anonymised/anonymised.json": "{}",
    "output/restricted/key.json": '{"people": []}',
    "output/restricted/own-notes.txt": "c",
    "output/restricted/.cache/1": "texts",
    "output/review/anonymisation-review.xlsx": "workbook",
    "output/.building-left/over": "x",
    "published/manifest.json": "{}",
}


@pytest.fixture
def identity(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    return {tmp_path / name: new_identity(tmp_path / name, typed()) for name in ("a", "b")}


@pytest.fixture
def review(tmp_path, identity):
    made = make_review(tmp_path / "review", more=f"[board]\nrecipients = {list(identity.values())!r}\nretention_years = 25\n")
    for name, text in FILES.items():
        path = made.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (made.folder / "intake" / "police" / "latest").symlink_to("Chronology Marisol.docx")
    add_records(made.decisions_file, [{"about": "finding", "by": "AB", "why": "Because."}])
    return made


def everything(review):
    """Every file of the review with its bytes, save its lock, what is sealed beforehand, and what a killed run left."""
    return {
        str(path.relative_to(review.folder)): path.read_bytes()
        for path in review.folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name != "lock" and not {"sealed", ".building-left"} & set(path.parts)
    }


def opened(review, identity, number=1):
    sealed = (review.folder / "archive" / f"archive-{number}.tar.age").read_bytes()
    return tarfile.open(fileobj=io.BytesIO(open_sealed(sealed, next(iter(identity)), typed())))


def test_an_archive_holds_every_file_and_the_manifest_its_hash_and_opens_for_each_recipient(review, identity):
    before = everything(review)
    made = archive(review, now=AT)
    assert hashlib.sha256((review.folder / made.file).read_bytes()).hexdigest() == made.sha256
    for private in identity:
        assert open_sealed((review.folder / made.file).read_bytes(), private, typed())
    with opened(review, identity) as found:
        listed = json.load(found.extractfile("manifest.json"))
        inside = {each.name: found.extractfile(each).read() for each in found if each.isfile()}
        links = {each.name: each.linkname for each in found if each.issym()}
    assert links == {"intake/police/latest": "Chronology Marisol.docx"}
    for each in listed["files"]:
        if not each["link"]:
            assert hashlib.sha256(inside[each["path"]]).hexdigest() == each["sha256"]
            assert len(inside[each["path"]]) == each["size"]
    left_out = {name for name in before if name.startswith(("output/restricted/", "output/review/"))}
    assert {name: data for name, data in inside.items() if name in before} == {name: before[name] for name in before.keys() - left_out}
    assert len(listed["files"]) == made.files == len(inside) - 1 + len(links)
    assert listed["head"] == log_lines(review.decisions_file)[0].hash


def test_the_key_is_in_the_archive_sealed_and_no_plain_one_is_left(review, identity):
    archive(review, now=AT)
    assert not (review.output / "restricted").exists()
    assert not (review.output / "review").exists()
    with opened(review, identity) as found:
        sealed = {each.name: found.extractfile(each).read() for each in found if each.name.startswith("record/sealed/")}
    assert all(name.endswith(".age") and age.is_age(data) for name, data in sealed.items())
    key = next(data for name, data in sealed.items() if "/key-" in name)
    assert open_sealed(key, next(iter(identity)), typed()) == b'{"people": []}'
    rest = next(data for name, data in sealed.items() if "/review-" in name)
    with tarfile.open(fileobj=io.BytesIO(open_sealed(rest, next(iter(identity)), typed()))) as found:
        assert set(found.getnames()) == {
            "manifest.json", "output/restricted/key.json", "output/restricted/own-notes.txt", "output/review/anonymisation-review.xlsx",
        }  # fmt: skip


def test_the_tar_inside_is_the_same_for_the_same_files_whatever_their_times_and_modes(review):
    def whole():
        files = packed(review.folder, lambda _: True)
        return b"".join(tar(review.folder, files, manifest(files)))

    first = whole()
    os.utime(review.case_file, (1, 1))
    review.case_file.chmod(0o644)
    assert whole() == first
    with tarfile.open(fileobj=io.BytesIO(first)) as found:
        assert {(each.mtime, each.uid, each.gid, each.uname) for each in found} == {(0, 0, 0, "")}
    review.case_file.write_text(review.case_file.read_text() + "\n")
    assert whole() != first


def test_the_day_until_which_it_is_kept_is_the_boards_and_1_march_for_29_february(review):
    assert archive(review, now=AT).retain_until == date(2057, 3, 1)


def test_a_clock_that_was_set_back_shortens_no_retention(review):
    assert archive(review, now=datetime(1999, 1, 1, tzinfo=UTC)).retain_until > date(2050, 1, 1)


def test_a_closed_review_refuses_run_and_decide_with_the_command_that_reopens_it(review, capsys):
    archive(review, now=AT)
    for command in (["run", str(review.folder)], ["decide", str(review.folder), "abcd", "accept"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert "closed and archived on 2032-02-29" in said
        assert "chronology reopen" in said
    assert not has_something_new(review)
    with pytest.raises(CaseError, match="--why"):
        reopen(review, " ")
    assert main(["reopen", str(review.folder), "--why", "New information."]) == 0
    must_be_open(review)
    with pytest.raises(CaseError, match="is open"):
        reopen(review, "Again.")
    assert [line.record["about"] for line in log_lines(review.decisions_file)] == ["finding", "archive", "reopen"]


def test_a_review_that_was_opened_again_is_archived_beside_its_first_archive(review, identity):
    first = archive(review, now=AT)
    reopen(review, "New information.")
    second = archive(review, now=AT)
    assert (first.file, second.file) == ("archive/archive-1.tar.age", "archive/archive-2.tar.age")
    assert hashlib.sha256((review.folder / first.file).read_bytes()).hexdigest() == first.sha256
    with opened(review, identity, 2) as found:
        assert not [name for name in found.getnames() if name.startswith("archive/")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("retention_years = 25\n", ""), "retention_years is missing"),
        (lambda text: text.partition("recipients")[0], "two people at least"),
    ],
)
def test_without_the_boards_settings_nothing_is_closed(review, change, why):
    review.case_file.write_text(change(review.case_file.read_text()))
    before = everything(review)
    with pytest.raises(CaseError, match=why):
        archive(review)
    assert everything(review) == before
    assert not (review.folder / "archive").exists()


def test_a_log_that_was_changed_is_not_archived(review):
    add_records(review.decisions_file, [{"about": "finding", "by": "AB"}])
    review.decisions_file.write_bytes(review.decisions_file.read_bytes().replace(b"Because", b"Becausf", 1))
    with pytest.raises(CaseError, match="line 1"):
        archive(review)
    assert not (review.folder / "archive").exists()


@pytest.mark.parametrize("fails", ["encrypt_stream", "replace", "log"])
def test_a_full_disk_at_any_step_leaves_the_review_as_it_was_and_the_next_try_closes_it(review, monkeypatch, fails):
    before = everything(review)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    def unwritable(*_, **__):
        raise OutputError("record/decisions.jsonl cannot be written")

    with monkeypatch.context() as broken:
        if fails == "log":
            broken.setattr(module, "add_records", unwritable)
        elif fails == "replace":
            broken.setattr(type(review.folder), "replace", full)
        else:
            broken.setattr(age, fails, full)
        with pytest.raises(OutputError):
            archive(review, now=AT)
    assert everything(review) == before
    must_be_open(review)
    assert archive(review, now=AT).file == "archive/archive-1.tar.age"


def test_a_disk_that_fills_while_the_archive_is_sealed_is_told_as_that(review, monkeypatch):
    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    whole = age.encrypt_stream
    monkeypatch.setattr(age, "encrypt_stream", lambda source, _, recipients: whole(source, Full(), recipients))
    with pytest.raises(OutputError, match="the review is open as before"):
        archive(review, now=AT)
    assert list((review.folder / "archive").iterdir()) == []


def test_a_file_that_changes_while_it_is_packed_closes_nothing(review, monkeypatch):
    whole = module.manifest

    def changed_meanwhile(*given, **said):
        if said:  # all files are listed
            (review.intake / "school" / "é ü 日本.csv").write_text("y" * 70_000)
        return whole(*given, **said)

    monkeypatch.setattr(module, "manifest", changed_meanwhile)
    with pytest.raises(OutputError, match="changed while it was packed"):
        archive(review, now=AT)
    must_be_open(review)
    assert list((review.folder / "archive").iterdir()) == []


def test_an_archive_that_is_killed_leaves_the_review_open_and_the_next_one_clears_up(review):
    child = os.fork()
    if not child:
        whole = age.encrypt_stream

        def slow(source, target, recipients):
            target.write(b"half an archive")
            target.flush()
            time.sleep(60)
            whole(source, target, recipients)

        age.encrypt_stream = slow
        archive(review, now=AT)
        os._exit(0)
    folder = review.folder / "archive"
    while not (folder.exists() and any(path.stat().st_size for path in folder.iterdir())):
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    must_be_open(review)
    assert (review.output / "restricted" / "key.json").exists()
    archive(review, now=AT)
    assert [path.name for path in folder.iterdir()] == ["archive-1.tar.age"]


def test_an_archive_that_was_killed_before_the_plain_key_was_removed_is_ended_by_the_next(review, monkeypatch):
    with monkeypatch.context() as stopped:
        stopped.setattr(module, "_KEY_FOLDERS", ())
        first = archive(review, now=AT)
    (review.output / "restricted").mkdir(exist_ok=True)
    assert archive(review) == first
    assert not (review.output / "restricted").exists()
    assert sum(line.record["about"] == "archive" for line in log_lines(review.decisions_file)) == 1


def test_a_decision_that_is_written_while_it_is_packed_closes_nothing(review, monkeypatch):
    whole = module._write

    def decided_meanwhile(*given):
        digest = whole(*given)
        add_records(review.decisions_file, [{"about": "finding", "by": "CD", "why": "Late."}])
        return digest

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(module, "_write", decided_meanwhile)
        with pytest.raises(OutputError, match="added to meanwhile"):
            archive(review, now=AT)
    must_be_open(review)
    assert list((review.folder / "archive").iterdir()) == []
    assert archive(review, now=AT).file == "archive/archive-1.tar.age"


def test_decisions_that_are_filled_in_and_not_yet_read_are_no_reason_to_lose_them(review, monkeypatch):
    (review.output / "review" / "review.json").write_text('{"book": "1", "open": {}}')
    monkeypatch.setattr(module, "still_open", lambda _: StillOpen({}, 2, ()))
    with pytest.raises(CaseError, match=r"2 decisions .* not yet read"):
        archive(review, now=AT)
    assert not (review.folder / "archive").exists()
    must_be_open(review)


def test_a_pipe_or_socket_in_the_folder_is_told_and_nothing_hangs(review):
    os.mkfifo(review.intake / "police" / "pipe")
    with pytest.raises(CaseError, match="a pipe"):
        archive(review, now=AT)
    must_be_open(review)


def test_a_review_that_is_being_run_is_not_closed(review):
    with review.alone(), pytest.raises(OutputError, match="another run"):
        archive(review, now=AT)
    assert closing_line(review.decisions_file) is None


def test_no_name_of_the_case_stands_in_the_messages_or_in_the_log(review, capsys):
    assert main(["archive", str(review.folder)]) == 0
    said = capsys.readouterr()
    for text in (said.out, said.err, review.decisions_file.read_text("utf-8")):
        assert "Marisol" not in text
    assert read_case(review.case_file).reference == "SCR-2031-A"


def test_a_recipient_unpacks_an_archive_and_every_file_is_as_it_was(review, identity, tmp_path):
    before = everything(review)
    made = archive(review, now=AT)
    found = unpack(review.folder / made.file, tmp_path / "again", next(iter(identity)), typed())
    assert (found.files, found.links) == (made.files - 1, 1)
    again = {str(path.relative_to(tmp_path / "again")): path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()}
    packed = {name: data for name, data in before.items() if not name.startswith(("output/restricted/", "output/review/"))}
    assert {name: again[name] for name in packed} == packed
    with pytest.raises(OutputError, match="a folder already"):
        unpack(review.folder / made.file, tmp_path / "again", next(iter(identity)), typed())
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "again").rglob("*"))


def test_an_archive_for_other_keys_or_damaged_or_none_is_told_and_leaves_no_plain_file(review, identity, tmp_path):
    path = review.folder / archive(review, now=AT).file
    new_identity(tmp_path / "other", typed())
    before = set(tmp_path.iterdir())
    with pytest.raises(CaseError, match="other keys"):
        unpack(path, tmp_path / "again", tmp_path / "other", typed())
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(CaseError, match="damaged"):
        unpack(path, tmp_path / "again", next(iter(identity)), typed())
    with pytest.raises(CaseError, match="not sealed"):
        unpack(review.case_file, tmp_path / "again", next(iter(identity)), typed())
    with pytest.raises(CaseError, match="no such archive"):
        unpack(tmp_path / "none.age", tmp_path / "again", next(iter(identity)), typed())
    assert set(tmp_path.iterdir()) == before


def test_an_archive_is_not_unpacked_into_a_review(review, identity, tmp_path):
    path = review.folder / archive(review, now=AT).file
    for place in (review.folder / "new", review.output / "again"):
        with pytest.raises(CaseError, match="inside a review"):
            unpack(path, place, next(iter(identity)), typed())
        assert not place.exists()


@pytest.mark.parametrize("listed", [b"[]", b"not json", b"\xff", b'{"files": [{"path": "a"}]}', b'{"files": 1}'])
def test_an_archive_whose_manifest_is_none_is_refused(identity, tmp_path, listed):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as made:
        info = tarfile.TarInfo("manifest.json")
        info.size = len(listed)
        made.addfile(info, io.BytesIO(listed))
    (tmp_path / "made.age").write_bytes(seal(whole.getvalue(), list(identity.values())))
    with pytest.raises(CaseError, match="not what its manifest lists"):
        unpack(tmp_path / "made.age", tmp_path / "in" / "again", next(iter(identity)), typed())
    assert list((tmp_path / "in").iterdir()) == []


@pytest.mark.parametrize("names", [("../outside",), ("/outside",), ("case.toml",), ()])
def test_an_archive_that_is_not_what_its_manifest_lists_is_refused(identity, tmp_path, names):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as made:
        for name, data in (
            ("manifest.json", b'{"files": [{"path": "people.csv", "sha256": "0", "link": false}]}'),
            *((name, b"x") for name in names),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    (tmp_path / "made.age").write_bytes(seal(whole.getvalue(), list(identity.values())))
    with pytest.raises(CaseError, match="not what its manifest lists"):
        unpack(tmp_path / "made.age", tmp_path / "in" / "again", next(iter(identity)), typed())
    assert list((tmp_path / "in").iterdir()) == []
