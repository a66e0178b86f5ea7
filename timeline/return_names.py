"""Which of two returns is the later one, as their files' names tell it."""

import re
from datetime import date

from timeline.dates_in_text import dates_within

_VERSION = re.compile(r"(?:\b|_)v(?:ersion|er)?[\s._-]*(\d+)(?:\.(\d+))?(?!\d)", re.IGNORECASE)
_LATER = re.compile(r"(?:\b|_)(?:final|corrected|amended|revised|updated|replacement|resubmitted)", re.IGNORECASE)
_DRAFT = re.compile(r"(?:\b|_)draft|^~", re.IGNORECASE)  # an office program's own copy of an earlier state begins with a tilde
_DAY_IN_ONE = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_NUMBERED = re.compile(r"(.+?)[\s_]*\((\d{1,2})\)")
_COPIED = re.compile(r"(?:copy(?: of)?\s+(?P<of>.+)|(?P<to>.+?)[\s_-]+copy)", re.IGNORECASE)


def later_by_name(one: str, other: str) -> int:
    """1 where the first path's name tells that it is the later return, -1 where the other's does, 0 where nothing tells.

    The first sign that differs decides: the version (v2; none is the first), then FINAL, corrected and the like (a draft comes before), then
    the date in both names, then "(1)" or "- Copy" of otherwise one name.
    """
    one_name, other_name = _name(one), _name(other)
    signs = (_version(one_name), _stage(one_name)), (_version(other_name), _stage(other_name))
    if signs[0] != signs[1]:
        return 1 if signs[0] > signs[1] else -1
    days = _day(one_name), _day(other_name)
    if days[0] and days[1] and days[0] != days[1]:
        return 1 if days[0] > days[1] else -1
    (one_name, one_copy), (other_name, other_copy) = _copy(one_name), _copy(other_name)
    return (one_copy > other_copy) - (one_copy < other_copy) if one_name == other_name else 0


def original_first(path: str) -> tuple[int, int, str]:
    """Files that hold the same in the order in which they may be the original: the one in the fewest folders, not named a copy, comes first."""
    return path.count("/"), _copy(_name(path).rpartition("/")[2])[1], path


def _name(path: str) -> str:
    """The path below the agency's folder, without the file's ending."""
    below = path.split("/", 1)[-1]
    stem, dot, ending = below.rpartition(".")
    return stem if dot and len(ending) <= 5 and ending.isalnum() else below


def _version(name: str) -> tuple[int, int]:
    found = _VERSION.search(name)
    return (int(found[1]), int(found[2] or 0)) if found else (1, 0)


def _stage(name: str) -> int:
    return 2 * bool(_LATER.search(name)) - bool(_DRAFT.search(name))


def _day(name: str) -> date | None:
    words = _DAY_IN_ONE.sub(r"\1-\2-\3", name).replace("_", " ")
    return max((when.latest for _, _, when in dates_within(words) if when.latest), default=None)


def _copy(name: str) -> tuple[str, int]:
    number = 0
    if found := _NUMBERED.fullmatch(name):
        name, number = found[1], int(found[2])
    if found := _COPIED.fullmatch(name):
        name, number = found["of"] or found["to"], max(1, number)
    return name.strip().casefold(), number
