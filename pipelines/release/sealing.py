"""Sealing for the board's recipients: age encryption, which none but a holder of one of their private keys opens."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipelines.release import age
from pipelines.release.asking import Ask, new_passphrase
from pipelines.release.keys import must_be_outside_reviews, read_own
from pipelines.review import Review
from pipelines.whole_files import write_new, write_whole
from timeline.case import Case
from timeline.errors import CaseError, OutputError

FEWEST = 2


def recipients(case: Case) -> tuple[str, ...]:
    """The board's recipients as case.toml lists them; CaseError where one is no public key, or they are fewer than two different ones."""
    parsed(case.recipients)
    return case.recipients


def parsed(given: Sequence[str]) -> list[age.Recipient]:
    """Each recipient as a key; errors as `recipients`."""
    if len({_key_of(each) for each in given}) < FEWEST:
        raise CaseError(
            'case.toml, [board]: recipients must list the public keys of two people at least, such as ["age1…", "ssh-ed25519 …"]; '
            "chronology new-identity makes one"
        )
    keys = [age.recipient(each) for each in given]
    if None in keys:
        raise CaseError(
            f"case.toml, [board]: number {keys.index(None) + 1} of the recipients is no public key; it begins with age1, ssh-ed25519 or ssh-rsa"
        )
    return keys


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """The data encrypted so that each of the recipients can open it alone; errors as `recipients`."""
    return age.encrypted(data, parsed(recipients))


def open_sealed(sealed: bytes, identity_file: Path, ask: Ask) -> bytes:
    """What was sealed, opened with the private key in a file; CaseError where it is not for this key, damaged, or not sealed at all."""
    if not age.is_age(sealed):
        raise CaseError("the file is not sealed (no age file): name the sealed key or archive")
    return age.decrypted(sealed, _identities(identity_file, ask))


def open_sealed_file(sealed: Path, opened: Path, identity_file: Path, ask: Ask) -> None:
    """As `open_sealed`, from one file into a new one, a piece at a time."""
    try:
        with sealed.open("rb") as source:
            if not age.is_age(source.read(64)):
                raise CaseError("the file is not sealed (no age file): name the archive")
            source.seek(0)
            with opened.open("xb") as target:
                opened.chmod(0o600)
                age.decrypt_stream(source, target, _identities(identity_file, ask))
    except FileNotFoundError:
        raise CaseError("there is no such archive: name the file ending in .tar.age") from None


def new_identity(path: Path, ask: Ask) -> str:
    """Makes a private key that opens what is sealed (0600, under the passphrase that is typed); gives its public key for case.toml.

    CaseError for a place inside a review or an unfit passphrase; OutputError where there is a file already or the place cannot be written.
    """
    path = path.absolute()
    must_be_outside_reviews(path, "an identity")
    if path.exists():
        raise OutputError("there is a file of this name already: name another; nothing was made")
    private, public = age.new_identity()
    sealed = age.under_passphrase(f"{private}\n".encode(), new_passphrase(ask))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, sealed)
    except OSError as error:
        raise OutputError(f"the identity cannot be written ({error.strerror}): name a file in a folder of your own") from None
    return public


def write_sealed(review: Review, case: Case, name: str, data: bytes) -> Path:
    """Writes data sealed into record/sealed/, once: the same data is not sealed again. Gives the file's path.

    `name` is what stands before and after the data's hash in the file's name, such as `key-*.json`.
    """
    sealed = seal(data, recipients(case))
    whom = "\n".join(sorted(" ".join(_key_of(each)) for each in case.recipients))
    digest = hashlib.blake2b(data + whom.encode(), key=review.secret(), digest_size=8).hexdigest()
    path = review.record / "sealed" / f"{name.replace('*', digest)}.age"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            write_whole(path, sealed)
    except OSError as error:
        raise OutputError(f"record/sealed/ cannot be written ({error.strerror}): make room, and let this account write to it") from None
    return path


def write_sealed_key(review: Review, case: Case) -> Path:
    """Writes the key of the last run sealed for the board's recipients into record/sealed/; gives its path. Errors as `recipients`."""
    recipients(case)
    try:
        key = (review.output / "restricted" / "key.json").read_bytes()
    except OSError:
        raise CaseError("output/restricted/key.json is missing: run the review first (chronology run)") from None
    return write_sealed(review, case, "key-*.json", key)


def _key_of(recipient: str) -> tuple[str, ...]:
    """What makes two recipients the same: the key, without the remark that may follow it."""
    return tuple(recipient.split()[:2])


def _identities(path: Path, ask: Ask) -> list[age.Identity]:
    """The private keys in a file: an age identity, one under a passphrase, or an ssh key without one."""
    data = read_own(path, "the identity")
    if age.is_age(data):
        opened = age.opened_with(data, ask("the passphrase of your identity"))
        if opened is None:
            raise CaseError("the identity does not open: the passphrase is another one, or the file is damaged")
        data = opened
    found = age.identities(data)
    if not found:
        raise CaseError(
            "the file of the identity holds no private key that can be used: an age identity, or an ssh key without a passphrase"
        )
    return found
