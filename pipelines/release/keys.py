"""A person's key for signing: the private half under a passphrase, in a file of that person's own; the public half, which a board registers."""

import base64
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pipelines.accounts import Account, this_account
from pipelines.release import age
from pipelines.release.asking import Ask, new_passphrase
from pipelines.whole_files import write_new
from timeline.errors import CaseError, OutputError

_PUBLIC = "chronology public key"
_PRIVATE = b"chronology signing key\n"
_SIZE = 32  # bytes of an Ed25519 key, either half
PUBLIC_ENDING = ".public.key"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a person's key, and the account that it was made under."""

    account: Account
    key: bytes

    @property
    def fingerprint(self) -> str:
        """What the key is told by: the first 32 hex digits of its sha256."""
        return fingerprint(self.key)

    def has_signed(self, said: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's, of exactly these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, said)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, opened."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """Its public half, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """As that of the public half."""
        return fingerprint(self.public)

    def sign(self, said: bytes) -> bytes:
        """The signature of these bytes."""
        return self.private.sign(said)


def fingerprint(public: bytes) -> str:
    """The fingerprint of a public key's 32 bytes."""
    return hashlib.sha256(public).hexdigest()[:32]


def default_key() -> Path:
    """Where a person's key lies if they name no file."""
    return Path.home() / ".chronology" / "signing.key"


def new_key(path: Path, ask: Ask) -> Path:
    """Makes a key: the private half at `path` (0600, under the passphrase that is typed), the public half beside it, whose path is given.

    CaseError for a place inside a review or an unfit passphrase; OutputError where there is a key already or the place cannot be written.
    """
    path = path.absolute()
    must_be_outside_reviews(path, "a private key")
    public_path = path.with_name(f"{path.name.removesuffix('.key')}{PUBLIC_ENDING}")
    if path.exists() or public_path.exists():
        raise OutputError("there is a key of this name already: name another file; nothing was made")
    made = SigningKey(Ed25519PrivateKey.generate())
    sealed = age.under_passphrase(_PRIVATE + made.private.private_bytes_raw(), new_passphrase(ask))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, sealed)
        try:
            write_new(public_path, _public_text(made), 0o644)
        except OSError:
            path.unlink()
            raise
    except OSError as error:
        raise OutputError(f"the key cannot be written ({error.strerror}): name a file in a folder of your own") from None
    return public_path


def open_key(path: Path, ask: Ask) -> SigningKey:
    """The private key in a file, opened with the passphrase that is typed. CaseError says what is wrong with the file or the passphrase."""
    opened = age.opened_with(read_own(path, "the private key"), ask("the passphrase of your key"))
    if opened is None:
        raise CaseError("the private key does not open: the passphrase is another one, or the file is none that `chronology new-key` made")
    if not opened.startswith(_PRIVATE) or len(opened) != len(_PRIVATE) + _SIZE:
        raise CaseError("the file of the private key is none that `chronology new-key` made: name your own with --key")
    return SigningKey(Ed25519PrivateKey.from_private_bytes(opened[len(_PRIVATE) :]))


def read_public_key(path: Path) -> PublicKey:
    """The public key in a file; CaseError where it is none, or its own signature does not fit what it says."""
    wrong = CaseError(f"the file is no public key: name the one ending in {PUBLIC_ENDING} that `chronology new-key` made")
    try:
        given = json.loads(path.read_bytes())
        public = PublicKey(Account(given["account"]["number"], given["account"]["name"]), base64.b64decode(given["key"], validate=True))
        signature = base64.b64decode(given["signature"], validate=True)
        is_ours = (
            given["about"] == _PUBLIC
            and type(public.account.number) is int
            and type(public.account.name) is str
            and public.account.name.isprintable()
        )
    except OSError as error:
        raise CaseError(f"the public key cannot be read ({error.strerror}): name the file that the person gave you") from None
    except (ValueError, KeyError, TypeError):
        raise wrong from None
    if not is_ours or len(public.key) != _SIZE:
        raise wrong
    if not public.has_signed(_said(public), signature):
        raise CaseError("the public key was changed after it was made: ask the person for the file again")
    return public


def must_be_outside_reviews(path: Path, what: str) -> None:
    """CaseError where a file would lie in the folder of a review."""
    if any((folder / "case.toml").exists() or (folder / "record" / "decisions.jsonl").exists() for folder in path.resolve().parents):
        raise CaseError(f"{what} may not lie inside a review: name a file in a folder of your own, outside every review")


def read_own(path: Path, what: str) -> bytes:
    """The bytes of a file that this account alone may read; CaseError where others may, or it cannot be read."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if stat.S_IMODE(about.st_mode) & 0o077 or about.st_uid != os.geteuid():
                raise CaseError(f"the file of {what} can be read by others: make it yours alone (chmod 600), then try again")
            return file.read()
    except OSError as error:
        raise CaseError(f"the file of {what} cannot be read ({error.strerror}): name a file of this account") from None


def _public_text(made: SigningKey) -> bytes:
    public = PublicKey(this_account(), made.public)
    said = {
        "about": _PUBLIC,
        "account": {"number": public.account.number, "name": public.account.name},
        "key": base64.b64encode(public.key).decode(),
        "signature": base64.b64encode(made.sign(_said(public))).decode(),
    }
    return (json.dumps(said, indent=1) + "\n").encode()


def _said(public: PublicKey) -> bytes:
    """What a public key's own signature is of: that this key belongs to this account."""
    return f"{_PUBLIC}\n{public.account.number}\n{public.account.name}\n".encode() + public.key
