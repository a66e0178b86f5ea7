"""A Word package put together the same way every time: fixed timestamps, and nothing in it that a document does not need."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: one fixed day, so that two runs give the same bytes


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts, (name, content) in this order, as a zip."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            package.writestr(entry, content)
    return memory.getvalue()


def repacked(document: bytes, changed: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same parts in the same order, as `packed` does it, those that are to be changed in their new form."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return packed([(name, changed.get(name, bytes)(package.read(name))) for name in package.namelist()])
