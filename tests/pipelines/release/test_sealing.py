"""Sealing: what is written for the board's recipients opens with each of their private keys, and with nothing else."""

import subprocess

import pytest

from pipelines.case_file import read_case
from pipelines.release.sealing import new_identity, open_sealed, recipients, seal, write_sealed_key
from tests.pipelines.release.signing import make_review, quick_passphrases, typed
from timeline.errors import CaseError, OutputError


@pytest.fixture
def ours(tmp_path, monkeypatch):
    """Two recipients with age identities, and one with an ssh key: each public key and the private one's file."""
    quick_passphrases(monkeypatch)
    made = [(new_identity(tmp_path / "keys" / name, typed()), tmp_path / "keys" / name) for name in ("a", "b")]
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a remark", "-f", str(tmp_path / "keys" / "s")], check=True)
    return [*made, ((tmp_path / "keys" / "s.pub").read_text().strip(), tmp_path / "keys" / "s")]


def case(tmp_path, *public, name="review"):
    review = make_review(tmp_path / name, more=f"[board]\nrecipients = {list(public)!r}\n")
    return review, read_case(review.case_file)


def test_each_recipient_opens_what_was_sealed_and_nobody_else_does(ours, tmp_path):
    sealed = seal(b"who is who", [public for public, _ in ours])
    for _, private in ours:
        assert open_sealed(sealed, private, typed()) == b"who is who"
    assert b"who is who" not in sealed
    two = seal(b"who is who", [public for public, _ in ours[:2]])
    with pytest.raises(CaseError, match="sealed for other keys"):
        open_sealed(two, ours[2][1], typed())
    with pytest.raises(CaseError, match="passphrase is another one"):
        open_sealed(two, ours[0][1], typed("not the passphrase"))


def test_a_real_passphrase_keeps_an_identity(tmp_path):
    public = new_identity(tmp_path / "mine", typed())
    other = new_identity(tmp_path / "other", typed())
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600
    assert b"AGE-SECRET-KEY" not in (tmp_path / "mine").read_bytes()
    assert open_sealed(seal(b"x", [public, other]), tmp_path / "mine", typed()) == b"x"


def test_a_plain_age_identity_with_remarks_opens_too(ours, tmp_path):
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    plain = tmp_path / "plain"
    plain.touch(mode=0o600)
    plain.write_text(f"# created: today\n# public key: {identity.to_public()}\n{identity}\n")
    assert open_sealed(seal(b"x", [str(identity.to_public()), ours[0][0]]), plain, typed()) == b"x"


def test_a_review_needs_two_different_recipients(ours, tmp_path):
    (a, _), (b, _), (s, _) = ours
    for number, public in enumerate([(), (a,), (a, a), (s, f"{s} again"), (s, s.rsplit(" ", 2)[0])]):
        with pytest.raises(CaseError, match="two people at least"):
            recipients(case(tmp_path, *public, name=f"few{number}")[1])
    assert recipients(case(tmp_path, a, s, name="enough")[1]) == (a, s)
    assert recipients(case(tmp_path, a, b, s, name="three")[1]) == (a, b, s)


@pytest.mark.parametrize(
    "wrong", ["age1nonsense", "ssh-ed25519 AAAA", "ssh-dss AAAAB3NzaC1kc3M=", "someone@example.org", "AGE-SECRET-KEY-1XYZ"]
)
def test_a_recipient_that_is_no_public_key_is_named_by_its_number(ours, tmp_path, wrong):
    with pytest.raises(CaseError, match="number 2 of the recipients"):
        recipients(case(tmp_path, ours[0][0], wrong)[1])


def test_what_is_damaged_cut_short_or_not_sealed_is_told(ours):
    sealed = seal(b"who is who" * 50_000, [public for public, _ in ours])
    private = ours[0][1]
    for data in (sealed[:-1], sealed[: len(sealed) // 2], sealed[:-9] + bytes([sealed[-9] ^ 1]) + sealed[-8:], sealed[:30]):
        with pytest.raises(CaseError, match="damaged"):
            open_sealed(data, private, typed())
    with pytest.raises(CaseError, match="not sealed"):
        open_sealed(b"{}", private, typed())


def test_an_identity_that_others_may_read_or_that_is_none_is_told(ours, tmp_path):
    sealed, private = seal(b"x", [public for public, _ in ours]), ours[2][1]
    private.chmod(0o644)
    with pytest.raises(CaseError, match="chmod 600"):
        open_sealed(sealed, private, typed())
    private.chmod(0o600)
    private.write_text("words\n")
    with pytest.raises(CaseError, match="no private key"):
        open_sealed(sealed, private, typed())


def test_an_ssh_key_under_a_passphrase_is_told_to_be_of_no_use(ours, tmp_path):
    locked = tmp_path / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", str(locked)], check=True)
    sealed = seal(b"x", [ours[0][0], locked.with_suffix(".pub").read_text().strip()])
    with pytest.raises(CaseError, match=r"without a passphrase|sealed for other keys"):
        open_sealed(sealed, locked, typed())


def test_an_rsa_key_of_ssh_opens_what_was_sealed_for_it(ours, tmp_path):
    private = tmp_path / "rsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(private)], check=True)
    sealed = seal(b"x", [ours[0][0], private.with_suffix(".pub").read_text().strip()])
    assert open_sealed(sealed, private, typed()) == b"x"


def test_an_identity_is_never_made_inside_a_review_or_over_another_file(ours, tmp_path):
    review, _ = case(tmp_path)
    with pytest.raises(CaseError, match="outside every review"):
        new_identity(review.folder / "identity", typed())
    with pytest.raises(OutputError, match="already"):
        new_identity(ours[0][1], typed())


def test_the_key_of_the_last_run_is_sealed_once_and_again_for_other_recipients(ours, tmp_path):
    (a, _), (b, private), (s, _) = ours
    review, given = case(tmp_path, a, b)
    with pytest.raises(CaseError, match="chronology run"):
        write_sealed_key(review, given)
    (review.output / "restricted").mkdir(parents=True)
    (review.output / "restricted" / "key.json").write_text('{"people": []}')
    path = write_sealed_key(review, given)
    assert (path.parent.name, path.stat().st_mode & 0o777) == ("sealed", 0o600)
    assert open_sealed(path.read_bytes(), private, typed()) == b'{"people": []}'
    before = path.read_bytes()
    assert write_sealed_key(review, given) == path
    assert path.read_bytes() == before
    text = review.case_file.read_text().replace(a, s)
    review.case_file.write_text(text)
    assert write_sealed_key(review, read_case(review.case_file)) != path
