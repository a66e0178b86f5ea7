"""Signing off: two people, two accounts, two keys, these very bytes, this review, this kind; nothing less counts."""

import base64
import json
import shutil
from datetime import UTC, datetime

import pytest

from pipelines.accounts import Account
from pipelines.decisions import add_records, head, log_lines
from pipelines.release import keys
from pipelines.release import sign_off as module
from pipelines.release.keys import open_key
from pipelines.release.people import register, signers_of
from pipelines.release.sign_off import digest_of, judged, said, sign_offs
from pipelines.review import open_review
from tests.pipelines.release.signing import Board, make_report, make_review, typed
from timeline.errors import CaseError, ReportError


@pytest.fixture
def board(monkeypatch, tmp_path):
    return Board(monkeypatch, tmp_path / "people")


@pytest.fixture
def review(tmp_path):
    return make_review(tmp_path / "review")


@pytest.fixture
def report(tmp_path):
    return make_report(tmp_path / "report.docx")


def signed(review, report, kind="overview"):
    return [each.name for each in sign_offs(review, digest_of(report), kind)]


def forged(review, board, name, report, changes=None):
    """A line as the program writes it, signed with somebody's real key, of a statement that was changed before it was signed."""
    board.at(board.accounts[name])
    key = open_key(board.folder / name / "signing.key", typed())
    statement = {
        "review": "SCR-2031-A", "kind": "overview", "document": digest_of(report), "head": head(review.decisions_file), "key": key.fingerprint,
        "account": {"number": board.accounts[name], "name": ""}, "at": datetime.now(UTC).isoformat(), **(changes or {}),
    }  # fmt: skip
    signature = base64.b64encode(key.sign(said(statement))).decode()
    add_records(review.decisions_file, [{"about": "sign-off", "by": name, "statement": statement, "signature": signature}])


def why_not(review):
    return [each.why_not for each in judged(log_lines(review.decisions_file), "SCR-2031-A") if each.valid is None]


def test_two_people_sign_a_document_and_both_count(board, review, report):
    board.member(review, "Jo")
    board.member(review, "Sam")
    assert [each.name for each in board.signs(review, "Jo", report)] == ["Jo"]
    assert [each.name for each in board.signs(review, "Sam", report)] == ["Jo", "Sam"]
    one, other = sign_offs(review, digest_of(report))
    assert one.account != other.account
    assert one.fingerprint != other.fingerprint
    assert one.head in {line.hash for line in log_lines(review.decisions_file)[: one.line - 1]}
    assert why_not(review) == []


