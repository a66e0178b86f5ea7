"""How long archived reviews are kept, and their destruction, of which a signed record stays that names nobody of the case."""

import base64
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.accounts import Account
from pipelines.case_file import read_case
from pipelines.decisions import head, log_lines
from pipelines.news import reviews_in
from pipelines.release.archive import archived_of
from pipelines.release.asking import Ask
from pipelines.release.closing import closing_line
from pipelines.release.keys import PublicKey, open_key
from pipelines.release.people import signers_of
from pipelines.release.sign_off import registered
from pipelines.review import Review
from pipelines.whole_files import sync_folder, write_whole
from timeline.errors import CaseError, ChronologyError, OutputError

RECORD = "destruction.json"
_KEPT = ("published", RECORD)
_LAST = ("record", "case.toml")  # an interrupted destruction can be ended as long as these are there
_FORM = b"chronology destruction 1\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """A review of a folder as retention sees it: its number in order of name, its reference, and until when its archive is kept.

    None where it is open; `said` is why it could not be read.
    """

    number: int
    review: Review
    reference: str
    until: date | None
    said: str = ""

    def is_due(self, today: date) -> bool:
        """Whether its time is over: the day until which it is kept has passed."""
        return self.until is not None and today > self.until


def kept_in(folder: Path) -> Iterator[Kept]:
    """Every review of a folder; one that cannot be read says so and stops none of the others."""
    for number, review in enumerate(reviews_in(folder), start=1):
        reference = ""
        try:
            if (review.folder / RECORD).exists():  # a destruction that was interrupted
                said = _own_record(review)
                yield Kept(number, review, str(said["reference"]), date.fromisoformat(str(said["kept_until"])))
                continue
            reference = read_case(review.case_file).reference
            closed = closing_line(review.decisions_file)
            yield Kept(number, review, reference, archived_of(closed).retain_until if closed else None)
        except ChronologyError as error:
            yield Kept(number, review, reference, None, str(error))


def destroyed_in(folder: Path) -> Iterator[str]:
    """What the record of each destroyed review of a folder says, in a line each, in order of name; a damaged one says that."""
    gone = (path for path in sorted(folder.glob(f"*/{RECORD}")) if not (path.parent / "case.toml").exists())
    for number, path in enumerate(gone, start=1):
        try:
            record = read_record(path)
            yield f"{record['reference']}: destroyed on {str(record['at'])[:10]}"
        except CaseError as error:
            yield f"destroyed review {number} in order of name: {error}"


def destroy(kept: Kept, key_file: Path, ask: Ask, now: datetime | None = None) -> Mapping[str, object]:
    """Deletes everything of a review whose time is over, save what was published; gives the signed record that stays.

    CaseError where it is open or not yet due, or this account may not sign; OutputError where something cannot be deleted: it can be done again.
    """
    at = (now or datetime.now(UTC)).replace(microsecond=0)
    if kept.until is None or not kept.is_due(at.date()):
        raise CaseError("this review is open, or its time is not over: nothing was destroyed")
    review = kept.review
    path = review.folder / RECORD
    with review.alone():
        if not path.exists():
            signer = registered(review)
            key = open_key(key_file, ask)
            if key.public != signer.public.key:
                raise CaseError("this key is not the one registered for this account: name yours with --key; nothing was destroyed")
            said = {
                **_said(kept, at),
                "by": signer.name,
                "account": str(signer.public.account),
                "key": base64.b64encode(key.public).decode(),
            }
            _delete(review.folder, (*_KEPT, *_LAST))
            signature = base64.b64encode(key.sign(_bytes(said))).decode()
            _write(path, {**said, "signature": signature})
        _own_record(review)
    _delete(review.folder, _KEPT)
    return read_record(path)


def read_record(path: Path) -> Mapping[str, object]:
    """The record of a destruction; CaseError where it is damaged or was changed after it was signed."""
    try:
        given = json.loads(path.read_bytes())
        signature = base64.b64decode(given["signature"], validate=True)
        public = PublicKey(Account(0, ""), base64.b64decode(given["key"], validate=True))
        date.fromisoformat(given["kept_until"])
        is_whole = all(isinstance(given[name], str) and given[name].isprintable() for name in ("reference", "at", "by", "head"))
    except (OSError, ValueError, KeyError, TypeError):
        is_whole = False
    if not is_whole:
        raise CaseError("the record of a destruction is damaged: put back the copy from your backup")
    said = {name: value for name, value in given.items() if name != "signature"}
    if not public.has_signed(_bytes(said), signature):
        raise CaseError("the record of a destruction was changed after it was signed: put back the copy from your backup")
    return dict(given)


def _own_record(review: Review) -> Mapping[str, object]:
    """The record of a destruction that was interrupted; CaseError where it was put there by hand, as far as what is left of the review tells."""
    record = read_record(review.folder / RECORD)
    left = {each.name for each in review.folder.iterdir()} - {*_KEPT, *_LAST}
    if left or record["reference"] != read_case(review.case_file).reference:
        raise CaseError(f"{RECORD} is not of this review, or it was never destroyed: take that file away")
    lines = log_lines(review.decisions_file)
    if not lines:
        return record
    keys = {base64.b64encode(each.public.key).decode() for each in signers_of(lines)}
    if record["head"] != lines[-1].hash or record["key"] not in keys:
        raise CaseError(f"{RECORD} is not by a key that is registered for this review, at the head of its log: take that file away")
    closed = closing_line(review.decisions_file)
    if closed is None or archived_of(closed).retain_until.isoformat() != record["kept_until"]:
        raise CaseError(f"{RECORD} names another day than the one until which this review is kept: take that file away")
    return record


def _said(kept: Kept, at: datetime) -> dict[str, object]:
    closed = closing_line(kept.review.decisions_file)
    if closed is None:
        raise CaseError("this review was opened again: nothing was destroyed")
    archived = archived_of(closed)
    return {
        "about": "destruction",
        "reference": kept.reference,
        "at": at.isoformat(),
        "archived": str(closed.record["written"]),
        "kept_until": archived.retain_until.isoformat(),
        "archive": archived.sha256,
        "manifest": str(closed.record["manifest"]),
        "files": archived.files,
        "head": head(kept.review.decisions_file),
    }


def _bytes(said: Mapping[str, object]) -> bytes:
    return _FORM + json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _write(path: Path, record: Mapping[str, object]) -> None:
    try:
        write_whole(path, (json.dumps(record, indent=1, sort_keys=True) + "\n").encode())
    except OSError as error:
        raise OutputError(f"the record of the destruction cannot be written ({error.strerror}): make room, then run this again") from None


def _delete(folder: Path, kept: tuple[str, ...]) -> None:
    """Deletes all of a folder but these, case.toml last. Links are deleted, not followed."""
    for path in sorted(folder.iterdir(), key=lambda each: (each.name == "case.toml", each.name)):
        if path.name in kept:
            continue
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError as error:
            raise OutputError(
                f"not everything could be deleted ({error.strerror}): let this account delete it, then run this again"
            ) from None
    sync_folder(folder)
