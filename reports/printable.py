"""Text as a document can show it: characters that no file format may hold are made visible, never dropped."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_PICTURES = 0x2400  # Unicode's own pictures of the control characters: ␀ ␁ ␂ …
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """The text with line ends as newlines and each character that XML forbids as a visible sign (␇ for the bell, � for half a surrogate pair)."""
    if text.isprintable():  # most texts, and quickly seen: no control character, half pair or line end is printable
        return text
    return _FORBIDDEN.sub(_sign, text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str, longest: int) -> list[str]:
    """The text cut into pieces of at most `longest` characters, at a line end or space where there is one; joined, they are the text."""
    found = []
    while len(text) > longest:
        cut = max(text.rfind("\n", longest // 2, longest), text.rfind(" ", longest // 2, longest)) + 1 or longest
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_CONTROL_PICTURES + code) if code < 0x20 else _REPLACEMENT
