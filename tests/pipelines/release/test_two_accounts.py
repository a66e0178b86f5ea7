"""Two people with real accounts of this machine sign one review, each at a terminal; and one account alone, root's too."""

import codecs
import os
import pty
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.release import archive, people, retention, sign_off, verify  # noqa: F401 - loaded before an account is taken on
from tests.pipelines.release.signing import CASE, PASSPHRASE, make_report

codecs.lookup("utf-8-sig")  # as above
JO, SAM, BOARD = 41001, 41002, 41009  # accounts and a group that no machine has
AS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="only root may work under other accounts")


def typing(arguments, answers, account=None):
    """The command at a terminal of its own, under an account, with a person who types the answers; gives its status and what it said.

    Everything that it works with is loaded before the account is taken on, which may not be allowed to read where Python lies.
    """
    process, terminal = pty.fork()
    if not process:
        os._exit(_as_account([str(each) for each in arguments], account))
    said, left, answered = "", list(answers), 0
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the command has ended
            break
        if not piece:
            break
        said += piece.decode()
        if left and said[answered:].rstrip().endswith(":"):
            os.write(terminal, left.pop(0).encode() + b"\n")
            answered = len(said)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said


def _as_account(arguments, account):
    try:
        os.environ["LOGNAME"] = "somebody-else"
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in ((0, "r"), (1, "w"), (2, "w")))
        if account is not None:
            os.setgroups([BOARD])
            os.setgid(account)
            os.setuid(account)
        status = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:  # noqa: BLE001 - a child of a test ends here, whatever happened
        os.write(2, repr(error).encode())
        return 99
    return status


@pytest.fixture
def place():
    """A folder that every account may look into, with a review of Jo's in it that the group of the board may sign, and a report."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for name, account in (("jo", JO), ("sam", SAM)):
        (folder / name).mkdir()
        (folder / name).chmod(0o755)  # whatever umask a command left that another test ran in this process
        os.chown(folder / name, account, account)
    review = folder / "review"
    (review / "record").mkdir(parents=True)
    (review / "case.toml").write_text(CASE.format(reference="SCR-2031-A", more=""))
    make_report(folder / "report.docx").chmod(0o644)
    for path in (review, review / "record", review / "case.toml"):
        os.chown(path, JO, BOARD)
    review.chmod(0o710)
    (review / "record").chmod(0o710)
    (review / "case.toml").chmod(0o640)
    yield folder
    shutil.rmtree(folder)


def test_root_alone_makes_a_key_is_registered_and_signs_once(tmp_path):
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "case.toml").write_text(CASE.format(reference="SCR-2031-A", more=""))
    report = make_report(tmp_path / "report.docx")
    key = tmp_path / "mine" / "signing.key"
    status, said = typing(["new-key", key], [PASSPHRASE, PASSPHRASE])
    assert (status, PASSPHRASE in said) == (0, False)
    assert typing(["register", tmp_path / "review", "Jo", key.with_name("signing.public.key")], [])[0] == 0
    sign = ["sign-off", tmp_path / "review", report, "--kind", "overview", "--key", key]
    status, said = typing(sign, [PASSPHRASE])
    assert status == 0
    assert "1 of 2 people" in said
    assert PASSPHRASE not in said
    status, said = typing(sign, [PASSPHRASE])
    assert status == 2
    assert "a second person signs it" in said


@AS_ROOT
def test_two_accounts_sign_and_neither_can_stand_for_the_other(place):
    review, report = place / "review", place / "report.docx"
    for name, account in (("jo", JO), ("sam", SAM)):
        assert typing(["new-key", place / name / "signing.key"], [PASSPHRASE, PASSPHRASE], account)[0] == 0
        status, said = typing(["register", review, name.title(), place / name / "signing.public.key"], [], JO)
        assert status == 0, said
        assert f"under account {account}" in said
    log = review / "record" / "decisions.jsonl"
    assert log.stat().st_mode & 0o777 == 0o600
    os.chown(log, JO, BOARD)
    log.chmod(0o660)

    def sign(name, account):
        return typing(["sign-off", review, report, "--kind", "overview", "--key", place / name / "signing.key"], [PASSPHRASE], account)

    assert "cannot be read (Permission denied)" in sign("sam", JO)[1]
    shutil.copy(place / "sam" / "signing.key", place / "jo" / "sams.key")
    os.chown(place / "jo" / "sams.key", JO, JO)
    status, said = typing(["sign-off", review, report, "--kind", "overview", "--key", place / "jo" / "sams.key"], [PASSPHRASE], JO)
    assert status == 2
    assert "not the one registered for this account" in said
    assert sign("jo", JO)[0] == 0
    status, said = sign("sam", SAM)
    assert status == 0, said
    assert "2 of 2 people" in said
    status, said = typing(["verify", review], [], SAM)
    assert status == 0
    assert "signed off by Jo as account 41001" in said
    assert "signed off by Sam as account 41002" in said
    assert "somebody-else" not in log.read_text()
    assert not (review / "record" / "secret").exists() or (review / "record" / "secret").stat().st_mode & 0o077 == 0
