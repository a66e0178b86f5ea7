"""When a word is a slip of a name, and when two spellings sound the same."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

# spelling variants: one slip in a name of at least this many letters, the first letter right
SHORTEST_VARIANT = 5
# beside the rest of the name, written right, a long part may have two slips
LONG_PART = 7
_ENDINGS_OF_OTHER_NAMES = ("a", "e", "o", "y", "i")


@lru_cache(maxsize=65_536)
def is_variant(written: str, name: str) -> bool:
    """Whether a word is a name with one slip (a letter missing, doubled, wrong or two swapped), or sounds the same.

    The first letter must be right (or sound right: Kristina, Christina), and a change of the last vowel makes another name (Helen, Helena;
    Carly, Carla; Louis, Louise).
    """
    shorter = min(len(written), len(name))
    if written == name or shorter < SHORTEST_VARIANT - 1:
        return written == name
    if sound(written) == sound(name):
        return written[0] == name[0] or shorter >= SHORTEST_VARIANT
    return shorter >= SHORTEST_VARIANT and _slips(written, name, 1)


def _slips(written: str, name: str, most: int) -> bool:
    """Whether at most so many letters are wrong, the first one right, and not only the ending is another's."""
    shorter, longer = sorted((written, name), key=len)
    other_ending = written[:-1] == name[:-1] or (longer.startswith(shorter) and longer[-1] in _ENDINGS_OF_OTHER_NAMES)
    return written[0] == name[0] and not other_ending and OSA.distance(written, name) <= most


def sounds_alike(written: str, name: str) -> bool:
    """Whether a later word of a longer form is this one, a slip of it, or sounds the same; two slips where it is long."""
    if written == name:
        return True
    if len(name) < 3 or len(written) < 3:
        return False
    if is_variant(written, name) or sound(written) == sound(name):
        return True
    return min(len(written), len(name)) >= LONG_PART and _slips(written, name, 2)


_SOUNDS = ((r"^[ck]h(?=[rl])", "k"), (r"ph", "f"), (r"ck|q|c(?![eiyh])", "k"), (r"c(?=[eiy])|z", "s"), (r"^ge(?=o)", "je"),
           (r"(?<=\w)(?:ey|ie|ee|y|i)(?!\w)", "i"), (r"ai|ay|ae|ei", "e"), (r"y", "i"), (r"(?<=[aeiou])h|(?<!^)h(?![aeiou])", ""),
           (r"eo(?=ff?)", "e"), (r"ou|oo|u", "o"), (r"(.)\1+", r"\1"))  # fmt: skip


@lru_cache(maxsize=65_536)
def sound(token: str) -> str:
    """How a name sounds, roughly: Elly and Ellie, Mae and May, Jon and John, Kristina and Christina are one."""
    for pattern, replacement in _SOUNDS:
        token = re.sub(pattern, replacement, token)
    return token
