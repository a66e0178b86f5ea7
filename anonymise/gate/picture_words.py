"""What the file of a picture says besides its pixels: text chunks, EXIF, XMP, comments, the names of profiles; packed ones unpacked."""

import zlib
from collections.abc import Iterator

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PIXELS = frozenset([b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT", b"hIST"])
_PACKED = frozenset([b"zTXt", b"iTXt", b"iCCP"])
_MOST_UNPACKED = 10_000_000
_STUFFED = range(0xD0, 0xD8)  # marks inside the pixels of a JPEG
_SCAN, _END = 0xDA, 0xD9


def words_beside_pixels(data: bytes) -> bytes | None:
    """All that a PNG or JPEG holds besides its pixels, unpacked, a line each; None for any other file, which is looked at whole."""
    if data.startswith(_PNG):
        return b"\n".join(_of_png(data))
    if data.startswith(_JPEG):
        return b"\n".join(_of_jpeg(data))
    return None


def _of_png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        said = data[at + 8 : at + 8 + length]
        if kind not in _PIXELS:
            yield said
            if kind in _PACKED:
                yield from _unpacked(said)
        at += 12 + length
        if kind == b"IEND":
            break
    yield data[at:]  # what stands after the end of the picture


def _unpacked(said: bytes) -> Iterator[bytes]:
    """What is packed somewhere in a chunk, after its keyword and flags."""
    keyword = said.find(b"\0")
    for at in range(keyword + 1, len(said)):
        if said[at] & 0x0F == 8:  # how every zlib stream begins
            try:
                yield zlib.decompressobj().decompress(said[at:], _MOST_UNPACKED)
            except zlib.error:
                continue
            return


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == _SCAN:
            at = _after_pixels(data, at + 2 + length)
            if at + 1 < len(data) and data[at + 1] == _END:
                at += 2
                break
            continue
        if kind == _END:
            at += 2
            break
        if kind >= 0xE0:  # application data and comments
            yield data[at + 4 : at + 2 + length]
        at += 2 + length
    yield data[at:]


def _after_pixels(data: bytes, at: int) -> int:
    """Where the pixels of a scan end: at the next mark that is none of their own."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] and data[at + 1] not in _STUFFED and data[at + 1] != 0xFF:
            return at
        at += 1
    return len(data)
