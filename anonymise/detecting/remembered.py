"""Detectors that are asked only about texts in which no earlier run looked: what they found is kept by keyed hashes of the texts."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from typing import Protocol

from anonymise.detecting.detectors import Asked, ByText, Found, Stretches, by_parts

_NAME_BYTES = 16


class Detecting(Protocol):
    """Whatever looks into texts: `Detectors`, here or in a process of their own."""

    def detect(self, whole: Sequence[str], asked: Asked) -> tuple[ByText, ByText]:
        """The shapes in each of the first texts, and the names in each of those that `asked` gives; none may stand twice in either."""


class Remembered:
    """The detectors with what earlier runs found. They are asked when a text comes that none of these saw."""

    def __init__(self, detectors: Detecting, key: bytes, known: bytes | None = None) -> None:
        """`key` is secret (64 bytes at most); `known` is what `dump` gave to an earlier run with the same key, rules and models."""
        self._detectors, self._key = detectors, key
        self._known: ByText = _read(known) if known else {}
        self._used: dict[str, Sequence[Found]] = {}

    def find(self, texts: Sequence[str], doubtful: Callable[[int], Stretches] | None = None) -> list[list[Found]]:
        """As the detectors do."""
        return by_parts(texts, doubtful, self._detect)

    def dump(self) -> bytes:
        """What was found in every text that this run asked about; it holds keyed hashes and offsets, and no text."""
        return json.dumps({name: [astuple(each) for each in found] for name, found in sorted(self._used.items())}).encode("ascii")

    def _detect(self, whole: Sequence[str], asked: Asked) -> tuple[ByText, ByText]:
        shapes = {text: self._name("shapes", text) for text in whole}
        names: dict[str, str] = {}

        def new_asked() -> Sequence[str]:
            names.update({text: self._name("names", text) for text in asked()})
            return self._new(names)

        new = self._new(shapes)
        known = None if new else new_asked()  # where every text is known, nobody is asked
        if new or known:
            found_in = self._detectors.detect(new, new_asked if known is None else lambda: known)
            for named, found in zip((shapes, names), found_in, strict=True):
                self._used |= {named[text]: each for text, each in found.items()}
        return {text: self._used[name] for text, name in shapes.items()}, {text: self._used[name] for text, name in names.items()}

    def _new(self, names: Mapping[str, str]) -> Sequence[str]:
        """The texts, given with their names, in which nobody looked yet."""
        self._used |= {name: self._known[name] for name in names.values() if name in self._known}
        return [text for text, name in names.items() if name not in self._used]

    def _name(self, engine: str, text: str) -> str:
        data = f"{engine}\0{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=self._key, digest_size=_NAME_BYTES).hexdigest()


def _read(known: bytes) -> dict[str, tuple[Found, ...]]:
    return {name: tuple(Found(*each) for each in found) for name, found in json.loads(known).items()}
