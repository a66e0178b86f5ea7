"""Verifying: what is unchanged since the last signed head, and no more than that."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.cli import main
from pipelines.decisions import add_records, head
from pipelines.release.archive import archive
from pipelines.release.sealing import new_identity
from pipelines.release.verify import verify
from tests.pipelines.release.signing import Board, make_report, make_review, typed

AT = datetime(2031, 5, 6, tzinfo=UTC)


@pytest.fixture
def board(monkeypatch, tmp_path):
    return Board(monkeypatch, tmp_path / "people")


@pytest.fixture
def review(tmp_path, board):
    """A review with two decisions, a sign-off by Jo, and a decision after it."""
    keys = [new_identity(tmp_path / name, typed()) for name in ("a", "b")]
    made = make_review(tmp_path / "review", more=f"[board]\nrecipients = {keys!r}\nretention_years = 3\n")
    add_records(made.decisions_file, [{"about": "finding", "by": "AB", "why": str(number)} for number in (1, 2)])
    board.member(made, "Jo")
    board.signs(made, "Jo", make_report(tmp_path / "report.docx"))
    add_records(made.decisions_file, [{"about": "finding", "by": "AB", "why": "3"}])
    return made


def wrong(review):
    return [each.said for each in verify(review) if not each.is_right]


def told(review):
    return [each.said for each in verify(review)]


def publish(review, **changes):
    folder = review.folder / "published"
    folder.mkdir()
    (folder / "report.docx").write_bytes(b"published")
    import hashlib

    files = [{"file": "report.docx", "sha256": hashlib.sha256(b"published").hexdigest()}]
    (folder / "manifest.json").write_text(json.dumps({"files": files, "head": head(review.decisions_file), **changes}))
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    add_records(review.decisions_file, [{"about": "published", "by": "AB", "manifest": digest}])
    return folder


def test_what_is_under_a_signature_is_told_and_what_is_not_too(review):
    said = told(review)
    assert wrong(review) == []
    assert "record/decisions.jsonl: 5 lines, each follows the one before" in said
    assert "lines 1 to 3 are as they were when they were last signed" in said
    assert any(each.startswith("the 2 lines after them are under no signature") for each in said)
    assert any(each.startswith("line 4: signed off by Jo as account 1001") for each in said)


def test_a_review_without_a_signature_says_that_nothing_is_told(tmp_path):
    review = make_review(tmp_path / "review")
    assert wrong(review) == []
    assert any("no valid signature" in each for each in told(review))


def test_a_signed_log_that_was_written_anew_without_a_line_is_found_by_its_signature(review):
    """The whole chain is made again, as somebody could who may write to the record: the head that was signed is not in it."""
    records = [json.loads(line) for line in review.decisions_file.read_text("utf-8").splitlines()]
    review.decisions_file.unlink()
    for record in records[1:]:
        add_records(
            review.decisions_file, [{name: value for name, value in record.items() if name not in ("before", "written", "account")}]
        )
    assert wrong(review) == ["line 3: this sign-off does not count: it was signed at a head that this log does not have"]
    assert any("no valid signature" in each for each in told(review))


def test_a_changed_line_is_named(review):
    review.decisions_file.write_bytes(review.decisions_file.read_bytes().replace(b'"why": "2"', b'"why": "7"'))
    assert [each.partition(":")[0] for each in wrong(review)] == ["record/decisions.jsonl, line 2"]


def test_a_last_line_that_was_cut_short_is_named(review):
    review.decisions_file.write_bytes(review.decisions_file.read_bytes()[:-20])
    assert wrong(review) == ["record/decisions.jsonl, line 5: it is cut short, by a crash or by somebody, and does not count"]
    add_records(review.decisions_file, [{"about": "finding"}])
    assert wrong(review) == []
    assert "line 5 keeps what was left of a line that was cut short before it" in told(review)


def test_a_clock_that_was_set_back_is_told(review):
    add_records(review.decisions_file, [{"about": "finding"}], datetime.now(UTC) - timedelta(days=3))
    assert wrong(review) == ["line 6 bears an earlier time than line 5: the machine's clock was set back"]


def test_published_documents_are_held_against_their_manifest_and_the_manifest_against_the_log(review):
    folder = publish(review)
    assert wrong(review) == []
    (folder / "report.docx").write_bytes(b"changed")
    assert wrong(review) == ["published/, manifest 1: 1 of its 1 files changed or missing"]
    (folder / "report.docx").write_bytes(b"published")
    (folder / "more.txt").write_text("slipped in")
    assert wrong(review) == ["published/ holds 1 files that no manifest lists"]
    (folder / "more.txt").unlink()
    (folder / "manifest.json").write_text((folder / "manifest.json").read_text() + "\n")
    assert wrong(review) == ["published/, manifest 1: no line of the log says that it was published so"]
    (folder / "manifest.json").write_text("[]")
    assert wrong(review) == ["published/, manifest 1: it is damaged", "published/ holds 1 files that no manifest lists"]


def test_a_manifest_of_another_log_is_told(review):
    publish(review, head="a" * 64)
    assert wrong(review) == ["published/, manifest 1: it was published at a head that this log does not have"]


def test_an_archive_is_held_against_the_log(review):
    made = archive(review, now=AT)
    assert [each for each in wrong(review) if "clock" not in each] == []
    path = review.folder / made.file
    path.write_bytes(path.read_bytes() + b"x")
    assert f"{made.file} is not what line 6 says" in wrong(review)
    path.unlink()
    assert "the archive of line 6 cannot be read (No such file or directory)" in wrong(review)


def test_the_command_tells_it_by_its_exit_status_and_names_nobody_of_the_case(review, capsys):
    assert main(["verify", str(review.folder)]) == 0
    assert "signed off by Jo" in capsys.readouterr().out
    review.decisions_file.write_bytes(review.decisions_file.read_bytes().replace(b'"why": "2"', b'"why": "7"'))
    assert main(["verify", str(review.folder)]) == 1
    assert "! record/decisions.jsonl, line 2" in capsys.readouterr().out


def test_verifying_writes_nothing(review):
    before = {path: path.stat().st_mtime_ns for path in review.folder.rglob("*")}
    verify(review)
    assert {path: path.stat().st_mtime_ns for path in review.folder.rglob("*")} == before
