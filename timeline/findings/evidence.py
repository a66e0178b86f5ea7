"""What findings rest on: the timeline, the case's settings, and who is named in which row."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline.case import Case
from timeline.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a finding may look at.

    `people` are the ids of who is named, by event id. `kinds` (event kind -> words that tell it) and `abbreviations` (short form -> words)
    come from rules/.
    """

    case: Case
    timeline: Timeline
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)


def finding_id(kind: str, *parts: str) -> str:
    """An id that stays the same over runs while the finding rests on the same rows."""
    return hashlib.blake2b("\0".join((kind, *parts)).encode(), digest_size=6).hexdigest()
