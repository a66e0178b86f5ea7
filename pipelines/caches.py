"""Caches of a review, in output/restricted/: what was read of a file, and what the detectors found in a text. They may be deleted at any time."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = "restricted/.cache"
_SEAL_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Caches:
    """What the last run kept, and where this one keeps what it used of that and what is new: nothing else outlives a run.

    Names are keyed hashes of what an entry depends on, so they tell nothing. Each entry is sealed with the review's secret: a damaged one
    counts as none.
    """

    earlier: Path
    new: Path
    key: bytes

    def name(self, *parts: str) -> str:
        """The name of the entry that depends on these."""
        digest = hashlib.blake2b(key=self.key, digest_size=20)
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
        return digest.hexdigest()

    def read(self, name: str) -> bytes | None:
        """What is kept under a name; None where nothing is, or where it is damaged."""
        try:
            sealed = (self.earlier / name).read_bytes()
        except OSError:  # missing, or a disk that cannot read it: it is made anew either way
            return None
        seal, data = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
        return data if hmac.compare_digest(seal, self._seal(name, data)) else None

    def keep(self, name: str, data: bytes) -> None:
        """Keeps data under a name for the next run."""
        self.new.mkdir(mode=0o700, parents=True, exist_ok=True)
        building = self.new / f".building-{name}"
        with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self._seal(name, data) + data)
        building.replace(self.new / name)

    def _seal(self, name: str, data: bytes) -> bytes:
        return hashlib.blake2b(name.encode() + data, key=self.key, digest_size=_SEAL_BYTES).digest()


def caches_of(output: Path, staged: Path, secret: bytes) -> Caches:
    """The caches of a review whose new outputs are being built in `staged`."""
    key = hashlib.blake2b(b"caches", key=secret).digest()
    return Caches(earlier=output / FOLDER, new=staged / FOLDER, key=key)
