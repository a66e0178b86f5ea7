"""Reading what agencies dropped: each file once, in a process of its own; one that an earlier run read as it stands now is not read again."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path

from extractors import wire
from extractors.apart import extract_apart, may_fare_better, needs_password
from pipelines.caches import Caches
from pipelines.intake import STILL_WRITTEN, Dropped, sha256_of
from pipelines.program import code_digest
from pipelines.rule_files import rule
from pipelines.setting import Setting
from timeline.errors import CaseError, CountError, FileError
from timeline.extraction import Extraction

_CHANGED = "the file was changed while it was read; run again when nobody is writing to it"


def extract(setting: Setting, dropped: Dropped, passwords: Sequence[str] = (), caches: Caches | None = None) -> Extraction:
    """One file as it was read; the passwords, which are tried one after another where it needs one, are kept nowhere.

    What was read is what was hashed: a file that was changed in between is rejected. What is read without a password is kept in the
    caches; what was read with one is not.
    """
    if dropped.refused:
        return Extraction(source=dropped.source, status="rejected", reason=dropped.refused)
    if (read := _kept(setting, dropped, caches)) is None:
        read = _read(setting, dropped, None)
        if not _is_unchanged(dropped):
            return Extraction(source=dropped.source, status="rejected", reason=_CHANGED)
        if caches and not may_fare_better(read):
            caches.keep(_entry(setting, dropped, caches), wire.dump(read))
    for password in passwords:
        if needs_password(read):
            read = _read(setting, dropped, password)
    return read if _is_unchanged(dropped) else Extraction(source=dropped.source, status="rejected", reason=_CHANGED)


def _is_unchanged(dropped: Dropped) -> bool:
    return sha256_of(dropped.path) == dropped.source.sha256


def _read(setting: Setting, dropped: Dropped, password: str | None) -> Extraction:
    return extract_apart(dropped.path, dropped.source, setting.readings[dropped.source.agency], setting.limits, password)


def _kept(setting: Setting, dropped: Dropped, caches: Caches | None) -> Extraction | None:
    """What an earlier run read of the same file, with the same program and settings; None where there is none that can be trusted."""
    if caches is None or not dropped.source.sha256:
        return None
    name = _entry(setting, dropped, caches)
    if (data := caches.read(name)) is None:
        return None
    try:
        read = wire.load(data, dropped.source)
    except (FileError, CountError):
        return None
    if isinstance(read, wire.HandOver):
        return None
    caches.keep(name, data)
    return read


def _entry(setting: Setting, dropped: Dropped, caches: Caches) -> str:
    """The name of what is kept of a file: it hangs on all that reading hangs on, the label too, which ids of analyses begin with."""
    reading, source = setting.readings[dropped.source.agency], dropped.source
    rules = json.dumps([rule("headings"), dict(reading.own_headings), [str(day) for day in reading.period or ()]], sort_keys=True)
    return caches.name("extraction", code_digest(), rules, source.sha256, source.path, source.label, source.agency)


def open_with_passwords(
    setting: Setting,
    dropped: Sequence[Dropped],
    read: Sequence[Extraction],
    ask: Callable[[str], str | None],
    read_before: Set[str] = frozenset(),
) -> tuple[Extraction, ...]:
    """The extractions, those that need a password read again with the one that `ask` gives for the file's label; as they were where it gives none.

    CaseError where nobody can be asked for the password of a file that the last run read (its hash is in `read_before`): its rows would
    be gone from the timeline.
    """
    opened: list[Extraction] = []
    missed: list[str] = []
    for each, extraction in zip(dropped, read, strict=True):
        again = extraction
        password: str | None = ""
        while needs_password(again) and (password := ask(each.source.label)):
            again = extract(setting, each, (password,))
        if needs_password(again) and password is None and each.source.sha256 in read_before:
            missed.append(each.source.label)
        opened.append(again)
    if missed:
        raise CaseError(
            f"{', '.join(missed)}: the last run opened this with a password, and none that opens it was given now; its rows would be lost, so "
            "nothing was replaced: run again at a terminal, or with --passwords"
        )
    return tuple(opened)


def must_lose_nothing(read: Sequence[Extraction], read_before: Set[str]) -> None:
    """CaseError where somebody is writing to a file that the last run read (its path is in `read_before`): its rows would be gone."""
    if moving := [each.source.label for each in read if each.reason in (STILL_WRITTEN, _CHANGED) and each.source.path in read_before]:
        raise CaseError(
            f"{', '.join(moving)}: the last run read this, and now it is being written or was changed while it was read; its rows would be "
            "lost, so nothing was replaced: run again when nobody is writing to it"
        )


def read_before(output: Path) -> Mapping[str, str]:
    """The files that the last good run could read, their paths with their hashes; none where there was no run, or its record cannot be read."""
    try:
        files = json.loads((output / "working" / "intake.json").read_text("utf-8"))["files"]
        return {str(each["file"]): str(each["sha256"]) for each in files if each["status"] in ("read", "superseded")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
