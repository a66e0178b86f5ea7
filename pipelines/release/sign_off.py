"""Signing off: a person says, by account and by key, that these very bytes may be published as this kind of report of this review."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from extractors.report.package import contents, open_report
from pipelines.accounts import Account, this_account
from pipelines.case_file import read_case
from pipelines.decisions import Line, add_records, log_lines
from pipelines.release.asking import Ask
from pipelines.release.closing import must_be_open
from pipelines.release.keys import SigningKey, open_key
from pipelines.release.kinds import KINDS
from pipelines.release.people import Signer, is_same_name, signers_of
from pipelines.review import Review
from timeline.errors import CaseError

ABOUT = "sign-off"
NEEDED = 2  # different people
_FORM = b"chronology sign-off 1\n"  # no signature of anything else can be taken for one of these
_REGISTER = "register the public key (chronology register), then sign off again"


@dataclass(frozen=True, slots=True)
class SignOff:
    """A valid sign-off: who (registered name, account, key), of what (kind, sha256 of the document's bytes), at which head of the log, when (UTC)."""

    name: str
    account: Account
    fingerprint: str
    kind: str
    digest: str
    head: str
    at: datetime
    line: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A sign-off of the log: valid, or why it is not."""

    line: int
    valid: SignOff | None
    why_not: str = ""


def sign_off(review: Review, report: Path, kind: str, key_file: Path, ask: Ask) -> tuple[SignOff, ...]:
    """Signs the document off, as a line of the log; gives all valid sign-offs of these bytes as this kind.

    CaseError where this account or its key is not registered, or has signed these bytes before; ReportError where it is no plain Word document.
    """
    must_be_open(review)
    if kind not in KINDS:
        raise CaseError(f"--kind: “{kind}” is unknown; allowed are {', '.join(KINDS)}")
    reference = read_case(review.case_file).reference
    digest = open_report(report).digest
    signer = registered(review)
    if any(each.account.number == signer.public.account.number for each in sign_offs(review, digest, kind)):
        raise CaseError(
            "this account has signed off this document already: a second person signs it under an account and with a key of their own"
        )
    key = open_key(key_file, ask)
    if key.public != signer.public.key:
        raise CaseError(f"this key is not the one registered for this account: name yours with --key, or {_REGISTER}")
    head = log_lines(review.decisions_file)[-1].hash
    statement = _statement(reference, kind, digest, head, signer.public.account, key)
    add_records(review.decisions_file, [_record(signer, statement, key.sign(said(statement)))])
    return sign_offs(review, digest, kind)


def sign_offs(review: Review, digest: str, kind: str | None = None) -> tuple[SignOff, ...]:
    """The valid sign-offs of the document with this sha256, in order: of each kind one an account and one a key."""
    found: list[SignOff] = []
    for each in judged(log_lines(review.decisions_file), read_case(review.case_file).reference):
        valid = each.valid
        if valid is None or valid.digest != digest or kind not in (None, valid.kind):
            continue
        same = [other for other in found if other.kind == valid.kind]
        if not any(valid.account.number == other.account.number or valid.fingerprint == other.fingerprint for other in same):
            found.append(valid)
    return tuple(found)


def digest_of(report: Path) -> str:
    """The sha256 (hex) of the document's bytes; ReportError where it cannot be read."""
    return hashlib.sha256(contents(report)).hexdigest()


def judged(lines: Sequence[Line], reference: str) -> Iterator[Judged]:
    """Each sign-off of a log, judged: the signature by the key registered for its account then and still, for this review, at a head of this log."""
    now = signers_of(lines)
    for place, line in enumerate(lines):
        if line.record.get("about") == ABOUT:
            try:
                yield Judged(line.number, _valid(line, lines[:place], now, reference))
            except (KeyError, TypeError, ValueError) as error:
                why = str(error) if isinstance(error, _NotValidError) else "it is not of the form of a sign-off"
                yield Judged(line.number, None, why)


def said(statement: Mapping[str, object]) -> bytes:
    """The bytes that are signed."""
    return _FORM + json.dumps(statement, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def registered(review: Review) -> Signer:
    """Who is registered under the account that this runs as; CaseError where nobody is."""
    mine = this_account()
    for signer in signers_of(log_lines(review.decisions_file)):
        if signer.public.account.number == mine.number:
            return signer
    raise CaseError(f"nobody is registered to sign off under this account: make a key (chronology new-key), {_REGISTER}")


class _NotValidError(ValueError):
    """Why a sign-off does not count."""


def _valid(line: Line, earlier: Sequence[Line], now: Sequence[Signer], reference: str) -> SignOff:
    statement = line.record["statement"]
    if not isinstance(statement, dict):
        raise TypeError
    number = int(statement["account"]["number"])
    then = [each for each in signers_of(earlier) if each.public.fingerprint == statement["key"]]
    if not then:
        raise _NotValidError("its key was not registered")
    signer = then[0]
    if not any(each.public.key == signer.public.key and is_same_name(each.name, signer.name) for each in now):
        raise _NotValidError("its key was replaced by another since")
    account = signer.public.account  # what a statement calls it is anybody's words
    if number != account.number:
        raise _NotValidError("its account is not that of its key")
    if not signer.public.has_signed(said(statement), base64.b64decode(str(line.record["signature"]), validate=True)):
        raise _NotValidError("its signature is not of what it says")
    if statement["review"] != reference:
        raise _NotValidError("it is of another review")
    if statement["kind"] not in KINDS:
        raise _NotValidError("it is of no kind that is published")
    if statement["head"] not in {each.hash for each in earlier}:
        raise _NotValidError("it was signed at a head that this log does not have")
    if str(line.record.get("account", "")).partition(" ")[0] != str(account.number):
        raise _NotValidError("it was written under another account than it says")
    return SignOff(
        name=signer.name,
        account=account,
        fingerprint=signer.public.fingerprint,
        kind=str(statement["kind"]),
        digest=str(statement["document"]),
        head=str(statement["head"]),
        at=datetime.fromisoformat(str(statement["at"])),
        line=line.number,
    )


def _statement(reference: str, kind: str, digest: str, head: str, account: Account, key: SigningKey) -> dict[str, object]:
    return {
        "review": reference,
        "kind": kind,
        "document": digest,
        "head": head,
        "account": {"number": account.number, "name": account.name},
        "key": key.fingerprint,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _record(signer: Signer, statement: Mapping[str, object], signature: bytes) -> dict[str, object]:
    return {
        "about": ABOUT,
        "by": signer.name,
        "why": "signed off to be published",
        "statement": statement,
        "signature": base64.b64encode(signature).decode(),
    }
