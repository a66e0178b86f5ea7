"""record/ids.json: what a review remembers of its rows, so that ids survive a corrected return."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from timeline.errors import CaseError
from timeline.inheritance import Change, KnownRow, Memory

_WHAT_TO_DO = "put back the copy from your backup; without it the ids of changed rows, and the decisions on them, are lost"


def read_memory(path: Path) -> Memory:
    """The memory as the last run left it; an empty one where there is none. CaseError where it is damaged."""
    try:
        given = json.loads(path.read_text("utf-8"))
        return Memory(
            rows={key: KnownRow(**row) for key, row in given["rows"].items()},
            inherits=dict(given["inherits"]),
            changes=tuple(Change(id=each["id"], before=KnownRow(**each["before"])) for each in given["changes"]),
        )
    except FileNotFoundError:
        return Memory()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CaseError(f"record/ids.json is damaged: {_WHAT_TO_DO}") from None


def write_memory(memory: Memory, path: Path) -> None:
    """Writes the memory to a new file, then puts it in place of the earlier one."""
    building = path.with_name(f".building-{path.name}")
    with building.open("w", encoding="utf-8") as new:
        json.dump(asdict(memory), new, ensure_ascii=False, indent=1, sort_keys=True)
        new.flush()
        os.fsync(new.fileno())
    building.replace(path)