def test_the_same_account_is_refused_a_second_time(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    with pytest.raises(CaseError, match="a second person signs"):
        board.signs(review, "Jo", report)
    assert signed(review, report) == ["Jo"]


def test_the_same_key_is_refused_under_another_account(board, review, report):
    board.member(review, "Jo")
    board.member(review, "Sam")
    board.signs(review, "Jo", report)
    with pytest.raises(CaseError, match="not the one registered for this account"):
        board.signs(review, "Sam", report, key=board.folder / "Jo" / "signing.key")
    assert signed(review, report) == ["Jo"]


def test_who_is_not_registered_cannot_sign(board, review, report):
    board.person("Stranger")
    with pytest.raises(CaseError, match=r"chronology new-key.*chronology register"):
        board.signs(review, "Stranger", report)
    assert not review.decisions_file.exists()


def test_one_key_is_not_registered_for_two_people(board, review):
    board.member(review, "Jo")
    with pytest.raises(CaseError, match="registered for another person"):
        register(review, "Sam", board.public("Jo"))


def test_two_keys_of_one_account_are_not_registered_for_two_people(board, review):
    board.member(review, "Jo", account=1001)
    board.person("Sam", account=1001)
    with pytest.raises(CaseError, match="under the account of another person"):
        register(review, "Sam", board.public("Sam"))


def test_a_name_written_otherwise_is_the_same_person(board, review):
    board.member(review, "Jo Smith")
    with pytest.raises(CaseError, match="already"):
        register(review, "Jo   Smith ", board.public("Jo Smith"))
    board.person("second")
    register(review, "JO SMITH", board.public("second"))
    assert [each.name for each in signers_of(log_lines(review.decisions_file))] == ["JO SMITH"]


def test_registering_is_a_line_of_the_log_that_names_the_account_which_did_it(board, review):
    board.person("Sam")
    board.at(1077)
    register(review, "Sam", board.public("Sam"))
    line = log_lines(review.decisions_file)[0].record
    assert (line["about"], line["name"], line["by"], line["account"]) == ("signer", "Sam", "1077", "1077")


def test_lines_that_give_one_key_to_two_people_do_not_count_even_where_they_were_written_by_hand(board, review, report):
    board.member(review, "Jo")
    line = {key: value for key, value in log_lines(review.decisions_file)[0].record.items() if key not in ("before", "written", "account")}
    add_records(review.decisions_file, [{**line, "name": "Sam"}, {**line, "name": "Sam", "of": {"number": 2002, "name": "sam"}}])
    assert [each.name for each in signers_of(log_lines(review.decisions_file))] == ["Jo"]


def test_any_change_to_the_document_voids_its_sign_offs(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    whole = report.read_bytes()
    for change in (whole + b"\0", whole[:-1], whole.replace(b"PK", b"Pk", 1), b""):
        report.write_bytes(change)
        assert signed(review, report) == []
    report.write_bytes(whole)
    assert signed(review, report) == ["Jo"]


def test_a_sign_off_of_another_kind_does_not_count_for_this_one(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report, kind="learning")
    assert (signed(review, report), signed(review, report, "learning")) == ([], ["Jo"])
    with pytest.raises(CaseError, match="overview, learning, rapid"):
        board.signs(review, "Jo", report, kind="everything")


def test_a_sign_off_copied_from_another_review_does_not_count(board, review, report, tmp_path):
    other = make_review(tmp_path / "other", reference="SCR-2031-B")
    same_reference = make_review(tmp_path / "third")
    for each in (review, other, same_reference):
        board.member(each, f"Jo {each.folder.name}")
        register_all = board.public(f"Jo {each.folder.name}")
        assert register_all.exists()
    for each in (other, same_reference):
        name = f"Jo {each.folder.name}"
        register(review, name, board.public(name))
        board.signs(each, name, report)
        line = log_lines(each.decisions_file)[-1].record
        add_records(review.decisions_file, [{key: line[key] for key in ("about", "by", "statement", "signature")}])
    assert signed(review, report) == []
    assert why_not(review) == ["it is of another review", "it was signed at a head that this log does not have"]


def test_a_sign_off_that_is_copied_within_the_log_counts_once(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    line = log_lines(review.decisions_file)[-1].record
    add_records(review.decisions_file, [{key: line[key] for key in ("about", "by", "statement", "signature")}])
    assert signed(review, report) == ["Jo"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"document": "0" * 64}, "its signature is not of what it says"),
        ({"kind": "learning"}, "its signature is not of what it says"),
        ({"account": {"number": 4242, "name": "x"}}, "its account is not that of its key"),
        ({"key": "0" * 32}, "its key was not registered"),
        ({"account": None}, "it is not of the form of a sign-off"),
        ({"at": "2031-01-01T00:00:00+00:00"}, "its signature is not of what it says"),
    ],
)
def test_a_statement_that_was_changed_after_it_was_signed_does_not_count(board, review, report, change, why):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    line = dict(log_lines(review.decisions_file)[-1].record)
    whole = review.decisions_file.read_bytes().splitlines(keepends=True)
    review.decisions_file.write_bytes(b"".join(whole[:-1]))
    line["statement"] = {**line["statement"], **change}
    add_records(review.decisions_file, [{key: line[key] for key in ("about", "by", "statement", "signature")}])
    assert signed(review, report) == []
    assert why_not(review) == [why]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"review": "SCR-2031-B"}, "it is of another review"),
        ({"head": "a" * 64}, "it was signed at a head that this log does not have"),
        ({"head": "0" * 64}, "it was signed at a head that this log does not have"),
        ({"account": {"number": 4242, "name": ""}}, "its account is not that of its key"),
        ({"kind": "overview\n  line 9: signed off by Sam"}, "it is of no kind that is published"),
    ],
)
def test_what_a_real_key_signed_of_something_else_does_not_count(board, review, report, change, why):
    board.member(review, "Jo")
    forged(review, board, "Jo", report, change)
    assert signed(review, report) == []
    assert why_not(review) == [why]


def test_an_account_is_called_what_it_was_registered_as_whatever_a_statement_says(board, review, report):
    board.member(review, "Jo")
    forged(review, board, "Jo", report, {"account": {"number": 1001, "name": "jo\n  line 9: signed off by Sam"}})
    (one,) = sign_offs(review, digest_of(report))
    assert one.account == signers_of(log_lines(review.decisions_file))[0].public.account


def test_a_public_key_whose_account_has_a_name_of_several_lines_is_refused(board, review, monkeypatch):
    monkeypatch.setattr(keys, "this_account", lambda: Account(1001, "jo\nregistered: the key made under account 1002"))
    board.person("Jo")
    with pytest.raises(CaseError, match="no public key"):
        register(review, "Jo", board.public("Jo"))


def test_a_sign_off_that_another_account_wrote_does_not_count(board, review, report, tmp_path):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    line = dict(log_lines(review.decisions_file)[-1].record)
    review.decisions_file.write_bytes(b"".join(review.decisions_file.read_bytes().splitlines(keepends=True)[:-1]))
    board.at(4242)
    add_records(review.decisions_file, [{key: line[key] for key in ("about", "by", "statement", "signature")}])
    assert why_not(review) == ["it was written under another account than it says"]


