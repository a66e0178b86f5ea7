"""PDFs that the tests write themselves, operator by operator, with the first of the standard encryptions where a password is asked for."""

import hashlib

WIDTH, HEIGHT = 595, 842
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def text(left, top, words, size=10):
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {left} {HEIGHT - top} Td ({escaped}) Tj ET"


def table(left, top, widths, rows, height=20):
    """A ruled table; a cell's text may hold newlines; None in the first column is merged with the cell above."""
    parts, down = [], top
    for row in rows:
        tall = max(height, 12 * max((cell or "").count("\n") + 1 for cell in row) + 8)
        across = left
        for cell, width in zip(row, widths, strict=True):
            if cell is not None:
                parts += [f"{across} {HEIGHT - down} m {across + width} {HEIGHT - down} l S"]
                parts += [text(across + 4, down + 13 + 12 * number, line) for number, line in enumerate(cell.split("\n"))]
            parts += [f"{x} {HEIGHT - down} m {x} {HEIGHT - down - tall} l S" for x in (across, across + width)]
            across += width
        down += tall
    parts.append(f"{left} {HEIGHT - down} m {left + sum(widths)} {HEIGHT - down} l S")
    return "\n".join(parts)


def pdf(*pages, password=None, image=False, objects=(), page_extra=""):
    """A PDF of pages whose content is given; `image` draws a picture over each, `objects` are further ones from number 100."""
    key, encryption = _key(password) if password else (None, "")
    numbered = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    kids = []
    for index, content in enumerate(pages):
        number = 10 + 2 * index
        drawn = f"{content}\nq {WIDTH} 0 0 {HEIGHT} 0 0 cm /I1 Do Q" if image else content
        data = drawn.encode("latin-1")
        data = _rc4(_of_object(key, number + 1), data) if key else data
        numbered[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R {page_extra} "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>"
        ).encode()
        numbered[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
        kids.append(f"{number} 0 R")
    numbered[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    numbered[4] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n\x80\nendstream"
    )
    numbered.update({100 + index: each for index, each in enumerate(objects)})
    if encryption:
        numbered[5] = encryption
    body, places = b"%PDF-1.4\n", {}
    for number, each in sorted(numbered.items()):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    last = max(numbered)
    rows = b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(last + 1))
    trailer = f"<< /Size {last + 1} /Root 1 0 R /ID [<00> <00>] {'/Encrypt 5 0 R' if encryption else ''} >>".encode()
    return body + b"xref\n0 %d\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (last + 1, rows, trailer, len(body))


def _key(password):
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)  # noqa: S324 - the standard of 1993
    key = hashlib.md5(padded + owner + (0xFFFFFFFC).to_bytes(4, "little") + b"\x00").digest()[:5]  # noqa: S324
    user = _rc4(key, _PAD)
    return key, f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{user.hex()}> >>".encode()


def _of_object(key, number):
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10]  # noqa: S324


def _rc4(key, data):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
