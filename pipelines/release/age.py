"""age encryption (age-encryption.org): what is sealed for keys, and what is kept under a passphrase. The only module that knows pyrage."""

from collections.abc import Callable, Sequence
from io import RawIOBase
from types import SimpleNamespace
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped]

from timeline.errors import CaseError

type Recipient = Any  # a public key: pyrage's x25519 or ssh one
type Identity = Any  # a private key
_NOT_OPEN = "the file does not open: it was sealed for other keys than this one, or it is damaged"
_MARKS = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_age(data: bytes) -> bool:
    """Whether these bytes are an age file's."""
    return data.startswith(_MARKS)


def recipient(given: str) -> Recipient | None:
    """The public key written so (age1…, ssh-ed25519 …, ssh-rsa …); None where it is none."""
    try:
        return (pyrage.x25519 if given.startswith("age1") else pyrage.ssh).Recipient.from_str(given)
    except (pyrage.RecipientError, ValueError):
        return None


def identities(data: bytes) -> list[Identity]:
    """The private keys that a file holds: age identities, a line each, or one ssh key without a passphrase; none where it holds no such key."""
    try:
        if b"PRIVATE KEY-----" in data:
            return [pyrage.ssh.Identity.from_buffer(data)]
        lines = [line.strip() for line in data.decode().splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (pyrage.IdentityError, ValueError):
        return []


def new_identity() -> tuple[str, str]:
    """A new private key and its public one, as texts."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def encrypted(data: bytes, recipients: Sequence[Recipient]) -> bytes:
    """The data as each of the recipients can open it."""
    return bytes(pyrage.encrypt(data, recipients))


def encrypt_stream(source: RawIOBase, target: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """As `encrypted`, from one file to another, a piece at a time; what goes wrong with either is raised as it came."""
    _streamed(pyrage.encrypt_io, source, target, recipients, pyrage.EncryptError("it cannot be sealed"))


def decrypt_stream(source: BinaryIO, target: BinaryIO, identities: Sequence[Identity]) -> None:
    """As `decrypted`, from one file to another, a piece at a time; what goes wrong with either is raised as it came."""
    _streamed(pyrage.decrypt_io, source, target, identities, CaseError(_NOT_OPEN))


def _streamed(work: Callable[..., None], source: RawIOBase | BinaryIO, target: BinaryIO, keys: Sequence[Any], otherwise: Exception) -> None:
    """Lets pyrage work from one file to another; `otherwise` is raised where it fails and neither file did."""
    read, written = _Noted(source.read), _Noted(target.write)
    try:
        work(SimpleNamespace(read=read), SimpleNamespace(write=written, flush=target.flush), keys)
    except (pyrage.EncryptError, pyrage.DecryptError, OSError):
        raise (read.error or written.error or otherwise) from None


class _Noted:
    """Calls something and keeps what it raised, of which pyrage passes on the words alone."""

    def __init__(self, call: Callable[[Any], Any]) -> None:
        self.error: BaseException | None = None
        self._call = call

    def __call__(self, given: Any) -> Any:
        try:
            return self._call(given)
        except BaseException as error:
            self.error = error
            raise


def decrypted(data: bytes, identities: Sequence[Identity]) -> bytes:
    """What was encrypted; CaseError where none of these keys opens it, or it is damaged."""
    try:
        return bytes(pyrage.decrypt(data, identities))
    except pyrage.DecryptError:
        raise CaseError(_NOT_OPEN) from None


def under_passphrase(data: bytes, passphrase: str) -> bytes:
    """The data encrypted so that the passphrase opens it; takes about two seconds, so that trying many is slow."""
    return bytes(pyrage.passphrase.encrypt(data, passphrase))


def opened_with(data: bytes, passphrase: str) -> bytes | None:
    """What a passphrase opens; None where it is another one, or the data are damaged."""
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except (pyrage.DecryptError, ValueError):
        return None
