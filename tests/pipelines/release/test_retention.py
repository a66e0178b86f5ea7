"""Retention: what is due is listed, and destroyed after confirmation, with a signed record that stays and names nobody of the case."""

import base64
import json
import shutil
from datetime import UTC, date, datetime

import pytest

from pipelines.cli import main
from pipelines.decisions import add_records, head
from pipelines.release import asking, retention
from pipelines.release.archive import archive, reopen
from pipelines.release.keys import open_key
from pipelines.release.people import register
from pipelines.release.retention import RECORD, Kept, destroy, kept_in, read_record
from pipelines.release.sealing import new_identity
from pipelines.release.verify import verify_destroyed
from tests.pipelines.release.signing import Board, make_review, typed
from timeline.errors import CaseError, OutputError

CLOSED, DUE = datetime(2031, 5, 6, tzinfo=UTC), datetime(2034, 5, 7, tzinfo=UTC)


@pytest.fixture
def board(monkeypatch, tmp_path):
    return Board(monkeypatch, tmp_path / "people")


@pytest.fixture
def made(tmp_path, board):
    """Makes a review with people's names in its files, Jo registered; closed unless told otherwise."""
    keys = [new_identity(tmp_path / name, typed()) for name in ("a", "b")]

    def make(name, *, closed=True):
        (tmp_path / "reviews").mkdir(exist_ok=True)
        more = f"[board]\nrecipients = {keys!r}\nretention_years = 3\n"
        review = make_review(tmp_path / "reviews" / name, reference=f"SCR-{name}", more=more)
        for path in ("people.csv", "intake/police/Marisol.docx", "output/working/timeline.json", "published/report.docx"):
            (review.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (review.folder / path).write_text("Marisol Tregarthen")
        if not (board.folder / "Jo").exists():
            board.person("Jo", account=1001)
        register(review, "Jo", board.public("Jo"))
        if closed:
            archive(review, now=CLOSED)
        return review

    return make


def one(review):
    return next(each for each in kept_in(review.folder.parent) if each.review == review)


def key(board):
    board.at(1001)
    return board.folder / "Jo" / "signing.key"


def left(review):
    return sorted(str(path.relative_to(review.folder)) for path in review.folder.rglob("*") if path.is_file())


def test_every_review_is_listed_with_the_day_until_which_it_is_kept(made):
    closed, opened, broken = made("A"), made("B", closed=False), made("C")
    (broken.decisions_file).write_text("spoiled\n")
    found = {each.review.folder.name: each for each in kept_in(closed.folder.parent)}
    assert found["A"].until == date(2034, 5, 6)
    assert found["B"].until is None
    assert not found["B"].is_due(date(2099, 1, 1))
    assert "line 1" in found["C"].said
    assert opened.case_file.exists()


def test_a_closing_line_by_hand_that_says_too_little_is_told_and_stops_no_other_review(made):
    first, second = made("A", closed=False), made("B")
    line = {"about": "archive", "file": "archive/archive-1.tar.age", "sha256": "0" * 64, "files": 3, "retain_until": "2020-01-01"}
    add_records(first.decisions_file, [line])
    assert "line 2" in one(first).said
    assert one(second).until == date(2034, 5, 6)


def test_a_review_is_due_on_the_day_after_the_last_on_which_it_is_kept(made):
    kept = one(made("A"))
    assert not kept.is_due(kept.until)
    assert kept.is_due(date.fromordinal(kept.until.toordinal() + 1))


def after(kept):
    return datetime.combine(date.fromordinal(kept.until.toordinal() + 1), datetime.min.time(), UTC)


def test_a_destroyed_review_leaves_what_was_published_and_a_signed_record_without_a_name_of_the_case(made, board):
    review = made("A")
    kept = one(review)
    record = destroy(kept, key(board), typed(), after(kept))
    assert left(review) == [RECORD, "published/report.docx"]
    assert (record["reference"], record["by"], record["kept_until"]) == ("SCR-A", "Jo", kept.until.isoformat())
    assert len(record["archive"]) == len(record["manifest"]) == len(record["head"]) == 64
    text = (review.folder / RECORD).read_text()
    assert "Marisol" not in text
    assert "Tregarthen" not in text
    assert verify_destroyed(review.folder).is_right
    assert (review.folder / RECORD).stat().st_mode & 0o777 == 0o600


def test_a_record_that_was_changed_is_told(made, board):
    review = made("A")
    kept = one(review)
    destroy(kept, key(board), typed(), after(kept))
    path = review.folder / RECORD
    path.write_text(path.read_text().replace('"by": "Jo"', '"by": "Sam"'))
    with pytest.raises(CaseError, match="changed after it was signed"):
        read_record(path)
    assert not verify_destroyed(review.folder).is_right


@pytest.mark.parametrize("state", ["open", "not due", "reopened"])
def test_what_is_open_or_not_due_is_not_destroyed(made, board, state):
    review = made("A", closed=state != "open")
    kept = one(review)
    if state == "reopened":
        reopen(review, "New information.")
        kept = one(review)
    before = left(review)
    with pytest.raises(CaseError, match="nothing was destroyed"):
        destroy(kept, key(board), typed(), CLOSED if state == "not due" else DUE)
    assert left(review) == before


def test_a_review_that_was_opened_again_meanwhile_is_not_destroyed(made, board):
    review = made("A")
    kept = one(review)
    reopen(review, "New information.")
    before = left(review)
    with pytest.raises(CaseError, match="nothing was destroyed"):
        destroy(kept, key(board), typed(), after(kept))
    assert left(review) == before


def test_who_is_not_registered_or_has_another_key_destroys_nothing(made, board):
    review = made("A")
    kept, before = one(review), left(review)
    board.person("Mallory")
    with pytest.raises(CaseError, match="nobody is registered"):
        destroy(kept, board.folder / "Mallory" / "signing.key", typed(), after(kept))
    board.at(1001)
    with pytest.raises(CaseError, match="not the one registered"):
        destroy(kept, board.folder / "Mallory" / "signing.key", typed(), after(kept))
    with pytest.raises(CaseError, match="passphrase"):
        destroy(kept, key(board), typed("wrong passphrase"), after(kept))
    assert left(review) == before


def test_somebody_new_can_be_registered_in_a_closed_review_to_destroy_it_years_later(made, board):
    review = made("A")
    board.member(review, "Successor")
    kept = one(review)
    board.at(board.accounts["Successor"])
    assert destroy(kept, board.folder / "Successor" / "signing.key", typed(), after(kept))["by"] == "Successor"


@pytest.mark.parametrize("stops_at", ["intake", "archive", "record", "case.toml"])
def test_a_destruction_that_is_interrupted_anywhere_is_ended_by_the_next_try(made, board, monkeypatch, stops_at):
    review = made("A")
    kept = one(review)
    whole, unlink = shutil.rmtree, type(review.folder).unlink

    def stop(path, *rest, **more):
        if path.name == stops_at:
            raise PermissionError(13, "Permission denied")
        return (whole if path.is_dir() else unlink)(path, *rest, **more)

    with monkeypatch.context() as broken:
        broken.setattr(retention.shutil, "rmtree", stop)
        broken.setattr(type(review.folder), "unlink", stop)
        with pytest.raises(OutputError, match="run this again"):
            destroy(kept, key(board), typed(), after(kept))
    again = one(review)
    assert again.is_due(after(kept).date())
    record = destroy(again, key(board), typed(), after(kept))
    assert left(review) == [RECORD, "published/report.docx"]
    assert record["reference"] == "SCR-A"


def test_a_link_in_the_folder_is_deleted_and_what_it_leads_to_stays(made, board, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    review = made("A")
    (review.intake / "link").symlink_to(tmp_path / "elsewhere")
    (review.folder / "link").symlink_to(tmp_path / "elsewhere")
    kept = one(review)
    destroy(kept, key(board), typed(), after(kept))
    assert (tmp_path / "elsewhere" / "kept").read_text() == "kept"


def test_the_command_destroys_only_what_is_due_and_whose_reference_is_typed(made, board, monkeypatch, capsys, tmp_path):
    for name in ("A", "B"):
        review = made(name)
        line = {"about": "archive", "by": "1", "why": "", "file": "archive/archive-1.tar.age", "sha256": "0" * 64, "manifest": "1" * 64}
        add_records(review.decisions_file, [{**line, "files": 3, "retain_until": "2020-01-01"}])
    not_due = made("C")
    answers = iter(["SCR-B", "SCR-B"])
    monkeypatch.setattr(asking, "ask_line", lambda _: next(answers))
    monkeypatch.setattr(asking, "ask_passphrase", typed())
    folder = str(not_due.folder.parent)
    assert main(["retention", folder]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == ["SCR-A: kept until 2020-01-01, DUE", "SCR-B: kept until 2020-01-01, DUE"]
    assert main(["retention", folder, "--destroy", "--key", str(key(board))]) == 1
    assert not (not_due.folder.parent / "B" / "case.toml").exists()
    assert (not_due.folder.parent / "A" / "case.toml").exists()
    capsys.readouterr()
    assert main(["retention", folder]) == 1
    said = capsys.readouterr().out
    assert "SCR-B: destroyed on" in said
    assert "Marisol" not in said
    assert main(["verify", str(not_due.folder.parent / "B")]) == 0
    (tmp_path / "reviews" / "0").mkdir()
    (tmp_path / "reviews" / "0" / RECORD).write_text("{}")
    assert main(["retention", folder]) == 1
    assert "destroyed review 1 in order of name: the record of a destruction is damaged" in capsys.readouterr().out
    assert json.loads((not_due.folder.parent / "B" / RECORD).read_text())["archive"] == "0" * 64


def planted(review, board, by="Mallory", **changes):
    """A record of a destruction that somebody (Mallory, whom nobody registered) signed and put into a review."""
    path = key(board) if by == "Jo" else board.person(by)
    mallory = open_key(path, typed())
    said = {
        "about": "destruction", "reference": "SCR-A", "at": "2020-01-01", "kept_until": "2020-01-01", "by": "Jo",
        "head": head(review.decisions_file), "key": base64.b64encode(mallory.public).decode(), **changes,
    }  # fmt: skip
    signature = base64.b64encode(mallory.sign(retention._bytes(said))).decode()
    (review.folder / RECORD).write_text(json.dumps({**said, "signature": signature}))


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize(
    "changes", [{}, {"reference": "SCR-B"}, {"kept_until": "never"}, {"kept_until": None}, {"by": "Jo\n! all is well"}]
)
def test_a_record_that_was_put_into_a_review_by_hand_destroys_nothing(made, board, capsys, closed, changes):
    review = made("A", closed=closed)
    due = Kept(1, review, "SCR-A", date(2020, 1, 1))
    planted(review, board, **changes)
    before = [*left(review), "record/lock"]
    assert one(review).said
    assert not one(review).is_due(date(2099, 1, 1))
    with pytest.raises(CaseError):
        destroy(due, key(board), typed(), DUE)
    assert set(left(review)) == set(before)
    assert main(["retention", str(review.folder.parent)]) == 1
    assert "destroyed on" not in capsys.readouterr().out
    main(["verify", str(review.folder)])
    assert "destroyed on" not in capsys.readouterr().out


@pytest.mark.parametrize(("by", "why"), [("Mallory", "registered"), ("Jo", "another day")])
def test_a_record_by_hand_destroys_nothing_of_a_review_of_which_only_the_log_is_left(made, board, by, why):
    review = made("A")
    for path in review.folder.iterdir():
        if path.name not in ("record", "case.toml"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    planted(review, board, by)
    assert why in one(review).said
