"""What a line may say to whoever decodes it: percent signs, entities, escapes, quoted-printable, base64 and hexadecimal, and turned letters."""

import base64
import binascii
import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote

_ESCAPED = re.compile(r"\\x([0-9a-fA-F]{2})|\\u\{?([0-9a-fA-F]{4,6})\}?")
_QUOTED = re.compile(r"=[0-9A-F]{2}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{11,}={0,2}")
_HEX = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}){6,}(?![0-9a-fA-F])")
# no line without one of these is encoded
_ENCODED = re.compile("[%&\\\\=\u202e\u2067]|[0-9a-fA-F]{12}")
_TURNED = re.compile("[\u202e\u2067]([^\u202c\u2069\n]+)")
LAST_CHARACTER = 0x10FFFF


def readings(line: str) -> Iterator[str]:
    """The line itself, then each other text that the whole of it becomes when it is decoded in one of the usual ways.

    Base64 is apart (`runs_of_base64`): any long word may be some, so that the same runs come again and again.
    """
    yield line
    if not _ENCODED.search(line):
        return
    if "%" in line and (decoded := unquote(line, errors="replace")) != line:
        yield decoded
    if "&" in line and (decoded := html.unescape(line)) != line:
        yield decoded
    if "\\" in line and (decoded := _ESCAPED.sub(_character, line)) != line:
        yield decoded
    if "=" in line and _QUOTED.search(line):
        yield quopri.decodestring(line.encode("utf-8", "replace")).decode("utf-8", "replace")
    for match in _HEX.finditer(line):
        yield from _as_text(bytes.fromhex(match[0]))
    for match in _TURNED.finditer(line):
        yield match[1][::-1]


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= LAST_CHARACTER else match[0]


def runs_of_base64(line: str) -> list[str]:
    """The runs of letters in a line that may be base64."""
    return _BASE64.findall(line)


def from_base64(written: str) -> Iterator[str]:
    """What a run of letters says where it is base64 of a text."""
    bare = written.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        yield from _as_text(base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True))
    except binascii.Error:
        return  # no base64 after all: the line itself is looked at as it stands


def _as_text(data: bytes) -> Iterator[str]:
    """The bytes as text in the usual encodings, where all of it can be printed."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if decoded.replace("\n", " ").isprintable():
            yield decoded
