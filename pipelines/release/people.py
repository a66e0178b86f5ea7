"""Who may sign off a review: people whose key the board registered in the review's log. One person, one key, one account."""

import base64
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.accounts import Account, this_account
from pipelines.decisions import Line, add_records, log_lines
from pipelines.release.keys import PublicKey, read_public_key
from pipelines.review import Review
from timeline.errors import CaseError

ABOUT = "signer"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign off: the name under which the board registered the key, and the key with its account."""

    name: str
    public: PublicKey


def register(review: Review, name: str, public_file: Path) -> Signer:
    """Registers a person's public key, as a line of the log that names the account which did it.

    A name that is registered already gets the new key; what the earlier one signed no longer counts. CaseError for a key or an account that is
    another person's.
    """
    shown = " ".join(name.split())
    if not shown or not shown.isprintable() or len(shown) > _LONGEST_NAME:
        raise CaseError("a person is registered by name: give it in words, on one line")
    new = Signer(shown, read_public_key(public_file))
    signers = signers_of(log_lines(review.decisions_file))
    if new in signers:
        raise CaseError("this key is registered for this person already: nothing was added")
    if (reason := _why_not(new, signers)) is not None:
        raise CaseError(f"{reason}; nothing was added")
    review.secret()
    add_records(review.decisions_file, [_record(new)])
    return new


def signers_of(lines: Sequence[Line]) -> tuple[Signer, ...]:
    """Who may sign off, as these lines of a log say. A line that gives one key or one account to two people does not count."""
    signers: tuple[Signer, ...] = ()
    for line in lines:
        if line.record.get("about") == ABOUT and (new := _signer(line)) is not None and _why_not(new, signers) is None:
            signers = (*(each for each in signers if not is_same_name(each.name, new.name)), new)
    return signers


def _why_not(new: Signer, signers: Sequence[Signer]) -> str | None:
    others = [each for each in signers if not is_same_name(each.name, new.name)]
    if any(each.public.key == new.public.key for each in others):
        return "this key is registered for another person: each person makes a key of their own (chronology new-key)"
    if any(each.public.account.number == new.public.account.number for each in others):
        return (
            "this key was made under the account of another person: each person makes it under an account of their own (chronology new-key)"
        )
    return None


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same person's, however they are spaced and in whatever capitals."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _record(signer: Signer) -> dict[str, object]:
    return {
        "about": ABOUT,
        "by": str(this_account()),
        "why": "registered to sign off",
        "name": signer.name,
        "key": base64.b64encode(signer.public.key).decode(),
        "fingerprint": signer.public.fingerprint,
        "of": {"number": signer.public.account.number, "name": signer.public.account.name},
    }


def _signer(line: Line) -> Signer | None:
    """The person whom a line registers; None where it is not of the form that `register` writes."""
    record = line.record
    try:
        account = record["of"]
        made = Signer(
            str(record["name"]),
            PublicKey(Account(int(account["number"]), str(account["name"])), base64.b64decode(str(record["key"]), validate=True)),  # type: ignore[index]
        )
    except (KeyError, TypeError, ValueError):
        return None
    is_one_line = f"{made.name}{made.public.account.name}".isprintable()
    return made if is_one_line and made.public.fingerprint == record.get("fingerprint") else None
