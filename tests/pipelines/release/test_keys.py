"""A person's key: made outside every review, under a passphrase, its owner's alone."""

import json
import sys

import pytest

from pipelines.release import asking, keys
from pipelines.release.asking import ask_line, ask_passphrase
from pipelines.release.keys import new_key, open_key, read_public_key
from tests.pipelines.release.signing import PASSPHRASE, make_review, quick_passphrases, typed
from timeline.errors import CaseError, OutputError


@pytest.fixture
def key(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    new_key(tmp_path / "mine" / "signing.key", typed())
    return tmp_path / "mine" / "signing.key"


def test_a_key_is_made_and_opens_with_its_passphrase_alone(tmp_path):
    public = new_key(tmp_path / "mine" / "signing.key", typed())
    private = tmp_path / "mine" / "signing.key"
    assert (private.stat().st_mode & 0o777, public.name) == (0o600, "signing.public.key")
    assert private.read_bytes().startswith(b"age-encryption.org/v1")
    assert PASSPHRASE.encode() not in private.read_bytes() + public.read_bytes()
    opened = open_key(private, typed())
    assert opened.fingerprint == read_public_key(public).fingerprint
    assert read_public_key(public).has_signed(b"said", opened.sign(b"said"))
    assert not read_public_key(public).has_signed(b"said otherwise", opened.sign(b"said"))
    with pytest.raises(CaseError, match="another one"):
        open_key(private, typed("another passphrase"))


def test_a_key_is_never_made_inside_a_review(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    review = make_review(tmp_path / "review")
    (review.folder / "intake").mkdir()
    (tmp_path / "link").symlink_to(review.folder / "intake")
    for place in (review.folder, review.folder / "intake", review.record, tmp_path / "link"):
        with pytest.raises(CaseError, match="outside every review"):
            new_key(place / "signing.key", typed())
    assert not list(review.folder.rglob("*.key"))


def test_a_key_of_which_one_half_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    whole = keys.write_new

    def full(path, data, mode=0o600):
        if path.name.endswith("public.key"):
            raise OSError(28, "No space left on device")
        whole(path, data, mode)

    monkeypatch.setattr(keys, "write_new", full)
    with pytest.raises(OutputError, match="No space left"):
        new_key(tmp_path / "signing.key", typed())
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_there_is_never_written_over(key):
    before = key.read_bytes()
    with pytest.raises(OutputError, match="already"):
        new_key(key, typed())
    assert key.read_bytes() == before


def test_short_or_differing_passphrases_make_no_key(tmp_path, monkeypatch):
    quick_passphrases(monkeypatch)
    for answers, why in ((("short",), "12 characters"), (("long enough, this", "long enough, that"), "differ")):
        with pytest.raises(CaseError, match=why):
            new_key(tmp_path / "signing.key", typed(*answers))
    assert list(tmp_path.iterdir()) == []


def test_a_private_key_that_others_may_read_is_not_opened(key):
    key.chmod(0o640)
    with pytest.raises(CaseError, match="chmod 600"):
        open_key(key, typed())


def test_what_is_no_private_key_is_told(key, tmp_path):
    other = tmp_path / "other.key"
    other.touch(mode=0o600)
    for data in (b"", b"words", key.read_bytes()[:-1]):
        other.write_bytes(data)
        with pytest.raises(CaseError, match="chronology new-key"):
            open_key(other, typed())
    with pytest.raises(CaseError, match="cannot be read"):
        open_key(tmp_path / "none.key", typed())


@pytest.mark.parametrize(
    "change",
    [
        {"account": {"number": 7, "name": "x"}},
        {"account": {"number": True, "name": ""}},
        {"account": 3},
        {"key": "A" * 44},
        {"key": 3},
        {"signature": ""},
        {"about": "x"},
    ],
)
def test_a_public_key_that_was_changed_is_refused(key, change):
    public = key.with_name("signing.public.key")
    public.write_text(json.dumps({**json.loads(public.read_text("utf-8")), **change}), "utf-8")
    with pytest.raises(CaseError, match=r"was changed|no public key"):
        read_public_key(public)


def test_what_is_no_public_key_is_told(key, tmp_path):
    with pytest.raises(CaseError, match="no public key"):
        read_public_key(key)
    for text in ("", "[]", "null", "{}"):
        (tmp_path / "x").write_text(text)
        with pytest.raises(CaseError, match="no public key"):
            read_public_key(tmp_path / "x")
    with pytest.raises(CaseError, match="cannot be read"):
        read_public_key(tmp_path / "none")


def test_without_a_terminal_nothing_is_asked(monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    for ask in (ask_passphrase, ask_line):
        with pytest.raises(CaseError, match="at a terminal"):
            ask("the passphrase")
    assert asking.SHORTEST >= 12