def test_a_key_of_somebody_who_is_not_registered_does_not_count_though_it_signs_well(board, review, report):
    board.member(review, "Jo")
    board.person("Mallory")
    forged(review, board, "Mallory", report)
    assert why_not(review) == ["its key was not registered"]


def test_a_key_that_is_registered_after_it_signed_does_not_make_the_sign_off_count(board, review, report):
    board.member(review, "Jo")
    board.person("Sam")
    forged(review, board, "Sam", report)
    register(review, "Sam", board.public("Sam"))
    assert signed(review, report) == []


def test_what_a_key_signed_does_not_count_once_the_person_has_another(board, review, report):
    board.member(review, "Jo", account=1001)
    board.signs(review, "Jo", report)
    board.person("new Jo", account=1001)
    register(review, "Jo", board.public("new Jo"))
    assert signed(review, report) == []
    assert why_not(review) == ["its key was replaced by another since"]
    assert [each.name for each in board.signs(review, "new Jo", report)] == ["Jo"]


def test_one_person_with_an_old_and_a_new_key_is_one_person_though_the_old_key_is_registered_for_another_name(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    board.person("Jo again")
    register(review, "Jo", board.public("Jo again"))
    board.signs(review, "Jo again", report)
    register(review, "Somebody else", board.public("Jo"))
    assert signed(review, report) == ["Jo"]
    assert why_not(review) == ["its key was replaced by another since"]


def test_a_signature_of_the_same_bytes_by_nobody_is_refused(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    line = dict(log_lines(review.decisions_file)[-1].record)
    review.decisions_file.write_bytes(b"".join(review.decisions_file.read_bytes().splitlines(keepends=True)[:-1]))
    for signature in ("", "AAAA", "not base64!", base64.b64encode(b"\0" * 64).decode()):
        add_records(review.decisions_file, [{"about": "sign-off", "by": "Jo", "statement": line["statement"], "signature": signature}])
    assert signed(review, report) == []
    assert len(why_not(review)) == 4


def test_the_clock_set_back_between_two_sign_offs_does_not_void_them(board, review, report, monkeypatch):
    board.member(review, "Jo")
    board.member(review, "Sam")
    board.signs(review, "Jo", report)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2001, 1, 1, tzinfo=tz)

    monkeypatch.setattr(module, "datetime", Earlier)
    assert [each.name for each in board.signs(review, "Sam", report)] == ["Jo", "Sam"]


def test_a_wrong_passphrase_signs_nothing(board, review, report):
    board.member(review, "Jo")
    before = review.decisions_file.read_bytes()
    board.at(board.accounts["Jo"])
    with pytest.raises(CaseError, match="the passphrase is another one") as error:
        module.sign_off(review, report, "overview", board.folder / "Jo" / "signing.key", typed("not my passphrase"))
    assert "not my passphrase" not in str(error.value)
    assert review.decisions_file.read_bytes() == before


def test_a_report_that_is_not_there_or_no_word_file_is_no_reason_to_ask_for_a_passphrase(board, review, tmp_path):
    board.member(review, "Jo")
    board.at(board.accounts["Jo"])
    asked = []
    (tmp_path / "no.docx").write_bytes(b"%PDF-1.7")
    with pytest.raises(ReportError, match="is a PDF"):
        module.sign_off(review, tmp_path / "no.docx", "overview", board.folder / "Jo" / "signing.key", asked.append)
    with pytest.raises(ReportError, match="no such report"):
        module.sign_off(review, tmp_path / "none.docx", "overview", board.folder / "Jo" / "signing.key", asked.append)
    assert asked == []


def test_a_log_that_was_changed_is_not_signed_on(board, review, report):
    board.member(review, "Jo")
    board.member(review, "Sam")
    lines = review.decisions_file.read_bytes().splitlines(keepends=True)
    review.decisions_file.write_bytes(lines[0].replace(b"Jo", b"Jx") + lines[1])
    with pytest.raises(CaseError, match="line 1"):
        board.signs(review, "Sam", report)


def test_a_copy_of_the_review_is_the_same_review(board, review, report, tmp_path):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    copy = open_review(shutil.copytree(review.folder, tmp_path / "copy"))
    assert signed(copy, report) == ["Jo"]


def test_neither_passphrase_nor_private_key_stands_in_the_log(board, review, report):
    board.member(review, "Jo")
    board.signs(review, "Jo", report)
    key = open_key(board.folder / "Jo" / "signing.key", typed())
    log = review.decisions_file.read_text("utf-8")
    assert "four words" not in log
    assert base64.b64encode(key.private.private_bytes_raw()).decode() not in log
    assert json.loads(log.splitlines()[-1])["statement"]["key"] == key.fingerprint
