"""Injuries told differently: the side of the body, or the part."""

from collections.abc import Iterator

from timeline.findings.accounts import Account
from timeline.findings.same_event.differences.difference import Difference, Pair, Span, span
from timeline.wording.cues import Cue

_LIMBS = ("shoulder", "arm", "hip", "leg")
_HEAD = ("head", "face", "eye", "ear", "mouth", "neck")
_TRUNK = ("chest", "abdomen", "back", "bottom")
_REGIONS = {part: region for region, parts in enumerate((_HEAD, ("shoulder", "arm"), _TRUNK, ("hip", "leg"))) for part in parts}
_PARTS = (*_LIMBS, *_HEAD, *_TRUNK)
_KINDS = ("bruise", "burn", "break", "cut", "graze", "bite", "sore", "swelling")
_BESIDE = 3  # words at most between a side and its part: "left side of the forehead"


def injuries(pair: Pair) -> Iterator[Difference]:
    """The same part on another side, or one injury of a kind on another part; what an account denies is left out."""
    if not all(each.account.cues_of("injuries") for each in pair.sides):
        return
    one, other = (_sides(each.account) for each in pair.sides)
    for part in sorted(one.keys() & other.keys()):
        if {side for side, _ in one[part]} | {side for side, _ in other[part]} == {"left", "right"} and len(one[part]) == len(
            other[part]
        ) == 1:
            yield Difference("injury", f"side {part}", "which side an injury was on", next(iter(one[part]))[1], next(iter(other[part]))[1])
            return
    yield from _parts(pair)


def _sides(account: Account) -> dict[str, frozenset[tuple[str, Span]]]:
    """The sides that an account gives for each part of the body, each with the words from side to part."""
    found: dict[str, dict[str, Span]] = {}
    sides = [cue for cue in account.cued("injuries.left", "injuries.right", "injuries.both") if _is_side(account, cue)]
    for part in account.cued(*(f"injuries.{name}" for name in _PARTS)):
        near = [side for side in sides if side.clause == part.clause and _beside(account, side, part)]
        within = any(side.start <= part.start < side.end for side in sides)  # the hand of "left-hand side"
        if near and not part.denied and not within:
            side = min(near, key=lambda each: (abs(each.start - part.start), each.start))
            said = found.setdefault(part.name.removeprefix("injuries."), {})
            said.setdefault(side.name.removeprefix("injuries."), Span(min(side.start, part.start), max(side.end, part.end)))
    return {part: frozenset(said.items()) for part, said in found.items()}


def _is_side(account: Account, cue: Cue) -> bool:
    written = account.event.text[cue.start : cue.end]
    return len(written) > 1 or written.isupper()


def _beside(account: Account, side: Cue, part: Cue) -> bool:
    """Whether a side goes with a part: just before it, or just after it in brackets or after a comma or dash."""
    if side.end <= part.start:
        between = [account.event.text[word.start : word.end] for word in account.words if side.end <= word.start < part.start]
        initial = side.end - side.start == 1 and any(word[0].isupper() for word in between)  # of a name: "L Carver, foot"
        return len(between) <= _BESIDE and not initial
    return side.start >= part.end and account.event.text[part.end : side.start].strip(" ") in ("(", ",", "-", "–", "on the", "on")


def _parts(pair: Pair) -> Iterator[Difference]:
    """One injury of a kind each, on parts that nobody would take for one another."""
    for kind in _KINDS:
        found = [_part_of(each.account, kind) for each in pair.sides]
        one, other = found
        if one and other and _REGIONS[one[0]] != _REGIONS[other[0]]:
            yield Difference("injury", f"part {kind}", "which part of the body was injured", one[1], other[1])
            return


def _part_of(account: Account, kind: str) -> tuple[str, Span] | None:
    """The one part of the body that an account names beside an injury of the kind; None where it names several or none."""
    injured = [cue for cue in account.cued(f"injuries.{kind}") if not (cue.denied or cue.planned)]
    if not injured:
        return None
    parts = {
        cue.name.removeprefix("injuries."): span(cue)
        for cue in account.cued(*(f"injuries.{name}" for name in _PARTS))
        if not cue.denied and any(each.clause == cue.clause for each in injured)
    }
    regions = {_REGIONS[part] for part in parts}
    return next(iter(parts.items())) if len(regions) == 1 else None
